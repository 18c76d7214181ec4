"""The word lists of vetoes: `data/words.json` and `data/oppositions.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from services.language.negation import NEAR_NEGATIONS, NEGATIONS
from services.language.stems import SHORTEST_STEM, base_stem

_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non")
NEGATORS = NEGATIONS | NEAR_NEGATIONS
"""Words as written that turn the predicates near them."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Short lists of English words, all as `base_stem` gives them but for `possible`, words as written."""

    stop: frozenset[str]
    reporting: frozenset[str]
    """Verbs that say who says something, not what is so."""
    turning: frozenset[str]
    """Words under which their complement does not hold: "refuse" to sign."""
    planning: frozenset[str]
    """Verbs under which their complement is yet to come: "plan" to resign."""
    possible: frozenset[str]
    """Modal verbs that leave open whether it is so."""
    denying: frozenset[str]
    light: frozenset[str]
    """Verbs that say little without their complement."""
    partial: frozenset[str]
    """Words beside a figure that counts a part of something."""
    provisional: frozenset[str]
    """Words that make a figure another stage of the same thing: "expected", "corrected"."""
    things: frozenset[int]
    """Oppositions that distinguish two things rather than contradict."""
    converse: frozenset[int]
    """Oppositions of one doer only: one buys what another sells."""
    poles: Mapping[str, tuple[tuple[int, int], ...]]
    """For a word, the oppositions that it belongs to, each with the side it is on: 1 or -1."""


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon that ships with the package. Read once."""
    words = _read_word_lists("words.json")
    poles: dict[str, dict[tuple[int, int], None]] = {}
    pairs = _read_word_lists("oppositions.json")["oppositions"]
    for number, pair in enumerate(pairs):
        for side, name in ((1, "plus"), (-1, "minus")):
            for word in pair[name]:
                poles.setdefault(base_stem(word), {})[number, side] = None
    lists = {
        name: frozenset(map(base_stem, words[name]))
        for name in ("stop", "reporting", "turning", "planning", "denying", "light", "partial", "provisional")
    }
    return Lexicon(
        possible=frozenset(words["possible"]),
        things=frozenset(number for number, pair in enumerate(pairs) if pair.get("things")),
        converse=frozenset(number for number, pair in enumerate(pairs) if pair.get("converse")),
        poles={word: tuple(sides) for word, sides in poles.items()},
        **lists,
    )


@lru_cache(maxsize=65_536)
def opposite_prefix_forms(stem: str) -> frozenset[str]:
    """Return the opposites of a stem by a prefix added or taken off: "illegal" of "legal" and the reverse."""
    longer = {prefix + stem for prefix in _PREFIXES if len(stem) > SHORTEST_STEM}
    shorter = {stem.removeprefix(prefix) for prefix in _PREFIXES if stem.startswith(prefix)}
    return frozenset(longer | {rest for rest in shorter if len(rest) > SHORTEST_STEM})


def may_be_opposites(stem: str, other_stem: str) -> bool:
    """Whether two stems can be opposites at all; quick."""
    poles = load_lexicon().poles
    return (stem in poles and other_stem in poles) or stem.endswith(other_stem) or other_stem.endswith(stem)


def are_opposites(stem: str, other_stem: str) -> bool:
    """Whether two stems say the opposite of each other: "ris" and "fall", "legal" and "illegal"."""
    if stem == other_stem or not may_be_opposites(stem, other_stem):
        return False
    lexicon = load_lexicon()
    second = lexicon.poles.get(other_stem, ())
    if any((number, -side) in second for number, side in lexicon.poles.get(stem, ()) if number not in lexicon.things):
        return True
    return other_stem in opposite_prefix_forms(stem)


def are_converse_opposites(stem: str, other_stem: str) -> bool:
    """Whether two opposite stems may describe one deal from its two sides: "buy" and "sell"."""
    lexicon = load_lexicon()
    second = lexicon.poles.get(other_stem, ())
    return any((number, -side) in second for number, side in lexicon.poles.get(stem, ()) if number in lexicon.converse)


def are_listed_as_distinct(stem: str, other_stem: str) -> bool:
    """Whether two stems distinguish two things: the "men" of one race, the "women" of another."""
    lexicon = load_lexicon()
    second = lexicon.poles.get(other_stem, ())
    return any((number, -side) in second for number, side in lexicon.poles.get(stem, ()) if number in lexicon.things)


def are_on_same_pole(stem: str, other_stem: str) -> bool:
    """Whether two stems stand on one side of an opposition: "ris" and "climb"."""
    poles = load_lexicon().poles
    second = poles.get(other_stem, ())
    return stem == other_stem or any(pole in second for pole in poles.get(stem, ()))


def _read_word_lists(file_name: str) -> dict[str, Any]:
    lists: dict[str, Any] = json.loads((files("services.dedupe") / "data" / file_name).read_text(encoding="utf-8"))
    return lists
