"""A service as a process: signals, HTTP with health and metrics, broker, store, started and stopped in order."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import structlog
import uvicorn
from fastapi import FastAPI
from redis.asyncio import Redis

from services.contracts.base import Contract
from services.contracts.topics import Topic
from services.runtime.admin import ensure_topics
from services.runtime.clock import Clock, SystemClock
from services.runtime.consumer import Consumer
from services.runtime.handlers import Handler
from services.runtime.health import Readiness, add_health_routes
from services.runtime.logs import configure_logs
from services.runtime.producer import Producer
from services.runtime.redis_client import open_redis, redis_errors
from services.runtime.retry import retrying
from services.runtime.settings import RuntimeSettings

M = TypeVar("M", bound=Contract)
log = structlog.get_logger()


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
        min_interval_seconds: float = 0.0,
    ) -> None:
        """Run `handler` on `topic` until the service stops. Ready means: partitions are assigned.

        Args:
            topic: What to read.
            handler: What to do with it.
            max_batch_messages: Most messages between two commits, if not the settings' number.
            min_interval_seconds: Pause from one batch to the next, unless more messages wait than one batch takes.
        """
        consumer = Consumer(
            self.name,
            topic,
            handler,
            group=topic.group(self.name),
            producer=self.producer,
            settings=self.settings,
            max_batch_messages=max_batch_messages or self.settings.max_batch_messages,
            min_interval_seconds=min_interval_seconds,
        )
        self.readiness.add(f"consumes {topic.name}", consumer.ready.is_set)
        await consumer.run(self.stopping)

    async def wait(self) -> None:
        """Until SIGTERM or SIGINT."""
        await self.stopping.wait()


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling: the service stops it, after what must come first."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def] # noqa: ANN202
        yield


@asynccontextmanager
async def open_service(
    name: str, settings: RuntimeSettings, app: FastAPI | None = None, clock: Clock | None = None
) -> AsyncIterator[Service]:
    """Start what a service stands on, and stop it in the reverse order.

    The HTTP server comes first, so that `/healthz` answers while broker and store are still awaited, and goes
    before the producer, so that requests in hand are still acknowledged.

    Raises:
        TransientError: broker or store did not answer within `startup_seconds`.
    """
    configure_logs(name, settings)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    readiness = Readiness()
    app = app or FastAPI(title=f"Newsweave {name}", openapi_url=None)
    add_health_routes(app, readiness)
    async with contextlib.AsyncExitStack() as stack:
        redis = open_redis(settings)
        stack.push_async_callback(redis.aclose)
        producer = Producer(name, settings)
        started = asyncio.Event()
        readiness.add("connected", started.is_set)
        stack.push_async_callback(producer.stop)
        await stack.enter_async_context(_http(app, settings))
        cluster_id = await _connect(name, settings, producer, redis)
        readiness.add_async("redis", lambda: _ping(redis))
        started.set()
        log.info("started", http=f"{settings.http_host}:{settings.http_port}", cluster=cluster_id)
        yield Service(name, settings, clock or SystemClock(), producer, redis, cluster_id, readiness, stopping)
        stopping.set()
    log.info("stopped")


async def _connect(name: str, settings: RuntimeSettings, producer: Producer, redis: Redis) -> str:
    """Wait for broker and store; create topics; the cluster's id."""

    async def once() -> str:
        await _ping(redis)
        cluster_id = await ensure_topics(settings)
        await producer.start()
        return cluster_id

    return await retrying("connect", once, service=name, seconds=settings.startup_seconds)


async def _ping(redis: Redis) -> None:
    with redis_errors():
        await redis.ping()


@asynccontextmanager
async def _http(app: FastAPI, settings: RuntimeSettings) -> AsyncIterator[None]:
    """Serve `app`; on leaving, finish the requests in hand."""
    config = uvicorn.Config(
        app,
        host=settings.http_host,
        port=settings.http_port,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=int(settings.drain_seconds),
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn offers no event for it
        await asyncio.sleep(0.01)
    if serving.done():
        await serving
        raise OSError(f"cannot listen on {settings.http_host}:{settings.http_port}: is the port in use?")
    try:
        yield
    finally:
        server.should_exit = True
        await serving
