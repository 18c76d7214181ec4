"""Labelled articles for fitting, and the replicas that make one threshold hold for other kinds of input."""

import gzip
import json
import random
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import TextKind

FOLDS = 5
_SHORT_CHARACTERS = 570
_SENTENCE_END = re.compile(r"(?<=[.!?\"\u201d])\s+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article and the event that an editor put it in."""

    title: str
    text: str
    published_at: datetime | None
    event: str
    publisher: str | None = None
    kind: TextKind | None = None
    """Of the text; None: a report."""

    @property
    def fold(self) -> int:
        """Fold of cross-validation: whole events, by their label."""
        return zlib.crc32(self.event.encode()) % FOLDS


@dataclass(frozen=True, slots=True)
class Replica:
    """One training set, and how often it counts."""

    rows: tuple[Labelled, ...]
    weight: float = 1.0


def read_labelled(path: Path) -> list[Labelled]:
    """Rows {title, text, published_at, event, publisher, text_kind} of gzip'd JSON Lines, the last two where known.

    Dated ones come first, in publication order.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [_row(json.loads(line)) for line in lines]
    latest = datetime.max.replace(tzinfo=UTC)
    return sorted(rows, key=lambda row: row.published_at or latest)


def as_is(row: Labelled) -> Labelled:
    """The row itself."""
    return row


def shortened(row: Labelled) -> Labelled:
    """Title and two sentences, as feeds often give."""
    sentences = _SENTENCE_END.split(" ".join(row.text.split()))
    return replace(row, text=" ".join(sentences[:2])[:_SHORT_CHARACTERS])


def bare(row: Labelled) -> Labelled:
    """Without date and title, as pasted text comes."""
    return replace(row, title="", published_at=None)


def undated(row: Labelled) -> Labelled:
    """Without its date."""
    return replace(row, published_at=None)


def sibling_groups(
    rows: Sequence[Labelled], vectors: NDArray[np.float32], groups: int, size: int, seed: int
) -> list[list[Labelled]]:
    """Small collections of events that are hard to tell apart: an event and the `size` most similar to it.

    A random part of a collection is as thin, but its events have little in common: fitted to such parts alone, the
    decision would take any thin collection for an easy one. `vectors`: leads of the rows, (n, dimensions).
    """
    events = sorted({row.event for row in rows})
    number = {event: at for at, event in enumerate(events)}
    centres = np.zeros((len(events), vectors.shape[1]))
    np.add.at(centres, [number[row.event] for row in rows], vectors)
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    chance = random.Random(seed)  # noqa: S311 - a fixed sample, no secret
    found = []
    for first in chance.sample(range(len(events)), min(groups, len(events))):
        kept = {events[at] for at in np.argsort(-(centres @ centres[first]), kind="stable")[: size + 1]}
        found.append([row for row in rows if row.event in kept])
    return found


def replicas(rows: Sequence[Labelled]) -> list[Replica]:
    """Training sets: as is, shortened, bare, dated alone, and thinned, so that the density of a collection varies.

    What breaks a fixed threshold on another collection is the prior of "same event", not the similarity.
    """
    chance = random.Random(7)  # noqa: S311 - a fixed sample, no secret
    dated = tuple(row for row in rows if row.published_at is not None)
    found = [
        Replica(tuple(rows)),
        Replica(tuple(map(shortened, rows))),
        Replica(tuple(map(bare, rows))),
        Replica(dated, weight=2.0),
        Replica(tuple(sorted(map(_folded, dated), key=_published)), weight=2.0),
    ]
    for change, part, times in (
        (as_is, 4, 2),
        (as_is, 16, 6),
        (bare, 16, 3),
        (bare, 64, 8),
        (shortened, 16, 3),
    ):
        found += [Replica(_thinned(rows, part, change, chance)) for _ in range(times)]
    return found


def _row(content: dict[str, str | None]) -> Labelled:
    moment = datetime.fromisoformat(content["published_at"]) if content["published_at"] else None
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    kind = content.get("text_kind")
    return Labelled(
        title=content["title"] or "",
        text=content["text"] or "",
        published_at=moment,
        event=str(content["event"]),
        publisher=content.get("publisher"),
        kind=TextKind(kind) if kind else None,
    )


def _thinned(
    rows: Sequence[Labelled], part: int, change: Callable[[Labelled], Labelled], chance: random.Random
) -> tuple[Labelled, ...]:
    """A random 1/`part` of the events."""
    events = sorted({row.event for row in rows})
    kept = set(chance.sample(events, max(2, len(events) // part)))
    return tuple(change(row) for row in rows if row.event in kept)


def _folded(row: Labelled) -> Labelled:
    """All years laid over one half-year: a dense collection of dated articles.

    Whole weeks are taken off, so that weekdays stay what the text says.
    """
    assert row.published_at is not None
    weeks = row.published_at.timestamp() // (26 * 7 * 86_400)
    moment = datetime.fromtimestamp(row.published_at.timestamp() - weeks * 26 * 7 * 86_400, UTC)
    return replace(row, published_at=moment)


def _published(row: Labelled) -> datetime:
    assert row.published_at is not None
    return row.published_at
