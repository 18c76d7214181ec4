"""What an article tells in words of its own: all but what it quotes. Only that shows that two texts are one.

Two reporters who heard one statement quote the same words. That they tell in the same words who said it, where and
after what, happens only when one text lies before both. Names and figures are no choice of words either: they count
as little as quotations.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from services.contracts.base import Span
from services.dedupe.signals.terms import term_id
from services.language.normalise import normalise
from services.language.tokens import find_words

SHINGLE_WORDS = 4
_LINE = re.compile(r"[^\n]+")
_QUOTE_MARK = '"'
_POSTED = re.compile(
    # A post that is shown, as far as it is long, with "— Ada Lind (@adalind) March 3, 2026" after it; links; handles.
    r"[^\n]{0,300}[\u2014\u2013-] ?[^\n\u2014]{2,60}\(@\w+\)[^\n.]{0,24}|https?://\S+|\bpic\.\w+\.com/\S+|@\w+"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Some of an article's own words.

    Attributes:
        chosen: How many of them are neither names nor figures.
        shingles: The chosen words of each run of `SHINGLE_WORDS`, by their places in the article.
    """

    chosen: int
    shingles: dict[str, frozenset[int]]

    def shared(self, other: "Passage") -> int:
        """How many chosen words stand in runs that the other has too, where that is fewer."""
        common = self.shingles.keys() & other.shingles.keys()
        if not common:
            return 0
        return min(len(frozenset().union(*(one.shingles[run] for run in common))) for one in (self, other))


@dataclass(frozen=True)
class Narration:
    """An article's own words, read when they are first asked for.

    Attributes:
        text: Of the article.
        quoted: What it quotes, where that is known beyond its quote marks (posts are shown without any).
    """

    text: str
    quoted: tuple[Span, ...] = ()

    @cached_property
    def whole(self) -> Passage:
        """All of them."""
        return self.between(0, len(self.text))

    @cached_property
    def runs(self) -> NDArray[np.uint32]:
        """Ids of the runs of all of them: ascending, distinct."""
        return np.array(sorted({term_id(run) for run in self.whole.shingles}), np.uint32)

    def between(self, start: int, end: int) -> Passage:
        """Those of the characters from `start` to `end`."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        words = self._words[first:last]
        shingles: dict[str, frozenset[int]] = {}
        for at in range(len(words) - SHINGLE_WORDS + 1):
            run = words[at : at + SHINGLE_WORDS]
            if all(word for word, _ in run):
                chosen = frozenset(first + at + step for step, (_, chosen) in enumerate(run) if chosen)
                key = " ".join(word for word, _ in run)
                shingles[key] = shingles.get(key, frozenset()) | chosen
        return Passage(sum(chosen for _, chosen in words), shingles)

    @cached_property
    def _read(self) -> tuple[tuple[int, str, bool], ...]:
        """Start, form and whether it is chosen, of each word; the form of a quoted one is empty."""
        text = normalise(self.text)
        quoted = bytearray(len(text))
        for start, end in (*_between_marks(text), *(match.span() for match in _POSTED.finditer(text))):
            quoted[start:end] = b"\1" * (end - start)
        for span in self.quoted:
            quoted[span.start : span.end] = b"\1" * (span.end - span.start)
        return tuple(
            (found.start(), "", False)
            if quoted[found.start()]
            else (found.start(), found.group().casefold(), found.group().islower())
            for found in find_words(text)
        )

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(start for start, _, _ in self._read)

    @cached_property
    def _words(self) -> tuple[tuple[str, bool], ...]:
        return tuple((form, chosen) for _, form, chosen in self._read)


def _between_marks(text: str) -> list[tuple[int, int]]:
    """Where words stand between quote marks.

    A quotation that goes on in the next paragraph opens there again; one that is never closed ends with its line.
    """
    found = []
    for line in _LINE.finditer(text):
        opened = None
        for mark in re.finditer(_QUOTE_MARK, line.group()):
            at = line.start() + mark.start()
            if opened is None:
                opened = at
            elif not _opens(text, at):
                found.append((opened, at))
                opened = None
        if opened is not None:
            found.append((opened, line.end()))
    return found


def _opens(text: str, at: int) -> bool:
    """Whether a mark stands before a word and after none."""
    return text[at - 1].isspace() and text[at + 1 : at + 2].isalnum()
