"""The samples, and the real reports where they are at hand, come out as the same events in whatever order they come."""

import json
import os
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.contracts.claim import ExtractedArticle
from services.contracts.embedded import EmbeddedArticle
from services.dedupe.embed_handler import embed_articles
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.model_files import MODEL_NAME
from services.dedupe.embedding.port import Embedder
from services.ingest.build import FROM_FILE, first_revision
from services.ingest.numbering import revise
from services.ingest.record import Revision, revision_of
from services.ingest.submission import parse_submission
from services.local.input_rows import read_sources
from services.local.offline_cluster import offline_shard
from tests.support.pipeline import SAMPLES, sample_rows

ORDERS = 20
NOW = datetime(2026, 4, 1, tzinfo=UTC)
Groups = frozenset[frozenset[str | None]]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder("openvino", MODEL_NAME, None, threads=1)


def embedded(embedder: Embedder, rows: Sequence[dict[str, Any]]) -> list[EmbeddedArticle]:
    latest: dict[str, Revision] = {}
    articles = []
    for row in rows:
        draft = first_revision(parse_submission(row), fetched_at=NOW, source=FROM_FILE)
        article = revise(draft, latest.get(draft.article_id))
        latest[article.article_id] = revision_of(article)
        articles.append(ExtractedArticle(article=article, extractor="none"))
    return embed_articles(embedder, articles, shard="main")


def groups(articles: Sequence[EmbeddedArticle]) -> Groups:
    """The articles of each event, by address or else by id, placed in the order given."""
    shard = offline_shard()
    for article in articles:
        shard.place_article(article)
    found = (shard.members(event_id) for event_id in shard.event_ids())
    named = (frozenset(one.article.url or one.article.article_id for one in members) for members in found)
    return frozenset(members for members in named if members)


def in_random_orders(articles: Sequence[EmbeddedArticle]) -> list[Groups]:
    chance = random.Random(20)
    return [groups(chance.sample(list(articles), len(articles))) for _ in range(ORDERS)]


def test_the_samples_come_out_as_the_expected_events_in_each_of_20_orders(embedder: Embedder) -> None:
    expected = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["events"]
    wanted = frozenset(frozenset(event["articles"]) for event in expected)
    assert set(in_random_orders(embedded(embedder, sample_rows()))) == {wanted}


@pytest.mark.seeds
def test_the_seeds_among_the_samples_come_out_as_one_event_in_each_of_20_orders(embedder: Embedder) -> None:
    seeds = sorted(Path(os.environ["NEWSWEAVE_SEEDS_DIR"]).glob("*.txt"))
    rows = [row.data for row in read_sources([str(path) for path in seeds])]
    ids = frozenset(one.extracted.article.article_id for one in embedded(embedder, rows))
    assert set(in_random_orders(embedded(embedder, rows))) == {frozenset({ids})}
    samples = groups(embedded(embedder, sample_rows()))
    assert set(in_random_orders(embedded(embedder, [*sample_rows(), *rows]))) == {samples | {ids}}
