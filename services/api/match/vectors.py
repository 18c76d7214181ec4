"""Vectors of articles in the view: what changes of events say of them. Pure."""

import math
import struct
from array import array
from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import mul

from services.contracts.changed import EventChange
from services.contracts.event import EventArticle

_BYTES_PER_HALF = 2
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class ArticleVector:
    """An article of an event, and where its lead points to."""

    model: str
    values: tuple[float, ...]
    day: int | None
    """Day of publication, counted from 1970-01-01 in UTC; None: not known."""


@dataclass(frozen=True)
class Neighbour:
    """An article near a vector, in its event."""

    event_id: str
    article_id: str
    cosine: float
    day: int | None = None
    """Of publication, from 1970-01-01 in UTC; None: not known."""


@dataclass(frozen=True)
class RoundedVector:
    """A vector as the store keeps it: whole numbers of one byte, and what one of them is worth at length 1."""

    values: "array[int]"
    scale: float

    def cosine(self, other: "RoundedVector") -> float:
        """With another one of the same model."""
        product: int = sum(map(mul, self.values, other.values))
        return product * self.scale * other.scale


def decode_vector(encoded: str) -> tuple[float, ...]:
    """The values of a vector as it travels. Raises ValueError for what is none."""
    packed = b64decode(encoded, validate=True)
    try:
        values = struct.unpack(f"<{len(packed) // _BYTES_PER_HALF}e", packed)
    except struct.error as error:
        raise ValueError("not a row of float16") from error
    if not any(values) or not all(map(math.isfinite, values)):
        raise ValueError("a vector without a direction, or with values that are not finite")
    return values


def day_of(moment: datetime | None) -> int | None:
    """Days from 1970-01-01 in UTC."""
    return None if moment is None else (moment - _EPOCH).days


def vectors_told(changes: Iterable[EventChange], articles: Mapping[str, EventArticle]) -> dict[str, ArticleVector]:
    """By article id, the vectors that changes of one event give.

    Args:
        changes: In order.
        articles: Those of the event after the changes: others have none, nor have withdrawn ones.
    """
    told: dict[str, ArticleVector] = {}
    for change in changes:
        article = articles.get(change.article_id or "")
        if article is None or change.lead_vector is None or change.vector_model is None:
            continue
        try:
            values = decode_vector(change.lead_vector)
        except ValueError:
            continue  # whoever reads a view can do without a vector, but not without what follows
        told[article.article_id] = ArticleVector(change.vector_model, values, day_of(article.published_at))
    return told
