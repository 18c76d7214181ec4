"""The history that the projector keeps, against a real Redis."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from services.api.changes import digest_of, document_of
from services.api.history.history_store import HistoryStore
from services.api.history.keeping import WHOLE_EVERY
from services.api.history.packing import is_whole, unpack_changes
from services.api.history.reading import read_version
from services.api.view_store import ViewStore
from services.contracts.changed import EventChange
from services.contracts.event import Event, EventStatus
from services.runtime.errors import TransientError
from services.runtime.messages import Message
from tests.unit.api.examples import event, member
from tests.unit.api.test_event_lists import told
from tests.unit.api.view import change_projector, event_projector, project_changes, project_events, snapshot

LOGGED = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)


def growing(count: int, event_id: str = "evt_a") -> list[Event]:
    """Versions of an event that gains an article each."""
    return [
        event(event_id, number, articles=tuple(member(f"art_{at}") for at in range(number)), minutes=number)
        for number in range(1, count + 1)
    ]


async def log(redis: Redis, events: Sequence[Event], changes: Sequence[EventChange], size: int) -> None:
    """Let both projectors consume a log in batches of a size."""
    of_events = [
        Message("event.updated.v1", 0, at, one.event_id, one, logged_at=LOGGED + timedelta(seconds=at))
        for at, one in enumerate(events)
    ]
    of_changes = [
        Message("event.changed.v1", 0, at, one.event_id, one, logged_at=LOGGED + timedelta(seconds=at))
        for at, one in enumerate(changes)
    ]
    for projector, messages in ((event_projector(redis), of_events), (change_projector(redis), of_changes)):
        await projector.take_over(frozenset({0}))
        for start in range(0, len(messages), size):
            await projector.handle(messages[start : start + size])  # type: ignore[arg-type]  # of the projector's kind
            await projector.save({0: start + size})


async def versions(redis: Redis, event_id: str = "evt_a") -> dict[int, bytes]:
    """The document of every version that is kept."""
    store = HistoryStore(redis)
    entries = await store.versions(event_id)
    return {one.version: await read_version(store, event_id, entries, at) for at, one in enumerate(entries)}


async def kept_changes(redis: Redis, event_id: str = "evt_a") -> list[EventChange]:
    store = HistoryStore(redis)
    entries = await store.change_entries(event_id)
    packs = await store.change_packs(event_id, [one.version for one in entries])
    return [change for pack in packs for change in unpack_changes(pack or b"")]


async def test_every_version_comes_back_as_it_was_served(redis: Redis) -> None:
    events = growing(3 * WHOLE_EVERY + 5)
    served = {}
    for one in events:
        await project_events(redis, [one])
        stored = await ViewStore(redis).event("evt_a")
        assert stored is not None
        served[one.version] = stored.document
    assert await versions(redis) == served
    for entry in await HistoryStore(redis).versions("evt_a"):
        assert entry.digest == digest_of(served[entry.version])


async def test_any_version_is_a_bounded_number_of_steps_away(redis: Redis) -> None:
    await project_events(redis, growing(3 * WHOLE_EVERY + 5))
    packs = cast("dict[bytes, bytes]", await redis.hgetall("view:event-packs:evt_a"))
    whole = sorted(int(version) for version, pack in packs.items() if is_whole(pack))
    assert whole == [WHOLE_EVERY, 2 * WHOLE_EVERY, 3 * WHOLE_EVERY]


async def test_versions_that_one_batch_brings_are_all_kept(redis: Redis) -> None:
    events = growing(5)
    await project_events(redis, events)
    assert await versions(redis) == {one.version: document_of(one) for one in events}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(2, 40), again=st.booleans())
async def test_however_the_log_is_cut_the_history_is_the_same_in_each_byte(
    redis: Redis, size: int, again: bool
) -> None:
    events = [one for pair in zip(growing(30), growing(30, "evt_b"), strict=True) for one in pair]
    changes = [*told(events[::2]), *told(events[1::2])]
    await redis.flushall()
    await log(redis, events, changes, 1)
    expected = await snapshot(redis)
    assert {b"view:event-packs:evt_a", b"view:event-changes:evt_a"} <= expected.keys()
    await redis.flushall()
    await log(redis, events, changes, size)
    if again:
        await log(redis, events, changes, size + 1)
    assert await snapshot(redis) == expected


async def test_every_change_is_kept_in_order(redis: Redis) -> None:
    changes = told(growing(12))
    await project_changes(redis, *[changes[at : at + 5] for at in range(0, len(changes), 5)])
    assert await kept_changes(redis) == changes


async def test_a_history_begins_where_the_topic_does(redis: Redis) -> None:
    events, changes = growing(9), told(growing(9))
    await project_events(redis, [events[-1]])
    await project_changes(redis, [one for one in changes if one.version > 6])
    assert list(await versions(redis)) == [9]
    assert {one.version for one in await kept_changes(redis)} == {7, 8, 9}
    assert (await HistoryStore(redis).change_entries("evt_a"))[0].previous_version == 6


async def test_a_view_of_a_release_that_kept_no_history_begins_one_with_its_next_version(redis: Redis) -> None:
    events = growing(4)
    await project_events(redis, events[:2])
    await redis.delete("view:event-versions:evt_a", "view:event-packs:evt_a")
    await project_events(redis, events[2:])
    assert await versions(redis) == {one.version: document_of(one) for one in events[2:]}


async def test_a_merged_event_keeps_what_it_was(redis: Redis) -> None:
    before = event("evt_a", 1)
    after = event("evt_a", 2, status=EventStatus.MERGED, merged_into="evt_b")
    await project_events(redis, [before], [after])
    assert await versions(redis) == {1: document_of(before), 2: document_of(after)}


async def test_a_version_can_be_read_while_the_event_goes_on(redis: Redis) -> None:
    events = growing(6)
    await project_events(redis, events[:3])
    store = HistoryStore(redis)
    entries = await store.versions("evt_a")
    await project_events(redis, events[3:])
    assert await read_version(store, "evt_a", entries, 2) == document_of(events[2])


async def test_a_version_whose_way_is_broken_is_not_made_up(redis: Redis) -> None:
    await project_events(redis, growing(6))
    await redis.hdel("view:event-packs:evt_a", "3")
    store = HistoryStore(redis)
    entries = await store.versions("evt_a")
    assert await read_version(store, "evt_a", entries, 3) == document_of(growing(6)[3])
    with pytest.raises(TransientError):
        await read_version(store, "evt_a", entries, 1)
