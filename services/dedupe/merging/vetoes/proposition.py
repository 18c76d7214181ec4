"""What a claim states, as vetoes compare it: its words, numbers, dates, predicates, and who says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np

from services.contracts.claim import Claim, Commitment, Speaker
from services.dedupe.merging.vetoes.lexicon import NEGATORS, load_lexicon
from services.dedupe.merging.vetoes.numerals import Numeral, read_numerals
from services.dedupe.merging.vetoes.predicate_signs import PredicateReading, read_predicates
from services.dedupe.signals.terms import TermStatistics, hash_term
from services.language.named_days import NamedDay, find_named_days
from services.language.stems import base_stem, singulars
from services.language.tokens import find_claim_words

NUMBER_WEIGHT = 6.0
"""Rarity of numbers, which the background corpus does not count."""


@dataclass(frozen=True)
class Proposition:
    """What one claim states.

    Attributes:
        claim: The claim.
        stems: Of all its words, in order.
        weights: Rarity of each word that carries meaning, by stem: its inverse document frequency in the background
            corpus.
        source: Stems of the words that only say who says it.
        capitals: Stems of the words that start in upper case, without the first word unless it is a name.
        numerals: Its numbers.
        days: Its dates.
        signs: Its predicates, and whether the claim says that each holds.
    """

    claim: Claim
    stems: tuple[str, ...]
    weights: Mapping[str, float]
    source: frozenset[str]
    capitals: frozenset[str]
    numerals: tuple[Numeral, ...]
    days: tuple[NamedDay, ...]
    signs: tuple[PredicateReading, ...]

    @property
    def speaker(self) -> Speaker | None:
        """Who says it."""
        return self.claim.speaker

    @property
    def is_clause(self) -> bool:
        """Whether it is a clause with a subject rather than a phrase."""
        return any(sign.subject is not None for sign in self.signs)

    @cached_property
    def total_weight(self) -> float:
        """Sum of the weights of its words."""
        return sum(self.weights.values())

    @cached_property
    def main_predicates(self) -> frozenset[str]:
        """Stems of its main predicates."""
        return frozenset(sign.stem for sign in self.signs if sign.main)

    @cached_property
    def argument_stems(self) -> frozenset[str]:
        """Stems of the subjects and objects of its predicates."""
        return frozenset(word for sign in self.signs for word in (sign.subject, sign.object) if word is not None)

    @cached_property
    def consistent_signs_by_stem(self) -> Mapping[str, PredicateReading]:
        """Its predicates by stem, the first of each, of those that have one sign throughout."""
        by_stem: dict[str, list[PredicateReading]] = {}
        for sign in self.signs:
            by_stem.setdefault(sign.stem, []).append(sign)
        return {stem: signs[0] for stem, signs in by_stem.items() if len({sign.negative for sign in signs}) == 1}

    @property
    def is_denied(self) -> bool:
        """Whether its source denies it."""
        return self.claim.commitment is Commitment.DENIES


def read_proposition(claim: Claim) -> Proposition:
    """Read what one claim states."""
    days = find_named_days(claim.text, _resolved_dates(claim))
    numerals = read_numerals(claim, [(day.at, day.end) for day in days])
    words = _words_with_starts(claim, numerals)
    signs = read_predicates(claim, words)
    stems = tuple(base_stem(word) for word, _ in words)
    named = {span.start - claim.span.start for span in (entity.span for entity in claim.entities)}
    capitals = frozenset(
        one for one, (word, at) in zip(stems, words, strict=True) if word[0].isupper() and (at > 0 or at in named)
    )
    return Proposition(
        claim=claim,
        stems=stems,
        weights=_content_word_weights([word for word, _ in words], stems),
        source=_source_stems(claim, words, signs),
        capitals=capitals,
        numerals=numerals,
        days=days,
        signs=signs,
    )


def _resolved_dates(claim: Claim) -> list[tuple[int, int, str]]:
    """Dates that extraction resolved completely: start and end in the claim's text, and ISO form."""
    offset = claim.span.start
    return [(date.span.start - offset, date.span.end - offset, date.iso) for date in claim.dates if "X" not in date.iso]


def _words_with_starts(claim: Claim, numerals: Sequence[Numeral]) -> list[tuple[str, int]]:
    """Words with their starts, numbers as their values: "180,000", "180000" and "180 thousand" are one word."""
    words: list[tuple[str, int]] = []
    left = list(reversed(numerals))
    for match in find_claim_words(claim.text):
        while left and left[-1].at + len(left[-1].surface) <= match.start():
            left.pop()
        if not left or match.end() <= left[-1].at:
            words.append((match[0], match.start()))
        elif not words or words[-1][1] != left[-1].at:
            words.append((f"{left[-1].value:.12g}", left[-1].at))
    return words


def _source_stems(claim: Claim, words: Sequence[tuple[str, int]], signs: Sequence[PredicateReading]) -> frozenset[str]:
    """Stems of the words that only say who says it, where the speaker stands inside the claim."""
    if claim.speaker is None or not claim.span.holds(claim.speaker.span):
        return frozenset()
    start, end = claim.speaker.span.start - claim.span.start, claim.speaker.span.end - claim.span.start
    cues = {sign.at for sign in signs if sign.cue}
    rest = {base_stem(word) for word, at in words if at not in cues and not start <= at < end}
    return frozenset(base_stem(word) for word, _ in words) - rest


def _content_word_weights(words: Sequence[str], stems: Sequence[str]) -> dict[str, float]:
    lexicon = load_lexicon()
    kept = {
        one: word
        for one, word in zip(stems, words, strict=True)
        if one not in lexicon.stop and word.casefold() not in NEGATORS and one not in lexicon.reporting
    }
    return {one: NUMBER_WEIGHT if one[0].isdigit() else _word_rarity(word) for one, word in kept.items()}


@lru_cache(maxsize=65_536)
def _word_rarity(word: str) -> float:
    """Rarity of a word, looked up by the stem under which `signals.terms` counts it."""
    return float(_load_term_statistics().idf(np.array([hash_term((singulars(word) or [word])[0])], np.uint32))[0])


@cache
def _load_term_statistics() -> TermStatistics:
    return TermStatistics.load_bundled()
