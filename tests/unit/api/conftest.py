from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from redis.asyncio import Redis

from services.api.app import create_app
from services.api.view_store import ViewStore
from services.runtime.http_guard import HttpGuard
from services.runtime.redis_client import open_redis
from services.runtime.settings import RuntimeSettings
from tests.support.brokers import running_redis


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server.url


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    """An empty Redis."""
    client = open_redis(RuntimeSettings(redis_url=redis_url))
    await client.flushall()
    yield client
    await client.aclose()


@pytest.fixture
async def http(redis: Redis) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the app over that Redis."""
    # As in the service's process, which guards whatever it serves.
    guarded = HttpGuard(create_app(ViewStore(redis)), RuntimeSettings(trusted_hosts="newsweave.test"))
    transport = httpx.ASGITransport(app=guarded)
    # Answers as they are; what compression changes is tested by itself (manners/test_compression.py).
    plain = {"Accept-Encoding": "identity"}
    async with httpx.AsyncClient(transport=transport, base_url="http://newsweave.test", headers=plain) as client:
        yield client
