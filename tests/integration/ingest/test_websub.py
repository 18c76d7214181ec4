"""Feeds whose hubs push: a hub that speaks HTTP as real ones do, our callbacks over HTTP, a real Redis."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from prometheus_client import REGISTRY

from services.ingest.feeds.listing import ListedFeed, page
from services.ingest.feeds.routes import FeedsPlace
from services.ingest.feeds.running import open_websub
from services.ingest.feeds.store import FeedStore
from services.ingest.feeds.websub.routes import websub_router
from services.ingest.feeds.websub.subscription import denied, pushed
from services.local.ports import free_port
from services.local.redis import EmbeddedRedis
from services.runtime.http_guard import HttpGuard
from services.runtime.http_server import serving
from services.runtime.redis_client import open_redis
from tests.support.brokers import running_redis
from tests.support.feed_rig import START, Replica, Rig, opened_rig
from tests.support.feed_site import Path as Answer
from tests.support.feed_site import rss_of
from tests.support.polling import eventually, eventually_async
from tests.support.websub_hub import WebSubHub, call, push, sign, websub_hub

DAY = 24 * 60.0
BODY = b"<rss>what the hub says does not matter</rss>"


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    with running_redis(tmp_path_factory.mktemp("redis-of-websub")) as server:
        yield server


@dataclass
class Subscribed:
    """A feed that names a hub, an ingest that hubs reach, and the hub."""

    rig: Rig
    hub: WebSubHub
    replica: Replica
    feed: str
    place: FeedsPlace

    @property
    def request(self) -> dict[str, str]:
        """The last one to the hub."""
        return self.hub.requests[-1]

    @property
    def callback(self) -> str:
        return self.request["hub.callback"]

    async def later(self, minutes: float) -> int:
        """Move the clock on, poll what is due and look at subscriptions; the number of polls."""
        polls = await self.rig.later(self.replica, minutes)
        await self.look()
        return polls

    async def look(self) -> None:
        """Look at the subscriptions that are due, and let the hub verify."""
        assert self.replica.websub is not None
        while await self.replica.websub.subscriber.look_at_due():
            pass
        await eventually(lambda: not self.hub.in_hand)

    async def push(self, body: bytes = BODY, request: dict[str, str] | None = None) -> int:
        """Push with a right signature to the callback of a request, else of the last one; the status."""
        request = request or self.request
        return await asyncio.to_thread(
            push, request["hub.callback"], body, f"sha256={sign(request['hub.secret'], body)}"
        )

    async def listed(self) -> ListedFeed:
        return await self.rig.listed(self.replica)

    async def status(self) -> str | None:
        return (await self.listed()).subscription

    def publish(self, *titles: str) -> None:
        """Put items into the feed."""
        items = [(title, self.rig.site.add_page(f"/{title}", title)) for title in titles]
        self.rig.site.paths["/rss"].body = rss_of(*items)


@asynccontextmanager
async def opened(server: EmbeddedRedis, folder: Path, **settings: Any) -> AsyncIterator[Subscribed]:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    given = {"websub_callback_base_url": base, "http_port": port} | settings
    async with opened_rig(server, folder, **given) as rig:
        with websub_hub() as hub:
            links = f'<{hub.url}>; rel="hub", </rss>; rel="self"'
            rig.site.paths["/rss"] = Answer(rss_of(), headers={"Link": links})
            feed = rig.add("/rss")
            place, replica = FeedsPlace(), rig.replica()
            place.callbacks = replica.websub.callbacks if replica.websub else None
            app = FastAPI(openapi_url=None)
            app.include_router(websub_router(place, rig.settings))
            async with serving(HttpGuard(app, rig.settings), rig.settings, asyncio.Event()):
                subscribed = Subscribed(rig, hub, replica, feed, place)
                subscribed.publish("Old")
                await replica.poller.poll_due()
                yield subscribed


@pytest.fixture
async def subscribed(redis_server: EmbeddedRedis, tmp_path: Path) -> AsyncIterator[Subscribed]:
    async with opened(redis_server, tmp_path) as made:
        yield made


def calls(outcome: str) -> float:
    return REGISTRY.get_sample_value("newsweave_ingest_hub_calls_total", {"outcome": outcome}) or 0.0


def requests(outcome: str, mode: str = "subscribe") -> float:
    labels = {"mode": mode, "outcome": outcome}
    return REGISTRY.get_sample_value("newsweave_ingest_hub_requests_total", labels) or 0.0


async def test_a_push_brings_an_item_at_once(subscribed: Subscribed) -> None:
    await subscribed.look()
    request = subscribed.request
    assert (request["hub.mode"], request["hub.topic"]) == ("subscribe", subscribed.feed)
    assert request["hub.lease_seconds"] == "864000"
    assert len(request["hub.secret"]) >= 40
    assert subscribed.hub.verifications == [("subscribe", 200)]
    listed = await subscribed.listed()
    assert (listed.subscription, listed.hub_url) == ("active", subscribed.hub.url)
    assert listed.lease_ends_at == START + timedelta(days=10)
    assert "<td>active</td>" in page(await subscribed.rig.list(subscribed.replica))
    subscribed.publish("New", "Old")
    assert await subscribed.later(1) == 0, "it is not due by itself"
    before = calls("pushed")
    assert await subscribed.push() == 202
    assert await subscribed.replica.poller.poll_due() == 1
    assert subscribed.replica.titles == ["Old", "New"]
    assert calls("pushed") == before + 1
    assert (await subscribed.listed()).pushed_at == subscribed.rig.clock.now()


@pytest.mark.parametrize("method", ["sha1", "sha512"])
async def test_a_push_may_be_signed_by_other_methods(subscribed: Subscribed, method: str) -> None:
    await subscribed.look()
    before = calls("pushed")
    assert await asyncio.to_thread(subscribed.hub.push, BODY, method=method) == [202]
    assert calls("pushed") == before + 1


@pytest.mark.parametrize(
    "signature",
    [None, "sha256=" + "0" * 64, f"sha256={sign('another', BODY)}", "md5=0"],
    ids=["none", "zeros", "other secret", "method"],
)
async def test_a_push_without_a_right_signature_is_acknowledged_ignored_and_counted(
    subscribed: Subscribed, signature: str | None
) -> None:
    await subscribed.look()
    before = calls("bad_signature")
    assert await asyncio.to_thread(push, subscribed.callback, BODY, signature) == 202
    assert await subscribed.later(1) == 0
    assert calls("bad_signature") == before + 1
    assert (await subscribed.listed()).pushed_at is None


async def test_only_what_was_asked_for_is_verified(subscribed: Subscribed) -> None:
    subscribed.hub.verifies = False
    await subscribed.look()
    hub, request, before = subscribed.hub, subscribed.request, calls("not_asked")
    wrong: list[tuple[dict[str, str], dict[str, str]]] = [
        (request, {"topic": "https://courier.example/another"}),
        (request, {"mode": "unsubscribe"}),
        (request, {"mode": "nonsense"}),
        (request, {"challenge": ""}),
        (request | {"hub.callback": subscribed.callback[:-1] + "~"}, {}),
        (request | {"hub.callback": subscribed.callback[:-6] + "aaaaaa"}, {}),
        (request | {"hub.callback": subscribed.callback.replace("/websub/", "/websub/0")}, {}),
    ]
    for asked, changed in wrong:
        assert await asyncio.to_thread(hub.verify, asked, **changed) == 404, changed
    assert calls("not_asked") == before + len(wrong)
    assert await subscribed.status() == "asked"
    assert await asyncio.to_thread(hub.verify, request) == 200
    assert await asyncio.to_thread(hub.verify, request) == 200, "a hub that did not get our answer asks again"
    assert await subscribed.status() == "active"


async def test_a_subscription_is_renewed_before_its_lease_ends_and_pushes_go_on(subscribed: Subscribed) -> None:
    subscribed.hub.lease_seconds = 3 * 24 * 3600
    await subscribed.look()
    first = subscribed.request
    await subscribed.later(1.9 * DAY)
    assert len(subscribed.hub.requests) == 1
    await subscribed.later(0.2 * DAY)
    assert subscribed.hub.requests == [first, first], "callback and secret stay the same"
    listed = await subscribed.listed()
    assert listed.lease_ends_at == subscribed.rig.clock.now() + timedelta(days=3)
    subscribed.publish("New", "Old")
    await subscribed.later(1)
    await subscribed.push()
    await subscribed.later(1)
    assert subscribed.replica.titles == ["Old", "New"]


async def test_a_hub_that_says_no_is_reported_and_asked_again_a_day_later_and_polls_go_on(
    subscribed: Subscribed,
) -> None:
    await subscribed.look()
    first, before = subscribed.request, calls("denied")
    assert await asyncio.to_thread(subscribed.hub.deny, first, "not on\nthis plan") == 200
    listed = await subscribed.listed()
    assert (listed.subscription, listed.subscription_reason) == ("denied", "denied by the hub: not onthis plan")
    assert "not onthis plan" in page(await subscribed.rig.list(subscribed.replica))
    assert calls("denied") == before + 1
    assert await asyncio.to_thread(subscribed.hub.verify, first) == 404
    subscribed.publish("New", "Old")
    assert await subscribed.later(60) == 1
    assert subscribed.replica.titles == ["Old", "New"]
    await subscribed.later(22 * 60)
    assert len(subscribed.hub.requests) == 1
    await subscribed.later(2 * 60)
    second = subscribed.request
    assert (first["hub.callback"] != second["hub.callback"], first["hub.secret"] != second["hub.secret"]) == (True,) * 2
    assert await subscribed.status() == "active"


async def test_a_hub_that_never_verifies_is_reported_and_asked_again_and_polls_go_on(subscribed: Subscribed) -> None:
    subscribed.hub.verifies = False
    await subscribed.look()
    assert await subscribed.status() == "asked"
    before = requests("unverified")
    subscribed.publish("New", "Old")
    await subscribed.later(11)
    listed = await subscribed.listed()
    assert (listed.subscription, listed.status) == ("failing", "ok")
    assert listed.subscription_reason == "the hub has not verified the request within 10 minutes"
    assert requests("unverified") == before + 1
    assert subscribed.replica.titles == ["Old", "New"]
    subscribed.hub.verifies = True
    await subscribed.later(11)
    assert subscribed.hub.modes == ["subscribe", "subscribe"]
    assert await subscribed.status() == "active"


@pytest.mark.parametrize(
    ("status", "headers", "outcome"),
    [
        (500, {}, "server_error"),
        (429, {"Retry-After": "7200"}, "rate_limited"),
        (302, {"Location": "/elsewhere"}, "bad_response"),
        (307, {"Location": "http://169.254.169.254/hub"}, "refused_address"),
        (308, {"Location": "/"}, "too_many_redirects"),
    ],
)
async def test_a_hub_that_does_not_take_a_request_is_asked_again_later(
    subscribed: Subscribed, status: int, headers: dict[str, str], outcome: str
) -> None:
    hub, before = subscribed.hub, requests(outcome)
    hub.status, hub.headers = status, headers
    await subscribed.look()
    listed = await subscribed.listed()
    assert listed.subscription == "failing"
    assert str(listed.subscription_reason).startswith(outcome)
    assert requests(outcome) == before + 1
    hub.status, hub.headers = 202, {}
    asked = len(hub.requests)
    await subscribed.later(11)
    assert len(hub.requests) == asked + (status != 429), "it was told when to come again"
    await subscribed.later(120)
    assert await subscribed.status() == "active"


async def test_a_hub_at_an_address_of_our_own_network_is_not_asked(subscribed: Subscribed) -> None:
    links = '<http://169.254.169.254/hub>; rel="hub", </rss>; rel="self"'
    subscribed.rig.site.paths["/rss"].headers["Link"] = links
    await subscribed.look()
    subscribed.publish("New", "Old")
    await subscribed.later(60)
    listed = await subscribed.listed()
    assert (listed.subscription, listed.hub_url) == ("failing", "http://169.254.169.254/hub")
    assert str(listed.subscription_reason).startswith("refused_address")
    assert await asyncio.to_thread(subscribed.hub.push) == [410], "the hub before it is told to stop"


@pytest.mark.parametrize("ends", ["paused", "removed", "gone"])
async def test_a_feed_that_is_polled_no_more_is_unsubscribed_and_its_pushes_are_refused(
    subscribed: Subscribed, ends: str
) -> None:
    await subscribed.look()
    rig, first = subscribed.rig, subscribed.request
    if ends == "gone":
        rig.site.paths["/rss"].status = 410
        await subscribed.later(60)
    else:
        rig.file.write_text(rig.file.read_text() + "    paused: true\n" if ends == "paused" else "feeds: []\n")
        await subscribed.later(1)
        assert await subscribed.push(request=first) == 410
        assert len(subscribed.hub.requests) == 1, "it may be back at once"
        await subscribed.later(5)
    assert subscribed.hub.modes == ["subscribe", "unsubscribe"]
    assert subscribed.request["hub.callback"] == first["hub.callback"]
    assert subscribed.hub.verifications == [("subscribe", 200), ("unsubscribe", 200)]
    assert subscribed.hub.subscribers == {}
    assert await asyncio.to_thread(push, first["hub.callback"], BODY, None) == 410
    await subscribed.later(10 * DAY)
    assert len(subscribed.hub.requests) == 2


async def test_a_feed_that_names_no_hub_any_more_is_unsubscribed_and_polled_on(subscribed: Subscribed) -> None:
    await subscribed.look()
    subscribed.rig.site.paths["/rss"].headers.clear()
    subscribed.publish("New", "Old")
    assert await subscribed.later(60) == 1
    assert subscribed.hub.modes == ["subscribe", "unsubscribe"]
    listed = await subscribed.listed()
    assert (listed.hub_url, listed.subscription, subscribed.replica.titles) == (None, None, ["Old", "New"])


async def test_a_hub_that_does_not_end_a_subscription_is_asked_three_times(subscribed: Subscribed) -> None:
    await subscribed.look()
    subscribed.hub.status = 500
    subscribed.rig.file.write_text(subscribed.rig.file.read_text() + "    paused: true\n")
    await subscribed.later(1)
    await subscribed.later(5)
    assert await subscribed.status() == "ending"
    for _ in range(6):
        await subscribed.later(11)
    assert subscribed.hub.modes == ["subscribe"] + ["unsubscribe"] * 3
    assert await subscribed.status() is None


async def test_a_feed_that_leaves_the_file_for_a_moment_stays_subscribed(subscribed: Subscribed) -> None:
    await subscribed.look()
    text = subscribed.rig.file.read_text()
    for changed in ("feeds: []\n", text):
        subscribed.rig.file.write_text(changed)
        await subscribed.later(1)
    await subscribed.later(30)
    assert subscribed.hub.modes == ["subscribe"]
    assert await subscribed.status() == "active"


async def test_a_push_during_a_poll_takes_nothing_from_it_and_the_feed_is_polled_again_after_it(
    subscribed: Subscribed,
) -> None:
    await subscribed.look()
    other = subscribed.rig.replica()
    await other.poller.poll_due()
    subscribed.publish("New", "Old")
    subscribed.rig.clock.moment += timedelta(hours=2)
    hold = subscribed.replica.publisher.hold = asyncio.Event()
    polling = asyncio.create_task(subscribed.replica.poller.poll_due())
    await subscribed.replica.publisher.waiting.wait()
    subscribed.publish("Newer", "New", "Old")
    assert await subscribed.push() == 202
    assert await other.poller.poll_due() == 0
    hold.set()
    assert await polling == 1
    assert (await subscribed.listed()).outcome == "fetched"
    assert await subscribed.later(0.3) == 1
    assert subscribed.replica.titles == ["Old", "New", "Newer"]


async def test_many_pushes_are_one_poll_and_what_the_server_asked_for_goes_before_them(subscribed: Subscribed) -> None:
    await subscribed.look()
    await subscribed.later(1)
    for _ in range(20):
        assert await subscribed.push() == 202
    assert await subscribed.later(0) == 1
    for _ in range(20):
        assert await subscribed.push() == 202
    assert await subscribed.later(0.2) == 0
    subscribed.rig.site.paths["/rss"].status = 429
    subscribed.rig.site.paths["/rss"].headers["Retry-After"] = "3600"
    assert await subscribed.later(0.1) == 1
    await subscribed.push()
    assert await subscribed.later(59) == 0


async def test_a_push_before_the_feed_has_changed_everywhere_is_followed_by_a_second_poll(
    subscribed: Subscribed,
) -> None:
    await subscribed.look()
    await subscribed.later(1)
    await subscribed.push()
    assert await subscribed.later(0) == 1
    subscribed.publish("New", "Old")
    assert await subscribed.later(1.2) == 1
    assert subscribed.replica.titles == ["Old", "New"]


async def test_a_push_of_more_bytes_than_a_feed_may_have_is_refused_and_none_of_it_kept(
    redis_server: EmbeddedRedis, tmp_path: Path
) -> None:
    async with opened(redis_server, tmp_path, feed_max_bytes=50_000) as subscribed:
        await subscribed.look()
        before = calls("too_large")
        assert await subscribed.push(b"x" * 50_000) == 202
        assert await subscribed.push(b"x" * 50_001) == 413
        assert calls("too_large") == before + 1


async def test_a_push_whose_body_does_not_come_is_given_up(redis_server: EmbeddedRedis, tmp_path: Path) -> None:
    async with opened(redis_server, tmp_path, body_grace_seconds=0.1) as subscribed:
        await subscribed.look()
        port, path = subscribed.rig.settings.http_port, subscribed.callback.partition("/websub/")[2]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST /websub/{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nabc"
        writer.write(head.encode())
        async with asyncio.timeout(20):
            assert (await reader.readline()).startswith(b"HTTP/1.1 408")
        writer.close()


async def test_while_the_store_is_away_hubs_are_told_to_come_again(subscribed: Subscribed) -> None:
    await subscribed.look()
    rig = subscribed.rig
    settings = rig.settings.model_copy(update={"redis_url": f"redis://127.0.0.1:{free_port()}/0"})
    async with open_redis(settings) as away:
        websub = open_websub(settings, FeedStore(away), away, rig.fetcher, rig.clock)
        assert websub is not None
        subscribed.place.callbacks = websub.callbacks
        assert await subscribed.push() == 503
        assert await asyncio.to_thread(subscribed.hub.verify, subscribed.request) == 503


async def test_of_two_who_change_a_subscription_at_once_the_second_is_told(subscribed: Subscribed) -> None:
    await subscribed.look()
    assert subscribed.replica.websub is not None
    store, (feed,) = subscribed.replica.websub.store, subscribed.replica.poller.file.feeds
    stored = await store.read(feed)
    assert stored.subscription is not None
    assert await store.replace(stored, pushed(stored.subscription, START))
    assert not await store.replace(stored, denied(stored.subscription, "no", START))
    assert await subscribed.status() == "active"


async def test_an_index_that_has_not_changed_keeps_its_hub(subscribed: Subscribed) -> None:
    site, rig = subscribed.rig.site, subscribed.rig
    links = f'<{subscribed.hub.url}>; rel="hub", </index>; rel="self"'
    index = f"<sitemapindex><sitemap><loc>{site.url}/map</loc></sitemap></sitemapindex>"
    site.paths["/index"] = Answer(index.encode(), "application/xml", headers={"Link": links})
    site.paths["/map"] = Answer(f"<urlset><url><loc>{site.add_page('/a', 'A')}</loc></url></urlset>".encode())
    rig.lines.clear()
    rig.add("/index")
    await subscribed.later(1)
    site.paths["/index"].headers.clear()  # many servers say nothing with a 304
    site.paths["/map"] = Answer(f"<urlset><url><loc>{site.add_page('/b', 'B')}</loc></url></urlset>".encode())
    assert await subscribed.later(60) == 1
    listed = await subscribed.listed()
    assert (listed.subscription, listed.hub_url, listed.published_items) == ("active", subscribed.hub.url, 2)


async def test_callbacks_have_a_rate_limit(redis_server: EmbeddedRedis, tmp_path: Path) -> None:
    async with opened(redis_server, tmp_path, rate_limit_requests=5) as subscribed:
        statuses = [
            (await asyncio.to_thread(call, f"{subscribed.rig.settings.websub_callback_base_url}/websub/a/b"))[0]
            for _ in range(7)
        ]
        assert statuses == [404] * 5 + [429] * 2


async def test_of_two_replicas_one_subscribes_and_either_takes_what_the_hub_says(subscribed: Subscribed) -> None:
    other = subscribed.rig.replica()
    assert other.websub is not None
    assert subscribed.replica.websub is not None
    looks = await asyncio.gather(
        subscribed.replica.websub.subscriber.look_at_due(), other.websub.subscriber.look_at_due()
    )
    assert sorted(looks) == [0, 1]

    async def active() -> bool:
        return await subscribed.status() == "active"

    await eventually_async(active)
    assert len(subscribed.hub.requests) == 1
    subscribed.publish("New", "Old")
    await subscribed.rig.later(other, 1)
    await subscribed.push()
    assert await other.poller.poll_due() == 1
    assert other.titles == ["New"]


async def test_after_a_start_with_another_address_for_hubs_every_feed_is_subscribed_to_anew(
    subscribed: Subscribed,
) -> None:
    await subscribed.look()
    base = f"http://localhost:{subscribed.rig.settings.http_port}"
    subscribed.rig.settings = subscribed.rig.settings.model_copy(update={"websub_callback_base_url": base})
    websub, stopping = subscribed.rig.replica().websub, asyncio.Event()
    assert websub is not None
    running = asyncio.create_task(websub.subscriber.run(stopping))
    await eventually(lambda: len(subscribed.hub.subscribers) == 2)
    stopping.set()
    await running
    assert subscribed.callback.startswith(f"{base}/websub/")
    first = subscribed.hub.requests[0]
    assert await subscribed.push(request=first) == 410


async def test_without_an_address_for_hubs_none_is_asked(redis_server: EmbeddedRedis, tmp_path: Path) -> None:
    async with opened(redis_server, tmp_path, websub_callback_base_url="") as subscribed:
        assert subscribed.replica.websub is None
        listed = await subscribed.listed()
        assert (listed.hub_url, listed.subscription) == (subscribed.hub.url, None)
        callback = f"http://127.0.0.1:{subscribed.rig.settings.http_port}/websub/{'0' * 16}/{'a' * 43}"
        assert await asyncio.to_thread(push, callback, BODY, None) == 503
