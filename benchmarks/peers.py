"""Clustering beside well-kept libraries: quality and time on the same labelled rows, from texts to events.

    python -m benchmarks.peers --input labelled.jsonl.gz

Rows need `event`, the label. Libraries get the vectors of plain sentence-transformers, as their documentation has it,
all rows at once, and their best setting on these very rows, which flatters them. Ours comes with the weights that are
shipped, and places one article at a time in order of publication, knowing nothing of later ones.
What is not installed is said and left out: sentence-transformers (community detection; without it the libraries get
our vectors), scikit-learn (HDBSCAN; agglomerative, average linkage).
"""

import argparse
import importlib
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from benchmarks.embed import Encode, plain_sentence_transformers
from benchmarks.machine import machine_line
from benchmarks.texts import Row, add_input, read_rows
from services.contracts.article import Article, ArticleInput, InputKind, Precision, Publisher
from services.contracts.claim import ExtractedArticle
from services.contracts.embedded import EmbeddedArticle
from services.dedupe.clustering.collection import Collection
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.evaluation import Scores, score
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.lead import LEAD_TOKENS, lead_text, title_text
from services.dedupe.embedding.model_files import MODEL_NAME
from services.dedupe.embedding.vectors import encode_vector
from services.dedupe.signals.terms import TermStatistics
from services.local.offline_cluster import publication_order
from services.local.progress import progress

ARRIVAL = "2100-01-01T00:00:00+00:00"
COSINES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
SMALLEST = (2, 3)
THREADS = 2
_BATCH = 64

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Peer:
    """A library's clustering: one partition for each of its settings."""

    name: str
    partitions: Iterable[tuple[str, Callable[[], Sequence[int]]]]


@dataclass(frozen=True)
class Found:
    """The best setting of a peer, or ours. Times in seconds."""

    name: str
    setting: str
    scores: Scores
    embedding: float
    clustering: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_input(parser, None)
    chosen = parser.parse_args(arguments)
    rows = read_rows(chosen.input, chosen.rows)
    if any(row.label is None for row in rows):
        raise SystemExit(f"{chosen.input or 'the samples'}: a row without `event`; quality needs labels, see --input")
    labels = [str(row.label) for row in rows]
    print(machine_line())
    print(f"{len(rows):,} articles, {len(set(labels)):,} events")
    console = Console(stderr=True)
    leads = [lead_text(row.title, row.text) for row in rows]
    ours = load_embedder("openvino", MODEL_NAME, None, THREADS).embed
    vectors, embedding = _embed(leads, ours, console)
    titles, more = _embed([title_text(row.title) for row in rows], ours, console)
    _tell(_ours(rows, vectors, titles, labels, embedding + more))
    theirs = plain_sentence_transformers(THREADS)
    if theirs is None:
        print("sentence-transformers is not installed: without its community detection, and the others on our vectors")
    else:
        vectors, embedding = _embed(leads, theirs, console)
    for peer in (*_scikit_learn(vectors), *(_sentence_transformers(vectors) if theirs else ())):
        _tell(_best(peer, labels, embedding))
    print(machine_line())
    return 0


def _embed(texts: Sequence[str], encode: Encode, console: Console) -> tuple[Vectors, float]:
    """Vectors of the texts, and the seconds they took."""
    done: list[Vectors] = []
    seconds = 0.0
    with progress(console, "Embedding", total=len(texts)) as bar:
        for at in range(0, len(texts), _BATCH):
            start = time.perf_counter()
            done.append(encode(texts[at : at + _BATCH], LEAD_TOKENS))
            seconds += time.perf_counter() - start
            bar.advance(len(done[-1]))
    return np.concatenate(done), seconds


def _ours(rows: Sequence[Row], vectors: Vectors, titles: Vectors, labels: Sequence[str], embedding: float) -> Found:
    embedded = [
        _embedded(number, row, vector, title)
        for number, (row, vector, title) in enumerate(zip(rows, vectors, titles, strict=True))
    ]
    collection = Collection(Decision.shipped(), TermStatistics.shipped(), live_days=None)
    start = time.perf_counter()
    for at in publication_order([row.published_at for row in rows]):
        collection.place(embedded[at])
    seconds = time.perf_counter() - start
    found = [collection.placed_record(one.extracted.article.article_id).event_id for one in embedded]
    setting = f"weights {Decision.shipped().version}"
    return Found("newsweave, one by one", setting, score(found, labels), embedding, seconds)


def _embedded(number: int, row: Row, vector: Vectors, title: Vectors) -> EmbeddedArticle:
    article = Article(
        article_id=f"art_{number:020}",
        revision=1,
        publisher=Publisher(name="unknown"),
        title=row.title or None,
        text=row.text,
        published_at=row.published_at,
        published_precision=None if row.published_at is None else Precision.SECOND,
        fetched_at=ARRIVAL,
        content_hash=str(number),
        input=ArticleInput(kind=InputKind.FILE),
    )
    extracted = ExtractedArticle(article=article, extractor="none")
    return EmbeddedArticle(
        shard="main",
        extracted=extracted,
        model=MODEL_NAME,
        lead_vector=encode_vector(vector),
        title_vector=encode_vector(title) if row.title else None,
    )


def _best(peer: Peer, labels: Sequence[str], embedding: float) -> Found:
    """The setting with the best B-cubed F1; the time is that of one run with it."""
    found = []
    for setting, partition in peer.partitions:
        start = time.perf_counter()
        clusters = partition()
        seconds = time.perf_counter() - start
        scores = score([str(cluster) for cluster in clusters], labels)
        found.append(Found(peer.name, setting, scores, embedding, seconds))
    return max(found, key=lambda one: one.scores.b_cubed)


def _tell(found: Found) -> None:
    scores = found.scores
    print(
        f"{found.name} ({found.setting}): B-cubed {scores.b_cubed:.3f}, pairwise F1 {scores.pairwise:.3f}, adjusted "
        f"Rand {scores.adjusted_rand:.3f}, {scores.events:,} events; {found.embedding:.1f} s embedding "
        f"+ {found.clustering:.1f} s clustering",
        flush=True,
    )


def _scikit_learn(vectors: Vectors) -> list[Peer]:
    try:
        cluster: Any = importlib.import_module("sklearn.cluster")
    except ImportError:
        print("scikit-learn is not installed: without HDBSCAN and agglomerative clustering")
        return []

    def hdbscan(smallest: int) -> Callable[[], Sequence[int]]:
        fit = cluster.HDBSCAN(min_cluster_size=smallest, min_samples=1, copy=True)
        return lambda: _apart(fit.fit_predict(vectors).tolist())

    def agglomerative(cosine: float) -> Callable[[], Sequence[int]]:
        fit = cluster.AgglomerativeClustering(
            n_clusters=None, metric="cosine", linkage="average", distance_threshold=1 - cosine
        )
        return lambda: list(fit.fit_predict(vectors).tolist())

    return [
        Peer("scikit-learn HDBSCAN", [(f"at least {size}", hdbscan(size)) for size in SMALLEST]),
        Peer("scikit-learn agglomerative", [(f"cosine {cosine}", agglomerative(cosine)) for cosine in COSINES]),
    ]


def _sentence_transformers(vectors: Vectors) -> list[Peer]:
    util: Any = importlib.import_module("sentence_transformers.util")

    def communities(cosine: float) -> Callable[[], Sequence[int]]:
        def run() -> Sequence[int]:
            found = [-1] * len(vectors)
            for number, members in enumerate(util.community_detection(vectors, threshold=cosine, min_community_size=2)):
                for at in members:
                    found[at] = number
            return _apart(found)

        return run

    return [
        Peer("sentence-transformers communities", [(f"cosine {cosine}", communities(cosine)) for cosine in COSINES])
    ]


def _apart(clusters: Sequence[int]) -> list[int]:
    """What a library calls noise (-1) as clusters of one."""
    return [cluster if cluster >= 0 else -1 - at for at, cluster in enumerate(clusters)]


if __name__ == "__main__":
    sys.exit(main())
