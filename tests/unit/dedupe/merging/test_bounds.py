from collections.abc import Sequence

import pytest

from services.contracts.claim import Bound, ClaimKind
from services.contracts.event import Event, EventStatus, Membership
from services.dedupe.clustering.records import EventRecord
from services.dedupe.merging import event_view
from services.dedupe.merging.bounds import MOST_FIGURES, MOST_OF_ARTICLE, both_ends, shares
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.figures import same_thing, table, verdicts
from services.dedupe.merging.figures.mention import Mention
from services.dedupe.merging.figures.verdicts import Comparison, compare
from services.dedupe.merging.members import Derived, Member
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
    return Member("evt_1", embedded, MEMBERSHIP, Derived.of(embedded))


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


def test_articles_of_a_small_event_bring_all_their_claims() -> None:
    assert shares([28, 0, 200], most=500) == [28, 0, 200]


def test_articles_of_a_big_event_bring_as_many_claims_as_any_other_has_or_all_they_have() -> None:
    assert shares([5, 90, 40, 90], most=100) == [5, 32, 32, 31]


def test_no_article_brings_more_than_its_bound_into_an_event() -> None:
    assert shares([MOST_OF_ARTICLE + 50]) == [MOST_OF_ARTICLE]


def test_where_there_are_more_articles_than_claims_the_first_bring_one_each() -> None:
    assert shares([3, 3, 3, 3], most=3) == [1, 1, 1, 0]


def test_of_too_many_those_told_first_and_last_are_kept() -> None:
    assert both_ends([1, 2, 3, 4, 5, 6], most=3) == [1, 5, 6]
    assert both_ends([1, 2, 3], most=3) == [1, 2, 3]


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

    def counted(one: Mention, other: Mention) -> Comparison | None:
        asked.append(None)
        return compare(one, other)

    monkeypatch.setattr(same_thing, "compare", counted)
    monkeypatch.setattr(verdicts, "compare", counted)
    monkeypatch.setattr(table, "compare", counted)
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
    assert event.left_out.figures == 600 - MOST_FIGURES
    values = {value.value for figure in event.figures for value in figure.values}
    assert {1000, 6099} <= values  # told first, told last
    assert len(asked) <= 4 * MOST_FIGURES**2


def test_a_view_that_would_be_too_large_to_publish_is_merged_of_fewer_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_view, "MOST_BYTES", 150_000)
    sentences = [f"Gate number{number} of the harbour was closed." for number in range(150)]
    event = view([member(f"outlet{number}", sentences, days=number / 9) for number in range(3)])
    assert len(event.model_dump_json().encode()) <= 150_000
    assert 0 < event.left_out.claims < 450
