"""Whatever happens to articles: as readers of the published events see it, none is lost, and all counts are right."""

import random
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import event as note
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.article import ArticleStatus
from services.contracts.event import ArticleRole, Event, EventStatus
from services.dedupe.clustering.placement import Outcome, Placement
from services.dedupe.clustering.shard import Shard
from services.dedupe.signals.terms import TermStatistics
from tests.support.arrivals import Arrival, any_arrival, arrivals, cosine_decision, embedded
from tests.support.views import view_of

STATISTICS = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1000)
KINDS = {"merge", "split", "move"}


def new_shard(live_days: float | None) -> Shard:
    return Shard(cosine_decision(), STATISTICS, live_days=live_days)


class Reader:
    """What somebody has who keeps the latest view of each event that was published."""

    def __init__(self) -> None:
        self.events: dict[str, Event] = {}
        self.happened: Counter[str] = Counter()

    def take(self, shard: Shard, placement: Placement) -> None:
        self.happened[placement.outcome] += 1
        for event_id in placement.changed_event_ids:
            view = view_of(shard, event_id)
            before = self.events.get(event_id)
            assert before is None or view.version > before.version
            assert before is None or before.status is EventStatus.OPEN, "nothing happens to an event that has ended"
            new = view.lineage[0 if before is None else len(before.lineage) :]
            self.happened.update(entry.kind for entry in new)
            self.happened[view.status] += 1
            self.events[event_id] = view

    def event_of(self) -> dict[str, str]:
        """The event of each article; fails if one is in two."""
        listed = [(article.article_id, event.event_id) for event in self.events.values() for article in event.articles]
        assert len(dict(listed)) == len(listed)
        return dict(listed)


def read(stream: Sequence[Arrival], live_days: float | None, saves: Sequence[bool] = ()) -> Reader:
    """Place a stream, and check after each article what a reader has. `saves`: after which the shard is saved."""
    shard, reader = new_shard(live_days), Reader()
    came: dict[str, Arrival] = {}
    for at, arrival in enumerate(stream):
        quiet = {one: view(shard, one) for one in shard.event_ids()}
        placement = shard.place_article(embedded(arrival))
        reader.take(shard, placement)
        changed = {one for one, before in quiet.items() if view(shard, one) != before}
        assert changed <= set(placement.changed_event_ids), "an event changed and nobody was told"
        event_of = reader.event_of()
        came.setdefault(placement.article_id, arrival)
        assert event_of.keys() == came.keys(), "each article is in one event"
        assert event_of[placement.article_id] == placement.event_id
        for article_id, event_id in event_of.items():
            assert shard.placed_record(article_id).event_id == event_id
        if at < len(saves) and saves[at]:
            shard.mark_saved()
    return reader


def view(shard: Shard, event_id: str) -> bytes:
    return view_of(shard, event_id).model_dump_json().encode()


def check_counts(event: Event) -> None:
    """What an event says of itself agrees with its members."""
    ids = [article.article_id for article in event.articles]
    origin_of = {article.article_id: article.origin_id for article in event.articles}
    assert event.counts.articles == len(ids)
    assert event.counts.publishers == len({a.publisher.key for a in event.articles} - {None})
    assert event.counts.origins == len(event.origins) == len(set(origin_of.values()))
    carried = [(article_id, origin.origin_id) for origin in event.origins for article_id in origin.article_ids]
    assert sorted(carried) == sorted(origin_of.items()), "origins share the articles out among them"
    assert [article.role for article in event.articles].count(ArticleRole.FOUNDER) == bool(ids)
    seen: set[str] = set()
    for article in event.articles:
        assert article.role is not ArticleRole.REPRINT or article.origin_id in seen
        seen.add(article.origin_id)
    for claim in event.claims:
        assert claim.origins == len({support.origin_id for support in claim.supports})
        assert all(support.origin_id == origin_of[support.article_id] for support in claim.supports)
    withdrawn = {a.article_id for a in event.articles if a.status is ArticleStatus.WITHDRAWN}
    assert withdrawn.isdisjoint(support.article_id for claim in event.claims for support in claim.supports)


def check_lineage(events: dict[str, Event]) -> None:
    """Both sides of a merge, split or move tell it, with a reason, and an old id leads to an event that is there."""
    told: Counter[tuple[str, str, str]] = Counter()
    for event in events.values():
        for entry in event.lineage:
            assert entry.kind in KINDS
            assert entry.reason.endswith(".")
            assert entry.event_id != event.event_id
            told[entry.kind, event.event_id, entry.event_id] += 1
    assert told == Counter({(kind, other, one): count for (kind, one, other), count in told.items()})
    for event in events.values():
        if event.status is EventStatus.MERGED:
            assert (event.articles, event.origins, event.claims) == ((), (), ())
            assert event.lineage[-1].kind == "merge"
            assert event.lineage[-1].event_id == event.merged_into
            successor, hops = event, 0
            while successor.merged_into is not None:
                successor, hops = events[successor.merged_into], hops + 1
                assert hops <= len(events), "an old id leads round in a circle"
        else:
            assert event.merged_into is None
            assert event.articles


live_days = st.sampled_from((None, 2.0))


@settings(max_examples=100, deadline=None)
@given(arrivals(), live_days, st.lists(st.booleans(), max_size=28))
def test_no_operation_loses_an_article_and_every_view_agrees_with_its_members(
    stream: list[Arrival], days: float | None, saves: list[bool]
) -> None:
    reader = read(stream, days, saves)
    for kind in sorted(reader.happened):
        note(f"seen: {kind}")
    for event in reader.events.values():
        check_counts(event)
    check_lineage(reader.events)


@settings(max_examples=60, deadline=None)
@given(arrivals(), live_days, st.lists(st.booleans(), max_size=28))
def test_when_a_shard_is_saved_does_not_show(stream: list[Arrival], days: float | None, saves: list[bool]) -> None:
    assert read(stream, days, saves).events == read(stream, days).events


def test_the_streams_make_everything_happen_that_can() -> None:
    """The properties above would prove nothing on streams in which nothing merges or splits."""
    seen: Counter[str] = Counter()
    chance = random.Random(4)
    for _ in range(12):
        seen += read([any_arrival(chance) for _ in range(28)], 2.0).happened
    assert set(seen) == {*Outcome, *EventStatus, *KINDS}
    assert min(seen[kind] for kind in KINDS) > 10, seen


@pytest.mark.parametrize("seed", range(4))
def test_no_event_is_told_of_that_ended_in_the_placement_that_made_it(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        shard, reader = new_shard(None), Reader()
        for _ in range(28):
            known = set(reader.events)
            placement = shard.place_article(embedded(any_arrival(chance)))
            reader.take(shard, placement)
            unheard_of = [reader.events[one] for one in placement.changed_event_ids if one not in known]
            assert EventStatus.MERGED not in {event.status for event in unheard_of}
