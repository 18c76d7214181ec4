"""A sentence as the parser gets it: every full quotation a short clause in its place, with a map of offsets."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from services.extract.text.quotations import Quotation
from services.language.ranges import Range

STAND_IN = "It is so"
"""Parsers take it for a clause wherever it stands."""
FULL_WORDS = 5
_OPENS_AFTER = frozenset(".?!:,\"'…;—–-")
_STOPS = ".,?!…"


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with stand-ins. `anchors`: for runs of characters, where they start here and in the article."""

    text: str
    here: tuple[int, ...]
    there: tuple[int, ...]
    full: tuple[Quotation, ...]
    """Quotations that have a stand-in."""
    stand_ins: tuple[Range, ...]
    """Where each stands in `text`."""

    def start(self, offset: int) -> int:
        """Offset in the article of the character at `offset`; of a stand-in: of the quotation's start."""
        at = bisect_right(self.here, offset) - 1
        if at % 2:
            return self.there[at]
        return self.there[at] + offset - self.here[at]

    def end(self, offset: int) -> int:
        """Offset in the article after the character before `offset`; of a stand-in: the quotation's end."""
        at = bisect_right(self.here, offset - 1) - 1
        if at % 2:
            return self.full[at // 2].outer.end
        return self.there[at] + offset - self.here[at]


def mask(text: str, area: Range, quotations: Sequence[Quotation]) -> Masked:
    """The sentence at `area` of `text` with its full quotations replaced."""
    parts: list[str] = []
    here, there = [0], [area.start]
    full: list[Quotation] = []
    stand_ins: list[Range] = []
    at, length = area.start, 0
    for quotation in quotations:
        if not is_full(text, area, quotation) and not (full and _goes_on(text, quotation)):
            continue
        before = text[at : quotation.outer.start]
        if before.endswith("  "):
            before = before.rstrip(" ") + " "
        last = text[quotation.inner.end - 1]
        mark = last if last in _STOPS else ""
        if mark and text[quotation.outer.end : area.end].strip(" "):
            mark = ","
        stand_in = f'"{STAND_IN}{mark}"'
        parts += (before, stand_in)
        length += len(before)
        at = quotation.outer.end
        while text.startswith("  ", at):
            at += 1
        here += (length, length + len(stand_in))
        there += (quotation.outer.start, at)
        stand_ins.append(Range(length, length + len(stand_in)))
        length += len(stand_in)
        full.append(quotation)
    parts.append(text[at : area.end])
    return Masked("".join(parts), tuple(here), tuple(there), tuple(full), tuple(stand_ins))


def is_full(text: str, area: Range, quotation: Quotation) -> bool:
    """Whether the quoted words are a sentence of their own, rather than words inside the outlet's sentence."""
    inner = quotation.inner
    words = text[inner.start : inner.end].split(None, FULL_WORDS)
    if not text[inner.start].isupper():
        return False
    before = text[area.start : quotation.outer.start].rstrip()
    if before and before[-1] not in _OPENS_AFTER:
        return False
    return text[inner.end - 1] in _STOPS or len(words) >= FULL_WORDS or (quotation.full and not before)


def _goes_on(text: str, quotation: Quotation) -> bool:
    """Whether the words are the second half of `"…," he said, "…"`."""
    before = text[max(0, quotation.outer.start - 4) : quotation.outer.start].rstrip(" ")[-1:]
    return before != "" and before in ",—–-" and text[quotation.inner.end - 1] in _STOPS
