"""`newsweave submit` of archives to a running ingest: killed and started again, it loses and doubles nothing."""

import asyncio
import gzip
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.local.ports import free_port
from services.runtime.redis_client import open_redis
from services.runtime.settings import RuntimeSettings
from tests.support.brokers import running_broker, running_redis
from tests.support.ingest_service import ROOT, running_ingest
from tests.support.polling import eventually
from tests.unit.ingest.test_archives import FRONT, PAGE, record

ARTICLES = 120


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Settings of ingest for a running broker and store."""
    (tmp_path / "broker").mkdir()
    (tmp_path / "redis").mkdir()
    with running_broker("embedded", tmp_path / "broker") as broker, running_redis(tmp_path / "redis") as redis:
        yield {
            "kafka_bootstrap_servers": broker.bootstrap_servers,
            "kafka_idempotence": broker.idempotence,
            "redis_url": redis.url,
        }


def write_archive(file: Path) -> None:
    records = [record("https://coast.example/sport", FRONT.encode())]
    for number in range(ARTICLES):
        page = PAGE.replace("nine people", f"{number + 2} people")
        records.append(record(f"https://coast.example/n/{number}", page.encode()))
        records.append(record(f"https://coast.example/p/{number}.jpg", b"\xff\xd8", content_type="image/jpeg"))
    file.write_bytes(b"".join(map(gzip.compress, records)))


def command(folder: Path, url: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "services.local", "submit", str(folder / "crawl.warc.gz"), "--url", url, *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT), "NEWSWEAVE_STATE": str(folder / "state")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


async def test_a_run_that_is_killed_goes_on_and_every_article_is_there_once(
    tmp_path: Path, servers: dict[str, Any]
) -> None:
    write_archive(tmp_path / "crawl.warc.gz")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with running_ingest(tmp_path, port=port, **servers) as ingest:
        first = command(tmp_path, url, "--rate", "20")
        try:
            await eventually(
                lambda: any((tmp_path / "state" / "submitted").glob("*.json")), seconds=90, what="a note of a request"
            )
        finally:
            first.send_signal(signal.SIGKILL)
            first.communicate()
        second = command(tmp_path, url)
        output, _ = await asyncio.to_thread(second.communicate, timeout=120)
        told = output.decode()
        assert second.returncode == 0, told
        assert "Resuming" in told
        assert f"{ARTICLES} rows accepted" not in told
        accepted = await ingest.metric('newsweave_ingest_articles_total{outcome="accepted"}')
        assert ARTICLES <= accepted <= ARTICLES + 50
        async with open_redis(RuntimeSettings(redis_url=servers["redis_url"])) as redis:
            keys = await redis.keys("ingest:article:*")
    assert len(keys) == ARTICLES
