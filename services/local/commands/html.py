"""`newsweave html`."""

from typing import Annotated

import typer

from services.local.commands.offline_options import BadRows, OutOption, SkipBadOption
from services.local.commands.options import progress_console
from services.local.offline import count_rows, row_writer
from services.local.offline_html import PAGE_SUFFIXES, ROW_SUFFIXES, article_row, find_page_files, read_page_rows
from services.local.progress import progress
from services.runtime.clock import SystemClock

EXAMPLES = (
    "newsweave html page.html --out -",
    "newsweave html saved-pages/ --out articles.jsonl.gz",
    "curl -s https://courier.example/bridge | newsweave html - --out -",
    "newsweave html pages.jsonl --out - | jq -r 'select(.status == \"usable\") | .title'",
    "newsweave html pages.jsonl --out - | jq -c 'select(.text == null) | {id, status, reason}'",
)
PagesArgument = Annotated[
    str,
    typer.Argument(
        metavar="FILE|DIR|-",
        help="A page, JSON Lines, a folder of both (.html, .htm, .jsonl, .ndjson), each also gzipped; - for a page or "
        "JSON Lines on standard input.",
    ),
]


def html(source: PagesArgument, *, out: OutOption, skip_bad: SkipBadOption = False) -> None:
    """Find the article in web pages, offline: no stack, nothing is fetched.

    \b
    JSON Lines, a page a row:
      {"id", "html", "url"}                              the page's characters
      {"id", "content_base64", "content_type", "url"}    its bytes, with the Content-Type that came with them
    "fetched_at" says when it was fetched: times of publication more than a day later are not believed.

    Writes a row for each page, in the same order: {"id", "title", "text", "published_at", "authors", "language",
    "canonical_url", "status", "reason", "kind", "removed_blocks"}. "published_at" has the publisher's offset where the
    page gives one, and is a date where it gives the day only. "removed_blocks" are receipts for boilerplate that is
    not in "text".

    \b
    "status" is
      usable, corrected        an article; of a corrected one "reason" is what was corrected
      live_blog, round_up      no report of one happening; "reason" is what shows it
      stub                     a few words, or the words before a paywall
      no_article, refused      no text: nothing was found, or the page passes a limit that "reason" names
    """  # noqa: D301 - the mark keeps the lines of the help apart
    console = progress_console()
    bad = BadRows(console, skip=skip_bad)
    files = find_page_files(source)
    now = SystemClock().now()
    are_counted = all(file.lower().endswith((*PAGE_SUFFIXES, *ROW_SUFFIXES)) for file in files)
    total = sum(_count(file) for file in files) if are_counted else None
    with row_writer(out, source) as write, progress(console, "Reading", total=total) as bar:
        for file in files:
            for row in read_page_rows(file, bad.add):
                write(article_row(row, now))
                bar.advance()
    bad.tell()


def _count(file: str) -> int:
    return 1 if file.lower().endswith(PAGE_SUFFIXES) else count_rows(file) or 0
