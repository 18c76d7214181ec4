"""Why an event is one event: what spoke against its nearest neighbour, what was merged, split and moved. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.api.pages.references import Pieces, References
from services.api.summaries import event_page
from services.contracts.event import Event

MOST_STEPS = 12
"""Steps that are shown; the latest."""
_KIND: Mapping[str, str] = {"merge": "Merged", "split": "Split", "move": "Moved"}


@dataclass(frozen=True)
class LineageStep:
    """A merge, split or move, or what came near."""

    kind: str
    """In a word; empty for the nearest event."""
    reason: Pieces
    other_page: str | None
    """Page of the other event; None where the reason leads there."""


@dataclass(frozen=True)
class LineageView:
    """All of it."""

    nearest: LineageStep | None
    steps: tuple[LineageStep, ...]
    """The latest first."""
    earlier: int
    """Steps that are not shown."""


def lineage_view(event: Event, references: References) -> LineageView | None:
    """The view; None for one article, if nothing came near it either."""
    if event.nearest is None and not event.lineage and event.counts.articles < 2:  # noqa: PLR2004 - two, to be together
        return None
    steps = tuple(
        _step(_KIND.get(entry.kind, entry.kind.capitalize()), entry.reason, entry.event_id, references)
        for entry in reversed(event.lineage[-MOST_STEPS:])
    )
    nearest = event.nearest
    return LineageView(
        nearest=_step("", nearest.sentence, nearest.event_id, references) if nearest else None,
        steps=steps,
        earlier=len(event.lineage) - len(steps),
    )


def _step(kind: str, reason: str, event_id: str, references: References) -> LineageStep:
    page = event_page(event_id)
    pieces = references.pieces(reason)
    return LineageStep(kind, pieces, None if any(piece.page == page for piece in pieces) else page)
