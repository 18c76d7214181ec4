"""The deliverer as a process of its own, and what a kill in the middle of a delivery comes to."""

from pathlib import Path

import pytest
from redis.asyncio import Redis

from services.api.saved_searches.saved_search import SavedSearch
from services.api.saved_searches.saved_search_store import SavedSearchStore
from services.api.webhooks.delivery import DeliveryOutcome
from services.api.webhooks.delivery_store import DeliveryStore
from services.api.webhooks.webhook import Webhook
from services.api.webhooks.webhook_store import WebhookStore
from services.local.ports import free_port
from tests.support.brokers import running_broker, running_redis
from tests.support.ingest_service import running_service
from tests.support.polling import eventually, eventually_async
from tests.unit.api.examples import NOON, event
from tests.unit.api.view import project_events
from tests.unit.api.webhooks.rig import SECRET, hang, receiving, status

pytestmark = pytest.mark.timeout(180)


async def test_a_deliverer_that_is_killed_while_it_sends_loses_nothing(tmp_path: Path) -> None:
    with running_broker("embedded", tmp_path / "broker") as broker, running_redis(tmp_path / "redis") as store:
        redis = Redis.from_url(store.url)
        settings: dict[str, object] = {
            "roles": "deliver",
            "kafka_bootstrap_servers": broker.bootstrap_servers,
            "kafka_idempotence": "false",
            "redis_url": store.url,
            "webhook_allowed_hosts": "127.0.0.1",
            "webhook_allowed_ports": "*",
            "webhook_timeout_seconds": 60,
            "webhook_lease_seconds": 1,
        }
        async with receiving(hang) as receiver:
            await SavedSearchStore(redis).put(SavedSearch(name="all", created_at=NOON, changed_at=NOON))
            await WebhookStore(redis).add(
                Webhook(name="desk", url=receiver.url, saved="all", created_at=NOON, secret=SECRET)
            )
            await project_events(redis, [event("evt_a"), event("evt_b")])
            (tmp_path / "one").mkdir()
            async with running_service("api", tmp_path / "one", port=free_port(), **settings) as first:
                await eventually(lambda: len(receiver.received) == 2, what="both are being sent")
                first.process.kill()
            receiver.answer = status(200)
            (tmp_path / "two").mkdir()
            async with running_service("api", tmp_path / "two", port=free_port(), **settings):
                await eventually(lambda: len(receiver.received) == 4, what="both are sent again")

                async def all_delivered() -> bool:
                    return await outcomes(redis) == {DeliveryOutcome.DELIVERED}

                await eventually_async(all_delivered, what="both are noted")
        await redis.aclose()
    assert sorted(receiver.ids[:2]) == sorted(receiver.ids[2:])
    assert len(set(receiver.ids)) == 2


async def outcomes(redis: Redis) -> set[DeliveryOutcome]:
    store = DeliveryStore(redis)
    members = await store.members("desk", only_dead=False, before=None, after=None, most=10)
    return {each.outcome for each in await store.deliveries([member.split(" ")[1] for member in members])}
