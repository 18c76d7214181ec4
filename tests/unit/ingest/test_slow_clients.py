"""Clients that send slowly, or take all they can get, next to others that do not."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import httpx
import pytest
from prometheus_client import REGISTRY

from services.ingest.handler import Pages, SubmissionService
from services.ingest.main import enough_threads
from services.ingest.pages.page import Page
from services.ingest.pages.pool import Source
from services.ingest.push import submitting
from services.ingest.push.app import create_app
from services.ingest.push.body import Row
from services.ingest.push.limit import ConcurrencyLimit
from services.ingest.push.receiving import Pace
from services.ingest.push.shared_limit import CONTENTION_SECONDS, SharedLimit
from services.ingest.settings import IngestSettings
from services.runtime.clock import FixedClock
from services.runtime.http_server import serving
from tests.unit.ingest.fakes import NOW, TEXT, FakePublisher, FakeRecords, PagesHere, connected, row

PLACES = 8
HEAD = b"POST /v1/articles HTTP/1.1\r\nHost: ingest\r\nContent-Type: application/json\r\n"


def turned_away(reason: str) -> float:
    return REGISTRY.get_sample_value("newsweave_ingest_requests_turned_away_total", {"reason": reason}) or 0.0


class SlowPages(PagesHere):
    """Pages that take until `done`."""

    def __init__(self) -> None:
        self.done = asyncio.Event()
        self.waiting = 0

    async def read(self, sources: Sequence[Source]) -> list[Page | None]:
        if sources:
            self.waiting += 1
            await self.done.wait()
            self.waiting -= 1
        return await super().read(sources)


class Ingest:
    """Ingest on a real HTTP server, with fakes behind it."""

    def __init__(self, pages: Pages | None = None, **settings: object) -> None:
        self.settings = IngestSettings.model_validate({"http_port": 0, "drain_seconds": 0.2} | settings)
        self.publisher = FakePublisher()
        self.limit = ConcurrencyLimit(self.settings.max_requests_in_flight, self.settings.client_share)
        self.limit.connected = connected(
            SubmissionService(
                self.publisher, FakeRecords(), FixedClock(NOW), pages=pages or PagesHere(), publish_timeout_seconds=30
            )
        )
        self.app = create_app(self.settings, self.limit)

    def client(self, address: str) -> httpx.AsyncClient:
        """A client that comes from `address`."""
        transport = httpx.ASGITransport(self.app, client=(address, 1))
        return httpx.AsyncClient(transport=transport, base_url="http://ingest")


@asynccontextmanager
async def running(ingest: Ingest) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        serving(ingest.app, ingest.settings, asyncio.Event()) as address,
        httpx.AsyncClient(base_url=f"http://{address}", trust_env=False) as client,
    ):
        yield client


class Trickle:
    """A client that sends its body a byte at a time. The server has its head and waits for the body."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._sending = asyncio.create_task(self._send())
        self.answer = asyncio.create_task(self._read(reader))

    @classmethod
    async def start(cls, client: httpx.AsyncClient) -> "Trickle":
        reader, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
        writer.write(HEAD + b"Content-Length: 100000\r\nExpect: 100-continue\r\n\r\n")
        assert b" 100 " in await reader.readuntil(b"\r\n\r\n")
        return cls(reader, writer)

    async def _send(self) -> None:
        while not self._writer.is_closing():
            self._writer.write(b" ")
            await asyncio.sleep(0.05)

    async def _read(self, reader: asyncio.StreamReader) -> bytes:
        """What comes until the connection is closed."""
        answer = b""
        try:
            while part := await reader.read(1024):
                answer += part
                self._sending.cancel()  # a byte after the end would make the rest of the answer unreadable
        except ConnectionResetError:
            pass  # a byte of ours came after the end
        return answer

    def close(self) -> None:
        self._sending.cancel()
        self.answer.cancel()
        self._writer.close()


@asynccontextmanager
async def trickles(client: httpx.AsyncClient, number: int) -> AsyncIterator[list[Trickle]]:
    made = [await Trickle.start(client) for _ in range(number)]
    try:
        yield made
    finally:
        for one in made:
            one.close()


async def test_slow_bodies_take_no_place_from_others() -> None:
    ingest = Ingest(max_requests_in_flight=PLACES)
    async with running(ingest) as client, trickles(client, PLACES):
        for number in range(3):
            response = await client.post("/v1/articles", json=row(url=f"https://courier.example/{number}"))
            assert response.status_code == 202, response.text


async def test_a_body_below_the_lowest_rate_is_refused_and_its_connection_closed() -> None:
    ingest = Ingest(body_grace_seconds=0.325, body_minimum_bytes_per_second=1000)
    before = turned_away("slow")
    async with running(ingest) as client, trickles(client, 2) as slow, asyncio.timeout(5):
        for one in slow:
            answer = await one.answer
            assert b" 408 " in answer
            assert b"1,000 bytes a second" in answer
        assert turned_away("slow") == before + 2


async def test_a_body_that_stalls_is_refused_long_before_its_time_in_all_is_over() -> None:
    ingest = Ingest(body_grace_seconds=0.2, body_timeout_seconds=60)
    async with running(ingest) as client, asyncio.timeout(5):
        reader, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
        writer.write(HEAD + b"Content-Length: 10000\r\n\r\n" + b" " * 5000)
        assert b" 408 " in await reader.readline()
        writer.close()


async def test_bodies_together_stay_within_their_memory_and_it_comes_free() -> None:
    ingest = Ingest(max_held_body_bytes=10_000, max_body_bytes=10_000)
    ingest.publisher.hold = asyncio.Event()
    async with ingest.client("192.0.2.1") as client:
        first = asyncio.create_task(client.post("/v1/articles", json=row(more="x" * 8_000)))
        await ingest.publisher.waiting.wait()
        before = turned_away("memory")
        refused = await client.post("/v1/articles", json=row(more="x" * 8_000))
        assert refused.status_code == 503
        assert turned_away("memory") == before + 1
        assert refused.headers["retry-after"] == "1"
        assert "bodies" in refused.json()["detail"]
        ingest.publisher.hold.set()
        assert (await first).status_code == 202
        assert (await client.post("/v1/articles", json=row(more="x" * 8_000))).status_code == 202


@pytest.mark.parametrize("body", [b"x" * 9_000, json.dumps(row()).encode()[:-1]])
async def test_memory_of_refused_bodies_comes_free(body: bytes) -> None:
    ingest = Ingest(max_held_body_bytes=10_000, max_body_bytes=10_000)
    async with ingest.client("192.0.2.1") as client:
        for _ in range(20):
            answer = await client.post("/v1/articles", content=body, headers={"content-type": "application/json"})
            assert answer.status_code == 400


async def test_one_client_may_use_every_place_while_nobody_else_wants_one() -> None:
    ingest = Ingest(max_requests_in_flight=4)
    ingest.publisher.hold = asyncio.Event()
    async with ingest.client("192.0.2.1") as client:
        urls = [f"https://courier.example/{number}" for number in range(4)]
        posts = [asyncio.create_task(client.post("/v1/articles", json=row(url=url))) for url in urls]
        await asyncio.wait(posts, timeout=0.1)
        ingest.publisher.hold.set()
        assert [(await post).status_code for post in posts] == [202] * 4


async def test_a_greedy_client_leaves_a_place_to_another_that_was_refused() -> None:
    ingest = Ingest(max_requests_in_flight=4, client_share=0.75)

    async def fill(client: httpx.AsyncClient) -> set[asyncio.Task[httpx.Response]]:
        """Requests that hold all the places that `client` gets; one more was refused."""
        ingest.publisher.hold = asyncio.Event()
        urls = [f"https://courier.example/{number}" for number in range(5)]
        posts = [asyncio.create_task(client.post("/v1/articles", json=row(url=url))) for url in urls]
        refused, waiting = await asyncio.wait(posts, return_when=asyncio.FIRST_COMPLETED)
        assert {(await one).status_code for one in refused} == {503}
        return waiting

    async with ingest.client("192.0.2.1") as busy, ingest.client("192.0.2.2") as other, asyncio.timeout(10):
        for expected in (503, 202):
            waiting = await fill(busy)
            wanted = asyncio.create_task(other.post("/v1/articles", json=row()))
            await asyncio.wait([wanted], timeout=0.1)
            assert ingest.publisher.hold is not None
            ingest.publisher.hold.set()
            assert (await wanted).status_code == expected
            assert {(await one).status_code for one in waiting} == {202}


def test_a_client_is_held_to_its_share_only_as_long_as_others_want_some() -> None:
    now = [0.0]
    limit = SharedLimit(4, 3, monotonic=lambda: now[0])
    assert [limit.take("a") for _ in range(5)] == [True] * 4 + [False]
    assert not limit.take("b")
    limit.give_back("a")
    assert not limit.take("a"), "the last one is for b, which was refused just now"
    assert limit.take("b")
    assert not limit.take("b"), "nothing is left"
    limit.give_back("b")
    now[0] += CONTENTION_SECONDS
    assert limit.take("a"), "b did not come back"


def test_a_share_holds_while_another_client_holds_some() -> None:
    limit = SharedLimit(10, 6)
    assert limit.take("b", 2)
    assert limit.take("a", 6)
    assert not limit.take("a", 1)
    assert limit.take("b", 2)
    limit.give_back("b", 4)
    assert not limit.take("a", 5), "there are not that many"


def test_a_pace_allows_a_pause_of_the_grace_and_then_the_lowest_rate() -> None:
    pace = Pace(100, 5)
    pace.note(1_000_000, 1)
    assert pace.seconds_left == 5, "what came fast earns no longer pause"
    pace.note(10, 4)
    assert pace.seconds_left == pytest.approx(1.1)
    pace.note(0, 1.1)
    assert pace.seconds_left == pytest.approx(0)


def test_a_sender_at_the_lowest_rate_is_never_late() -> None:
    pace = Pace(100, 5)
    for _ in range(1_000):
        pace.note(400, 4)
        assert pace.seconds_left == pytest.approx(5)


async def test_a_client_that_left_in_its_body_frees_all_it_held() -> None:
    ingest = Ingest(max_held_body_bytes=10_000, max_body_bytes=10_000)
    async with running(ingest) as client:
        for _ in range(5):
            reader, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
            writer.write(HEAD + b"Content-Length: 9999\r\n\r\n" + b" " * 9_000)
            await writer.drain()
            writer.close()
            await writer.wait_closed()
            await reader.read()
        body = json.dumps(row(more="x" * 8_000))

        async def accepted() -> bool:
            answer = await client.post("/v1/articles", content=body, headers={"content-type": "application/json"})
            return answer.status_code == 202

        async with asyncio.timeout(5):
            while not await accepted():
                pass


def page_of(size: int) -> dict[str, object]:
    """A row with a page of about this many bytes."""
    return {"html": f"<html><body><p>{TEXT}</p><p>{'x' * size}</p></body></html>"}


async def test_bodies_of_pages_leave_memory_to_text_however_long_the_pages_take() -> None:
    pages = SlowPages()
    ingest = Ingest(pages, max_held_body_bytes=40_000, max_body_bytes=10_000, max_page_requests_in_flight=8)
    async with ingest.client("192.0.2.1") as one, ingest.client("192.0.2.2") as other, asyncio.timeout(10):
        posts = [asyncio.create_task(client.post("/v1/articles", json=page_of(8_500))) for client in (one, other) * 2]
        refused, waiting = await asyncio.wait(posts, timeout=0.3)
        assert (await one.post("/v1/articles", json=row(more="x" * 8_000))).status_code == 202
        assert {(await post).status_code for post in refused} == {503}
        assert pages.waiting == len(waiting) == 2
        pages.done.set()
        assert {(await post).status_code for post in waiting} == {202}
        assert (await one.post("/v1/articles", json=page_of(8_500))).status_code == 202, "what they held is free again"


@pytest.mark.parametrize(
    ("one", "another"), [("127.0.0.1", "127.8.9.10"), ("127.0.0.1", "::1"), ("2001:db8::1", "2001:db8::8:1:2:3")]
)
async def test_addresses_that_one_client_can_take_by_itself_share_what_it_gets(one: str, another: str) -> None:
    ingest = Ingest(max_requests_in_flight=5, client_share=0.6)
    ingest.publisher.hold = asyncio.Event()
    async with ingest.client(one) as first, ingest.client(another) as second, ingest.client("192.0.2.1") as other:
        posts = [
            asyncio.create_task(client.post("/v1/articles", json=row(url=f"https://courier.example/{number}")))
            for number, client in enumerate((other, first, second, first, second))
        ]
        await asyncio.wait(posts, timeout=0.2)
        ingest.publisher.hold.set()
        assert [(await post).status_code for post in posts] == [202] * 4 + [503]


async def test_one_client_with_pages_leaves_a_place_to_anothers_pages() -> None:
    pages = SlowPages()
    ingest = Ingest(pages, max_page_requests_in_flight=4, client_share=0.75)
    async with ingest.client("192.0.2.1") as busy, ingest.client("192.0.2.2") as other, asyncio.timeout(10):
        wanted = asyncio.create_task(other.post("/v1/articles", json=page_of(10)))
        await asyncio.wait([wanted], timeout=0.1)
        posts = [asyncio.create_task(busy.post("/v1/articles", json=page_of(10))) for _ in range(4)]
        refused, waiting = await asyncio.wait(posts, timeout=0.3)
        assert [(await post).status_code for post in refused] == [503]
        assert [(await post).headers["retry-after"] for post in refused] == ["5"]
        pages.done.set()
        assert {(await post).status_code for post in (wanted, *waiting)} == {202}


async def test_a_body_is_read_no_further_once_its_client_left(monkeypatch: pytest.MonkeyPatch) -> None:
    began, ended = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def read_slowly(*_: object, given_up: threading.Event, **__: object) -> list[Row]:
        loop.call_soon_threadsafe(began.set)
        if given_up.wait(5):
            loop.call_soon_threadsafe(ended.set)
        return []

    monkeypatch.setattr(submitting, "read_rows", read_slowly)
    async with running(Ingest()) as client, asyncio.timeout(4):
        leaving = asyncio.create_task(client.post("/v1/articles", json=row()))
        await began.wait()
        leaving.cancel()
        await ended.wait()


async def test_no_request_waits_for_a_thread_and_names_are_resolved_beside() -> None:
    settings = IngestSettings(max_requests_in_flight=40)  # Python's own number of threads is 32 at most
    enough_threads(settings)
    everybody = threading.Barrier(settings.max_requests_in_flight + 1)
    await asyncio.gather(*(asyncio.to_thread(everybody.wait, 5) for _ in range(everybody.parties)))
