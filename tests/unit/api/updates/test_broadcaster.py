"""The queues of readers, and what happens to those that do not keep up."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest
from starlette.types import Message

from services.api.filters.event_filter import EventFilter
from services.api.filters.facts import facts_of
from services.api.updates import broadcaster as broadcaster_module
from services.api.updates import event_stream
from services.api.updates.broadcaster import Broadcaster
from services.api.updates.event_stream import EventStream, StreamRequest
from services.api.updates.frame_making import Frame
from services.api.updates.stream_filter import StreamFilter
from services.api.updates.stream_places import StreamPlaces
from services.api.updates.update_log import LogBounds
from services.runtime.http_protocol import ABORT
from tests.support.polling import eventually
from tests.unit.api.examples import event

FACTS = facts_of(event())
EVERYTHING = StreamFilter()
NOBODYS = StreamFilter(EventFilter(publisher=("nobody.example",)))
BOUNDS = LogBounds("1-0", "1-0")


def frame(number: int, kinds: frozenset[str] | None = frozenset({"claim_added"})) -> Frame:
    return Frame(f"{number}-0", (number, 0), FACTS, kinds, b"id: %d-0\ndata: {}\n\n" % number)


def frames(*numbers: int) -> list[Frame]:
    return [frame(number) for number in numbers]


async def taken(reader: broadcaster_module.Reader | None) -> list[str]:
    assert reader is not None
    return [one.position for one in await reader.take(0.01)]


async def test_a_reader_gets_recent_frames_and_those_that_come_in_one_order() -> None:
    given = Broadcaster("0-0")
    await given.publish(frames(1, 2, 3), "3-0")
    reader = given.join(EVERYTHING, "1-0")
    await given.publish(frames(4, 5), "5-0")
    assert await taken(reader) == ["2-0", "3-0", "4-0", "5-0"]


async def test_a_position_from_before_the_recent_frames_is_not_joined_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcaster_module, "RECENT_FRAMES", 2)
    given = Broadcaster("1-0")
    await given.publish(frames(2, 3, 4), "4-0")
    assert given.join(EVERYTHING, "1-0") is None
    assert await taken(given.join(EVERYTHING, "2-0")) == ["3-0", "4-0"]


async def test_what_concerns_nobody_moves_the_position_all_the_same() -> None:
    given = Broadcaster("0-0")
    reader = given.join(NOBODYS, "0-0")
    await given.publish(frames(1, 2), "3-0")
    assert await taken(reader) == []
    assert given.position == "3-0"


async def test_a_position_ahead_of_the_log_that_was_read_is_waited_for() -> None:
    given = Broadcaster("0-0")
    reader = given.join(EVERYTHING, "2-0")
    await given.publish(frames(1, 2, 3), "3-0")
    assert await taken(reader) == ["3-0"]


async def test_updates_whose_changes_are_not_known_are_given_to_who_asks_for_a_kind() -> None:
    given = Broadcaster("0-0")
    reader = given.join(StreamFilter(changes=frozenset({"denial"})), "0-0")
    await given.publish([frame(1), frame(2, None), frame(3, frozenset({"denial", "moved"}))], "3-0")
    assert await taken(reader) == ["2-0", "3-0"]


async def test_an_idle_reader_is_never_told_of_a_position_before_it_has_what_is_up_to_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between two groups of readers others have their turn: then the position is still the one before."""
    monkeypatch.setattr(broadcaster_module, "_READERS_AT_A_TIME", 1)
    given = Broadcaster("0-0")
    readers = [given.join(EVERYTHING, "0-0") for _ in range(3)]
    publishing = asyncio.create_task(given.publish(frames(1), "1-0"))
    await asyncio.sleep(0)
    waiting = [reader for reader in readers if reader is not None and reader.is_idle]
    assert waiting
    assert given.position == "0-0"
    await publishing


class SlowClient:
    """A client of a stream that takes nothing until it is let."""

    def __init__(self) -> None:
        self.takes = asyncio.Event()
        self.bodies: list[bytes] = []
        self.aborted = False

    async def receive(self) -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.body":
            await self.takes.wait()
            self.bodies.append(message["body"])

    def abort(self) -> None:
        self.aborted = True

    def read(self, stream: EventStream) -> Awaitable[None]:
        scope = {"type": "http", "extensions": {ABORT: self.abort}}
        return stream(scope, self.receive, self.send)


class OneBroadcaster:
    """A hub of a broadcaster alone."""

    def __init__(self, given: Broadcaster) -> None:
        self.position = given.position
        self.join: Callable[..., object] = given.join
        self.leave: Callable[..., object] = given.leave


def stream(given: Broadcaster) -> EventStream:
    request = StreamRequest(EVERYTHING, "0-0", BOUNDS, whole=True, follow=True)
    return EventStream(OneBroadcaster(given), request, StreamPlaces(1))  # type: ignore[arg-type]  # as much of a hub as it asks for


async def overrun(client: SlowClient, given: Broadcaster) -> "asyncio.Task[None]":
    """A stream whose reader took its first frame, and then nothing while its queue overflowed."""
    client.takes.set()
    reading = asyncio.create_task(_ended(client.read(stream(given))))
    await eventually(lambda: len(given) == 1, what="the reader has joined")
    client.takes.clear()
    await given.publish(frames(1), "1-0")
    await asyncio.sleep(0)
    await given.publish(frames(2, 3, 4, 5), "5-0")
    return reading


async def _ended(stream_end: Awaitable[None]) -> None:
    await stream_end


async def test_a_reader_that_does_not_keep_up_is_told_where_to_go_on_and_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcaster_module, "QUEUED_FRAMES", 2)
    given, client = Broadcaster("0-0"), SlowClient()
    reading = await overrun(client, given)
    client.takes.set()
    await reading
    last = b"".join(client.bodies).decode().strip().split("\n\n")[-1].split("\n")
    assert last[:2] == ["id: 1-0", "event: too_slow"]
    assert json.loads(last[2].removeprefix("data: "))["resume_after"] == "1-0"
    assert len(given) == 0
    assert not client.aborted


async def test_a_reader_that_takes_nothing_more_is_cut_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcaster_module, "QUEUED_FRAMES", 2)
    monkeypatch.setattr(broadcaster_module, "CUT_SECONDS", 0.05)
    given, client = Broadcaster("0-0"), SlowClient()
    reading = await overrun(client, given)
    await reading
    assert client.aborted
    assert len(given) == 0


async def test_a_reader_that_takes_nothing_for_long_is_cut_though_little_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "SEND_SECONDS", 0.05)
    given, client = Broadcaster("0-0"), SlowClient()
    await client.read(stream(given))
    assert client.aborted
