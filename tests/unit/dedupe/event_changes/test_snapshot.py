"""What of a big event is published."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.api.citations import dangling, unattested
from services.contracts.base import Span
from services.contracts.event import Event, LineageEntry, Omitted, SummarySentence
from services.contracts.event_claims import FigureVerdict
from services.dedupe.event_changes.event_parts import EventParts
from services.dedupe.event_changes.size_reduction import choose_supports, reduce_claim
from services.dedupe.event_changes.snapshot import LEAST_BYTES, MOST_BYTES, build_snapshot
from services.dedupe.event_changes.snapshot_selection import SnapshotSelection
from tests.support.big_view import big_view

SENTENCE = SummarySentence(text="w" * 900_000, article_id="art_" + "0" * 20, span=Span(start=0, end=900_000))

sizes = st.tuples(st.integers(1, 60), st.integers(0, 60), st.integers(0, 10_000))


def bytes_of(event: Event) -> int:
    return len(event.model_dump_json().encode())


def named_articles(part: Any) -> set[str]:
    """Every article that some JSON names, wherever."""
    if isinstance(part, dict):
        own = {part["article_id"]} if isinstance(part.get("article_id"), str) else set()
        own |= {one for name in ("article_ids", "shown_in") for one in part.get(name, ())}
        return own.union(*map(named_articles, part.values()))
    return set().union(*map(named_articles, part)) if isinstance(part, list) else set()


@pytest.fixture(scope="module")
def whole() -> Event:
    return big_view()


@pytest.fixture(scope="module")
def cut(whole: Event) -> Event:
    return build_snapshot(whole)


@settings(max_examples=60, deadline=None)
@given(sizes, st.integers(LEAST_BYTES, 200_000))
def test_a_snapshot_passes_no_size_and_names_nothing_that_is_not_in_it(size: tuple[int, int, int], most: int) -> None:
    articles, claims, seed = size
    event = big_view(articles, claims, seed=seed, words=1 + seed % 60)
    cut = build_snapshot(event, most)
    assert bytes_of(cut) <= most
    told = cut.model_dump(mode="json")
    del told["nearest"]
    assert named_articles(told) <= {one.article_id for one in cut.articles}
    assert list(dangling(told)) == list(unattested(told)) == []
    claim_ids = {one.claim_id for one in cut.claims}
    assert {one for figure in cut.figures for value in figure.values for one in value.claim_ids} <= claim_ids
    assert {one.claim_id for each in cut.contradictions for one in each.positions} <= claim_ids
    origins = {one.origin_id for one in cut.origins}
    assert {one.origin_id for one in cut.articles} == origins
    assert {one.origin_id for claim in cut.claims for one in claim.supports} <= origins
    assert Event.model_validate_json(cut.model_dump_json()) == cut


@settings(max_examples=40, deadline=None)
@given(sizes, st.integers(LEAST_BYTES, 200_000))
def test_what_is_left_out_is_counted_and_what_is_told_of_the_whole_stays(size: tuple[int, int, int], most: int) -> None:
    articles, claims, seed = size
    event = big_view(articles, claims, seed=seed)
    cut = build_snapshot(event, most)
    omitted = cut.omitted
    assert cut.counts == event.counts
    assert omitted.articles == event.counts.articles - len(cut.articles)
    assert omitted.claims == len(event.claims) - len(cut.claims)
    assert omitted.contradictions == len(event.contradictions) - len(cut.contradictions)
    assert omitted.figures == len(event.figures) - len(cut.figures)
    by_id = {one.claim_id: one for one in event.claims}
    assert omitted.supports == sum(len(by_id[one.claim_id].supports) - len(one.supports) for one in cut.claims)
    assert all(one.origins == by_id[one.claim_id].origins for one in cut.claims)
    order = [one.claim_id for one in event.claims]
    assert [one.claim_id for one in cut.claims] == [one for one in order if one in {c.claim_id for c in cut.claims}]


@settings(max_examples=20, deadline=None)
@given(sizes)
def test_a_snapshot_of_a_snapshot_is_the_same(size: tuple[int, int, int]) -> None:
    articles, claims, seed = size
    cut = build_snapshot(big_view(articles, claims, seed=seed), 50_000)
    assert build_snapshot(cut, 50_000) == cut


def test_a_small_event_loses_the_reasons_of_its_articles_and_nothing_else() -> None:
    event = big_view(5, 10)
    cut = build_snapshot(event)
    assert cut.omitted == Omitted()
    reasons = [(one.membership.signals, one.membership.runner_up, one.membership.nearest) for one in cut.articles]
    assert reasons == [({}, None, None)] * 5
    restored = [
        new.model_copy(update={"membership": old.membership})
        for new, old in zip(cut.articles, event.articles, strict=True)
    ]
    assert cut.model_copy(update={"articles": tuple(restored)}) == event


def test_an_event_of_two_thousand_articles_is_cut_within_a_second(whole: Event) -> None:
    took = []
    for _ in range(3):
        began = time.thread_time()
        build_snapshot(whole)
        took.append(time.thread_time() - began)
    assert min(took) < 1
    assert bytes_of(whole) > 3 * MOST_BYTES


@pytest.mark.parametrize("room", [LEAST_BYTES, 100_000, MOST_BYTES])
def test_the_bytes_of_a_selection_are_those_of_its_json(whole: Event, room: int) -> None:
    selection = SnapshotSelection(whole, room, EventParts(whole))
    selection.select_contradictions(0.3)
    selection.select_claims(0.6)
    selection.select_articles(0.9)
    selection.select_timeline(0.95)
    snapshot = selection.build_snapshot()
    assert selection.count_bytes_of(snapshot) == bytes_of(snapshot)


def test_the_room_is_used(cut: Event) -> None:
    assert MOST_BYTES * 0.7 < bytes_of(cut) <= MOST_BYTES
    assert len(cut.articles) > 200
    assert len(cut.claims) > 150


def test_what_is_contradicted_and_what_many_report_is_there(whole: Event, cut: Event) -> None:
    assert len(cut.contradictions) > 10
    most = sorted(whole.claims, key=lambda claim: -claim.origins)[:20]
    assert {one.claim_id for one in most} <= {one.claim_id for one in cut.claims}
    clashing = sum(one.verdict is FigureVerdict.CONFLICTING for one in whole.figures)
    assert sum(one.verdict is FigureVerdict.CONFLICTING for one in cut.figures) > clashing / 3
    for figure in cut.figures:
        assert sum(bool(value.claim_ids and value.article_ids) for value in figure.values) >= min(2, len(figure.values))


def test_a_claim_keeps_one_report_for_each_of_a_few_origins(cut: Event) -> None:
    for claim in cut.claims:
        origins = [one.origin_id for one in claim.supports]
        assert len(origins) <= 4
        assert len(origins) == len(set(origins))


def test_the_founder_and_the_first_article_of_what_is_carried_most_are_listed(whole: Event, cut: Event) -> None:
    listed = {one.article_id for one in cut.articles}
    widest = sorted(whole.origins, key=lambda origin: -len(origin.article_ids))[:50]
    assert {origin.article_ids[0] for origin in widest} <= listed


@pytest.mark.parametrize(
    "more",
    [
        {"headline": "\u0007" * 2_000_000},
        {"lineage": tuple(LineageEntry(kind="merge", event_id="evt_2", reason="r" * 9_000) for _ in range(300))},
        {"summary": (SENTENCE,) * 3},
    ],
)
def test_no_part_can_be_so_large_that_nothing_fits(more: dict[str, Any]) -> None:
    cut = build_snapshot(big_view(20, 20, **more))
    assert bytes_of(cut) <= MOST_BYTES
    assert len(cut.claims) == 20


def test_one_giant_claim_does_not_keep_the_others_out() -> None:
    event = big_view(20, 20)
    giant = event.claims[0].model_copy(update={"text": "w" * 2_000_000})
    cut = build_snapshot(event.model_copy(update={"claims": (giant, *event.claims[1:])}))
    assert bytes_of(cut) <= MOST_BYTES
    assert len(cut.claims) == 19


def test_same_event_same_bytes(whole: Event, cut: Event) -> None:
    again = Event.model_validate_json(whole.model_dump_json())
    assert build_snapshot(again).model_dump_json() == cut.model_dump_json()


def test_of_a_claim_that_an_article_makes_twice_both_reports_stay_with_the_words_of_the_chosen_one() -> None:
    claim = next(one for one in big_view(20, 10).claims if len(one.supports) > 1)
    first, *others = claim.supports
    again = first.model_copy(update={"text": "Told once more in other words"})
    twice = claim.model_copy(
        update={"supports": (first, again, *others), "variants": (again.text, *(one.text for one in others))}
    )
    chosen = choose_supports(twice, ())
    reduced = reduce_claim(twice, chosen)
    assert again not in chosen
    assert {first.text, again.text} <= {one.text for one in reduced.supports}
    assert again.text not in reduced.variants
