"""Real brokers and a real Redis for tests, each as a child process in a folder of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.local.apache_kafka import ApacheKafka
from services.local.broker import EmbeddedBroker
from services.local.redis import EmbeddedRedis
from services.local.server import Server


def kafka_home() -> Path | None:
    """The Apache Kafka that KAFKA_HOME names, if any."""
    home = os.environ.get("KAFKA_HOME")
    return Path(home).resolve() if home else None


def broker_kinds() -> tuple[str, ...]:
    """The brokers that can run here: parameters for fixtures."""
    return ("embedded", "apache") if kafka_home() else ("embedded",)


@contextmanager
def running_broker(kind: str, folder: Path) -> Iterator[EmbeddedBroker | ApacheKafka]:
    """A broker of this kind (`embedded`, `apache`) for as long as the block runs."""
    home = kafka_home()
    broker: EmbeddedBroker | ApacheKafka
    if kind == "embedded":
        broker = EmbeddedBroker(folder)
    else:
        assert home is not None, "KAFKA_HOME is not set"
        broker = ApacheKafka(folder, home=home)
    with broker:
        yield broker


@contextmanager
def running_redis(folder: Path) -> Iterator[EmbeddedRedis]:
    """A Redis 8 with an append-only file in `folder` for as long as the block runs."""
    with EmbeddedRedis(folder) as redis:
        yield redis


def kill(server: Server) -> None:
    """End a server as kill -9 does: nothing is written any more. `start` runs it again on the same port and folder."""
    assert server.child is not None
    server.child.kill()
