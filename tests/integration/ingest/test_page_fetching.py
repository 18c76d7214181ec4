"""Pages fetched as their sites allow, from a server on loopback."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from ipaddress import ip_address
from itertools import pairwise
from typing import Any

import pytest

from services.contracts.article import Rights
from services.ingest.fetching.fetched import Outcome, Validators
from services.ingest.fetching.fetcher import open_fetcher
from services.ingest.fetching.pages import PageFetcher
from services.ingest.fetching.settings import FetchSettings
from services.runtime.clock import FixedClock
from services.runtime.outbound.addresses import Address
from tests.support.hostile_server import Answer, Connection, HostileServer, hostile_server, redirects, says, sends

NOW = datetime(2031, 3, 3, 12, tzinfo=UTC)
PAGE = b"<html><body><p>The old bridge reopened on Monday.</p></body></html>"


async def loopback(host: str) -> list[Address]:
    return [ip_address("127.0.0.1")]


@asynccontextmanager
async def fetching_pages(
    robots: str | Answer | None = None, **given: Any
) -> AsyncIterator[tuple[HostileServer, PageFetcher]]:
    usual: dict[str, Any] = {
        "fetch_contact": "https://desk.example/bot",
        "fetch_allowed_hosts": "127.0.0.1",
        "fetch_allowed_ports": "*",
        "fetch_host_delay_seconds": 0,
    }
    settings = FetchSettings(**(usual | given))
    async with (
        hostile_server() as server,
        open_fetcher(settings, FixedClock(NOW), resolver=loopback) as fetcher,
    ):
        if robots is not None:
            answer = says(robots.encode(), content_type="text/plain") if isinstance(robots, str) else robots
            server.on("/robots.txt", answer)
        server.on("/page", says(PAGE))
        yield server, PageFetcher(fetcher, settings)


async def test_a_page_is_fetched_after_its_sites_own_files_and_these_once_a_site() -> None:
    async with fetching_pages("User-agent: *\nDisallow: /private\n") as (server, pages):
        first = await pages.fetch(server.url("/page"))
        second = await pages.fetch(server.url("/page"))
        private = await pages.fetch(server.url("/private/a"))
        await pages.fetch(server.url("/page", host="other.example"))
    assert (first.outcome, first.content, first.rights) == (Outcome.FETCHED, PAGE, Rights())
    assert second.outcome is Outcome.FETCHED
    assert (private.outcome, private.content) == (Outcome.DISALLOWED, b"")
    files = ["/robots.txt", "/.well-known/tdmrep.json"]
    assert server.targets == [*files, "/page", "/page", *files, "/page"]


@pytest.mark.parametrize(
    "status", ["400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone"]
)
async def test_a_site_without_robots_allows_everything(status: str) -> None:
    async with fetching_pages(says(status=status)) as (server, pages):
        assert (await pages.fetch(server.url("/page"))).outcome is Outcome.FETCHED


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (says(status="500 Internal Server Error"), Outcome.SERVER_ERROR),
        (says(status="429 Too Many Requests"), Outcome.RATE_LIMITED),
        (sends(then_hold=True), Outcome.TIMEOUT),
        (sends(b"nonsense\r\n\r\n"), Outcome.BAD_RESPONSE),
        (redirects("http://169.254.169.254/robots.txt"), Outcome.REFUSED_ADDRESS),
    ],
)
async def test_a_site_whose_robots_does_not_come_is_left_alone(answer: Answer, outcome: Outcome) -> None:
    short = {"fetch_read_timeout_seconds": 0.2} if outcome is Outcome.TIMEOUT else {}
    async with fetching_pages(answer, **short) as (server, pages):
        fetched = await pages.fetch(server.url("/page"))
        again = await pages.fetch(server.url("/page"))
    assert (fetched.outcome, again.outcome) == (outcome, outcome)
    assert "robots.txt" in (fetched.reason or "")
    assert server.targets == ["/robots.txt"]  # asked once, not for each page


async def test_robots_counts_also_where_a_redirect_leads() -> None:
    async with fetching_pages("User-agent: newsweave\nDisallow: /private\n") as (server, pages):
        server.on("/way", redirects("/private/a"))
        server.on("/elsewhere", redirects(server.url("/private/a", host="other.example")))
        assert (await pages.fetch(server.url("/way"))).outcome is Outcome.DISALLOWED
        assert (await pages.fetch(server.url("/elsewhere"))).outcome is Outcome.DISALLOWED
    assert "/private/a" not in server.targets


async def test_of_a_robots_that_is_too_long_the_beginning_counts() -> None:
    text = "User-agent: *\nDisallow: /page\n" + "# much\n" * 200_000
    async with fetching_pages(text) as (server, pages):
        assert (await pages.fetch(server.url("/page"))).outcome is Outcome.DISALLOWED


async def test_a_crawl_delay_is_kept_between_pages_as_far_as_the_settings_follow_it() -> None:
    async with fetching_pages("User-agent: *\nCrawl-delay: 900\n", fetch_crawl_delay_max_seconds=0.3) as (
        server,
        pages,
    ):
        times: list[float] = []

        async def timed(connection: Connection) -> None:
            times.append(time.monotonic())
            await connection.answer(PAGE)

        server.on("/timed", timed)
        await asyncio.gather(*(pages.fetch(server.url("/timed")) for _ in range(3)))
    assert all(later - earlier > 0.2 for earlier, later in pairwise(times))


async def test_a_page_that_is_no_page_is_not_taken() -> None:
    async with fetching_pages() as (server, pages):
        server.on("/film", says(b"....", content_type="video/mp4"))
        assert (await pages.fetch(server.url("/film"))).outcome is Outcome.WRONG_TYPE


async def test_a_page_that_has_not_changed_says_so() -> None:
    async with fetching_pages() as (server, pages):
        server.on("/same", says(status="304 Not Modified"))
        fetched = await pages.fetch(server.url("/same"), validators=Validators(etag='"1"'))
    assert (fetched.outcome, fetched.validators) == (Outcome.UNCHANGED, Validators(etag='"1"'))


async def test_rights_are_recorded_from_all_places_where_sites_write_them() -> None:
    robots = "License: https://desk.example/l.xml\nUser-agent: *\nContent-Usage: train-ai=n\n"
    async with fetching_pages(robots) as (server, pages):
        rules = b'[{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://desk.example/p"}]'
        server.on("/.well-known/tdmrep.json", says(rules, content_type="application/json"))
        server.on("/open", says(PAGE, tdm_reservation="0", Content_Usage="bots=y"))
        site = (await pages.fetch(server.url("/page"))).rights
        page = (await pages.fetch(server.url("/open"))).rights
    licence = "https://desk.example/l.xml"
    assert site == Rights(
        tdm_reservation=True, tdm_policy="https://desk.example/p", content_usage="train-ai=n", licence=licence
    )
    assert page == Rights(tdm_reservation=False, content_usage="train-ai=n, bots=y", licence=licence)


async def test_reserved_rights_are_obeyed_before_the_page_is_asked_for_or_read() -> None:
    async with fetching_pages(fetch_rights="obey") as (server, pages):
        rules = b'[{"location": "/closed", "tdm-reservation": 1}]'
        server.on("/.well-known/tdmrep.json", says(rules, content_type="application/json"))
        server.on("/header", says(PAGE, tdm_reservation="1"))
        by_file = await pages.fetch(server.url("/closed/page"))
        by_header = await pages.fetch(server.url("/header"))
        free = await pages.fetch(server.url("/page"))
        server.on("/gone", says(status="410 Gone", tdm_reservation="1"))
        gone = await pages.fetch(server.url("/gone"))
    assert gone.outcome is Outcome.GONE
    assert by_file.outcome is by_header.outcome is Outcome.RIGHTS_RESERVED
    assert by_header.content == b""
    assert by_header.rights == Rights(tdm_reservation=True)
    assert free.outcome is Outcome.FETCHED
    assert "/closed/page" not in server.targets


async def test_rights_that_are_ignored_are_not_asked_for() -> None:
    async with fetching_pages(fetch_rights="ignore") as (server, pages):
        server.on("/header", says(PAGE, tdm_reservation="1"))
        fetched = await pages.fetch(server.url("/header"))
    assert (fetched.outcome, fetched.rights) == (Outcome.FETCHED, None)
    assert server.targets == ["/robots.txt", "/header"]


async def test_pages_of_one_site_asked_for_at_once_share_its_files() -> None:
    async with fetching_pages("User-agent: *\nAllow: /\n") as (server, pages):
        ends = await asyncio.gather(*(pages.fetch(server.url(f"/page?{number}")) for number in range(8)))
    assert {end.outcome for end in ends} == {Outcome.FETCHED}
    assert server.targets.count("/robots.txt") == server.targets.count("/.well-known/tdmrep.json") == 1
