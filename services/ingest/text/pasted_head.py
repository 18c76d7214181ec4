"""What a text pasted from a page says of itself in its own lines: title, by-line, outlet and time. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.ingest.text.characters import squeeze
from services.ingest.text.cleaning import CleanText
from services.ingest.text.titles import title_of
from services.ingest.text.wire_credit import wire_credit
from services.ingest.text.written_times import day_of, written_time
from services.ingest.timestamps import Timestamp

HEAD_LINES = 12
"""Lines at the start in which by-line and time stand."""
MOST_LINE_CHARS = 160
"""A longer line is no by-line."""
MOST_NOTE_CHARS = 600
"""A longer line is no note of a change, and no disclaimer."""
LATEST = timedelta(days=1)
"""How long after its arrival a text may say that it was published."""

_READING = re.compile(r"[ |·•,-]*\b\d+[ -]min(?:ute)?s?(?: read)?\b.*$", re.IGNORECASE)
_BEFORE_TIME = re.compile(
    r"[ |·•,:(-]*(?:(?:first |last )?(?:published|posted|issued|created|date)?(?: on| at)?)?[ |·•,:(-]*$", re.IGNORECASE
)
_UPDATE = re.compile(
    r"\W*(?:last )?(?:updated?|corrected|correction|amended|modified)\b(?: on| at)?[ :|-]*", re.IGNORECASE
)
_BY = re.compile(r"(?:written |words |story |report )?by:? +(?P<names>\S.*)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: (?:[^\W\d_a-z][\w.'’-]*|de|van|von|der|den|al|bin|la|le|el|da|di)){1,4}")
_AND = re.compile(r",? and |, | & | \| | / ", re.IGNORECASE)
_ROLE = re.compile(
    r".*\b(?:writer|reporter|correspondent|editor|staff|columnist|contributor|bureau|producer|analyst)s?\b.*",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"(?:the )?.*\b(?:post|times|news|herald|tribune|journal|gazette|courier|daily|guardian|chronicle|observer|mail|"
    r"star|sun|today|radio|tv|online|standard|telegraph|mirror|express|echo|globe|dispatch|independent|review|weekly|"
    r"magazine|broadcasting|media|network|examiner|register|bulletin|advertiser)\b.*",
    re.IGNORECASE,
)
_FOR = re.compile(r"(?P<names>.+?),? (?:for|of|in|at|FOR) (?P<outlet>(?:[Tt]he )?[^\W\d_a-z].*)")
_OWN_NAME = tuple(
    re.compile(form)
    for form in (
        (
            r"(?:©|\(c\)|(?i:copyright)(?: ©| \(c\))?),? (?:\d{4}(?:-\d{2,4})?,? )"
            r"(?P<name>[^\W\d_a-z][\w.&' -]{1,60}?)(?:\.?,? (?i:all rights reserved).*|\.)?"
        ),
        (
            r"(?:(?i:disclaimer)\b.*)?\b[Ww]hile (?P<name>(?:[Tt]he )?[^\W\d_a-z][\w&'-]*(?: [A-Z][\w&'-]*){0,4}) "
            r"takes? (?:the )?(?:utmost|every|all|great|due)\b.*"
        ),
    )
)


@dataclass(frozen=True)
class Head:
    """What was found. `published` of a line that tells of a change alone is known to the day."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: Timestamp | None = None
    publisher: str | None = None


def read_head(text: str, cleaned: CleanText, *, came_at: datetime) -> Head:
    """Read it.

    Args:
        text: as pasted, with the page's own lines.
        cleaned: the same without them.
        came_at: when it came in; a later time of publication is not believed.
    """
    written = [line for line in map(squeeze, text.splitlines()) if line]
    lines = [line for line in written if len(line) <= MOST_NOTE_CHARS]
    head = [line for line in written[:HEAD_LINES] if len(line) <= MOST_LINE_CHARS]
    authors, outlet = next((by_line for by_line in map(_by_line, head) if by_line[0]), ((), None))
    times = [moment for moment in (*_times(head), *_changes(lines)) if moment.at <= came_at + LATEST]
    return Head(
        title=_title(cleaned),
        authors=authors,
        published=times[0] if times else None,
        publisher=outlet or next(_own_names(lines), None),
    )


def _title(cleaned: CleanText) -> str | None:
    """The headline in its own characters: quotes and dashes as they were written."""
    written = [" ".join(line.split()) for line in cleaned.text.split("\n") if line]
    own = [line for line in written[:HEAD_LINES] if not _is_about_the_text(squeeze(line))]
    headline = title_of([squeeze(line) for line in own])
    return own[0] if headline else None


def _is_about_the_text(line: str) -> bool:
    return len(line) <= MOST_LINE_CHARS and (bool(_by_line(line)[0]) or next(_times([line]), None) is not None)


def _times(head: Sequence[str]) -> Iterator[Timestamp]:
    """Times on lines that hold nothing else, but for a by-line before and a reading time after."""
    for line in head:
        time_in_line = written_time(line)
        if time_in_line is None or _UPDATE.match(line):
            continue
        moment, (start, end) = time_in_line
        before, after = _BEFORE_TIME.sub("", line[:start]), _READING.sub("", line[end:]).strip(" |·•,:)-")
        if not after and (not before or _is_by_line(before)):
            yield moment


def _changes(lines: Sequence[str]) -> Iterator[Timestamp]:
    """Days of changes, the first first: the text is no younger."""
    days = []
    for line in lines:
        opening = _UPDATE.match(line)
        time_in_line = written_time(line) if opening else None
        if opening and time_in_line and time_in_line[1][0] <= opening.end():
            days.append(day_of(time_in_line[0]))
    yield from sorted(days, key=lambda moment: moment.at)


def _is_by_line(text: str) -> bool:
    return bool(_by_line(text)[0]) or _NAME.fullmatch(text) is not None


def _by_line(line: str) -> tuple[tuple[str, ...], str | None]:
    """Names and outlet of a by-line; no names for another line."""
    match = _BY.fullmatch(_without_time(line))
    if match is None:
        return (), None
    names, outlet = match["names"], None
    working_for = _FOR.fullmatch(names)
    if working_for is not None and _OUTLET.fullmatch(working_for["outlet"]):
        names, outlet = working_for["names"], working_for["outlet"]
    authors: list[str] = []
    for part in _AND.split(names):
        piece = part.strip(" ,.;:|-")
        if not piece or _ROLE.fullmatch(piece) or (authors and wire_credit(piece, [piece])):
            continue
        if authors and _OUTLET.fullmatch(piece):
            outlet = outlet or piece
        elif _NAME.fullmatch(piece):
            authors.append(piece)
        else:
            return (), None
    return tuple(authors), outlet


def _without_time(line: str) -> str:
    time_in_line = written_time(line)
    bare = line[: time_in_line[1][0]] if time_in_line else _READING.sub("", line)
    return _BEFORE_TIME.sub("", bare).strip()


def _own_names(lines: Sequence[str]) -> Iterator[str]:
    """Names that a page gives itself in its last words: its copyright, its disclaimer."""
    for line in lines:
        for form in _OWN_NAME:
            match = form.fullmatch(line)
            if match is not None:
                yield match["name"].strip(" .-")
