"""Keeps what was found of pairs of figures, as long as the event has both."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from services.dedupe.merging.figures.figure_mention import FigureMention

Found = TypeVar("Found")


class FigurePairCache(Generic[Found]):
    """What a function finds of two figures; each pair is given to it once."""

    def __init__(self, compute: Callable[[FigureMention, FigureMention], Found]) -> None:
        """Set up, empty. `compute`: finds it."""
        self._compute = compute
        self._found: dict[FigureMention, dict[FigureMention, Found]] = {}

    def get_or_compute(self, mention: FigureMention, other_mention: FigureMention) -> Found:
        """What is found of two figures, which are always given in the same order."""
        of_mention = self._found.get(mention)
        if of_mention is None:
            of_mention = self._found[mention] = {}
        if other_mention not in of_mention:
            of_mention[other_mention] = self._compute(mention, other_mention)
        return of_mention[other_mention]

    def forget_all_but(self, mentions: Iterable[FigureMention]) -> None:
        """Forget pairs of which one is not among these."""
        kept = set(mentions)
        self._found = {one: others for one, others in self._found.items() if one in kept}
        for others in self._found.values():
            if not kept.issuperset(others):
                for gone in others.keys() - kept:
                    del others[gone]
