"""Which outlet had which claim first, as a plot: a row for each claim, x is the time of its reports. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import clipped
from services.api.pages.plots.first_reports import Precisions, first_report_of, in_order_of_time
from services.api.pages.plots.scale import Scale, Tick
from services.api.pages.plots.time_scale import time_scale, time_ticks
from services.api.pages.same_words import words_in_article
from services.api.pages.stances import stance_of
from services.contracts.event_claims import MergedClaim, Support
from services.contracts.publication_interval import Interval

MOST_ROWS = 6
_MOST_LATER = 4
"""Outlets that are named after the first one."""
_CLAIM_CHARACTERS = 70


@dataclass(frozen=True)
class OriginReport:
    """The first report of an origin."""

    outlet: str
    words: str
    """How its words stand to those that are shown ("other words"); empty where they are those."""
    at: str
    place: str | None


@dataclass(frozen=True)
class ClaimTime:
    """One claim."""

    claim_id: str
    speaker: str | None
    stance: str | None
    """What stands before the words unless the speaker asserts them: "Denied"."""
    text: str
    first: OriginReport
    later: tuple[OriginReport, ...]
    """By time, one for each further origin."""
    more_later: int
    """Further origins that the table does not name."""


@dataclass(frozen=True)
class ClaimTimes:
    """One plot."""

    rows: tuple[ClaimTime, ...]
    ticks: tuple[Tick, ...]
    """Empty where there are too few moments to draw: then the rows are a list."""
    has_days: bool
    """Whether of a report only the day is known: it stands where the day begins."""
    further: int
    """Claims of several origins that are not drawn."""


def claim_times(
    claims: Sequence[MergedClaim], index: ArticleIndex, times: phrases.Times, known: Precisions
) -> ClaimTimes | None:
    """The plot of claims that several origins report, of which it is known who was the first.

    Args:
        claims: Those that the page lists, with all their reports.
        index: Names the articles.
        times: Tells the event's times.
        known: How exactly these are known.

    Returns:
        None where there is no such claim.
    """
    reports = {claim.claim_id: _origin_reports(claim, known) for claim in claims if claim.origins > 1}
    several = [claim for claim in claims if len(reports.get(claim.claim_id, ())) > 1]
    several.sort(key=lambda claim: (-claim.origins, reports[claim.claim_id][0][0], claim.claim_id))
    drawn = several[:MOST_ROWS]
    if not drawn:
        return None
    drawn.sort(key=lambda claim: (reports[claim.claim_id][0][0], claim.claim_id))
    scale = time_scale([when.begin.timestamp() for claim in drawn for when, _ in reports[claim.claim_id]])
    rows = tuple(_row(claim, reports[claim.claim_id], scale, index, times) for claim in drawn)
    return ClaimTimes(
        rows=rows,
        ticks=time_ticks(scale) if scale else (),
        has_days=any(when.begin < when.end for claim in drawn for when, _ in reports[claim.claim_id]),
        further=len(several) - len(drawn),
    )


def _origin_reports(claim: MergedClaim, known: Precisions) -> list[tuple[Interval, Support]]:
    """The first report of each origin, by time; none where it is not known who was the first of all."""
    if first_report_of(claim, known) is None:
        return []
    firsts: dict[str, tuple[Interval, Support]] = {}
    for when, support in in_order_of_time(claim.supports, known):
        firsts.setdefault(support.origin_id, (when, support))
    return list(firsts.values())


def _row(
    claim: MergedClaim,
    reports: Sequence[tuple[Interval, Support]],
    scale: Scale | None,
    index: ArticleIndex,
    times: phrases.Times,
) -> ClaimTime:
    first, *later = (
        OriginReport(
            index.outlet(support.article_id, support.publisher),
            words_in_article(support, claim).value,
            times(support.published_at) or "",
            scale.place(when.begin.timestamp()) if scale else None,
        )
        for when, support in reports[: 1 + _MOST_LATER]
    )
    return ClaimTime(
        claim_id=claim.claim_id,
        speaker=phrases.speaker(claim.speaker) if claim.speaker else None,
        stance=stance_of(claim),
        text=clipped(claim.text.replace("\n", " "), _CLAIM_CHARACTERS),
        first=first,
        later=tuple(later),
        more_later=max(0, len(reports) - 1 - _MOST_LATER),
    )
