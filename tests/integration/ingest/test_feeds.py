"""Feeds from servers as they are to messages on a topic, with what is remembered in a real Redis."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from prometheus_client import REGISTRY

from services.contracts.article import InputKind
from services.ingest.feeds.listing import page
from services.ingest.feeds.store import FeedStore
from services.ingest.trace import article_of
from services.local.redis import EmbeddedRedis
from services.runtime.clock import SystemClock
from tests.support.brokers import running_redis
from tests.support.feed_rig import MINUTE, START, Rig, opened_rig
from tests.support.feed_site import Path as Answer
from tests.support.feed_site import rss_of

FULL_TEXT = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Courier</title><item>'
    "<title>Old harbour bridge reopens</title><link>https://courier.example/b</link><description>Opened.</description>"
    "<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item></channel></rss>"
)


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    with running_redis(tmp_path_factory.mktemp("redis-of-feeds")) as server:
        yield server


@pytest.fixture
async def rig(redis_server: EmbeddedRedis, tmp_path: Path) -> AsyncIterator[Rig]:
    async with opened_rig(redis_server, tmp_path) as made:
        yield made


def polls(outcome: str) -> float:
    return REGISTRY.get_sample_value("newsweave_ingest_feed_polls_total", {"outcome": outcome}) or 0.0


async def test_an_item_is_published_within_one_poll_with_the_text_of_its_page(rig: Rig) -> None:
    bridge = rig.site.add_page("/bridge", "Old harbour bridge reopens")
    rig.site.paths["/rss"] = Answer(rss_of(("Old harbour bridge reopens", bridge)))
    feed = rig.add("/rss", publisher="Harbour Courier", language="en")
    replica = rig.replica()
    assert await replica.poller.poll_due() == 1
    (article,) = replica.publisher.articles
    assert article.title == "Old harbour bridge reopens"
    assert "Ada Lind said the new deck" in article.text
    assert (article.url, article.publisher.name, article.language) == (bridge, "Harbour Courier", "en")
    assert (article.input.kind, article.input.feed) == (InputKind.FEED, feed)
    assert article.published_at == datetime(2031, 3, 3, 7, 30, tzinfo=UTC)
    assert article.published_offset == 120


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"has_etag": True}, 304),
        ({"has_etag": False, "last_modified": "Mon, 03 Mar 2031 08:00:00 GMT"}, 304),
        ({"has_etag": False}, 200),
        ({"is_packed": True}, 304),
    ],
    ids=["etag", "last-modified", "neither", "packed"],
)
async def test_an_unchanged_feed_costs_a_304_or_no_reading(rig: Rig, answer: dict[str, Any], status: int) -> None:
    bridge = rig.site.add_page("/bridge", "Bridge")
    rig.site.paths["/rss"] = Answer(rss_of(("Bridge", bridge)), **answer)
    rig.add("/rss")
    replica = rig.replica()
    await replica.poller.poll_due()
    before = polls("unchanged")
    for _ in range(3):
        assert await rig.later(replica, 60) == 1
    assert polls("unchanged") == before + 3
    assert rig.site.answers["/rss", status] == (3 if status == 304 else 4)
    assert (replica.titles, rig.site.asked("/bridge")) == (["Bridge"], 1)
    listed = await rig.listed(replica)
    assert (listed.status, listed.outcome, listed.polls, listed.unchanged_polls) == ("ok", "unchanged", 4, 3)


async def test_only_new_items_are_taken_and_items_that_stay_never_come_again(rig: Rig) -> None:
    old = [(f"Old {number}", rig.site.add_page(f"/old{number}", f"Old {number}")) for number in range(5)]
    rig.site.paths["/rss"] = Answer(rss_of(*old))
    rig.add("/rss")
    replica = rig.replica()
    await replica.poller.poll_due()
    assert sorted(map(str, replica.titles)) == [title for title, _ in old]
    for number in range(4):
        # The feed says its own time, its ids are others each time, and one item is new.
        new = (f"New {number}", rig.site.add_page(f"/new{number}", f"New {number}"))
        body = rss_of(new, *old).replace(b"<guid>", f"<guid>{number}".encode()).replace(b"09:30", b"09:3%d" % number)
        rig.site.paths["/rss"] = Answer(body)
        await rig.later(replica, 120)
        assert replica.titles[5:] == [f"New {one}" for one in range(number + 1)]
    assert rig.site.asked("/old1") == 1
    assert rig.site.asked("/new0") == 1


async def test_a_permanent_redirect_is_remembered_and_reported(rig: Rig) -> None:
    bridge = rig.site.add_page("/bridge", "Bridge")
    rig.site.paths["/rss"] = Answer(status=301, headers={"Location": "/new-rss"})
    rig.site.paths["/new-rss"] = Answer(rss_of(("Bridge", bridge)))
    rig.add("/rss")
    replica = rig.replica()
    await replica.poller.poll_due()
    await rig.later(replica, 60)
    assert (rig.site.asked("/rss"), rig.site.asked("/new-rss")) == (1, 2)
    assert (await rig.listed(replica)).moved_to == rig.site.url + "/new-rss"
    rig.site.paths["/new-rss"] = Answer(status=404)
    await rig.later(replica, 120)
    await rig.later(replica, 600)
    assert rig.site.asked("/rss") == 2, "what it moved to is gone: the address of the file is tried again"


async def test_a_feed_that_is_gone_is_reported_and_left_alone_until_it_was_paused_and_resumed(rig: Rig) -> None:
    rig.site.paths["/rss"] = Answer(status=410)
    rig.add("/rss")
    replica = rig.replica()
    await replica.poller.poll_due()
    for _ in range(3):
        assert await rig.later(replica, 10_000) == 0
    assert rig.site.asked("/rss") == 1
    assert (await rig.listed(replica)).status == "stopped"
    text = rig.file.read_text()
    for changed in (text + "    paused: true\n", text):
        rig.file.write_text(changed)
        await rig.later(replica, 1)
    assert rig.site.asked("/rss") == 2


async def test_a_server_that_says_when_to_come_again_is_left_alone_until_then(rig: Rig) -> None:
    rig.site.paths["/rss"] = Answer(status=429, headers={"Retry-After": "7200"})
    rig.add("/rss")
    replica = rig.replica()
    await replica.poller.poll_due()
    listed = await rig.listed(replica)
    assert listed.outcome == "rate_limited"
    assert listed.due_at is not None
    assert timedelta(hours=2) < listed.due_at - START < timedelta(hours=2, minutes=1)
    assert await rig.later(replica, 119) == 0
    assert await rig.later(replica, 2) == 1


async def test_a_feed_that_fails_for_long_is_dead_and_tried_once_a_day_until_it_comes_back(rig: Rig) -> None:
    rig.site.paths["/rss"] = Answer(b"<html><body>Moved</body></html>", "text/html")
    rig.add("/rss")
    replica = rig.replica()
    await replica.poller.poll_due()
    for _ in range(6):
        await rig.later(replica, 27 * 60)
    listed = await rig.listed(replica)
    assert (listed.status, listed.outcome) == ("dead", "not_a_feed")
    assert "HTML" in str(listed.reason)
    assert listed.due_at is not None
    assert timedelta(hours=20) < listed.due_at - rig.clock.moment < timedelta(hours=28)
    rig.site.paths["/rss"] = Answer(rss_of(("Bridge", rig.site.add_page("/bridge", "Bridge"))))
    await rig.later(replica, 28 * 60)
    assert replica.titles == ["Bridge"]
    assert (await rig.listed(replica)).status == "ok"


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title></channel></rss>'
)
FILE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;</title></item></channel></rss>'


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(BOMB.encode()), "unsafe_feed"),
        (Answer(FILE.encode()), "unsafe_feed"),
        (Answer(gzip.compress(b" " * 30_000_000), "application/gzip"), "unsafe_feed"),
        (Answer(b"<rss><channel>" + b"<item>" * 700_000, is_packed=True), "unsafe_feed"),
        (Answer(b" " * 30_000_000, is_packed=True), "too_large"),
        (Answer(b"<html><body>Sign in</body></html>", "text/html"), "not_a_feed"),
        (Answer(b"\x89PNG\r\n", "image/png"), "wrong_type"),
        (Answer(status=302, headers={"Location": "http://169.254.169.254/latest"}), "refused_address"),
        (Answer(status=302, headers={"Location": "/rss"}), "too_many_redirects"),
        (Answer(b""), "empty"),
    ],
    ids=["entities", "files", "packed", "tags", "encoded", "page", "picture", "metadata", "circle", "empty"],
)
async def test_what_means_harm_or_is_no_feed_is_refused_counted_and_reported(
    rig: Rig, answer: Answer, outcome: str
) -> None:
    rig.site.paths["/rss"] = answer
    rig.add("/rss")
    replica, before = rig.replica(), polls(outcome)
    await replica.poller.poll_due()
    listed = await rig.listed(replica)
    assert (listed.status, listed.outcome) == ("failing", outcome)
    assert listed.reason or outcome == "empty"
    assert polls(outcome) == before + 1
    assert replica.publisher.published == []


async def test_a_page_that_does_not_come_is_tried_again_also_when_its_item_has_left_the_feed(rig: Rig) -> None:
    bridge = rig.site.url + "/bridge"
    rig.site.paths["/bridge"] = Answer(status=503)
    rig.site.paths["/rss"] = Answer(rss_of(("Bridge", bridge)))
    rig.add("/rss")
    replica = rig.replica()
    await replica.poller.poll_due()
    listed = await rig.listed(replica)
    assert (listed.outcome, listed.pending_items, replica.titles) == ("pages_failed", 1, [])
    rig.site.paths["/rss"] = Answer(rss_of())
    await rig.later(replica, 10)
    rig.site.add_page("/bridge", "Bridge")
    await rig.later(replica, 60)
    assert replica.titles == ["Bridge"]
    assert (await rig.listed(replica)).pending_items == 0


@pytest.mark.parametrize(("status", "most"), [(404, 3), (403, 1), (500, 6)])
async def test_a_page_that_never_comes_is_given_up_in_the_end_and_counted(rig: Rig, status: int, most: int) -> None:
    rig.site.paths["/bridge"] = Answer(status=status)
    rig.site.paths["/rss"] = Answer(rss_of(("Bridge", rig.site.url + "/bridge")))
    feed = rig.add("/rss")
    replica = rig.replica()
    await replica.poller.poll_due()
    for _ in range(12):
        await rig.later(replica, 26 * 60)
    listed = await rig.listed(replica)
    assert (listed.pending_items, listed.given_up_items) == (0, 1)
    assert rig.site.asked("/bridge") == most
    traced = rig.traces.of_articles[article_of(rig.site.url + "/bridge") or ""]
    assert [one.outcome for one in traced] == ["refused"] + ["waiting"] * (most - 1)
    assert {(one.feed, one.reasons[0].endswith(f"status {status}")) for one in traced} == {(feed, True)}


async def test_a_feed_with_its_text_in_full_needs_no_page_and_a_change_is_the_next_revision(rig: Rig) -> None:
    first = FULL_TEXT.format(text="The old bridge reopened on Monday, the engineer Ada Lind said after two years.")
    rig.site.paths["/rss"] = Answer(first.encode())
    rig.add("/rss", content="full_text")
    replica = rig.replica()
    await replica.poller.poll_due()
    rig.site.paths["/rss"] = Answer(first.replace("two years", "three years").encode())
    await rig.later(replica, 60)
    assert [(one.revision, "three" in one.text) for one in replica.publisher.articles] == [(1, False), (2, True)]
    assert len({one.article_id for one in replica.publisher.articles}) == 1


async def test_more_items_than_are_taken_at_a_time_are_reported_and_come_with_the_next_polls(
    redis_server: EmbeddedRedis, tmp_path: Path
) -> None:
    async with opened_rig(redis_server, tmp_path, feed_max_items=5) as rig:
        items = [(f"Item {number}", rig.site.add_page(f"/{number}", f"Item {number}")) for number in range(12)]
        rig.site.paths["/rss"] = Answer(rss_of(*items))
        rig.add("/rss")
        replica = rig.replica()
        await replica.poller.poll_due()
        assert (len(replica.titles), (await rig.listed(replica)).outcome) == (5, "capped")
        await rig.later(replica, 2)
        await rig.later(replica, 2)
        assert sorted(map(str, replica.titles)) == sorted(title for title, _ in items)
        assert (await rig.listed(replica)).outcome == "fetched"


async def test_the_sitemaps_of_an_index_are_followed_and_asked_for_changes_one_by_one(rig: Rig) -> None:
    def sitemap(*names: str) -> bytes:
        rows = "".join(f"<url><loc>{rig.site.add_page('/' + name, name)}</loc></url>" for name in names)
        return f"<urlset>{rows}</urlset>".encode()

    rig.site.paths["/index"] = Answer(
        b"<sitemapindex><sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>",
        "application/xml",
    )
    rig.site.paths["/a.xml"] = Answer(sitemap("bridge"), "application/xml")
    rig.site.paths["/b.xml"] = Answer(sitemap("dam"), "application/xml")
    rig.add("/index")
    replica = rig.replica()
    await replica.poller.poll_due()
    assert len(replica.titles) == 2
    assert {one.input.kind for one in replica.publisher.articles} == {InputKind.SITEMAP}
    rig.site.paths["/b.xml"] = Answer(sitemap("ferry", "dam"), "application/xml")
    await rig.later(replica, 60)
    assert len(replica.titles) == 3
    assert rig.site.answers["/a.xml", 304] == 1
    assert rig.site.asked("/dam") == 1


async def test_two_replicas_poll_each_feed_once(rig: Rig) -> None:
    for number in range(30):
        item = (f"Item {number}", rig.site.add_page(f"/{number}", f"Item {number}"))
        rig.site.paths[f"/rss{number}"] = Answer(rss_of(item))
        rig.add(f"/rss{number}")
    one, other = rig.replica(), rig.replica()
    for _ in range(3):
        counts = await asyncio.gather(one.poller.poll_due(), other.poller.poll_due())
        assert sum(counts) == 30
        rig.clock.moment += 60 * MINUTE
    assert {rig.site.asked(f"/rss{number}") for number in range(30)} == {3}
    assert sorted(map(str, one.titles + other.titles)) == sorted(f"Item {number}" for number in range(30))


async def test_a_replica_that_slept_through_its_lease_writes_nothing(rig: Rig) -> None:
    bridge = rig.site.add_page("/bridge", "Bridge")
    rig.site.paths["/rss"] = Answer(rss_of(("Bridge", bridge)))
    rig.add("/rss")
    slow, fast = rig.replica(), rig.replica()
    await fast.poller.poll_due()
    rig.clock.moment += 60 * MINUTE
    now = rig.clock.now()
    (lease,) = await slow.store.take(now, now + MINUTE, 1)
    rig.clock.moment += 2 * MINUTE
    assert await fast.poller.poll_due() == 1
    state = await rig.listed(fast)
    assert await slow.polling.poll(lease, next(iter(fast.poller.file.feeds.values()))) == "lost_lease"
    assert await rig.listed(fast) == state


class Crashing(FeedStore):
    """Ends the poll, as kill -9 would, when it is to remember what was published."""

    async def write(self, *_: Any, **__: Any) -> None:
        raise asyncio.CancelledError


async def test_a_crash_between_publishing_and_remembering_repeats_the_same_message_and_loses_none(rig: Rig) -> None:
    items = [(f"Item {number}", rig.site.add_page(f"/{number}", f"Item {number}")) for number in range(3)]
    rig.site.paths["/rss"] = Answer(rss_of(*items))
    rig.add("/rss")
    crashing, replica = rig.replica(Crashing), rig.replica()
    with pytest.raises(asyncio.CancelledError):
        await crashing.poller.poll_due()
    assert len(crashing.publisher.published) == 1
    assert await rig.later(replica, 1) == 0, "the lease still holds"
    assert await rig.later(replica, 10) == 1
    ids = [message.id for message in replica.publisher.published]
    assert len(ids) == len(set(ids)) == 3
    assert crashing.publisher.published[0].id in ids


async def test_an_item_that_we_fail_on_keeps_none_back_and_is_given_up_in_the_end(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [(f"Item {number}", rig.site.add_page(f"/{number}", f"Item {number}")) for number in range(3)]
    rig.site.paths["/rss"] = Answer(rss_of(*items))
    rig.add("/rss")
    replica = rig.replica()
    put = rig.records.put

    async def put_or_fail(records: Any) -> None:
        if len(rig.records.kept) == 1:
            raise ZeroDivisionError
        await put(records)

    monkeypatch.setattr(rig.records, "put", put_or_fail)
    await replica.poller.poll_due()
    assert (await rig.listed(replica)).pending_items == 2
    monkeypatch.undo()
    await rig.later(replica, 10)
    listed = await rig.listed(replica)
    assert (listed.pending_items, listed.given_up_items) == (0, 0)
    assert {article.title for article in replica.publisher.articles} == {title for title, _ in items}


async def test_while_the_broker_is_away_nothing_is_remembered_and_all_comes_afterwards(rig: Rig) -> None:
    bridge = rig.site.add_page("/bridge", "Bridge")
    rig.site.paths["/rss"] = Answer(rss_of(("Bridge", bridge)))
    rig.add("/rss")
    replica = rig.replica()
    replica.publisher.down = True
    await replica.poller.poll_due()
    listed = await rig.listed(replica)
    assert (listed.outcome, listed.status) == ("not_published", "ok")
    replica.publisher.down = False
    await rig.later(replica, 2)
    assert replica.titles == ["Bridge"]


async def test_a_feed_that_leaves_the_file_is_polled_no_more_and_brings_no_old_items_when_it_returns(rig: Rig) -> None:
    bridge = rig.site.add_page("/bridge", "Bridge")
    rig.site.paths["/rss"] = Answer(rss_of(("Bridge", bridge)))
    rig.add("/rss")
    replica = rig.replica()
    await replica.poller.poll_due()
    text = rig.file.read_text()
    rig.file.write_text("feeds: []\n")
    assert await rig.later(replica, 120) == 0
    rig.file.write_text(text)
    assert await rig.later(replica, 1) == 1
    assert replica.titles == ["Bridge"]


async def test_the_page_of_feeds_names_those_that_need_somebody_first_and_escapes_what_feeds_say(rig: Rig) -> None:
    rig.site.paths["/good"] = Answer(rss_of().replace(b"Courier", b"&lt;script&gt;alert(1)&lt;/script&gt;x &amp;lt;b"))
    rig.add("/good")
    rig.add("/missing")
    replica = rig.replica()
    await replica.poller.poll_due()
    found = await rig.list(replica)
    assert [(one.status, one.outcome) for one in found.feeds] == [("failing", "not_found"), ("ok", "no_items")]
    rig.file.write_text("feeds: 3\n")
    shown = page(await rig.list(replica))
    assert "<script" not in shown
    assert "not_found" in shown
    assert "give a list" in shown


async def test_no_item_is_given_up_because_the_pages_of_many_others_do_not_come(
    redis_server: EmbeddedRedis, tmp_path: Path
) -> None:
    async with opened_rig(redis_server, tmp_path, feed_max_items=150) as rig:
        items = [(f"Bridge {number}", f"{rig.site.url}/bridge{number}") for number in range(230)]
        for _, url in items:
            rig.site.paths[url.removeprefix(rig.site.url)] = Answer(status=503)
        rig.site.paths["/rss"] = Answer(rss_of(*items))
        rig.add("/rss")
        replica = rig.replica()
        await replica.poller.poll_due()
        await rig.later(replica, 2)
        await rig.later(replica, 2)
        listed = await rig.listed(replica)
        assert (listed.outcome, listed.given_up_items) == ("pages_failed", 0)
        for title, url in items:
            rig.site.add_page(url.removeprefix(rig.site.url), title)
        for _ in range(6):
            await rig.later(replica, 120)
        assert sorted(map(str, replica.titles)) == sorted(title for title, _ in items)


async def test_a_feed_whose_page_waits_long_for_the_turn_of_its_host_stays_with_its_replica(
    redis_server: EmbeddedRedis, tmp_path: Path
) -> None:
    async with opened_rig(redis_server, tmp_path, feed_lease_seconds=0.6) as rig:
        rig.clock = cast("Any", SystemClock())  # one that moves by itself
        bridge = rig.site.add_page("/bridge", "Bridge")
        rig.site.paths["/rss"] = Answer(rss_of(("Bridge", bridge)))
        rig.site.paths["/bridge"].seconds = 1.5
        rig.add("/rss")
        first, second = rig.replica(), rig.replica()
        polling = asyncio.create_task(first.poller.poll_due())
        await asyncio.wait({polling}, timeout=0.5)  # it has the feed and asks for the page
        while not polling.done():
            await second.poller.poll_due()
        assert (first.titles, second.titles) == (["Bridge"], [])
        assert (await rig.listed(first)).outcome == "fetched"


async def test_an_item_without_an_address_is_given_up_with_what_would_take_it(
    rig: Rig, capsys: pytest.CaptureFixture[str]
) -> None:
    rig.site.paths["/rss"] = Answer(
        b'<rss version="2.0"><channel><title>C</title><item><title>Bridge</title><guid isPermaLink="false">1</guid>'
        b"<description>The bridge reopened on Monday.</description></item></channel></rss>"
    )
    rig.add("/rss")
    replica = rig.replica()
    await replica.poller.poll_due()
    assert (await rig.listed(replica)).given_up_items == 1
    assert "its own text counts with `content: full_text`" in capsys.readouterr().out


async def test_a_feed_that_comes_back_to_the_file_is_polled_when_it_was_due_one_that_is_resumed_at_once(
    rig: Rig,
) -> None:
    rig.site.paths["/rss"] = Answer(status=429, headers={"Retry-After": "7200"})
    rig.add("/rss")
    replica = rig.replica()
    await replica.poller.poll_due()
    text = rig.file.read_text()
    for changed in ("", text):  # as an editor that empties a file before it writes it
        rig.file.write_text(changed)
        assert await rig.later(replica, 10) == 0
    for changed, polls_of_it in ((text + "    paused: true\n", 0), (text, 1)):
        rig.file.write_text(changed)
        assert await rig.later(replica, 1) == polls_of_it
