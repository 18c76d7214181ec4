"""What servers do to whoever fetches from them: each attack ends in an outcome that is counted and logged."""

import asyncio
import gzip
import json
import sys
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from ipaddress import ip_address
from typing import Any

import brotli
import pytest
from structlog.testing import capture_logs

from services.ingest import metrics
from services.ingest.fetching.fetched import Outcome, Validators
from services.ingest.fetching.fetcher import Fetcher, open_fetcher
from services.ingest.fetching.heads import Head
from services.ingest.fetching.settings import FetchSettings
from services.runtime.clock import FixedClock
from services.runtime.outbound.addresses import Address
from services.runtime.outbound.web_address import WebAddress
from tests.support.hostile_server import Answer, Connection, HostileServer, hostile_server, redirects, says, sends

NOW = datetime(2031, 3, 3, 12, tzinfo=UTC)
HTML = ("text/html",)
PAGE = b"<html><body><p>The old bridge reopened on Monday.</p></body></html>"
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"
LIMIT = 1024 * 1024
MEMORY = 8 * 1024 * 1024
"""Most that one fetch may hold beside a body of `LIMIT`: reads, windows and a head are some hundred KiB."""


class FixedResolver:
    """Gives the next answer for each question, the last one for ever."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str) -> list[Address]:
        self.asked.append(host)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return [ip_address(text) for text in answer.split()]


def settings_with(**given: Any) -> FetchSettings:
    usual: dict[str, Any] = {
        "fetch_contact": "https://desk.example/bot",
        "fetch_allowed_hosts": "127.0.0.1/32",
        "fetch_allowed_ports": "*",
        "fetch_host_delay_seconds": 0,
        "fetch_connect_timeout_seconds": 20,
        "fetch_read_timeout_seconds": 20,
        "fetch_total_timeout_seconds": 60,
        "fetch_max_bytes": LIMIT,
    }
    return FetchSettings(**(usual | given))


@asynccontextmanager
async def fetching(
    resolver: FixedResolver | None = None, **settings: Any
) -> AsyncIterator[tuple[HostileServer, Fetcher]]:
    async with (
        hostile_server() as server,
        open_fetcher(settings_with(**settings), FixedClock(NOW), resolver=resolver) as fetcher,
    ):
        yield server, fetcher


def counted(outcome: Outcome) -> float:
    return float(metrics.FETCHES.labels(outcome)._value.get())


async def slow_head(connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 OK\r\n")
    await connection.hold()


async def dripping_head(connection: Connection) -> None:
    await connection.send(HEAD)
    while True:
        await connection.send(b"x-more: 1\r\n")
        await asyncio.sleep(0.05)


async def slow_body(connection: Connection) -> None:
    await connection.send(HEAD + b"\r\n")
    while True:
        await connection.send(b".")
        await asyncio.sleep(0.05)


async def endless_chunks(connection: Connection) -> None:
    await connection.send(HEAD + b"transfer-encoding: chunked\r\n\r\n")
    while True:
        await connection.send(b"10000\r\n" + b"a" * 0x10000 + b"\r\n")


async def endless_body(connection: Connection) -> None:
    await connection.send(HEAD + b"\r\n")
    while True:
        await connection.send(b"a" * 65536)


async def empty_gzip_blocks(connection: Connection) -> None:
    start, empty = gzip.compress(b"")[:10], b"\x00\x00\x00\xff\xff"
    await connection.send(HEAD + b"content-encoding: gzip\r\n\r\n" + start)
    while True:
        await connection.send(empty * 10_000)


async def endless_interim_answers(connection: Connection) -> None:
    while True:
        await connection.send(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)


async def reset_in_the_body(connection: Connection) -> None:
    await connection.send(HEAD + b"content-length: 1000\r\n\r\n" + PAGE)
    await asyncio.sleep(0.05)
    connection.reset()


async def reset_at_once(connection: Connection) -> None:
    connection.reset()


@cache
def zip_bomb(form: int) -> bytes:
    """What unpacks to 1 GiB: one mebibyte of zeros, packed so that it can stand behind itself, over and over."""
    zeros = b"\0" * (1024 * 1024)
    pack = zlib.compressobj(9, wbits=form)
    first = pack.compress(zeros) + pack.flush(zlib.Z_FULL_FLUSH)
    return first + (pack.compress(zeros) + pack.flush(zlib.Z_FULL_FLUSH)) * 1023


def gzip_bomb() -> bytes:
    return zip_bomb(31)


@cache
def brotli_bomb() -> bytes:
    pack = brotli.Compressor(quality=4)
    zeros = b"\0" * (1024 * 1024)
    return b"".join([*(pack.process(zeros) for _ in range(1024)), pack.finish()])


def packed(body: bytes, encoding: str) -> bytes:
    return HEAD + f"content-encoding: {encoding}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body


ATTACKS: dict[str, tuple[Callable[[], Answer], Outcome]] = {
    "a head that stops": (lambda: slow_head, Outcome.TIMEOUT),
    "a head that drips": (lambda: dripping_head, Outcome.TIMEOUT),
    "a body of a byte now and then": (lambda: slow_body, Outcome.TIMEOUT),
    "silence": (lambda: sends(then_hold=True), Outcome.TIMEOUT),
    "interim answers without end": (lambda: endless_interim_answers, Outcome.TIMEOUT),
    "chunks without end": (lambda: endless_chunks, Outcome.TOO_LARGE),
    "a body without end": (lambda: endless_body, Outcome.TOO_LARGE),
    "a page of 50 MB": (lambda: says(b"a" * 50_000_000), Outcome.TOO_LARGE),
    "a gzip bomb": (lambda: sends(packed(gzip_bomb(), "gzip")), Outcome.TOO_LARGE),
    "a deflate bomb": (lambda: sends(packed(zip_bomb(15), "deflate")), Outcome.TOO_LARGE),
    "a brotli bomb": (lambda: sends(packed(brotli_bomb(), "br")), Outcome.TOO_LARGE),
    "gzip without end and with nothing in it": (lambda: empty_gzip_blocks, Outcome.TOO_LARGE),
    "a gzip bomb in gzip": (
        lambda: sends(packed(gzip.compress(gzip_bomb()), "gzip, gzip")),
        Outcome.BAD_RESPONSE,
    ),
    "thirty thousand gzip files in one": (
        lambda: sends(packed(gzip.compress(b"") * 30_000, "gzip")),
        Outcome.BAD_RESPONSE,
    ),
    "gzip that is none": (lambda: sends(packed(PAGE, "gzip")), Outcome.BAD_RESPONSE),
    "gzip that ends early": (lambda: sends(packed(gzip.compress(PAGE * 9)[:-20], "gzip")), Outcome.BAD_RESPONSE),
    "an encoding of its own": (lambda: sends(packed(PAGE, "zstd")), Outcome.BAD_RESPONSE),
    "a length that is too long": (
        lambda: sends(HEAD + b"content-length: 9999\r\n\r\n" + PAGE),
        Outcome.BAD_RESPONSE,
    ),
    "two lengths": (
        lambda: sends(HEAD + b"content-length: 5\r\ncontent-length: 9\r\n\r\n" + PAGE),
        Outcome.BAD_RESPONSE,
    ),
    "an endless length": (
        lambda: sends(HEAD + b"content-length: " + b"9" * 5000 + b"\r\n\r\n" + PAGE),
        Outcome.BAD_RESPONSE,
    ),
    "chunks that are none": (
        lambda: sends(HEAD + b"transfer-encoding: chunked\r\n\r\nzz\r\nno chunk\r\n"),
        Outcome.BAD_RESPONSE,
    ),
    "a chunk's size without end": (
        lambda: sends(HEAD + b"transfer-encoding: chunked\r\n\r\n" + b"1" * 1_000_000),
        Outcome.BAD_RESPONSE,
    ),
    "a picture": (lambda: says(PAGE, content_type="image/png"), Outcome.WRONG_TYPE),
    "a reset in the body": (lambda: reset_in_the_body, Outcome.UNREACHABLE),
    "a reset at once": (lambda: reset_at_once, Outcome.UNREACHABLE),
    "the end at once": (sends, Outcome.BAD_RESPONSE),
    "no HTTP": (lambda: sends(b"\x00\xff\x16\x03garbage\r\n\r\n" * 50), Outcome.BAD_RESPONSE),
    "a head of a megabyte": (
        lambda: sends(HEAD + b"x-long: " + b"a" * 1_000_000 + b"\r\n\r\n" + PAGE),
        Outcome.BAD_RESPONSE,
    ),
    "ten thousand headers": (
        lambda: sends(HEAD + b"".join(b"a%d: b\r\n" % number for number in range(10_000)) + b"\r\n" + PAGE),
        Outcome.BAD_RESPONSE,
    ),
    "a switch of protocols": (
        lambda: sends(b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
        Outcome.BAD_RESPONSE,
    ),
    "a redirect to nowhere": (lambda: says(status="302 Found"), Outcome.BAD_RESPONSE),
    "a redirect to the metadata service": (
        lambda: redirects("http://169.254.169.254/latest/meta-data/"),
        Outcome.REFUSED_ADDRESS,
    ),
    "a redirect to a file": (lambda: redirects("file:///etc/passwd"), Outcome.REFUSED_ADDRESS),
    "a redirect to loopback by name": (lambda: redirects("http://localhost/"), Outcome.REFUSED_ADDRESS),
    "a redirect to loopback in decimal": (lambda: redirects("http://2130706434/"), Outcome.REFUSED_ADDRESS),
    "a redirect to loopback in hex": (lambda: redirects("http://0x7f.0.0.2/"), Outcome.REFUSED_ADDRESS),
    "a redirect to loopback in wide characters": (
        lambda: redirects("http://１２７。0。0。2/"),
        Outcome.REFUSED_ADDRESS,
    ),
    "a redirect to loopback with other dots": (lambda: redirects("http://127。0。0。2/"), Outcome.REFUSED_ADDRESS),
    "a redirect to loopback in IPv6": (lambda: redirects("http://[::1]/"), Outcome.REFUSED_ADDRESS),
    "a redirect to IPv4 in IPv6": (lambda: redirects("http://[::ffff:127.0.0.1]/"), Outcome.REFUSED_ADDRESS),
    "a redirect with a password": (lambda: redirects("http://user:word@127.0.0.1/"), Outcome.REFUSED_ADDRESS),
    "a redirect with a line break": (lambda: redirects("http://\\r\\n/"), Outcome.REFUSED_ADDRESS),
    "a redirect of a megabyte": (lambda: redirects("/" + "a" * 50_000), Outcome.REFUSED_ADDRESS),
    "a 304 that was not asked for": (lambda: sends(b"HTTP/1.1 304 Not Modified\r\n\r\n"), Outcome.BAD_RESPONSE),
}


@pytest.mark.parametrize("attack", ATTACKS)
async def test_every_attack_ends_counted_and_logged_with_memory_bounded(attack: str) -> None:
    make, expected = ATTACKS[attack]
    answer = make()
    # Short only where it is the end that is expected: a busy machine may need long for the others.
    total, pause = (2, 1) if expected is Outcome.TIMEOUT else (60, 20)
    async with fetching(fetch_total_timeout_seconds=total, fetch_read_timeout_seconds=pause) as (server, fetcher):
        url = server.on("/page", answer)
        before = counted(expected)
        tracemalloc.start()
        with capture_logs() as logs:
            fetched = await fetcher.fetch(url, accept=HTML)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"{attack}: {fetched.outcome}, {most / 1e6:.1f} MB at most, {fetched.reason}")  # noqa: T201 - a figure to read
        assert fetched.outcome is expected
        assert fetched.content == b""
        assert fetched.reason
        assert "\n" not in fetched.reason
        assert counted(expected) == before + 1
        assert [line["outcome"] for line in logs if line["event"] == "fetch ended"] == [expected]
        assert most < MEMORY
        # And the fetcher goes on.
        assert (await fetcher.fetch(server.on("/good", says(PAGE)), accept=HTML)).content == PAGE


class LooksFirst:
    """Resolves the name before each request, as a check apart from the connection would."""

    def __init__(self, resolver: FixedResolver) -> None:
        self._resolver = resolver
        self.found: list[str] = []

    async def before(self, address: WebAddress) -> float:
        self.found += map(str, await self._resolver(address.host))
        return 0.0

    def after(self, address: WebAddress, head: Head) -> None:
        pass


async def test_a_name_that_leads_elsewhere_the_second_time_is_refused() -> None:
    """DNS rebinding: a public answer while the address is looked at, an internal one when it is used."""
    resolver = FixedResolver("93.184.215.14", "169.254.169.254")
    looks_first = LooksFirst(resolver)
    async with fetching(resolver) as (_, fetcher):
        fetched = await fetcher.fetch("http://rebind.example/", policy=looks_first)
    assert looks_first.found == ["93.184.215.14"]
    assert fetched.outcome is Outcome.REFUSED_ADDRESS
    assert "metadata service" in (fetched.reason or "")


async def test_a_name_is_asked_for_once_and_the_answer_is_what_is_connected_to() -> None:
    resolver = FixedResolver("127.0.0.1", "169.254.169.254")
    async with fetching(resolver) as (server, fetcher):
        server.on("/page", says(PAGE))
        fetched = await fetcher.fetch(server.url("/page", host="rebind.example"), accept=HTML)
        assert fetched.content == PAGE
        assert resolver.asked == ["rebind.example"]
        # The name goes on to the server, whatever was connected to.
        assert f"host: rebind.example:{server.port}" in server.heads[0].lower()
        # A new connection is a new question, and its answer is checked.
        again = await fetcher.fetch(server.url("/page", host="rebind.example"), accept=HTML)
        assert again.outcome is Outcome.REFUSED_ADDRESS


async def test_of_several_addresses_only_permitted_ones_are_tried() -> None:
    async with fetching(FixedResolver("10.0.0.1 169.254.169.254 127.0.0.1")) as (server, fetcher):
        server.on("/page", says(PAGE))
        assert (await fetcher.fetch(server.url("/page", host="mixed.example"))).outcome is Outcome.FETCHED


async def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    async with fetching(FixedResolver("127.0.0.2 127.0.0.1"), fetch_allowed_hosts="127.0.0.0/8") as (server, fetcher):
        server.on("/page", says(PAGE))
        assert (await fetcher.fetch(server.url("/page", host="two.example"))).outcome is Outcome.FETCHED


async def test_of_a_body_that_is_not_wanted_little_is_read() -> None:
    async def endless_redirect(connection: Connection) -> None:
        await connection.send(b"HTTP/1.1 302 Found\r\nlocation: /page\r\n\r\n")
        await endless_body(connection)

    async with fetching() as (server, fetcher):
        server.on("/page", says(PAGE))
        before = metrics.FETCHED_BYTES._value.get()
        assert (await fetcher.fetch(server.on("/away", endless_redirect))).content == PAGE
        announced = await fetcher.fetch(server.on("/large", says(b"a" * 50_000_000)))
        picture = await fetcher.fetch(
            server.on("/picture", says(b"a" * 500_000, content_type="image/png")), accept=HTML
        )
        read = metrics.FETCHED_BYTES._value.get() - before
    assert (announced.outcome, picture.outcome) == (Outcome.TOO_LARGE, Outcome.WRONG_TYPE)
    assert read < 300_000


async def test_a_page_that_is_not_there_ends_so_however_slow_its_body_is() -> None:
    async def slow_error(connection: Connection) -> None:
        await connection.send(b"HTTP/1.1 404 Not Found\r\ncontent-length: 10\r\n\r\n")
        await connection.hold()

    async with fetching() as (server, fetcher):
        assert (await fetcher.fetch(server.on("/slow", slow_error))).outcome is Outcome.NOT_FOUND


async def test_a_password_in_an_address_is_not_logged() -> None:
    async with fetching() as (server, fetcher):
        with capture_logs() as logs:
            fetched = await fetcher.fetch(f"http://user:secret@127.0.0.1:{server.port}/")
    assert fetched.outcome is Outcome.REFUSED_ADDRESS
    assert "secret" not in str(logs)


async def test_a_redirect_to_a_port_that_is_not_for_the_web_is_refused() -> None:
    async with hostile_server() as server:
        given = settings_with(fetch_allowed_ports=str(server.port))
        async with open_fetcher(given, FixedClock(NOW)) as fetcher:
            fetched = await fetcher.fetch(server.on("/", redirects("http://127.0.0.1:22/")))
    assert fetched.outcome is Outcome.REFUSED_ADDRESS
    assert fetched.reason == "port 22 is not one for the web"


async def test_redirects_without_end_and_in_a_circle_are_left() -> None:
    async with fetching(fetch_max_redirects=3) as (server, fetcher):
        for number in range(9):
            server.on(f"/{number}", redirects(f"/{number + 1}"))
        server.on("/a", redirects("/b"))
        server.on("/b", redirects("/a"))
        assert (await fetcher.fetch(server.url("/0"))).outcome is Outcome.TOO_MANY_REDIRECTS
        assert server.targets == ["/0", "/1", "/2", "/3"]
        circle = await fetcher.fetch(server.url("/a"))
        assert (circle.outcome, server.targets[4:]) == (Outcome.TOO_MANY_REDIRECTS, ["/a", "/b"])


def slowly(answer: Answer, seconds: float) -> Answer:
    async def later(connection: Connection) -> None:
        await asyncio.sleep(seconds)
        await answer(connection)

    return later


async def test_redirects_share_the_time_of_one_fetch() -> None:
    async with fetching(fetch_max_redirects=9, fetch_total_timeout_seconds=1) as (server, fetcher):
        for number in range(9):
            server.on(f"/{number}", slowly(redirects(f"/{number + 1}"), 0.3))
        server.on("/9", says(PAGE))
        assert (await fetcher.fetch(server.url("/0"))).outcome is Outcome.TIMEOUT


async def test_whoever_waits_for_a_place_has_time_left() -> None:
    async with fetching(
        FixedResolver("127.0.0.1"), fetch_concurrency=1, fetch_connect_timeout_seconds=2, fetch_total_timeout_seconds=2
    ) as (server, fetcher):
        server.on("/page", slowly(says(PAGE), 0.5))
        hosts = [f"host{number}.example" for number in range(6)]
        ends = await asyncio.gather(*(fetcher.fetch(server.url("/page", host=host)) for host in hosts))
    assert {end.outcome for end in ends} == {Outcome.FETCHED}


async def test_only_an_unbroken_chain_of_permanent_redirects_is_to_be_remembered() -> None:
    async with fetching() as (server, fetcher):
        server.on("/old", redirects("/newer", "301 Moved Permanently"))
        server.on("/newer", redirects("/newest", "308 Permanent Redirect"))
        server.on("/newest", says(PAGE))
        server.on("/mixed", redirects("/passing", "301 Moved Permanently"))
        server.on("/passing", redirects("/old", "302 Found"))
        server.on("/lost", redirects("/nowhere", "301 Moved Permanently"))
        fetched = await fetcher.fetch(server.url("/old"))
        assert (fetched.final_url, fetched.moved_to) == (server.url("/newest"), server.url("/newest"))
        assert (await fetcher.fetch(server.url("/mixed"))).moved_to == server.url("/passing")
        assert (await fetcher.fetch(server.url("/lost"))).moved_to is None  # nobody moves to a page that is not there


async def test_validators_come_and_go_as_the_server_gave_them() -> None:
    async with fetching() as (server, fetcher):

        async def answer(connection: Connection) -> None:
            if connection.header("if-none-match") == 'W/"7"':
                await connection.answer(status="304 Not Modified")
            else:
                await connection.answer(PAGE, ETag='W/"7"', Last_Modified="Mon, 03 Mar 2031 11:00:00 GMT")

        url = server.on("/feed", answer)
        first = await fetcher.fetch(url)
        second = await fetcher.fetch(url, validators=first.validators)
    assert first.validators == Validators('W/"7"', "Mon, 03 Mar 2031 11:00:00 GMT")
    assert (second.outcome, second.status, second.content) == (Outcome.UNCHANGED, 304, b"")
    assert second.validators == first.validators


async def test_an_etag_that_cannot_be_sent_is_not_kept() -> None:
    async with fetching() as (server, fetcher):
        fetched = await fetcher.fetch(server.on("/", says(PAGE, ETag='"' + "e" * 5000 + '"')))
    assert (fetched.outcome, fetched.validators) == (Outcome.FETCHED, Validators())


async def test_a_server_hears_who_asks_and_no_more() -> None:
    async with fetching() as (server, fetcher):
        await fetcher.fetch(server.on("/page", says(PAGE, Set_Cookie="who=1")), accept=("text/html", "application/x"))
        await fetcher.fetch(server.url("/page"))
    first, second = server.heads
    assert "user-agent: newsweave" in first.lower()
    assert "(+https://desk.example/bot)" in first
    assert "accept: application/x, text/html, */*;q=0.1" in first.lower()
    for name in ("cookie", "authorization", "referer"):
        assert f"\r\n{name}:" not in first.lower() + second.lower()


async def test_proxies_and_passwords_of_the_environment_are_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password secret\n")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    async with fetching() as (server, fetcher):
        fetched = await fetcher.fetch(server.on("/page", says(PAGE)))
    assert fetched.outcome is Outcome.FETCHED
    assert "authorization" not in server.heads[0].lower()


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "raw deflate", "br", "identity", "two gzip files"])
async def test_packed_bodies_are_unpacked(encoding: str) -> None:
    body = PAGE * 5000
    raw = zlib.compressobj(wbits=-15)
    forms = {
        "gzip": gzip.compress(body),
        "x-gzip": gzip.compress(body),
        "deflate": zlib.compress(body),
        "raw deflate": raw.compress(body) + raw.flush(),
        "br": brotli.compress(body),
        "identity": body,
        "two gzip files": gzip.compress(body[:1000]) + gzip.compress(body[1000:]),
    }
    name = {"raw deflate": "deflate", "two gzip files": "gzip"}.get(encoding, encoding)
    async with fetching() as (server, fetcher):
        fetched = await fetcher.fetch(server.on("/page", sends(packed(forms[encoding], name))))
    assert fetched.content == body


async def test_a_connection_that_the_server_closed_meanwhile_costs_no_fetch() -> None:
    """Kept connections are closed by servers at any time; that is no failure of theirs."""
    async with fetching() as (server, fetcher):
        url = server.on("/page", sends(HEAD + b"content-length: %d\r\n\r\n" % len(PAGE) + PAGE))
        ends = [(await fetcher.fetch(url)).outcome for _ in range(20)]
    assert ends == [Outcome.FETCHED] * 20


async def test_a_connection_that_fails_is_unreachable() -> None:
    async with fetching(FixedResolver("")) as (server, fetcher):
        assert (await fetcher.fetch("http://nowhere.example/")).outcome is Outcome.UNREACHABLE
    async with open_fetcher(settings_with(), FixedClock(NOW)) as fetcher:
        assert (await fetcher.fetch(server.url("/"))).outcome is Outcome.UNREACHABLE  # nobody listens there any more
        assert (await fetcher.fetch(f"http://{'a' * 70}.example/")).outcome is Outcome.UNREACHABLE


async def test_slow_servers_do_not_use_up_the_connections() -> None:
    async with fetching(fetch_concurrency=2, fetch_total_timeout_seconds=0.3) as (server, fetcher):
        server.on("/slow", slow_body)
        server.on("/silent", sends(then_hold=True))
        ends = await asyncio.gather(*(fetcher.fetch(server.url(path)) for path in ("/slow", "/silent") * 5))
        assert {end.outcome for end in ends} == {Outcome.TIMEOUT}
        assert not fetcher._pool.connections


async def test_the_start_says_when_sites_cannot_reach_whoever_fetches() -> None:
    with capture_logs() as logs:
        async with fetching(fetch_contact="") as (server, fetcher):
            await fetcher.fetch(server.on("/page", says(PAGE)))
    assert [line for line in logs if "NEWSWEAVE_FETCH_CONTACT" in line["event"]]
    assert "(+" not in server.heads[0]


async def test_many_attacks_at_once_hold_no_more_than_their_bodies() -> None:
    async with fetching(fetch_concurrency=8, fetch_host_concurrency=8, fetch_total_timeout_seconds=1) as (
        server,
        fetcher,
    ):
        server.on("/endless", endless_body)
        server.on("/bomb", sends(packed(gzip_bomb(), "gzip")))
        server.on("/slow", slow_body)
        tracemalloc.start()
        ends = await asyncio.gather(
            *(fetcher.fetch(server.url(path)) for _ in range(20) for path in ("/endless", "/bomb", "/slow"))
        )
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    print(f"60 attacks, 8 at a time: {most / 1e6:.1f} MB at most")  # noqa: T201 - a figure to read
    assert {end.outcome for end in ends} == {Outcome.TOO_LARGE, Outcome.TIMEOUT}
    assert most < 8 * 3 * LIMIT


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_a_process_under_attack_grows_by_no_more_than_the_bodies_it_may_hold() -> None:
    """As the system sees it: also what C libraries hold, which `tracemalloc` does not count."""
    concurrency, max_bytes = 8, 2 * LIMIT
    given = {
        "fetch_contact": "https://desk.example/bot",
        "fetch_allowed_hosts": "127.0.0.1",
        "fetch_allowed_ports": "*",
        "fetch_host_delay_seconds": 0,
        "fetch_concurrency": concurrency,
        "fetch_host_concurrency": concurrency,
        "fetch_read_timeout_seconds": 20,
        "fetch_total_timeout_seconds": 60,
        "fetch_max_bytes": max_bytes,
    }
    async with hostile_server() as server:
        server.on("/page", says(PAGE))
        server.on("/endless", endless_body)
        server.on("/chunks", endless_chunks)
        server.on("/large", sends(HEAD + b"\r\n" + b"a" * 50_000_000))
        server.on("/gzip", sends(packed(gzip_bomb(), "gzip")))
        server.on("/br", sends(packed(brotli_bomb(), "br")))
        server.on("/headers", sends(HEAD + b"".join(b"a%d: b\r\n" % number for number in range(10_000)) + b"\r\n"))
        paths = ("/endless", "/chunks", "/large", "/gzip", "/br", "/headers")
        asked = {"settings": given, "warm_up": server.url("/page"), "urls": [server.url(path) for path in paths] * 20}
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.support.fetch_child"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        answer, _ = await child.communicate(json.dumps(asked).encode())
    # The log goes to standard output, too, as nobody configured it: the answer is the last line.
    found = json.loads(answer.splitlines()[-1])
    grown = found["most"] - found["before"]
    print(f"120 attacks, {concurrency} at a time of 2 MiB: {found['before'] / 1e6:.0f} MB + {grown / 1e6:.1f} MB")  # noqa: T201 - a figure to read
    assert set(found["outcomes"]) == {Outcome.TOO_LARGE, Outcome.BAD_RESPONSE}
    # A body is held twice for a moment, and what was freed is not given back at once.
    assert grown < 4 * concurrency * max_bytes
