"""Dates named in a sentence: where they stand and what they come to."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from services.contracts.article import Article, Precision
from services.contracts.claim import DateMention
from services.extract.dates import distances, patterns, readings, weeks
from services.extract.dates.calendar import Reading
from services.extract.dates.guards import is_date, is_spoken
from services.extract.dates.readings import Anchor
from services.extract.dates.tense import direction_at
from services.extract.text.document import Document
from services.language.pieces import has_piece
from services.language.ranges import Range


class Form(NamedTuple):
    """A form in which dates are written."""

    hints: tuple[str, ...]
    """What it has a piece of: looked for first, since most sentences have no date."""
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Anchor], Reading | None]


# The order decides where two forms share a word: the fuller one comes first. Months are looked for in upper case, all
# else in any.
_FORMS = (
    Form(patterns.MONTH_HINTS, patterns.NTH_WEEKDAY, weeks.nth_weekday),
    Form(patterns.MONTH_HINTS, patterns.DAY_OF_MONTH, readings.days),
    Form(patterns.MONTH_HINTS, patterns.DAY_BEFORE_MONTH, readings.days),
    Form(patterns.YEAR_HINTS, patterns.NUMERIC, readings.numeric_day),
    Form(patterns.MONTH_HINTS, patterns.MONTHS, readings.months),
    Form(patterns.YEAR_HINTS, patterns.PARTS, readings.parts_of_year),
    Form(patterns.YEAR_HINTS, patterns.YEARS, readings.years),
    Form(patterns.WEEK_HINTS, patterns.WEEKDAY_AND_WEEK, weeks.weekday_and_week),
    Form(patterns.BEYOND_HINTS, patterns.BEYOND, weeks.beyond),
    Form(patterns.NOW_HINTS, patterns.FROM_NOW, distances.from_now),
    Form(patterns.DAY_HINTS, patterns.RELATIVE_DAY, readings.relative_day),
    Form((" ago",), patterns.AGO, distances.ago),
    Form(patterns.UNIT_HINTS, patterns.RELATIVE, readings.relative),
    Form(patterns.YEAR_END_HINTS, patterns.YEAR_END, readings.year_end),
    Form(patterns.WEEKDAY_HINTS, patterns.WEEKDAYS, readings.weekdays),
)

_EXACT = frozenset((
    patterns.NTH_WEEKDAY, patterns.DAY_OF_MONTH, patterns.DAY_BEFORE_MONTH, patterns.NUMERIC, patterns.WEEKDAY_AND_WEEK
))  # fmt: skip
"""What these match tells that day or none: 31 September is not some day in September."""
_HINTS = frozenset(hint for form in _FORMS for hint in form.hints)


@dataclass(frozen=True)
class NamedDate:
    """A date in the text."""

    mention: DateMention
    range: Range


def reference_day(article: Article) -> date | None:
    """The day that relative dates count from: the publisher's own, if its clock is known, else that of UTC.

    None when publication is not known to the day.
    """
    if article.published_at is None or article.published_precision not in (None, Precision.DAY, Precision.SECOND):
        return None
    try:
        return (article.published_at + timedelta(minutes=article.published_offset or 0)).date()
    except OverflowError:  # the first or last day of the calendar
        return article.published_at.date()


def forms_in(document: Document) -> list[Form]:
    """The forms of which the whole document has a hint, with those hints: what its sentences are searched for."""
    lower = document.text.lower()
    present = {hint for hint in _HINTS if hint in (lower if hint.islower() else document.text)}
    narrowed = (form._replace(hints=tuple(hint for hint in form.hints if hint in present)) for form in _FORMS)
    return [form for form in narrowed if form.hints]


def find_dates(
    document: Document, area: Range, reference: date | None, forms: Sequence[Form] = _FORMS
) -> list[NamedDate]:
    """Dates of one sentence in text order; they do not overlap. `forms`: those of `forms_in`, if many are to be read.

    Without a reference day only what names its year is told in full. A day or weekday without one is told as far as it
    goes (`XXXX-10-25`, `XXXX-WXX-7`); "last week" tells nothing and is left out.
    """
    text = document.text
    written = area.of(text)
    written += written.lower()
    dates: list[NamedDate] = []
    closed: list[Range] = []
    hinted: dict[tuple[str, ...], bool] = {}
    for hints, pattern, read in forms:
        if hints not in hinted:
            hinted[hints] = has_piece(written, hints)
        if not hinted[hints]:
            continue
        for place, match in _matches(pattern, text, area, closed):
            reading = _read(read, match, Anchor(reference, partial(direction_at, text, area, place)))
            if reading is not None:
                mention = DateMention(
                    iso=reading.iso,
                    precision=reading.precision,
                    surface=place.of(document.raw),
                    span=place.to_span(),
                )
                dates.append(NamedDate(mention, place))
            if reading is not None or pattern in _EXACT:
                closed.append(place)
    return sorted(dates, key=lambda named: named.range)


def _read(
    read: Callable[[re.Match[str], Anchor], Reading | None], match: re.Match[str], anchor: Anchor
) -> Reading | None:
    try:
        return read(match, anchor)
    except OverflowError:  # beyond the first or last year of the calendar
        return None


def _matches(
    pattern: re.Pattern[str], text: str, area: Range, closed: list[Range]
) -> Iterator[tuple[Range, re.Match[str]]]:
    for match in pattern.finditer(text, area.start, area.end):
        place = Range(match.start(), _end(match))
        if any(taken.meets(place) for taken in closed) or not is_date(text, area, match):
            continue
        if pattern is patterns.RELATIVE_DAY and is_spoken(text, area, place):
            continue
        yield place, match


def _end(match: re.Match[str]) -> int:
    """Where a date ends, without a closing bracket that it did not open."""
    groups = match.re.groupindex
    unopened = "open" in groups and match["close"] is not None and match["open"] is None
    return match.end() - (1 if unopened else 0)
