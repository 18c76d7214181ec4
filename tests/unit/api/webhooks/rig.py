"""Webhooks with a receiver of our own, a clock that is set by hand, and a deliverer that is driven turn by turn."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from redis.asyncio import Redis

from services.api.filters.event_filter import EventFilter
from services.api.saved_searches.saved_search import Alert, SavedSearch
from services.api.saved_searches.saved_search_store import SavedSearchStore
from services.api.settings import ApiSettings
from services.api.updates.update_log import UpdateLog
from services.api.view_store import ViewStore
from services.api.webhooks.deliverer import Deliverer
from services.api.webhooks.delivery import Delivery
from services.api.webhooks.delivery_store import DeliveryStore
from services.api.webhooks.fan_out import FanOut
from services.api.webhooks.sender import Sender, open_sender
from services.api.webhooks.webhook import Webhook
from services.api.webhooks.webhook_store import WebhookStore
from services.runtime.leases import Lease
from services.runtime.outbound.network import Resolver
from tests.unit.api.examples import NOON

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class HandClock:
    """A clock that stands where it is put."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def forward(self, **time: float) -> None:
        self.moment += timedelta(**time)


@dataclass(frozen=True)
class Received:
    """One request that came."""

    headers: dict[str, str]
    body: str


@dataclass
class Receiver:
    """An HTTP server that answers as it is told."""

    port: int
    answer: Answer
    received: list[Received] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def ids(self) -> list[str]:
        return [each.headers["webhook-id"] for each in self.received]


def status(code: int, **headers: str) -> Answer:
    """Answers with this status."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 {code} X\r\n{lines}Content-Length: 0\r\n\r\n".encode())
        await writer.drain()

    return answer


async def hang(_writer: asyncio.StreamWriter) -> None:
    """Never answers."""
    await asyncio.Event().wait()


async def break_off(writer: asyncio.StreamWriter) -> None:
    """Closes the connection without a word."""
    writer.close()


async def talk_nonsense(writer: asyncio.StreamWriter) -> None:
    """Answers with what is no HTTP."""
    writer.write(b"\x00\xff what?\r\n\r\n")
    await writer.drain()
    writer.close()


@asynccontextmanager
async def receiving(answer: Answer) -> AsyncIterator[Receiver]:
    """A receiver for as long as the block runs."""
    receiver = Receiver(0, answer)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        receiver.connections += 1
        try:
            while (received := await _read(reader)) is not None:
                receiver.received.append(received)
                await receiver.answer(writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> Received | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    lines = head.decode().split("\r\n")[1:]
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines) if name}
    return Received(headers, (await reader.readexactly(int(headers["content-length"]))).decode())


@dataclass
class WebhookRig:
    """A deliverer and all that it stands on."""

    redis: Redis
    clock: HandClock
    sender: Sender

    def __post_init__(self) -> None:
        self.webhooks = WebhookStore(self.redis)
        self.searches = SavedSearchStore(self.redis)
        self.deliveries = DeliveryStore(self.redis)
        self.deliverer = self.new_deliverer()
        self.lease: Lease | None = None

    def new_deliverer(self) -> Deliverer:
        """Another one, as after a crash."""
        fan_out = FanOut(
            store=ViewStore(self.redis),
            updates=UpdateLog(self.redis),
            searches=self.searches,
            webhooks=self.webhooks,
            deliveries=self.deliveries,
            clock=self.clock,
        )
        return Deliverer(
            fan_out=fan_out,
            webhooks=self.webhooks,
            deliveries=self.deliveries,
            sender=self.sender,
            clock=self.clock,
            random=lambda: 0.5,
        )

    async def subscribe(
        self, url: str, *, name: str = "desk", alerts: tuple[Alert, ...] = (), **conditions: Any
    ) -> Webhook:
        """A webhook with a search of its own."""
        now = self.clock.now()
        search = SavedSearch(name=name, filter=EventFilter(**conditions), alerts=alerts, created_at=now, changed_at=now)
        await self.searches.put(search)
        webhook = Webhook(name=name, url=url, saved=name, created_at=now, secret=SECRET)
        await self.webhooks.add(webhook)
        return webhook

    async def held(self) -> Lease:
        """The lease."""
        if self.lease is None:
            self.lease = await self.deliveries.leases.take()
        assert self.lease is not None
        return self.lease

    async def turns(self, deliverer: Deliverer | None = None) -> None:
        """Turn by turn, until nothing is left to be done at this moment."""
        deliverer = deliverer or self.deliverer
        while any(await deliverer.turn(await self.held())):
            await deliverer.settle()

    async def listed(self, webhook: str = "desk") -> list[Delivery]:
        """All deliveries, the latest first."""
        members = await self.deliveries.members(webhook, only_dead=False, before=None, after=None, most=1000)
        return await self.deliveries.deliveries([member.split(" ")[1] for member in members])


@asynccontextmanager
async def open_webhook_rig(
    redis: Redis, *, resolver: Resolver | None = None, **settings: object
) -> AsyncIterator[WebhookRig]:
    """A rig whose webhooks may go to this machine."""
    api = ApiSettings.model_validate(
        {"webhook_allowed_hosts": "127.0.0.1", "webhook_allowed_ports": "*", "webhook_timeout_seconds": 30} | settings
    )
    clock = HandClock(NOON)
    async with open_sender(api, clock, resolver=resolver) as sender:
        yield WebhookRig(redis, clock, sender)
