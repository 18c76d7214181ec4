from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from services.api.view_store import ViewStore
from services.contracts.event import Event, EventStatus
from services.runtime.errors import Fenced, StateLost
from services.runtime.messages import Message
from tests.unit.api.examples import event, extracted, member
from tests.unit.api.view import (
    event_projector,
    project_articles,
    project_events,
    snapshot,
)

LOG = [
    event("evt_a", 1, articles=(member("art_1"),), minutes=1),
    event("evt_b", 1, articles=(member("art_2"),), minutes=2),
    event("evt_a", 2, articles=(member("art_1"), member("art_3")), minutes=3),
    event("evt_b", 2, articles=(member("art_2"), member("art_3")), minutes=4),
    event("evt_a", 3, articles=(member("art_1"),), minutes=4),
    event("evt_c", 1, articles=(member("art_4"),), minutes=0),
    event("evt_c", 2, status=EventStatus.MERGED, merged_into="evt_a", articles=(member("art_4"),), minutes=5),
    event("evt_a", 4, articles=(member("art_1"), member("art_4")), minutes=5),
]


def message(value: Event) -> Message[Event]:
    return Message("event.updated.v1", 0, 0, value.event_id, value)


async def listed(redis: Redis) -> list[str]:
    return [summary.event_id for summary in (await ViewStore(redis).page(100, None)).summaries]


@pytest.fixture
async def whole(redis: Redis) -> dict[bytes, object]:
    """The view after the log came message by message; Redis is empty again."""
    await project_events(redis, *[[each] for each in LOG])
    view = await snapshot(redis)
    await redis.flushall()
    return view


@pytest.mark.parametrize("size", [2, 3, 5, 8])
async def test_a_log_cut_into_other_batches_ends_in_the_same_bytes(
    redis: Redis, whole: dict[bytes, object], size: int
) -> None:
    await project_events(redis, *[LOG[start : start + size] for start in range(0, len(LOG), size)])
    assert await snapshot(redis) == whole


async def test_a_log_consumed_twice_ends_in_the_same_bytes(redis: Redis, whole: dict[bytes, object]) -> None:
    await project_events(redis, LOG)
    await project_events(redis, LOG, *[[each] for each in LOG])
    assert await snapshot(redis) == whole


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(["evt_a", "evt_b", "evt_c"]), data=st.data())
async def test_partitions_may_interleave_in_any_way(
    redis: Redis, whole: dict[bytes, object], order: Sequence[str], data: st.DataObject
) -> None:
    """Messages of one event keep their order; those of different events, on other partitions, do not."""
    queues = {event_id: [each for each in LOG if each.event_id == event_id] for event_id in order}
    mixed = []
    while any(queues.values()):
        chosen = data.draw(st.sampled_from([event_id for event_id in order if queues[event_id]]))
        mixed.append(queues[chosen].pop(0))
    await redis.flushall()
    await project_events(redis, *[[each] for each in mixed])
    assert await snapshot(redis) == whole


async def test_an_article_that_moves_ends_in_the_event_that_has_it_last(redis: Redis) -> None:
    await project_articles(redis, [extracted("art_3")])
    await project_events(redis, LOG)
    stored = await ViewStore(redis).article("art_3")
    assert stored is not None
    assert stored.event_id == "evt_b"


async def test_a_merged_event_leaves_the_list_and_its_id_leads_to_the_other(redis: Redis) -> None:
    await project_events(redis, LOG)
    assert await listed(redis) == ["evt_a", "evt_b"]
    mark = await ViewStore(redis).current("evt_c")
    assert mark is not None
    assert (mark.event_id, mark.version) == ("evt_a", 4)


async def test_what_was_not_saved_is_written_by_the_next_save(redis: Redis) -> None:
    projector = event_projector(redis)
    await projector.take_over(frozenset({0}))
    await projector.handle([message(event("evt_a"))])
    await projector.save({})  # only looks
    await projector.handle([message(event("evt_b"))])
    await projector.save({0: 2})
    assert sorted(await listed(redis)) == ["evt_a", "evt_b"]


async def test_a_projector_that_was_replaced_can_write_no_more(redis: Redis) -> None:
    old, new = event_projector(redis), event_projector(redis)
    await old.take_over(frozenset({0}))
    await old.handle([message(event("evt_a"))])
    await new.take_over(frozenset({0}))
    with pytest.raises(Fenced):
        await old.save({0: 1})
    assert await snapshot(redis) == {}


async def test_dropping_the_view_drops_its_offsets_and_a_replay_rebuilds_it(
    redis: Redis, whole: dict[bytes, object]
) -> None:
    projector = event_projector(redis)
    await projector.take_over(frozenset({0}))
    await projector.handle([message(each) for each in LOG])
    await projector.save({0: len(LOG)})
    await redis.delete(*[key async for key in redis.scan_iter("view:*")])
    await projector.handle([message(event("evt_z"))])
    with pytest.raises(StateLost):
        await projector.save({0: len(LOG) + 1})
    assert await projector.take_over(frozenset({0})) == {}
    await projector.handle([message(each) for each in LOG])
    await projector.save({0: len(LOG)})
    assert await snapshot(redis) == whole


async def test_offsets_are_kept_with_the_view(redis: Redis) -> None:
    await project_events(redis, LOG)
    assert await event_projector(redis).take_over(frozenset({0, 1})) == {0: len(LOG)}


async def test_an_older_revision_that_comes_late_changes_nothing(redis: Redis) -> None:
    await project_articles(redis, [extracted(revision=2)])
    before = await snapshot(redis)
    await project_articles(redis, [extracted(revision=1, fetched_minutes=5)], [extracted(revision=2, title="x")])
    assert await snapshot(redis) == before
    await project_articles(redis, [extracted(revision=3)])
    assert await snapshot(redis) != before
