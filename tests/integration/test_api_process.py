"""The api process: its pages outlive its projector."""

import asyncio
from pathlib import Path

import httpx
import pytest

from services.api import main
from services.api.app import create_app
from services.api.settings import ApiSettings
from services.api.view_store import ViewStore
from services.contracts.topics import CLAIMS_EXTRACTED, EVENT_CHANGED, EVENT_UPDATED
from services.dedupe.event_changes.changes import changes_between
from services.dedupe.event_changes.snapshot import build_snapshot
from services.runtime.admin import ensure_topics
from services.runtime.messages import Outgoing
from services.runtime.process import Service, open_service
from services.runtime.producer import Producer
from services.runtime.redis_client import open_redis
from tests.support.big_view import big_view
from tests.support.brokers import kill, running_broker, running_redis
from tests.support.logs import logging_as_before
from tests.support.polling import eventually_async
from tests.unit.api.examples import NOON, extracted


async def publish(settings: ApiSettings, article_id: str) -> None:
    producer = await Producer("extract", settings).start()
    value = extracted(article_id)
    await producer.publish([Outgoing(CLAIMS_EXTRACTED, article_id, value, id=f"{article_id}.1", time=NOON)])
    await producer.stop()


async def test_changes_and_snapshots_of_an_event_are_projected_side_by_side(tmp_path: Path) -> None:
    whole = big_view(150, 60)
    with running_broker("embedded", tmp_path / "broker") as broker, running_redis(tmp_path / "redis") as store:
        settings = ApiSettings(
            kafka_bootstrap_servers=broker.bootstrap_servers,
            kafka_idempotence=False,
            redis_url=store.url,
            http_port=0,
            topic_partitions=1,
            retry_seconds=0.2,
        )
        await ensure_topics(settings)
        producer = await Producer("dedupe", settings).start()
        key = whole.event_id
        await producer.publish([Outgoing(EVENT_UPDATED, key, build_snapshot(whole, 50_000), id=f"{key}:7", time=NOON)])
        await producer.publish(
            [Outgoing(EVENT_CHANGED, key, one, id=one.message_id, time=one.at) for one in changes_between(None, whole)]
        )
        await producer.stop()
        async with open_redis(settings) as redis:
            app = create_app(ViewStore(redis))
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://api")

            async def shown() -> bool:
                found = (await client.get(f"/v1/events/{key}/articles")).json()
                claims = (await client.get(f"/v1/events/{key}/claims")).json()
                return (found.get("total"), found.get("whole"), claims.get("total")) == (150, True, 60)

            with logging_as_before():
                topics = (CLAIMS_EXTRACTED, EVENT_UPDATED, EVENT_CHANGED)
                async with open_service("api", settings, app, consumes=topics, writes_store=True) as service:
                    projecting = asyncio.create_task(main.project(service, settings))
                    await eventually_async(shown, what="all articles and claims are listed")
                    service.stopping.set()
                    await projecting


async def test_pages_outlive_the_projector_which_goes_on_by_itself_also_on_another_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main, "PAUSE_SECONDS", 0.1)
    with running_broker("embedded", tmp_path / "broker") as broker, running_redis(tmp_path / "redis") as store:
        settings = ApiSettings(
            kafka_bootstrap_servers=broker.bootstrap_servers,
            kafka_idempotence=False,
            redis_url=store.url,
            http_port=0,
            topic_partitions=1,
            session_timeout_ms=2_000,
            retry_seconds=0.2,
        )
        async with open_redis(settings) as redis:
            app = create_app(ViewStore(redis))
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://api")

            async def shown(article_id: str) -> bool:
                return (await client.get(f"/v1/articles/{article_id}")).status_code == 200

            with logging_as_before():
                async with open_service(
                    "api", settings, app, consumes=(CLAIMS_EXTRACTED, EVENT_UPDATED, EVENT_CHANGED), writes_store=True
                ) as service:
                    projecting = asyncio.create_task(main.keep_projecting(service, settings))
                    await publish(settings, "art_1")
                    await eventually_async(lambda: shown("art_1"))
                    kill(store)
                    await eventually_async(lambda: has_stopped(service), what="the projector has stopped")
                    assert (await client.get("/v1/articles/art_1")).status_code == 503
                    kill(broker)
                    broker.start()  # an empty log: what was kept of the one before does not apply
                    await ensure_topics(settings)
                    await publish(settings, "art_2")
                    store.start()
                    assert await shown("art_1")
                    await eventually_async(lambda: shown("art_2"), what="the projector goes on")
                    assert not projecting.done()
                    service.stopping.set()
                    await projecting


async def has_stopped(service: Service) -> bool:
    return f"consumes {CLAIMS_EXTRACTED.name}" in await service.readiness.unmet()
