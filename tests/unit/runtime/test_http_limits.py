"""What the HTTP server of a service puts up with: slow heads, too many connections, other versions of HTTP."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from prometheus_client import REGISTRY
from pydantic import ValidationError

from services.runtime import http_protocol
from services.runtime.http_server import serving
from services.runtime.settings import RuntimeSettings
from tests.support.polling import eventually, eventually_async

HEAD = b"GET / HTTP/1.1\r\nHost: service\r\n"
SEEN: list[str] = []
LARGE = 8 * 1024 * 1024


def app() -> FastAPI:
    made = FastAPI()

    @made.get("/")
    async def client(request: Request) -> str:
        assert request.client is not None
        return request.client.host

    @made.post("/refused")
    async def refused() -> Response:
        return Response(status_code=413)

    @made.get("/large")
    async def large() -> Response:
        return Response(b"x" * LARGE)

    @made.get("/wait")
    async def wait(request: Request) -> None:
        SEEN.append("began")
        while (await request.receive())["type"] != "http.disconnect":
            pass
        SEEN.append("left")

    return made


@asynccontextmanager
async def running(**settings: object) -> AsyncIterator[tuple[str, int]]:
    given = RuntimeSettings.model_validate({"http_port": 0, "drain_seconds": 1} | settings)
    async with serving(app(), given, asyncio.Event()) as address:
        host, _, port = address.rpartition(":")
        yield host, int(port)


@contextmanager
def all_closed(writers: list[asyncio.StreamWriter]) -> Iterator[None]:
    try:
        yield
    finally:
        for writer in writers:
            writer.close()


def closed(reason: str) -> float:
    return REGISTRY.get_sample_value("newsweave_http_connections_closed_total", {"reason": reason}) or 0.0


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


async def until_closed(reader: asyncio.StreamReader, *, seconds: float = 5) -> bytes:
    """All that comes until the other side closes."""
    async with asyncio.timeout(seconds):
        try:
            return await reader.read()
        except ConnectionResetError:
            return b""


async def test_half_sent_heads_are_closed_in_time_and_their_files_return() -> None:
    async with running(head_timeout_seconds=0.3) as (host, port):
        before, late = open_files(), closed("late")
        streams = [await asyncio.open_connection(host, port) for _ in range(60)]
        with all_closed([writer for _, writer in streams]):
            for _, writer in streams:
                writer.write(HEAD)
            await asyncio.gather(*(until_closed(reader) for reader, _ in streams))
        await eventually(lambda: open_files() <= before, seconds=5, what="open files return")
        assert closed("late") == late + 60


async def test_a_head_that_trickles_in_is_closed_all_the_same() -> None:
    async with running(head_timeout_seconds=0.3) as (host, port):
        reader, writer = await asyncio.open_connection(host, port)

        async def trickle() -> None:
            writer.write(HEAD)
            while not writer.is_closing():
                writer.write(b"X-A: b\r\n")
                await asyncio.sleep(0.05)

        trickling = asyncio.create_task(trickle())
        try:
            assert await until_closed(reader) == b""
        finally:
            trickling.cancel()
            writer.close()


async def test_what_is_left_of_a_body_that_was_answered_is_bounded_too() -> None:
    async with running(head_timeout_seconds=0.3) as (host, port):
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(b"POST /refused HTTP/1.1\r\nHost: service\r\nContent-Length: 1000000\r\n\r\n")
        assert b" 413 " in await reader.readline()

        async def trickle() -> None:
            while not writer.is_closing():
                writer.write(b"x")
                await asyncio.sleep(0.05)

        trickling = asyncio.create_task(trickle())
        try:
            await until_closed(reader)
        finally:
            trickling.cancel()
            writer.close()


async def test_a_connection_is_kept_for_further_requests_and_a_long_answer_is_not_cut() -> None:
    async with (
        # A second: on a busy machine a fifth of one passes without any of the answer being read, which is what cuts it.
        running(head_timeout_seconds=1) as (host, port),
        httpx.AsyncClient(base_url=f"http://{host}:{port}", trust_env=False) as client,
    ):
        reader, writer = await asyncio.open_connection(host, port, limit=1024)
        with all_closed([writer]):
            writer.write(b"GET /large HTTP/1.1\r\nHost: service\r\n\r\n")
            received = 0
            while received < LARGE:  # slower in all than the time for a head
                received += len(await reader.readexactly(min(LARGE // 32, LARGE - received)))
                await client.get("/")
                await asyncio.sleep(0.08)


async def test_requests_sent_ahead_are_answered_in_their_turn() -> None:
    async with running() as (host, port):
        reader, writer = await asyncio.open_connection(host, port)
        with all_closed([writer]):
            writer.write((HEAD + b"\r\n") * 50 + HEAD + b"Connection: close\r\n\r\n")
            assert (await until_closed(reader)).count(b" 200 ") == 51


@pytest.mark.parametrize("ahead", [1, 20_000])
async def test_a_client_that_left_is_noticed_whatever_it_sent_ahead(ahead: int) -> None:
    async with running() as (host, port):
        _, writer = await asyncio.open_connection(host, port)
        SEEN.clear()
        writer.write(b"GET /wait HTTP/1.1\r\nHost: service\r\n\r\n" + (HEAD + b"\r\n") * ahead)
        await eventually(lambda: "began" in SEEN, seconds=5)
        writer.transport.abort()
        await eventually(lambda: "left" in SEEN, seconds=5)


async def test_a_client_that_does_not_read_its_answer_is_closed() -> None:
    async with running(head_timeout_seconds=0.2) as (host, port):
        before = open_files()
        reader, writer = await asyncio.open_connection(host, port, limit=1024)
        with all_closed([writer]):
            writer.write(b"GET /large HTTP/1.1\r\nHost: service\r\n\r\n")
            await reader.readline()
            await eventually(lambda: open_files() <= before + 1, seconds=5, what="the server's end is closed")


@pytest.mark.skipif(sys.platform == "darwin", reason="127.0.0.2 is not an address there")
async def test_one_address_cannot_hold_all_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "client_key", str)  # otherwise all of loopback is one
    async with running(max_connections=8, client_share=0.5) as (host, port):
        writers = [(await asyncio.open_connection(host, port))[1] for _ in range(4)]
        with all_closed(writers):
            reader, writer = await asyncio.open_connection(host, port)
            writers.append(writer)
            assert b" 503 " in (answer := await until_closed(reader))
            assert b"Retry-After" in answer
            other, other_writer = await asyncio.open_connection(host, port, local_addr=("127.0.0.2", 0))
            writers.append(other_writer)
            other_writer.write(HEAD + b"\r\n")
            async with asyncio.timeout(5):
                assert b" 200 " in await other.readline()


async def test_connections_above_the_bound_are_refused_and_places_come_free() -> None:
    async with running(max_connections=1, client_share=1) as (host, port):
        _, first = await asyncio.open_connection(host, port)
        second, second_writer = await asyncio.open_connection(host, port)
        with all_closed([first, second_writer]):
            assert b" 503 " in await until_closed(second)
        async with httpx.AsyncClient(base_url=f"http://{host}:{port}", trust_env=False) as client:

            async def served() -> bool:
                try:
                    return (await client.get("/")).status_code == 200
                except httpx.TransportError:
                    return False

            await eventually_async(served, seconds=5)


@pytest.mark.parametrize("version", ["3.0", "2.0", "0.9"])
async def test_another_version_of_http_is_refused(version: str) -> None:
    async with running() as (host, port):
        reader, writer = await asyncio.open_connection(host, port)
        with all_closed([writer]):
            writer.write(f"GET / HTTP/{version}\r\nHost: service\r\n\r\n".encode())
            assert b" 505 " in await until_closed(reader)


@pytest.mark.parametrize(("proxies", "client"), [("", "127.0.0.1"), ("127.0.0.0/8, ::1", "198.51.100.7")])
async def test_a_forwarded_address_is_believed_from_a_trusted_proxy_only(proxies: str, client: str) -> None:
    async with running(trusted_proxies=proxies) as (host, port), httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(f"http://{host}:{port}/", headers={"X-Forwarded-For": "198.51.100.7"})
    assert answer.json() == client


async def test_a_trusted_proxy_may_hold_all_connections() -> None:
    async with running(max_connections=2, client_share=0.5, trusted_proxies="127.0.0.1") as (host, port):
        _, idle = await asyncio.open_connection(host, port)
        reader, writer = await asyncio.open_connection(host, port)
        with all_closed([idle, writer]):
            writer.write(HEAD + b"\r\n")
            async with asyncio.timeout(5):
                assert b" 200 " in await reader.readline()


def test_a_proxy_that_is_not_an_address_is_refused() -> None:
    with pytest.raises(ValidationError, match="trusted_proxies"):
        RuntimeSettings(trusted_proxies="proxy.example")
