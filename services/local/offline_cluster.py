"""`newsweave cluster`: which articles tell one event, by the code of dedupe's embed and assign stages."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from services.contracts.article import Article
from services.contracts.claim import ExtractedArticle
from services.dedupe.clustering.cells import VectorCells
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.shard import Shard
from services.dedupe.embed_handler import embed_articles
from services.dedupe.embedding.port import Embedder
from services.dedupe.signals.background_corpus import BackgroundCorpus
from services.dedupe.signals.terms import TermStatistics
from services.ingest.numbering import revise
from services.ingest.record import Revision, revision_of
from services.local.progress import Bar

_BATCH = 64
"""Articles embedded at a time: enough to keep the processor busy, few enough for a bar that moves."""
_SHARD = "main"


def offline_shard() -> Shard:
    """An empty one with what the service ships, in which no event closes."""
    return Shard(
        Decision.load_bundled(),
        TermStatistics.load_bundled(),
        live_days=None,
        background_corpus=BackgroundCorpus.load_bundled(),
        cells=VectorCells.load_bundled(),
    )


def cluster(articles: Sequence[Article], embedder: Embedder, shard: Shard, bar: Bar) -> list[str]:
    """The event of each article, in the order given.

    Args:
        articles: In any order; they are placed in the order of publication, undated ones last. The same article
            twice counts as a revision of it.
        embedder: Turns their leads into vectors.
        shard: An empty one; it has the articles afterwards.
        bar: Progress, one step an article.
    """
    in_order = numbered(articles[at] for at in publication_order([article.published_at for article in articles]))
    for batch in _batches(in_order):
        # Without claims: they do not decide which articles belong together, and are most of the embedding.
        extracted = [ExtractedArticle(article=article, extractor="none") for article in batch]
        for embedded in embed_articles(embedder, extracted, shard=_SHARD):
            shard.place_article(embedded)
            bar.advance()
        shard.mark_saved()  # events that closed leave memory
    return [shard.event_id_of(article.article_id) for article in articles]


def publication_order(published: Sequence[datetime | None]) -> list[int]:
    """Positions by time of publication; equal times and undated ones, which come last, stay in their order."""
    dated = [(moment, at) for at, moment in enumerate(published) if moment is not None]
    return [at for _, at in sorted(dated)] + [at for at, moment in enumerate(published) if moment is None]


def _batches(articles: Iterator[Article]) -> Iterator[list[Article]]:
    while batch := list(islice(articles, _BATCH)):
        yield batch


def numbered(articles: Iterable[Article]) -> Iterator[Article]:
    """Articles with their revisions numbered as ingest does, in the order given."""
    latest: dict[str, Revision] = {}
    for draft in articles:
        article = revise(draft, latest.get(draft.article_id))
        latest[article.article_id] = revision_of(article)
        yield article
