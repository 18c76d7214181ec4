"""The whole pipeline: articles per second, and how long an article takes from its submission to the view.

    python -m benchmarks.end_to_end --input articles.jsonl.gz              # as fast as it goes
    python -m benchmarks.end_to_end --input articles.jsonl.gz --rate 5     # 5 articles a second

Starts an embedded stack of its own in a temporary folder. At full load the time to the view is mostly that of
waiting in line; with `--rate` it is what a reader of a live feed sees.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue

import orjson
from redis import Redis
from rich.console import Console

from benchmarks.machine import machine_line
from benchmarks.texts import INPUT_VARIABLE
from benchmarks.visibility import Seen, Submitted, print_times, visible_of
from services.ingest.files import FileRow
from services.local.client import Client
from services.local.errors import Interrupted, UserError
from services.local.input_rows import read_sources
from services.local.progress import Bar, progress
from services.local.settings import LocalSettings
from services.local.stack import Stack
from services.local.waiting import StopRequest, stop_on_signals

ROWS = 1_000
BATCH = 50
"""Rows in one request at full load, as `newsweave submit` sends them."""
POLL_SECONDS = 0.05
"""The resolution of the times: how often the view is asked."""
ASKED_AT_ONCE = 200
"""Articles become visible about in their order: asking for the first ones is enough, and disturbs less."""
PATIENCE_SECONDS = 120.0
REQUEST_SECONDS = 60.0


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; exit status 1 with a message when the person at the keyboard can help."""
    chosen = _parser().parse_args(arguments)
    console = Console(stderr=True)
    try:
        rows = input_rows(chosen.input, chosen.rows)
        with stop_on_signals() as stop:
            print(f"end to end: {len(rows):,} rows of {Path(chosen.input).name}")
            measure(rows, chosen.rate, stop, console)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except Interrupted:
        return 130
    return 0


def input_rows(path: str | None, most: int) -> list[FileRow]:
    """The first rows of a file of articles; of the one that the environment names, if `path` is None.

    Raises:
        UserError: There is no such file, or it has no rows.
    """
    path = path or os.environ.get(INPUT_VARIABLE)
    if path is None:
        raise UserError(
            f"no articles to submit: name a JSON Lines file with --input, or set {INPUT_VARIABLE}. A row is what "
            "POST /v1/articles takes: title and text, better also url, publisher, published_at"
        )
    rows = list(islice(read_sources([path]), most))
    if not rows:
        raise UserError(f"{path} has no rows")
    return rows


def measure(rows: Sequence[FileRow], rate: float | None, stop: StopRequest, console: Console) -> None:
    """Run the stack, submit, wait for the view, print the figures.

    Args:
        rows: The articles.
        rate: Articles submitted a second; None: all at once.
        stop: Asks to give up.
        console: Where progress goes.
    """
    print(machine_line())
    with tempfile.TemporaryDirectory(prefix="newsweave-bench-") as folder:
        settings = LocalSettings(data=Path(folder) / "data", state=Path(folder) / "state")
        with Stack(settings, ports={}, stop=stop, console=console) as stack:
            print(f"broker: {'Apache Kafka' if stack.keeps_messages else 'the bundled one, in memory'}")
            with progress(console, "Visible", total=len(rows)) as bar:
                seen = submit_and_watch(stack.running.urls, stack.tend, rows, rate=rate, stop=stop, bar=bar)
    _report(seen, rate)


def submit_and_watch(
    urls: Mapping[str, str],
    tend: Callable[[], None],
    rows: Sequence[FileRow],
    *,
    rate: float | None,
    stop: StopRequest,
    bar: Bar,
) -> list[Seen]:
    """Submit the rows to ingest and wait until the view has them all.

    Args:
        urls: Of `ingest` and `redis`.
        tend: Called all the while, to look after what runs there.
        rows: The articles.
        rate: Articles submitted a second; None: all at once.
        stop: Asks to give up.
        bar: Progress.

    Raises:
        UserError: Nothing became visible for two minutes.
    """
    acknowledged: SimpleQueue[Submitted] = SimpleQueue()

    def pause() -> None:
        tend()
        stop.pause(POLL_SECONDS)

    # A request to stop also ends the sender: leaving the block waits for it.
    with Redis.from_url(urls["redis"]) as redis, ThreadPoolExecutor(1) as pool:
        sending = pool.submit(_send, urls["ingest"], rows, rate, acknowledged, stop)
        try:
            return _watch(redis, sending, acknowledged, pause, bar)
        except BaseException:
            stop.made = True
            raise


def _send(
    url: str, rows: Sequence[FileRow], rate: float | None, acknowledged: SimpleQueue[Submitted], stop: StopRequest
) -> None:
    """Post all rows; at a rate one by one, each counted from when it was due, however late the one before."""
    start = time.monotonic()
    with Client(url, timeout_seconds=REQUEST_SECONDS) as client:
        for number, batch in enumerate(_batches(rows, 1 if rate else BATCH)):
            due = start + number / rate if rate else time.monotonic()
            while time.monotonic() < due:
                stop.pause(max(0.0, min(0.1, due - time.monotonic())))
            stop.check()
            body = b"\n".join(orjson.dumps(row.data) for row in batch)
            answer = client.post("/v1/articles", body, "application/x-ndjson")
            now = time.monotonic()
            for article in answer["articles"]:
                acknowledged.put(Submitted(article["article_id"], due, now))


def _batches(rows: Sequence[FileRow], size: int) -> Iterator[Sequence[FileRow]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _watch(
    redis: Redis,
    sending: Future[None],
    acknowledged: SimpleQueue[Submitted],
    pause: Callable[[], None],
    bar: Bar,
) -> list[Seen]:
    """Ask the view until it has everything that was sent."""
    waiting: dict[str, Submitted] = {}
    seen: dict[str, Seen] = {}
    last_progress = time.monotonic()
    while True:
        all_sent = sending.done()
        for one in _drain(acknowledged):
            bar.note(f"{len(seen) + len(waiting) + 1:,} submitted")
            if one.article_id not in seen:  # one text under two addresses, or twice in the file, is one article
                waiting.setdefault(one.article_id, one)
        for article_id in visible_of(redis, list(islice(waiting, ASKED_AT_ONCE))):
            last_progress = time.monotonic()
            seen[article_id] = Seen(waiting.pop(article_id), last_progress)
            bar.advance()
        if all_sent and not waiting:
            sending.result()  # raises what went wrong
            return list(seen.values())
        if time.monotonic() - last_progress > PATIENCE_SECONDS:
            raise UserError(
                f"{len(waiting):,} articles are not visible, and none became so within {PATIENCE_SECONDS:.0f} s; "
                f"the first is {next(iter(waiting), 'not even acknowledged')}"
            )
        pause()


def _drain(acknowledged: SimpleQueue[Submitted]) -> Iterator[Submitted]:
    while True:
        try:
            yield acknowledged.get_nowait()
        except Empty:
            return


def _report(seen: Sequence[Seen], rate: float | None) -> None:
    seconds = max(one.visible for one in seen) - min(one.submitted.due for one in seen)
    load = f"{rate:g} articles/s submitted one by one" if rate else f"submitted as fast as ingest takes {BATCH} a time"
    print(f"load: {load}")
    print(f"articles: {len(seen):,} visible, {seconds:.1f} s from first submit to last visible")
    print(f"throughput: {len(seen) / seconds:.1f} articles/s")
    print_times(seen)
    print(f"(times to within {POLL_SECONDS * 1000:.0f} ms)")
    print(machine_line())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.end_to_end",
        description="Start an embedded stack, submit articles, and measure until the view has them all: articles per "
        "second, and p50/p99 from publication on the log to visible in an event.",
        epilog="At full load the time to visible is mostly waiting in line; --rate 5 shows that of a live feed.",
    )
    parser.add_argument(
        "--input",
        metavar="FILE",
        help=f"articles, JSON Lines, may be gzipped (default: {INPUT_VARIABLE})",
    )
    parser.add_argument("--rows", type=positive, default=ROWS, help="how many of its rows (default: %(default)s)")
    parser.add_argument(
        "--rate",
        type=_rate,
        metavar="PER_SECOND",
        help="submit one by one at this rate (default: as fast as possible)",
    )
    return parser


def positive(text: str) -> int:
    """A whole number above 0, of the command line."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be 1 or more, not {value}")
    return value


def _rate(text: str) -> float:
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError(f"must be above 0, not {value:g}")
    return value


if __name__ == "__main__":
    sys.exit(main())
