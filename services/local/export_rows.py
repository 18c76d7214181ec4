"""Claims and figures as rows of a table. Pure.

A column has one type and the same name wherever it stands; what is not known is null. Names of columns do not change:
new ones may come behind the last.
"""

from collections.abc import Iterator
from datetime import datetime

from services.api.event_lists import ListedClaim
from services.contracts.event import Event

Row = dict[str, str | int | float | bool | None]

CLAIM_COLUMNS: dict[str, type] = {
    "event_id": str,
    "headline": str,
    "claim_id": str,
    "claim": str,
    "kind": str,
    "speaker": str,
    "commitment": str,
    "negated": bool,
    "origins": int,
    "article_id": str,
    "publisher": str,
    "origin_id": str,
    "published_at": str,
    "reported_as": str,
    "start": int,
    "end": int,
}
"""A row is one report of a claim: `reported_as` stands at characters [start, end) of the article's text; `speaker` and
`commitment` are as this article tells them."""
FIGURE_COLUMNS: dict[str, type] = {
    "event_id": str,
    "headline": str,
    "counted": str,
    "unit": str,
    "verdict": str,
    "value": float,
    "low": float,
    "high": float,
    "bound": str,
    "as_written": str,
    "outlook": str,
    "increment": bool,
    "sources": str,
    "origins": int,
    "as_of": str,
    "first_reported_at": str,
    "article_ids": str,
}
"""A row is one value of a figure; several sources or articles stand in one cell, with `; ` between."""


def claim_rows(event_id: str, headline: str, claims: Iterator[ListedClaim]) -> Iterator[Row]:
    """A row for the first report of each independent origin of each claim of an event."""
    for claim in claims:
        for report in claim.reports:
            yield {
                "event_id": event_id,
                "headline": headline,
                "claim_id": claim.claim_id,
                "claim": claim.text,
                "kind": claim.kind.value,
                "speaker": None if report.speaker is None else report.speaker.canonical,
                "commitment": report.commitment.value,
                "negated": claim.negated,
                "origins": claim.origins,
                "article_id": report.article_id,
                "publisher": report.publisher.name or report.publisher.domain,
                "origin_id": report.origin_id,
                "published_at": _written(report.published_at),
                "reported_as": report.text,
                "start": report.span.start,
                "end": report.span.end,
            }


def figure_rows(event: Event) -> Iterator[Row]:
    """A row for each value of each figure of an event."""
    for figure in event.figures:
        for value in figure.values:
            yield {
                "event_id": event.event_id,
                "headline": event.headline,
                "counted": figure.counted,
                "unit": figure.unit,
                "verdict": figure.verdict.value,
                "value": value.value,
                "low": value.low,
                "high": value.high,
                "bound": value.bound.value,
                "as_written": value.surface,
                "outlook": value.outlook.value,
                "increment": value.increment,
                "sources": "; ".join(value.sources) or None,
                "origins": value.origins,
                "as_of": value.as_of,
                "first_reported_at": _written(value.first_reported_at),
                "article_ids": "; ".join(value.article_ids),
            }


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
