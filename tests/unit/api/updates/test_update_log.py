"""The update log against a real Redis, written as the projector writes it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from services.api.updates.positions import BEGINNING, BadPosition, order_of, position_at
from services.api.updates.update_log import LogBounds, Update, UpdateLog
from services.contracts.event import EventStatus
from services.runtime.clock import FixedClock
from tests.unit.api.examples import event, member
from tests.unit.api.view import project_events

MEMBER_OF_A = "2026-03-03T12:00:00.000000Z evt_a"


async def everything(redis: Redis) -> list[Update]:
    return await UpdateLog(redis).read(BEGINNING, 10_000)


async def test_a_log_that_nobody_has_written_to_is_empty_and_starts_at_the_beginning(redis: Redis) -> None:
    log = UpdateLog(redis)
    assert await log.read(BEGINNING, 10) == []
    assert (await log.head(), await log.floor(), await log.bounds()) == ("0-0", "0-0", LogBounds("0-0", "0-0"))


async def test_each_stored_version_is_an_entry_that_says_what_it_replaced(redis: Redis) -> None:
    await project_events(redis, [event("evt_a", 1)], [event("evt_a", 2, minutes=5), event("evt_b", 3)])
    told = [(one.event_id, one.version, one.previous_version, one.moved_from) for one in await everything(redis)]
    assert told == [("evt_a", 1, 0, ""), ("evt_a", 2, 1, MEMBER_OF_A), ("evt_b", 3, 0, "")]


async def test_a_version_that_does_not_move_the_event_in_the_list_says_so(redis: Redis) -> None:
    await project_events(redis, [event("evt_a", 1)], [event("evt_a", 2)])
    assert (await everything(redis))[-1].moved_from == ""


async def test_versions_that_come_in_one_batch_are_one_entry(redis: Redis) -> None:
    await project_events(redis, [event("evt_a", 1), event("evt_a", 2), event("evt_a", 5)])
    assert [(one.version, one.previous_version) for one in await everything(redis)] == [(5, 0)]


async def test_a_version_that_comes_again_is_no_entry(redis: Redis) -> None:
    await project_events(redis, [event("evt_a", 2)])
    await project_events(redis, [event("evt_a", 1), event("evt_a", 2)])
    assert len(await everything(redis)) == 1


async def test_a_merged_event_says_which_event_took_it_in_and_where_it_was_listed(redis: Redis) -> None:
    merged = event("evt_a", 2, status=EventStatus.MERGED, merged_into="evt_b", articles=(member("art_1"),))
    await project_events(redis, [event("evt_a", 1)], [merged])
    entry = (await everything(redis))[-1]
    assert (entry.merged_into, entry.moved_from) == ("evt_b", MEMBER_OF_A)


async def test_reading_goes_on_after_a_position_and_in_order(redis: Redis) -> None:
    await project_events(redis, [event(f"evt_{number}") for number in range(7)])
    log, seen, position = UpdateLog(redis), [], BEGINNING
    while part := await log.read(position, 3):
        seen += part
        position = part[-1].position
    assert [one.event_id for one in seen] == [f"evt_{number}" for number in range(7)]
    assert sorted(seen, key=lambda one: order_of(one.position)) == seen
    assert (seen[0].position, seen[-1].position) == (await log.floor(), await log.head())


async def test_a_reader_that_waits_gets_what_is_written_meanwhile(redis: Redis) -> None:
    waiting = asyncio.create_task(UpdateLog(redis).read(BEGINNING, 10, block_ms=5_000))
    await asyncio.sleep(0)
    await project_events(redis, [event("evt_a")])
    assert [one.event_id for one in await waiting] == ["evt_a"]


async def test_a_reader_that_waits_in_vain_gets_nothing(redis: Redis) -> None:
    await project_events(redis, [event("evt_a")])
    log = UpdateLog(redis)
    assert await log.read(await log.head(), 10, block_ms=20) == []


async def test_a_text_that_is_no_position_is_not_read_after(redis: Redis) -> None:
    with pytest.raises(BadPosition):
        await UpdateLog(redis).read("$", 1)


async def test_a_moment_leads_to_what_was_written_from_then_on(redis: Redis) -> None:
    await project_events(redis, [event("evt_a")])
    log = UpdateLog(redis)
    written = datetime.fromtimestamp(order_of(await log.head())[0] / 1000, UTC)
    assert len(await log.read(position_at(written), 10)) == 1
    assert await log.read(position_at(written + timedelta(milliseconds=1)), 10) == []


async def test_entries_are_dropped_by_age_and_readers_who_need_them_are_not_reached(redis: Redis) -> None:
    events = [event(f"evt_{number}") for number in range(300)]
    log = UpdateLog(redis)
    await project_events(redis, events)
    first = await log.bounds()
    in_six_days = FixedClock(datetime.now(UTC) + timedelta(days=6, hours=23))
    await project_events(redis, [event("evt_x")], clock=in_six_days)
    assert await log.floor() == first.floor
    in_eight_days = FixedClock(datetime.now(UTC) + timedelta(days=8))
    await project_events(redis, [event("evt_y")], clock=in_eight_days)
    later = await log.bounds()
    assert order_of(first.floor) < order_of(later.floor) <= order_of(later.head)
    assert not later.reaches(first.floor)
    assert later.reaches(later.floor)
    assert (await everything(redis))[-1].event_id == "evt_y"


async def test_a_position_of_a_view_that_was_rebuilt_is_below_the_floor_of_the_new_log(redis: Redis) -> None:
    await project_events(redis, [event("evt_a", 1)], [event("evt_a", 2)], [event("evt_b", 1)])
    log = UpdateLog(redis)
    old = [one.position for one in await everything(redis)]
    await redis.delete(*[key async for key in redis.scan_iter("view:*")])
    await project_events(redis, [event("evt_a", 2), event("evt_b", 1)])
    bounds = await log.bounds()
    assert [bounds.reaches(position) for position in old] == [False] * 3
    assert [one.version for one in await log.read(BEGINNING, 10)] == [2, 1]
    assert bounds.reaches(BEGINNING)


async def test_a_week_of_updates_costs_little_memory(redis: Redis) -> None:
    await project_events(redis, [event(f"evt_{number:020x}", minutes=number) for number in range(2_000)])
    later = [event(f"evt_{number:020x}", 2, minutes=number + 1) for number in range(2_000)]
    await project_events(redis, later)
    assert (await redis.memory_usage("view:log", samples=0) or 0) / 4_000 < 150
