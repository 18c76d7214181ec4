"""Which lines of a text are boilerplate: each by its own words, then by the block it stands in. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.ingest.text.boilerplate_rules import is_clock_time, line_reason
from services.ingest.text.characters import squeeze

MAX_HEADING_CHARS = 200
MIN_HEADING_WORDS = 4
MIN_STEM_CHARS = 30
"""A cut line must repeat at least this much of the next one to count as its cut copy."""
MAX_FEED_GAP = 2
"""Ordinary lines between two marks of a list of other news: a headline and its teaser."""
MIN_FEED_MARKS = 2
MIN_COMMENT_MARKS = 2
MAX_COMMENT_GAP = 6
"""Lines after the heading of comments, or after the last mark, in which the next mark comes: a name, a few lines."""
MIN_LINES_BEFORE = 3
"""Ordinary lines that must come before a block of other news: a page does not open with what follows it."""

_REFERENCES = re.compile(r"(?:references|sources|bibliography|works cited|footnotes) ?:?", re.IGNORECASE)
_LIST_ITEM = re.compile(r"(?:[-*•^]|\[\d+\]|\d{1,3}[.)])\s.*|.*\b(?:retrieved|accessed) (?:from|on)\b.*", re.IGNORECASE)
_ELLIPSIS = re.compile(r"(?:\s*(?:…|\.\.\.))$")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"')\]]*$")
_COMMENTS = re.compile(r"(?:\d+ )?(?:reader )?comments?(?: ?[(:]? ?\d* ?\)?)", re.IGNORECASE)
_COMMENT_MARK = re.compile(
    r"(?:reply|like|report|flag|share|upvote|antworten|répondre|responder|rispondi)(?: ?\d+)?"
    r"|\d{1,3} ?(?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?|[smhdwy]) ago",
    re.IGNORECASE,
)
_FEED_MARKS = frozenset({"feed", "form"})


@dataclass(frozen=True)
class Line:
    """A line that is not blank. `opens`: a blank line, or nothing, stands before it."""

    text: str
    opens: bool


def boilerplate_reasons(lines: Sequence[Line]) -> list[str | None]:
    """For each line the reason why it is boilerplate, or None for the article's own lines.

    All None when no line with a letter or digit would be left: then the boilerplate is the text.
    """
    squeezed = [squeeze(line.text) for line in lines]
    reasons = [line_reason(text) for text in squeezed]
    _mark_references(squeezed, reasons)
    _mark_galleries(squeezed, reasons)
    _mark_link_cards(lines, squeezed, reasons)
    _mark_feeds(squeezed, reasons)
    _mark_between_forms(squeezed, reasons)
    _mark_comments(squeezed, reasons)
    left = (text for text, reason in zip(squeezed, reasons, strict=True) if reason is None)
    if not any(character.isalnum() for text in left for character in text):
        return [None] * len(lines)
    return reasons


def is_heading(line: str) -> bool:
    """Whether a squeezed line reads like a headline: short, several words, no final punctuation."""
    return (
        len(line) <= MAX_HEADING_CHARS and len(line.split()) >= MIN_HEADING_WORDS and _SENTENCE_END.search(line) is None
    )


def _mark_references(lines: Sequence[str], reasons: list[str | None]) -> None:
    """A heading such as "References:" with the list under it."""
    for start, line in enumerate(lines):
        if reasons[start] is not None or not _REFERENCES.fullmatch(line):
            continue
        end = start + 1
        while end < len(lines) and reasons[end] is None and _LIST_ITEM.fullmatch(lines[end]):
            end += 1
        if end > start + 1:
            reasons[start:end] = ["references"] * (end - start)


def _mark_galleries(lines: Sequence[str], reasons: list[str | None]) -> None:
    """A picture's caption given twice, cut and whole, up to its "More" and photo credit, with its heading."""
    for cut in range(len(lines) - 1):
        stem, cuts = _ELLIPSIS.subn("", lines[cut])
        if not cuts or len(stem) < MIN_STEM_CHARS or not lines[cut + 1].startswith(stem):
            continue
        reasons[cut] = "caption"
        after = next((i for i in range(cut + 2, min(cut + 4, len(lines))) if reasons[i] == "caption"), None)
        if after is None:
            continue
        reasons[cut + 1 : after] = ["caption"] * (after - cut - 1)
        if cut > 0 and reasons[cut - 1] is None and is_heading(lines[cut - 1]):
            reasons[cut - 1] = "caption"


def _mark_link_cards(lines: Sequence[Line], squeezed: Sequence[str], reasons: list[str | None]) -> None:
    """A headline with the cut opening of its article right under it: a link to another page."""
    for head in range(MIN_LINES_BEFORE, len(lines) - 1):
        teaser = head + 1
        alone = (
            lines[head].opens
            and not lines[teaser].opens
            and (teaser + 1 == len(lines) or lines[teaser + 1].opens or reasons[teaser + 1] is not None)
        )
        stem, cuts = _ELLIPSIS.subn("", squeezed[teaser])
        if alone and cuts and stem[-1:].isalnum() and is_heading(squeezed[head]):
            for index in (head, teaser):
                reasons[index] = reasons[index] or "related"


def _mark_feeds(lines: Sequence[str], reasons: list[str | None]) -> None:
    """A list of other news: from its heading on, as long as further headings, times and forms follow closely.

    Times of day only carry the block on; headings and forms prove it. A live blog has times alone, and stays.
    """
    own, seen = 0, -1
    for start, reason in enumerate(list(reasons)):
        own += reason is None
        if reason != "feed" or own < MIN_LINES_BEFORE or start <= seen:
            continue
        last, marks = start, 0
        for index in range(start + 1, len(lines)):
            if index - last > MAX_FEED_GAP + 1:
                break
            if reasons[index] in _FEED_MARKS:
                last, marks = index, marks + 1
            elif is_clock_time(lines[index]):
                last = index
        seen = last
        if marks >= MIN_FEED_MARKS:
            reasons[start : last + 1] = [given or "feed" for given in reasons[start : last + 1]]


def _mark_between_forms(lines: Sequence[str], reasons: list[str | None]) -> None:
    """A label between two lines of a sign-up form."""
    for index in range(1, len(lines) - 1):
        between = reasons[index - 1] == reasons[index + 1] == "form"
        if reasons[index] is None and between and is_heading(lines[index]):
            reasons[index] = "form"


def _mark_comments(lines: Sequence[str], reasons: list[str | None]) -> None:
    """Readers' comments: from their heading on, as long as times and buttons of comments follow."""
    for start, line in enumerate(lines):
        if not _COMMENTS.fullmatch(line) or all(reason is not None for reason in reasons[:start]):
            continue
        last, marks = start, 0
        for index in range(start + 1, len(lines)):
            if index - last > MAX_COMMENT_GAP:
                break
            if _COMMENT_MARK.fullmatch(lines[index]):
                last, marks = index, marks + 1
        if marks >= MIN_COMMENT_MARKS:
            reasons[start : last + 1] = ["comments"] * (last + 1 - start)
            return
