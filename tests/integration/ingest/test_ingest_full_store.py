"""ingest on a Redis that takes no writes: what it answers, and that nothing is published then."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass

import httpx
import pytest
from prometheus_client import REGISTRY

from services.ingest.handler import SubmissionService
from services.ingest.push.app import create_app
from services.ingest.push.limit import ConcurrencyLimit
from services.ingest.revisions import RedisRecords
from services.ingest.settings import IngestSettings
from services.local.redis import EmbeddedRedis
from services.runtime.clock import FixedClock
from services.runtime.messages import Outgoing
from services.runtime.redis_client import open_redis
from tests.support.brokers import kill
from tests.support.full_stores import full_disk, full_memory, needs_prlimit, running_redis_that_may_fill
from tests.support.polling import eventually_async
from tests.unit.ingest.fakes import NOW, FakePublisher, PagesHere, connected, row

Filling = Callable[[EmbeddedRedis], AbstractContextManager[None]]
FILLINGS = [full_memory, pytest.param(full_disk, marks=needs_prlimit)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    with running_redis_that_may_fill(tmp_path_factory.mktemp("redis-to-fill")) as running:
        yield running


@dataclass
class Ingest:
    publisher: FakePublisher
    client: httpx.AsyncClient

    async def post(self) -> httpx.Response:
        return await self.client.post("/v1/articles", json=row())


@pytest.fixture
async def ingest(server: EmbeddedRedis) -> AsyncIterator[Ingest]:
    """The HTTP API on a real Redis."""
    settings = IngestSettings(redis_url=server.url)
    limit, publisher = ConcurrencyLimit(settings.max_requests_in_flight), FakePublisher()
    async with open_redis(settings) as redis:
        records = RedisRecords(redis, keep_days=1)
        limit.connected = connected(
            SubmissionService(publisher, records, FixedClock(NOW), pages=PagesHere(), publish_timeout_seconds=30)
        )
        transport = httpx.ASGITransport(create_app(settings, limit), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://ingest") as client:
            yield Ingest(publisher, client)


def failed() -> float:
    return REGISTRY.get_sample_value("newsweave_ingest_articles_total", {"outcome": "failed"}) or 0.0


@pytest.mark.parametrize("filling", FILLINGS)
async def test_while_the_store_is_full_articles_are_refused_for_now_and_nothing_is_published(
    server: EmbeddedRedis, ingest: Ingest, filling: Filling
) -> None:
    before = failed()
    with filling(server):
        response = await ingest.post()
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0
    assert "full" in response.json()["detail"]
    assert ingest.publisher.published == []
    assert failed() == before + 1

    async def accepted() -> bool:
        return (await ingest.post()).status_code == 202

    await eventually_async(accepted, what="articles are accepted again")
    assert len(ingest.publisher.published) == 1


async def test_a_store_that_fills_after_the_publication_is_answered_503_too_and_the_same_again_is_the_same_message(
    server: EmbeddedRedis, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = ingest.publisher.publish
    with ExitStack() as filling:

        async def publish_and_fill(outgoing: Sequence[Outgoing]) -> None:
            await publish(outgoing)
            filling.enter_context(full_memory(server))

        monkeypatch.setattr(ingest.publisher, "publish", publish_and_fill)
        assert (await ingest.post()).status_code == 503
    monkeypatch.undo()
    assert (await ingest.post()).status_code == 202
    first, second = ingest.publisher.published
    assert first == second


async def test_the_first_article_after_a_restart_of_redis_is_accepted(server: EmbeddedRedis, ingest: Ingest) -> None:
    assert (await ingest.post()).status_code == 202
    kill(server)
    server.start()
    assert (await ingest.post()).status_code == 202
