"""Direct quotations: quote marks paired paragraph by paragraph.

Double marks pair first. Single marks count outside of them (inside they are quotations within quotations), and only
where they stand like marks: an apostrophe touches letters on both sides or ends a word that no mark opened.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from services.extract.text.document import Document
from services.extract.text.marks import OPENS_AFTER, Side, side_of
from services.extract.text.narrator import is_speech, lost_closing, lost_opening
from services.language.ranges import Range, trim

MAX_QUOTATION_CHARS = 4000
"""Longer ones come of a lost mark."""
FULL_QUOTATION_WORDS = 5
"""From so many words on, quoted words are a sentence of their own rather than a few words inside another's."""

_MARK = re.compile(r"[\"']")
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
    """All quotations of a document in text order. They do not overlap.

    One without a closing mark runs to its paragraph's end where the next paragraph takes it up, else to where the
    narrator speaks (", Reyl said"); one without an opening mark starts with its sentence. What is neither is none.
    """
    quotations: list[Quotation] = []
    left_open = False
    for number, paragraph in enumerate(document.paragraphs):
        following = document.paragraphs[number + 1] if number + 1 < len(document.paragraphs) else None
        pairs, unclosed = _pair(document, paragraph, following, goes_on=left_open)
        for outer, inner in pairs:
            if inner.end - inner.start > MAX_QUOTATION_CHARS:
                continue
            quotations.append(
                Quotation(
                    outer=outer,
                    inner=inner,
                    paragraph=number,
                    continues=left_open and outer.start == paragraph.start,
                    full=_is_full(document.text, inner, outer),
                )
            )
        left_open = unclosed
    return quotations


def _pair(
    document: Document, paragraph: Range, following: Range | None, *, goes_on: bool
) -> tuple[list[tuple[Range, Range]], bool]:
    """Quotations of one paragraph with and without marks, and whether the last goes on in the `following` one."""
    text = document.text
    marks = [match.start() for match in _MARK.finditer(text, paragraph.start, paragraph.end)]
    double = [(at, side_of(document, at, paragraph)) for at in marks if text[at] == '"']
    pairs: list[tuple[Range, Range]] = []
    opening: int | None = None
    for position, (at, side) in enumerate(double):
        if opening is None:
            if side is not Side.CLOSES:
                opening = at
            else:
                pairs += lost_opening(
                    text, pairs[-1][0].end if pairs else paragraph.start, at, goes_on=goes_on and not pairs
                )
        elif side is Side.OPENS:
            pairs += lost_closing(text, opening, at)
            opening = at
        elif not (
            _may_be_inches(text, at) and double[position + 1 : position + 2] and double[position + 1][1] is Side.CLOSES
        ):
            pairs += _marked(text, opening, at)
            opening = None
    taken_up = opening is not None and _is_taken_up(document, following, opening, paragraph)
    if opening is not None:
        cut = [] if taken_up else lost_closing(text, opening, paragraph.end)
        if not cut and (taken_up or _is_all_quoted(text, opening, paragraph, first=not pairs)):
            cut = _marked(text, opening, paragraph.end)
        pairs += cut
    single = [at for at in marks if text[at] == "'"]
    if single:
        pairs = _with_single(document, paragraph, single, pairs)
    return pairs, taken_up


def _marked(text: str, opening: int, closing: int) -> list[tuple[Range, Range]]:
    """The quotation between two marks, the second perhaps the end of the paragraph; none if nothing stands there."""
    inner = trim(text, opening + 1, closing)
    end = closing + (1 if text[closing : closing + 1] in ('"', "'") else 0)
    return [] if inner is None else [(Range(opening, end), inner)]


def _is_taken_up(document: Document, following: Range | None, opening: int, paragraph: Range) -> bool:
    """Whether a quotation that a paragraph leaves open goes on in the next: it starts with a mark, or has the end."""
    if following is None:
        return False
    if document.text[following.start] == '"':
        return side_of(document, following.start, following) is not Side.CLOSES
    mark = document.text.find('"', following.start, min(following.end, following.start + MAX_QUOTATION_CHARS))
    ends = mark > 0 and side_of(document, mark, following) is Side.CLOSES
    return ends and (opening == paragraph.start or _is_introduced(document.text, opening, paragraph))


def _is_introduced(text: str, opening: int, paragraph: Range) -> bool:
    return text[max(paragraph.start, opening - 3) : opening].rstrip()[-1:] in (":", ",")


def _is_all_quoted(text: str, opening: int, paragraph: Range, *, first: bool) -> bool:
    """Whether all from a mark that nothing closes to its paragraph's end is plainly somebody's speech."""
    if _is_introduced(text, opening, paragraph):
        return True
    return (opening == paragraph.start or not first) and is_speech(text, Range(opening, paragraph.end))


def _with_single(
    document: Document, paragraph: Range, marks: list[int], double: list[tuple[Range, Range]]
) -> list[tuple[Range, Range]]:
    """Quotations of both kinds of marks in text order.

    Double marks within a quotation between single ones are part of it, if that plainly ends like speech; else single
    marks with double ones between them are no pair.
    """
    text = document.text
    kept: list[tuple[Range, Range]] = []
    following = 0
    taken = [(outer.start, outer.end - 1) for outer, _ in double]
    for opening, closing in _pair_single(document, paragraph, marks, taken):
        while following < len(double) and double[following][0].end <= opening:
            kept.append(double[following])
            following += 1
        after = following
        while after < len(double) and double[after][0].end <= closing:
            after += 1
        crossed = after < len(double) and double[after][0].start < closing
        if crossed or (after > following and text[closing - 1] not in _SENTENCE_END):
            kept += double[following:after]
        else:
            kept += _marked(text, opening, closing)
        following = after
    return [*kept, *double[following:]]


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


def _opens_single(document: Document, at: int, paragraph: Range) -> bool:
    after = _after(document.text, at)
    if at + 1 >= paragraph.end or not (after.isalnum() or after in '"$€£'):
        return False
    if at > paragraph.start and _before(document.text, at) not in OPENS_AFTER:
        return False
    following = document.text[at + 1 : at + 8].lower()
    return not (after.isdigit() and following[2:3] == "s") and not following.startswith(_ELISIONS)


def _closes(document: Document, at: int) -> bool:
    before, after = _before(document.text, at), _after(document.text, at)
    return not before.isspace() and not after.isalnum()


def _may_be_possessive(text: str, at: int) -> bool:
    return _before(text, at) in "sxz" and _after(text, at) == " "


def _may_be_inches(text: str, at: int) -> bool:
    """Whether a mark after a number is followed by more of the same sentence."""
    return _before(text, at).isdigit() and _after(text, at) == " " and text[at + 2 : at + 3].islower()


def _is_full(text: str, inner: Range, outer: Range) -> bool:
    words = text[inner.start : inner.end].split(None, FULL_QUOTATION_WORDS)
    if len(words) >= FULL_QUOTATION_WORDS:
        return True
    # The comma may stand after the mark, as British and German outlets put it; not between titles in a list.
    starts = text[max(0, outer.start - 2) : outer.start].strip(" ")[-1:] in ("", "\n", ".", "?", "!", '"')
    ends = text[inner.end - 1] in _SENTENCE_END or (
        starts and len(words) > 1 and text[outer.end : outer.end + 1] == ","
    )
    return text[inner.start].isupper() and ends
