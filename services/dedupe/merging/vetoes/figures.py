"""Vetoes of figures: numbers that do not agree."""

import re
from collections.abc import Iterator, Sequence

from services.dedupe.merging.vetoes.lexicon import load_lexicon
from services.dedupe.merging.vetoes.numerals import Numeral, may_be_same_figure
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import Veto, VetoKind
from services.language.stems import base_stem
from services.language.tokens import find_claim_words

_OF = re.compile(r" of (?:the|those|these|them|whom|its|their)\b")
NEAR = 24
"""Characters around a number that decide which number of the other claim corresponds to it."""


def find_figure_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Veto numbers of one unit that only one claim has, and one number that only one claim gives as an addition."""
    ours, theirs = _numerals_without_match(proposition.numerals, other_proposition.numerals)
    pairs = [
        (mine, yours)
        for mine in ours
        for yours in theirs
        if mine.unit == yours.unit or _are_percent_and_points(mine, yours)
    ]
    if pairs:
        yield _build_difference_veto(proposition, other_proposition, pairs)
    for mine in proposition.numerals:
        twins = [yours for yours in other_proposition.numerals if may_be_same_figure(mine, yours)]
        if twins and all(yours.increment != mine.increment for yours in twins):
            yield Veto(VetoKind.INCREMENT, f"{mine.surface} comes on top of another figure on one side only")
        if twins and all(_have_different_roles_in_change(mine, yours) for yours in twins):
            yield Veto(VetoKind.INCREMENT, f"{mine.surface} is the change on one side only")


def _are_percent_and_points(numeral: Numeral, other_numeral: Numeral) -> bool:
    """Whether one is in percent and one in percentage points: 4 of the one are not 4 of the other."""
    return {numeral.unit, other_numeral.unit} == {"percent", "percentage_points"}


def _have_different_roles_in_change(numeral: Numeral, other_numeral: Numeral) -> bool:
    """Whether one is where something moved to, and the other where it moved from or by how much."""
    return numeral.shift is not None and other_numeral.shift is not None and numeral.shift is not other_numeral.shift


def _numerals_without_match(
    numerals: Sequence[Numeral], other_numerals: Sequence[Numeral]
) -> tuple[list[Numeral], list[Numeral]]:
    """Return the numbers of each claim without a partner when each is paired with at most one of the other's."""
    ours, theirs = [], list(other_numerals)
    for mine in numerals:
        twin = next((yours for yours in theirs if may_be_same_figure(mine, yours)), None)
        if twin is None:
            ours.append(mine)
        else:
            theirs.remove(twin)
    return ours, theirs


def _build_difference_veto(
    proposition: Proposition, other_proposition: Proposition, numeral_pairs: Sequence[tuple[Numeral, Numeral]]
) -> Veto:
    """Build the veto, worded by the pair of numbers that stands among the most common words."""
    mine, yours = max(
        numeral_pairs,
        key=lambda pair: len(
            _words_near_numeral(proposition, pair[0]) & _words_near_numeral(other_proposition, pair[1])
        ),
    )
    values = " against ".join(sorted((mine.surface, yours.surface)))
    if mine.increment != yours.increment:
        return Veto(VetoKind.INCREMENT, f"figures differ, and one comes on top of another: {values}")
    if _has_different_scope_or_stage(proposition, mine, other_proposition, yours):
        return Veto(VetoKind.FIGURE, f"figures of a part or of another stage: {values}")
    return Veto(VetoKind.FIGURE, f"figures differ: {values}")


def _has_different_scope_or_stage(
    proposition: Proposition, numeral: Numeral, other_proposition: Proposition, other_numeral: Numeral
) -> bool:
    """Whether one of the two counts a part, or another stage: expected, estimated, corrected since."""
    lexicon = load_lexicon()
    stages = [not lexicon.provisional.isdisjoint(side.stems) for side in (proposition, other_proposition)]
    parts = [
        not lexicon.partial.isdisjoint(map(base_stem, _words_near_numeral(side, each)))
        or _OF.match(side.claim.text, each.end)
        for side, each in ((proposition, numeral), (other_proposition, other_numeral))
    ]
    return stages[0] != stages[1] or bool(parts[0]) != bool(parts[1])


def _words_near_numeral(proposition: Proposition, numeral: Numeral) -> set[str]:
    text, end = proposition.claim.text, numeral.end
    near = text[max(0, numeral.at - NEAR) : numeral.at] + " " + text[end : end + NEAR]
    return {match[0].casefold() for match in find_claim_words(near)}
