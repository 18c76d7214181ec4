"""Direct quotations: quote marks paired paragraph by paragraph.

Double marks pair first. Single marks count only outside of them (inside they are quotations within quotations), and
only where they stand like marks: an apostrophe touches letters on both sides or ends a word that no mark opened.
"""

import re
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from services.extract.text.document import Document
from services.language.ranges import Range, trim

MAX_QUOTATION_CHARS = 4000
"""Longer ones come of a lost mark."""
FULL_QUOTATION_WORDS = 5
"""From so many words on, quoted words are a sentence of their own rather than a few words inside another's."""

_ATTRIBUTION_AT_END = re.compile(
    r"[a-z],(?= (?:[\w.'-]+ ){1,6}(?:said|says|added|wrote)"
    r"(?: (?:on|in|at|to|after|during|last|this)\b[^,\"\n]{2,60})?\.$)",
    re.MULTILINE,
)
_MARK = re.compile(r"[\"']")
_OPENS_AFTER = frozenset(" \n([{-–—/:;,'\"…")
_SENTENCE_END = frozenset(".,?!…")
_ELISIONS = ("em ", "til ", "twas", "tis ", "cause ", "bout ", "round ", "n ")


@dataclass(frozen=True)
class Quotation:
    """Words between quote marks."""

    outer: Range
    """With the marks."""
    inner: Range
    """Without the marks, and without white space at the ends."""
    paragraph: int
    continues: bool = False
    """Whether it goes on from a quotation that the paragraph before left open."""
    full: bool = False
    """Whether it is a sentence of its own: five words or more, or an upper-case start and a closing stop."""


def find_quotations(document: Document) -> list[Quotation]:
    """All quotations of a document in text order. They do not overlap; one without an end runs to its paragraph's."""
    found: list[Quotation] = []
    left_open = False
    for number, paragraph in enumerate(document.paragraphs):
        pairs, unclosed = _pair(document, paragraph)
        for opening, closing in pairs:
            inner = trim(document.text, opening + 1, closing)
            if inner is None or inner.end - inner.start > MAX_QUOTATION_CHARS:
                continue
            end = min(closing + 1, paragraph.end)
            found.append(
                Quotation(
                    outer=Range(opening, end),
                    inner=inner,
                    paragraph=number,
                    continues=left_open and opening == paragraph.start,
                    full=_is_full(document.text, inner),
                )
            )
        left_open = unclosed
    return found


def _pair(document: Document, paragraph: Range) -> tuple[list[tuple[int, int]], bool]:
    """Positions of opening and closing marks in one paragraph, and whether its last quotation has no end."""
    marks = [match.start() for match in _MARK.finditer(document.text, paragraph.start, paragraph.end)]
    double = [at for at in marks if document.text[at] == '"']
    pairs: list[tuple[int, int]] = []
    opening: int | None = None
    for at in double:
        if opening is None:
            opening = at if _may_open(document, at, paragraph.end) else None
        elif _must_open(document, at, paragraph.end):
            # The mark before it lost its partner; where its quotation ended is anybody's guess.
            opening = at
        else:
            pairs.append((opening, at))
            opening = None
    if opening is not None:
        attribution = _ATTRIBUTION_AT_END.search(document.text, opening, paragraph.end)
        # Words that end with who said them have lost their last mark.
        pairs.append((opening, attribution.end() - 1 if attribution else paragraph.end))
        opening = None if attribution else opening
    single = [at for at in marks if document.text[at] == "'"]
    if single:
        pairs = _without_crossing(pairs, list(_pair_single(document, paragraph, single, pairs)))
    return pairs, opening is not None


def _without_crossing(double: list[tuple[int, int]], single: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Both kinds in text order, less the pairs of single marks that have double ones between them."""
    kept: list[tuple[int, int]] = []
    crossed = iter([*double, (sys.maxsize, sys.maxsize)])
    nearest = next(crossed)
    for pair in single:
        while nearest[1] < pair[0]:
            nearest = next(crossed)
        if nearest[0] > pair[1]:
            kept.append(pair)
    return sorted([*double, *kept])


def _pair_single(
    document: Document, paragraph: Range, marks: list[int], taken: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Pairs of single marks outside the pairs of double ones."""
    outside = list(_outside(marks, taken))
    strong_ends = deque(at for at in outside if _closes(document, at) and document.text[at - 1] in _SENTENCE_END)
    opening: int | None = None
    for at in outside:
        if _opens_single(document, at, paragraph):
            opening = at
        elif opening is not None and _closes(document, at):
            while strong_ends and strong_ends[0] < at:
                strong_ends.popleft()
            if strong_ends and strong_ends[0] != at and _may_be_possessive(document.text, at):
                continue
            yield opening, at
            opening = None


def _outside(marks: list[int], taken: list[tuple[int, int]]) -> Iterator[int]:
    pairs = iter(taken)
    pair = next(pairs, None)
    for at in marks:
        while pair is not None and pair[1] < at:
            pair = next(pairs, None)
        if pair is None or at < pair[0]:
            yield at


def _before(text: str, at: int) -> str:
    return text[at - 1] if at > 0 else "\n"


def _after(text: str, at: int) -> str:
    return text[at + 1] if at + 1 < len(text) else "\n"


def _may_open(document: Document, at: int, end: int) -> bool:
    """A mark that touches a word on its left only closes something (or measures inches)."""
    if document.raw[at] in "“„«":
        return True
    if at + 1 >= end:
        return False
    return _before(document.text, at) in _OPENS_AFTER or not _after(document.text, at).isspace()


def _must_open(document: Document, at: int, end: int) -> bool:
    if document.raw[at] in "“„«":
        return True
    if document.raw[at] in "”»" or at + 1 >= end:
        return False
    return _before(document.text, at).isspace() and _after(document.text, at).isalnum()


def _opens_single(document: Document, at: int, paragraph: Range) -> bool:
    after = _after(document.text, at)
    if at + 1 >= paragraph.end or not (after.isalnum() or after in '"$€£'):
        return False
    if at > paragraph.start and _before(document.text, at) not in _OPENS_AFTER:
        return False
    following = document.text[at + 1 : at + 8].lower()
    return not (after.isdigit() and following[2:3] == "s") and not following.startswith(_ELISIONS)


def _closes(document: Document, at: int) -> bool:
    before, after = _before(document.text, at), _after(document.text, at)
    return not before.isspace() and not after.isalnum()


def _may_be_possessive(text: str, at: int) -> bool:
    return _before(text, at) in "sxz" and _after(text, at) == " "


def _is_full(text: str, inner: Range) -> bool:
    words = text[inner.start : inner.end].split(None, FULL_QUOTATION_WORDS)
    if len(words) >= FULL_QUOTATION_WORDS:
        return True
    return text[inner.start].isupper() and text[inner.end - 1] in _SENTENCE_END
