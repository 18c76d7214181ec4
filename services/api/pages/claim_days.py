"""The days that a claim tells of, beside the day on which it is said to be reported. Pure."""

import re
from datetime import UTC, date, datetime

from services.contracts.article import Precision
from services.contracts.claim import DateMention
from services.contracts.event_claims import MergedClaim

_DAYS_APART = 1
"""Days that a place further east may be ahead."""
_TO_COME = re.compile(
    r"\b(?:will|would|shall|going to|to be|plan(?:s|ned)?|scheduled|set|expected|due|until|before|by|next|may|might"
    r"|could)\b",
    re.IGNORECASE,
)


def tells_of_later_day(claim: MergedClaim, moment: datetime) -> bool:
    """Whether a claim tells, as past, of a day after a moment.

    A report of it from before that day is none: its article has had its words changed since.
    """
    day = moment.astimezone(UTC).date()
    return _TO_COME.search(claim.text) is None and any(
        told is not None and (told - day).days > _DAYS_APART for told in map(_day, claim.dates)
    )


def _day(mention: DateMention) -> date | None:
    """The day that is named; None for months, intervals and days with open digits."""
    if mention.precision is not Precision.DAY:
        return None
    try:
        return date.fromisoformat(mention.iso)
    except ValueError:
        return None
