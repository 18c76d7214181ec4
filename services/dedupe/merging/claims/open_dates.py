"""Completes the open dates of undated articles by the days on which their event was reported.

An article without a day of publication leaves open the year of "October 25", the week of "Sunday" and the month of
"this month" (`DateMention`). Its event has dated reports of the same happening: the date nearest to them is meant.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from services.contracts.article import Article, Precision
from services.contracts.claim import Claim, DateMention

_OPEN = "X"
_THIS_MONTH = "XXXX-XX"
_WEEK_DAYS = 7
_HALF_WEEK = 3
_FAR_DAYS = 366
_FIRST_DAY = "-01"


def event_day(articles: Sequence[Article]) -> date | None:
    """Return the middle (of two the earlier) day on which an event's articles were published; None: all undated."""
    days = sorted(article.published_at.date() for article in articles if article.published_at is not None)
    return days[(len(days) - 1) // 2] if days else None


def with_full_dates(claim: Claim, day: date | None) -> Claim:
    """Return the claim with its open dates completed by the event's day; the same claim if none is open."""
    if day is None or not has_open_dates(claim):
        return claim
    quantities = tuple(
        quantity.model_copy(update={"as_of": _nearest(quantity.as_of, day)})
        if quantity.as_of is not None and _OPEN in quantity.as_of
        else quantity
        for quantity in claim.quantities
    )
    dates = tuple(complete(mention, day) for mention in claim.dates)
    return claim.model_copy(update={"dates": dates, "quantities": quantities})


def has_open_dates(claim: Claim) -> bool:
    """Whether a date of a claim leaves its year, week or month open."""
    dates = [mention.iso for mention in claim.dates] + [quantity.as_of or "" for quantity in claim.quantities]
    return any(_OPEN in iso for iso in dates)


def complete(mention: DateMention, day: date) -> DateMention:
    """Return the mention with its open year or week filled in: the date nearest to `day`, or that year's end."""
    if _OPEN not in mention.iso:
        return mention
    if mention.precision is Precision.YEAR:
        iso = mention.iso.replace("XXXX", f"{day.year:04d}")
    else:
        iso = "/".join(_nearest(end, day) for end in mention.iso.split("/"))
    return mention.model_copy(update={"iso": iso})


def _nearest(iso: str, day: date) -> str:
    if "W" in iso:
        ahead = (int(iso[-1]) - day.isoweekday()) % _WEEK_DAYS
        return (day + timedelta(days=ahead - (_WEEK_DAYS if ahead > _HALF_WEEK else 0))).isoformat()
    if iso == _THIS_MONTH:
        return f"{day.year:04d}-{day.month:02d}"
    years = (day.year - 1, day.year, day.year + 1)
    written = [iso.replace("XXXX", f"{year:04d}") for year in years]
    return min(written, key=lambda one: (_distance(one, day), one))


def _distance(iso: str, day: date) -> int:
    """Days from `day`; a month counts from its first day, and February 29 of another year is far."""
    try:
        return abs((date.fromisoformat(iso if iso.count("-") > 1 else iso + _FIRST_DAY) - day).days)
    except ValueError:
        return _FAR_DAYS
