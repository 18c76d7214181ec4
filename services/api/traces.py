"""What became of articles, as topics and dead letters tell it: a part of the key family `view:*`.

view:trace:{article_id}       sorted set by time (ms since 1970): JSON of `Fact`, the latest `MAX_FACTS`
view:dead-letter-offsets      hash: how far dead letters were read, by topic and partition, and of which cluster

Times are those that records have in the log, so a replay of it ends in the same view. The first time of a fact counts:
a message that comes again changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.api.trace_facts import Fact, Stage
from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import EventChange
from services.contracts.claim import ExtractedArticle
from services.contracts.topics import ARTICLE_EMBEDDED, ARTICLE_INGESTED, CLAIMS_EXTRACTED
from services.runtime.dead_letter_reading import DeadLetter, Offsets
from services.runtime.messages import Message
from services.runtime.redis_client import redis_errors

MAX_FACTS = 50
"""Of one article."""
KEPT = timedelta(days=30)
"""After the last of them: as long as dead letters are kept."""
MAX_REASON_CHARS = 1_000
MAX_ID_CHARS = 100
"""Of an article's id in a dead letter, which anybody may have written. Ours are shorter."""
OFFSETS = "view:dead-letter-offsets"
DEAD_LETTERS = tuple(
    topic.dead_letters(service)
    for topic in (ARTICLE_INGESTED, CLAIMS_EXTRACTED, ARTICLE_EMBEDDED)
    for service in (topic.producer, *topic.consumers)
)
"""Topics of the dead letters that are about one article."""
_CLUSTER = "cluster"


_STAGES: Mapping[str, Stage] = {
    ChangeKind.ARTICLE_JOINED: Stage.JOINED,
    ChangeKind.ARTICLE_LEFT: Stage.LEFT,
}


@dataclass(frozen=True)
class TracePoint:
    """A fact about an article, and when it came about."""

    article_id: str
    at: datetime
    fact: Fact


def of_article(message: Message[ExtractedArticle]) -> Iterator[TracePoint]:
    """That claims were extracted."""
    if message.logged_at is not None:
        article = message.value.article
        fact = Fact(stage=Stage.EXTRACTED, revision=article.revision, claims=len(message.value.claims))
        yield TracePoint(article.article_id, message.logged_at, fact)


def of_change(message: Message[EventChange]) -> Iterator[TracePoint]:
    """That an article joined its event, or left it."""
    change, stage = message.value, _STAGES.get(message.value.kind)
    if message.logged_at is not None and stage is not None and change.article_id is not None:
        revision = change.article.revision if change.article else None
        fact = Fact(stage=stage, revision=revision, event_id=change.event_id, event_version=change.version)
        yield TracePoint(change.article_id, message.logged_at, fact)


def of_dead_letter(letter: DeadLetter) -> Iterator[TracePoint]:
    """That a service could not use a message about the article."""
    if letter.article_id is not None and len(letter.article_id) <= MAX_ID_CHARS:
        reason = letter.reason[:MAX_REASON_CHARS]
        fact = Fact(stage=Stage.DEAD_LETTER, service=letter.service, topic=letter.topic, reason=reason)
        yield TracePoint(letter.article_id, letter.at, fact)


def write_trace(pipe: Pipeline, points: Iterable[TracePoint]) -> None:
    """Queue the commands that keep these facts."""
    for point in points:
        key = _key(point.article_id)
        milliseconds = point.at.timestamp() * 1000
        pipe.zadd(key, {point.fact.model_dump_json(exclude_defaults=True): milliseconds}, nx=True)
        pipe.zremrangebyrank(key, 0, -MAX_FACTS - 1)
        pipe.expireat(key, point.at + KEPT)


class TraceStore:
    """Every method raises TransientError when Redis does not answer."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def facts(self, article_id: str) -> list[TracePoint]:
        """What is known of an article, the earliest first."""
        with redis_errors():
            found = await self._redis.zrange(_key(article_id), 0, -1, withscores=True)
        return [
            TracePoint(article_id, datetime.fromtimestamp(score / 1000, UTC), Fact.model_validate_json(fact))
            for fact, score in cast("list[tuple[bytes, float]]", found)
        ]

    async def take_up_dead_letters(self, cluster_id: str) -> Offsets:
        """How far the dead letters of this cluster were read. Offsets of another cluster's log are dropped."""
        with redis_errors():
            found = cast("dict[bytes, bytes]", await self._redis.hgetall(OFFSETS))
            if found.pop(_CLUSTER.encode(), b"") != cluster_id.encode():
                await self._redis.delete(OFFSETS)
                return {}
        return {place.decode(): int(offset) for place, offset in found.items()}

    async def note_dead_letters(self, cluster_id: str, letters: Sequence[DeadLetter], offsets: Offsets) -> None:
        """Keep what the letters tell, with how far they were read."""
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                for letter in letters:
                    write_trace(pipe, of_dead_letter(letter))
                pipe.hset(OFFSETS, _CLUSTER, cluster_id)
                for place, offset in offsets.items():
                    pipe.hset(OFFSETS, place, offset)
                await pipe.execute()


def _key(article_id: str) -> str:
    return f"view:trace:{article_id}"
