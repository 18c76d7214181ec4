"""A service as a process: when it counts as ready, and how it ends."""

import asyncio
import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest

from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED, CLAIMS_EXTRACTED
from services.local.ports import free_port
from services.runtime.messages import Message, Result
from services.runtime.process import open_service
from services.runtime.settings import RuntimeSettings
from tests.support.brokers import kill, running_broker
from tests.support.logs import logging_as_before
from tests.support.polling import eventually, eventually_async
from tests.support.rig import Rig, open_rig


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    with logging_as_before():
        yield


class Idle:
    """A handler that does nothing."""

    async def handle(self, messages: Sequence[Message[Article]]) -> Result:
        return Result()


async def test_a_service_is_ready_only_when_it_consumes_all_that_it_was_opened_for(rig: Rig) -> None:
    settings = rig.settings.model_copy(update={"http_port": 0})
    async with open_service("extract", settings, consumes=[ARTICLE_INGESTED]) as service:
        # As long as the service loads a model, say, before it calls `consume`.
        assert await service.readiness.unmet() == ["consumes article.ingested.v1"]
        consuming = asyncio.create_task(service.consume(ARTICLE_INGESTED, Idle()))

        async def ready() -> bool:
            return await service.readiness.unmet() == []

        await eventually_async(ready)
        os.kill(os.getpid(), signal.SIGTERM)
        await service.wait()
        await consuming
        assert await service.readiness.unmet() == ["consumes article.ingested.v1"]


async def test_consuming_what_the_service_was_not_opened_for_is_a_bug(rig: Rig) -> None:
    settings = rig.settings.model_copy(update={"http_port": 0})
    async with open_service("extract", settings, consumes=[ARTICLE_INGESTED]) as service:
        with pytest.raises(LookupError, match=r"consumes claims\.extracted\.v1"):
            await service.consume(CLAIMS_EXTRACTED, Idle())


async def test_a_service_whose_broker_went_away_says_so_and_still_ends_cleanly(
    redis_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = ""

    def complains() -> bool:
        nonlocal heard
        heard += capsys.readouterr().err
        return "Unable connect to node" in heard

    with running_broker("embedded", tmp_path) as own:
        async with (
            open_rig(own.bootstrap_servers, redis_url, idempotence=False, http_port=0) as rig,
            open_service("extract", rig.settings, consumes=[ARTICLE_INGESTED]) as service,
        ):
            consuming = asyncio.create_task(service.consume(ARTICLE_INGESTED, Idle()))

            async def ready() -> bool:
                return await service.readiness.unmet() == []

            await eventually_async(ready)
            kill(own)
            await eventually(complains)  # the client waits between its attempts from now on
            service.stopping.set()
            await consuming


async def test_health_and_metrics_answer_to_our_own_names_only_and_with_the_security_headers() -> None:
    port = free_port()
    settings = RuntimeSettings(
        kafka_bootstrap_servers="127.0.0.1:1",
        redis_url="redis://127.0.0.1:1/0",
        http_port=port,
        trusted_hosts="extract",
    )

    async def look() -> None:
        try:
            async with httpx.AsyncClient(trust_env=False, base_url=f"http://127.0.0.1:{port}") as http:
                await eventually_async(lambda: _listens(http))
                for path, status in {"/healthz": 200, "/readyz": 503, "/metrics": 200, "/nothing": 404}.items():
                    answer = await http.get(path, headers={"Host": f"extract:{port}"})
                    assert answer.status_code == status
                    assert answer.headers.get("x-content-type-options") == "nosniff"
                    assert "default-src 'none'" in answer.headers["content-security-policy"]
                    assert (await http.get(path, headers={"Host": "evil.example"})).status_code == 421
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    looking = asyncio.create_task(look())
    with pytest.raises(SystemExit):
        async with open_service("extract", settings):
            pytest.fail("it cannot have connected")
    await looking


async def _listens(http: httpx.AsyncClient) -> bool:
    try:
        await http.get("/healthz")
    except httpx.ConnectError:
        return False
    return True


async def test_a_service_that_is_told_to_stop_while_it_waits_for_its_broker_stops_at_once() -> None:
    settings = RuntimeSettings(
        kafka_bootstrap_servers="127.0.0.1:1", redis_url="redis://127.0.0.1:1/0", http_port=0, startup_seconds=60
    )
    asyncio.get_running_loop().call_later(0.2, os.kill, os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(10):
        with pytest.raises(SystemExit) as ended:
            async with open_service("extract", settings):
                pytest.fail("it cannot have connected")
    assert ended.value.code == 0
