"""The claims of an event's articles, prepared for comparing: what each says, who says it, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article
from services.contracts.claim import Claim, Commitment, Quantity, Speaker, SpeakerKind
from services.dedupe.clustering.event_clock import event_time
from services.dedupe.signals.names import same_name
from services.dedupe.signals.terms import words

NEGATORS = frozenset(("not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot", "n't"))
STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "our",
        "she",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "was",
        "we",
        "were",
        "which",
        "who",
        "will",
        "with",
        "would",
        "said",
        "say",
        "told",
    ]
)


@dataclass(frozen=True, slots=True)
class Report:
    """One claim in one article.

    Attributes:
        article: The article it stands in.
        origin_id: Where the article's text comes from.
        claim: The claim.
        vector: Of the claim's text, integers (see `whole_numbers`), shape (dimensions,).
        tokens: Words of the claim, stems in order.
        said: Words between quote marks, stems in order; empty without quotation marks.
        pairs: Neighbouring words of the claim (see `word_pairs`).
        said_pairs: The same of the words between quote marks.
        negative: Whether its words say that something is not so.
    """

    article: Article
    origin_id: str
    claim: Claim
    vector: NDArray[np.float64]
    tokens: tuple[str, ...]
    said: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    said_pairs: frozenset[tuple[str, str]]
    negative: bool

    @property
    def order(self) -> tuple[datetime, str, int, str]:
        """Publication order; total."""
        return event_time(self.article), self.article.article_id, self.claim.span.start, self.claim.claim_id

    @property
    def content(self) -> frozenset[str]:
        """Words that carry meaning."""
        return frozenset(self.tokens) - STOP_WORDS - NEGATORS

    @property
    def denies(self) -> bool:
        """Whether it says that something is not so."""
        return (self.claim.commitment is Commitment.DENIES) != self.negative


SCALE = 32_767


def whole_numbers(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """`vectors` in whole numbers up to 32,767: their dot products are exact in float64, in whatever order added."""
    return np.rint(vectors.astype(np.float64) * SCALE)


def similarities(reports: Sequence[Report]) -> NDArray[np.float64]:
    """Cosine of every pair, shape (n, n)."""
    matrix = np.array([report.vector for report in reports])
    return np.asarray(matrix @ matrix.T / SCALE**2)


def report(article: Article, origin_id: str, claim: Claim, vector: NDArray[np.float64]) -> Report:
    """Prepare one claim."""
    tokens = tuple(words(claim.text))
    said = tuple(words(" ".join(span.of(article.text) for span in claim.quoted))) if claim.quoted else ()
    return Report(
        article,
        origin_id,
        claim,
        vector,
        tokens=tokens,
        said=said,
        pairs=word_pairs(tokens),
        said_pairs=word_pairs(said),
        negative=is_negative(claim.negated, tokens),
    )


def is_negative(negated: bool, tokens: Sequence[str]) -> bool:
    """Whether an odd number of negators stands in it, or the extractor says so."""
    count = len([token for token in tokens if token in NEGATORS or token.endswith("n't")])
    return count % 2 == 1 if count else negated


def word_pairs(tokens: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Each two words that stand side by side."""
    return frozenset(pairwise(tokens))


def containment(shorter: frozenset[tuple[str, str]], longer: frozenset[tuple[str, str]]) -> float:
    """Share of the word pairs of `shorter` that `longer` has; word order counts, unlike for bags."""
    return len(shorter & longer) / len(shorter) if shorter else 0.0


def speakers_conflict(one: Speaker | None, other: Speaker | None) -> bool:
    """Whether two sources are surely different persons. A person may speak for an organisation."""
    if one is None or other is None:
        return False
    if one.kind is not SpeakerKind.PERSON or other.kind is not SpeakerKind.PERSON:
        return False
    return not same_name(one.canonical, other.canonical)


def same_source(one: Report, other: Report) -> bool:
    """Whether both claims come from one source: the same named speaker, or the outlet itself in both cases."""
    first, second = one.claim.speaker, other.claim.speaker
    if first is None or second is None:
        publisher = one.article.publisher.key
        return first is second and publisher is not None and publisher == other.article.publisher.key
    named = SpeakerKind.UNNAMED not in (first.kind, second.kind)
    return named and same_name(first.canonical, second.canonical)


def numbers(quantities: Sequence[Quantity]) -> dict[str | None, list[Quantity]]:
    """Quantities by unit."""
    found: dict[str | None, list[Quantity]] = {}
    for quantity in quantities:
        found.setdefault(quantity.unit, []).append(quantity)
    return found
