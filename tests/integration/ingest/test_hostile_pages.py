"""Ingest as a process: hostile pages stop neither text, nor health, nor its end."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.local.ports import free_port
from tests.support.brokers import running_broker, running_redis
from tests.support.ingest_service import RunningService, running_ingest
from tests.support.polling import eventually, eventually_async
from tests.support.stack import is_gone

WORDS = "<p>The old harbour bridge reopened on Monday after two years of repairs, the council said.</p>" * 5
TABLES = ("<table>" + "<tr><td>word" * 8_000 + "</table>") * 3
HOSTILE = f"<html><body><article>{WORDS}{TABLES}{WORDS}</article></body></html>"
"""Within all limits on pages, and minutes of work for the parser."""
ATTRIBUTES = f"<html><body><p {' '.join(f'a{number}=1' for number in range(300_000))}>{WORDS}</body></html>"
LINKS = f"<html><body><p>{'<a href=/x>word</a> ' * 24_000}</p>{WORDS}</body></html>"
QUICK_SECONDS = 5.0
"""For an answer that waits for no page: some 20 ms on an idle machine."""


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Settings of ingest for a running broker and store."""
    with (
        running_broker("embedded", tmp_path_factory.mktemp("broker")) as broker,
        running_redis(tmp_path_factory.mktemp("redis")) as redis,
    ):
        yield {
            "kafka_bootstrap_servers": broker.bootstrap_servers,
            "kafka_idempotence": broker.idempotence,
            "redis_url": redis.url,
        }


async def post(ingest: RunningService, **row: str) -> httpx.Response:
    return await ingest.client.post("/v1/articles", json=row)


async def busy_workers(ingest: RunningService, number: int) -> None:
    """Wait until so many workers have a page."""

    async def busy() -> bool:
        return await ingest.metric("newsweave_ingest_busy_page_workers") == number

    await eventually_async(busy)


async def readiness_is(ingest: RunningService, status: int) -> bool:
    answer = await ingest.client.get("/readyz")
    if answer.status_code == 503:
        assert answer.json()["waiting_for"] == ["pages"]
    return answer.status_code == status


async def answers_quickly(ingest: RunningService, number: int) -> None:
    """Text is taken and health is told, as if there were no pages."""
    async with asyncio.timeout(QUICK_SECONDS):
        assert (await post(ingest, text=f"The old harbour bridge reopened for the {number}th time.")).status_code == 202
        assert (await ingest.client.get("/healthz")).status_code == 200
        assert (await ingest.client.get("/readyz")).status_code == 200


async def test_fault_1_text_is_taken_at_once_while_hostile_pages_hold_all_workers(
    tmp_path: Path, servers: dict[str, Any]
) -> None:
    bounds = {"page_timeout_seconds": 1.5, "page_workers": 1, "max_page_requests_in_flight": 2}
    async with running_ingest(tmp_path, port=free_port(), **servers, **bounds) as ingest:
        for page in (ATTRIBUTES, LINKS):
            async with asyncio.timeout(QUICK_SECONDS):
                assert (await post(ingest, html=page)).status_code == 422  # not even given to a worker
        hostile = [asyncio.create_task(post(ingest, html=HOSTILE)) for _ in range(2)]
        await busy_workers(ingest, 1)
        for number in range(3):
            await answers_quickly(ingest, number)
        assert not all(task.done() for task in hostile)
        turned_away = await post(ingest, html=f"<html><body><article>{WORDS}</article></body></html>")
        assert (turned_away.status_code, "pages" in turned_away.json()["detail"]) == (503, True)
        assert int(turned_away.headers["retry-after"]) > 0
        for task in hostile:
            answer = await task
            assert answer.status_code == 422
            [fault] = answer.json()["errors"]
            assert fault == {
                "line": 1,
                "field": "html",
                "message": "the page took longer than 1.5 s to read; send its text instead",
            }
        after = await post(ingest, html=f"<html><body><article>{WORDS}</article></body></html>")
        assert after.status_code == 202, after.text
        assert await ingest.metric('newsweave_ingest_pages_total{outcome="timed_out"}') == 2
        assert await ingest.metric('newsweave_ingest_pages_total{outcome="read"}') == 1


async def test_faults_1_9_and_15_a_page_costs_nothing_once_its_client_left_and_none_holds_up_the_end(
    tmp_path: Path, servers: dict[str, Any]
) -> None:
    bounds = {"page_timeout_seconds": 120, "page_workers": 2, "drain_seconds": 1}
    async with running_ingest(tmp_path, port=free_port(), **servers, **bounds) as ingest:
        logged = len(ingest.log_lines())
        assert (await post(ingest, html="<html></html>")).status_code == 422
        [line] = ingest.log_lines()[logged:]  # fault 15: three, and none of them said which request
        assert json.loads(line)["reason"].startswith("Line 1, html: no article was found in the page")

        leaving = asyncio.create_task(post(ingest, html=HOSTILE))
        await busy_workers(ingest, 1)
        leaving.cancel()
        await busy_workers(ingest, 0)
        assert await ingest.metric('newsweave_ingest_pages_total{outcome="abandoned"}') == 1

        staying = [asyncio.create_task(post(ingest, html=HOSTILE)) for _ in range(2)]
        await busy_workers(ingest, 2)
        workers = ingest.workers() if sys.platform == "linux" else []
        started = time.monotonic()
        ingest.process.send_signal(signal.SIGTERM)
        await eventually(lambda: ingest.process.poll() is not None)
        assert ingest.process.returncode == 0, ingest.log.read_text()
        assert time.monotonic() - started < 1 + QUICK_SECONDS
        assert all(is_gone(pid) for pid in workers)
        await asyncio.wait(staying)
        assert "Traceback" not in ingest.log.read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for the workers")
async def test_workers_are_replaced_when_they_die_and_none_is_left_when_the_service_does(
    tmp_path: Path, servers: dict[str, Any]
) -> None:
    # One worker: the page that is tried once more must not meet a second one that is about to die as well.
    bounds = {"page_timeout_seconds": 120, "page_workers": 1}
    async with running_ingest(tmp_path, port=free_port(), **servers, **bounds) as ingest:
        at_work = asyncio.create_task(post(ingest, html=HOSTILE))
        await busy_workers(ingest, 1)
        [worker] = ingest.workers()
        os.kill(worker, signal.SIGKILL)
        await eventually_async(lambda: readiness_is(ingest, 503))
        await eventually_async(lambda: readiness_is(ingest, 200))
        await busy_workers(ingest, 1)  # the page is tried once more: it may not have been its fault
        workers = ingest.workers()
        assert len(workers) == 1
        assert worker not in workers
        ingest.process.kill()
        await eventually(lambda: all(is_gone(pid) for pid in workers))
        await asyncio.wait([at_work])
