"""A soak: articles at a steady rate, hostile input among them, and kills. What was accepted has to become visible.

    python -m benchmarks.soak --input articles.jsonl.gz                    # 20 minutes
    python -m benchmarks.soak --input articles.jsonl.gz --minutes 2

Starts an embedded stack of its own in a temporary folder. One input in twenty is hostile (benchmarks/attacks.py), and a
process of the stack is killed every 45 seconds. Prints the times to visible, what became of the attacks, and the memory
of every service. Exit status 1 if an accepted article did not become visible, or garbage became no dead letter.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import httpx
import orjson
from redis import Redis
from redis.exceptions import RedisError
from rich.console import Console

from benchmarks.attacks import Attacker, shuffled_victims
from benchmarks.machine import machine_line
from benchmarks.texts import INPUT_VARIABLE
from benchmarks.visibility import Seen, Submitted, print_times, visible_of
from services.contracts.topics import TOPICS
from services.ingest.files import FileRow
from services.local.errors import Interrupted, UserError
from services.local.input_rows import read_sources
from services.local.progress import Bar, progress
from services.local.settings import LocalSettings
from services.local.stack import Stack
from services.local.waiting import StopRequest, stop_on_signals
from services.runtime.errors import TransientError
from services.runtime.reading import ends_of, open_reader
from services.runtime.settings import RuntimeSettings

MINUTES = 20.0
RATE = 2.0
HOSTILE_SHARE = 0.05
KILL_EVERY_SECONDS = 45.0
POLL_SECONDS = 0.25
ASKED_AT_ONCE = 200
PATIENCE_SECONDS = 120.0
"""How long the last articles may take to become visible once everything has been sent."""
REQUEST_SECONDS = 30.0
ATTACKS_AT_ONCE = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; exit status 1 when something was lost, or with a message."""
    chosen = _parser().parse_args(arguments)
    try:
        rows = _rows(chosen.input, int(chosen.minutes * 60 * chosen.rate))
        print(f"soak: {len(rows):,} articles, {chosen.rate:g} a second, {HOSTILE_SHARE:.0%} hostile input, kills")
        print(machine_line())
        with stop_on_signals() as stop:
            return _measure(rows, chosen.rate, chosen.seed, stop)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except Interrupted:
        return 130


def _rows(path: str | None, most: int) -> list[FileRow]:
    if path is None:
        raise UserError(f"no articles to submit: name a JSON Lines file with --input, or set {INPUT_VARIABLE}")
    return list(islice(read_sources([path]), most))


def _measure(rows: Sequence[FileRow], rate: float, seed: int, stop: StopRequest) -> int:
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="newsweave-soak-") as folder:
        settings = LocalSettings(data=Path(folder) / "data", state=Path(folder) / "state")
        with (
            Stack(settings, ports={}, stop=stop, console=console) as stack,
            progress(console, "Sent", total=len(rows)) as bar,
        ):
            soak = Soak(stack, stop, seed)
            soak.run(rows, rate, bar)
            letters = asyncio.run(_dead_letters(soak.runtime))
    return _report(soak, letters)


class Soak:
    """One run: who sends, who attacks, who is killed, and what was seen."""

    def __init__(self, stack: Stack, stop: StopRequest, seed: int) -> None:
        """Set up on a running stack; send nothing yet."""
        self._stack = stack
        self._stop = stop
        self._urls = stack.running.urls
        self._victims: Iterator[str] = cycle(shuffled_victims(seed))
        self.runtime = RuntimeSettings(
            kafka_bootstrap_servers=self._urls["kafka"],
            redis_url=self._urls["redis"],
            kafka_idempotence=stack.keeps_messages,
        )
        self.attacker = Attacker(self._urls, self.runtime)
        self.waiting: dict[str, Submitted] = {}
        self.seen: dict[str, Seen] = {}
        self.highest_kib: dict[str, int] = {}
        self.kills = 0
        self.sent_again = 0
        """Requests that were not answered with 202 (a process was killed, or full) and were sent again."""

    def run(self, rows: Sequence[FileRow], rate: float, bar: Bar) -> None:
        """Send all rows under attack, then wait until they are visible, or for `PATIENCE_SECONDS`."""
        with (
            Redis.from_url(self._urls["redis"], socket_timeout=5) as redis,
            ThreadPoolExecutor(1) as sender,
            ThreadPoolExecutor(ATTACKS_AT_ONCE) as attackers,
        ):
            sending = sender.submit(self._send, rows, rate, bar)
            try:
                self._disturb(sending, redis, attackers)
                sending.result()  # raises what went wrong
                deadline = time.monotonic() + PATIENCE_SECONDS
                while self.waiting and time.monotonic() < deadline:
                    self._watch(redis)
            except BaseException:
                self._stop.made = True  # leaving the block waits for the sender
                raise

    def _disturb(self, sending: Future[None], redis: Redis, attackers: ThreadPoolExecutor) -> None:
        """Attack and kill for as long as articles are sent."""
        articles_per_attack = round(1 / HOSTILE_SHARE) - 1
        attacks = 0
        next_kill = time.monotonic() + KILL_EVERY_SECONDS
        while not sending.done():
            if (len(self.seen) + len(self.waiting)) // articles_per_attack > attacks:
                attackers.submit(self.attacker.attack, attacks)
                attacks += 1
            if time.monotonic() >= next_kill:
                next_kill += KILL_EVERY_SECONDS
                os.kill(self._stack.running.pids[next(self._victims)], signal.SIGKILL)
                self.kills += 1
            self._watch(redis)

    def _watch(self, redis: Redis) -> None:
        """Start again what was killed, look what has become visible, measure; then a short pause."""
        self._stack.tend()
        _note_memory(self._stack.running.pids, self.highest_kib)
        try:
            found = visible_of(redis, list(self.waiting)[:ASKED_AT_ONCE])
        except RedisError:  # it was killed just now
            found = []
        for article_id in found:
            self.seen[article_id] = Seen(self.waiting.pop(article_id), time.monotonic())
        self._stop.pause(POLL_SECONDS)

    def _send(self, rows: Sequence[FileRow], rate: float, bar: Bar) -> None:
        """Post the rows one by one, each counted from when it was due."""
        start = time.monotonic()
        with httpx.Client(base_url=self._urls["ingest"], timeout=REQUEST_SECONDS) as client:
            for number, row in enumerate(rows):
                due = start + number / rate
                while time.monotonic() < due:
                    self._stop.pause(max(0.0, min(0.1, due - time.monotonic())))
                article_id = self._post(client, row)
                bar.advance()
                if article_id is not None and article_id not in self.seen:  # the same text again is the same article
                    self.waiting.setdefault(article_id, Submitted(article_id, due, time.monotonic()))

    def _post(self, client: httpx.Client, row: FileRow) -> str | None:
        """The article's id, however often it has to be sent for that; None where the row is refused."""
        while True:
            self._stop.check()
            try:
                answer = client.post(
                    "/v1/articles", content=orjson.dumps(row.data), headers={"content-type": "application/json"}
                )
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == httpx.codes.ACCEPTED:
                return str(answer.json()["articles"][0]["article_id"])
            if answer is not None and answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
                return None
            self.sent_again += 1
            self._stop.pause(0.2)


def _note_memory(pids: Mapping[str, int], highest_kib: dict[str, int]) -> None:
    """The resident memory of each process and of its children, from /proc; elsewhere nothing."""
    children: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines() if ":" in line)
        except OSError:  # it has ended
            continue
        pid, parent = int(lines["Pid"]), int(lines["PPid"])
        children.setdefault(parent, []).append(pid)
        sizes[pid] = int(lines.get("VmRSS", "0 kB").split()[0])
    for name, pid in pids.items():
        family, total = [pid], 0
        while family:
            member = family.pop()
            total += sizes.get(member, 0)
            family += children.get(member, [])
        highest_kib[name] = max(highest_kib.get(name, 0), total)


async def _dead_letters(settings: RuntimeSettings) -> int:
    """How many dead letters there are, of all services."""
    total = 0
    for topic in TOPICS:
        for service in topic.consumers:
            try:
                async with open_reader(settings, [topic.dead_letters(service)]) as reader:
                    total += sum((await ends_of(reader, sorted(reader.assignment()))).values())
            except TransientError:  # no such topic
                continue
    return total


def _report(soak: Soak, letters: int) -> int:
    print(f"articles: {len(soak.seen):,} visible, {len(soak.waiting)} missing; {soak.kills} kills")
    print(f"requests sent again: {soak.sent_again} (a process was killed, or ingest asked to wait)")
    print_times(list(soak.seen.values()))
    for outcome, count in sorted(soak.attacker.outcomes.items()):
        print(f"  {outcome}: {count}")
    # article.ingested.v1 and event.updated.v1 have one consumer each, claims.extracted.v1 has two.
    expected = soak.attacker.garbage // 3 * 4
    print(f"dead letters: {letters:,} of {expected:,} (more: a batch was repeated after a kill)")
    for name, kib in sorted(soak.highest_kib.items()):
        print(f"  highest memory of {name}: {kib // 1024} MiB")
    print(machine_line())
    lost = bool(soak.waiting) or letters < expected
    if lost:
        print(f"LOST: {list(soak.waiting)[:10]}", file=sys.stderr)
    return 1 if lost else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.soak",
        description="Run an embedded stack under steady input with 5% hostile input and kills, and see that every "
        "accepted article becomes visible. Prints p50/p99 to visible and the memory of each service.",
    )
    parser.add_argument(
        "--input",
        metavar="FILE",
        default=os.environ.get(INPUT_VARIABLE),
        help=f"articles, JSON Lines, may be gzipped (default: {INPUT_VARIABLE})",
    )
    parser.add_argument("--minutes", type=float, default=MINUTES, help="how long (default: %(default)g)")
    parser.add_argument("--rate", type=float, default=RATE, help="articles a second (default: %(default)g)")
    parser.add_argument("--seed", type=int, default=1, help="order of the kills (default: %(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
