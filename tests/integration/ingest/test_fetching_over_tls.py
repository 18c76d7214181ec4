"""Fetches over TLS and HTTP/2: the name is checked, whatever address was connected to."""

import gzip
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

from services.ingest.fetching.fetched import Outcome
from services.ingest.fetching.fetcher import Fetcher, open_fetcher
from services.ingest.fetching.settings import FetchSettings
from services.runtime.clock import FixedClock
from services.runtime.outbound.addresses import Address
from tests.support.hostile_server import hostile_server, says, sends
from tests.support.http2_server import CERTIFICATE, http2_server, server_context

NOW = datetime(2031, 3, 3, 12, tzinfo=UTC)
PAGE = b"<html><body><p>The old bridge reopened on Monday.</p></body></html>"
HTML = [("content-type", "text/html")]
LIMIT = 1024 * 1024


async def loopback(host: str) -> list[Address]:
    return [ip_address("127.0.0.1")]


@asynccontextmanager
async def fetching(**given: Any) -> AsyncIterator[Fetcher]:
    usual: dict[str, Any] = {
        "fetch_contact": "https://desk.example/bot",
        "fetch_allowed_hosts": "127.0.0.1",
        "fetch_allowed_ports": "*",
        "fetch_ca_file": CERTIFICATE,
        "fetch_host_delay_seconds": 0,
        "fetch_connect_timeout_seconds": 20,
        "fetch_read_timeout_seconds": 20,
        "fetch_total_timeout_seconds": 60,
        "fetch_max_bytes": LIMIT,
    }
    async with open_fetcher(FetchSettings(**(usual | given)), FixedClock(NOW), resolver=loopback) as fetcher:
        yield fetcher


async def test_the_certificate_is_checked_against_the_name_and_not_the_address() -> None:
    async with hostile_server(server_context()) as server, fetching() as fetcher:
        server.on("/page", says(PAGE))
        right = await fetcher.fetch(server.url("/page", host="courier.example"))
        wrong = await fetcher.fetch(server.url("/page", host="other.example"))
        bare = await fetcher.fetch(server.url("/page"))
    assert right.content == PAGE
    assert wrong.outcome is bare.outcome is Outcome.UNREACHABLE
    assert "certificate" in (wrong.reason or "").lower()


async def test_a_certificate_of_nobody_known_is_refused() -> None:
    async with hostile_server(server_context()) as server, fetching(fetch_ca_file=None) as fetcher:
        server.on("/page", says(PAGE))
        fetched = await fetcher.fetch(server.url("/page", host="courier.example"))
    assert fetched.outcome is Outcome.UNREACHABLE
    assert server.heads == []


async def test_a_server_without_tls_on_its_port_is_unreachable() -> None:
    async with hostile_server() as server, fetching() as fetcher:
        server.scheme, server.at_once = "https", sends(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        fetched = await fetcher.fetch(server.url("/page", host="courier.example"))
    assert fetched.outcome is Outcome.UNREACHABLE


async def test_a_server_that_never_ends_its_handshake_is_left() -> None:
    async with hostile_server() as server, fetching(fetch_connect_timeout_seconds=0.2) as fetcher:
        server.scheme, server.at_once = "https", sends(then_hold=True)
        fetched = await fetcher.fetch(server.url("/page", host="courier.example"))
    assert fetched.outcome is Outcome.TIMEOUT


async def test_tls_that_turns_into_garbage_is_unreachable_or_no_http() -> None:
    async with hostile_server(server_context()) as server, fetching() as fetcher:
        server.on("/page", sends(b"\xff" * 100))
        fetched = await fetcher.fetch(server.url("/page", host="courier.example"))
    assert fetched.outcome in {Outcome.BAD_RESPONSE, Outcome.UNREACHABLE}


async def test_http2_is_spoken_where_the_server_does_with_one_connection_a_host() -> None:
    async with http2_server({"/page": (HTML, PAGE)}) as server, fetching() as fetcher:
        first = await fetcher.fetch(server.url("/page"), accept=("text/html",))
        second = await fetcher.fetch(server.url("/page"), accept=("text/html",))
        third = await fetcher.fetch(server.url("/page", host="www.courier.example"))
    assert first.content == second.content == third.content == PAGE
    # Another name is another connection, also at one address under one certificate: each is checked by itself.
    assert server.connections == 2
    assert server.authorities == [f"courier.example:{server.port}"] * 2 + [f"www.courier.example:{server.port}"]


async def test_attacks_over_http2_end_as_those_over_http1() -> None:
    zip_headers = [*HTML, ("content-encoding", "gzip")]
    answers = {
        "/endless": (HTML, b"a" * 65536),
        "/bomb": (zip_headers, gzip.compress(b"\0" * 200_000_000)),
        "/headers": ([*HTML, *((f"a{number}", "b") for number in range(1500))], PAGE),
        "/large-headers": ([*HTML, *((f"a{number}", "b" * 4000) for number in range(20))], PAGE),
        "/page": (HTML, PAGE),
    }
    async with http2_server(answers, frozenset(["/endless"])) as server, fetching() as fetcher:
        tracemalloc.start()
        ends = {path: await fetcher.fetch(server.url(path)) for path in answers}
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    print(f"attacks over HTTP/2: {most / 1e6:.1f} MB at most, the server's part included")  # noqa: T201 - a figure
    assert {path: end.outcome for path, end in ends.items()} == {
        "/endless": Outcome.TOO_LARGE,
        "/bomb": Outcome.TOO_LARGE,
        "/headers": Outcome.BAD_RESPONSE,
        "/large-headers": Outcome.BAD_RESPONSE,
        "/page": Outcome.FETCHED,
    }
    assert most < 32 * LIMIT
