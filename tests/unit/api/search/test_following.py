"""The index against a real Redis: built from the view, then followed."""

from pathlib import Path

import orjson
import pytest
from redis.asyncio import Redis

from services.api.filters.parsing import parse_filter
from services.api.search.event_search import EventRequest
from services.api.search.following import IndexFollower
from services.api.search.list_cursors import Sort
from services.contracts.event import EventStatus
from tests.support.polling import eventually
from tests.unit.api.examples import disputed, event
from tests.unit.api.search.followers import caught_up, following
from tests.unit.api.view import project_events


def folders(parent: Path) -> list[Path]:
    return list(parent.iterdir())


async def listed(follower: IndexFollower, **given: str) -> list[str]:
    """Ids of the events that the index lists."""
    assert follower.index is not None
    request = EventRequest(parse_filter(list(given.items())), Sort.UPDATED, limit=100)
    return [orjson.loads(one.summary)["event_id"] for one in (await follower.index.events(request)).events]


async def test_the_index_has_what_the_view_had_and_then_what_comes(redis: Redis, tmp_path: Path) -> None:
    await project_events(redis, [event("evt_a"), event("evt_b", minutes=1)])
    async with following(redis, tmp_path) as follower:
        assert await listed(follower) == ["evt_b", "evt_a"]
        await project_events(redis, [event("evt_c", minutes=2)], [event("evt_a", 2, minutes=3, headline="Fire")])
        await caught_up(follower, redis)
        assert await listed(follower) == ["evt_a", "evt_c", "evt_b"]
        assert await listed(follower, q="fire") == ["evt_a"]
        assert await listed(follower, q="eldrin") == ["evt_c", "evt_b"]


async def test_a_merged_event_is_listed_no_more(redis: Redis, tmp_path: Path) -> None:
    await project_events(redis, [event("evt_a"), event("evt_b")])
    async with following(redis, tmp_path) as follower:
        await project_events(redis, [event("evt_a", 2, status=EventStatus.MERGED, merged_into="evt_b", articles=())])
        await caught_up(follower, redis)
        assert await listed(follower) == ["evt_b"]


async def test_a_view_that_is_written_anew_is_indexed_anew(redis: Redis, tmp_path: Path) -> None:
    await project_events(redis, [event("evt_a")], [event("evt_b")])
    async with following(redis, tmp_path) as follower:
        await redis.flushall()
        await eventually(lambda: follower.position == "0-0")
        assert await listed(follower) == []
        await project_events(redis, [event("evt_c")])
        await caught_up(follower, redis)
        assert await listed(follower) == ["evt_c"]


async def test_an_event_from_before_rows_were_kept_is_indexed_from_its_document(redis: Redis, tmp_path: Path) -> None:
    await project_events(redis, [disputed()])
    await redis.delete("view:index:evt_d")
    async with following(redis, tmp_path) as follower:
        assert await listed(follower, entity="Ilia Marchenkov") == ["evt_d"]


async def test_what_a_killed_process_left_is_removed(redis: Redis, tmp_path: Path) -> None:
    left = tmp_path / "newsweave-index-left"
    left.mkdir()
    async with following(redis, tmp_path) as follower:
        assert follower.is_ready
        assert not left.exists()
        assert len(folders(tmp_path)) == 1
        async with following(redis, tmp_path):
            assert len(folders(tmp_path)) == 2, "the folder of one that runs stays"
    assert folders(tmp_path) == []


@pytest.mark.parametrize("kind", ["claim", "event"])
async def test_updates_leave_nothing_behind(redis: Redis, tmp_path: Path, kind: str) -> None:
    versions = [disputed().model_copy(update={"version": 5}), event("evt_d", 6, headline="Fire")]
    await project_events(redis, [disputed()])
    async with following(redis, tmp_path) as follower:
        for version in versions:
            await project_events(redis, [version])
        await caught_up(follower, redis)
        assert await listed(follower, q="fire") == ["evt_d"]
        assert await listed(follower, q="bodies" if kind == "claim" else "Marchenkov") == []
