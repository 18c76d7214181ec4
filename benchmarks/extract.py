"""Extraction of claims beside the parser's own full pipeline, on the same articles in the same run.

    python -m benchmarks.extract --input articles.jsonl.gz --rows 1000

Counts processor time of one thread. Takes turns, a block of articles each, so that what else runs on the machine hits
both. Extraction is all of it: claims, figures, dates, names. The other side gets all articles of a block at once, with
the settings that its model comes with.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence

import spacy
import threadpoolctl
from rich.console import Console

from benchmarks.machine import machine_line
from benchmarks.texts import Row, add_input, read_rows
from services.contracts.article import Article
from services.extract.extraction import extract, load
from services.extract.kernels import kernels
from services.extract.syntax.parsing import Parse
from services.extract.syntax.spacy_parser import load_parser, model_folder
from services.ingest.build import FROM_FILE, first_revision
from services.ingest.submission import parse_submission
from services.local.progress import progress
from services.runtime.clock import SystemClock

ROWS = 1000
BLOCK = 25
"""Articles per turn."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_input(parser, ROWS)
    chosen = parser.parse_args(arguments)
    if arguments is None and (missing := kernels()):  # as the service's process has them
        os.execve(
            sys.executable, [sys.executable, "-m", "benchmarks.extract", *sys.argv[1:]], {**os.environ, **missing}
        )
    articles = [_article(row) for row in read_rows(chosen.input, chosen.rows)]
    timed = _TimedParser()
    with model_folder() as folder:
        stock = spacy.load(folder)
    load()
    threadpoolctl.threadpool_limits(1)
    print(machine_line())

    def theirs(block: Sequence[Article]) -> int:
        return sum(len(document.ents) for document in stock.pipe([article.text for article in block]))

    def ours(block: Sequence[Article]) -> int:
        return sum(len(extract(article, timed).claims) for article in block)

    for side in (ours, theirs):
        side(articles[:5])
    timed.seconds = 0.0
    mine, stocks, claims = compare(articles, ours, theirs)
    words = sum(len(article.text.split()) for article in articles)
    print(
        f"{len(articles):,} articles, {words / len(articles):.0f} words each, {claims / len(articles):.1f} claims each"
    )
    print(f"extract: {len(articles) / mine:.1f} articles per core-second, {1000 * mine / len(articles):.1f} ms each")
    print(f"  parsing {1000 * timed.seconds / len(articles):.1f} ms, all else {_rest(mine, timed, articles):.1f} ms")
    print(f"stock pipeline: {len(articles) / stocks:.1f}, {1000 * stocks / len(articles):.1f} ms each")
    print(f"ratio: x {stocks / mine:.2f}")
    print(machine_line())
    return 0


class _TimedParser:
    """The parser that ships with the service, its processor seconds counted."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._parser = load_parser()

    def parse(self, sentences: Sequence[str]) -> list[Parse]:
        began = time.process_time()
        parses = self._parser.parse(sentences)
        self.seconds += time.process_time() - began
        return parses


def _rest(seconds: float, parser: _TimedParser, articles: Sequence[Article]) -> float:
    """Milliseconds an article outside the parser."""
    return 1000 * (seconds - parser.seconds) / len(articles)


def compare(
    articles: Sequence[Article], ours: Callable[[Sequence[Article]], int], theirs: Callable[[Sequence[Article]], int]
) -> tuple[float, float, int]:
    """Processor seconds of both, and how many claims were found."""
    took = [0.0, 0.0]
    claims = 0
    with progress(Console(stderr=True), "Extracting", total=len(articles)) as bar:
        for start in range(0, len(articles), BLOCK):
            block = articles[start : start + BLOCK]
            began = time.process_time()
            claims += ours(block)
            between = time.process_time()
            theirs(block)
            took[0] += between - began
            took[1] += time.process_time() - between
            bar.advance(len(block))
    return took[0], took[1], claims


def _article(row: Row) -> Article:
    given = {"title": row.title, "text": row.text}
    if row.published_at is not None:  # without it no "on Sunday" is resolved
        given["published_at"] = row.published_at.isoformat()
    submission = parse_submission(given)
    return first_revision(submission, fetched_at=SystemClock().now(), source=FROM_FILE)


if __name__ == "__main__":
    sys.exit(main())
