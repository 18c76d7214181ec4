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
_KILLED = frozenset(map(base_stem, ("killed", "dead", "died", "death", "deaths", "fatal", "fatalities", "slain")))
_INJURED = frozenset(map(base_stem, ("injured", "injuries", "wounded", "hurt")))
OTHERWISE_SAME = 0.85
"""Share of the rest of the longer claim that the other has too."""


def find_counted_thing_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Veto two claims that are worded similarly but for what their one number counts.

    In claims that differ otherwise, two nouns are mostly two words for one group ("migrants", "refugees").
    """
    for mine in proposition.claim.quantities:
        for yours in other_proposition.claim.quantities:
            if mine.counted is None or yours.counted is None or not same_value(mine.value, yours.value):
                continue
            ours, theirs = _counted_stems(mine.counted), _counted_stems(yours.counted)
            if not ours or not theirs or ours & theirs or (ours | theirs) & _ANYBODY:
                continue
            if ours & set(other_proposition.stems) or theirs & set(proposition.stems):
                continue
            first, second = set(proposition.stems) - ours, set(other_proposition.stems) - theirs
            if len(first & second) >= OTHERWISE_SAME * max(len(first), len(second)):
                things = " and ".join(sorted((mine.counted, yours.counted)))
                yield Veto(VetoKind.THING, f"one number of different things: {things}")
                return


def find_outcome_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Veto a count of the dead and a count of the injured."""
    if not proposition.claim.quantities or not other_proposition.claim.quantities:
        return
    outcomes = [
        (not _KILLED.isdisjoint(stems), not _INJURED.isdisjoint(stems))
        for stems in (proposition.stems, other_proposition.stems)
    ]
    if sorted(outcomes) == [(False, True), (True, False)]:
        yield Veto(VetoKind.THING, "killed on one side, injured on the other")


def _counted_stems(counted_noun: str) -> set[str]:
    return {base_stem(match[0]) for match in find_claim_words(counted_noun)}
