"""Labelled articles read, embedded and laid into a Redis of their own: what matching is measured and fitted on."""

import tempfile
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import aclosing, asynccontextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from redis.asyncio import Redis

from services.api.match.decision import Decision
from services.api.match.matcher import Matcher, TextVector
from services.api.match.profile_store import ProfileStore
from services.api.match.terms import load_term_counts
from services.api.match.vector_store import VectorStore
from services.dedupe.embedding.lead import LEAD_TOKENS, build_lead_text
from services.dedupe.embedding.port import Embedder
from services.local.errors import UserError
from services.local.evaluation.match import LabelledArticle, is_held_out, lay_in
from services.local.offline import parse_line, read_lines
from services.local.progress import Bar
from services.local.redis import EmbeddedRedis
from services.runtime.clock import SystemClock

_BATCH = 64


def read_labelled(source: str, label: str, embedder: Embedder, bar: Bar) -> list[LabelledArticle]:
    """The rows of a file with the events that they are labelled with. Raises UserError.

    Each row is an article of its own, also where two have one address.
    """
    now, found = SystemClock().now(), []
    lines = iter(list(read_lines(source)))
    while batch := list(islice(lines, _BATCH)):
        rows = [
            (parse_line(source, number, line, now, _stop), _event(source, number, line, label), number)
            for number, line in batch
        ]
        articles = [
            (row.article.model_copy(update={"article_id": f"{source}:{number}"}), event)
            for row, event, number in rows
            if row is not None
        ]
        leads = [build_lead_text(article.title, article.text) for article, _ in articles]
        for (article, event), values in zip(articles, embedder.embed(leads, max_tokens=LEAD_TOKENS), strict=True):
            vector = TextVector(embedder.model_id, tuple(map(float, values)))
            found.append(LabelledArticle(article, event, vector))
            bar.advance()
    return found


@asynccontextmanager
async def labelled_view(articles: Sequence[LabelledArticle], decision: Decision) -> AsyncIterator[Matcher]:
    """A matcher over a view that holds these articles in their labelled events."""
    with tempfile.TemporaryDirectory() as folder, EmbeddedRedis(Path(folder)) as server:
        async with aclosing(Redis.from_url(server.url)) as redis:
            await lay_in(redis, articles)
            yield Matcher(VectorStore(redis), ProfileStore(redis), decision, load_term_counts())


def chosen(articles: Iterable[LabelledArticle], held_out: bool | None) -> list[LabelledArticle]:
    """The articles of one part; None: all."""
    return [each for each in articles if held_out is None or is_held_out(each.event) == held_out]


def _event(source: str, number: int, line: bytes, label: str) -> str:
    content: Any = orjson.loads(line)
    if not isinstance(content, dict) or content.get(label) is None:
        raise UserError(f"{source}:{number}: no field {label!r}: --label names the one with the true event")
    # Events of two files are two events.
    return f"{source}:{content[label]}"


def _stop(message: str) -> None:
    raise UserError(message)
