"""A live article: what placing needs of it, which stays in memory, and the whole, which need not."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article, ArticleStatus, TextKind
from services.contracts.base import Span
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Membership
from services.dedupe.clustering.pair_probabilities import Odds
from services.dedupe.clustering.records import ArticleRecord, PlacedRecord
from services.dedupe.embedding.vectors import decode_vector, decode_vectors
from services.dedupe.signals.article_rows import Rows, layout_of, row_of, row_type
from services.dedupe.signals.article_signals import ArticleSignals, article_signals
from services.dedupe.signals.background_corpus import TYPICAL, BackgroundCorpus
from services.dedupe.signals.fingerprint import Fingerprint, fingerprint
from services.dedupe.signals.narration import Narration
from services.dedupe.signals.terms import TermStatistics
from services.dedupe.signals.text_kinds import text_form


@dataclass(frozen=True)
class Derived:
    """What is computed from an embedded article alone.

    Attributes:
        row: What it is compared by; None for one that is live already, whose row the shard has.
        lead: Unit vector of the lead, (dimensions,) float32.
        claim_vectors: float32, one row a claim.
        text: Of the article.
        quoted: What of it its claims quote.
    """

    row: Rows | None
    lead: NDArray[np.float32]
    claim_vectors: NDArray[np.float32]
    text: str
    quoted: tuple[Span, ...] = ()

    @classmethod
    def of(
        cls, embedded: EmbeddedArticle, statistics: TermStatistics, at_large: BackgroundCorpus | None = None
    ) -> Self:
        """Compute it. Without `at_large` every lead counts as usual.

        Raises:
            ValueError: A vector cannot be read, or vectors differ in length.
        """
        return cls.again(embedded, row_of(signals_of(embedded, statistics, at_large)))

    @classmethod
    def again(cls, embedded: EmbeddedArticle, row: Rows | None = None) -> Self:
        """Compute what its row leaves out. Raises as `of`."""
        lead = decode_vector(embedded.lead_vector)
        return cls(
            row=row,
            lead=lead,
            claim_vectors=decode_vectors(embedded.claim_vectors, len(lead)),
            text=embedded.extracted.article.text,
            quoted=tuple(span for claim in embedded.extracted.claims for span in claim.quoted),
        )

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """Of the text. Most articles stay alone in their event, and are never asked for it."""
        return fingerprint(self.text)

    @property
    def narration(self) -> Narration:
        """Of the text. It is not kept: what it holds once it is read is larger than all else."""
        return Narration(self.text, self.quoted)

    @cached_property
    def own_runs(self) -> NDArray[np.uint32]:
        """Ids of the runs of the narration; like the fingerprint, most articles are never asked for them."""
        return self.narration.run_ids()


def signals_of(
    embedded: EmbeddedArticle, statistics: TermStatistics, at_large: BackgroundCorpus | None = None
) -> ArticleSignals:
    """What an article is compared by. Raises ValueError if a vector cannot be read."""
    article = embedded.extracted.article
    lead = decode_vector(embedded.lead_vector)
    title = None if embedded.title_vector is None else decode_vector(embedded.title_vector)
    if title is not None and len(title) != len(lead):
        raise ValueError(f"a title vector of {len(title)} dimensions, the lead has {len(lead)}")
    kind = article.text_kind
    background = TYPICAL if at_large is None else at_large.similarity(embedded.model, lead)
    return article_signals(
        lead,
        background,
        statistics,
        title_vector=title,
        title=article.title,
        text=article.text,
        published_at=article.published_at,
        published_precision=article.published_precision,
        published_source=article.published_source,
        form=text_form(article.title, article.publisher.key, None if kind is None else kind.kind, article.text),
    )


@dataclass(slots=True)
class Standing:
    """Where a live article stands; changes as it moves.

    Attributes:
        event_id: The event that it is in.
        model: Of its vectors.
        withdrawn: See `Member.withdrawn`.
        sequence: Which placement of the shard put it in.
    """

    event_id: str
    model: str
    withdrawn: bool
    sequence: int


@dataclass(frozen=True, slots=True)
class LiveArticle:
    """What placing asks of an article in an event, as the store keeps it: 3 KB, while text and claims take tens."""

    article_id: str
    event_id: str
    model: str
    withdrawn: bool
    sequence: int
    near: dict[str, Odds]
    """Odds of its pairs with articles of a lower `sequence`; the others have theirs with it."""
    row: NDArray[np.uint8]
    """Bytes of its row; none of an article that is withdrawn."""
    dimensions: int
    layout: int
    """See `layout_of`."""
    cell: int | None = None
    cells: int | None = None
    """The cell that its lead is in, and the mark of the cells that are meant."""

    @classmethod
    def of(
        cls,
        article_id: str,
        standing: Standing,
        row: Rows | None,
        near: Mapping[str, Odds],
        *,
        cell: int | None = None,
        cells: int | None = None,
    ) -> Self:
        """From its parts; `row` None: it is withdrawn."""
        dimensions = 0 if row is None else row.dtype["lead"].shape[0]
        return cls(
            article_id=article_id,
            event_id=standing.event_id,
            model=standing.model,
            withdrawn=standing.withdrawn,
            sequence=standing.sequence,
            near=dict(sorted(near.items())),
            row=np.empty(0, np.uint8) if row is None else row.view(np.uint8),
            dimensions=dimensions,
            layout=layout_of(dimensions),
            cell=cell,
            cells=cells,
        )

    @property
    def readable(self) -> bool:
        """Whether the row has the columns that this code reads."""
        return self.layout == layout_of(self.dimensions)

    def rows(self) -> Rows:
        """Its row again."""
        return np.asarray(self.row.view(row_type(self.dimensions)))


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

    @property
    def is_stub(self) -> bool:
        """Whether its text is none to speak of: the same wall of two articles makes them no reprints."""
        kind = self.article.text_kind
        return kind is not None and kind.kind is TextKind.STUB

    def record(self, sequence: int = 0, near: Mapping[str, Odds] | None = None) -> ArticleRecord:
        """For the store."""
        return ArticleRecord(
            event_id=self.event_id,
            embedded=self.embedded,
            membership=self.membership,
            sequence=sequence,
            near={other: (odds[0], odds[1]) for other, odds in sorted((near or {}).items())},
        )

    def placed(self) -> PlacedRecord:
        """Where it is, for the store."""
        article = self.article
        return PlacedRecord(
            article_id=article.article_id,
            event_id=self.event_id,
            revision=article.revision,
            content_hash=article.content_hash,
            status=article.status,
        )
