"""An extracted article with its vectors: the value of `article.embedded.v1`, internal to dedupe."""

from typing import Self

from pydantic import Field, model_validator

from services.contracts.base import Contract
from services.contracts.claim import ExtractedArticle


class EmbeddedArticle(Contract):
    """All that placing an article needs. Vectors are base64 of little-endian float16, L2-normalised."""

    shard: str
    """Which ordered writer places it: a name from dedupe's settings, `main` unless it shards."""
    extracted: ExtractedArticle
    """The article with its claims."""
    model: str
    """Name and hash of the embedding model. Vectors of different models are never compared."""
    machine: str | None = Field(default=None)
    """The kind of machine that computed the vectors: architecture and instructions, as `x86_64 avx512_vnni`. Vectors of
    one model are compared whatever it was, but are the same bits on machines of one kind only; null in messages from
    before this field."""
    lead_vector: str
    """Of title and opening."""
    title_vector: str | None = Field(default=None)
    """Of the title alone; null without one."""
    claim_vectors: tuple[str, ...] = Field(default=())
    """One for each claim, in the order of the claims; none since claims get theirs when they are merged."""

    @model_validator(mode="after")
    def _none_or_one_vector_a_claim(self) -> Self:
        if self.claim_vectors and len(self.claim_vectors) != len(self.extracted.claims):
            raise ValueError(
                f"{len(self.claim_vectors)} claim vectors for {len(self.extracted.claims)} claims of "
                f"{self.extracted.article.article_id}"
            )
        return self
