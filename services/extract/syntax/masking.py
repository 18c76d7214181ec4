"""A sentence as the parser gets it: every full quotation a short clause in its place, with a map of offsets."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.extract.text.quotations import Quotation
from services.language.ranges import Range

STAND_IN = "It is so"
"""Parsers take it for a clause wherever it stands."""
FULL_WORDS = 5
_OPENS_AFTER = frozenset(".?!:,\"'…;—–-")
_STOPS = ".,?!…"
_GAP = re.compile(r"(?<= ) +")
"""Blanks after a blank: what was cut from the text, or careless typing."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with stand-ins and without gaps.

    `here`, `there`: where runs of characters start here and in the article, kept and replaced ones in turn.
    """

    text: str
    here: tuple[int, ...]
    there: tuple[int, ...]
    full: tuple[Quotation, ...]
    """Quotations that have a stand-in."""
    stand_ins: tuple[Range, ...]
    """Where each stands in `text`."""
    ends: tuple[int, ...]
    """Where in the article each replaced run ends: full quotations, and gaps that were left out."""

    def start(self, offset: int) -> int:
        """Offset in the article of the character at `offset`; of a stand-in: of the quotation's start."""
        if not self.ends:  # nothing was replaced, as in most sentences
            return self.there[0] + offset
        at = bisect_right(self.here, offset) - 1
        if at % 2:
            return self.there[at]
        return self.there[at] + offset - self.here[at]

    def end(self, offset: int) -> int:
        """Offset in the article after the character before `offset`; of a stand-in: the quotation's end."""
        if not self.ends:
            return self.there[0] + offset
        at = bisect_right(self.here, offset - 1) - 1
        if at % 2:
            return self.ends[at // 2]
        return self.there[at] + offset - self.here[at]

    def starts_of(self, offsets: Sequence[int]) -> list[int]:
        """`start` of each of several offsets."""
        if not self.ends:
            return [self.there[0] + offset for offset in offsets]
        return [self.start(offset) for offset in offsets]

    def ends_of(self, offsets: Sequence[int]) -> list[int]:
        """`end` of each of several offsets."""
        if not self.ends:
            return [self.there[0] + offset for offset in offsets]
        return [self.end(offset) for offset in offsets]


@dataclass(slots=True)
class _Masking:
    """A masked sentence in the making."""

    text: str
    at: int
    """How far the article has been taken over."""
    parts: list[str] = field(default_factory=list)
    length: int = 0
    here: list[int] = field(default_factory=lambda: [0])
    there: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def keep(self, end: int) -> None:
        """Take over what stands up to `end`, less the gaps in it."""
        for gap in _GAP.finditer(self.text, self.at, end):
            self._take(gap.start())
            self.replace("", gap.start(), gap.end(), gap.end())
        self._take(end)

    def replace(self, stand_in: str, start: int, end: int, resume: int) -> None:
        """Write `stand_in` for the characters [start, end) of the article, and go on at `resume`."""
        self.here += (self.length, self.length + len(stand_in))
        self.there += (start, resume)
        self.ends.append(end)
        self.parts.append(stand_in)
        self.length += len(stand_in)
        self.at = resume

    def _take(self, end: int) -> None:
        self.parts.append(self.text[self.at : end])
        self.length += end - self.at
        self.at = end


def mask(text: str, area: Range, quotations: Sequence[Quotation]) -> Masked:
    """The sentence at `area` of `text` with its full quotations replaced."""
    masking = _Masking(text, area.start, there=[area.start])
    full: list[Quotation] = []
    stand_ins: list[Range] = []
    for quotation in quotations:
        if not is_full(text, area, quotation) and not (full and _goes_on(text, quotation)):
            continue
        masking.keep(quotation.outer.start)
        last = _last_mark(text, quotation)
        mark = last if last in _STOPS else ""
        if mark and text[quotation.outer.end : area.end].strip(" "):
            mark = ","
        stand_in = f'"{STAND_IN}{mark}"'
        stand_ins.append(Range(masking.length, masking.length + len(stand_in)))
        masking.replace(stand_in, quotation.outer.start, quotation.outer.end, quotation.outer.end)
        full.append(quotation)
    masking.keep(area.end)
    return Masked(
        "".join(masking.parts),
        tuple(masking.here),
        tuple(masking.there),
        tuple(full),
        tuple(stand_ins),
        tuple(masking.ends),
    )


def is_full(text: str, area: Range, quotation: Quotation) -> bool:
    """Whether the quoted words are a sentence of their own, rather than words inside the outlet's sentence."""
    inner = quotation.inner
    words = text[inner.start : inner.end].split(None, FULL_WORDS)
    if not text[inner.start].isupper():
        return False
    before = text[area.start : quotation.outer.start].rstrip()
    if before and before[-1] not in _OPENS_AFTER:
        return False
    return _last_mark(text, quotation) in _STOPS or len(words) >= FULL_WORDS or (quotation.full and not before)


def _last_mark(text: str, quotation: Quotation) -> str:
    """The last character of quoted words; before the mark of words that they quote: `"She said 'no,'" Reyl said`."""
    end = quotation.inner.end - 1
    is_nested = text[end] in "'’" and end > quotation.inner.start and text[end - 1] in _STOPS
    return text[end - 1] if is_nested else text[end]


def _goes_on(text: str, quotation: Quotation) -> bool:
    """Whether the words are the second half of `"…," he said, "…"`."""
    before = text[max(0, quotation.outer.start - 4) : quotation.outer.start].rstrip(" ")[-1:]
    return before != "" and before in ",—–-" and text[quotation.inner.end - 1] in _STOPS
