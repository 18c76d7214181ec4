"""What other libraries make of the same articles. Each is optional: what is not installed is said and left out."""

import importlib
import math
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
COSINES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
SMALLEST = (2, 3)
STREAM_COSINES = (0.7, 0.75, 0.8)
"""Fewer: a run takes a minute."""
REDUCTIONS = ((3, 5), (3, 10), (3, 20), (5, 10), (15, 5))
"""UMAP's neighbours and components; the last are BERTopic's own."""
_SEED = 1
_NO_FADING = 1e-9
_NEVER = 10**9


@dataclass(frozen=True)
class Articles:
    """What libraries get: unit vectors (n, dimensions), the texts that they stand for, the order of publication."""

    vectors: Vectors
    texts: Sequence[str]
    order: Sequence[int]


@dataclass(frozen=True)
class Peer:
    """A library's clustering: one partition for each of its settings."""

    name: str
    partitions: Iterable[tuple[str, Callable[[], Sequence[int]]]]


def peers(articles: Articles, *, communities: bool) -> list[Peer]:
    """Those that are installed. `communities`: with the community detection of sentence-transformers."""
    found = [*_scikit_learn(articles.vectors)]
    if communities:
        found.append(_sentence_transformers(articles.vectors))
    return [*found, *_bertopic(articles), *_river(articles)]


def _library(name: str, missing: str) -> Any:
    """A module, or None, having said what is missing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except ImportError:
        print(f"{name.partition('.')[0]} is not installed: without {missing}")
        return None


def _scikit_learn(vectors: Vectors) -> list[Peer]:
    cluster = _library("sklearn.cluster", "HDBSCAN and agglomerative clustering")
    if cluster is None:
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


def _sentence_transformers(vectors: Vectors) -> Peer:
    util: Any = importlib.import_module("sentence_transformers.util")

    def communities(cosine: float) -> Callable[[], Sequence[int]]:
        def run() -> Sequence[int]:
            found = [-1] * len(vectors)
            for number, members in enumerate(util.community_detection(vectors, threshold=cosine, min_community_size=2)):
                for at in members:
                    found[at] = number
            return _apart(found)

        return run

    return Peer("sentence-transformers communities", [(f"cosine {cosine}", communities(cosine)) for cosine in COSINES])


def _bertopic(articles: Articles) -> list[Peer]:
    """BERTopic on the vectors given: UMAP, HDBSCAN, topics. Its smallest topic, of 10 articles, is set to 2."""
    bertopic = _library("bertopic", "BERTopic")
    if bertopic is None:
        return []
    umap, hdbscan = (importlib.import_module(name) for name in ("umap", "hdbscan"))

    def topics(neighbours: int, components: int) -> Callable[[], Sequence[int]]:
        def run() -> Sequence[int]:
            model = bertopic.BERTopic(
                embedding_model=None,
                umap_model=umap.UMAP(
                    n_neighbors=neighbours, n_components=components, min_dist=0.0, metric="cosine", random_state=_SEED
                ),
                hdbscan_model=hdbscan.HDBSCAN(min_cluster_size=2, min_samples=1),
            )
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found, _ = model.fit_transform(list(articles.texts), articles.vectors)
            return _apart([int(topic) for topic in found])

        return run

    settings = [
        (f"UMAP {neighbours}/{components}", topics(neighbours, components)) for neighbours, components in REDUCTIONS
    ]
    settings[0][1]()  # numba compiles at first use; that is not clustering
    return [Peer("BERTopic", settings)]


def _river(articles: Articles) -> list[Peer]:
    """DBSTREAM, the only stream clusterer of river that can be measured here.

    STREAMKMeans and CluStream must be told the number of events. DenStream computes a radius of 0 for unit vectors
    of this length, and puts everything in one cluster; so did TextClust at a radius of .7, the only one tried.
    """
    cluster = _library("river.cluster", "DBSTREAM")
    if cluster is None:
        return []
    points = [dict(enumerate(vector)) for vector in articles.vectors.astype(float).tolist()]

    def stream(cosine: float) -> Callable[[], Sequence[int]]:
        def run() -> Sequence[int]:
            model = cluster.DBSTREAM(
                clustering_threshold=math.sqrt(2 - 2 * cosine), fading_factor=_NO_FADING, cleanup_interval=_NEVER
            )
            for at in articles.order:
                model.learn_one(points[at])
            # Asked at the end, when it has seen all: an answer given at once would be a worse one.
            return [int(model.predict_one(point)) for point in points]

        return run

    return [Peer("river DBSTREAM, one by one", [(f"cosine {cosine}", stream(cosine)) for cosine in STREAM_COSINES])]


def _apart(clusters: Sequence[int]) -> list[int]:
    """What a library calls noise (-1) as clusters of one."""
    return [cluster if cluster >= 0 else -1 - at for at, cluster in enumerate(clusters)]
