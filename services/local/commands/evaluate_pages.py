"""`newsweave evaluate pages`."""

import hashlib
import json
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Annotated, Any

import orjson
import typer

from services.contracts.article import Article, Precision
from services.ingest.build import first_revision
from services.ingest.errors import InvalidSubmission
from services.ingest.submission import parse_submission
from services.local.commands.offline_options import InArgument
from services.local.commands.options import JsonOption, progress_console, result_console
from services.local.errors import UserError
from services.local.evaluation.pages import LabelledPage, PageScores, ReadPage, labelled_page
from services.local.offline import count_rows, read_lines
from services.local.progress import progress
from services.runtime.clock import SystemClock

PartOption = Annotated[
    str | None,
    typer.Option(
        "--part",
        metavar="K/N",
        help="Only the K-th of N parts, divided by `site`: tune on one, and keep another for the end.",
    ),
]
ShowOption = Annotated[bool, typer.Option("--show", help="Also print what is wrong with each page.")]
_PART = re.compile(r"([1-9]\d{0,3})/([1-9]\d{0,3})")


def pages(
    source: InArgument, *, part: PartOption = None, as_json: JsonOption = False, show: ShowOption = False
) -> None:
    """Read pages as the service reads them, and compare with what people say is right.

    Rows {"id", "site", "url", "html", "text", "title", "published", "authors", "fetched_at"}, also "with" and
    "without", lists of stretches that the text must and must not hold. What is missing does not count.

    Precision and recall are of runs of four words, each the mean over pages; F1 is that of the two means. Boilerplate
    is a line most of whose runs are not in the right text. Titles compare without case, punctuation and blanks; days by
    the publisher's clock or UTC's; a time counts within a minute; of authors the mean F1 of the two sets of names.
    Milliseconds are processor time.
    """
    scores = PageScores()
    shown: list[dict[str, Any]] = []
    now = SystemClock().now()
    with progress(progress_console(), "Reading", total=count_rows(source)) as bar:
        for page in read_pages(source, part):
            began = time.process_time()
            read = read_as_served(page, now)
            faults = scores.add(page, read, time.process_time() - began)
            shown.append({"id": page.id, "faults": faults})
            bar.advance()
    if as_json:
        print(json.dumps(scores.as_dict() | ({"shown": shown} if show else {}), indent=2, ensure_ascii=False))
        return
    print_scores(scores)
    for row in shown if show else ():
        _print("", row["id"], *(f"  {fault}" for fault in row["faults"]))


def read_pages(source: str, part: str | None) -> Iterator[LabelledPage]:
    """The labelled pages of a file, or those of one part of its sites ("1/2").

    Raises:
        UserError: A row is not a labelled page, or `part` is not a part.
    """
    match = _PART.fullmatch(part or "1/1")
    if match is None or int(match[1]) > int(match[2]):
        raise UserError("--part: give a part such as 1/2")
    for number, line in read_lines(source):
        try:
            page = labelled_page(orjson.loads(line))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise UserError(f"{source}:{number}: not a page with html and what is right of it ({error!r})") from error
        digest = hashlib.sha256(page.site.encode()).digest()
        if int.from_bytes(digest[:8], "big") % int(match[2]) + 1 == int(match[1]):
            yield page


def read_as_served(page: LabelledPage, now: datetime) -> ReadPage:
    """What ingest makes of the page, by the code that serves."""
    try:
        submission = parse_submission({"html": page.html, "url": page.url})
        article = first_revision(submission, fetched_at=page.fetched_at or now)
    except InvalidSubmission:
        return ReadPage()
    return read_article(article)


def read_article(article: Article) -> ReadPage:
    """The fields of an article that are compared."""
    at = article.published_at
    if at is not None and article.published_offset is not None:
        at = at.astimezone(timezone(timedelta(minutes=article.published_offset)))
    is_day = at is not None and article.published_precision is not Precision.SECOND
    return ReadPage(article.text, article.title, at.date() if at and is_day else at, article.authors)


def print_scores(scores: PageScores) -> None:
    """Print the figures, a line each."""
    figures = scores.as_dict()
    _print(
        f"pages                    {scores.pages:,}, {figures['with_text']:,} with their text",
        f"F1                       {figures['f1']:.3f}",
        f"precision                {figures['precision']:.3f}",
        f"recall                   {figures['recall']:.3f}",
        f"pages with boilerplate   {scores.with_boilerplate}",
        f"  share of characters    {figures['boilerplate_characters']:.3f}",
        f"pieces kept              {scores.pieces}",
        f"foreign pieces left out  {scores.foreign_pieces}",
        f"title                    {scores.title}",
        f"day                      {scores.day}",
        f"minute                   {scores.minute}",
        f"authors F1               {figures['authors']:.3f}",
        f"refused                  {len(scores.refused):,}{': ' if scores.refused else ''}{', '.join(scores.refused)}",
        f"ms a page                {figures['milliseconds']:.0f}",
    )


def _print(*lines: str) -> None:
    for line in lines:
        result_console().print(line, highlight=False, markup=False, soft_wrap=True)
