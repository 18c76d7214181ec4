"""Scores of matching: articles laid into a view, matched with their event there and without."""

from collections.abc import AsyncIterator, Iterator

import pytest
from redis.asyncio import Redis

from services.api.match.decision import Decision
from services.api.match.matcher import Matcher, Scored, TextVector
from services.api.match.profile_store import ProfileStore
from services.api.match.signals import SIGNALS, Compared
from services.api.match.terms import load_term_counts
from services.api.match.vector_store import VectorStore
from services.local.evaluation.match import Attempt, LabelledArticle, attempts, is_held_out, lay_in, score
from tests.support.brokers import running_redis
from tests.unit.api.examples import extracted

BY_COSINE = Decision(
    "test", 0.5, 0.0, {"cosine": (0.5, 0.1, 4.0)} | {name: (0, 1, 0) for name in SIGNALS if name != "cosine"}
)


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server.url


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    client = Redis.from_url(redis_url)
    await client.flushall()
    yield client
    await client.aclose()


def labelled(article_id: str, event: str, *values: float) -> LabelledArticle:
    article = extracted(article_id, text=f"Report {article_id}.", claims=()).article
    return LabelledArticle(article, event, TextVector("test", values))


async def test_an_article_is_matched_without_itself_and_without_its_event(redis: Redis) -> None:
    articles = [
        labelled("a1", "evt_a", 1.0, 0.0, 0.0),
        labelled("a2", "evt_a", 0.9, 0.1, 0.0),
        labelled("b1", "evt_b", 0.0, 0.0, 1.0),
    ]
    await lay_in(redis, articles)
    matcher = Matcher(VectorStore(redis), ProfileStore(redis), BY_COSINE, load_term_counts())
    found = [attempt async for attempt in attempts(matcher, articles, articles)]
    assert [(each.labelled.article.article_id, each.event_is_there) for each in found] == [
        ("a1", True), ("a1", False), ("a2", True), ("a2", False), ("b1", False),
    ]  # fmt: skip
    for each in found:
        ranked = {scored.compared.event_id for scored in each.ranked}
        assert (each.labelled.event in ranked) is each.event_is_there
    scores = score(found, BY_COSINE.threshold)
    assert (scores.first.value, scores.found.value, scores.abstained.value) == (1, 1, 1)


def test_an_answer_is_right_only_on_its_side_of_the_threshold() -> None:
    def attempt(*, there: bool, event: str, probability: float) -> Attempt:
        return Attempt(labelled("a1", "evt_a", 1.0), there, [Scored(Compared(event, "x", {}), probability)])

    right = attempt(there=True, event="evt_a", probability=0.6)
    assert right.is_right(0.5)
    assert not right.is_right(0.7)
    assert not attempt(there=True, event="evt_b", probability=0.6).is_right(0.5)
    assert attempt(there=False, event="evt_b", probability=0.4).is_right(0.5)
    assert not attempt(there=False, event="evt_b", probability=0.6).is_right(0.5)
    assert Attempt(labelled("a1", "evt_a", 1.0), event_is_there=False, ranked=[]).is_right(0.5)


def test_two_in_five_events_are_held_out_and_always_the_same() -> None:
    held = [is_held_out(f"event {number}") for number in range(1_000)]
    assert 350 < sum(held) < 450
    assert held == [is_held_out(f"event {number}") for number in range(1_000)]
