"""Sentences with similar wording that differ in a decisive word: another number, an opposite, an additional "not".

Only words are compared. A parse misses "was not yesterday arrested", and the difference may stand outside the claim: of
"36 percent of those asked" and "108 percent of those asked" the claims may be worded the same.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from services.dedupe.merging.vetoes.lexicon import (
    NEGATORS,
    are_converse_opposites,
    are_opposites,
    load_lexicon,
    opposite_prefix_forms,
)
from services.language.calendar import MONTHS, SHORT_MONTHS, WEEKDAYS
from services.language.number_ranges import share
from services.language.numbers import find_numbers
from services.language.quantities import ABOUT
from services.language.ranges import Range
from services.language.stems import base_stem
from services.language.tokens import find_claim_words

SIMILAR_WORDING = 0.6
"""Share of the words of the shorter sentence that the other has, from which their wording is similar."""
FEWEST = 4
"""Words that the shorter has at least."""
NEAR = 3
"""Words on either side that decide whether two words stand in the same place."""
FEWEST_NEAR = 3
"""So many of them must agree."""
FEWEST_NEAR_NUMBERS = 2
"""So many for two numbers that each side has alone."""
FEWEST_AROUND = 2
"""So many words around what is negated must agree."""
AHEAD = 3
"""Words after a negation among which what it turns stands."""
REACH = 4
"""Words before a word in which a negation turns it."""
_LOOSE = frozenset(
    map(base_stem, ("least", "than", "about", "some", "nearly", "over", "most", "almost", "around", "up", "more"))
)
"""Words before a number that make it a bound, or an approximation."""
_MONTHS = frozenset(map(base_stem, (*MONTHS, *SHORT_MONTHS)))
_ADVERBS = frozenset(map(base_stem, ("yesterday", "today", "yet", "now", "then", "always")))
_WEEKDAYS = frozenset(map(base_stem, WEEKDAYS))


@lru_cache(maxsize=8_192)
def read_stems_with_numbers(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words, numbers as their values; "didn't" is two words."""
    area = Range(0, len(text))
    numbers = [
        (number.range, number.value) for number in share(text, list(find_numbers(text, area)), area) if not number.vague
    ]
    stems: list[str] = []
    at = 0
    for match in find_claim_words(text):
        start, end = match.span()
        while at < len(numbers) and numbers[at][0].end <= start:
            at += 1
        if at < len(numbers) and numbers[at][0].start < end:
            number, value = numbers[at]
            if number.start >= start:
                stems.append(f"{value:.12g}")
            continue
        stems += _stems_with_negation(match[0])
    return tuple(stems)


def _stems_with_negation(word: str) -> list[str]:
    lower = word.casefold().replace("’", "'")
    if lower == "cannot":
        return ["can", "not"]
    if lower.endswith("n't"):
        return [*filter(None, [base_stem(lower.removesuffix("n't"))]), "not"]
    return [lower if lower in NEGATORS else base_stem(word)]


def explain_wording_conflict(stems: Sequence[str], other_stems: Sequence[str]) -> str | None:
    """Return in what two sentences of similar wording differ; None: they agree, or their wording is not similar."""
    if stems == other_stems or min(len(stems), len(other_stems)) < FEWEST:
        return None
    ours, theirs = set(stems), set(other_stems)
    if len(ours & theirs) < SIMILAR_WORDING * min(len(ours), len(theirs)):
        return None
    exchanged = _find_replaced_word_pairs(stems, other_stems)
    return (
        _explain_other_number(stems, other_stems, exchanged)
        or _explain_other_day(stems, other_stems, exchanged)
        or _explain_opposite(stems, other_stems, exchanged)
        or _find_one_sided_negation(stems, other_stems)
        or _find_one_sided_negation(other_stems, stems)
    )


def _explain_other_number(
    stems: Sequence[str], other_stems: Sequence[str], exchanged_positions: Sequence[tuple[int, int]]
) -> str | None:
    for here, there in exchanged_positions:
        mine, yours = stems[here], other_stems[there]
        if (
            not (_is_number(mine) and _is_number(yours))
            or _is_part_of_date(stems, here)
            or _is_part_of_date(other_stems, there)
        ):
            continue
        # "At least 12" and "15" may be one; "at least 12" and "at least 15" are not said in one sentence.
        if (_is_approximate_number(stems, here) or _is_approximate_number(other_stems, there)) and stems[:here][
            -1:
        ] != other_stems[:there][-1:]:
            continue
        largest = max(abs(float(mine)), abs(float(yours)))
        if abs(float(mine) - float(yours)) > ABOUT * largest:
            return f"{mine} in the place of {yours}"
    return None


def _explain_other_day(
    stems: Sequence[str], other_stems: Sequence[str], exchanged_positions: Sequence[tuple[int, int]]
) -> str | None:
    """Find another day of what happened. The day of saying so does not count: each outlet that asks has its own."""
    for here, there in exchanged_positions:
        mine, yours = stems[here], other_stems[there]
        weekdays = {mine, yours} <= _WEEKDAYS
        dated = (
            _is_number(mine)
            and _is_number(yours)
            and _is_part_of_date(stems, here)
            and _is_part_of_date(other_stems, there)
        )
        days = dated and stems[:here][-1:] == other_stems[:there][-1:]
        if (
            (weekdays or days)
            and not _is_near_reporting_verb(stems, here)
            and not _is_near_reporting_verb(other_stems, there)
        ):
            return f"{mine} in the place of {yours}"
    return None


def _is_near_reporting_verb(stems: Sequence[str], position: int) -> bool:
    return not load_lexicon().reporting.isdisjoint(stems[max(0, position - NEAR) : position + 1 + NEAR])


def _explain_opposite(
    stems: Sequence[str], other_stems: Sequence[str], exchanged_positions: Sequence[tuple[int, int]]
) -> str | None:
    for here, there in exchanged_positions:
        mine, yours = stems[here], other_stems[there]
        if not are_opposites(mine, yours) or _is_negated(stems, here) != _is_negated(other_stems, there):
            continue
        before = set(stems[max(0, here - NEAR) : here]) & set(other_stems[max(0, there - NEAR) : there])
        # One deal or match from its two sides: "Orla sold the mill", "Varn bought the mill".
        if are_converse_opposites(mine, yours) and before <= load_lexicon().stop:
            continue
        return f"{mine} in the place of {yours}"
    return None


def _find_one_sided_negation(stems: Sequence[str], other_stems: Sequence[str]) -> str | None:
    """Find a word that one sentence negates, and the other has too but never negates."""
    for at, word in enumerate(stems):
        if word not in NEGATORS or stems[at + 1 : at + 2] == ("only",):
            continue
        # What it negates stands next, but for adverbs: of "did not survive the crash" that is no crash.
        ahead = range(at + 1, min(at + 1 + AHEAD, len(stems)))
        here = next((place for place in ahead if _is_content_stem(stems[place])), None)
        if here is None:
            continue
        turned = stems[here]
        places = [there for there, stem in enumerate(other_stems) if stem == turned]
        if not places or any(_is_negated(other_stems, there) for there in places) or len(places) != stems.count(turned):
            continue
        if any(
            len(_words_near_position(stems, here) & _words_near_position(other_stems, there)) >= FEWEST_AROUND
            for there in places
        ):
            return f"{turned} is negated on one side only"
    return None


def _words_near_position(stems: Sequence[str], position: int) -> set[str]:
    """Return the words near a word, without negations: they must agree for both sentences to be about the same."""
    return {*stems[max(0, position - REACH) : position], *stems[position + 1 : position + 1 + NEAR]} - NEGATORS


def _find_replaced_word_pairs(stems: Sequence[str], other_stems: Sequence[str]) -> list[tuple[int, int]]:
    """Find the positions of two words, each in one sentence only, that stand in the same place."""
    ours, theirs = Counter(stems), Counter(other_stems)
    alone = [at for at, word in enumerate(other_stems) if theirs[word] > ours[word]]
    return [
        (here, there)
        for here, mine in enumerate(stems)
        if ours[mine] > theirs[mine]
        for there in alone
        if _are_comparable_stems(mine, other_stems[there]) and _has_similar_context(stems, here, other_stems, there)
    ]


def _are_comparable_stems(stem: str, other_stem: str) -> bool:
    poles = load_lexicon().poles
    return (
        (_is_number(stem) and _is_number(other_stem))
        or (stem in _WEEKDAYS and other_stem in _WEEKDAYS)
        or (stem in poles and other_stem in poles)
        or other_stem in opposite_prefix_forms(stem)
    )


def _has_similar_context(stems: Sequence[str], position: int, other_stems: Sequence[str], other_position: int) -> bool:
    before = set(stems[max(0, position - NEAR) : position]) & set(
        other_stems[max(0, other_position - NEAR) : other_position]
    )
    after = set(stems[position + 1 : position + 1 + NEAR]) & set(
        other_stems[other_position + 1 : other_position + 1 + NEAR]
    )
    fewest = FEWEST_NEAR_NUMBERS if _is_number(stems[position]) else FEWEST_NEAR
    return len(before) + len(after) >= fewest


def _is_negated(stems: Sequence[str], position: int) -> bool:
    return not NEGATORS.isdisjoint(stems[max(0, position - REACH) : position])


def _is_approximate_number(stems: Sequence[str], position: int) -> bool:
    return not _LOOSE.isdisjoint(stems[max(0, position - 2) : position])


def _is_part_of_date(stems: Sequence[str], position: int) -> bool:
    return not _MONTHS.isdisjoint((*stems[max(0, position - 1) : position], *stems[position + 1 : position + 2]))


def _is_number(stem: str) -> bool:
    return stem[-1:].isdigit() and stem.replace(".", "", 1).removeprefix("-").isdecimal()


def _is_content_stem(stem: str) -> bool:
    lexicon = load_lexicon()
    passed = stem.endswith("ly") or stem in _WEEKDAYS or stem in _ADVERBS
    return not (passed or _is_number(stem) or stem in lexicon.stop or stem in lexicon.light)
