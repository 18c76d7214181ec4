"""A claim prepared for comparing: its words, numbers, dates, what it says of whom, and who says so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from services.contracts.claim import Claim, Commitment, Speaker
from services.dedupe.comparing.days import NamedDay, read_days
from services.dedupe.comparing.lexicon import load_lexicon, stem
from services.dedupe.comparing.numerals import Numeral, read_numerals
from services.dedupe.comparing.signs import Sign, read_signs
from services.dedupe.embedding.whole_numbers import whole_numbers
from services.dedupe.signals.terms import TermStatistics, term_id, words

WORD = re.compile(r"n['’]t\b|[^\W\d_]+(?=n['’]t\b)|[^\W_]+(?:\.[^\W\d_])+|[^\W_]+(?:['’](?!s\b)[^\W\d_]+)?")
NUMBER_WEIGHT = 6.0
"""Rarity of numbers, which no list of words tells."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """What one claim states.

    Attributes:
        claim: The claim.
        vector: Of its text in `whole_numbers`, shape (dimensions,); null if unknown.
        stems: Of all its words, in order.
        weights: Rarity of each word that carries meaning, by stem: inverse document frequency in news at large.
        capitals: Stems of the words that start in upper case and are not the first.
        numerals: Its numbers.
        days: Its dates.
        signs: What it says of whom, and whether it says so.
        quoted: Stems of the words between quote marks.
    """

    claim: Claim
    vector: NDArray[np.float32] | None
    stems: tuple[str, ...]
    weights: Mapping[str, float]
    capitals: frozenset[str]
    numerals: tuple[Numeral, ...]
    days: tuple[NamedDay, ...]
    signs: tuple[Sign, ...]
    quoted: tuple[str, ...]

    @property
    def speaker(self) -> Speaker | None:
        """Who says so."""
        return self.claim.speaker

    @property
    def denied(self) -> bool:
        """Whether its source says that it is not so."""
        return self.claim.commitment is Commitment.DENIES


def proposition(claim: Claim, vector: NDArray[np.float32] | None = None) -> Proposition:
    """Prepare one claim. `vector`: of its text, of unit length; without it words alone tell likeness."""
    days = read_days(claim)
    found = [(match[0], match.start()) for match in WORD.finditer(claim.text)]
    stems = tuple(stem(word) for word, _ in found)
    capitals = frozenset(one for one, (word, at) in zip(stems, found, strict=True) if word[0].isupper() and at > 0)
    return Proposition(
        claim=claim,
        vector=None if vector is None else whole_numbers(vector),
        stems=stems,
        weights=_weights([word for word, _ in found], stems),
        capitals=capitals,
        numerals=read_numerals(claim, [(day.at, day.end) for day in days]),
        days=days,
        signs=read_signs(claim, found),
        quoted=tuple(
            stem(match[0])
            for span in claim.quoted
            for match in WORD.finditer(claim.text[span.start - claim.span.start : span.end - claim.span.start])
        ),
    )


def _weights(found: Sequence[str], stems: Sequence[str]) -> dict[str, float]:
    lexicon = load_lexicon()
    kept = {
        one: word
        for one, word in zip(stems, found, strict=True)
        if one not in lexicon.stop and word.casefold() not in lexicon.negators and one not in lexicon.reporting
    }
    # The background counts words as `signals.terms` cuts them.
    terms = [term_id((words(word) or [word])[0]) for word in kept.values()]
    rarity = _statistics().idf(np.array(terms, np.uint32)) if terms else np.zeros(0)
    return {one: NUMBER_WEIGHT if one[0].isdigit() else float(weight) for one, weight in zip(kept, rarity, strict=True)}


@cache
def _statistics() -> TermStatistics:
    return TermStatistics.shipped()
