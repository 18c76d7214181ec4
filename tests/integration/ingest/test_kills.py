"""kill -9 of ingest while clients push: nothing acknowledged is lost, nothing is published under a second id."""

import asyncio
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED
from services.local.ports import free_port
from services.runtime.settings import RuntimeSettings
from tests.support.brokers import running_broker, running_redis
from tests.support.ingest_service import running_ingest
from tests.support.polling import eventually_async
from tests.support.rig import read_topic

CLIENTS, REQUESTS, ROWS, KILLS = 8, 8, 5, 6


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[dict[str, Any]]:
    with running_broker("embedded", tmp_path / "broker") as broker, running_redis(tmp_path / "redis") as redis:
        yield {
            "kafka_bootstrap_servers": broker.bootstrap_servers,
            "kafka_idempotence": broker.idempotence,
            "topic_partitions": 1,
            "redis_url": redis.url,
        }


class Killer:
    """Kills ingest the moment that so many rows are acknowledged, while the other clients' requests are in hand."""

    def __init__(self) -> None:
        self.acknowledged = 0
        self._at: int | None = None
        self._killed = asyncio.Event()
        self._process: subprocess.Popen[bytes] | None = None

    async def kill_at(self, acknowledged: int, process: subprocess.Popen[bytes]) -> None:
        """Return when the process is killed."""
        self._at, self._process = acknowledged, process
        self._killed.clear()
        self.note(0)
        await self._killed.wait()

    def note(self, rows: int) -> None:
        """So many more are acknowledged."""
        self.acknowledged += rows
        if self._process is not None and self._at is not None and self.acknowledged >= self._at:
            self._process.kill()
            self._process = None
            self._killed.set()


class Pusher:
    """A client that sends each request until it is acknowledged, always with the same key."""

    def __init__(self, port: int, number: int, killer: Killer) -> None:
        self._killer = killer
        self.acknowledged: list[tuple[int, dict[str, Any], dict[str, Any]]] = []
        """Revision in the client's own count, row and result of each row."""
        self.interrupted = 0
        """Requests that were cut off in the middle."""
        self._number = number
        self._client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False)

    async def push_all(self) -> None:
        async with self._client:
            for request in range(REQUESTS):
                rows = [self._row(request, place) for place in range(ROWS)]
                answer = await self._push(rows, key=f"client-{self._number}-request-{request}")
                for row, result in zip(rows, answer["articles"], strict=True):
                    self.acknowledged.append((request, row, result))
                self._killer.note(ROWS)

    def _row(self, request: int, place: int) -> dict[str, Any]:
        """The first two rows of every request are the next revisions of two articles, the others are new ones."""
        name = f"{place}" if place < 2 else f"{request}-{place}"
        return {
            "url": f"https://courier.example/{self._number}/{name}",
            "title": f"Report {name} of client {self._number}",
            "text": f"The council of Port Eldrin met for the {request}. time on Monday and voted on item {place}.",
        }

    async def _push(self, rows: list[dict[str, Any]], *, key: str) -> dict[str, Any]:
        body = "\n".join(json.dumps(row) for row in rows)
        headers = {"Content-Type": "application/x-ndjson", "Idempotency-Key": key}

        async def accepted() -> httpx.Response | None:
            try:
                answer = await self._client.post("/v1/articles", content=body, headers=headers)
            except httpx.ConnectError:
                return None
            except httpx.TransportError:
                self.interrupted += 1
                return None
            assert answer.status_code in {202, 409, 503}, answer.text
            return answer if answer.status_code == 202 else None

        answer = await eventually_async(accepted, seconds=60)
        assert answer is not None
        told: dict[str, Any] = answer.json()
        return told


@pytest.mark.timeout(180)
async def test_killed_at_any_point_ingest_loses_nothing_acknowledged_and_doubles_nothing(
    tmp_path: Path, servers: dict[str, Any]
) -> None:
    port, killer = free_port(), Killer()
    pushers = [Pusher(port, number, killer) for number in range(CLIENTS)]
    pushing = asyncio.gather(*(pusher.push_all() for pusher in pushers))
    total = CLIENTS * REQUESTS * ROWS
    for kill in range(KILLS):
        async with running_ingest(tmp_path, port=port, page_workers=1, **servers) as ingest:
            await killer.kill_at(total * (kill + 1) // (KILLS + 1), ingest.process)
    async with running_ingest(tmp_path, port=port, page_workers=1, **servers):
        await pushing
    settings = RuntimeSettings.model_validate(servers)
    records = await read_topic(settings, ARTICLE_INGESTED.name)
    published = [Article.model_validate_json(record.value) for record in records]
    by_message = {(article.article_id, article.revision): article for article in published}
    ids_by_url: dict[str | None, set[str]] = {}
    for article in published:
        ids_by_url.setdefault(article.url, set()).add(article.article_id)
    assert {len(ids) for ids in ids_by_url.values()} == {1}
    assert killer.acknowledged == total
    for pusher in pushers:
        for _, row, result in pusher.acknowledged:
            article = by_message[result["article_id"], result["revision"]]
            assert (article.url, article.title, article.text) == (row["url"], row["title"], row["text"])
    assert {article.url for article in published} == {
        row["url"] for pusher in pushers for _, row, _ in pusher.acknowledged
    }
    assert sum(pusher.interrupted for pusher in pushers) > 0  # some kills came in the middle of a request
