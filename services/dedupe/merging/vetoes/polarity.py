"""Vetoes of polarity: one claim says that it is so, the other that it is not: negations, denials, opposites."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from services.contracts.claim import Commitment
from services.dedupe.merging.vetoes.lexicon import (
    NEGATORS,
    are_converse_opposites,
    are_listed_as_distinct,
    are_on_same_pole,
    are_opposites,
    load_lexicon,
    may_be_opposites,
    opposite_prefix_forms,
)
from services.dedupe.merging.vetoes.predicate_signs import PredicateReading
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


def find_polarity_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Veto predicates that hold by one claim and do not hold by the other."""
    is_one_denied = _is_denied_by_source(proposition) != _is_denied_by_source(other_proposition)
    reason, agreed = _explain_differing_predicates(proposition, other_proposition, is_one_denied=is_one_denied)
    reason = (
        reason
        or _explain_opposite_predicates(proposition, other_proposition, is_one_denied=is_one_denied)
        or _explain_opposites_in_same_position(proposition, other_proposition, are_opposites)
    )
    if reason is None and is_one_denied and not agreed:
        reason = "denied on one side only"
    if reason is not None:
        yield Veto(VetoKind.POLARITY, reason)
    elif _is_unconfirmed_by_source(proposition) != _is_unconfirmed_by_source(other_proposition) and not (
        _has_negating_verb(proposition) and _has_negating_verb(other_proposition)
    ):
        yield Veto(VetoKind.POLARITY, "its source does not confirm it on one side")
    elif not is_one_denied and proposition.is_clause and other_proposition.is_clause:
        reason = _explain_one_sided_denial(proposition, other_proposition) or _find_one_sided_negation(
            proposition, other_proposition
        )
        if reason:
            yield Veto(VetoKind.POLARITY, reason)


def find_distinct_thing_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Veto words in the same place that distinguish two things: "men's race", "women's race"."""
    reason = _explain_opposites_in_same_position(proposition, other_proposition, are_listed_as_distinct)
    if reason is not None:
        yield Veto(VetoKind.THING, reason.replace("opposites", "different things"))


def _is_denied_by_source(proposition: Proposition) -> bool:
    """Whether the source denies what the claim's predicates say. A cue inside the text counts as their governor."""
    return proposition.is_denied and not any(sign.cue for sign in proposition.signs)


def _explain_differing_predicates(
    proposition: Proposition, other_proposition: Proposition, *, is_one_denied: bool
) -> tuple[str | None, bool]:
    """Return a reason if a predicate has different signs in the claims, and whether they share a predicate at all."""
    ours, theirs = proposition.consistent_signs_by_stem, other_proposition.consistent_signs_by_stem
    shared = sorted(ours.keys() & theirs.keys())
    differing = [word for word in shared if (ours[word].negative != theirs[word].negative) != is_one_denied]
    differing = differing or [
        mine.stem
        for mine in proposition.signs
        if (
            twins := [
                yours
                for yours in other_proposition.signs
                if mine.stem == yours.stem and _have_common_argument(mine, yours)
            ]
        )
        and all((mine.negative != yours.negative) != is_one_denied for yours in twins)
    ]
    if differing:
        return f"“{differing[0]}” holds on one side only", True
    return None, bool(shared)


def _explain_opposite_predicates(
    proposition: Proposition, other_proposition: Proposition, *, is_one_denied: bool
) -> str | None:
    """Return a reason if predicates of one argument are opposites with one sign, or allies with two signs."""
    for mine in proposition.signs:
        for yours in other_proposition.signs:
            if (
                mine.stem == yours.stem
                or not may_be_opposites(mine.stem, yours.stem)
                or not _have_common_argument(mine, yours)
            ):
                continue
            if any(_have_common_argument(mine, sign) for sign in other_proposition.signs if sign.stem == mine.stem):
                continue
            if any(_have_common_argument(yours, sign) for sign in proposition.signs if sign.stem == yours.stem):
                continue
            agrees = (mine.negative == yours.negative) != is_one_denied
            stems = " and ".join(sorted((mine.stem, yours.stem)))
            if are_converse_opposites(mine.stem, yours.stem) and mine.subject != yours.subject:
                continue
            if agrees and are_opposites(mine.stem, yours.stem):
                return f"opposites: {stems}"
            if not agrees and are_on_same_pole(mine.stem, yours.stem):
                return f"one of {stems} is negated"
    return None


def _have_common_argument(sign: PredicateReading, other_sign: PredicateReading) -> bool:
    """Whether two predicates share an argument: the bill that "passed" is the one that parliament "rejected"."""
    return not {sign.subject, sign.object, None}.isdisjoint({other_sign.subject, other_sign.object} - {None})


def _explain_opposites_in_same_position(
    proposition: Proposition, other_proposition: Proposition, are_opposed: Callable[[str, str], bool]
) -> str | None:
    """Return a reason if opposite words stand in the same place, whatever their part of speech: "before", "after"."""
    ours, theirs = Counter(proposition.stems), Counter(other_proposition.stems)
    poles = load_lexicon().poles
    yours = [at for at, word in enumerate(other_proposition.stems) if theirs[word] > ours[word]]
    poled = [at for at in yours if other_proposition.stems[at] in poles]
    their_words = {other_proposition.stems[at] for at in yours}
    for here, word in enumerate(proposition.stems):
        if ours[word] <= theirs[word] or _is_bound_of_number(proposition.stems, here):
            continue
        prefixed = their_words.intersection(opposite_prefix_forms(word))
        for there in [
            *(poled if word in poles else ()),
            *(at for at in yours if prefixed and other_proposition.stems[at] in prefixed),
        ]:
            if not are_opposed(word, other_proposition.stems[there]) or _is_bound_of_number(
                other_proposition.stems, there
            ):
                continue
            same_sign = _is_negated(proposition.stems, here) == _is_negated(other_proposition.stems, there)
            if _are_two_sides_of_deal(proposition, here, other_proposition, there):
                continue
            if same_sign and _has_similar_context(proposition.stems, here, other_proposition.stems, there):
                return "opposites: " + " and ".join(sorted((word, other_proposition.stems[there])))
    return None


def _are_two_sides_of_deal(
    proposition: Proposition, position: int, other_proposition: Proposition, other_position: int
) -> bool:
    """Whether one deal or match is described from its two sides ("Orla sold it", "Varn bought it")."""
    if not are_converse_opposites(proposition.stems[position], other_proposition.stems[other_position]):
        return False
    before = set(proposition.stems[max(0, position - NEAR) : position]) & set(
        other_proposition.stems[max(0, other_position - NEAR) : other_position]
    )
    return before <= load_lexicon().stop


def _is_bound_of_number(stems: Sequence[str], position: int) -> bool:
    """Whether the word bounds a number ("more than 40"); vetoes of figures compare those."""
    return stems[position] in _BOUNDS and any(word[0].isdigit() for word in stems[position + 1 : position + 3])


def _has_similar_context(stems: Sequence[str], position: int, other_stems: Sequence[str], other_position: int) -> bool:
    before = set(stems[max(0, position - NEAR) : position]) & set(
        other_stems[max(0, other_position - NEAR) : other_position]
    )
    after = set(stems[position + 1 : position + 1 + NEAR]) & set(
        other_stems[other_position + 1 : other_position + 1 + NEAR]
    )
    return len(before) + len(after) >= FEWEST_NEAR


def _is_negated(stems: Sequence[str], position: int) -> bool:
    return sum(word in NEGATORS for word in stems[max(0, position - NEGATION_REACH) : position]) % 2 == 1


def _is_unconfirmed_by_source(proposition: Proposition) -> bool:
    return proposition.claim.commitment is Commitment.DECLINES_TO_CONFIRM


def _has_negating_verb(proposition: Proposition) -> bool:
    """Whether the claim has a word under which its complement does not hold ("refuse", "deny")."""
    return any(sign.stem in load_lexicon().turning for sign in proposition.signs)


def _explain_one_sided_denial(proposition: Proposition, other_proposition: Proposition) -> str | None:
    """Reason if one claim has a main verb of denying, and the other neither denies nor negates anything."""
    denying = load_lexicon().denying
    for mine, yours in ((proposition, other_proposition), (other_proposition, proposition)):
        if _has_negating_verb(yours) or any(sign.negative for sign in yours.signs):
            continue
        if any(sign.main and sign.stem in denying for sign in mine.signs):
            return "denied on one side only"
    return None


def _find_one_sided_negation(proposition: Proposition, other_proposition: Proposition) -> str | None:
    """Reason if one claim negates its main verb, and the other nothing."""
    for mine, yours in ((proposition, other_proposition), (other_proposition, proposition)):
        if any(sign.negative for sign in yours.signs):
            continue
        negated = any(sign.main and sign.negative for sign in mine.signs)
        # "Did not lose strength" is no more than "kept its strength", "is no violation" than "complies".
        contraries = (are_opposites(word, sign.stem) for word in mine.stems for sign in yours.signs)
        if negated and not any(contraries):
            return "the main verb is negated on one side only"
    return None
