"""Articles in, articles with their claims out. Keeps nothing between batches, so it scales with replicas."""

import asyncio
import math
from collections.abc import Sequence

from services.contracts.article import Article
from services.contracts.claim import ExtractedArticle
from services.contracts.topics import CLAIMS_EXTRACTED
from services.extract import metrics
from services.extract.extraction import extract
from services.extract.text.english import is_english
from services.runtime.handlers import in_time
from services.runtime.messages import Message, Outgoing, Result


class ExtractHandler:
    """Consumes `article.ingested.v1`, publishes `claims.extracted.v1` with the same key."""

    def __init__(self, *, max_seconds: float = math.inf) -> None:
        """After `max_seconds` no further article of a batch is begun."""
        self._max_seconds = max_seconds

    async def handle(self, messages: Sequence[Message[Article]]) -> Result:
        """Extract a batch, off the event loop: it is work for the processor and would hold up heartbeats."""
        if not messages:
            return Result()
        articles = [message.value for message in messages]
        with metrics.SECONDS.time():
            extracted = await asyncio.to_thread(
                lambda: [extract(article) for article in in_time(articles, self._max_seconds)]
            )
        for each in extracted:
            _count(each)
        outgoing = [_outgoing(message, each) for message, each in zip(messages, extracted, strict=False)]
        return Result(outgoing, handled=len(extracted))


def _outgoing(message: Message[Article], extracted: ExtractedArticle) -> Outgoing:
    article = extracted.article
    return Outgoing(
        topic=CLAIMS_EXTRACTED,
        key=article.article_id,
        value=extracted,
        id=f"{article.article_id}:{article.revision}:{article.content_hash[:12]}:{extracted.extractor}",
        time=article.fetched_at,
        traceparent=message.traceparent,
    )


def _count(extracted: ExtractedArticle) -> None:
    metrics.ARTICLES.labels(_outcome(extracted)).inc()
    for claim in extracted.claims:
        metrics.CLAIMS.labels(claim.kind.value).inc()


def _outcome(extracted: ExtractedArticle) -> str:
    if extracted.article.is_withdrawn:
        return "withdrawn"
    if not is_english(extracted.article):
        return "other_language"
    return "claims" if extracted.claims else "none"
