"""Sentences with similar wording that differ in a decisive word: another number, an opposite, an additional "not".

Only words are compared. A parse misses "was not yesterday arrested", and the difference may stand outside the claim: of
"36 percent of those asked" and "108 percent of those asked" the claims may be worded the same.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from services.dedupe.merging.vetoes.lexicon import NEGATORS, are_converse, are_opposed, load_lexicon, prefixed_forms
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
def wording(text: str) -> tuple[str, ...]:
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
        stems += _split_negation(match[0])
    return tuple(stems)


def _split_negation(word: str) -> list[str]:
    lower = word.casefold().replace("’", "'")
    if lower == "cannot":
        return ["can", "not"]
    if lower.endswith("n't"):
        return [*filter(None, [base_stem(lower.removesuffix("n't"))]), "not"]
    return [lower if lower in NEGATORS else base_stem(word)]


def clash(one: Sequence[str], other: Sequence[str]) -> str | None:
    """Return in what two sentences of similar wording differ; None: they agree, or their wording is not similar."""
    if one == other or min(len(one), len(other)) < FEWEST:
        return None
    ours, theirs = set(one), set(other)
    if len(ours & theirs) < SIMILAR_WORDING * min(len(ours), len(theirs)):
        return None
    exchanged = _exchanged(one, other)
    return (
        _other_number(one, other, exchanged)
        or _other_day(one, other, exchanged)
        or _opposite(one, other, exchanged)
        or _negated(one, other)
        or _negated(other, one)
    )


def _other_number(one: Sequence[str], other: Sequence[str], exchanged: Sequence[tuple[int, int]]) -> str | None:
    for here, there in exchanged:
        mine, yours = one[here], other[there]
        if not (_is_number(mine) and _is_number(yours)) or _is_dated(one, here) or _is_dated(other, there):
            continue
        # "At least 12" and "15" may be one; "at least 12" and "at least 15" are not said in one sentence.
        if (_is_loose(one, here) or _is_loose(other, there)) and one[:here][-1:] != other[:there][-1:]:
            continue
        largest = max(abs(float(mine)), abs(float(yours)))
        if abs(float(mine) - float(yours)) > ABOUT * largest:
            return f"{mine} in the place of {yours}"
    return None


def _other_day(one: Sequence[str], other: Sequence[str], exchanged: Sequence[tuple[int, int]]) -> str | None:
    """Another day of what happened. The day of saying so does not count: it is another in every outlet that asks."""
    for here, there in exchanged:
        mine, yours = one[here], other[there]
        weekdays = {mine, yours} <= _WEEKDAYS
        dated = _is_number(mine) and _is_number(yours) and _is_dated(one, here) and _is_dated(other, there)
        days = dated and one[:here][-1:] == other[:there][-1:]
        if (weekdays or days) and not _is_of_saying(one, here) and not _is_of_saying(other, there):
            return f"{mine} in the place of {yours}"
    return None


def _is_of_saying(stems: Sequence[str], at: int) -> bool:
    return not load_lexicon().reporting.isdisjoint(stems[max(0, at - NEAR) : at + 1 + NEAR])


def _opposite(one: Sequence[str], other: Sequence[str], exchanged: Sequence[tuple[int, int]]) -> str | None:
    for here, there in exchanged:
        mine, yours = one[here], other[there]
        if not are_opposed(mine, yours) or _is_turned(one, here) != _is_turned(other, there):
            continue
        before = set(one[max(0, here - NEAR) : here]) & set(other[max(0, there - NEAR) : there])
        # One deal or match from its two sides: "Orla sold the mill", "Varn bought the mill".
        if are_converse(mine, yours) and before <= load_lexicon().stop:
            continue
        return f"{mine} in the place of {yours}"
    return None


def _negated(one: Sequence[str], other: Sequence[str]) -> str | None:
    """A word that one sentence negates, and the other has too but never negates."""
    for at, word in enumerate(one):
        if word not in NEGATORS or one[at + 1 : at + 2] == ("only",):
            continue
        # What it negates stands next, but for adverbs: of "did not survive the crash" that is no crash.
        ahead = range(at + 1, min(at + 1 + AHEAD, len(one)))
        here = next((place for place in ahead if _has_meaning(one[place])), None)
        if here is None:
            continue
        turned = one[here]
        places = [there for there, stem in enumerate(other) if stem == turned]
        if not places or any(_is_turned(other, there) for there in places) or len(places) != one.count(turned):
            continue
        if any(len(_around(one, here) & _around(other, there)) >= FEWEST_AROUND for there in places):
            return f"{turned} is negated on one side only"
    return None


def _around(stems: Sequence[str], at: int) -> set[str]:
    """The words near a word without negations: they must agree for both sentences to be about the same."""
    return {*stems[max(0, at - REACH) : at], *stems[at + 1 : at + 1 + NEAR]} - NEGATORS


def _exchanged(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Places of two words, each in one sentence only, that stand in the same place."""
    ours, theirs = Counter(one), Counter(other)
    alone = [at for at, word in enumerate(other) if theirs[word] > ours[word]]
    return [
        (here, there)
        for here, mine in enumerate(one)
        if ours[mine] > theirs[mine]
        for there in alone
        if _are_of_one_kind(mine, other[there]) and _in_one_place(one, here, other, there)
    ]


def _are_of_one_kind(one: str, other: str) -> bool:
    poles = load_lexicon().poles
    return (
        (_is_number(one) and _is_number(other))
        or (one in _WEEKDAYS and other in _WEEKDAYS)
        or (one in poles and other in poles)
        or other in prefixed_forms(one)
    )


def _in_one_place(one: Sequence[str], here: int, other: Sequence[str], there: int) -> bool:
    before = set(one[max(0, here - NEAR) : here]) & set(other[max(0, there - NEAR) : there])
    after = set(one[here + 1 : here + 1 + NEAR]) & set(other[there + 1 : there + 1 + NEAR])
    fewest = FEWEST_NEAR_NUMBERS if _is_number(one[here]) else FEWEST_NEAR
    return len(before) + len(after) >= fewest


def _is_turned(stems: Sequence[str], at: int) -> bool:
    return not NEGATORS.isdisjoint(stems[max(0, at - REACH) : at])


def _is_loose(stems: Sequence[str], at: int) -> bool:
    return not _LOOSE.isdisjoint(stems[max(0, at - 2) : at])


def _is_dated(stems: Sequence[str], at: int) -> bool:
    return not _MONTHS.isdisjoint((*stems[max(0, at - 1) : at], *stems[at + 1 : at + 2]))


def _is_number(stem: str) -> bool:
    return stem[-1:].isdigit() and stem.replace(".", "", 1).removeprefix("-").isdecimal()


def _has_meaning(stem: str) -> bool:
    lexicon = load_lexicon()
    passed = stem.endswith("ly") or stem in _WEEKDAYS or stem in _ADVERBS
    return not (passed or _is_number(stem) or stem in lexicon.stop or stem in lexicon.light)
