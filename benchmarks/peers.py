"""Clustering beside well-kept libraries: quality and time on the same labelled rows, from texts to events.

    python -m benchmarks.peers --input labelled.jsonl.gz

Rows need `event`, the label. Libraries get the vectors of plain sentence-transformers, as their documentation has it,
and their best setting on these very rows, which flatters them; all but river's also get all rows at once. Ours comes
with the weights that are shipped, and places one article at a time in order of publication, knowing nothing of later
ones. What is not installed is said and left out. sentence-transformers and scikit-learn are in the test environment
(without the first the libraries get our vectors); for BERTopic and river:

    pip install --no-deps -r benchmarks/peers-requirements.txt
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from rich.console import Console

from benchmarks.embed import Encode, plain_sentence_transformers
from benchmarks.machine import machine_line
from benchmarks.peer_libraries import Articles, Peer, Vectors, peers
from benchmarks.texts import Row, add_input, read_rows
from services.contracts.article import Article, ArticleInput, InputKind, Precision, Publisher
from services.contracts.claim import ExtractedArticle
from services.contracts.embedded import EmbeddedArticle
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.live_article import signals_of_embedded_article
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.lead import LEAD_TOKENS, build_lead_text, one_line_title
from services.dedupe.embedding.model_files import MODEL_NAME
from services.dedupe.embedding.vectors import encode_vector
from services.dedupe.signals.article_rows import build_row
from services.dedupe.signals.background_corpus import BackgroundCorpus
from services.dedupe.signals.terms import TermStatistics
from services.local.evaluation.events import Scores, score
from services.local.offline_cluster import offline_shard, publication_order
from services.local.progress import progress

ARRIVAL = "2100-01-01T00:00:00+00:00"
THREADS = 2
_BATCH = 64


@dataclass(frozen=True)
class Seconds:
    """Of the clock, and of the processor: beside other work the second says more."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.1f} s ({self.processor:.1f} s of processor)"


@dataclass(frozen=True)
class Found:
    """The best setting of a peer, or ours, and the time that each stage took."""

    name: str
    setting: str
    scores: Scores
    stages: dict[str, Seconds]


@contextmanager
def timed(stages: dict[str, Seconds], stage: str) -> Iterator[None]:
    """Add the time of the block to a stage."""
    clock, processor = time.perf_counter(), time.process_time()
    yield
    before = stages.get(stage, Seconds(0, 0))
    stages[stage] = Seconds(
        before.clock + time.perf_counter() - clock, before.processor + time.process_time() - processor
    )


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
    ours = load_embedder("openvino", MODEL_NAME, None, THREADS).embed
    leads = [build_lead_text(row.title, row.text) for row in rows]
    stages: dict[str, Seconds] = {}
    vectors = _embed(leads, ours, stages, console)
    titles = _embed([one_line_title(row.title) for row in rows], ours, stages, console)
    _tell(_ours(rows, vectors, titles, labels, stages))
    theirs = plain_sentence_transformers(THREADS)
    if theirs is None:
        print("sentence-transformers is not installed: without its community detection, and the others on our vectors")
    else:
        stages = {}
        vectors = _embed(leads, theirs, stages, console)
    order = publication_order([row.published_at for row in rows])
    for peer in peers(Articles(vectors, leads, order), communities=theirs is not None):
        _tell(_best(peer, labels, stages))
    print(machine_line())
    return 0


def _embed(texts: Sequence[str], encode: Encode, stages: dict[str, Seconds], console: Console) -> Vectors:
    """Vectors of the texts; the time they took is added to the stage `embedding`."""
    done: list[Vectors] = []
    with progress(console, "Embedding", total=len(texts)) as bar:
        for at in range(0, len(texts), _BATCH):
            with timed(stages, "embedding"):
                done.append(encode(texts[at : at + _BATCH], LEAD_TOKENS))
            bar.advance(len(done[-1]))
    return np.concatenate(done)


def _ours(
    rows: Sequence[Row], vectors: Vectors, titles: Vectors, labels: Sequence[str], embedding: dict[str, Seconds]
) -> Found:
    embedded = [
        _embedded(number, row, vector, title)
        for number, (row, vector, title) in enumerate(zip(rows, vectors, titles, strict=True))
    ]
    shard = offline_shard()
    statistics, at_large = TermStatistics.load_bundled(), BackgroundCorpus.load_bundled()
    stages = dict(embedding)
    for at in publication_order([row.published_at for row in rows]):
        with timed(stages, "terms and fingerprints"):
            row = build_row(signals_of_embedded_article(embedded[at], statistics, at_large))
        with timed(stages, "clustering"):
            shard.place_article(embedded[at], row)
    found = [shard.event_id_of(one.extracted.article.article_id) for one in embedded]
    setting = f"weights {Decision.load_bundled().version}"
    return Found("newsweave, one by one", setting, score(found, labels), stages)


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


def _best(peer: Peer, labels: Sequence[str], embedding: dict[str, Seconds]) -> Found:
    """The setting with the best B-cubed F1; the time is that of one run with it."""
    found = []
    for setting, partition in peer.partitions:
        stages = dict(embedding)
        with timed(stages, "clustering"):
            clusters = partition()
        scores = score([str(cluster) for cluster in clusters], labels)
        found.append(Found(peer.name, setting, scores, stages))
    return max(found, key=lambda one: one.scores.b_cubed)


def _tell(found: Found) -> None:
    scores = found.scores
    print(
        f"{found.name} ({found.setting}): B-cubed {scores.b_cubed:.3f}, pairwise F1 {scores.pairwise:.3f}, adjusted "
        f"Rand {scores.adjusted_rand:.3f}, {scores.events:,} events;",
        "; ".join(f"{stage} {seconds}" for stage, seconds in found.stages.items()),
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
