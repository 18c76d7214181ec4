"""Events as web feeds, read by a feed reader's own parser."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import httpx
import orjson
import pytest
from defusedxml import ElementTree
from redis.asyncio import Redis

from services.api.pages.denial_views import MOST_SENTENCES
from services.api.search.following import IndexFollower
from services.api.syndication.entries import entry_id, entry_of, writable
from services.api.syndication.tombstones import Tombstones
from services.api.updates.update_log import LOG, UpdateLog
from services.contracts.base import Span
from services.contracts.event import EventStatus, Omitted
from services.contracts.event_claims import Passage, SourceDenial
from services.ingest.feeds.json_feed import read_json_feed
from services.runtime.clock import FixedClock
from tests.unit.api.examples import NOON, disputed, event
from tests.unit.api.search.followers import caught_up, client_of, following
from tests.unit.api.view import project_events

DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
BASE = "http://newsweave.test"


@pytest.fixture
async def follower(redis: Redis, tmp_path: Path) -> AsyncIterator[IndexFollower]:
    async with following(redis, tmp_path) as running:
        yield running


@pytest.fixture
async def search(redis: Redis, follower: IndexFollower) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an app with an index, which filters need."""
    async with client_of(redis, follower) as client:
        yield client


async def atom(http: httpx.AsyncClient, query: str = "") -> Any:
    answer = await http.get(f"/events.atom{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml")
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


async def json_feed(http: httpx.AsyncClient, query: str = "") -> dict[str, Any]:
    answer = await http.get(f"/events.json{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/feed+json")
    read: dict[str, Any] = answer.json()
    return read


async def test_an_entry_says_what_is_claimed_by_how_many_origins_and_where_reports_differ(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_events(redis, [disputed()])
    parsed = await atom(http)
    (entry,) = parsed.entries
    assert entry.title == "Ferry capsizes off Port Eldrin"
    assert entry.link == f"{BASE}/events/evt_d"
    assert entry.summary == "3 articles by 3 outlets, 2 independent origins; reports differ in 1 point."
    content = entry.content[0]
    assert content.type == "text/html"
    assert "Where reports differ" in content.value
    assert "found in 2 independent origins" in content.value
    assert all(claim.text in content.value for claim in disputed().claims[:1])
    assert [tag.term for tag in entry.tags] == ["conflicting_figure", "contradiction"]


async def test_an_entry_says_who_denies_what(http: httpx.AsyncClient, redis: Redis) -> None:
    passage = Passage(article_id="art_1", span=Span(start=0, end=29), text="The port denied <b>all</b>.")
    denial = SourceDenial(source="The port", passages=(passage,), origins=1)
    await project_events(redis, [disputed().model_copy(update={"denials": (denial,)})])
    (entry,) = (await atom(http)).entries
    denied = entry.content[0].value
    assert "What is denied" in denied
    assert "The port: The port denied &lt;b&gt;all&lt;/b&gt;. (Corrow Gazette)" in denied


async def test_an_entry_counts_the_denials_that_it_does_not_list(http: httpx.AsyncClient, redis: Redis) -> None:
    denials = tuple(
        SourceDenial(
            source=f"Port {number}",
            passages=(Passage(article_id="art_1", span=Span(start=0, end=20), text=f"Port {number} denied it."),),
            origins=1,
        )
        for number in range(MOST_SENTENCES + 2)
    )
    await project_events(redis, [disputed().model_copy(update={"denials": denials})])
    (entry,) = (await atom(http)).entries
    assert "2 more denials are not listed here." in entry.content[0].value


async def test_both_formats_have_the_same_entries(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [disputed(), event("evt_b", minutes=5)])
    parsed, feed = await atom(http), await json_feed(http)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in parsed.entries]
    assert [item["url"] for item in feed["items"]] == [f"{BASE}/events/evt_b", f"{BASE}/events/evt_d"]
    assert [item["content_html"] for item in feed["items"]] == [entry.content[0].value for entry in parsed.entries]
    assert feed["feed_url"] == f"{BASE}/events.json"
    # Ingest's own reader of JSON Feed: feedparser reads none.
    read = read_json_feed(orjson.dumps(feed).decode(), feed["feed_url"], NOON, 100)
    assert [item.url for item in read.items] == [item["url"] for item in feed["items"]]


async def test_ids_stay_and_updated_is_when_the_version_was_to_be_had(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [event(version=1)])
    before = (await atom(http)).entries[0]
    await project_events(redis, [event(version=2, headline="Another headline")])
    after = (await atom(http)).entries[0]
    assert before.id == after.id == entry_id("evt_a")
    assert after.title == "Another headline"
    (entry,) = (await json_feed(http))["items"]
    assert entry["_newsweave"] == {"event_id": "evt_a", "version": 2, "event_url": f"{BASE}/v1/events/evt_a"}


async def test_an_event_that_was_merged_is_told_as_deleted(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [event("evt_a"), event("evt_b")])
    clock = FixedClock(NOON)
    await project_events(redis, [event("evt_a", 2, status=EventStatus.MERGED, merged_into="evt_b")], clock=clock)
    root = ElementTree.fromstring((await http.get("/events.atom")).content)
    (deleted,) = root.findall(DELETED)
    assert deleted.get("ref") == entry_id("evt_a")
    assert datetime.fromisoformat(deleted.get("when", "")).tzinfo is not None
    (link,) = deleted.findall("{http://www.w3.org/2005/Atom}link")
    assert link.get("href") == f"{BASE}/events/evt_b"
    feed = await json_feed(http)
    assert [item["id"] for item in feed["items"]] == [entry_id("evt_b")]
    assert [gone["id"] for gone in feed["_newsweave"]["deleted"]] == [entry_id("evt_a")]
    assert feed["_newsweave"]["deleted"][0]["merged_into"] == entry_id("evt_b")


async def test_tombstones_follow_the_log_and_start_anew_with_a_new_one(redis: Redis) -> None:
    tombstones = Tombstones(UpdateLog(redis))
    assert await tombstones.recent() == ()
    await redis.xadd(LOG, _entry("evt_a", merged_into="evt_b"), id="1700000000000-0")
    await redis.xadd(LOG, _entry("evt_c", merged_into="evt_d"), id="1700000001000-0")
    assert [each.event_id for each in await tombstones.recent()] == ["evt_c", "evt_a"]
    assert (await tombstones.recent())[1].at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    await redis.delete(LOG)
    await redis.xadd(LOG, _entry("evt_x", merged_into="evt_y"), id="5-0")
    assert [each.event_id for each in await tombstones.recent()] == ["evt_x"]


async def test_a_filter_says_which_events_a_feed_has(
    search: httpx.AsyncClient, follower: IndexFollower, redis: Redis
) -> None:
    await project_events(redis, [disputed(), event("evt_b")])
    await caught_up(follower, redis)
    parsed = await atom(search, "?has=contradiction")
    assert [entry.id for entry in parsed.entries] == [entry_id("evt_d")]
    assert parsed.feed.title == "Newsweave: has contradiction"
    assert parsed.feed.id != (await atom(search)).feed.id
    assert (await json_feed(search, "?not_has=contradiction"))["items"][0]["id"] == entry_id("evt_b")
    wrong = await search.get("/events.atom?hass=contradiction")
    assert wrong.status_code == 400
    assert "did you mean has?" in wrong.json()["errors"][0]["message"]


async def test_before_there_is_an_index_a_filter_is_answered_with_503(http: httpx.AsyncClient) -> None:
    answer = await http.get("/events.atom?has=contradiction")
    assert answer.status_code == 503
    assert "Try again" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/events.atom", "/events.json"])
async def test_a_feed_that_has_not_changed_is_not_sent_twice(http: httpx.AsyncClient, redis: Redis, path: str) -> None:
    empty = await http.get(path)
    assert (await http.get(path, headers={"If-None-Match": empty.headers["etag"]})).status_code == 304
    await project_events(redis, [event()])
    assert (await http.get(path, headers={"If-None-Match": empty.headers["etag"]})).status_code == 200


async def test_whatever_an_article_says_the_feed_is_well_formed(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [event(headline="<b>&\x0b\x00 \u202e]]> ﷽ <script>alert(1)</script>")])
    (entry,) = (await atom(http)).entries
    assert "<script>" not in (await json_feed(http))["items"][0]["content_html"]
    root = ElementTree.fromstring((await http.get("/events.atom")).content)
    title = root.findtext("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title")
    assert title == "<b>& ]]> ﷽ <script>alert(1)</script>"
    assert entry.id == entry_id("evt_a")


def test_an_entry_id_never_changes() -> None:
    assert entry_id("evt_00cb0aa61a85bdfac1d4") == "urn:uuid:9218c7f5-2a01-5b37-a499-b42f52ecc164"


def test_what_xml_cannot_carry_is_left_out() -> None:
    assert writable("a\x00b\ud800c\ufffed\te\n") == "abcd\te\n"


def test_long_events_are_cut_and_say_so() -> None:
    whole = disputed()
    claims = tuple(whole.claims[0].model_copy(update={"claim_id": f"clm_{number}"}) for number in range(30))
    entry = entry_of(whole.model_copy(update={"claims": claims}), NOON)
    assert (len(entry.claims), entry.more_claims) == (10, 20)


def _entry(event_id: str, *, merged_into: str) -> Any:
    return {"event": event_id, "version": 2, "previous": 1, "moved_from": "", "merged_into": merged_into}


def test_reprints_are_not_counted_where_a_snapshot_leaves_reports_out() -> None:
    whole = disputed()
    door = next(claim for claim in entry_of(whole, NOON).claims if claim.claim_id == "clm_door")
    assert door.strip.words == "2 independent origins, 1 reprint"
    part = entry_of(whole.model_copy(update={"omitted": Omitted(supports=3)}), NOON)
    assert "reprint" not in " ".join(claim.strip.words for claim in part.claims)
    assert "reprint" not in " ".join(side.corroboration for side in part.differences[0].sides)
