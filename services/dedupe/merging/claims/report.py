"""The claims of an event's articles, prepared for comparing: what each says, who says it, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article
from services.contracts.claim import Claim, ClaimKind, Speaker, SpeakerKind
from services.dedupe.clustering.event_clock import event_time
from services.dedupe.merging.claims.words import Word, quoted_words, stems
from services.dedupe.merging.vetoes.predicate_signs import Sign, read_signs
from services.dedupe.merging.vetoes.proposition import Proposition, proposition
from services.dedupe.merging.vetoes.wording import wording
from services.dedupe.signals.names import same_name
from services.language.negation import NEGATIONS, count_negations
from services.language.stems import singulars
from services.language.stop_words import STOP_WORDS


@dataclass(frozen=True)
class Prepared:
    """One claim prepared for comparing with others, each part when it is first asked for."""

    claim: Claim
    vector: NDArray[np.float64]
    context: str
    """The sentence in which it starts, as written."""

    @cached_property
    def sentence(self) -> tuple[str, ...]:
        """Stems of the words of that sentence, in order."""
        return tuple(stems(self.context))

    @cached_property
    def sentence_words(self) -> frozenset[str]:
        """The same without order."""
        return frozenset(self.sentence)

    @cached_property
    def wording(self) -> tuple[str, ...]:
        """Its words as `comparing.wording` compares them."""
        return wording(self.context)

    @cached_property
    def proposition(self) -> Proposition:
        """What it states."""
        return proposition(self.claim, (self.vector / SCALE).astype(np.float32))

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """What a claim that was parsed says of whom: no more of it need be prepared for that."""
        return read_signs(self.claim, ())


@dataclass(frozen=True, slots=True)
class Report:
    """One claim in one article.

    Attributes:
        article: The article it stands in.
        origin_id: Where the article's text comes from; in a group, where that of the claim does (see `one_text`).
        claim: The claim.
        vector: Of the claim's text, integers (see `whole_numbers`), shape (dimensions,).
        prepared: The claim prepared for comparing.
        tokens: Words of the claim, stems in order.
        said: Words between quote marks, in order; empty without quotation marks.
        stems: The same as they are compared.
        negative: Whether its words say that something is not so.
        order: Publication order; total.
        part: Which of the quotations of the article's claim it is, from 1 on (see `quotations.pieces`).
        source: Who says it, under one name for the whole event; None: unknown, or nobody by name.
        side: Country that the source speaks for; None: unknown.
        chain: The sources by name from the outlet to the speaker, under one name for the whole event each.
    """

    article: Article
    origin_id: str
    claim: Claim
    vector: NDArray[np.float64]
    prepared: Prepared
    tokens: tuple[str, ...]
    said: tuple[Word, ...]
    stems: tuple[str, ...]
    negative: bool
    order: tuple[datetime, str, int, str]
    part: int = 1
    source: str | None = None
    side: str | None = None
    chain: tuple[tuple[str, SpeakerKind], ...] = ()

    @property
    def key(self) -> str:
        """Id of the claim, with the number of its part from the second on."""
        return self.claim.claim_id if self.part == 1 else f"{self.claim.claim_id}.{self.part}"

    @property
    def content(self) -> frozenset[str]:
        """Words that carry meaning."""
        return frozenset(self.tokens) - _WITHOUT_MEANING


_WITHOUT_MEANING = STOP_WORDS | NEGATIONS
SCALE = 32_767
FEWEST_SAID = 4
"""Words that can show by themselves that two quotations are one; shorter fragments occur by chance."""


def whole_numbers(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """`vectors` in whole numbers up to 32,767: their dot products are exact in float64, in whatever order added."""
    return np.rint(vectors.astype(np.float64) * SCALE)


def is_full_quotation(report: Report) -> bool:
    """Whether it is a quotation with words enough to be told from others by them."""
    return report.claim.kind is ClaimKind.QUOTATION and len(report.said) >= FEWEST_SAID


def cosine(one: Report, other: Report) -> float:
    """Cosine of two claims."""
    return float(one.vector @ other.vector / SCALE**2)


def report(article: Article, origin_id: str, claim: Claim, vector: NDArray[np.float64], part: int = 1) -> Report:
    """Prepare one claim, or one quotation of several in a claim."""
    tokens = tuple(singulars(claim.text))
    said = quoted_words(article.text, claim.quoted)
    return Report(
        article,
        origin_id,
        claim,
        vector,
        Prepared(claim, vector, (claim.sentence or claim.span).of(article.text)),
        tokens=tokens,
        said=said,
        stems=tuple(word.stem for word in said),
        negative=is_negative(claim.negated, tokens),
        order=(event_time(article), article.article_id, claim.span.start, claim.claim_id),
        part=part,
    )


def is_negative(negated: bool, tokens: Sequence[str]) -> bool:
    """Whether an odd number of negations stands in it, or the extractor says so."""
    count = count_negations(tokens)
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
    if one.source is not None and one.source == other.source:
        return True
    if first is None or second is None:
        publisher = one.article.publisher.key
        return first is second and publisher is not None and publisher == other.article.publisher.key
    named = SpeakerKind.UNNAMED not in (first.kind, second.kind)
    return named and same_name(first.canonical, second.canonical)
