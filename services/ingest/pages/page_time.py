"""When a page was first published. Pure but for htmldate, which looks where nothing is said plainly."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from htmldate import find_date
from lxml.html import HtmlElement

from services.contracts.article import Precision
from services.ingest.addresses.url_date import EARLIEST
from services.ingest.timestamps import Timestamp, parse_timestamp

MAX_WRITTEN = 60
"""Times that are looked at: a page names its own in a few places."""


def published_time(written: Iterable[str], *, latest: date) -> Timestamp | None:
    """The time of publication out of what a page states; None where it states none.

    Where none can be believed it is the first, for the note that it was not.

    The first place decides the moment. Where it gives no offset, or the day only, another place that has the same clock
    time, or the same day, tells more.

    Args:
        written: times as written, best place first.
        latest: the last day that can be one of publication.
    """
    read = [time for text in list(written)[:MAX_WRITTEN] if (time := _time(text))]
    times = [time for time in read if is_possible(time, latest)]
    if not times:
        return read[0] if read else None
    first = times[0]
    if first.precision is Precision.DAY:
        return next((one for one in times if one.precision is Precision.SECOND and _day(one) == first.at.date()), first)
    if first.offset is None:
        clock = first.at.replace(tzinfo=None)
        return next((one for one in times if one.offset is not None and _clock(one) == clock), first)
    return first


def is_possible(time: Timestamp, latest: date) -> bool:
    """Whether an article on the web can have been published then."""
    return EARLIEST <= time.at.date() <= latest


def searched_day(tree: HtmlElement, *, latest: date, url: str | None) -> Timestamp | None:
    """The day that htmldate finds on a page."""
    day = find_date(
        tree,
        original_date=True,
        extensive_search=False,  # guesses from any number on the page
        deferred_url_extractor=True,  # what the page says goes before its address
        url=url,
        min_date=EARLIEST.isoformat(),
        max_date=latest.isoformat(),
    )
    return parse_timestamp(day)


def _time(text: str) -> Timestamp | None:
    """ISO 8601, also with a blank for the T, without seconds' fraction or with an offset as +0100."""
    try:
        return parse_timestamp(text.strip().replace(" +", "+").replace(" Z", "Z"))
    except ValueError:
        return None


def _clock(time: Timestamp) -> datetime:
    """What the publisher's clock showed."""
    return (time.at + timedelta(minutes=time.offset or 0)).replace(tzinfo=None)


def _day(time: Timestamp) -> date:
    return _clock(time).date()
