"""Fits the cells that a big collection is searched by, and writes the small file we ship.

    python -m lab.events.cells ARTICLES.jsonl.gz services/dedupe/data/cells.npz

Rows need `title` and `text`. What is written are means of hundreds of vectors alone, no text.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.lead import LEAD_TOKENS, build_lead_text
from services.dedupe.embedding.model_files import MODEL_NAME
from services.dedupe.embedding.port import Embedder

CELLS = 2_048
"""Share of articles that find one of their event's others among the nearest .8% of a collection, by number of cells:
.73 for 256, .82 for 1,024, .85 for 2,048; more need more vectors to fit them to."""
ROUNDS = 8
SEED = 0
_BATCH = 256
_STEPS = 127


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, help="gzip'd JSON Lines with title and text, some thousands of rows")
    parser.add_argument("out", type=Path, help="the .npz file to write")
    parser.add_argument("--cells", type=int, default=CELLS, help="how many (default: %(default)s)")
    arguments = parser.parse_args()
    embedder = load_embedder("openvino", MODEL_NAME, None, 2)
    np.savez_compressed(
        arguments.out,
        centroids=_rounded(spherical_k_means(_leads(arguments.articles, embedder), arguments.cells)),
        model=np.array(embedder.model_id),
    )


def spherical_k_means(vectors: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Centroids of unit vectors by cosine (Dhillon and Modha 2001): unit vectors, (count, dimensions).

    Raises:
        ValueError: There are fewer vectors than centroids.
    """
    if len(vectors) < count:
        raise ValueError(f"{len(vectors)} vectors for {count} cells: give more articles, or fewer --cells")
    centroids = vectors[np.random.default_rng(SEED).choice(len(vectors), count, replace=False)]
    for _ in range(ROUNDS):
        nearest = np.argmax(vectors @ centroids.T, axis=1)
        sums = np.zeros_like(centroids)
        np.add.at(sums, nearest, vectors)
        filled = np.bincount(nearest, minlength=count) > 0
        centroids[filled] = sums[filled] / np.linalg.norm(sums[filled], axis=1, keepdims=True)
    return centroids


def _rounded(centroids: NDArray[np.float32]) -> NDArray[np.int8]:
    """In 127 steps of each one's largest value: a quarter of the size, and the direction stays."""
    rounded: NDArray[np.float32] = np.rint(centroids / np.abs(centroids).max(axis=1, keepdims=True) * _STEPS)
    return rounded.astype(np.int8)


def _leads(path: Path, embedder: Embedder) -> NDArray[np.float32]:
    texts = _texts(path)
    done: list[NDArray[np.float32]] = []
    while batch := list(islice(texts, _BATCH)):
        done.append(embedder.embed(batch, max_tokens=LEAD_TOKENS))
        sys.stderr.write(f"\rembedded {sum(map(len, done)):,} articles")
    sys.stderr.write("\n")
    return np.concatenate(done)


def _texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield build_lead_text(row.get("title"), row["text"])


if __name__ == "__main__":
    main()
