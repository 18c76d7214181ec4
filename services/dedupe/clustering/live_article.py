"""A live article as placing sees it: all of it stays in memory, while text and claims do not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from services.contracts.embedded import EmbeddedArticle
from services.dedupe.clustering.article_node import Odds
from services.dedupe.embedding.vectors import decode_vector
from services.dedupe.signals.article_rows import Rows, row_dtype, row_layout_checksum
from services.dedupe.signals.article_signals import ArticleSignals, compute_article_signals
from services.dedupe.signals.background_corpus import TYPICAL, BackgroundCorpus
from services.dedupe.signals.series_marks import build_series_marks
from services.dedupe.signals.terms import TermStatistics


def signals_of_embedded_article(
    embedded_article: EmbeddedArticle,
    term_statistics: TermStatistics,
    background_corpus: BackgroundCorpus | None = None,
) -> ArticleSignals:
    """Compute what an article is compared by. Raises ValueError if a vector cannot be read."""
    article = embedded_article.extracted.article
    lead = decode_vector(embedded_article.lead_vector)
    title = None if embedded_article.title_vector is None else decode_vector(embedded_article.title_vector)
    if title is not None and len(title) != len(lead):
        raise ValueError(f"a title vector of {len(title)} dimensions, the lead has {len(lead)}")
    kind = article.text_kind
    background = (
        TYPICAL
        if background_corpus is None
        else background_corpus.compare_with_background(embedded_article.model, lead)
    )
    return compute_article_signals(
        lead,
        background,
        term_statistics,
        title_vector=title,
        title=article.title,
        text=article.text,
        published_at=article.published_at,
        published_precision=article.published_precision,
        published_source=article.published_source,
        series_marks=build_series_marks(
            article.title, article.publisher.key, None if kind is None else kind.kind, article.text
        ),
    )


@dataclass(slots=True)
class LivePlacement:
    """The event of a live article, and what else placing asks of it; changes as it moves.

    Attributes:
        event_id: The event that it is in. Nothing else says so: members, views and records follow from it.
        model: Of its vectors.
        withdrawn: See `Article.is_withdrawn`.
        sequence: Which placement of the shard put it in.
    """

    event_id: str
    model: str
    withdrawn: bool
    sequence: int


@dataclass(frozen=True, slots=True)
class LiveArticleRecord:
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
    """See `row_layout_checksum`."""
    cell: int | None = None
    cells: int | None = None
    """The cell that its lead is in, and the mark of the cells that are meant."""

    @classmethod
    def from_parts(
        cls,
        article_id: str,
        live_status: LivePlacement,
        row: Rows | None,
        odds_with_earlier: Mapping[str, Odds],
        *,
        cell: int | None = None,
        cells: int | None = None,
    ) -> Self:
        """From its parts; `row` None: it is withdrawn."""
        dimensions = 0 if row is None else row.dtype["lead"].shape[0]
        return cls(
            article_id=article_id,
            event_id=live_status.event_id,
            model=live_status.model,
            withdrawn=live_status.withdrawn,
            sequence=live_status.sequence,
            near=dict(sorted(odds_with_earlier.items())),
            row=np.empty(0, np.uint8) if row is None else row.view(np.uint8),
            dimensions=dimensions,
            layout=row_layout_checksum(dimensions),
            cell=cell,
            cells=cells,
        )

    @property
    def has_current_layout(self) -> bool:
        """Whether the row has the columns that this code reads, and means the same by them."""
        return self.layout == row_layout_checksum(self.dimensions)

    def to_row(self) -> Rows:
        """Its row again."""
        return np.asarray(self.row.view(row_dtype(self.dimensions)))
