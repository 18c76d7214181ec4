"""The Python client before a service that asks for keys and counts requests."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from newsweave.client import AccessError, AsyncNewsweave, BusyError
from services.local.ports import free_port
from services.runtime.api_keys import ApiKey, Scope, hash_of, key_text, write_keys
from services.runtime.clock import SystemClock
from tests.support.brokers import running_broker, running_redis
from tests.support.ingest_service import running_service

KEY = key_text("0123abcd", "5" * 64)
REQUESTS = 6
WINDOW_SECONDS = 2


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    folder = tmp_path_factory.mktemp("stores")
    with running_broker("embedded", folder / "broker") as broker, running_redis(folder / "redis") as redis:
        yield {
            "kafka_bootstrap_servers": broker.bootstrap_servers,
            "kafka_idempotence": broker.idempotence,
            "topic_partitions": 1,
            "redis_url": redis.url,
        }


@pytest.fixture
async def url(stores: dict[str, object], tmp_path: Path) -> AsyncIterator[str]:
    """An api that asks for keys, and lets each send six requests in two seconds."""
    entry = ApiKey(
        id="0123abcd", name="Desk", sha256=hash_of(KEY), scopes=(Scope.EVENTS_READ,), created_at=SystemClock().now()
    )
    write_keys(tmp_path / "keys.json", [entry])
    limits = {"rate_limit_requests": REQUESTS, "rate_limit_seconds": WINDOW_SECONDS}
    asked = {"roles": "http", "exposed": "yes", "keys_file": tmp_path / "keys.json"}
    async with running_service("api", tmp_path, port=free_port(), **stores, **limits, **asked) as running:
        yield str(running.client.base_url).rstrip("/")


async def test_a_client_that_asks_much_waits_as_long_as_it_must_and_is_never_refused(url: str) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(seconds)

    async with AsyncNewsweave(url, api_key=KEY, pause=pause) as client:
        for _ in range(2 * REQUESTS + 1):
            assert [event async for event in client.events()] == []
        limits = await client.limits()
    assert limits.requests is not None
    assert limits.requests.limit == REQUESTS
    assert limits.key is not None
    assert limits.key.name == "Desk"
    assert len(pauses) >= 2
    assert max(pauses) <= WINDOW_SECONDS


async def ask(client: AsyncNewsweave, *, times: int) -> None:
    for _ in range(times):
        await client.search()


async def test_without_patience_it_is_told_when_to_come_back(url: str) -> None:
    async with AsyncNewsweave(url, api_key=KEY, patience_seconds=0) as client:
        with pytest.raises(BusyError) as caught:
            await ask(client, times=2 * REQUESTS)
    assert caught.value.retry_after is not None
    assert 0 < caught.value.retry_after <= WINDOW_SECONDS


async def test_the_key_comes_from_the_environment_and_a_wrong_one_is_told(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with AsyncNewsweave(url) as client:
        with pytest.raises(AccessError, match="NEWSWEAVE_API_KEY_FILE"):
            await client.limits()
    (tmp_path / "key").write_text(f"{KEY}\n")
    monkeypatch.setenv("NEWSWEAVE_API_KEY_FILE", str(tmp_path / "key"))
    async with AsyncNewsweave(url) as client:
        assert (await client.limits()).keys_required
    monkeypatch.setenv("NEWSWEAVE_API_KEY", key_text("0123abcd", "6" * 64))
    async with AsyncNewsweave(url) as client:
        with pytest.raises(AccessError):
            await client.limits()
