"""The whole dedupe service, embedding included: articles per second from `claims.extracted.v1` to saved and published.

    python -m benchmarks.dedupe --input articles.jsonl.gz

Runs the service as a process of its own, on an embedded broker and Redis; ingest, extract and the view do not run.
What they would have sent is made first: articles as ingest cleans them, with the claims that extract finds.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from redis import Redis
from rich.console import Console

from benchmarks.machine import machine_line
from benchmarks.texts import add_input, sources
from services.contracts.claim import ExtractedArticle
from services.contracts.topics import CLAIMS_EXTRACTED
from services.extract.extraction import extract
from services.local.broker import EmbeddedBroker
from services.local.errors import UserError
from services.local.offline import read_rows
from services.local.ports import free_port
from services.local.progress import progress
from services.local.redis import EmbeddedRedis
from services.local.service_process import ServiceProcess
from services.local.waiting import wait_until
from services.runtime.messages import Outgoing
from services.runtime.producer import Producer
from services.runtime.settings import RuntimeSettings

ROWS = 1_000
THREADS = 2
START_SECONDS = 60.0
PATIENCE_SECONDS = 120.0
PUBLISHED_AT_ONCE = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 1 with a message when the person at the keyboard can help."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_input(parser, ROWS)
    chosen = parser.parse_args(arguments)
    console = Console(stderr=True)
    print(machine_line())
    try:
        articles = _extracted(sources(chosen.input), chosen.rows, console)
        seconds, busy = measure(articles, console)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    claims = sum(len(article.claims) for article in articles)
    print(
        f"{len(articles):,} articles with {claims:,} claims: {seconds:.1f} s, {len(articles) / seconds:.1f} articles/s"
    )
    each = busy / len(articles)
    print(f"{each * 1000:.1f} ms of processor each: {THREADS / each:.1f} articles/s if {THREADS} cores were its own")
    print(machine_line())
    return 0


def measure(articles: Sequence[ExtractedArticle], console: Console) -> tuple[float, float]:
    """Seconds from the first publication until the service has placed, published and saved all; of its processor time.

    Raises:
        UserError: A server or the service did not start, or the service stood still.
    """
    with tempfile.TemporaryDirectory(prefix="newsweave-bench-") as name, ExitStack() as running:
        folder = Path(name)
        store = running.enter_context(EmbeddedRedis(folder / "redis"))
        broker = EmbeddedBroker(folder / "kafka")
        running.enter_context(broker)
        environment = {
            "NEWSWEAVE_KAFKA_BOOTSTRAP_SERVERS": broker.bootstrap_servers,
            "NEWSWEAVE_KAFKA_IDEMPOTENCE": "false",
            "NEWSWEAVE_TOPIC_PARTITIONS": "1",
            "NEWSWEAVE_TOPIC_REPLICATION": "1",
            "NEWSWEAVE_REDIS_URL": store.url,
        }
        service = ServiceProcess(
            "dedupe", port=free_port(None), log=folder / "dedupe.log", environment=environment, stop_seconds=25.0
        )
        service.launch()
        assert service.child is not None
        running.callback(service.child.stop)
        if not wait_until(service.is_ready, within_seconds=START_SECONDS, every_seconds=0.1):
            raise service.child.failure(f"was not ready within {START_SECONDS:.0f} s")
        redis = running.enter_context(Redis.from_url(store.url))
        before = _processor_seconds(service.child.pid)
        start = time.perf_counter()
        settings = RuntimeSettings(kafka_bootstrap_servers=broker.bootstrap_servers, kafka_idempotence=False)
        asyncio.run(_publish(settings, articles))
        wanted = len({one.article.article_id for one in articles})
        _wait(lambda: int(redis.hlen("dedupe:main:placed")), wanted, console)
        return time.perf_counter() - start, _processor_seconds(service.child.pid) - before


def _processor_seconds(pid: int) -> float:
    """What a process has used so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _publish(settings: RuntimeSettings, articles: Sequence[ExtractedArticle]) -> None:
    producer = await Producer("bench", settings).start()
    try:
        for at in range(0, len(articles), PUBLISHED_AT_ONCE):
            await producer.publish([_message(one) for one in articles[at : at + PUBLISHED_AT_ONCE]])
    finally:
        await producer.stop()


def _message(extracted: ExtractedArticle) -> Outgoing:
    article = extracted.article
    return Outgoing(CLAIMS_EXTRACTED, article.article_id, extracted, id=article.article_id, time=article.fetched_at)


def _wait(placed: Callable[[], int], wanted: int, console: Console) -> None:
    """Until so many are placed and saved. The store is asked: that disturbs the service least."""
    done, last = 0, time.monotonic()
    with progress(console, "Placed", total=wanted) as bar:
        while done < wanted:
            found = placed()
            if found > done:
                bar.advance(found - done)
                done, last = found, time.monotonic()
            elif time.monotonic() - last > PATIENCE_SECONDS:
                raise UserError(f"{done:,} of {wanted:,} placed, none within {PATIENCE_SECONDS:.0f} s")
            time.sleep(0.05)


def _extracted(files: Sequence[Path], most: int, console: Console) -> list[ExtractedArticle]:
    now = datetime.now(UTC)
    rows = (row for file in files for row in read_rows(str(file), now, _refuse))
    found = []
    with progress(console, "Extracting", total=most) as bar:
        for row in islice(rows, most):
            found.append(extract(row.article))
            bar.advance()
    return found


def _refuse(problem: str) -> None:
    raise UserError(problem)


if __name__ == "__main__":
    sys.exit(main())
