import numpy as np
import pytest

from services.contracts.article import KindOfText, Publisher, TextKind
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Membership, NearestEvent
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.nearest import build_nearest_event_after_move, describe_weakest_signals
from services.dedupe.clustering.repair import RepairKind, RepairStep
from services.dedupe.clustering.shard import Shard
from services.dedupe.signals.pair_signals import SIGNALS
from services.dedupe.signals.terms import TermStatistics
from tests.support.dedupe_articles import DIMENSIONS, direction, embed, make_article

DECISION = Decision.load_bundled()
STATISTICS = TermStatistics.load_bundled()
AXES = np.eye(DIMENSIONS, dtype=np.float32)
CRASH = "A night bus left the mountain road in thick fog and fell into the gorge, and rescuers brought up the injured"
CUSCO = ("Bus falls into gorge near Cusco", f"{CRASH} near Cusco, Unicef said.")
POKHARA = ("Bus falls into gorge near Pokhara", f"{CRASH} near Pokhara, Unicef said.")
SOLVEN = ("Bus falls into gorge near Quillorn", f"{CRASH} near Quillorn, Ada Reyl said.")
MARVEN = ("Bus falls into gorge near Tessavar", f"{CRASH} near Tessavar, Ilo Brandt said.")
COACH = (
    "Coach overturns on coast road",
    "A coach overturned on the coast road in heavy rain and several passengers were brought to hospital.",
)
PLAIN = ("Bus falls into gorge", f"{CRASH}.")


def sent(
    key: str,
    report: tuple[str, str],
    *,
    days: float = 0.0,
    spread: float = 0.05,
    kind: TextKind | None = None,
    publisher: str | None = None,
) -> EmbeddedArticle:
    """A report by an outlet; `spread`: how far its vector is from that of the others."""
    title, text = report
    article = make_article(key, text, title=title, days=days).model_copy(
        update={
            "publisher": Publisher(domain=f"{publisher or key}.example"),
            "text_kind": None if kind is None else KindOfText(kind=kind, evidence="by hand"),
        }
    )
    return embed(article, direction(len(key), AXES[0], spread))


def memberships(*articles: EmbeddedArticle, kept: int | None = None) -> list[Membership]:
    """Of all articles as they were placed one after the other, each saved before the next. `kept`: texts in memory."""
    shard = Shard(DECISION, STATISTICS, kept_articles=kept)
    found = []
    for one in articles:
        shard.place_article(one)
        found.append(shard.article_record(one.extracted.article.article_id).membership)
        shard.mark_saved()
    return found


def nearest(*articles: EmbeddedArticle) -> NearestEvent:
    """What is told of the last one."""
    found = memberships(*articles)[-1].nearest
    assert found is not None
    return found


def test_the_first_article_has_no_other_event_near() -> None:
    assert memberships(sent("post", PLAIN))[0].nearest is None


def test_an_article_with_nothing_in_common_has_none_near() -> None:
    other = make_article("rates", "The central bank raised interest rates.", title="Rates rise")
    assert memberships(sent("post", PLAIN), embed(other, AXES[5]))[1].nearest is None


def test_other_places_are_named_on_both_sides() -> None:
    found = nearest(sent("post", CUSCO, spread=0.0), sent("times", POKHARA, spread=1.2))
    assert found.against == "places"
    assert found.reason == "the two open with other places (Pokhara; Cusco)"
    assert found.article_id == sent("post", CUSCO).extracted.article.article_id
    assert (found.affinity, found.threshold) == (0.0, DECISION.threshold)


def test_names_that_the_other_does_not_know_are_given_as_they_are_written() -> None:
    found = nearest(sent("post", SOLVEN), sent("times", MARVEN))
    assert found.against == "names"
    assert found.reason == "neither holds a name that the other opens with (this one: Tessavar, Ilo Brandt)"
    assert found.pair_probability is not None
    assert found.pair_probability > DECISION.threshold


def test_what_is_told_does_not_depend_on_which_texts_are_in_memory() -> None:
    articles = (sent("post", SOLVEN), sent("times", MARVEN), sent("coast", CUSCO, spread=0.9))
    assert memberships(*articles, kept=0) == memberships(*articles)


def test_a_series_is_told() -> None:
    found = nearest(sent("post", PLAIN), sent("later", PLAIN, days=2.0, publisher="post"))
    assert (found.against, found.reason) == ("series", "the two are texts of one series")


@pytest.mark.parametrize("which", ["this", "that"])
def test_a_text_that_tells_of_no_one_event_is_told(which: str) -> None:
    kinds = (None, TextKind.ROUND_UP) if which == "this" else (TextKind.ROUND_UP, None)
    found = nearest(sent("post", PLAIN, kind=kinds[0]), sent("times", PLAIN, kind=kinds[1]))
    assert (found.against, found.reason) == ("kind", f"{which} text tells of no one event")


def test_of_an_article_that_joined_the_nearest_event_is_one_that_it_did_not_join() -> None:
    first, second, third = memberships(sent("post", SOLVEN), sent("times", MARVEN), sent("coast", MARVEN))
    assert third.score is not None
    assert third.nearest is not None
    assert second.nearest is not None
    assert third.nearest.event_id == second.nearest.event_id
    assert third.nearest.against == "names"
    assert first.nearest is None


def test_without_an_exclusion_the_nearest_event_is_the_runner_up() -> None:
    second = memberships(sent("post", PLAIN), sent("times", COACH, days=3.5, spread=1.4))[1]
    assert second.score is None
    assert second.nearest is not None
    assert second.nearest.event_id == second.runner_up
    assert second.nearest.affinity == second.runner_up_score
    assert second.nearest.against == "signals"
    assert "3.5 days lie between them" in second.nearest.reason


def test_a_pair_too_many_days_apart_is_told_so() -> None:
    found = nearest(sent("post", PLAIN), sent("times", PLAIN, days=5.0))
    assert found.against == "days"
    assert found.reason == "5.0 days lie between them, 4 at most may"


def test_more_days_may_lie_between_two_reports_of_harm_and_that_is_told() -> None:
    killed = ("Two killed as bus falls into gorge", f"{CRASH}, police said.")
    joined = memberships(sent("post", killed), sent("times", killed, days=5.0))[-1]
    assert joined.score is not None
    found = nearest(sent("post", killed), sent("times", killed, days=7.2))
    assert (found.against, found.reason) == ("days", "7.2 days lie between them, 7 at most may")


def test_what_pulls_a_pair_down_is_told_in_the_order_of_its_strength() -> None:
    alike = np.array([1.0 if name in ("cosine", "title_cosine", "terms", "title_terms") else 0.0 for name in SIGNALS])
    alike[SIGNALS.index("cosine_normalised")] = 10.0
    assert describe_weakest_signals(DECISION, alike) == ["too little speaks for it"]
    unlike = np.zeros(len(SIGNALS))
    unlike[SIGNALS.index("event_day_far")] = 1.0
    unlike[SIGNALS.index("gap")] = np.log1p(3.0)
    unlike[SIGNALS.index("cosine")] = 0.41
    told = describe_weakest_signals(DECISION, unlike)
    assert set(told) == {
        "they tell of days far apart",
        "3.0 days lie between them",
        "the openings are little alike (0.41)",
        "they share few rare words",
    }


def test_an_article_that_moved_tells_of_the_event_it_left() -> None:
    step = RepairStep(RepairKind.MOVE, ("art_1",), "evt_old", "evt_new", 0.61, 0.1234567)
    found = build_nearest_event_after_move(step, 0.27)
    assert found is not None
    assert (found.event_id, found.affinity, found.against) == ("evt_old", 0.123457, "fits_better")
    assert found.reason == "it fits evt_new better (0.61)"


def test_an_article_that_was_split_off_tells_of_the_event_it_left() -> None:
    found = build_nearest_event_after_move(
        RepairStep(RepairKind.SPLIT, ("art_1",), "evt_old", "evt_new", 0.1, 0.1), 0.27
    )
    assert found is not None
    assert (found.event_id, found.against) == ("evt_old", "members")


def test_an_event_that_was_taken_up_is_no_other_event() -> None:
    assert (
        build_nearest_event_after_move(RepairStep(RepairKind.MERGE, ("art_1",), "evt_old", "evt_new", 0.6, 0.0), 0.27)
        is None
    )


def test_the_sentence_holds_event_numbers_and_reason() -> None:
    found = NearestEvent(event_id="evt_1", affinity=0.1234, threshold=0.27, against="names", reason="they differ")
    assert found.sentence == "Nearest other event: evt_1 (affinity 0.123; 0.27 is needed): they differ."
