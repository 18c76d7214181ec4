"""Which outlet had which claim first, as a plot: a row for each claim, x is the time of its reports. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import clipped
from services.api.pages.plots.scale import Scale, Tick
from services.api.pages.plots.time_scale import time_scale, time_ticks
from services.contracts.event_claims import MergedClaim, Support

MOST_ROWS = 6
_MOST_LATER = 4
"""Outlets that are named after the first one."""
_CLAIM_CHARACTERS = 70


@dataclass(frozen=True)
class LaterReport:
    """The first report of another origin."""

    outlet: str
    at: str
    place: str


@dataclass(frozen=True)
class ClaimTime:
    """One claim."""

    claim_id: str
    speaker: str | None
    text: str
    first_outlet: str
    first_at: str
    first_place: str
    later: tuple[LaterReport, ...]
    """By time, one for each further origin."""
    more_later: int
    """Further origins that the table does not name."""


@dataclass(frozen=True)
class ClaimTimes:
    """One plot."""

    rows: tuple[ClaimTime, ...]
    ticks: tuple[Tick, ...]
    further: int
    """Claims of several origins that are not drawn."""


def claim_times(claims: Sequence[MergedClaim], index: ArticleIndex, times: phrases.Times) -> ClaimTimes | None:
    """The plot of claims that several origins report, each at a time that is known.

    Args:
        claims: Those that the page lists, with all their reports.
        index: Names the articles.
        times: Tells the event's times.

    Returns:
        None where no claim has two such reports, or all are of one moment.
    """
    dated = {claim.claim_id: _first_reports(claim) for claim in claims if claim.origins > 1}
    several = [claim for claim in claims if len(dated.get(claim.claim_id, ())) > 1]
    several.sort(key=lambda claim: (-claim.origins, dated[claim.claim_id][0][0], claim.claim_id))
    drawn = several[:MOST_ROWS]
    drawn.sort(key=lambda claim: (dated[claim.claim_id][0][0], claim.claim_id))
    scale = time_scale([moment.timestamp() for claim in drawn for moment, _ in dated[claim.claim_id]])
    if scale is None:
        return None
    rows = tuple(_row(claim, dated[claim.claim_id], scale, index, times) for claim in drawn)
    return ClaimTimes(rows, time_ticks(scale), len(several) - len(drawn))


def _first_reports(claim: MergedClaim) -> list[tuple[datetime, Support]]:
    """The first report of each origin, by time; none where one of them is not dated, since it could be the first."""
    if any(support.published_at is None for support in claim.supports):
        return []
    firsts: dict[str, tuple[datetime, Support]] = {}
    dated = [(support.published_at, support) for support in claim.supports if support.published_at is not None]
    for moment, support in sorted(dated, key=lambda report: (report[0], report[1].article_id)):
        firsts.setdefault(support.origin_id, (moment, support))
    return list(firsts.values())


def _row(
    claim: MergedClaim,
    reports: Sequence[tuple[datetime, Support]],
    scale: Scale,
    index: ArticleIndex,
    times: phrases.Times,
) -> ClaimTime:
    (first_moment, first), *later = reports
    return ClaimTime(
        claim_id=claim.claim_id,
        speaker=phrases.speaker(claim.speaker) if claim.speaker else None,
        text=clipped(claim.text.replace("\n", " "), _CLAIM_CHARACTERS),
        first_outlet=index.outlet(first.article_id, first.publisher),
        first_at=times(first_moment) or "",
        first_place=scale.place(first_moment.timestamp()),
        later=tuple(
            LaterReport(
                index.outlet(support.article_id, support.publisher),
                times(moment) or "",
                scale.place(moment.timestamp()),
            )
            for moment, support in later[:_MOST_LATER]
        ),
        more_later=max(0, len(later) - _MOST_LATER),
    )
