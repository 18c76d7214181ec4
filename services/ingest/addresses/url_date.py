"""The day of publication in an article's address. Pure.

| form | example |
|---|---|
| year, month, day | `/2014/04/28/`, `/2014/4/28` |
| year, name of the month, day | `/2014/apr/28/`, `/2014/April/28/` |
| year, month and day in one | `/2014/0428/` |
| eight digits between `/ - _ .` | `/20140428/`, `-20140428.html` |
| ISO 8601 between `/ - _ .` | `/2014-04-28/`, `/news-2014-04-28` |
| eight digits that close an agency's id | `-idUSBREA3O21W20140428` |

Only the path is read: a query may name any day. Not read, because they give no day, name the day of the subject rather
than of publication, or are not measured (decision 0011): year and month alone, `/2014/04/28-reasons`,
`april-28-2014`, day before month, seconds since 1970.
"""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from services.language.calendar import MONTHS, SHORT_MONTHS, month_number

EARLIEST = date(1990, 1, 1)
"""Before the web: an earlier day in an address is an archived page's, or no date."""

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH_NAME = rf"(?P<month>{'|'.join((*MONTHS, *SHORT_MONTHS))})"
_MONTH_AND_DAY = r"(?P<month>\d\d)(?P<day>\d\d)"
_FORMS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        rf"/{_YEAR}/(?P<month>\d\d?)/(?P<day>\d\d?)(?=/|$)",
        rf"/{_YEAR}/{_MONTH_NAME}/(?P<day>\d\d?)(?=/|$)",
        rf"/{_YEAR}/{_MONTH_AND_DAY}(?=/|$)",
        rf"(?<=[/_.-]){_YEAR}{_MONTH_AND_DAY}(?=[/_.-]|$)",
        rf"(?<=[/_.-]){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?=[/_.-]|$)",
        rf"-id[A-Z0-9]*{_YEAR}{_MONTH_AND_DAY}$",
    )
)


def url_day(url: str, *, latest: date) -> date | None:
    """The one day that the path of `url` names from `EARLIEST` to `latest`; None for no such day, or several.

    What is no day of the calendar (31 February, the number of a page) or lies outside is passed over.
    """
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    days = {day for day in _days(path) if EARLIEST <= day <= latest}
    return days.pop() if len(days) == 1 else None


def _days(path: str) -> Iterator[date]:
    for form in _FORMS:
        for match in form.finditer(path):
            try:
                yield date(int(match["year"]), _month(match["month"]), int(match["day"]))
            except ValueError:
                continue


def _month(text: str) -> int:
    return int(text) if text.isdigit() else month_number(text)
