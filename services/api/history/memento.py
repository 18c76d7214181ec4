"""Earlier versions of an event as HTTP tells them: the Memento framework. Pure.

The address of an event is its own TimeGate: asked with `Accept-Datetime` it answers with the version of that time,
whose own address (`?version=`) stands in `Content-Location`. Source: RFC 7089, pattern 1.2 (section 4.1.2).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from services.api.history.entries import VersionEntry
from services.api.summaries import event_url

ACCEPT_DATETIME = "Accept-Datetime"
MEMENTO_DATETIME = "Memento-Datetime"
HTTP_DATE_PATTERN = (
    "^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (0[1-9]|1[0-9]|2[0-8]) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    "(19[7-9][0-9]|20[0-9][0-9]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] GMT$"
)
"""Texts that are a date of HTTP for certain; a few days at ends of months are beside it."""
_WITHIN_A_SECOND = timedelta(milliseconds=999)


def read_accept_datetime(text: str) -> datetime:
    """The moment that `Accept-Datetime` asks for: the end of the second that it names, since HTTP knows no parts of it.

    Raises:
        ValueError: it is no date of RFC 1123 in GMT (RFC 7089, section 2.1.1).
    """
    if not text.endswith(" GMT"):
        raise ValueError("give a date such as Wed, 04 Mar 2026 16:00:00 GMT")
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError) as error:
        raise ValueError("give a date such as Wed, 04 Mar 2026 16:00:00 GMT") from error
    return moment.replace(tzinfo=UTC) + _WITHIN_A_SECOND


def http_date(moment: datetime) -> str:
    """The moment as HTTP writes it, to the second."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def version_url(event_id: str, version: int) -> str:
    """Path of a version of an event, which never changes."""
    return f"{event_url(event_id)}?version={version}"


def original_headers(event_id: str) -> dict[str, str]:
    """Headers of an event as it is now: where to ask for it as it was."""
    return {"Link": _link(event_url(event_id), "original timegate"), "Vary": ACCEPT_DATETIME}


def memento_headers(event_id: str, entries: Sequence[VersionEntry], place: int) -> dict[str, str]:
    """Headers of the version at a place of the event's index: of when it is, and where its neighbours are."""
    relations: dict[int, list[str]] = {}
    for relation, at in (("first", 0), ("prev", place - 1), ("next", place + 1), ("last", len(entries) - 1)):
        if 0 <= at < len(entries):
            relations.setdefault(at, []).append(relation)
    relations.setdefault(place, [])
    links = [_link(event_url(event_id), "original timegate")]
    for at in sorted(relations):
        entry = entries[at]
        rel = " ".join([*relations[at], "memento"])
        links.append(f'{_link(version_url(event_id, entry.version), rel)}; datetime="{http_date(entry.at)}"')
    entry = entries[place]
    return {
        "Content-Location": version_url(event_id, entry.version),
        MEMENTO_DATETIME: http_date(entry.at),
        "Link": ", ".join(links),
        "Vary": ACCEPT_DATETIME,
    }


def _link(address: str, relations: str) -> str:
    return f'<{address}>; rel="{relations}"'
