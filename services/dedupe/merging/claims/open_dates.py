"""Completes the open dates of undated articles by the days on which their event was reported.

An article without a day of publication leaves open the year of "October 25", the week of "Sunday" and the month of
"this month" (`DateMention`). Its event has dated reports of the same happening: the date nearest to them is meant.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from services.contracts.article import Precision
from services.contracts.claim import Claim, DateMention

_OPEN = "X"
_THIS_MONTH = "XXXX-XX"
_WEEK_DAYS = 7
_HALF_WEEK = 3
_FAR_DAYS = 366
_FIRST_DAY = "-01"


def find_median_publication_day(days: Sequence[date]) -> date | None:
    """Return the middle (of two the earlier) of the days on which an event's articles were published, given in order.

    None: all are undated.
    """
    return days[(len(days) - 1) // 2] if days else None


def complete_claim_dates(claim: Claim, event_day: date | None) -> Claim:
    """Return the claim with its open dates completed by the event's day; the same claim if none is open."""
    if event_day is None or not has_incomplete_dates(claim):
        return claim
    quantities = tuple(
        quantity.model_copy(update={"as_of": _nearest_iso_date(quantity.as_of, event_day)})
        if quantity.as_of is not None and _OPEN in quantity.as_of
        else quantity
        for quantity in claim.quantities
    )
    dates = tuple(complete_date_mention(mention, event_day) for mention in claim.dates)
    return claim.model_copy(update={"dates": dates, "quantities": quantities})


def has_incomplete_dates(claim: Claim) -> bool:
    """Whether a date of a claim leaves its year, week or month open."""
    dates = [mention.iso for mention in claim.dates] + [quantity.as_of or "" for quantity in claim.quantities]
    return any(_OPEN in iso for iso in dates)


def complete_date_mention(mention: DateMention, event_day: date) -> DateMention:
    """Return the mention with its open year or week filled in: the date nearest to `event_day`, or that year's end."""
    if _OPEN not in mention.iso:
        return mention
    if mention.precision is Precision.YEAR:
        iso = mention.iso.replace("XXXX", f"{event_day.year:04d}")
    else:
        iso = "/".join(_nearest_iso_date(end, event_day) for end in mention.iso.split("/"))
    return mention.model_copy(update={"iso": iso})


def _nearest_iso_date(open_date: str, event_day: date) -> str:
    if "W" in open_date:
        ahead = (int(open_date[-1]) - event_day.isoweekday()) % _WEEK_DAYS
        return (event_day + timedelta(days=ahead - (_WEEK_DAYS if ahead > _HALF_WEEK else 0))).isoformat()
    if open_date == _THIS_MONTH:
        return f"{event_day.year:04d}-{event_day.month:02d}"
    years = (event_day.year - 1, event_day.year, event_day.year + 1)
    written = [open_date.replace("XXXX", f"{year:04d}") for year in years]
    return min(written, key=lambda one: (_days_between(one, event_day), one))


def _days_between(iso_date: str, event_day: date) -> int:
    """Days from `event_day`; a month counts from its first day, and February 29 of another year is far."""
    try:
        return abs(
            (date.fromisoformat(iso_date if iso_date.count("-") > 1 else iso_date + _FIRST_DAY) - event_day).days
        )
    except ValueError:
        return _FAR_DAYS
