"""A correction or a withdrawal changes the event of its article, and what it held together."""

import numpy as np
import pytest

from services.contracts.article import ArticleStatus
from services.contracts.event import Event
from services.dedupe.clustering.placement import Outcome, Placement
from services.dedupe.clustering.shard import Shard
from services.dedupe.signals.terms import TermStatistics
from tests.support.arrivals import Arrival, cosine_decision, embedded, title_of
from tests.support.views import view_of

STATISTICS = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1000)


@pytest.fixture
def shard() -> Shard:
    return Shard(cosine_decision(), STATISTICS)


def place(
    shard: Shard, number: int, angle: int, *, revision: int = 1, status: ArticleStatus = ArticleStatus.USABLE
) -> Placement:
    return shard.place_article(embedded(Arrival(number, angle, 0.0, revision, status, outlet=number)))


def event(shard: Shard, event_id: str) -> Event:
    return view_of(shard, event_id)


def titles(view: Event) -> set[str | None]:
    return {article.title for article in view.articles}


def test_a_corrected_article_that_fits_no_more_is_split_off_and_both_events_say_so(shard: Shard) -> None:
    first = place(shard, 0, 0).event_id
    place(shard, 1, 1)
    placement = place(shard, 1, 9, revision=2, status=ArticleStatus.CORRECTED)
    assert placement.outcome is Outcome.REVISED
    assert set(placement.changed_event_ids) == {first, placement.event_id}
    left, own = event(shard, first), event(shard, placement.event_id)
    assert (titles(left), titles(own)) == ({title_of(0)}, {title_of(1)})
    assert [(entry.kind, entry.event_id) for entry in left.lineage] == [("split", own.event_id)]
    assert [(entry.kind, entry.event_id) for entry in own.lineage] == [("split", left.event_id)]
    assert all("fits the other articles no more" in each.lineage[0].reason for each in (left, own))


def test_a_corrected_article_moves_to_the_event_it_now_tells_and_both_events_say_so(shard: Shard) -> None:
    first, second = place(shard, 0, 0).event_id, place(shard, 1, 9).event_id
    place(shard, 2, 1)
    placement = place(shard, 2, 9, revision=2, status=ArticleStatus.CORRECTED)
    assert placement.event_id == second
    assert set(placement.changed_event_ids) == {first, second}
    assert titles(event(shard, second)) == {title_of(1), title_of(2)}
    for one, other in ((first, second), (second, first)):
        (entry,) = event(shard, one).lineage
        assert (entry.kind, entry.event_id) == ("move", other)
        assert "fits better there" in entry.reason


def test_a_corrected_article_can_bridge_two_events(shard: Shard) -> None:
    older = place(shard, 0, 0).event_id
    place(shard, 1, 0)
    younger = place(shard, 2, 6).event_id
    assert younger != older
    placement = place(shard, 2, 1, revision=2, status=ArticleStatus.CORRECTED)
    assert set(placement.changed_event_ids) == {older, younger}
    assert event(shard, younger).merged_into == placement.event_id == older


def test_what_a_withdrawn_article_claimed_counts_no_more(shard: Shard) -> None:
    event_id = place(shard, 0, 0).event_id
    place(shard, 1, 0)
    assert [claim.origins for claim in event(shard, event_id).claims] == [1]
    for number in (0, 1):
        placement = place(shard, number, 0, revision=2, status=ArticleStatus.WITHDRAWN)
        assert placement.changed_event_ids == (event_id,)
        supports = {support.article_id for claim in event(shard, event_id).claims for support in claim.supports}
        assert placement.article_id not in supports
    view = event(shard, event_id)
    assert (view.claims, view.counts.articles) == ((), 2)


def test_an_article_that_is_published_again_after_its_withdrawal_counts_again(shard: Shard) -> None:
    event_id = place(shard, 0, 0).event_id
    place(shard, 0, 0, revision=2, status=ArticleStatus.WITHDRAWN)
    assert place(shard, 0, 0, revision=3).event_id == event_id
    assert len(event(shard, event_id).claims) == 1
    assert place(shard, 1, 0).event_id == event_id


def test_an_event_that_a_withdrawn_article_held_together_is_split(shard: Shard) -> None:
    event_id = place(shard, 0, 0).event_id
    for number, angle in ((1, 2), (2, 3), (3, 5)):
        place(shard, number, angle)
    assert titles(event(shard, event_id)) == {title_of(number) for number in range(4)}
    placement = place(shard, 1, 2, revision=2, status=ArticleStatus.WITHDRAWN)
    assert len(placement.changed_event_ids) == 2
    parts = [titles(event(shard, each)) for each in shard.event_ids()]
    assert sorted((part - {title_of(1)} for part in parts), key=len) == [{title_of(0)}, {title_of(2), title_of(3)}]
    assert sum(title_of(1) in part for part in parts) == 1
