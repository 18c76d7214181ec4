"""Which wordings of an event may be joined: pairs of near ones that would be one claim if there were no others."""

from collections.abc import Iterable, Mapping, Sequence

from services.dedupe.merging.neighbours import Neighbours
from services.dedupe.merging.verdicts import Verdicts
from services.dedupe.merging.wordings import Wording


class Joinable:
    """The graph of these pairs."""

    def __init__(self, verdicts: Verdicts) -> None:
        self._verdicts = verdicts
        self._neighbours = Neighbours()
        self._near: dict[int, set[int]] = {}
        self._with: dict[int, set[int]] = {}

    def to(self, number: int) -> set[int]:
        """What a wording may be joined to, by numbers."""
        return self._with.get(number, set())

    def update(
        self,
        gone: Sequence[Wording],
        new: Sequence[Wording],
        told_anew: Iterable[Wording],
        wordings: Mapping[int, Wording],
    ) -> set[int]:
        """Take wordings out and in; the numbers of those that may be joined to others than before.

        Args:
            gone: Those that are no more.
            new: Those that were not there.
            told_anew: Those whose source or side is another.
            wordings: All that there are now, by number.
        """
        touched: set[int] = set()
        for wording in gone:
            self._near.pop(wording.number, None)
            for other in self._with.pop(wording.number, ()):
                self._with[other].discard(wording.number)
                touched.add(other)
        for number in sorted(self._neighbours.update(gone, new)):
            touched |= self._turn(number, wordings)
        for wording in told_anew:
            number = wording.number
            held = {one for one in self._neighbours.holders(number) if number in self._near[one]}
            for other in sorted(self._near[number] | held):
                touched |= self._decide(number, other, wordings)
        return touched & wordings.keys()

    def _turn(self, number: int, wordings: Mapping[int, Wording]) -> set[int]:
        """Look at what has come among the nearest of a wording, and what has gone from them."""
        before, after = self._near.get(number, set()), set(self._neighbours.of(number))
        self._near[number] = after
        joined = self._with.setdefault(number, set())
        touched: set[int] = set()
        for other in before - after:
            if other in joined and number not in self._near.get(other, ()):
                joined.discard(other)
                self._with[other].discard(number)
                touched |= {number, other}
        for other in sorted(after - before):
            if other not in joined and number not in self._near.get(other, ()):
                touched |= self._decide(number, other, wordings)
        return touched

    def _decide(self, number: int, other: int, wordings: Mapping[int, Wording]) -> set[int]:
        """Read a pair; both numbers if it is joinable now and was not, or the other way round."""
        ours, theirs = self._with.setdefault(number, set()), self._with.setdefault(other, set())
        may_join = self._verdicts.may_join(wordings[number], wordings[other])
        if may_join == (other in ours):
            return set()
        if may_join:
            ours.add(other)
            theirs.add(number)
        else:
            ours.discard(other)
            theirs.discard(number)
        return {number, other}
