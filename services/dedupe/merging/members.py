"""An article of an event as merging reads it: with the vectors of its claims, and what follows from its text."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article, TextKind
from services.contracts.base import Span
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Membership
from services.dedupe.embedding.vectors import decode_vector, decode_vectors
from services.dedupe.signals.fingerprint import Fingerprint, build_fingerprint
from services.dedupe.signals.narration import Narration


@dataclass(frozen=True)
class MemberFeatures:
    """What is computed from an embedded article alone.

    Attributes:
        lead: Unit vector of the lead, (dimensions,) float32.
        claim_vectors: float32, one row a claim.
        text: Of the article.
        quoted: What of it its claims quote.
    """

    lead: NDArray[np.float32]
    claim_vectors: NDArray[np.float32]
    text: str
    quoted: tuple[Span, ...] = ()

    @classmethod
    def from_embedded(cls, embedded_article: EmbeddedArticle) -> Self:
        """Compute it.

        Raises:
            ValueError: A vector cannot be read, or vectors differ in length.
        """
        lead = decode_vector(embedded_article.lead_vector)
        claims = embedded_article.claim_vectors
        # Not those of the lead: it may come from another model, from before a change of model.
        dimensions = len(decode_vector(claims[0])) if claims else len(lead)
        return cls(
            lead=lead,
            claim_vectors=decode_vectors(claims, dimensions),
            text=embedded_article.extracted.article.text,
            quoted=tuple(span for claim in embedded_article.extracted.claims for span in claim.quoted),
        )

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """Of the text. Most articles stay alone in their event, and are never asked for it."""
        return build_fingerprint(self.text)

    @property
    def narration(self) -> Narration:
        """Of the text. It is not kept: what it holds once it is read is larger than all else."""
        return Narration(self.text, self.quoted)

    @cached_property
    def narration_run_ids(self) -> NDArray[np.uint32]:
        """Ids of the runs of the narration; like the fingerprint, most articles are never asked for them."""
        return self.narration.hash_word_runs()


@dataclass(frozen=True)
class Member:
    """An article in an event, whole. It changes only by a new revision, which is a new member.

    What the view of a big event asks of each of its members again and again is kept.
    """

    event_id: str
    embedded: EmbeddedArticle
    membership: Membership
    derived: MemberFeatures

    @cached_property
    def article(self) -> Article:
        """The article."""
        return self.embedded.extracted.article

    @cached_property
    def is_withdrawn(self) -> bool:
        """Whether the publisher took the text back: it stays listed, and nothing in it counts."""
        return self.article.is_withdrawn

    @cached_property
    def is_stub(self) -> bool:
        """Whether its text is none to speak of: the same wall of two articles makes them no reprints."""
        kind = self.article.text_kind
        return kind is not None and kind.kind is TextKind.STUB
