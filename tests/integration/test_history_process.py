"""The end of the history, in the process that an operator runs."""

from pathlib import Path

import pytest
from redis.asyncio import Redis

from services.api.history.history_store import HistoryStore
from services.local.ports import free_port
from tests.support.brokers import running_broker, running_redis
from tests.support.ingest_service import running_service
from tests.support.polling import eventually_async
from tests.unit.api.history.test_history import growing
from tests.unit.api.history.test_http_history import tell

pytestmark = pytest.mark.timeout(180)


async def test_a_projector_with_an_end_of_the_history_drops_what_is_older(tmp_path: Path) -> None:
    with running_broker("embedded", tmp_path / "broker") as broker, running_redis(tmp_path / "redis") as store:
        redis = Redis.from_url(store.url)
        settings: dict[str, object] = {
            "kafka_bootstrap_servers": broker.bootstrap_servers,
            "kafka_idempotence": "false",
            "redis_url": store.url,
            "history_days": 30,
        }
        await tell(redis, *growing(5))  # of months ago
        async with running_service("api", tmp_path, port=free_port(), **settings) as service:

            async def only_the_newest_is_kept() -> bool:
                return [entry.version for entry in await HistoryStore(redis).versions("evt_a")] == [5]

            await eventually_async(only_the_newest_is_kept, what="the old versions are gone")
            gone = await service.client.get("/v1/events/evt_a", params={"version": 2})
            metrics = await service.client.get("/metrics")
        await redis.aclose()
    assert (gone.status_code, gone.json()["first_version"]) == (404, 5)
    assert 'newsweave_api_history_dropped_total{kind="version"} 4.0' in metrics.text
