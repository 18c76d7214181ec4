"""Computes the vectors of claims, only where they can change a view.

That is in events of several articles. Most events have one article, and for nearly all of these every set of vectors
gives the same view (`merging/lone_article.py`): then none is computed.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Event
from services.dedupe.clustering.records import EventRecord
from services.dedupe.embedding.port import Embedder
from services.dedupe.embedding.vectors import encode_vector
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.lone_article import build_lone_view_if_vectors_are_irrelevant
from services.dedupe.merging.members import Member, MemberFeatures

CLAIM_TOKENS = 64
"""Word pieces of a claim that the model reads; nearly every claim is shorter."""


def build_view(
    event_record: EventRecord, members: Sequence[Member], embedder: Embedder, memory: EventMemory | None = None
) -> Event:
    """The view of an event; vectors that it takes, and that are not there, are computed.

    Args:
        event_record: The event.
        members: Its articles, in any order; at least one, unless it has merged.
        embedder: Turns claims into vectors.
        memory: See `build_event`.
    """
    settled = build_view_if_vectors_are_irrelevant(event_record, members)
    return settled or build_event(event_record, add_claim_vectors(members, embedder), memory)


def build_view_if_vectors_are_irrelevant(event_record: EventRecord, members: Sequence[Member]) -> Event | None:
    """The view of an event, if the vectors of its claims make no difference to it; else None.

    Whether the members have theirs makes no difference either: same articles, same answer.
    """
    if not members:
        return build_event(event_record, members)
    return build_lone_view_if_vectors_are_irrelevant(event_record, members[0]) if len(members) == 1 else None


def lacks_claim_vectors(embedded_article: EmbeddedArticle) -> bool:
    """Whether an article has claims without vectors."""
    return bool(embedded_article.extracted.claims) and not embedded_article.claim_vectors


def add_claim_vectors(members: Sequence[Member], embedder: Embedder) -> list[Member]:
    """Members, in the order given, each with the vectors of its claims; those that lack them get them in one batch."""
    embedded = iter(embed_claims([member.embedded for member in members if member.lacks_claim_vectors], embedder))
    return [_with_embedded(member, next(embedded)) if member.lacks_claim_vectors else member for member in members]


def _with_embedded(member: Member, embedded: EmbeddedArticle) -> Member:
    return Member(member.event_id, embedded, member.membership, MemberFeatures.from_embedded(embedded))


def embed_claims(articles: Sequence[EmbeddedArticle], embedder: Embedder) -> list[EmbeddedArticle]:
    """The same of embedded articles."""
    texts = [claim.text for each in articles if lacks_claim_vectors(each) for claim in each.extracted.claims]
    vectors = iter(embedder.embed(texts, max_tokens=CLAIM_TOKENS) if texts else ())
    return [_attach_vectors(each, vectors) if lacks_claim_vectors(each) else each for each in articles]


def _attach_vectors(embedded_article: EmbeddedArticle, vectors: Iterator[NDArray[np.float32]]) -> EmbeddedArticle:
    encoded = tuple(encode_vector(next(vectors)) for _ in embedded_article.extracted.claims)
    return embedded_article.model_copy(update={"claim_vectors": encoded})
