"""Vetoes of figures: numbers that do not agree."""

import re
from collections.abc import Iterator, Sequence

from services.dedupe.merging.vetoes.lexicon import load_lexicon
from services.dedupe.merging.vetoes.numerals import Numeral, same_number
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import Veto, VetoKind
from services.language.stems import base_stem
from services.language.tokens import find_claim_words

_OF = re.compile(r" of (?:the|those|these|them|whom|its|their)\b")
NEAR = 24
"""Characters around a number that decide which number of the other claim corresponds to it."""


def figure_vetoes(one: Proposition, other: Proposition) -> Iterator[Veto]:
    """Veto numbers of one unit that only one claim has, and one number that only one claim gives as an addition."""
    ours, theirs = _unmatched(one.numerals, other.numerals)
    pairs = [(mine, yours) for mine in ours for yours in theirs if mine.unit == yours.unit or _are_shares(mine, yours)]
    if pairs:
        yield _difference(one, other, pairs)
    for mine in one.numerals:
        twins = [yours for yours in other.numerals if same_number(mine, yours)]
        if twins and all(yours.increment != mine.increment for yours in twins):
            yield Veto(VetoKind.INCREMENT, f"{mine.surface} comes on top of another figure on one side only")
        if twins and all(_moves_otherwise(mine, yours) for yours in twins):
            yield Veto(VetoKind.INCREMENT, f"{mine.surface} is the change on one side only")


def _are_shares(one: Numeral, other: Numeral) -> bool:
    """Whether one is in percent and one in percentage points: 4 of the one are not 4 of the other."""
    return {one.unit, other.unit} == {"percent", "percentage_points"}


def _moves_otherwise(one: Numeral, other: Numeral) -> bool:
    return one.shift is not None and other.shift is not None and one.shift is not other.shift


def _unmatched(one: Sequence[Numeral], other: Sequence[Numeral]) -> tuple[list[Numeral], list[Numeral]]:
    """The numbers of each claim that have no partner when every number is paired with at most one of the other's."""
    ours, theirs = [], list(other)
    for mine in one:
        twin = next((yours for yours in theirs if same_number(mine, yours)), None)
        if twin is None:
            ours.append(mine)
        else:
            theirs.remove(twin)
    return ours, theirs


def _difference(one: Proposition, other: Proposition, pairs: Sequence[tuple[Numeral, Numeral]]) -> Veto:
    """The veto, worded by the pair of numbers that stands among the most common words."""
    mine, yours = max(pairs, key=lambda pair: len(_words_around(one, pair[0]) & _words_around(other, pair[1])))
    values = " against ".join(sorted((mine.surface, yours.surface)))
    if mine.increment != yours.increment:
        return Veto(VetoKind.INCREMENT, f"figures differ, and one comes on top of another: {values}")
    if _is_other_figure(one, mine, other, yours):
        return Veto(VetoKind.FIGURE, f"figures of a part or of another stage: {values}")
    return Veto(VetoKind.FIGURE, f"figures differ: {values}")


def _is_other_figure(one: Proposition, mine: Numeral, other: Proposition, yours: Numeral) -> bool:
    """Whether one of the two counts a part, or another stage: expected, estimated, corrected since."""
    lexicon = load_lexicon()
    stages = [not lexicon.provisional.isdisjoint(side.stems) for side in (one, other)]
    parts = [
        not lexicon.partial.isdisjoint(map(base_stem, _words_around(side, numeral)))
        or _OF.match(side.claim.text, numeral.end)
        for side, numeral in ((one, mine), (other, yours))
    ]
    return stages[0] != stages[1] or bool(parts[0]) != bool(parts[1])


def _words_around(proposition: Proposition, numeral: Numeral) -> set[str]:
    text, end = proposition.claim.text, numeral.end
    near = text[max(0, numeral.at - NEAR) : numeral.at] + " " + text[end : end + NEAR]
    return {match[0].casefold() for match in find_claim_words(near)}
