"""The messages that tell of a placement: one for each event that it changed, several where one would be too large."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.contracts.base import Contract
from services.contracts.embedded import EmbeddedArticle
from services.contracts.placed import EventPlaced, PlacedArticle
from services.contracts.topics import EVENT_PLACED, MAX_MESSAGE_BYTES
from services.dedupe.clustering.article_cache import ArticleWithMembership
from services.dedupe.clustering.placement import PlacementEffect
from services.runtime.messages import Outgoing

PART_BYTES = 4 * 2**20
"""Of the articles in one message, if there is more than one. What else it says takes some kilobytes."""
LARGEST_ARTICLE = MAX_MESSAGE_BYTES - 2**18
"""Bytes of an article with its claims that a message can still carry, with why it is in the event and its lineage."""
_BYTES_A_CLAIM = 1_000
_SURELY_SMALL = 2**20


@dataclass(slots=True)
class _Part:
    joined: list[PlacedArticle] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    size: int = 0

    def has_room(self, byte_count: int, max_bytes: int) -> bool:
        """Whether so many bytes more fit in. An empty one takes whatever comes."""
        return self.size == 0 or self.size + byte_count <= max_bytes


def build_placed_messages(
    shard: str,
    change: PlacementEffect,
    joined_articles: Sequence[ArticleWithMembership],
    traceparent: str | None = None,
    *,
    part_bytes: int = PART_BYTES,
) -> list[Outgoing]:
    """What is published of one change, in order: its parts, of which the last completes the version.

    Args:
        shard: Name of the shard.
        change: What a placement did to one event.
        joined_articles: The articles that joined it, as they were then.
        traceparent: Of the article that was placed.
        part_bytes: See `PART_BYTES`.
    """
    record = change.record
    parts = _split_into_parts([_build_placed_article(one) for one in joined_articles], change.left, part_bytes)
    return [
        Outgoing(
            EVENT_PLACED,
            key=record.event_id,
            value=_build_event_placed(shard, change, part, complete=number == len(parts)),
            id=f"{record.event_id}:{record.version}" + ("" if number == len(parts) else f".{number}"),
            time=record.updated_at,
            traceparent=traceparent,
        )
        for number, part in enumerate(parts, start=1)
    ]


def check_article_size(embedded_article: EmbeddedArticle) -> None:
    """Raises ValueError if no message could tell that this article joined an event."""
    extracted = embedded_article.extracted
    if len(extracted.article.text) + _BYTES_A_CLAIM * len(extracted.claims) < _SURELY_SMALL:
        return
    if _count_json_bytes(extracted) > LARGEST_ARTICLE:
        raise ValueError(f"with its claims it is larger than {LARGEST_ARTICLE:,} bytes")


def _split_into_parts(
    joined_articles: Sequence[PlacedArticle], left_article_ids: Sequence[str], max_bytes: int
) -> list[_Part]:
    if len(joined_articles) + len(left_article_ids) <= 1:  # as nearly always: nothing need be measured
        return [_Part(list(joined_articles), list(left_article_ids))]
    parts = [_Part()]
    for one in joined_articles:
        _reserve_room_in_part(parts, _count_json_bytes(one), max_bytes).joined.append(one)
    for article_id in left_article_ids:
        _reserve_room_in_part(parts, len(article_id) + 3, max_bytes).left.append(article_id)
    return parts


def _reserve_room_in_part(parts: list[_Part], byte_count: int, max_bytes: int) -> _Part:
    """The last part, or a new one if so many bytes are too many for it."""
    if not parts[-1].has_room(byte_count, max_bytes):
        parts.append(_Part())
    parts[-1].size += byte_count
    return parts[-1]


def _build_event_placed(shard: str, change: PlacementEffect, part: _Part, *, complete: bool) -> EventPlaced:
    record = change.record
    return EventPlaced(
        event_id=record.event_id,
        shard=shard,
        version=record.version,
        status=record.status,
        merged_into=record.merged_into,
        founder_id=record.founder_id,
        updated_at=record.updated_at,
        lineage=record.lineage,
        joined=tuple(part.joined),
        left=tuple(part.left),
        members=change.members,
        complete=complete,
    )


def _build_placed_article(whole_article: ArticleWithMembership) -> PlacedArticle:
    embedded = whole_article.embedded
    return PlacedArticle(
        extracted=embedded.extracted,
        model=embedded.model,
        lead_vector=embedded.lead_vector,
        membership=whole_article.membership,
    )


def _count_json_bytes(value: Contract) -> int:
    return len(value.model_dump_json().encode())
