"""All articles and claims of events in Redis: a part of the key family `view:*`.

view:event-lists:{event_id}          JSON of how far the lists are (see event_lists.ListMark)
view:event-articles:{event_id}       hash: by article id, JSON of the contract EventArticle
view:event-articles-at:{event_id}    sorted set, all scores 0: `<published_at> <article_id>`
view:event-claims:{event_id}         hash: by claim id, JSON of event_lists.ListedClaim
view:event-claims-at:{event_id}      sorted set, all scores 0: `<first_reported_at> <claim_id>`
view:article-joined:{article_id}     sorted set, all scores 0: events that the article is in, by their changes
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar, cast

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.api.cursors import id_of, index_member
from services.api.event_lists import ListChange, ListedClaim, ListMark, Lists, Wanted
from services.contracts.base import Contract
from services.contracts.event import EventArticle
from services.runtime.redis_client import redis_errors

M = TypeVar("M", bound=Contract)


class Kind(Enum):
    """Which list: the middle of its keys."""

    ARTICLES = "event-articles"
    CLAIMS = "event-claims"


_NOTHING = ""
"""No document's id."""
_List = tuple[Kind, str]
"""One list of one event."""


def _mark(event_id: str) -> str:
    return f"view:event-lists:{event_id}"


def _key(kind: Kind, event_id: str) -> str:
    return f"view:{kind.value}:{event_id}"


def _places(kind: Kind, event_id: str) -> str:
    return f"view:{kind.value}-at:{event_id}"


def joined_key(article_id: str) -> str:
    """Where the events of an article are."""
    return f"view:article-joined:{article_id}"


def article_place(article: EventArticle) -> str:
    """Where an article stands in its event's list."""
    return index_member(article.published_at, article.article_id)


def claim_place(claim: ListedClaim) -> str:
    """Where a claim stands in its event's list."""
    return index_member(claim.first_reported_at, claim.claim_id)


@dataclass(frozen=True)
class ListPart(Generic[M]):
    """Part of a list. `last`: the place to continue after; None: the list ends here."""

    items: tuple[M, ...]
    last: str | None
    total: int


class ListStore:
    """Reads of the lists. Every method raises TransientError when Redis does not answer."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def marks(self, event_ids: Iterable[str]) -> dict[str, ListMark]:
        """How far the lists of each event are; those without changes so far are at version 0."""
        wanted = list(event_ids)
        if not wanted:
            return {}
        with redis_errors():
            found = await self._redis.mget([_mark(one) for one in wanted])
        return {
            one: ListMark(event_id=one) if document is None else ListMark.model_validate_json(document)
            for one, document in zip(wanted, found, strict=True)
        }

    async def lists(self, wanted: Mapping[str, Wanted]) -> dict[str, Lists]:
        """What is wanted of each event's lists and there; all in one round trip."""
        with redis_errors():
            async with self._redis.pipeline(transaction=False) as pipe:
                for event_id, of_event in wanted.items():
                    _read(pipe, _key(Kind.ARTICLES, event_id), None if of_event.everything else of_event.articles)
                    _read(pipe, _key(Kind.CLAIMS, event_id), None if of_event.everything else of_event.claims)
                found = await pipe.execute()
        return {
            event_id: Lists(
                {one.article_id: one for one in _parsed(EventArticle, articles)},
                {one.claim_id: one for one in _parsed(ListedClaim, claims)},
            )
            for event_id, articles, claims in zip(wanted, found[::2], found[1::2], strict=True)
        }

    async def articles(self, event_id: str, article_ids: Sequence[str]) -> dict[str, EventArticle]:
        """Those of the articles that the event has by its changes, by id."""
        found = await self._documents(Kind.ARTICLES, event_id, article_ids)
        return {one.article_id: one for one in map(EventArticle.model_validate_json, found)}

    async def part(self, kind: Kind, model: type[M], event_id: str, limit: int, after: str | None) -> ListPart[M]:
        """At most `limit` of a list after a place, the earliest first."""
        start = "-" if after is None else f"({after}"
        places = _places(kind, event_id)
        with redis_errors():
            total = await self._redis.zcard(places)
            rows = await self._redis.zrange(places, start, "+", bylex=True, offset=0, num=limit + 1)
        members = [cast("bytes", row).decode() for row in rows[:limit]]
        found = await self._documents(kind, event_id, [id_of(member) for member in members])
        return ListPart(
            items=tuple(map(model.model_validate_json, found)),
            last=members[-1] if len(rows) > limit else None,
            total=total,
        )

    async def _documents(self, kind: Kind, event_id: str, ids: Sequence[str]) -> list[bytes | str]:
        """Those that are there; one can go between two reads."""
        if not ids:
            return []
        with redis_errors():
            found = await self._redis.hmget(_key(kind, event_id), list(ids))
        return [document for document in found if document is not None]


def _read(pipe: Pipeline, key: str, ids: Sequence[str] | None) -> None:
    """Queue the reading of these documents; None: of all."""
    if ids is None:
        pipe.hvals(key)
    else:
        pipe.hmget(key, ids or [_NOTHING])  # Redis wants at least one


def _parsed(model: type[M], documents: Iterable[bytes | None]) -> Iterator[M]:
    """Those that are there."""
    return (model.model_validate_json(document) for document in documents if document is not None)


def write_lists(pipe: Pipeline, changes: Iterable[ListChange]) -> None:
    """Queue the commands that bring lists up to date."""
    for change in changes:
        event_id = change.mark.event_id
        pipe.set(_mark(event_id), change.mark.model_dump_json())
        before, after = change.before, change.after
        _write(pipe, (Kind.ARTICLES, event_id), before.articles, after.articles, article_place)
        _write(pipe, (Kind.CLAIMS, event_id), before.claims, after.claims, claim_place)
        for article_id in before.articles.keys() - after.articles.keys():
            pipe.zrem(joined_key(article_id), event_id)
        for article_id in after.articles.keys() - before.articles.keys():
            pipe.zadd(joined_key(article_id), {event_id: 0})


def _write(
    pipe: Pipeline, listed: _List, before: Mapping[str, M], after: Mapping[str, M], place: Callable[[M], str]
) -> None:
    gone = [one_id for one_id in before if one_id not in after]
    moved = [place(old) for one_id, old in before.items() if one_id not in after or place(after[one_id]) != place(old)]
    new = {one_id: one for one_id, one in after.items() if before.get(one_id) != one}
    if gone:
        pipe.hdel(_key(*listed), *gone)
    if moved:
        pipe.zrem(_places(*listed), *moved)
    if new:
        pipe.hset(_key(*listed), mapping={one_id: one.model_dump_json() for one_id, one in new.items()})
        pipe.zadd(_places(*listed), dict.fromkeys(map(place, new.values()), 0))
