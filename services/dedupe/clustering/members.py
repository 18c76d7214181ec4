"""A live article: what placing needs of it, which stays in memory, and the whole, which need not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article, ArticleStatus
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Membership
from services.dedupe.clustering.partition import Odds
from services.dedupe.clustering.records import ArticleRecord
from services.dedupe.embedding.vectors import decode_vector
from services.dedupe.signals.fingerprint import Fingerprint, fingerprint
from services.dedupe.signals.news_at_large import USUAL, NewsAtLarge
from services.dedupe.signals.pair_signals import ArticleSignals, article_signals
from services.dedupe.signals.terms import TermStatistics


@dataclass(frozen=True, slots=True)
class Derived:
    """What is computed from an embedded article alone. `claim_vectors`: float32, one row a claim."""

    signals: ArticleSignals
    claim_vectors: NDArray[np.float32]
    fingerprint: Fingerprint

    @classmethod
    def of(cls, embedded: EmbeddedArticle, statistics: TermStatistics, at_large: NewsAtLarge | None = None) -> Self:
        """Compute it. Without `at_large` every lead counts as usual.

        Raises:
            ValueError: A vector cannot be read, or vectors differ in length.
        """
        article = embedded.extracted.article
        lead = decode_vector(embedded.lead_vector)
        title = None if embedded.title_vector is None else decode_vector(embedded.title_vector)
        if title is not None and len(title) != len(lead):
            raise ValueError(f"a title vector of {len(title)} dimensions, the lead has {len(lead)}")
        likeness = USUAL if at_large is None else at_large.likeness(embedded.model, lead)
        signals = article_signals(
            lead,
            likeness,
            statistics,
            title_vector=title,
            title=article.title,
            text=article.text,
            published_at=article.published_at,
            published_precision=article.published_precision,
            published_source=article.published_source,
        )
        return cls.again(embedded, signals)

    @classmethod
    def again(cls, embedded: EmbeddedArticle, signals: ArticleSignals) -> Self:
        """Compute what its signals leave out. Raises as `of`."""
        vectors = [decode_vector(vector) for vector in embedded.claim_vectors]
        return cls(
            signals=signals,
            claim_vectors=np.array(vectors, np.float32).reshape(len(vectors), len(signals.lead)),
            fingerprint=fingerprint(embedded.extracted.article.text),
        )


@dataclass(frozen=True, slots=True)
class LiveArticle:
    """What placing asks of an article in an event: some kilobytes, while text and claims take tens."""

    article_id: str
    event_id: str
    model: str
    """Of its vectors."""
    withdrawn: bool
    """See `Member.withdrawn`."""
    signals: ArticleSignals
    sequence: int = 0
    """Which placement of the shard put it in."""
    near: dict[str, Odds] = field(default_factory=dict)
    """Odds of its pairs with articles of a lower `sequence`; the others have theirs with it."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article in an event, whole. It changes only by a new revision, which is a new member."""

    event_id: str
    embedded: EmbeddedArticle
    membership: Membership
    derived: Derived

    @property
    def article(self) -> Article:
        """The article."""
        return self.embedded.extracted.article

    @property
    def withdrawn(self) -> bool:
        """Whether the publisher took the text back: it stays listed, and nothing in it counts."""
        return self.article.status is ArticleStatus.WITHDRAWN

    def live(self, sequence: int = 0, near: Mapping[str, Odds] | None = None) -> LiveArticle:
        """What placing asks of it."""
        return LiveArticle(
            article_id=self.article.article_id,
            event_id=self.event_id,
            model=self.embedded.model,
            withdrawn=self.withdrawn,
            signals=self.derived.signals,
            sequence=sequence,
            near=dict(sorted((near or {}).items())),
        )

    def record(self, sequence: int = 0, near: Mapping[str, Odds] | None = None) -> ArticleRecord:
        """For the store."""
        return ArticleRecord(
            event_id=self.event_id,
            embedded=self.embedded,
            membership=self.membership,
            sequence=sequence,
            near={other: (odds[0], odds[1]) for other, odds in (near or {}).items()},
        )
