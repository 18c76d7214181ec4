"""The stream of updates over a real server and a real Redis."""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from services.api.updates import broadcaster, frame_making
from services.api.updates.broadcaster import RECENT_FRAMES
from services.api.updates.frame_making import Frame, FrameMaker
from services.api.updates.positions import BEGINNING, order_of
from services.api.updates.update_log import UpdateLog
from services.contracts.event import EventStatus
from tests.support.polling import eventually
from tests.support.streams import PATH, Read, ServedStream, project, read_all, reading, same, served_stream
from tests.unit.api.examples import NOON, event, member
from tests.unit.api.history.test_history import growing
from tests.unit.api.view import project_events

TOLD = 1_000
KILLS = 50


@pytest.fixture
async def served(redis: Redis) -> AsyncIterator[ServedStream]:
    async with served_stream(redis) as running:
        yield running


async def next_frame(frames: AsyncIterator[Read]) -> Read:
    async with asyncio.timeout(10):
        return await anext(frames)


async def eventually_open(served: ServedStream) -> None:
    """Wait until one more stream is given."""
    async with asyncio.timeout(10):
        while (await served.client.get(PATH, params={"follow": "false"})).status_code != 200:
            pass


def versions(frames: list[Read]) -> list[tuple[str, int]]:
    return [(one.data["event"]["event_id"], one.data["version"]) for one in frames if one.name == "event"]


async def test_the_first_frame_says_where_the_stream_begins(redis: Redis, served: ServedStream) -> None:
    await project(redis, growing(3))
    log = UpdateLog(redis)
    (first,) = await read_all(served.client)
    head = await log.head()
    assert first.name == "position"
    assert (first.id, first.data) == (
        head,
        {"resumed_after": head, "floor": await log.floor(), "head": head, "whole": True},
    )


async def test_an_update_is_told_with_the_event_and_what_changed(redis: Redis, served: ServedStream) -> None:
    async with reading(served.client) as frames:
        assert (await next_frame(frames)).name == "position"
        changes = await project(redis, [event("evt_a", 1, headline="Ferry capsizes")])
        frame = await next_frame(frames)
    assert frame.id == await UpdateLog(redis).head()
    told = frame.data
    assert (told["event"]["headline"], told["version"], told["previous_version"]) == ("Ferry capsizes", 1, 0)
    assert [one["kind"] for one in told["changes"]] == [one.kind for one in changes]
    assert (told["changes_total"], told["merged_into"]) == (len(changes), None)
    later = (await served.client.get(told["changes_url"])).json()
    assert [one["kind"] for one in later["changes"]] == [one.kind for one in changes]


async def test_the_stream_goes_on_exactly_after_the_last_frame(redis: Redis, served: ServedStream) -> None:
    await project(redis, growing(9))
    whole = await read_all(served.client, BEGINNING)
    assert versions(whole) == [("evt_a", number) for number in range(1, 10)]
    for at, frame in enumerate(whole):
        rest = await read_all(served.client, frame.id)
        assert rest[1:] == whole[at + 1 :]


async def test_the_header_comes_before_the_address(redis: Redis, served: ServedStream) -> None:
    await project(redis, growing(5))
    whole = await read_all(served.client, BEGINNING)
    by_address = await served.client.get(PATH, params={"last_event_id": whole[2].id, "follow": "false"})
    assert f"id: {whole[3].id}" in by_address.text
    both = await served.client.get(
        PATH, params={"last_event_id": whole[2].id, "follow": "false"}, headers={"Last-Event-ID": whole[4].id}
    )
    assert f"id: {whole[4].id}\nevent: event" not in both.text
    assert f"id: {whole[5].id}\nevent: event" in both.text


@pytest.mark.parametrize("recent", [3, RECENT_FRAMES])
async def test_whatever_cuts_the_connection_none_is_missed_and_none_comes_twice(
    redis: Redis, served: ServedStream, monkeypatch: pytest.MonkeyPatch, recent: int
) -> None:
    """A thousand updates while the connection is killed fifty times, often just where replay becomes live.

    The reader comes back when some more updates are there: with three recent frames, mostly more than these.
    """
    monkeypatch.setattr(broadcaster, "RECENT_FRAMES", recent)
    chance = random.Random(recent)
    read: list[Read] = []
    kills = written = 0

    async def write() -> None:
        nonlocal written
        for number in range(TOLD):
            await project(redis, [event(f"evt_{number}", minutes=number)])
            written += 1

    def are_there(updates: int) -> bool:
        return written >= min(updates, TOLD)

    writing = asyncio.create_task(write())
    last = BEGINNING
    while len(read) < TOLD:
        # The first frames of a connection are replayed, the next ones are live: most kills are there.
        stay = None if kills >= KILLS else chance.choice([0, 0, 1, 1, 2, 3, 5, 8, 20, 30])
        async with reading(served.client, last) as frames:
            assert (await next_frame(frames)).id == last
            while len(read) < TOLD and stay != 0:
                frame = await next_frame(frames)
                read.append(frame)
                last = frame.id
                stay = None if stay is None else stay - 1
        kills += 1
        missed = len(read) + chance.choice([0, 1, 5, 12])
        await eventually(lambda: are_there(missed), what="the reader has missed some")  # noqa: B023 - awaited here
    await writing
    assert kills > KILLS
    assert len({frame.id for frame in read}) == TOLD
    assert sorted(read, key=lambda frame: order_of(frame.id)) == read
    log = await UpdateLog(redis).read(BEGINNING, 2 * TOLD)
    assert [(one.position, one.event_id) for one in log] == [(one.id, one.data["event"]["event_id"]) for one in read]


async def test_who_was_away_for_longer_than_frames_are_kept_misses_none(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcaster, "RECENT_FRAMES", 20)
    events = [event(f"evt_{number}", minutes=number) for number in range(400)]
    await project_events(redis, events[:150])
    async with served_stream(redis) as served:
        await project_events(redis, events[150:])
        seen: list[tuple[str, int]] = []
        async with reading(served.client, BEGINNING) as frames:
            while len(seen) < len(events):
                frame = await next_frame(frames)
                seen += versions([frame])
            await served.joined(1)
            await project_events(redis, [event("evt_last")])
            assert versions([await next_frame(frames)]) == [("evt_last", 1)]
    assert seen == [(one.event_id, 1) for one in events]


async def test_who_comes_again_for_more_frames_than_are_kept_misses_none(
    redis: Redis, served: ServedStream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame_making, "MOST_FRAMES", 120)
    events = [event(f"evt_{number}", minutes=number) for number in range(150)]
    await project_events(redis, events)
    for _ in range(2):
        frames = await read_all(served.client, BEGINNING)
        assert versions(frames) == [(one.event_id, 1) for one in events]


async def test_more_updates_at_once_than_the_store_takes_connections_are_all_read(redis: Redis) -> None:
    missed = 2 * redis.connection_pool.max_connections
    await project_events(redis, [event(f"evt_{number}") for number in range(missed)])
    async with served_stream(redis) as fresh:
        assert len(versions(await read_all(fresh.client, BEGINNING))) == missed


async def test_two_replicas_give_the_same_frames(redis: Redis, served: ServedStream) -> None:
    async with served_stream(redis) as other, reading(served.client) as here, reading(other.client) as there:
        for frames in (here, there):
            assert (await next_frame(frames)).name == "position"
        await project(redis, growing(20))
        live = [[same(await next_frame(frames)) for _ in range(20)] for frames in (here, there)]
        assert live[0] == live[1]
        first = live[0][7].id
        moved = (await read_all(other.client, first))[1:]
        assert [one.id for one in moved] == [one.id for one in live[0][8:]]


async def test_a_page_says_where_its_stream_goes_on(redis: Redis, served: ServedStream) -> None:
    await project(redis, growing(2))
    for path in ("/", "/v1/events", "/v1/events/evt_a", "/events/evt_a"):
        answer = await served.client.get(path)
        position = answer.headers["newsweave-position"]
        assert (await read_all(served.client, position))[0].data["resumed_after"] == position
    await project(redis, growing(3)[2:], growing(2)[1])
    assert versions(await read_all(served.client, position)) == [("evt_a", 3)]
    assert "newsweave-position" not in (await served.client.get("/v1/events/evt_x")).headers


async def test_filters_let_through_what_they_ask_for(redis: Redis, served: ServedStream) -> None:
    await project(redis, [event("evt_a"), event("evt_a", 2, headline="Bridge falls")])
    await project(redis, [event("evt_b", 1, articles=(member("art_1"), member("art_2", origin_id="org_2")))])
    wide = await read_all(served.client, BEGINNING, min_publishers="2")
    assert versions(wide) == [("evt_b", 1)]
    headlines = await read_all(served.client, BEGINNING, change="headline_changed,split")
    assert versions(headlines) == [("evt_a", 2)]
    assert versions(await read_all(served.client, BEGINNING, not_min_publishers="2", change="event_founded")) == [
        ("evt_a", 1)
    ]


async def test_a_reader_whom_nothing_concerns_still_moves_on(redis: Redis, served: ServedStream) -> None:
    await project(redis, growing(4))
    answer = await served.client.get(
        PATH, params={"last_event_id": BEGINNING, "follow": "false", "publisher": "nobody.example"}
    )
    assert answer.text.endswith(f": heartbeat\nid: {await UpdateLog(redis).head()}\n\n")


async def test_readers_of_a_merged_event_hear_of_it_by_what_it_became(redis: Redis, served: ServedStream) -> None:
    many = tuple(member(f"art_{number}") for number in range(4))
    await project(redis, [event("evt_b", 1, articles=many)])
    before = event("evt_a", 1)
    merged = event("evt_a", 2, status=EventStatus.MERGED, merged_into="evt_b", articles=())
    await project(redis, [before, merged])
    frames = [one for one in await read_all(served.client, BEGINNING, min_publishers="3") if one.name == "event"]
    assert versions(frames)[-1] == ("evt_a", 2)
    assert frames[-1].data["merged_into"] == "evt_b"
    assert frames[-1].data["changes"][-1]["kind"] == "merged"


async def test_since_a_time_the_stream_begins_with_what_changed_then(redis: Redis, served: ServedStream) -> None:
    await project(redis, growing(3))
    (first, *rest) = await read_all(served.client, since=NOON.isoformat())
    assert (first.data["whole"], len(rest)) == (False, 3)  # nobody knows what was before the log began
    (position,) = await read_all(served.client, since="2100-01-01")
    assert position.data["resumed_after"] == await UpdateLog(redis).head()


async def test_a_position_that_is_no_longer_held_is_gone_and_the_floor_is_named(
    redis: Redis, served: ServedStream
) -> None:
    await project(redis, growing(2))
    old = await UpdateLog(redis).head()
    await redis.delete(*[key async for key in redis.scan_iter("view:*")])
    await project(redis, growing(3))
    answer = await served.client.get(PATH, headers={"Last-Event-ID": old})
    assert (answer.status_code, answer.headers["content-type"]) == (410, "application/problem+json")
    assert answer.json()["floor"] == await UpdateLog(redis).floor()
    assert answer.json()["floor"] in answer.json()["detail"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"last_event_id": "soon"},
        {"last_event_id": "99999999999999-0"},
        {"since": "soon"},
        {"follow": "yes"},
        {"change": "denail"},
        {"publsher": "x"},
        {"status": "opne"},
    ],
)
async def test_what_cannot_be_read_is_refused(served: ServedStream, parameters: dict[str, str]) -> None:
    answer = await served.client.get(PATH, params=parameters)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


async def test_a_position_that_the_store_gave_out_before_it_lost_its_last_second_is_taken(
    redis: Redis, served: ServedStream
) -> None:
    await project(redis, growing(2))
    lost = await UpdateLog(redis).head()
    await redis.xdel("view:log", lost)
    assert (await read_all(served.client, lost))[0].data["resumed_after"] == lost


async def test_streams_are_bounded_in_number_and_leave_room_for_other_requests(redis: Redis) -> None:
    async with served_stream(redis, max_streams=1) as served, reading(served.client) as frames:
        await next_frame(frames)
        await served.joined(1)
        refused = await served.client.get(PATH)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
        assert "NEWSWEAVE_MAX_STREAMS" in refused.json()["detail"]
        assert (await served.client.get("/v1/events")).status_code == 200


@pytest.mark.parametrize("follow", ["true", "false"])
async def test_a_stream_that_catches_up_counts_until_it_ends(
    redis: Redis, monkeypatch: pytest.MonkeyPatch, follow: str
) -> None:
    go_on = asyncio.Event()
    make = FrameMaker.make

    async def make_later(maker: FrameMaker, *args: Any, **options: Any) -> list[Frame]:
        await go_on.wait()
        return await make(maker, *args, **options)

    await project(redis, growing(3))
    monkeypatch.setattr(FrameMaker, "make", make_later)
    async with served_stream(redis, max_streams=1) as served:
        async with reading(served.client, BEGINNING, follow=follow) as frames:
            await next_frame(frames)
            refused = await served.client.get(PATH, params={"follow": "false"})
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
            go_on.set()
            assert versions([await next_frame(frames)]) == [("evt_a", 1)]
        await served.joined(0)
        await eventually_open(served)


async def test_a_stream_that_its_client_left_is_forgotten(redis: Redis, served: ServedStream) -> None:
    async with reading(served.client) as frames:
        await next_frame(frames)
        await served.joined(1)
    await served.joined(0)


async def test_readers_are_sent_away_when_the_service_stops(redis: Redis) -> None:
    async with served_stream(redis) as served, reading(served.client) as frames:
        await next_frame(frames)
        await served.joined(1)
        await project(redis, growing(1))
        assert versions([await next_frame(frames)]) == [("evt_a", 1)]
        served.stopping.set()
        assert (await next_frame(frames)).name == "reconnect"
        with pytest.raises(StopAsyncIteration):
            await next_frame(frames)


async def test_the_head_of_a_stream_can_be_asked_for_alone(served: ServedStream) -> None:
    answer = await served.client.head(PATH)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    assert (answer.headers["cache-control"], answer.headers["x-accel-buffering"]) == ("no-store", "no")


async def test_before_the_log_is_followed_there_is_no_stream(http: httpx.AsyncClient) -> None:
    assert (await http.get(PATH)).status_code == 503


async def test_a_client_that_stops_reading_is_cut_and_others_read_on(
    redis: Redis, served: ServedStream, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over a real connection, whose buffers hold some megabytes."""
    monkeypatch.setattr(broadcaster, "QUEUED_FRAMES", 5)
    monkeypatch.setattr(broadcaster, "CUT_SECONDS", 0.1)
    address = served.client.base_url
    _, writer = await asyncio.open_connection(address.host, address.port, limit=1_000)
    writer.write(f"GET {PATH} HTTP/1.1\r\nHost: {address.host}\r\n\r\n".encode())
    async with reading(served.client) as frames:
        await next_frame(frames)
        await served.joined(2)
        number = 0
        while served.hub.readers == 2:
            number += 1
            assert number < 300, "the reader is never cut"
            await project(redis, [event(f"evt_{number}", headline="x" * 200_000)])
            assert versions([await next_frame(frames)]) == [(f"evt_{number}", 1)]
        assert served.hub.readers == 1
    writer.close()
