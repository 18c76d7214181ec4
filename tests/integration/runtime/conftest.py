"""The runtime's suite runs against the embedded broker and, where KAFKA_HOME names one, Apache Kafka."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.support.brokers import broker_kinds, running_broker, running_redis
from tests.support.rig import Rig, open_rig


@pytest.fixture(scope="session", params=broker_kinds())
def broker(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, bool]]:
    """Address of a running broker, and whether it offers idempotence."""
    folder: Path = tmp_path_factory.mktemp(f"broker-{request.param}")
    with running_broker(request.param, folder) as running:
        yield running.bootstrap_servers, running.idempotence


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running Redis."""
    with running_redis(tmp_path_factory.mktemp("redis")) as running:
        yield running.url


@pytest.fixture
async def rig(broker: tuple[str, bool], redis_url: str) -> AsyncIterator[Rig]:
    """Topics of this test's own."""
    bootstrap_servers, idempotence = broker
    # The embedded broker lets a group go on only when the session of a member that left has run out; Apache Kafka
    # goes on at once, and takes no session below 6 s.
    session_timeout_ms = 6_000 if idempotence else 2_000
    async with open_rig(
        bootstrap_servers, redis_url, idempotence=idempotence, session_timeout_ms=session_timeout_ms
    ) as opened:
        yield opened
