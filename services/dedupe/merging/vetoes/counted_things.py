"""Vetoes of what is counted: "five officers were hurt", "five protesters were hurt"."""

from collections.abc import Iterator

from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import Veto, VetoKind
from services.language.quantities import same_value
from services.language.stems import base_stem
from services.language.tokens import find_claim_words

_ANYBODY = frozenset(
    map(base_stem, ("people", "person", "persons", "others", "victims", "individuals", "lives", "more", "times"))
)
OTHERWISE_SAME = 0.85
"""Share of the rest of the longer claim that the other has too."""


def counted_thing_vetoes(one: Proposition, other: Proposition) -> Iterator[Veto]:
    """Veto two claims that are worded similarly but for what their one number counts.

    In claims that differ otherwise, two nouns are mostly two words for one group ("migrants", "refugees").
    """
    for mine in one.claim.quantities:
        for yours in other.claim.quantities:
            if mine.counted is None or yours.counted is None or not same_value(mine.value, yours.value):
                continue
            ours, theirs = _words(mine.counted), _words(yours.counted)
            if not ours or not theirs or ours & theirs or (ours | theirs) & _ANYBODY:
                continue
            if ours & set(other.stems) or theirs & set(one.stems):
                continue
            first, second = set(one.stems) - ours, set(other.stems) - theirs
            if len(first & second) >= OTHERWISE_SAME * max(len(first), len(second)):
                things = " and ".join(sorted((mine.counted, yours.counted)))
                yield Veto(VetoKind.THING, f"one number of different things: {things}")
                return


def _words(counted: str) -> set[str]:
    return {base_stem(match[0]) for match in find_claim_words(counted)}
