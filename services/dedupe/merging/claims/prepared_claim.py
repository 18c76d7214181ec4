"""One claim of one article, prepared for comparison with others: its words, its sentence, what it states.

All of it follows from the article and, for dates that the article leaves open, from the day of the event. Nothing
depends on the other articles of the event, so an article is prepared once and kept while its event grows.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article
from services.contracts.claim import Claim
from services.dedupe.clustering.event_clock import event_time
from services.dedupe.merging.claims.quoted_words import QuotedWord, find_quoted_words, find_word_stems
from services.dedupe.merging.vetoes.predicate_signs import PredicateSign, read_predicate_signs
from services.dedupe.merging.vetoes.proposition import Proposition, read_proposition
from services.dedupe.merging.vetoes.wording_conflicts import read_stems_with_numbers
from services.language.negation import NEGATIONS, count_negations
from services.language.stems import singulars
from services.language.stop_words import STOP_WORDS

_WITHOUT_MEANING = STOP_WORDS | NEGATIONS


@dataclass(frozen=True, eq=False)
class PreparedClaim:
    """A claim in its article. Everything but the fields is computed when it is first asked for, and kept.

    Attributes:
        article: The article that the claim stands in.
        claim: The claim, or one quotation of a claim that consists of several.
        vector: Vector of the claim's text in whole numbers (`embedding.whole_numbers`), shape (dimensions,).
        part: Number of this quotation among those of the article's claim, from 1 (see `quotation_matching.pieces`).
    """

    article: Article
    claim: Claim
    vector: NDArray[np.float32]
    part: int = 1

    def with_vector(self, vector: NDArray[np.float32]) -> Self:
        """The same claim with another vector; what has been computed of it is kept."""
        changed = copy(self)
        object.__setattr__(changed, "vector", vector)  # frozen for everybody else
        return changed

    @cached_property
    def key(self) -> str:
        """Id of the claim, with the number of its part from the second part on."""
        return self.claim.claim_id if self.part == 1 else f"{self.claim.claim_id}.{self.part}"

    @cached_property
    def order(self) -> tuple[datetime, str, int, str]:
        """Publication order: a total order over the claims of an event."""
        return (event_time(self.article), self.article.article_id, self.claim.span.start, self.claim.claim_id)

    @cached_property
    def claim_stems(self) -> tuple[str, ...]:
        """Stems of the claim's words, in order."""
        return tuple(singulars(self.claim.text))

    @cached_property
    def content_stems(self) -> frozenset[str]:
        """Stems of the claim's words that carry meaning."""
        return frozenset(self.claim_stems) - _WITHOUT_MEANING

    @cached_property
    def is_negative(self) -> bool:
        """Whether the claim's words say that something is not so."""
        return is_negative(self.claim.negated, self.claim_stems)

    @cached_property
    def quoted_words(self) -> tuple[QuotedWord, ...]:
        """Words between quotation marks, in order; empty if the claim quotes nothing."""
        return find_quoted_words(self.article.text, self.claim.quoted)

    @cached_property
    def quoted_stems(self) -> tuple[str, ...]:
        """Stems of the words between quotation marks, as quotations are compared."""
        return tuple(word.stem for word in self.quoted_words)

    @property
    def sentence_text(self) -> str:
        """The sentence in which the claim starts, as written."""
        return (self.claim.sentence or self.claim.span).of(self.article.text)

    @cached_property
    def sentence_stems(self) -> tuple[str, ...]:
        """Stems of that sentence's words, in order."""
        return tuple(find_word_stems(self.sentence_text))

    @cached_property
    def sentence_stem_set(self) -> frozenset[str]:
        """Stems of that sentence's words, as a set."""
        return frozenset(self.sentence_stems)

    @cached_property
    def sentence_stems_with_numbers(self) -> tuple[str, ...]:
        """Words of that sentence as `vetoes.wording_conflicts` compares them."""
        return read_stems_with_numbers(self.sentence_text)

    @cached_property
    def proposition(self) -> Proposition:
        """What the claim states, as vetoes compare it."""
        return read_proposition(self.claim)

    @cached_property
    def predicate_signs(self) -> tuple[PredicateSign, ...]:
        """Signs of a parsed claim's predicates. It is cheaper than `proposition`, which has them too."""
        return read_predicate_signs(self.claim, ())


def is_negative(negated: bool, tokens: Sequence[str]) -> bool:
    """Whether a claim has an odd number of negations or, if it has none, whether the extractor calls it negated."""
    count = count_negations(tokens)
    return count % 2 == 1 if count else negated
