"""What share of their words two figures must have in common to count one thing; each pair is asked for once.

An event has tens of thousands of pairs of one noun, and few different shares: a byte is kept for each pair.
"""

from collections.abc import Iterable

from services.dedupe.merging.figures.figure_mention import FigureMention
from services.dedupe.merging.figures.same_thing import required_word_overlap

_GROWTH = 32


class RequiredOverlaps:
    """The shares of one noun's figures (`required_word_overlap`), as long as the event has both of a pair."""

    def __init__(self, *, several_names: bool) -> None:
        """Set up, empty. `several_names`: see `required_word_overlap`."""
        self._several_names = several_names
        self._rows: dict[FigureMention, int] = {}
        self._free_rows: list[int] = []
        self._codes: list[bytearray] = []
        """By row and column, the place of the share among the shares and 1; 0: nobody asked."""
        self._shares: list[float] = []

    def find_share(self, mention: FigureMention, other_mention: FigureMention) -> float:
        """The share for two figures, which are always given in the same order."""
        codes, column = self._codes[self._find_row(mention)], self._find_row(other_mention)
        if not codes[column]:
            share = required_word_overlap(mention, other_mention, several_names=self._several_names)
            if share not in self._shares:
                self._shares.append(share)
            codes[column] = self._shares.index(share) + 1
        return self._shares[codes[column] - 1]

    def forget_all_but(self, mentions: Iterable[FigureMention]) -> None:
        """Forget pairs of which one is not among these."""
        for mention in self._rows.keys() - set(mentions):
            row = self._rows.pop(mention)
            self._free_rows.append(row)
            self._codes[row] = bytearray(len(self._codes))
            for codes in self._codes:
                codes[row] = 0

    def _find_row(self, mention: FigureMention) -> int:
        row = self._rows.get(mention)
        if row is None:
            if not self._free_rows:
                self._add_rows()
            row = self._rows[mention] = self._free_rows.pop()
        return row

    def _add_rows(self) -> None:
        before = len(self._codes)
        for codes in self._codes:
            codes.extend(bytes(_GROWTH))
        self._codes.extend(bytearray(before + _GROWTH) for _ in range(_GROWTH))
        self._free_rows.extend(range(before + _GROWTH - 1, before - 1, -1))
