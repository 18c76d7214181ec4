"""Ingest as a process that polls feeds: killed at any moment, twice side by side, and with a bad file."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED
from services.ingest.feeds.listing import NO_FEEDS
from services.local.ports import free_port
from services.runtime.settings import RuntimeSettings
from tests.support.brokers import running_broker, running_redis
from tests.support.feed_site import Path as Answer
from tests.support.feed_site import feed_site, rss_of
from tests.support.ingest_service import running_ingest
from tests.support.polling import eventually, eventually_async
from tests.support.rig import read_topic
from tests.support.websub_hub import websub_hub


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Settings of ingest for a running broker and store, and for feeds of this machine."""
    with running_broker("embedded", tmp_path / "broker") as broker, running_redis(tmp_path / "redis") as redis:
        yield {
            "kafka_bootstrap_servers": broker.bootstrap_servers,
            "kafka_idempotence": broker.idempotence,
            "redis_url": redis.url,
            "fetch_allowed_hosts": "127.0.0.1",
            "fetch_allowed_ports": "*",
            "fetch_host_delay_seconds": 0,
            "feeds_file": tmp_path / "feeds.yaml",
        }


async def published(servers: dict[str, Any]) -> list[Article]:
    """All that is on the topic."""
    settings = RuntimeSettings(
        kafka_bootstrap_servers=servers["kafka_bootstrap_servers"], kafka_idempotence=servers["kafka_idempotence"]
    )
    records = await read_topic(settings, ARTICLE_INGESTED.name)
    return [Article.model_validate_json(record.value) for record in records if record.value is not None]


@pytest.mark.timeout(120)
async def test_kill_9_at_any_moment_loses_no_item_and_publishes_none_under_a_second_id(
    servers: dict[str, Any], tmp_path: Path
) -> None:
    port = free_port()
    with feed_site() as site:
        names = [f"Item {number}" for number in range(24)]
        items = [(name, site.add_page(f"/{number}", name)) for number, name in enumerate(names)]
        for half in (0, 1):
            site.paths[f"/rss{half}"] = Answer(rss_of(*items[half::2]))
        servers["feeds_file"].write_text(f"feeds:\n  - {site.url}/rss0\n  - {site.url}/rss1\n")

        def pages_asked() -> int:
            return sum(site.asked(f"/{number}") for number in range(24))

        for more in (1, 4, 7):
            before = pages_asked()
            async with running_ingest(tmp_path, port=port, feed_lease_seconds=1, **servers) as ingest:
                await eventually(lambda: pages_asked() >= before + more, seconds=30)  # noqa: B023 - within the round
                ingest.process.kill()
        async with running_ingest(tmp_path, port=port, feed_lease_seconds=1, **servers) as ingest:

            async def done() -> bool:
                feeds = (await ingest.client.get("/v1/feeds")).json()["feeds"]
                return all(feed["outcome"] == "fetched" for feed in feeds)

            await eventually_async(done, seconds=60)
            ids = defaultdict(set)
            for article in await published(servers):
                ids[article.url].add((article.article_id, article.revision))
            assert sorted(map(str, ids)) == sorted(url for _, url in items)
            assert {len(one) for one in ids.values()} == {1}


@pytest.mark.timeout(120)
async def test_of_two_processes_one_polls_each_feed(servers: dict[str, Any], tmp_path: Path) -> None:
    with feed_site() as site:
        for number in range(20):
            item = (f"Item {number}", site.add_page(f"/{number}", f"Item {number}"))
            site.paths[f"/rss{number}"] = Answer(rss_of(item))
        lines = "".join(f"  - {site.url}/rss{number}\n" for number in range(20))
        servers["feeds_file"].write_text(f"feeds:\n{lines}")
        folders = [tmp_path / "one", tmp_path / "other"]
        for folder in folders:
            folder.mkdir()
        async with (
            running_ingest(folders[0], port=free_port(), **servers) as one,
            running_ingest(folders[1], port=free_port(), **servers) as other,
        ):

            async def polls() -> float:
                sample = 'newsweave_ingest_feed_polls_total{outcome="fetched"}'
                return sum(await asyncio.gather(one.metric(sample), other.metric(sample)))

            async def all_polled() -> bool:
                return await polls() >= 20

            await eventually_async(all_polled, seconds=60)
            assert await polls() == 20
        assert {site.asked(f"/rss{number}") for number in range(20)} == {1}
        assert len(await published(servers)) == 20


async def test_a_bad_file_leaves_ingest_ready_and_the_last_good_feeds_in_force(
    servers: dict[str, Any], tmp_path: Path
) -> None:
    with feed_site() as site:
        site.paths["/rss"] = Answer(rss_of(("Bridge", site.add_page("/bridge", "Bridge"))))
        servers["feeds_file"].write_text(f"feeds:\n  - {site.url}/rss\n  - {site.url}/missing\n")
        async with running_ingest(tmp_path, port=free_port(), **servers) as ingest:

            async def listed() -> dict[str, str]:
                feeds = (await ingest.client.get("/v1/feeds")).json()["feeds"]
                return {feed["url"].rpartition("/")[2]: feed["status"] for feed in feeds}

            async def polled() -> bool:
                return await listed() == {"rss": "ok", "missing": "failing"}

            await eventually_async(polled)
            servers["feeds_file"].write_text("feeds:\n  - nonsense\n")

            async def reported() -> bool:
                return (await ingest.client.get("/v1/feeds")).json()["problem"] is not None

            await eventually_async(reported)
            assert await polled()
            assert (await ingest.client.get("/readyz")).status_code == 200
            shown = await ingest.client.get("/feeds")
            assert shown.headers["content-type"].startswith("text/html")
            assert "nonsense" in shown.text
            assert await ingest.metric("newsweave_ingest_feeds_file_is_bad") == 1


async def test_without_a_file_no_feeds_are_polled_and_the_list_is_empty(
    servers: dict[str, Any], tmp_path: Path
) -> None:
    del servers["feeds_file"]
    async with running_ingest(tmp_path, port=free_port(), **servers) as ingest:
        assert (await ingest.client.get("/v1/feeds")).json() == {"file": "", "problem": None, "feeds": []}
        assert NO_FEEDS in (await ingest.client.get("/feeds")).text


@pytest.mark.timeout(120)
async def test_a_push_that_was_acknowledged_survives_kill_9(servers: dict[str, Any], tmp_path: Path) -> None:
    port = free_port()
    servers |= {"websub_callback_base_url": f"http://127.0.0.1:{port}", "feed_lease_seconds": 1}
    with feed_site() as site, websub_hub() as hub:
        links = f'<{hub.url}>; rel="hub", </rss>; rel="self"'
        site.paths["/rss"] = Answer(rss_of(("Old", site.add_page("/old", "Old"))), headers={"Link": links})
        servers["feeds_file"].write_text(f"feeds:\n  - {site.url}/rss\n")
        async with running_ingest(tmp_path, port=port, **servers) as ingest:
            await eventually(lambda: hub.verifications == [("subscribe", 200)])
            new, old = (site.add_page(f"/{title.lower()}", title) for title in ("New", "Old"))
            site.paths["/rss"].body = rss_of(("New", new), ("Old", old))
            assert await asyncio.to_thread(hub.push) == [202]
            assert await ingest.metric('newsweave_ingest_hub_calls_total{outcome="pushed"}') == 1
            ingest.process.kill()
        async with running_ingest(tmp_path, port=port, **servers) as ingest:
            await eventually(lambda: site.asked("/new") == 1, seconds=60)

            async def is_published() -> bool:
                return [article.title for article in await published(servers)] == ["Old", "New"]

            await eventually_async(is_published)
            assert await ingest.metric('newsweave_ingest_feed_polls_total{outcome="fetched"}') == 1
        assert hub.modes == ["subscribe"]
