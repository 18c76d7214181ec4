"""What an article tells in words of its own: all but what it quotes. Only that shows that two texts are one.

Two reporters who heard one statement quote the same words. That they tell in the same words who said it, where and
after what, happens only when one text lies before both. Names and figures are no choice of words either: they count
as little as quotations.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.terms import hash_terms
from services.language.normalise import normalise
from services.language.ranges import Range
from services.language.tokens import find_words

RUN_WORDS = 4
_LINE = re.compile(r"[^\n]+")
_QUOTE_MARK = '"'
_QUOTED = ""
"""Stands for a word that is not the article's own."""
_SIGNED = re.compile(r"[\u2014\u2013-] ?[^\n\u2014]{2,60}\(@\w+\)[^\n.]{0,24}")
"""What stands under a post that is shown: "— Ada Lind (@adalind) March 3, 2026"."""
_POST = 300
"""Characters of a post at most; it begins with its line."""
_ADDRESS = re.compile(r"https?://\S+|\bpic\.\w+\.com/\S+|@\w+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some of an article's own words.

    Attributes:
        chosen: How many of them are neither names nor figures.
        runs: Each run of `RUN_WORDS` of them, with the places in the article where it begins.
        marks: For each word of the article 1 if it is chosen, else 0.
    """

    chosen: int
    runs: dict[str, list[int]]
    marks: bytes

    def count_words_in_shared_runs(self, other_passage: "Passage") -> int:
        """How many chosen words stand in runs that the other has too, where that is fewer."""
        common = self.runs.keys() & other_passage.runs.keys()
        return min(one.count_words_in_runs(common) for one in (self, other_passage)) if common else 0

    def count_words_in_runs(self, word_runs: Iterable[str]) -> int:
        """How many chosen words stand in these runs."""
        places = {place + step for run in word_runs for place in self.runs[run] for step in range(RUN_WORDS)}
        return sum(self.marks[place] for place in places)


@dataclass(frozen=True)
class Narration:
    """An article's own words, read when they are first asked for.

    Attributes:
        text: Of the article.
        quoted: What it quotes, where that is known beyond its quote marks (posts are shown without any).
    """

    text: str
    quoted: tuple[Range, ...] = ()

    @cached_property
    def whole_passage(self) -> Passage:
        """All of the own words."""
        return self.passage_between(0, len(self.text))

    def hash_shingles(self) -> NDArray[np.uint32]:
        """Ids of the runs of all of them: ascending, distinct."""
        return np.array(sorted(set(hash_terms(self.whole_passage.runs))), np.uint32)

    def passage_between(self, start: int, end: int) -> Passage:
        """The own words among the characters from `start` to `end`."""
        starts, words, marks = self._words_with_marks
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        runs: dict[str, list[int]] = {}
        for at in range(first, last - RUN_WORDS + 1):
            run = words[at : at + RUN_WORDS]
            if _QUOTED not in run:
                runs.setdefault(" ".join(run), []).append(at)
        return Passage(sum(marks[first:last]), runs, marks)

    @cached_property
    def _words_with_marks(self) -> tuple[list[int], list[str], bytes]:
        """Start, form and mark of each word."""
        text = normalise(self.text)
        quoted = bytearray(len(text))
        for start, end in (*self.quoted, *_find_quoted_ranges(text), *_find_social_post_and_link_ranges(text)):
            quoted[start:end] = b"\1" * (end - start)
        found = [(word.start(), word.group()) for word in find_words(text)]
        return (
            [start for start, _ in found],
            [_QUOTED if quoted[start] else word.casefold() for start, word in found],
            bytes(word.islower() and not quoted[start] for start, word in found),
        )


def _find_quoted_ranges(text: str) -> list[tuple[int, int]]:
    """The ranges of text between quote marks.

    A quotation that goes on in the next paragraph opens there again; one that is never closed ends with its line.
    """
    found = []
    for line in _LINE.finditer(text):
        opened = None
        for mark in re.finditer(_QUOTE_MARK, line.group()):
            at = line.start() + mark.start()
            if opened is None:
                opened = at
            elif not _is_opening_quote_mark(text, at):
                found.append((opened, at))
                opened = None
        if opened is not None:
            found.append((opened, line.end()))
    return found


def _is_opening_quote_mark(text: str, position: int) -> bool:
    """Whether the quote mark at a position stands before a word and after none."""
    return text[position - 1].isspace() and text[position + 1 : position + 2].isalnum()


def _find_social_post_and_link_ranges(text: str) -> list[tuple[int, int]]:
    """The ranges of posts that are shown, with who signs them, and of links and handles."""
    found = [match.span() for match in _ADDRESS.finditer(text)]
    for match in _SIGNED.finditer(text):
        start, end = match.span()
        found.append((max(start - _POST, text.rfind("\n", 0, start) + 1), end))
    return found
