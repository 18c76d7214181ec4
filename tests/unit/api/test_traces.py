"""What the api keeps and tells of an article's way."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from services.api.trace_facts import Fact, Stage
from services.api.traces import MAX_FACTS, TracePoint, TraceStore, write_trace
from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import EventChange
from services.contracts.claim import ExtractedArticle
from services.contracts.event import Counts
from services.runtime.dead_letter_reading import DeadLetter
from services.runtime.messages import Message
from tests.unit.api.examples import event, extracted, member
from tests.unit.api.view import article_projector, change_projector, project_events, snapshot

NOW = datetime.now(UTC).replace(microsecond=0)
"""Not a fixed time: what is noted is forgotten some time after it."""


def at(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


def letter(article_id: str | None, seconds: int = 0, reason: str = "the text has no sentence") -> DeadLetter:
    return DeadLetter(article_id, "extract", "article.ingested.v1", reason, at(seconds))


def logged(value: ExtractedArticle, seconds: int) -> Message[ExtractedArticle]:
    return Message("claims.extracted.v1", 0, 0, value.article.article_id, value, logged_at=at(seconds))


def change(kind: ChangeKind, version: int, seconds: int, event_id: str = "evt_a") -> Message[EventChange]:
    value = EventChange(
        event_id=event_id,
        version=version,
        previous_version=version - 1,
        place=1,
        changes=1,
        at=NOW,
        kind=kind,
        counts=Counts(articles=1, publishers=1, origins=1),
        article_id="art_1",
        article=member("art_1") if kind == ChangeKind.ARTICLE_JOINED else None,
    )
    return Message("event.changed.v1", 0, 0, event_id, value, logged_at=at(seconds))


async def project(redis: Redis, *batches: Sequence[Message[ExtractedArticle]]) -> None:
    handler = article_projector(redis)
    offset = (await handler.take_over(frozenset({0}))).get(0, 0)
    for batch in batches:
        await handler.handle(batch)
        offset += len(batch)
        await handler.save({0: offset})


async def stages(http: httpx.AsyncClient, article_id: str = "art_1") -> list[tuple[str, str, str | None]]:
    answer = await http.get(f"/v1/articles/{article_id}/trace")
    assert answer.status_code == 200, answer.text
    return [(each["stage"], each["outcome"], each["at"]) for each in answer.json()["stages"]]


def utc(seconds: int) -> str:
    return at(seconds).isoformat().replace("+00:00", "Z")


async def test_an_article_tells_its_way_from_ingest_to_its_event(http: httpx.AsyncClient, redis: Redis) -> None:
    article = extracted("art_1")
    fetched_at = article.article.fetched_at.isoformat().replace("+00:00", "Z")
    await project(redis, [logged(article, 1)])
    changes = change_projector(redis)
    await changes.take_over(frozenset({0}))
    await changes.handle([change(ChangeKind.ARTICLE_JOINED, 1, 2)])
    await changes.save({0: 1})
    await project_events(redis, [event("evt_a", 1, articles=(member("art_1"),))])
    assert await stages(http) == [
        ("ingested", "done", fetched_at),
        ("extracted", "done", utc(1)),
        ("joined", "done", utc(2)),
        ("in_event", "done", None),
    ]
    answer = await http.get("/v1/articles/art_1/trace")
    assert [each["event_id"] for each in answer.json()["stages"]] == [None, None, "evt_a", "evt_a"]
    again = await http.get("/v1/articles/art_1/trace", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_a_move_to_another_event_is_told(http: httpx.AsyncClient, redis: Redis) -> None:
    changes = change_projector(redis)
    await changes.take_over(frozenset({0}))
    await changes.handle(
        [
            change(ChangeKind.ARTICLE_JOINED, 1, 2),
            change(ChangeKind.ARTICLE_LEFT, 2, 5),
            change(ChangeKind.ARTICLE_JOINED, 1, 6, "evt_b"),
        ]
    )
    await changes.save({0: 3})
    assert [stage for stage, _, _ in await stages(http)] == ["joined", "left", "joined"]


async def test_a_dead_letter_is_told_with_its_reason(http: httpx.AsyncClient, redis: Redis) -> None:
    await TraceStore(redis).note_dead_letters("cluster", [letter("art_1"), letter(None)], {"x.dlq:0": 2})
    (stage,) = (await http.get("/v1/articles/art_1/trace")).json()["stages"]
    assert (stage["stage"], stage["outcome"], stage["service"], stage["topic"], stage["reason"]) == (
        *("dead_letter", "failed", "extract", "article.ingested.v1"),
        "the text has no sentence",
    )


async def test_an_article_that_came_before_traces_were_kept_still_tells_what_is_known(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project(redis, [Message("claims.extracted.v1", 0, 0, "art_1", extracted("art_1"))])
    assert [(stage, when is None) for stage, _, when in await stages(http)] == [
        ("ingested", False),
        ("extracted", True),
    ]


async def test_of_an_unknown_article_the_answer_says_where_else_to_ask(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/articles/art_none/trace")
    assert answer.status_code == 404
    assert "ingest" in answer.json()["detail"]


async def test_letters_are_read_on_from_where_they_were_noted_on_the_same_cluster(redis: Redis) -> None:
    traces = TraceStore(redis)
    assert await traces.take_up_dead_letters("one") == {}
    await traces.note_dead_letters("one", [letter("art_1")], {"x.dlq:0": 4})
    await traces.note_dead_letters("one", [], {"y.dlq:0": 9})
    assert await traces.take_up_dead_letters("one") == {"x.dlq:0": 4, "y.dlq:0": 9}
    assert await traces.take_up_dead_letters("two") == {}
    await traces.note_dead_letters("two", [], {"y.dlq:0": 1})
    assert await traces.take_up_dead_letters("two") == {"y.dlq:0": 1}


async def test_what_a_letter_makes_up_stays_small(redis: Redis) -> None:
    await TraceStore(redis).note_dead_letters(
        "one", [letter("art_1", reason="x" * 100_000), letter("art_" + "1" * 5_000)], {"x.dlq:0": 1}
    )
    assert [key async for key in redis.scan_iter("view:trace:*")] == [b"view:trace:art_1"]
    assert (await redis.memory_usage("view:trace:art_1") or 0) < 4_000


async def test_no_more_is_kept_of_an_article_than_the_bound_and_not_for_ever(redis: Redis) -> None:
    async with redis.pipeline() as pipe:
        write_trace(
            pipe,
            [TracePoint("art_1", at(number), Fact(stage=Stage.EXTRACTED, revision=number)) for number in range(1, 80)],
        )
        await pipe.execute()
    facts = await TraceStore(redis).facts("art_1")
    assert [point.fact.revision for point in facts] == list(range(80 - MAX_FACTS, 80))
    assert 29 * 86_400 < await redis.ttl("view:trace:art_1") <= 30 * 86_400 + 80


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(1, 4), max_size=6), again=st.integers(0, 5))
async def test_however_the_log_is_cut_or_repeated_the_trace_is_the_same(
    redis: Redis, cuts: list[int], again: int
) -> None:
    log = [logged(extracted("art_1", revision=number // 2 + 1), number) for number in range(6)]
    await redis.flushall()
    await project(redis, log)
    expected = await snapshot(redis)
    assert any(key.startswith(b"view:trace:") for key in expected)
    await redis.flushall()
    left, batches = log, []
    for size in [*cuts, len(log)]:
        batches.append(left[:size])
        left = left[size:]
    await project(redis, *batches, log[again:])
    assert await snapshot(redis) == expected


@pytest.mark.parametrize("missing", [True, False])
async def test_a_message_without_a_time_leaves_no_trace(redis: Redis, missing: bool) -> None:
    message = logged(extracted("art_1"), 0)
    if missing:
        message = Message(message.topic, 0, 0, message.key, message.value)
    await project(redis, [message])
    assert bool(await TraceStore(redis).facts("art_1")) is not missing
