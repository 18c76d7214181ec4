"""When a page was first published. Pure but for htmldate, which looks where nothing is said plainly."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from htmldate import find_date
from lxml.html import HtmlElement

from services.contracts.article import Precision
from services.ingest.addresses.url_date import EARLIEST
from services.ingest.timestamps import Timestamp, parse_timestamp
from services.ingest.written_times import read_plainly

MAX_WRITTEN = 60
"""Times that are looked at: a page names its own in a few places."""
MAX_ELEMENTS = 5_000
"""In which a label is looked for."""
MAX_LABELS = 10
"""That are looked behind."""
MAX_PIECES = 10
"""Of text in the element behind a label: a day that takes more is none."""
MAX_CHARACTERS = 60
"""Of a time behind a label."""
_LABELLED = ("strong", "b", "span", "dt", "th", "label", "em")
_LABELS = frozenset(
    {
        *("date", "published", "published on", "date published", "publication date", "first published"),
        *("datum", "veröffentlicht", "veröffentlicht am", "erschienen", "erschienen am"),
        *("date de publication", "publié le", "fecha", "publicado", "data", "pubblicato", "gepubliceerd"),
    }
)
_WITH_OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d:?\d\d")


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
        day = first.at.date()
        return next((time for time in times if time.precision is Precision.SECOND and _day(time) == day), first)
    if first.offset is None:
        clock = first.at.replace(tzinfo=None)
        return next((time for time in times if time.offset is not None and _clock(time) == clock), first)
    return first


def with_offset_from(html: str, time: Timestamp) -> Timestamp:
    """The time, with the offset that the page's source has for the same instant elsewhere, if `time` has none or UTC's.

    Publishers' systems write UTC where machines read and their own clock where pages are built: the day of publication
    is that of their clock.
    """
    if time.offset or time.precision is not Precision.SECOND:
        return time
    elsewhere = (_time(match[0]) for match in islice(_WITH_OFFSET.finditer(html), MAX_WRITTEN))
    offsets = (same.offset for same in elsewhere if same is not None and same.at == time.at and same.offset)
    return replace(time, offset=next(offsets, time.offset))


def labelled_times(tree: HtmlElement) -> Iterator[str]:
    """What stands behind a label such as "Date" or "Published": the page's own time, where teasers have theirs too."""
    elements = islice(tree.iter(*_LABELLED), MAX_ELEMENTS)
    for label in islice(filter(_is_label, elements), MAX_LABELS):
        follower = label.getnext()
        pieces = [] if follower is None else islice(follower.itertext(), MAX_PIECES)
        behind = [label.tail or "", "".join(pieces)]
        written = next((words for text in behind if (words := " ".join(text.split()).lstrip(": "))), "")
        yield written if len(written) <= MAX_CHARACTERS else ""


def _is_label(element: HtmlElement) -> bool:
    return " ".join((element.text or "").split()).rstrip(":").lower() in _LABELS


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
    """ISO 8601, also with a blank for the T, without seconds' fraction or with an offset as +0100; else in words."""
    try:
        return parse_timestamp(text.strip().replace(" +", "+").replace(" Z", "Z"))
    except ValueError:
        return read_plainly(text.strip()) if len(text) <= MAX_CHARACTERS else None


def _clock(time: Timestamp) -> datetime:
    """What the publisher's clock showed."""
    return (time.at + timedelta(minutes=time.offset or 0)).replace(tzinfo=None)


def _day(time: Timestamp) -> date:
    return _clock(time).date()
