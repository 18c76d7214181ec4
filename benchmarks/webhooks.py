"""Fan-out of webhooks: how late receivers hear of a change, how many deliveries a second, and what each costs.

    python -m benchmarks.webhooks                                  # 100 webhooks, 10 changes a second, for 20 seconds
    python -m benchmarks.webhooks --webhooks 200 --changes 40      # 200 are twice as many as the API lets anybody make
    python -m benchmarks.webhooks --concerned 1                    # each change concerns all

The deliverer is one process on one core, over an embedded Redis that is written as the projectors write it. The
receivers are another process. Of the webhooks a tenth is slow (they answer after a second), a tenth fails (503, so they
are tried again after 5 s), and one of a hundred never answers. Late is counted from before the version is stored to
when its delivery is in the process of its receiver. The processor is that of the deliverer, also what it takes to read
versions and to look at what is due.
"""

import asyncio
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection
from pathlib import Path

import orjson
from redis.asyncio import Redis

from benchmarks.steady_changes import NOON, OUTLETS, on_core, outlets, run_benchmark, write_all
from services.api.filters.event_filter import EventFilter
from services.api.saved_searches.saved_search import SavedSearch
from services.api.saved_searches.saved_search_store import SavedSearchStore
from services.api.settings import ApiSettings
from services.api.updates.update_log import UpdateLog
from services.api.view_store import ViewStore
from services.api.webhooks.deliverer import Deliverer
from services.api.webhooks.delivery_store import DeliveryStore
from services.api.webhooks.fan_out import FanOut
from services.api.webhooks.sender import open_sender
from services.api.webhooks.webhook import Webhook
from services.api.webhooks.webhook_store import WEBHOOKS, WebhookStore
from services.contracts.event import Event
from services.local.ports import LOOPBACK
from services.local.redis import EmbeddedRedis
from services.runtime.clock import SystemClock
from services.runtime.garbage import let_collector_rest
from services.runtime.redis_client import open_redis

WEBHOOK_COUNT, CHANGES, SECONDS = 100, 10.0, 20.0
CONCERNED = 0.2
SLOW, FAILING, HANGING = 0.1, 0.1, 0.01
SLOW_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
"""For the last deliveries to healthy receivers, after the last change."""
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
Written = dict[str, tuple[float, Event]]


class Manner(Enum):
    """How a receiver takes deliveries."""

    HEALTHY = "healthy"
    SLOW = "slow"
    FAILING = "failing"
    HANGING = "hanging"


@dataclass(frozen=True)
class Receipt:
    """One request that a receiver got."""

    webhook: int
    message_id: str
    event_id: str
    version: int
    moment: float


def manner_of(number: int) -> Manner:
    """By the number of the webhook: those that are not healthy lie among the others."""
    place = (number * 37 % 100) / 100
    if place < HANGING:
        return Manner.HANGING
    if place < HANGING + FAILING:
        return Manner.FAILING
    return Manner.SLOW if place < HANGING + FAILING + SLOW else Manner.HEALTHY


async def subscribe(redis: Redis, port: int, count: int) -> None:
    """A webhook for each number, whose search asks for one outlet. Past the bound of the API, which is not measured."""
    searches = SavedSearchStore(redis)
    now = NOON  # before all versions of the made-up events
    for outlet in range(min(OUTLETS, count)):
        condition = EventFilter.model_validate({"publisher": (f"outlet{outlet}.example",)})
        await searches.put(SavedSearch(name=f"outlet-{outlet}", filter=condition, created_at=now, changed_at=now))
    for number in range(count):
        webhook = Webhook(
            name=f"desk-{number}",
            url=f"http://{LOOPBACK}:{port}/{number}",
            saved=f"outlet-{number % OUTLETS}",
            created_at=now,
            secret=SECRET,
        )
        await redis.hset(WEBHOOKS, webhook.name, webhook.model_dump_json())


def deliver(url: str, control: Connection) -> None:
    """The deliverer's process: until it is told to stop; then it says how much processor it took, in seconds."""

    async def run() -> None:
        settings = ApiSettings(redis_url=url, webhook_allowed_hosts=LOOPBACK, webhook_allowed_ports="*")
        clock, stopping = SystemClock(), asyncio.Event()
        async with aclosing(open_redis(settings)) as redis, open_sender(settings, clock) as sender:
            webhooks, deliveries = WebhookStore(redis), DeliveryStore(redis)
            fan_out = FanOut(
                store=ViewStore(redis),
                updates=UpdateLog(redis),
                searches=SavedSearchStore(redis),
                webhooks=webhooks,
                deliveries=deliveries,
                clock=clock,
            )
            deliverer = Deliverer(fan_out=fan_out, webhooks=webhooks, deliveries=deliveries, sender=sender, clock=clock)
            let_collector_rest()
            control.send("ready")
            began = time.process_time()
            running = asyncio.create_task(deliverer.run(stopping))
            await asyncio.to_thread(control.recv)
            control.send(time.process_time() - began)
            stopping.set()
            await running

    on_core(0)
    asyncio.run(run())


def receive(control: Connection) -> None:
    """The receivers' process: says its port; when asked gives how many came, and at the end what came."""
    receipts: list[Receipt] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                number = await _read_one(reader, receipts)
                manner = manner_of(number)
                if manner is Manner.HANGING:
                    await reader.read()  # until the deliverer hangs up
                    return
                if manner is Manner.SLOW:
                    await asyncio.sleep(SLOW_SECONDS)
                status = b"503 Away" if manner is Manner.FAILING else b"204 Taken"
                writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            return  # the deliverer hung up, or it is all over
        finally:
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(serve, LOOPBACK, 0, backlog=1_000)
        control.send(server.sockets[0].getsockname()[1])
        while (await asyncio.to_thread(control.recv)) != "end":
            control.send(sum(manner_of(receipt.webhook) is Manner.HEALTHY for receipt in list(receipts)))
        control.send(receipts)
        server.close()

    on_core(1)
    asyncio.run(run())


async def _read_one(reader: asyncio.StreamReader, receipts: list[Receipt]) -> int:
    """The number of the webhook that a request is for."""
    lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    body = orjson.loads(await reader.readexactly(int(headers["content-length"])))
    number = int(lines[0].split(" ")[1].removeprefix("/"))
    receipts.append(Receipt(number, headers["webhook-id"], body["subject"], body["data"]["version"], time.monotonic()))
    return number


def expected_of(written: Written, webhooks: int) -> dict[Manner, int]:
    """How many deliveries there are, by the manner of their receivers."""
    expected = dict.fromkeys(Manner, 0)
    of_outlet = Counter(outlet for _, event in written.values() for outlet in outlets(event))
    for number in range(webhooks):
        expected[manner_of(number)] += of_outlet[f"outlet{number % OUTLETS}.example"]
    return expected


def report(receipts: Sequence[Receipt], written: Written, webhooks: int, cpu_seconds: float) -> int:
    """Print the figures; how many deliveries to healthy receivers are missing or came twice."""
    moments = {(event.event_id, event.version): moment for moment, event in written.values()}
    expected = expected_of(written, webhooks)
    for manner in Manner:
        late = sorted(
            receipt.moment - moments[receipt.event_id, receipt.version]
            for receipt in _first(receipts)
            if manner_of(receipt.webhook) is manner
        )
        if late:
            p50, p99 = (1000 * late[int(share * (len(late) - 1))] for share in (0.5, 0.99))
            print(
                f"{manner.value}: {len(late):,} of {expected[manner]:,} deliveries arrived; from change to receipt "
                f"p50 {p50:,.0f} ms, p99 {p99:,.0f} ms, longest {1000 * late[-1]:,.0f} ms"
            )
    healthy = [receipt for receipt in receipts if manner_of(receipt.webhook) is Manner.HEALTHY]
    if not healthy:
        print("no healthy receiver got anything")
        return expected[Manner.HEALTHY]
    begin = min(moments.values())
    seconds = max(receipt.moment for receipt in healthy) - begin
    tries = [receipt for receipt in receipts if receipt.moment <= begin + seconds]
    print(
        f"deliverer: {len(tries):,} tries in {seconds:.1f} s, {len(tries) / seconds:,.0f} a second; "
        f"{1000 * cpu_seconds / len(receipts):.2f} ms of processor each"
    )
    faults = abs(expected[Manner.HEALTHY] - len(healthy))
    print(f"deliveries to healthy receivers that are missing or came twice: {faults}")
    return faults


def _first(receipts: Sequence[Receipt]) -> list[Receipt]:
    """Of each delivery the first try."""
    first: dict[str, Receipt] = {}
    for receipt in receipts:
        first.setdefault(receipt.message_id, receipt)
    return list(first.values())


def measure(webhooks: int, changes: float, seconds: float, concerned: float) -> int:
    """Run it; how many deliveries were wrong."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="newsweave-bench-") as folder, EmbeddedRedis(Path(folder)) as redis:
        to_receivers, receivers_end = context.Pipe()
        to_deliverer, deliverer_end = context.Pipe()
        receivers = context.Process(target=receive, args=(receivers_end,), daemon=True)
        deliverer = context.Process(target=deliver, args=(redis.url, deliverer_end), daemon=True)
        receivers.start()
        asyncio.run(_subscribe(redis.url, to_receivers.recv(), webhooks))
        deliverer.start()
        to_deliverer.recv()
        written = asyncio.run(write_all(redis.url, changes, seconds, max(1, round(concerned * OUTLETS))))
        _wait_for(to_receivers, expected_of(written, webhooks)[Manner.HEALTHY])
        to_deliverer.send("end")
        cpu_seconds = to_deliverer.recv()
        to_receivers.send("end")
        receipts = to_receivers.recv()
        deliverer.join(10)
        receivers.join(10)
        return report(receipts, written, webhooks, cpu_seconds)


async def _subscribe(url: str, port: int, webhooks: int) -> None:
    async with Redis.from_url(url) as redis:
        await subscribe(redis, port, webhooks)


def _wait_for(receivers: Connection, healthy: int) -> None:
    """Until all healthy receivers have what is theirs, or it is given up."""
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    while time.monotonic() < deadline:
        receivers.send("how many")
        if receivers.recv() >= healthy:
            return
        time.sleep(0.2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    return run_benchmark(measure, __doc__, "webhooks", (WEBHOOK_COUNT, CHANGES, SECONDS, CONCERNED), arguments)


if __name__ == "__main__":
    sys.exit(main())
