"""The embed stage: gives every article the vectors that placing it needs. Stateless, so it scales with replicas.

Claims get theirs where they are merged (`claim_vectors`).
"""

import asyncio
import math
from collections.abc import Iterator, Sequence

from services.contracts.claim import ExtractedArticle
from services.contracts.embedded import EmbeddedArticle
from services.contracts.topics import ARTICLE_EMBEDDED
from services.dedupe import metrics
from services.dedupe.embedding.lead import LEAD_TOKENS, build_lead_text, one_line_title
from services.dedupe.embedding.port import Embedder
from services.dedupe.embedding.vectors import encode_vector
from services.runtime.handlers import in_time
from services.runtime.messages import Message, Outgoing, Result

PORTION_ARTICLES = 32
"""Articles embedded at a time: some seconds of work on a slow core."""


def embed_articles(
    embedder: Embedder, articles: Sequence[ExtractedArticle], *, shard: str, machine: str | None = None
) -> list[EmbeddedArticle]:
    """Articles with the vectors of their leads and titles, in the order given.

    `machine`: see `EmbeddedArticle`.
    """
    leads = embedder.embed(
        [build_lead_text(each.article.title, each.article.text) for each in articles], max_tokens=LEAD_TOKENS
    )
    titles = [one_line_title(each.article.title) for each in articles]
    titled = iter(embedder.embed([title for title in titles if title], max_tokens=LEAD_TOKENS))
    return [
        EmbeddedArticle(
            shard=shard,
            extracted=each,
            model=embedder.model_id,
            machine=machine,
            lead_vector=encode_vector(lead),
            title_vector=encode_vector(next(titled)) if title else None,
        )
        for each, lead, title in zip(articles, leads, titles, strict=True)
    ]


def _split_into_portions(articles: Sequence[ExtractedArticle]) -> Iterator[Sequence[ExtractedArticle]]:
    for start in range(0, len(articles), PORTION_ARTICLES):
        yield articles[start : start + PORTION_ARTICLES]


class EmbedHandler:
    """Consumes `claims.extracted.v1`, publishes `article.embedded.v1` with the shard as key."""

    def __init__(
        self, embedder: Embedder, shard: str, machine: str | None = None, *, max_seconds: float = math.inf
    ) -> None:
        """After `max_seconds` no further portion of a batch is begun. `machine`: see `EmbeddedArticle`."""
        self._embedder = embedder
        self._shard = shard
        self._machine = machine
        self._max_seconds = max_seconds

    async def handle(self, messages: Sequence[Message[ExtractedArticle]]) -> Result:
        """Embed a batch, off the event loop."""
        articles = [message.value for message in messages]
        if not articles:
            return Result()
        with metrics.EMBED_SECONDS.time():
            embedded = await asyncio.to_thread(self._embed_in_portions, articles)
        metrics.EMBEDDED.inc(len(embedded))
        outgoing = [self._build_message(message, each) for message, each in zip(messages, embedded, strict=False)]
        return Result(outgoing, handled=len(embedded))

    def _embed_in_portions(self, articles: Sequence[ExtractedArticle]) -> list[EmbeddedArticle]:
        """The first articles with their vectors, as many as there is time for."""
        return [
            each
            for portion in in_time(_split_into_portions(articles), self._max_seconds)
            for each in embed_articles(self._embedder, portion, shard=self._shard, machine=self._machine)
        ]

    def _build_message(self, message: Message[ExtractedArticle], embedded_article: EmbeddedArticle) -> Outgoing:
        article = embedded_article.extracted.article
        return Outgoing(
            ARTICLE_EMBEDDED,
            key=self._shard,
            value=embedded_article,
            id=f"{article.article_id}:{article.revision}:{article.content_hash[:12]}:{embedded_article.model}",
            time=article.fetched_at,
            traceparent=message.traceparent,
        )
