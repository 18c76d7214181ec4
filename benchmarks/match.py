"""How long it takes to find the event of a text, among many events in a Redis of its own.

    python -m benchmarks.match [--events 20000] [--texts 200]

Articles are made up: vectors around the event's own, words drawn as rarely as the background has them. Printed are the
memory of an article (vector, profile), the time to add one, and the times of a request's parts: the vector of its lead
by the real model, the search of near articles, and all the rest of matching. Beside each stands the processor time of
this process, without Redis: what it takes where others leave the cores alone.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from redis.asyncio import Redis

from benchmarks.machine import machine_line
from services.api.match.decision import load_decision
from services.api.match.matcher import DraftText, Matcher, TextVector
from services.api.match.profile import Profile
from services.api.match.profile_store import ProfileStore, put_profile
from services.api.match.shortlist import NEIGHBOURS
from services.api.match.terms import load_term_counts
from services.api.match.vector_store import VectorStore, write_vectors
from services.api.match.vectors import ArticleVector
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.lead import LEAD_TOKENS
from services.dedupe.embedding.model_files import MODEL_NAME
from services.local.redis import EmbeddedRedis

ARTICLES_AN_EVENT = 3
DIMENSIONS = 384
TOPICS = 64
"""Directions in which events differ: vectors of texts use far fewer than all dimensions."""
WORDS = 150
DAYS = 30
BATCH = 50
MODEL = "made-up"
T = TypeVar("T")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--texts", type=int, default=200)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, EmbeddedRedis(Path(folder)) as server:
        asyncio.run(_measure(server.url, arguments.events, arguments.texts))
    sys.stdout.write(f"{machine_line()}\n")


async def _measure(url: str, events: int, texts: int) -> None:
    chance, numbers = random.Random(1), np.random.default_rng(1)
    terms = load_term_counts()
    words, weights = list(terms.counts), list(terms.counts.values())
    directions = numbers.normal(size=(TOPICS, DIMENSIONS))
    centres = numbers.normal(size=(events, TOPICS)) @ directions
    async with aclosing(Redis.from_url(url)) as redis:
        empty = (await redis.info("memory"))["used_memory"]
        began = time.perf_counter()
        for start in range(0, events, BATCH):
            async with redis.pipeline(transaction=True) as pipe:
                for event in range(start, min(events, start + BATCH)):
                    profile = _profile(chance, words, weights)
                    for article in range(ARTICLES_AN_EVENT):
                        article_id = f"art_{event:015d}_{article:04d}"
                        vector = ArticleVector(MODEL, _near(numbers, centres[event]), profile.day)
                        write_vectors(pipe, f"evt_{event:020d}", {article_id: vector}, (), ())
                        put_profile(pipe, article_id, profile)
                await pipe.execute()
        seconds = time.perf_counter() - began
        articles = events * ARTICLES_AN_EVENT
        held = (await redis.info("memory"))["used_memory"] - empty
        _say(f"{events:,} events, {articles:,} articles")
        _say(f"memory an article, vector and profile   {held / articles:,.0f} bytes")
        _say(f"adding an article                       {seconds / articles * 1000:.2f} ms")
        vectors = VectorStore(redis)
        matcher = Matcher(vectors, ProfileStore(redis), load_decision(), terms)
        asked = [
            (
                DraftText("A title of some words", " ".join(chance.choices(words, weights, k=400))),
                TextVector(MODEL, _near(numbers, centres[chance.randrange(events)])),
            )
            for _ in range(texts)
        ]
        near = await _times(asked, lambda pair: vectors.near(MODEL, pair[1].values, NEIGHBOURS))
        ranked = await _times(asked, lambda pair: matcher.rank(*pair))
    _tell("near articles (VSIM)", near)
    _tell("matching, without the vector", ranked)
    embedded = _embedding_times([pair[0].text for pair in asked])
    _tell("vector of a lead", embedded)
    _tell("both", ranked.beside(embedded))


def _near(numbers: np.random.Generator, centre: NDArray[np.float64]) -> tuple[float, ...]:
    vector = centre / np.linalg.norm(centre) + numbers.normal(size=DIMENSIONS) * 0.03
    return tuple((vector / np.linalg.norm(vector)).tolist())


def _profile(chance: random.Random, words: Sequence[str], weights: Sequence[int]) -> Profile:
    drawn = frozenset(chance.choices(words, weights, k=WORDS))
    names = frozenset(sorted(drawn)[:20])
    return Profile(frozenset(sorted(drawn)[20:26]), drawn, names, names, frozenset(), 20_000 + chance.randrange(DAYS))


class Times:
    """Seconds that each request took, by the clock and of this process' processors."""

    def __init__(self) -> None:
        self.elapsed: list[float] = []
        self.computed: list[float] = []

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Note one."""
        began, computed = time.perf_counter(), time.process_time()
        yield
        self.elapsed.append(time.perf_counter() - began)
        self.computed.append(time.process_time() - computed)

    def beside(self, other: "Times") -> "Times":
        """Both parts of each request."""
        both = Times()
        both.elapsed = [one + two for one, two in zip(self.elapsed, other.elapsed, strict=True)]
        both.computed = [one + two for one, two in zip(self.computed, other.computed, strict=True)]
        return both


async def _times(asked: Sequence[T], ask: Callable[[T], Awaitable[object]]) -> Times:
    times = Times()
    for each in asked:
        with times.measured():
            await ask(each)
    return times


def _embedding_times(texts: Sequence[str]) -> Times:
    embedder, times = load_embedder("openvino", MODEL_NAME, None, threads=2), Times()
    for text in texts:
        with times.measured():
            embedder.embed([text], max_tokens=LEAD_TOKENS)
    return times


def _tell(name: str, times: Times) -> None:
    middle, high = (float(np.percentile(times.elapsed, share)) * 1000 for share in (50, 99))
    computed = float(np.percentile(times.computed, 50)) * 1000
    _say(f"{name:<39} p50 {middle:.1f} ms, p99 {high:.1f} ms; processor {computed:.1f} ms")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
