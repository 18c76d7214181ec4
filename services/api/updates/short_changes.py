"""The changes that a frame of the stream names: a few words each, the rest counted. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from services.contracts.base import Contract

MOST_SHOWN = 20
"""Changes that a frame names; one version of an event can have hundreds."""
MOST_CLAIM_IDS = 5
"""Claims that a change in a frame names."""
MOST_CHARS = 300
"""Of the words of a change."""


class ShortChange(Contract):
    """One thing about an event that is new, in short."""

    kind: str
    """A kind of `event.changed.v1`."""
    article_id: str | None = None
    """The article that it is about."""
    claim_ids: tuple[str, ...] = ()
    """The merged claims that it is about, five at most."""
    text: str | None = None
    """What it is about, in words: of a claim its wording, of an article its title, of a figure or contradiction what
    stands against what; null where there are none."""


@dataclass(frozen=True)
class ShortChanges:
    """The changes that one update comes from."""

    shown: tuple[ShortChange, ...]
    total: int | None
    """How many there are; None: they have not come yet, or are no longer there."""
    kinds: frozenset[str] | None
    """Their kinds; None: as above."""


UNKNOWN = ShortChanges((), None, None)


def shorten_changes(lines: Iterable[bytes]) -> ShortChanges:
    """What a frame names of changes, given as packed: JSON without what has its default."""
    changes = [orjson.loads(line) for line in lines]
    return ShortChanges(
        shown=tuple(_shorten(change) for change in changes[:MOST_SHOWN]),
        total=len(changes),
        kinds=frozenset(change["kind"] for change in changes),
    )


def _shorten(change: Mapping[str, Any]) -> ShortChange:
    text = _words(change)
    return ShortChange(
        kind=change["kind"],
        article_id=change.get("article_id"),
        claim_ids=tuple(change.get("claim_ids", ())[:MOST_CLAIM_IDS]),
        text=None if text is None else text[:MOST_CHARS],
    )


def _words(change: Mapping[str, Any]) -> str | None:
    """Of the first part that the change has and that has words."""
    words = (read(change[name]) for name, read in _READERS.items() if name in change)
    return next((text for text in words if isinstance(text, str) and text), None)


def _figure_words(figure: Mapping[str, Any]) -> object:
    value = (figure.get("value") or {}).get("surface")
    return f"{figure['counted']}: {value}" if value else figure.get("explanation") or figure["counted"]


_READERS: Mapping[str, Callable[[Any], object]] = {
    "claim": lambda claim: claim.get("text"),
    "contradiction": lambda contradiction: contradiction.get("explanation"),
    "figure": _figure_words,
    "support": lambda support: support.get("text"),
    "headline": lambda headline: headline,
    "article": lambda article: article.get("title"),
    "reason": lambda reason: reason,
}
"""By part of a change, what gives its words; in the order in which parts are looked at."""
