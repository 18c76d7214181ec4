"""The reconciled figures as the event page shows them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.claim_views import ClaimView
from services.contracts.event_claims import Figure, FigureValue, FigureVerdict


@dataclass(frozen=True)
class ValueRow:
    """One value that reports give."""

    surface: str
    note: str
    """The bound, where the words do not say it."""
    holds: str
    """What kind of value it is, where and when it holds; empty for one that is simply told."""
    source: str
    outlets: tuple[str, ...]
    origins: str
    first_reported: str | None
    claim_id: str | None
    """A claim of this page that gives the value."""


@dataclass(frozen=True)
class FigureView:
    """All values for one counted thing."""

    counted: str
    verdict: str
    conflicting: bool
    differs: bool
    """Whether more than one value is given."""
    explanation: str
    """Why the verdict is what it is; empty for one value."""
    rows: tuple[ValueRow, ...]


_ORDER = (FigureVerdict.CONFLICTING, FigureVerdict.SUPERSEDED, FigureVerdict.COMPATIBLE)


def figure_views(
    figures: Sequence[Figure], claims: Mapping[str, ClaimView], outlets: Mapping[str, str], times: phrases.Times
) -> list[FigureView]:
    """The figures, conflicts first, otherwise in the order given.

    Args:
        figures: of one event.
        claims: the page's claims, by id.
        outlets: by article id, what its outlet is called.
        times: tells the event's times.
    """
    rank = {verdict: place for place, verdict in enumerate(_ORDER)}
    ordered = sorted(figures, key=lambda figure: rank.get(figure.verdict, len(_ORDER)))
    return [
        FigureView(
            counted=_counted(figure),
            verdict=phrases.VERDICT[figure.verdict],
            conflicting=figure.verdict is FigureVerdict.CONFLICTING,
            differs=len(figure.values) > 1,
            explanation=figure.explanation,
            rows=tuple(_row(value, claims, outlets, times) for value in figure.values),
        )
        for figure in ordered
    ]


def _counted(figure: Figure) -> str:
    return f"{figure.counted} ({figure.unit})" if figure.unit else figure.counted


def _row(
    value: FigureValue, claims: Mapping[str, ClaimView], outlets: Mapping[str, str], times: phrases.Times
) -> ValueRow:
    names = dict.fromkeys(outlets[article_id] for article_id in value.article_ids if article_id in outlets)
    return ValueRow(
        surface=value.surface,
        note=phrases.bound_note(value.bound, value.surface),
        holds=phrases.holds(value),
        source=phrases.sources(value),
        outlets=tuple(names),
        origins=phrases.count(value.origins, "origin"),
        first_reported=times(value.first_reported_at),
        claim_id=next((claim_id for claim_id in value.claim_ids if claim_id in claims), None),
    )
