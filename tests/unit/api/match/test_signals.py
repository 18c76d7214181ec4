"""What speaks for an event, and the decision."""

from array import array

import pytest

from services.api.match.decision import Decision, load_decision
from services.api.match.profile import Profile, profile_of
from services.api.match.shortlist import Candidate, shortlist
from services.api.match.signals import SIGNALS, compare
from services.api.match.terms import TermCounts, Weights, load_term_counts
from services.api.match.vectors import Neighbour, RoundedVector, day_of
from tests.unit.api.examples import NOON

DAY = day_of(NOON)
TERMS = TermCounts(1000, {"rain": 400, "storm": 40}, 5)
TEXT = profile_of("Storm over Corrow", "The storm hit Corrow and Ada Reyl saw it.", NOON)


def near(event_id: str, article_id: str, cosine: float, day: int | None = DAY) -> Neighbour:
    return Neighbour(event_id, article_id, cosine, day)


def signals_of(profiles: dict[str, Profile], *candidates: Candidate, text: Profile = TEXT) -> dict[str, float]:
    """Of the first candidate."""
    return dict(compare(text, candidates, profiles, {}, TERMS)[0].signals)


def test_events_are_ranked_by_their_nearest_article_in_meaning_and_time() -> None:
    assert DAY is not None
    found = shortlist([near("evt_a", "a1", 0.8, DAY - 9), near("evt_b", "b1", 0.7), near("evt_a", "a2", 0.5)], DAY)
    assert [each.event_id for each in found] == ["evt_b", "evt_a"]
    assert [each.article_id for each in found[1].articles] == ["a1", "a2"]


def test_what_is_left_out_does_not_count() -> None:
    neighbours = [near("evt_a", "a1", 0.9), near("evt_b", "b1", 0.7)]
    assert [each.event_id for each in shortlist(neighbours, None, {"a1"})] == ["evt_b"]


def test_rare_words_count_more_than_common_ones_and_those_of_all_events_around_count_less() -> None:
    assert TERMS.weight("corrow") > TERMS.weight("storm") > TERMS.weight("rain") > 0
    weights = Weights(TERMS)
    for words in ({"storm", "corrow"}, {"storm"}, {"storm"}):
        weights.add_event(words)
    assert weights.squared("corrow") / weights.squared("storm") > (TERMS.weight("corrow") / TERMS.weight("storm")) ** 2


def test_shared_words_and_names_and_title_speak_for_an_event() -> None:
    same = profile_of(None, "Ada Reyl watched the storm. Corrow was hit, and it rained.", NOON)
    other = profile_of(None, "Rain fell on a market, and the trade was poor.", NOON)
    profiles = {"a1": same, "b1": other}
    one, two = (Candidate("evt_a", (near("evt_a", "a1", 0.6),)), Candidate("evt_b", (near("evt_b", "b1", 0.6),)))
    alike, unlike = signals_of(profiles, one, two), signals_of(profiles, two, one)
    for name in ("words", "local_words", "names", "head_names", "title_words"):
        assert alike[name] > unlike[name], name


def test_a_rival_and_the_events_own_cohesion_are_measured() -> None:
    vectors = {"a1": RoundedVector(array("b", [127, 0]), 1 / 127), "a2": RoundedVector(array("b", [127, 0]), 1 / 127)}
    own = Candidate("evt_a", (near("evt_a", "a1", 0.7), near("evt_a", "a2", 0.6)))
    rival = Candidate("evt_b", (near("evt_b", "b1", 0.8),))
    (found, _) = compare(TEXT, [own, rival], {}, vectors, TERMS)
    assert found.signals["margin"] == pytest.approx(-0.1)
    assert found.signals["cohesion"] == pytest.approx(0.7 - 1)
    assert found.signals["several"] == 1


@pytest.mark.parametrize(
    ("day", "expected"),
    [(DAY, (0, 1, 0, 0)), ((DAY or 0) + 1, (0.693, 0, 1, 0)), ((DAY or 0) - 9, (2.303, 0, 0, 0)), (None, (0, 0, 0, 1))],
)
def test_days_between_are_told_apart(day: int | None, expected: tuple[float, ...]) -> None:
    found = signals_of({}, Candidate("evt_a", (near("evt_a", "a1", 0.5, day),)))
    assert [found[name] for name in ("days", "same_day", "next_day", "undated")] == pytest.approx(expected, abs=1e-3)


def test_an_article_of_the_same_address_is_noted() -> None:
    url = "https://corrowgazette.example/storm"
    text = profile_of(None, "A storm", NOON, url)
    candidate = Candidate("evt_a", (near("evt_a", "a1", 0.3),))
    assert compare(text, [candidate], {"a1": profile_of(None, "Storm", NOON, url)}, {}, TERMS)[0].same_url
    assert not compare(text, [candidate], {"a1": profile_of(None, "Storm", NOON)}, {}, TERMS)[0].same_url


def test_a_text_without_title_names_and_day_and_articles_without_profiles_can_be_compared() -> None:
    bare = profile_of(None, "…", None)
    found = signals_of({}, Candidate("evt_a", (near("evt_a", "a1", 0.5, None),)), text=bare)
    assert list(found) == list(SIGNALS)


def test_the_shipped_weights_know_exactly_the_signals() -> None:
    decision = load_decision()
    assert list(decision.weights) == list(SIGNALS)
    assert 0 < decision.threshold < 1
    assert load_term_counts().weight("the") < load_term_counts().weight("capsized")


def test_a_probability_is_the_logistic_of_the_weighted_signals() -> None:
    decision = Decision("w", 0.5, 1.0, {"cosine": (0.5, 0.25, 2.0)})
    assert decision.contributions({"cosine": 0.75}) == {"cosine": 2.0}
    assert decision.probability({"cosine": 0.75}) == pytest.approx(0.9526, abs=1e-4)
    assert decision.probability({"cosine": -1e9}) == pytest.approx(0, abs=1e-9)
