"""The assign stage without a store: what it rejects, where it stops, whose trace a message carries."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from services.contracts.embedded import EmbeddedArticle
from services.contracts.placed import EventPlaced
from services.contracts.topics import ARTICLE_EMBEDDED
from services.dedupe import assign_handler, placed_events
from services.dedupe.assign_handler import AssignHandler
from services.dedupe.clustering.shard import Shard
from services.dedupe.signals.terms import TermStatistics
from services.runtime.errors import TransientError
from services.runtime.messages import Message, Outgoing, Result
from tests.support.arrivals import Arrival, cosine_decision, embedded

NOTHING = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1000)


class NoStore:
    """A store that has nothing, and sometimes does not answer."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.failures = 0

    async def load_shard(self, shard_name: str, empty_shard: Shard) -> None:
        self.loaded.append(shard_name)

    async def load_records_for_placing(self, shard_name: str, shard: Shard, article_ids: Iterable[str]) -> None:
        """All that was placed is in memory."""

    async def read_saved_messages(self, partition: int) -> list[Outgoing]:
        return []

    async def load_moved_articles(self, shard_name: str, shard: Shard) -> None:
        if self.failures:
            self.failures -= 1
            raise TransientError("the store does not answer")


class NoOffsets:
    """Offsets that are kept nowhere."""

    async def take_over(self, topic: str, partitions: Iterable[int]) -> Mapping[int, int]:
        return {}

    async def save(self, topic: str, next_offsets: Mapping[int, int], write: object) -> None:
        """All is kept in memory."""


def handler(store: NoStore | None = None, **given: Any) -> AssignHandler:
    return AssignHandler(
        store or NoStore(),  # type: ignore[arg-type]
        NoOffsets(),  # type: ignore[arg-type]
        lambda: Shard(cosine_decision(), NOTHING),
        **given,
    )


def messages(arrivals: Sequence[Arrival]) -> list[Message[EmbeddedArticle]]:
    values = [embedded(arrival) for arrival in arrivals]
    return [Message(ARTICLE_EMBEDDED.name, 0, at, value.shard, value, f"trace {at}") for at, value in enumerate(values)]


def alike(count: int) -> list[Arrival]:
    return [Arrival(number, angle=0, days=0.0, outlet=number) for number in range(count)]


async def published(stage: AssignHandler, batch: Sequence[Message[EmbeddedArticle]]) -> Sequence[Outgoing]:
    """What is published when a batch is handled and saved; nothing of it is before."""
    result: Result = await stage.handle(batch)
    assert (result.outgoing, stage.take_outbox()) == ((), [])
    await stage.save({0: len(batch)})
    return stage.take_outbox()


async def test_each_placement_is_told_by_itself_with_the_trace_of_its_article() -> None:
    told = await published(handler(), messages(alike(3)))
    values = [outgoing.value for outgoing in told]
    assert all(isinstance(value, EventPlaced) and len(value.joined) == 1 for value in values)
    assert [value.version for value in values if isinstance(value, EventPlaced)] == [1, 2, 3]
    assert [outgoing.traceparent for outgoing in told] == ["trace 0", "trace 1", "trace 2"]
    assert len({outgoing.key for outgoing in told}) == 1


async def test_nothing_is_published_of_a_batch_that_was_not_saved_for_other_code_may_place_it_otherwise() -> None:
    stage = handler()
    await stage.handle(messages(alike(2)))
    await stage.take_over(frozenset({0}))  # another process, or the store lost what it had
    assert stage.take_outbox() == []
    assert [outgoing.id.rpartition(":")[2] for outgoing in await published(stage, messages(alike(1)))] == ["1"]


async def test_an_article_that_comes_again_is_not_told() -> None:
    stage = handler()
    assert len(await published(stage, messages(alike(2)))) == 2
    assert await published(stage, messages(alike(2))) == []


async def test_a_revision_is_told_as_it_was_when_it_was_placed() -> None:
    first, second = Arrival(0, 0, 0.0, outlet=0), Arrival(0, 0, 0.0, revision=2, outlet=0)
    outgoing = await published(handler(), messages([first, second]))
    told = [each.value for each in outgoing if isinstance(each.value, EventPlaced)]
    assert [[one.extracted.article.revision for one in value.joined] for value in told] == [[1], [2]]


async def test_an_article_that_cannot_be_placed_or_told_is_rejected_and_the_others_are_placed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(placed_events, "_SURELY_SMALL", 0)
    batch = messages(alike(3))
    largest = len(batch[1].value.extracted.model_dump_json().encode())
    monkeypatch.setattr(placed_events, "LARGEST_ARTICLE", largest)
    article = batch[0].value.extracted.article
    longer = article.model_copy(update={"text": article.text * 2})
    extracted = batch[0].value.extracted.model_copy(update={"article": longer})
    batch[0] = Message(ARTICLE_EMBEDDED.name, 0, 0, "main", batch[0].value.model_copy(update={"extracted": extracted}))
    batch[2] = Message(
        ARTICLE_EMBEDDED.name, 0, 2, "main", batch[2].value.model_copy(update={"lead_vector": "no vector"})
    )
    stage = handler()
    result = await stage.handle(batch)
    await stage.save({0: 3})
    assert [rejection.message.offset for rejection in result.rejected] == [0, 2]
    assert "larger than" in result.rejected[0].reason
    assert (len(stage.take_outbox()), result.handled) == (1, 3)


async def test_a_batch_ends_with_the_placement_that_moved_very_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assign_handler, "MOST_MOVED", 2)
    result = await handler().handle(messages(alike(5)))
    assert result.handled == 2


async def test_a_batch_that_could_not_be_completed_is_handled_again_from_what_was_saved() -> None:
    store = NoStore()
    store.failures = 1
    stage = handler(store)
    with pytest.raises(TransientError):
        await stage.handle(messages(alike(2)))
    told = await published(stage, messages(alike(2)))
    assert store.loaded == ["main", "main"]
    assert [outgoing.id.rpartition(":")[2] for outgoing in told] == ["1", "2"]
