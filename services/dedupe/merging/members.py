"""An article of an event as merging reads it: with the vectors of its claims, and what follows from its text."""

import zlib
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self, TypeVar

import numpy as np
import orjson
from numpy.typing import NDArray

from services.contracts.article import TextKind
from services.contracts.base import share_field_sets
from services.contracts.claim import ArticleName
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Membership
from services.dedupe.clustering.event_clock import event_time, reliable_publication_time
from services.dedupe.embedding.vectors import decode_vector, decode_vectors
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.kept_claim import KeptClaim
from services.dedupe.merging.vector_pool import PooledVectors, VectorPool
from services.dedupe.signals.fingerprint import Fingerprint, build_fingerprint
from services.dedupe.signals.narration import Narration
from services.language.ranges import Range

N = TypeVar("N", bound=np.generic)


@dataclass(frozen=True)
class MemberFeatures:
    """What is computed from an embedded article alone.

    Attributes:
        lead: Vector of the lead in whole numbers (`embedding.whole_numbers`), int16.
        claim_vectors: Likewise, one row a claim; of an article in a large event those of the event's pool.
        text: Of the article.
        quoted: What of it its claims quote.
    """

    lead: NDArray[np.int16]
    claim_vectors: NDArray[np.int16] | PooledVectors
    text: str
    quoted: tuple[Range, ...] = ()

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
            lead=round_to_whole_numbers(lead).astype(np.int16),
            claim_vectors=round_to_whole_numbers(decode_vectors(claims, dimensions)).astype(np.int16),
            text=embedded_article.extracted.article.text,
            quoted=tuple(
                Range(span.start, span.end) for claim in embedded_article.extracted.claims for span in claim.quoted
            ),
        )

    def share_parts(self, other: Self) -> Self:
        """The same, with the very objects of another where both are equal. Both are of one text, as reprints are."""
        shared = replace(
            self,
            lead=_keep_equal(self.lead, other.lead),
            text=other.text,
            quoted=other.quoted if other.quoted == self.quoted else self.quoted,
        )
        vars(shared)["fingerprint"] = other.fingerprint
        if shared.quoted is other.quoted and "narration_run_ids" in vars(other):
            vars(shared)["narration_run_ids"] = other.narration_run_ids
        return shared

    def with_claim_vectors(self, claim_vectors: NDArray[np.int16] | PooledVectors) -> Self:
        """The same, with the vectors of claims in another place."""
        changed = copy(self)
        vars(changed)["claim_vectors"] = claim_vectors
        return changed

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
        return self.narration.hash_shingles()


def _keep_equal(array: NDArray[N], other_array: NDArray[N]) -> NDArray[N]:
    return other_array if np.array_equal(array, other_array) else array


class Member:
    """An article in an event. It changes only by a new revision, which is a new member.

    What the view of a big event asks of each of its members again and again is kept; the rest can be packed.

    Attributes:
        event_id: Of the event.
        membership: Why the article is in it.
        article: The article.
        claims: Its claims.
        derived: What is computed from it.
        is_withdrawn: Whether the publisher took the text back: it stays listed, and nothing in it counts.
        order: By publication; total.
        published_at: When, if that can be relied on.
        is_stub: Whether its text is none to speak of: the same wall of two articles makes them no reprints.
    """

    __slots__ = (
        "_packed",
        "_whole",
        "article",
        "claims",
        "derived",
        "event_id",
        "is_stub",
        "is_withdrawn",
        "membership",
        "order",
        "published_at",
    )

    def __init__(
        self, event_id: str, embedded: EmbeddedArticle, membership: Membership, derived: MemberFeatures
    ) -> None:
        """Set up. `embedded`: kept as it is until `pack`."""
        self.event_id = event_id
        self.membership = membership
        self.article = embedded.extracted.article
        self.claims = tuple(KeptClaim(claim) for claim in embedded.extracted.claims)
        self.derived = derived
        kind = self.article.text_kind
        self.is_withdrawn = self.article.is_withdrawn
        self.is_stub = kind is not None and kind.kind is TextKind.STUB
        self.order = event_time(self.article), self.article.article_id
        self.published_at = reliable_publication_time(self.article)
        self._whole: EmbeddedArticle | None = embedded
        self._packed = b""

    def share_text(self, derived: MemberFeatures) -> None:
        """Share what another article with the same text has too. `derived`: what is computed from that."""
        self.article = self.article.model_copy(update={"text": derived.text})
        self.derived = self.derived.share_parts(derived)

    def pool_vectors(self, pool: VectorPool) -> PooledVectors:
        """Keep the vectors of its claims in a pool from now on."""
        vectors = self.derived.claim_vectors
        pooled = PooledVectors(pool, vectors.copy() if isinstance(vectors, PooledVectors) else vectors)
        self.derived = self.derived.with_claim_vectors(pooled)
        return pooled

    @property
    def embedded(self) -> EmbeddedArticle:
        """The article as it came; one that is packed comes without the vectors of its claims."""
        return self._unpack() if self._whole is None else self._whole

    @property
    def lead_vector(self) -> tuple[str, str]:
        """The vector of its lead as it came, and the model that made it."""
        if self._whole is not None:
            return self._whole.lead_vector, self._whole.model
        rest = self._unpack_rest()
        return rest["lead_vector"], rest["model"]

    @property
    def names(self) -> Sequence[ArticleName]:
        """The names that its extractor lists."""
        if self._whole is not None:
            return self._whole.extracted.names
        return [ArticleName.model_validate(name) for name in self._unpack_rest()["extracted"].get("names", ())]

    @property
    def lacks_claim_vectors(self) -> bool:
        """Whether it has claims without vectors."""
        return bool(self.claims) and not len(self.derived.claim_vectors)

    def pack(self) -> None:
        """Keep packed from now on what views of a large event seldom ask for. It is saved elsewhere."""
        if self._whole is None:
            return
        rest = self._whole.model_dump_json(
            exclude={"extracted": {"article", "claims"}, "claim_vectors": True}, exclude_defaults=True
        )
        self._packed = zlib.compress(rest.encode())
        self._whole = None
        share_field_sets(self.article)
        share_field_sets(self.membership)
        for claim in self.claims:
            claim.pack()

    def _unpack(self) -> EmbeddedArticle:
        rest = self._unpack_rest()
        rest["extracted"] |= {"article": self.article, "claims": [claim.get_claim() for claim in self.claims]}
        return EmbeddedArticle.model_validate(rest)

    def _unpack_rest(self) -> dict[str, Any]:
        rest: dict[str, Any] = orjson.loads(zlib.decompress(self._packed))
        return rest
