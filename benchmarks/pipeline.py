"""The whole pipeline, stage by stage, beside a naive single process on the same articles in the same run.

    python -m benchmarks.pipeline --input articles.jsonl.gz --rows 3000            # as fast as it goes
    python -m benchmarks.pipeline --input articles.jsonl.gz --rows 3000 --latency  # and at 30% and 60% of that rate

Prints articles per second, processor milliseconds of an article in each stage, and what a message of each topic weighs.
Each stage of dedupe is a process of its own here, so that its time can be told; together they do what one would.
Half of the naive process's articles are read before ours, half after, so that what else runs on the machine hits both.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.end_to_end import input_rows, positive, submit_and_watch
from benchmarks.machine import machine_line
from benchmarks.naive import Naive, Spent
from benchmarks.stages import PARTS, SERVERS, Stages, quiet
from benchmarks.texts import INPUT_VARIABLE
from benchmarks.visibility import Seen, print_times
from benchmarks.weights import Weight, weigh
from services.ingest.files import FileRow
from services.local.errors import Interrupted, UserError
from services.local.progress import progress
from services.local.waiting import StopRequest, stop_on_signals

ROWS = 1_000
NAIVE_ROWS = 200
SHARES = (0.3, 0.6)
"""Of the sustained rate, at which times to the view are measured."""
LATENCY_SECONDS = 60.0


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; exit status 1 with a message when the person at the keyboard can help."""
    chosen = _parser().parse_args(arguments)
    console = Console(stderr=True)
    try:
        more = round(chosen.rows * (1 + LATENCY_SECONDS / 20)) if chosen.latency else chosen.rows
        rows = input_rows(chosen.input, more)
        with stop_on_signals() as stop:
            print(machine_line())
            _run(rows[: chosen.rows], rows[chosen.rows :], chosen.naive, stop, console)
            print(machine_line())
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except Interrupted:
        return 130
    return 0


def _run(
    rows: Sequence[FileRow], later: Sequence[FileRow], naive_rows: int, stop: StopRequest, console: Console
) -> None:
    sample = [(str(row.data.get("title") or ""), str(row.data["text"])) for row in rows[:naive_rows]]
    half = len(sample) // 2
    naive = _naive() if sample else None
    spent = naive.run(sample[:half]) if naive is not None and half else None
    with tempfile.TemporaryDirectory(prefix="newsweave-bench-") as folder, Stages(Path(folder), stop) as stages:
        print(f"broker: {'Apache Kafka' if stages.keeps_messages else 'the bundled one, in memory'}")
        before = stages.processor_seconds()
        seen = _visible(stages, rows, None, stop, console)
        quiet(stages, list(PARTS))
        used = {name: seconds - before[name] for name, seconds in stages.processor_seconds().items()}
        for share in SHARES if later else ():
            later = _latency(stages, later, share * _rate(seen), stop, console)
        weights = weigh(stages.urls["kafka"])
    if naive is not None and spent is not None:
        spent += naive.run(sample[half:])
    _report(seen, used, weights, spent)


def _naive() -> Naive | None:
    try:
        return Naive()
    except ModuleNotFoundError as error:
        print(f"no naive process beside ours: {error}")
        return None


def _visible(
    stages: Stages, rows: Sequence[FileRow], rate: float | None, stop: StopRequest, console: Console
) -> list[Seen]:
    with progress(console, "Visible", total=len(rows)) as bar:
        return submit_and_watch(stages.urls, stages.tend, rows, rate=rate, stop=stop, bar=bar)


def _rate(seen: Sequence[Seen]) -> float:
    return len(seen) / (max(one.visible for one in seen) - min(one.submitted.due for one in seen))


def _latency(
    stages: Stages, rows: Sequence[FileRow], rate: float, stop: StopRequest, console: Console
) -> Sequence[FileRow]:
    """Print the times to the view at a rate; the rows that are left."""
    count = max(1, round(rate * LATENCY_SECONDS))
    seen = _visible(stages, rows[:count], rate, stop, console)
    print(f"at {rate:.1f} articles/s, {len(seen)} articles:")
    print_times(seen)
    return rows[count:]


def _report(seen: Sequence[Seen], used: dict[str, float], weights: Sequence[Weight], naive: Spent | None) -> None:
    count, rate = len(seen), _rate(seen)
    print(f"{count:,} articles, {rate:.1f} articles/s from the first submit to the last visible")
    if naive is not None:
        ours, theirs = sum(used.values()) / count, naive.processor_seconds / naive.articles
        naive_rate = naive.articles / naive.seconds
        print(f"naive process: {naive_rate:.1f} articles/s: x {rate / naive_rate:.2f}")
        # Holds on a busy machine too, where many processes get more of it than one.
        print(f"  processor time: {1000 * theirs:.0f} ms an article, ours {1000 * ours:.0f}: x {theirs / ours:.2f}")
    print("processor milliseconds an article:")
    for name in (*PARTS, *SERVERS):
        print(f"  {name:<10} {1000 * used[name] / count:7.1f}")
    services = sum(used[name] for name in PARTS)
    print(f"  all stages {1000 * services / count:7.1f}: {services / used['extract']:.2f} x extract's own")
    print("messages: topic, number, KB in the mean and the largest (uncompressed), ms to read and to write one:")
    for each in weights:
        print(
            f"  {each.topic:<22} {each.messages:7,} {each.kilobytes:8.1f} {each.largest:8.1f} "
            f"{each.decode_ms:7.2f} {each.encode_ms:7.2f}"
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", metavar="FILE", help=f"articles, JSON Lines (default: {INPUT_VARIABLE})")
    parser.add_argument("--rows", type=positive, default=ROWS, help="how many of its rows (default: %(default)s)")
    parser.add_argument(
        "--naive", type=int, default=NAIVE_ROWS, help="rows of the naive process; 0: none (default: %(default)s)"
    )
    parser.add_argument(
        "--latency", action="store_true", help="then submit at 30%% and 60%% of the rate, a minute each"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
