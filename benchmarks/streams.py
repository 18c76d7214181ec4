"""The stream of updates: how late readers with filters hear of a change, and what that costs the server.

    python -m benchmarks.streams                                   # 2,000 readers, 20 changes a second, for 30 seconds
    python -m benchmarks.streams --readers 500 --changes 50
    python -m benchmarks.streams --concerned 0.2                   # each change concerns a fifth of the readers

The server is one process on one core: the HTTP side of api over an embedded Redis that is written as its projector
writes it. The readers are another process, with a connection each. A change is a new version of an event of a few
articles, with its typed changes. Late is counted from before the version is stored to when its frame is in the process
of its reader.
"""

import asyncio
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from redis.asyncio import Redis

from benchmarks.steady_changes import OUTLETS, on_core, outlets, run_benchmark, write_all
from services.api.app import create_app
from services.api.settings import ApiSettings
from services.api.view_store import ViewStore
from services.contracts.event import Event
from services.local.ports import LOOPBACK, free_port
from services.local.redis import EmbeddedRedis
from services.runtime.garbage import let_collector_rest
from services.runtime.http_guard import HttpGuard
from services.runtime.http_server import serving

READERS, CHANGES, SECONDS = 2_000, 20.0, 30.0
CONCERNED = 0.05
"""Share of the readers that a change concerns: each reader asks for one outlet, each event has so many of them. As many
distinct filters as there are outlets, and twice as many with those that also ask for a status."""
_CONNECTED_AT_A_TIME = 50


@dataclass(frozen=True)
class Cost:
    """What the server took."""

    cpu_seconds: float
    seconds: float
    peak_bytes: int


def serve(url: str, port: int, readers: int, control: Connection) -> None:
    """The server's process: until it is told to stop; then it says what it took."""

    async def run() -> None:
        settings = ApiSettings(
            http_port=port, max_connections=readers + 100, client_share=1.0, max_streams=readers, redis_url=url
        )
        stopping = asyncio.Event()
        async with Redis.from_url(url) as redis:
            app = create_app(ViewStore(redis), settings)
            following = asyncio.create_task(app.state.stream_hub.run(stopping))
            async with serving(HttpGuard(app, settings), settings, stopping):
                let_collector_rest()
                await asyncio.to_thread(control.recv)
                began, cpu = time.monotonic(), time.process_time()
                await asyncio.to_thread(control.recv)
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
                control.send(Cost(time.process_time() - cpu, time.monotonic() - began, peak))
                stopping.set()
                await following

    on_core(0)
    asyncio.run(run())


class Reader(asyncio.Protocol):
    """One connection: notes when each frame of an event came."""

    def __init__(self, request: bytes, seen: list[tuple[str, float]]) -> None:
        self._request = request
        self._seen = seen
        self._left = b""
        self.begun = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask."""
        assert isinstance(transport, asyncio.Transport)
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Note the frames that are whole."""
        now = time.monotonic()
        *whole, self._left = (self._left + data).split(b"\n\n")
        for frame in whole:
            if b"\nevent: event\n" in frame:
                position = frame.partition(b"id: ")[2].partition(b"\n")[0]
                self._seen.append((position.decode(), now))
            elif b"event: position" in frame:
                self.begun.set()


def read(port: int, readers: int, control: Connection) -> None:
    """The readers' process: connects all, says so, and when told gives what each has seen."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        seen: list[list[tuple[str, float]]] = [[] for _ in range(readers)]
        for start in range(0, readers, _CONNECTED_AT_A_TIME):
            connections = []
            for number in range(start, min(start + _CONNECTED_AT_A_TIME, readers)):
                reader = Reader(request_of(number), seen[number])
                await loop.create_connection(lambda reader=reader: reader, LOOPBACK, port)  # type: ignore[misc]
                connections.append(reader)
            for reader in connections:
                await asyncio.wait_for(reader.begun.wait(), 30)
        control.send("connected")
        await asyncio.to_thread(control.recv)
        control.send(seen)

    on_core(1)
    asyncio.run(run())


def request_of(number: int) -> bytes:
    """What a reader asks for: its outlet; every second one also events that are open."""
    status = "&status=open" if number % 2 else ""
    path = f"/v1/events/stream?publisher=outlet{number % OUTLETS}.example{status}"
    return f"GET {path} HTTP/1.1\r\nHost: {LOOPBACK}\r\n\r\n".encode()


def report(seen: Sequence[Sequence[tuple[str, float]]], written: dict[str, tuple[float, Event]], cost: Cost) -> int:
    """Print the figures; how many frames are missing or too many."""
    late: list[float] = []
    faults = 0
    outlets_of = {position: outlets(event) for position, (_, event) in written.items()}
    for number, frames in enumerate(seen):
        outlet = f"outlet{number % OUTLETS}.example"
        expected = [position for position in written if outlet in outlets_of[position]]
        faults += [position for position, _ in frames] != expected
        late += [moment - written[position][0] for position, moment in frames]
    ranked = sorted(late)
    p50, p99 = (1000 * ranked[int(share * (len(ranked) - 1))] for share in (0.5, 0.99))
    print(
        f"{len(seen):,} readers, {len(written):,} changes, {len(late):,} frames ({len(late) / cost.seconds:,.0f} a "
        f"second): p50 {p50:.0f} ms, p99 {p99:.0f} ms, mean {1000 * statistics.mean(late):.0f} ms, "
        f"longest {1000 * ranked[-1]:.0f} ms"
    )
    print(
        f"server: {100 * cost.cpu_seconds / cost.seconds:.0f}% of one core, {cost.peak_bytes / 2**20:.0f} MiB at most; "
        f"readers with a frame missing, twice or out of order: {faults}"
    )
    return faults


def measure(readers: int, changes: float, seconds: float, concerned: float) -> int:
    """Run it; how many readers saw something wrong."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="newsweave-bench-") as folder, EmbeddedRedis(Path(folder)) as redis:
        port = free_port()
        to_server, server_end = context.Pipe()
        to_readers, readers_end = context.Pipe()
        server = context.Process(target=serve, args=(redis.url, port, readers, server_end), daemon=True)
        clients = context.Process(target=read, args=(port, readers, readers_end), daemon=True)
        server.start()
        _wait_for(port)
        clients.start()
        to_readers.recv()
        to_server.send("begin")
        written = asyncio.run(write_all(redis.url, changes, seconds, max(1, round(concerned * OUTLETS))))
        time.sleep(1)  # for the last frames
        to_server.send("end")
        cost = to_server.recv()
        to_readers.send("tell")
        seen = to_readers.recv()
        clients.terminate()
        server.join(10)
        return report(seen, written, cost)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60

    async def connect() -> bool:
        try:
            _, writer = await asyncio.open_connection(LOOPBACK, port)
        except OSError:
            return False
        writer.close()
        return True

    while not asyncio.run(connect()):
        if time.monotonic() > deadline:
            raise TimeoutError("the server does not answer")
        time.sleep(0.1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    return run_benchmark(measure, __doc__, "readers", (READERS, CHANGES, SECONDS, CONCERNED), arguments)


if __name__ == "__main__":
    sys.exit(main())
