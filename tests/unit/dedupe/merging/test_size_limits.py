import random
from collections.abc import Sequence

import pytest

from services.contracts.claim import ClaimKind
from services.contracts.event import Event, EventStatus, Membership
from services.contracts.quantity import Bound
from services.dedupe.clustering.records import EventRecord
from services.dedupe.merging.claims.limited_claims import ClaimLimiter
from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.claims.prepared_claim_cache import prepare_claims
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.figures import figure_table, same_thing, verdicts
from services.dedupe.merging.figures.figure_mention import FigureMention
from services.dedupe.merging.figures.verdicts import Comparison, compare_mentions
from services.dedupe.merging.members import Member, MemberFeatures
from services.dedupe.merging.size_limits import MOST_FIGURES, MOST_OF_ARTICLE, keep_first_and_last, max_new_claims
from tests.support.dedupe_articles import DAY_ONE, direction, embed, make_article, make_claim

MEMBERSHIP = Membership(threshold=0.4, model="test")


def member(outlet: str, sentences: Sequence[str], *, days: float, dead: Sequence[int] = ()) -> Member:
    article = make_article(outlet, " ".join(sentences), days=days)
    claims = [make_claim(article, sentence, kind=ClaimKind.STATEMENT) for sentence in sentences]
    if dead:
        figures = [(f"{number}", float(number), "people", Bound.EXACT) for number in dead]
        claims = [
            make_claim(article, sentence, figures=[figure]) for sentence, figure in zip(sentences, figures, strict=True)
        ]
    vectors = [direction(number, direction(1), spread=0.3) for number in range(len(claims))]
    embedded = embed(article, direction(1), list(zip(claims, vectors, strict=True)))
    return Member("evt_1", embedded, MEMBERSHIP, MemberFeatures.from_embedded(embedded))


def view(members: Sequence[Member]) -> Event:
    founder = members[0].article.article_id
    return build_event(
        EventRecord(
            event_id="evt_1",
            version=1,
            status=EventStatus.OPEN,
            founder_id=founder,
            updated_at=DAY_ONE,
            active_at=DAY_ONE,
        ),
        members,
    )


def claims_of(outlet: str, sentences: Sequence[str], *, days: float) -> tuple[PreparedClaim, ...]:
    return prepare_claims(member(outlet, sentences, days=days), None)


def test_with_each_doubling_of_the_event_an_article_brings_half_as_many_new_claims() -> None:
    assert [max_new_claims(place) for place in (1, 16, 17, 33, 65, 128, 129, 257, 513, 1_024)] == [
        200, 200, 125, 62, 31, 31, 15, 7, 3, 3,
    ]  # fmt: skip
    assert [max_new_claims(place) for place in (1_025, 10_000, 100_000)] == [2, 2, 2]
    assert [max_new_claims(place, max_claims=1_000) for place in (1, 8, 1_024, 2_000)] == [200, 125, 0, 0]


def test_an_event_of_ten_thousand_articles_compares_no_more_than_some_wordings_of_each() -> None:
    of_thirty = [min(30, max_new_claims(place)) for place in range(1, 10_001)]
    assert sum(of_thirty[:128]) == 128 * 30
    assert 8_000 < sum(of_thirty[:1_000]) < 10_000
    assert 25_000 < sum(of_thirty) < 30_000


def test_articles_of_a_small_event_bring_all_their_claims() -> None:
    listed = [claims_of(f"outlet{number}", [f"Gate number{number} was closed."], days=number) for number in range(16)]
    assert ClaimLimiter().select_claims(listed) == listed


def test_what_is_said_already_is_brought_however_late_it_comes_and_something_new_beside_it() -> None:
    known = [f"Gate number{number} was closed." for number in range(8)]
    own = [f"Lock number{number} was open." for number in range(3)]
    listed = [claims_of(f"outlet{number}", known[:1], days=number) for number in range(3)]
    listed = [claims_of("first", known, days=0), *listed, claims_of("late", [*own, *known], days=9)]
    brought = ClaimLimiter(most_claims=16).select_claims(listed)
    assert [one.claim.text for one in brought[-1]] == [*own[:2], *known]
    assert brought[:-1] == listed[:-1]


def test_what_articles_bring_is_the_same_whatever_was_asked_before() -> None:
    chance = random.Random(3)
    sentences = [f"Gate number{number} was closed." for number in range(60)]
    listed = [claims_of(f"outlet{number}", chance.sample(sentences, 6), days=number) for number in range(12)]
    growing = ClaimLimiter(most_claims=24)
    for _ in range(20):
        some = [listed[at] for at in sorted(chance.sample(range(12), chance.randint(1, 12)))]
        assert growing.select_claims(some) == ClaimLimiter(most_claims=24).select_claims(some)
    assert sum(map(len, growing.select_claims(listed))) < 12 * 6


def test_of_too_many_those_told_first_and_last_are_kept() -> None:
    assert keep_first_and_last([1, 2, 3, 4, 5, 6], max_count=3) == [1, 5, 6]
    assert keep_first_and_last([1, 2, 3], max_count=3) == [1, 2, 3]


def test_one_more_seldom_drops_another() -> None:
    kept = [tuple(keep_first_and_last(range(count), max_count=64)) for count in range(65, 97)]
    assert all(len(each) <= 64 and each[:32] == tuple(range(32)) for each in kept)
    assert len({each[32] for each in kept}) == 4


def test_what_a_long_article_has_too_much_of_is_counted_in_the_event() -> None:
    sentences = [f"Gate number{number} of the harbour was closed." for number in range(MOST_OF_ARTICLE + 7)]
    event = view([member("gazette", sentences, days=0)])
    assert len(event.claims) == MOST_OF_ARTICLE
    assert event.left_out.claims == 7


def test_an_event_of_a_usual_size_leaves_nothing_out() -> None:
    event = view([member(f"outlet{number}", ["The gates were closed."], days=number / 9) for number in range(4)])
    assert (event.left_out.claims, event.left_out.figures) == (0, 0)


def test_figures_of_one_noun_are_held_against_each_other_in_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[None] = []

    def counted(one: FigureMention, other: FigureMention) -> Comparison | None:
        asked.append(None)
        return compare_mentions(one, other)

    monkeypatch.setattr(same_thing, "compare_mentions", counted)
    monkeypatch.setattr(verdicts, "compare_mentions", counted)
    monkeypatch.setattr(figure_table, "compare_mentions", counted)
    members = [
        member(
            f"outlet{outlet}",
            [f"{1000 * outlet + number} people were killed near place{outlet}x{number}." for number in range(100)],
            days=outlet / 9,
            dead=[1000 * outlet + number for number in range(100)],
        )
        for outlet in range(1, 7)
    ]
    event = view(members)
    assert 600 - MOST_FIGURES <= event.left_out.figures < 600 - MOST_FIGURES * 7 // 8
    values = {value.value for figure in event.figures for value in figure.values}
    assert {1000, 6099} <= values  # told first, told last
    assert len(asked) <= 4 * MOST_FIGURES**2
