"""The days that a claim names, compared with the day on which it was published. Pure."""

import re
from datetime import UTC, date, datetime

from services.contracts.article import Precision
from services.contracts.claim import DateMention
from services.contracts.event_claims import MergedClaim

_DAYS_APART = 1
"""Places further east are up to a day ahead."""
_TO_COME = re.compile(
    r"\b(?:will|would|shall|going to|to be|plan(?:s|ned)?|scheduled|set|expected|due|until|before|by|next|may|might"
    r"|could)\b",
    re.IGNORECASE,
)


def tells_of_later_day(claim: MergedClaim, moment: datetime) -> bool:
    """Whether a claim speaks, as of the past, of a day after a moment.

    No article of that moment can have said so: its words were changed later.
    """
    day = moment.astimezone(UTC).date()
    return _TO_COME.search(claim.text) is None and any(
        named is not None and (named - day).days > _DAYS_APART for named in map(_day, claim.dates)
    )


def _day(mention: DateMention) -> date | None:
    """The day that is named; None for months, intervals and days with open digits."""
    if mention.precision is not Precision.DAY:
        return None
    try:
        return date.fromisoformat(mention.iso)
    except ValueError:
        return None
