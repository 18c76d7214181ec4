"""Pages beside well-kept libraries: text, title, time and authors of the same labelled pages, in one run.

    python -m benchmarks.pages --input pages.jsonl.gz

Rows and figures are those of `newsweave evaluate pages`. trafilatura is called as its documentation has it, with
readers' comments off, which helps it; newspaper4k as its documentation has it. newspaper4k is no dependency: what is
not installed is said and left out.

    pip install newspaper4k
"""

import argparse
import logging
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import trafilatura
from rich.console import Console
from trafilatura.settings import Document

from benchmarks.machine import machine_line
from services.local.commands.evaluate_pages import read_as_served, read_pages
from services.local.evaluation.pages import LabelledPage, PageScores, ReadPage, moment
from services.local.progress import progress
from services.runtime.clock import SystemClock

Reader = Callable[[LabelledPage], ReadPage]
COLUMNS = ("f1", "precision", "recall", "pages_with_boilerplate", "title", "day", "minute", "authors", "refused", "ms")


def readers(now: datetime) -> Iterator[tuple[str, Reader | None]]:
    """Each with its name; None where it is not installed."""
    yield "newsweave", lambda page: read_as_served(page, now)
    yield f"trafilatura {trafilatura.__version__}", _with_trafilatura
    yield _newspaper()


def _with_trafilatura(page: LabelledPage) -> ReadPage:
    found = trafilatura.bare_extraction(page.html, url=page.url, with_metadata=True, include_comments=False)
    if not isinstance(found, Document):
        return ReadPage()
    names = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return ReadPage(found.text or "", found.title or None, moment(found.date), names)


def _newspaper() -> tuple[str, Reader | None]:
    try:
        import newspaper  # noqa: PLC0415 - may be missing
    except ImportError:
        return "newspaper4k", None

    def read(page: LabelledPage) -> ReadPage:
        article: Any = newspaper.Article(url=page.url or "https://courier.example/", fetch_images=False)
        article.download(input_html=page.html)
        article.parse()
        published = article.publish_date
        return ReadPage(article.text or "", article.title or None, published or None, tuple(article.authors or ()))

    return f"newspaper4k {newspaper.__version__}", read


def measure(name: str, reader: Reader, source: str, part: str | None) -> PageScores:
    """Read all pages; one on which a library fails counts as refused."""
    scores = PageScores()
    with progress(Console(stderr=True), name) as bar:
        for page in read_pages(source, part):
            began = time.process_time()
            try:
                read = reader(page)
            except Exception as error:  # noqa: BLE001 - whatever a library comes to
                print(f"{name}: {page.id}: {error!r:.100}", file=sys.stderr)
                read = ReadPage()
            scores.add(page, _aware(read), time.process_time() - began)
            bar.advance()
    return scores


def _aware(read: ReadPage) -> ReadPage:
    """A time without an offset is one of UTC."""
    if isinstance(read.published, datetime):
        return ReadPage(read.text, read.title, moment(read.published.isoformat()), read.authors)
    return read


def line(scores: PageScores) -> str:
    """The figures of one reader."""
    figures = scores.as_dict()
    shares = (figures[name] for name in ("f1", "precision", "recall", "pages_with_boilerplate"))
    fields = (scores.title.value, scores.day.value, scores.minute.value, figures["authors"])
    cells = [f"{value:.3f}" for value in (*shares, *fields)]
    return " ".join(f"{cell:>9}" for cell in (*cells, len(scores.refused), f"{figures['milliseconds']:.0f}"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", required=True, help="labelled pages, JSON Lines, also gzipped")
    parser.add_argument("--part", help="only one part of the sites, as of `newsweave evaluate pages`")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    print(machine_line())
    print(f"{'':<20} " + " ".join(f"{column.replace('pages_with_', '')[:9]:>9}" for column in COLUMNS))
    for name, reader in readers(SystemClock().now()):
        if reader is None:
            print(f"{name:<20} not installed: left out")
            continue
        print(f"{name:<20} {line(measure(name, reader, options.input, options.part))}", flush=True)


if __name__ == "__main__":
    main()
