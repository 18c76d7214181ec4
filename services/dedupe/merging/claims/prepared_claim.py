"""One claim of one article, prepared for comparison with others: its words, its sentence, what it states.

All of it follows from the article and, for dates that the article leaves open, from the day of the event. Nothing
depends on the other articles of the event, so an article is prepared once and kept while its event grows. What a
claim reads is let go again when many other claims were asked for since (`ClaimShelf`).
"""

from collections import deque
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article
from services.contracts.base import Span, share_field_sets
from services.contracts.claim import Claim, ClaimKind
from services.dedupe.clustering.event_clock import event_time
from services.dedupe.merging.claims.claim_reading import ClaimReading
from services.dedupe.merging.claims.quoted_words import FEWEST_SAID, QuotedWord
from services.dedupe.merging.digests import digest
from services.dedupe.merging.kept_claim import KeptClaim
from services.dedupe.merging.vector_pool import PooledVectors
from services.dedupe.merging.vetoes.predicate_signs import PredicateReading
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.word_overlap import KeptWords


class ClaimShelf:
    """Keeps what is read of claims for so many of them, those asked for last, by and large.

    A claim that was asked for since it was put there, or since it was looked at last, gets a second round.
    """

    def __init__(self, most_claims: int) -> None:
        self._most_claims = most_claims
        self._claims: deque[PreparedClaim] = deque()

    def add_claim(self, claim: "PreparedClaim") -> None:
        """Put a claim there that was read just now."""
        self._claims.append(claim)
        while len(self._claims) > self._most_claims:
            oldest = self._claims.popleft()
            if not oldest.let_go():
                self._claims.append(oldest)

    def forget_claims(self, gone_claims: Collection["PreparedClaim"]) -> None:
        """Forget claims that are no longer asked for."""
        if gone_claims:
            self._claims = deque(claim for claim in self._claims if claim not in gone_claims)


class PreparedClaim:
    """A claim in its article. It is equal to itself alone.

    Attributes:
        article: The article that the claim stands in.
        part: Number of this quotation among those of the article's claim, from 1 (see
            `quotation_matching.split_quotations`).
        key: Id of the claim, with the number of its part from the second part on.
        order: Publication order: a total order over the claims of an event.
        length: Characters of its text.
        values: Of the amounts in it, in text order; asked of all claims of an event, so they are kept beside it.
        stance: What `stance.classify_stance` found of it; None: it was not asked.
        is_denial: What `source_denials.select_denials` found of it; None: it was not asked.
        standing_sentence: What `standing_sentences.find_standing_sentence` did, False for nothing; None: not asked.
    """

    __slots__ = (
        "_comparison_key",
        "_is_full_quotation",
        "_kept",
        "_kept_words",
        "_reading",
        "_row",
        "_shelf",
        "_used",
        "_vectors",
        "article",
        "is_denial",
        "key",
        "length",
        "order",
        "part",
        "stance",
        "standing_sentence",
        "values",
    )

    def __init__(
        self,
        article: Article,
        kept_claim: KeptClaim,
        vectors: NDArray[np.int16] | NDArray[np.float32] | PooledVectors,
        row: int = 0,
        *,
        part: int = 1,
        shelf: ClaimShelf | None = None,
    ) -> None:
        """Set up, with nothing read.

        Args:
            article: The article.
            kept_claim: The claim, or one quotation of a claim that consists of several.
            vectors: Vectors of claims in whole numbers (`embedding.whole_numbers`), shape (claims, dimensions).
            row: That of this claim's text in them.
            part: See above.
            shelf: What is read of the claim is let go by it; None: never.
        """
        claim = kept_claim.get_claim()
        self.article = article
        self.part = part
        self.key = claim.claim_id if part == 1 else f"{claim.claim_id}.{part}"
        self.order: tuple[datetime, str, int, str] = (
            event_time(article),
            article.article_id,
            claim.span.start,
            claim.claim_id,
        )
        self.length = len(claim.text)
        self.values = tuple(quantity.value for quantity in claim.quantities)
        self.stance: StrEnum | None = None
        self.is_denial: bool | None = None
        self.standing_sentence: Span | Literal[False] | None = None
        self._kept = kept_claim
        self._vectors = vectors
        self._row = row
        self._shelf = shelf
        self._reading: ClaimReading | None = None
        self._used = False
        self._comparison_key = b""
        self._is_full_quotation: bool | None = None
        self._kept_words: KeptWords | None = None

    def with_vector(self, vector: NDArray[np.float32]) -> "PreparedClaim":
        """The same claim with another vector; what has been read of it is kept."""
        changed = PreparedClaim(self.article, self._kept, vector[None, :], part=self.part)
        changed._reading = self._reading
        return changed

    def let_go(self) -> bool:
        """Let go what is read of the claim, unless it was asked for since the last time; whether it is gone."""
        if self._used:
            self._used = False
            return False
        self._reading = None
        self._kept.pack()
        return True

    @property
    def reading(self) -> ClaimReading:
        """What is read of the claim."""
        self._used = True
        if self._reading is None:
            claim = self._kept.get_claim()
            self._reading = ClaimReading(self.article, claim)
            if self._shelf is not None:
                share_field_sets(claim)
                self._shelf.add_claim(self)
        return self._reading

    @property
    def comparison_key(self) -> bytes:
        """A digest of what two claims of one wording share: words, sentence, form and speaker."""
        if not self._comparison_key:
            claim, reading = self.claim, self.reading
            speaker = None if claim.speaker is None else (claim.speaker.canonical, claim.speaker.kind)
            self._comparison_key = digest(
                reading.claim_stems, reading.sentence_stems, claim.kind, claim.commitment, claim.cue, speaker
            )
        return self._comparison_key

    @property
    def is_full_quotation(self) -> bool:
        """Whether it is a quotation with enough words to be identified by them."""
        if self._is_full_quotation is None:
            self._is_full_quotation = (
                self.claim.kind is ClaimKind.QUOTATION and len(self.reading.quoted_words) >= FEWEST_SAID
            )
        return self._is_full_quotation

    @property
    def kept_words(self) -> KeptWords:
        """The words by which it is told whether another claim is worth reading beside it. They are never let go."""
        if self._kept_words is None:
            self._kept_words = KeptWords.of(self.proposition)
        return self._kept_words

    @property
    def claim_id(self) -> str:
        """Id of the article's claim."""
        return self.order[3]

    @property
    def start(self) -> int:
        """Where it begins in the article's text."""
        return self.order[2]

    @property
    def vector(self) -> NDArray[np.float32]:
        """Vector of the claim's text in whole numbers, shape (dimensions,)."""
        vector: NDArray[np.float32] = self._vectors[self._row].astype(np.float32)
        return vector

    @property
    def claim(self) -> Claim:
        """The claim, or one quotation of a claim that consists of several."""
        reading = self._reading
        if reading is None:
            return self.reading.claim
        self._used = True  # as `reading` notes it; this is asked for a thousand times a view
        return reading.claim

    @property
    def claim_stems(self) -> tuple[str, ...]:
        """Stems of the claim's words, in order."""
        return self.reading.claim_stems

    @property
    def content_stems(self) -> frozenset[str]:
        """Stems of the claim's words that carry meaning."""
        return self.reading.content_stems

    @property
    def is_negative(self) -> bool:
        """Whether the claim's words say that something is not so."""
        return self.reading.is_negative

    @property
    def quoted_words(self) -> tuple[QuotedWord, ...]:
        """Words between quotation marks, in order; empty if the claim quotes nothing."""
        return self.reading.quoted_words

    @property
    def quoted_stems(self) -> tuple[str, ...]:
        """Stems of the words between quotation marks, as quotations are compared."""
        return self.reading.quoted_stems

    @property
    def sentence_text(self) -> str:
        """The sentence in which the claim starts, as written."""
        return self.reading.sentence_text

    @property
    def sentence_stems(self) -> tuple[str, ...]:
        """Stems of that sentence's words, in order."""
        return self.reading.sentence_stems

    @property
    def sentence_stem_set(self) -> frozenset[str]:
        """Stems of that sentence's words, as a set."""
        return self.reading.sentence_stem_set

    @property
    def sentence_stems_with_numbers(self) -> tuple[str, ...]:
        """Words of that sentence as `vetoes.wording_conflicts` compares them."""
        return self.reading.sentence_stems_with_numbers

    @property
    def proposition(self) -> Proposition:
        """What the claim states, as vetoes compare it."""
        return self.reading.proposition

    @property
    def predicate_signs(self) -> tuple[PredicateReading, ...]:
        """Signs of a parsed claim's predicates. It is cheaper than `proposition`, which has them too."""
        return self.reading.predicate_signs
