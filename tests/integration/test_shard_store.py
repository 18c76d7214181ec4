"""Loading a shard from a Redis that is restarted meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from services.dedupe.clustering.shard import Shard
from services.dedupe.signals.terms import TermStatistics
from services.dedupe.store import shard_store
from services.dedupe.store.shard_store import ShardStore
from services.local.redis import EmbeddedRedis
from services.runtime.errors import TransientError
from services.runtime.redis_client import open_redis
from services.runtime.settings import RuntimeSettings
from tests.support.arrivals import cosine_decision
from tests.support.brokers import kill, running_redis


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedRedis]:
    with running_redis(tmp_path) as running:
        yield running


async def test_a_shard_whose_redis_is_restarted_while_it_loads_is_not_taken_for_whole(
    server: EmbeddedRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_process = server.child

    def restart_redis(_packed: bytes) -> None:
        if server.child is first_process:
            kill(server)
            server.start()

    monkeypatch.setattr(shard_store, "_unpack_if_current", restart_redis)
    empty = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1000)
    async with open_redis(RuntimeSettings(redis_url=server.url)) as redis:
        # More than Redis keeps in one piece, and more than one part of the scan.
        await redis.hset("dedupe:main:live", mapping={f"art_{number}": b"" for number in range(2000)})
        with pytest.raises(TransientError):
            await ShardStore(redis).load_shard("main", Shard(cosine_decision(), empty))
