"""Vetoes of polarity: one claim says that it is so, the other that it is not: negations, denials, opposites."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from services.contracts.claim import Commitment
from services.dedupe.merging.vetoes.lexicon import (
    NEGATORS,
    are_allied,
    are_converse,
    are_opposed,
    are_other_things,
    load_lexicon,
    may_oppose,
    prefixed_forms,
)
from services.dedupe.merging.vetoes.predicate_signs import PredicateSign
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import Veto, VetoKind
from services.language.stems import base_stem

NEAR = 3
"""Words on either side that decide whether two words stand in the same place."""
NEGATION_REACH = 5
"""Words before an opposite in which a negation turns it: "does not amount to a violation"."""
_BOUNDS = frozenset(map(base_stem, ("more", "less", "fewer", "over", "under", "above", "below", "most", "least")))
FEWEST_NEAR = 2
"""So many of them must agree."""


def polarity_vetoes(one: Proposition, other: Proposition) -> Iterator[Veto]:
    """Veto predicates that hold by one claim and do not hold by the other."""
    turned = _is_denied(one) != _is_denied(other)
    reason, agreed = _same_words(one, other, turned=turned)
    reason = reason or _opposites(one, other, turned=turned) or _in_place(one, other, are_opposed)
    if reason is None and turned and not agreed:
        reason = "denied on one side only"
    if reason is not None:
        yield Veto(VetoKind.POLARITY, reason)
    elif _is_declined(one) != _is_declined(other) and not (_turns(one) and _turns(other)):
        yield Veto(VetoKind.POLARITY, "its source does not confirm it on one side")
    elif not turned and one.is_clause and other.is_clause:
        reason = _denied_by_one(one, other) or _main_negated_by_one(one, other)
        if reason:
            yield Veto(VetoKind.POLARITY, reason)


def thing_vetoes(one: Proposition, other: Proposition) -> Iterator[Veto]:
    """Veto words in the same place that distinguish two things: "men's race", "women's race"."""
    reason = _in_place(one, other, are_other_things)
    if reason is not None:
        yield Veto(VetoKind.THING, reason.replace("opposites", "different things"))


def _is_denied(proposition: Proposition) -> bool:
    """Whether the source denies what the claim's predicates say. A cue inside the text counts as their governor."""
    return proposition.denied and not any(sign.cue for sign in proposition.signs)


def _same_words(one: Proposition, other: Proposition, *, turned: bool) -> tuple[str | None, bool]:
    """A predicate that has different signs in the two claims, and whether some predicate has the same sign in both."""
    ours, theirs = _settled(one.signs), _settled(other.signs)
    shared = sorted(ours.keys() & theirs.keys())
    differing = [word for word in shared if (ours[word].negative != theirs[word].negative) != turned]
    differing = differing or [
        mine.stem
        for mine in one.signs
        if (twins := [yours for yours in other.signs if mine.stem == yours.stem and _are_of_the_same(mine, yours)])
        and all((mine.negative != yours.negative) != turned for yours in twins)
    ]
    if differing:
        return f"“{differing[0]}” holds on one side only", True
    return None, bool(shared)


def _settled(signs: Sequence[PredicateSign]) -> Mapping[str, PredicateSign]:
    """Signs by stem, of the predicates that have one sign throughout."""
    by_stem = {
        word: list(group) for word, group in groupby(sorted(signs, key=lambda sign: sign.stem), lambda sign: sign.stem)
    }
    return {word: group[0] for word, group in by_stem.items() if len({sign.negative for sign in group}) == 1}


def _opposites(one: Proposition, other: Proposition, *, turned: bool) -> str | None:
    """Predicates of the same argument that are opposites with one sign, or allies with two signs."""
    for mine in one.signs:
        for yours in other.signs:
            if mine.stem == yours.stem or not may_oppose(mine.stem, yours.stem) or not _are_of_the_same(mine, yours):
                continue
            if any(_are_of_the_same(mine, sign) for sign in other.signs if sign.stem == mine.stem):
                continue
            if any(_are_of_the_same(yours, sign) for sign in one.signs if sign.stem == yours.stem):
                continue
            agrees = (mine.negative == yours.negative) != turned
            stems = " and ".join(sorted((mine.stem, yours.stem)))
            if are_converse(mine.stem, yours.stem) and mine.subject != yours.subject:
                continue
            if agrees and are_opposed(mine.stem, yours.stem):
                return f"opposites: {stems}"
            if not agrees and are_allied(mine.stem, yours.stem):
                return f"one of {stems} is negated"
    return None


def _are_of_the_same(one: PredicateSign, other: PredicateSign) -> bool:
    """Whether two predicates share an argument: the bill that "passed" is the one that parliament "rejected"."""
    return not {one.subject, one.object, None}.isdisjoint({other.subject, other.object} - {None})


def _in_place(one: Proposition, other: Proposition, opposed: Callable[[str, str], bool]) -> str | None:
    """Opposite words that stand in the same place, whatever their part of speech: "before" and "after"."""
    ours, theirs = Counter(one.stems), Counter(other.stems)
    poles = load_lexicon().poles
    yours = [at for at, word in enumerate(other.stems) if theirs[word] > ours[word]]
    poled = [at for at in yours if other.stems[at] in poles]
    for here, word in enumerate(one.stems):
        if ours[word] <= theirs[word] or _bounds_number(one.stems, here):
            continue
        prefixed = prefixed_forms(word)
        for there in [*(poled if word in poles else ()), *(at for at in yours if other.stems[at] in prefixed)]:
            if not opposed(word, other.stems[there]) or _bounds_number(other.stems, there):
                continue
            same_sign = _negations(one.stems, here) == _negations(other.stems, there)
            if _are_sides_of_one(one, here, other, there):
                continue
            if same_sign and _context_agrees(one.stems, here, other.stems, there):
                return "opposites: " + " and ".join(sorted((word, other.stems[there])))
    return None


def _are_sides_of_one(one: Proposition, here: int, other: Proposition, there: int) -> bool:
    """Whether one deal or match is described from its two sides ("Orla sold it", "Varn bought it")."""
    if not are_converse(one.stems[here], other.stems[there]):
        return False
    before = set(one.stems[max(0, here - NEAR) : here]) & set(other.stems[max(0, there - NEAR) : there])
    return before <= load_lexicon().stop


def _bounds_number(stems: Sequence[str], at: int) -> bool:
    """Whether the word bounds a number ("more than 40"); vetoes of figures compare those."""
    return stems[at] in _BOUNDS and any(word[0].isdigit() for word in stems[at + 1 : at + 3])


def _context_agrees(one: Sequence[str], here: int, other: Sequence[str], there: int) -> bool:
    before = set(one[max(0, here - NEAR) : here]) & set(other[max(0, there - NEAR) : there])
    after = set(one[here + 1 : here + 1 + NEAR]) & set(other[there + 1 : there + 1 + NEAR])
    return len(before) + len(after) >= FEWEST_NEAR


def _negations(stems: Sequence[str], at: int) -> bool:
    return sum(word in NEGATORS for word in stems[max(0, at - NEGATION_REACH) : at]) % 2 == 1


def _is_declined(proposition: Proposition) -> bool:
    return proposition.claim.commitment is Commitment.DECLINES_TO_CONFIRM


def _turns(proposition: Proposition) -> bool:
    """Whether the claim has a word under which its complement does not hold ("refuse", "deny")."""
    return any(sign.stem in load_lexicon().turning for sign in proposition.signs)


def _denied_by_one(one: Proposition, other: Proposition) -> str | None:
    """Reason if one claim has a main verb of denying, and the other neither denies nor negates anything."""
    denying = load_lexicon().denying
    for mine, yours in ((one, other), (other, one)):
        if _turns(yours) or any(sign.negative for sign in yours.signs):
            continue
        if any(sign.main and sign.stem in denying for sign in mine.signs):
            return "denied on one side only"
    return None


def _main_negated_by_one(one: Proposition, other: Proposition) -> str | None:
    """Reason if one claim negates its main verb, and the other nothing."""
    for mine, yours in ((one, other), (other, one)):
        if any(sign.negative for sign in yours.signs):
            continue
        negated = any(sign.main and sign.negative for sign in mine.signs)
        # "Did not lose strength" is no more than "kept its strength", "is no violation" than "complies".
        contraries = (are_opposed(word, sign.stem) for word in mine.stems for sign in yours.signs)
        if negated and not any(contraries):
            return "the main verb is negated on one side only"
    return None
