"""The reconciled figures as the event page shows them: a plot, and the table behind it. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.lists import format_list

from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import clipped, shown
from services.api.pages.claim_views import ClaimView
from services.api.pages.figure_order import in_digits, lowest_first
from services.api.pages.numbers import ENGLISH, count
from services.api.pages.plots.differences import differences
from services.api.pages.plots.figure_plot import Mark, figure_plot, superseded_values
from services.api.pages.plots.figure_times import FigureTime, FigureTimes, figure_times
from services.api.pages.plots.scale import Tick
from services.contracts.event_claims import Figure, FigureValue, FigureVerdict


@dataclass(frozen=True)
class ValueRow:
    """One value that reports give."""

    surface: str
    note: str
    """The bound, where the words do not say it."""
    holds: str
    """What kind of value it is, where and when it holds; empty for a plain one."""
    source: str | None
    """Who gives it; None where no report names somebody."""
    outlets: tuple[str, ...]
    origins: str
    first_reported: str | None
    claim_id: str | None
    """A claim of this page that gives the value."""
    told_for: str
    """The day or month that it is told for; empty where no report says."""
    mark: Mark | None
    """How the plot draws it; None without a plot, or where it cannot be drawn."""
    time: FigureTime | None
    """Likewise in the plot by time."""
    superseded: bool
    """Whether a newer value replaces it."""


@dataclass(frozen=True)
class FigureView:
    """All values for one counted thing."""

    counted: str
    verdict: str
    conflicting: bool
    differs: bool
    """Whether values are given that differ."""
    explanation: str
    """Why the verdict is what it is; empty for one value."""
    rows: tuple[ValueRow, ...]
    """The lowest value first."""
    more_values: int
    """Values that the page has no room for."""
    ticks: tuple[Tick, ...]
    """Of the plot's axis; empty where there is no plot."""
    times: FigureTimes | None
    """The same values by time; None where they cannot be dated."""
    differences: tuple[str, ...]
    """What else sets the values apart, in sentences."""


_ON_TOP = re.compile(r"^(?:another|an additional|an extra) (?=\d)", re.IGNORECASE)
"""Words of an increment, left out where the value adds to no other."""
_ORDER = (FigureVerdict.CONFLICTING, FigureVerdict.SUPERSEDED, FigureVerdict.COMPATIBLE)


def in_reading_order(figures: Sequence[Figure]) -> list[Figure]:
    """Conflicts first, otherwise in the order given."""
    rank = {verdict: place for place, verdict in enumerate(_ORDER)}
    return sorted(figures, key=lambda figure: rank.get(figure.verdict, len(_ORDER)))


def figure_view(
    figure: Figure,
    claims: Mapping[str, ClaimView],
    index: ArticleIndex,
    times: phrases.Times,
    values_known: int,
) -> FigureView:
    """One figure.

    Args:
        figure: Of an event.
        claims: The page's claims, by id.
        index: Names the articles.
        times: Tells the event's times.
        values_known: How many values the event has for it; `figure` has those that are shown.
    """
    order = lowest_first(figure.values)
    values = in_digits([figure.values[place] for place in order])
    arranged = figure.model_copy(update={"values": values})
    replaced = superseded_values(figure)
    differs = len(values) > 1 and figure.verdict is not FigureVerdict.AGREE
    plot = figure_plot(arranged)
    by_time = figure_times(values) if differs else None
    marks = plot.marks if plot else (None,) * len(values)
    moments = by_time.marks if by_time else (None,) * len(values)
    return FigureView(
        counted=_counted(figure),
        verdict=phrases.VERDICT[figure.verdict],
        conflicting=figure.verdict is FigureVerdict.CONFLICTING,
        differs=differs,
        explanation=clipped(figure.explanation) if _needs_explanation(figure) else "",
        rows=tuple(
            _row(value, _Drawn(mark, moment, place in replaced), claims, index, times)
            for value, mark, moment, place in zip(values, marks, moments, order, strict=True)
        ),
        more_values=values_known - len(values),
        ticks=plot.ticks if plot else (),
        times=by_time,
        differences=differences(arranged) if differs else (),
    )


def _needs_explanation(figure: Figure) -> bool:
    """Whether a reader asks how the values fit: not of "over 3,400" beside "3,400"."""
    return figure.verdict is not FigureVerdict.COMPATIBLE or len({value.value for value in figure.values}) > 1


@dataclass(frozen=True)
class _Drawn:
    mark: Mark | None
    time: FigureTime | None
    superseded: bool


def _sources(value: FigureValue, index: ArticleIndex) -> str:
    """Who gives a value, and which outlets give it without saying so: "the port; the Post names no source"."""
    silent = {index.outlet(article_id) for article_id in value.unsourced_article_ids if article_id in index}
    naming = {
        index.outlet(article_id)
        for article_id in value.article_ids
        if article_id in index and article_id not in value.unsourced_article_ids
    }
    outlets = sorted(silent - naming)
    if not outlets:
        return shown(phrases.sources(value))
    verb = "names" if len(outlets) == 1 else "name"
    return shown(f"{phrases.sources(value)}; {format_list(outlets, locale=ENGLISH)} {verb} no source")


def _counted(figure: Figure) -> str:
    counted = shown(figure.counted)
    return f"{counted} ({shown(figure.unit)})" if figure.unit else counted


def _row(
    value: FigureValue,
    drawn: _Drawn,
    claims: Mapping[str, ClaimView],
    index: ArticleIndex,
    times: phrases.Times,
) -> ValueRow:
    names = dict.fromkeys(index.outlet(article_id) for article_id in value.article_ids if article_id in index)
    return ValueRow(
        surface=shown(value.surface if value.increment else _ON_TOP.sub("", value.surface)),
        note=phrases.bound_note(value.bound, value.surface),
        holds=shown(phrases.holds(value)),
        source=_sources(value, index) if value.sources or value.source else None,
        outlets=tuple(names),
        origins=count(value.origins, "origin"),
        first_reported=times(value.first_reported_at),
        claim_id=next((claim_id for claim_id in value.claim_ids if claim_id in claims), None),
        told_for=phrases.iso_day(value.as_of),
        mark=drawn.mark,
        time=drawn.time,
        superseded=drawn.superseded,
    )
