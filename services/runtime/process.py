"""A service as a process: signals, HTTP with health and metrics, broker, store, started and stopped in order."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import structlog
from fastapi import FastAPI
from redis.asyncio import Redis

from services.contracts.base import Contract
from services.contracts.topics import Topic
from services.runtime.admin import ensure_topics
from services.runtime.clock import Clock, SystemClock
from services.runtime.consumer import Consumer
from services.runtime.garbage import let_collector_rest
from services.runtime.handlers import Handler
from services.runtime.health import Readiness, add_health_routes
from services.runtime.http_guard import HttpGuard
from services.runtime.http_server import serving
from services.runtime.kafka_client import group_member
from services.runtime.logs import configure_logs
from services.runtime.producer import Producer
from services.runtime.redis_client import check_reads, check_writes, open_redis
from services.runtime.retry import retrying
from services.runtime.settings import RuntimeSettings
from services.runtime.stopping import cut_short

M = TypeVar("M", bound=Contract)
log = structlog.get_logger()

_CONNECTED = "connected"
STOPPED_EARLY = 0
"""Exit code of a service that was asked to stop before it had connected: it did what it was told."""


@dataclass
class Service:
    """What a running service stands on."""

    name: str
    settings: RuntimeSettings
    clock: Clock
    producer: Producer
    redis: Redis
    cluster_id: str
    readiness: Readiness
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def consume(
        self,
        topic: Topic,
        handler: Handler[M],
        *,
        max_batch_messages: int | None = None,
    ) -> None:
        """Run `handler` on `topic`, which the service was opened for, until it stops.

        The service is not ready before the topic's partitions are assigned.

        Args:
            topic: What to read.
            handler: What to do with it.
            max_batch_messages: Most messages between two commits, if not the settings' number.

        Raises:
            LookupError: `open_service` was not told of `topic`.
            Exception: as `Consumer.run`.
        """
        ready = asyncio.Event()
        self.readiness.meet(_consumes(topic), ready.is_set)
        consumer = Consumer(
            self.name,
            topic,
            handler,
            kafka=group_member(self.name, topic.group(self.name), self.settings),
            producer=self.producer,
            settings=self.settings,
            max_batch_messages=max_batch_messages or self.settings.max_batch_messages,
            ready=ready,
        )
        await consumer.run(self.stopping)

    async def find_cluster(self) -> None:
        """Ask for the cluster id again: the broker that was away may have come back with another log.

        Raises:
            TransientError: no broker answers.
        """
        self.cluster_id = await ensure_topics(self.settings)

    async def wait(self) -> None:
        """Until SIGTERM or SIGINT."""
        await self.stopping.wait()


@asynccontextmanager
async def open_service(
    name: str,
    settings: RuntimeSettings,
    app: FastAPI | None = None,
    *,
    consumes: Sequence[Topic] = (),
    conditions: Sequence[str] = (),
    writes_store: bool = False,
    clock: Clock | None = None,
) -> AsyncIterator[Service]:
    """Start what a service stands on, and stop it in the reverse order.

    The HTTP server comes first, so that `/healthz` answers while broker and store are still awaited, and goes
    before the producer, so that requests in hand are still acknowledged. After SIGTERM consumers and requests in hand
    finish side by side, each within `drain_seconds`.

    Args:
        name: Of the service.
        settings: Its settings.
        app: Its HTTP API, if it has one beside health and metrics.
        consumes: Every topic that it will `consume`: it is not ready before it has partitions of all of them, however
            long it loads what it needs for that.
        conditions: Further conditions of readiness, by name: the service meets each (`Readiness.meet`).
        writes_store: Whether it writes to Redis: then it is not ready while Redis takes no writes.
        clock: Another clock than the machine's.

    Raises:
        TransientError: broker or store did not answer within `startup_seconds`.
        OSError: the HTTP address cannot be listened on.
        SystemExit: asked to stop before it was connected.
    """
    configure_logs(name, settings)
    stopping = _asked_to_stop()
    readiness = Readiness([_CONNECTED, *conditions, *(_consumes(topic) for topic in consumes)])
    app = app or FastAPI(title=f"Newsweave {name}", openapi_url=None, redirect_slashes=False)
    add_health_routes(app, readiness)
    async with contextlib.AsyncExitStack() as stack:
        redis = open_redis(settings)
        stack.push_async_callback(redis.aclose)
        producer = Producer(name, settings)
        stack.push_async_callback(producer.stop)
        address = await stack.enter_async_context(serving(HttpGuard(app, settings), settings, stopping))
        async with cut_short(stopping, grace_seconds=0) as connecting:
            cluster_id = await _connect(name, settings, producer, redis)
        if connecting.expired():
            log.info("stopped before it was connected")
            raise SystemExit(STOPPED_EARLY)
        readiness.add_async("redis", lambda: check_reads(redis))
        if writes_store:
            readiness.add_async("redis writes", lambda: check_writes(redis, name))
        readiness.meet(_CONNECTED)
        let_collector_rest()
        log.info("started", http=address, cluster=cluster_id)
        service = Service(name, settings, clock or SystemClock(), producer, redis, cluster_id, readiness, stopping)
        try:
            yield service
        except Exception as error:
            log.critical("stopping on an error", reason=repr(error), exc_info=True)
            raise
        finally:
            stopping.set()
    log.info("stopped")


def _asked_to_stop() -> asyncio.Event:
    """Set by SIGTERM and SIGINT."""
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    return stopping


def _consumes(topic: Topic) -> str:
    """The condition that partitions of `topic` are assigned."""
    return f"consumes {topic.name}"


async def _connect(name: str, settings: RuntimeSettings, producer: Producer, redis: Redis) -> str:
    """Wait for broker and store; create topics; the cluster's id."""

    async def once() -> str:
        await check_reads(redis)
        cluster_id = await ensure_topics(settings)
        await producer.start()
        return cluster_id

    return await retrying("connect", once, service=name, seconds=settings.startup_seconds)
