"""What is read of one claim in its article, to compare it with others: its words, its sentence, what it states."""

from collections.abc import Sequence
from functools import cached_property

from services.contracts.article import Article
from services.contracts.claim import Claim
from services.dedupe.merging.claims.quoted_words import QuotedWord, find_quoted_words, stem_words
from services.dedupe.merging.vetoes.predicate_signs import PredicateReading, read_predicates
from services.dedupe.merging.vetoes.proposition import Proposition, read_proposition
from services.dedupe.merging.vetoes.wording_conflicts import read_stems_with_numbers
from services.language.negation import NEGATIONS, count_negations
from services.language.stems import singulars
from services.language.stop_words import STOP_WORDS

_WITHOUT_MEANING = STOP_WORDS | NEGATIONS


class ClaimReading:
    """What is read of a claim in its article; each part when it is first asked for."""

    def __init__(self, article: Article, claim: Claim) -> None:
        self.article = article
        self.claim = claim

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
        return tuple(stem_words(self.sentence_text))

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
    def predicate_signs(self) -> tuple[PredicateReading, ...]:
        """Signs of a parsed claim's predicates. It is cheaper than `proposition`, which has them too."""
        return read_predicates(self.claim, ())


def is_negative(negated: bool, tokens: Sequence[str]) -> bool:
    """Whether a claim has an odd number of negations or, if it has none, whether the extractor calls it negated."""
    count = count_negations(tokens)
    return count % 2 == 1 if count else negated
