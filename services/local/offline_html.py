"""`newsweave html`: the articles of pages, by the code that serves. Pages come from files; nothing is fetched."""

import base64
import binascii
import gzip
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from services.contracts.article import Article, Precision, TextKind
from services.ingest.addresses.canonical_url import canonical_url
from services.ingest.build import FROM_FILE, arrival, first_revision
from services.ingest.errors import InvalidSubmission
from services.ingest.pages.decoding import decode_html
from services.ingest.pages.html_text import read_page
from services.ingest.submission import MAX_HTML_BYTES, Submission, check_url, parse_submission
from services.local.errors import UserError
from services.local.offline import read_raw_lines

NO_ARTICLE, REFUSED = "no_article", "refused"
"""Statuses of pages without an article: nothing was found, and the page passes a limit or is no page."""
NO_REPORTS = frozenset({TextKind.LIVE_BLOG, TextKind.ROUND_UP, TextKind.STUB})
"""Kinds of text that are told as the status: no reports of one happening."""
PAGE_SUFFIXES = (".html", ".htm", ".html.gz", ".htm.gz")
ROW_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


@dataclass(frozen=True)
class PageRow:
    """A page to read: `id` as given, else the file or address that it is from."""

    id: Any
    html: str
    url: str | None = None
    fetched_at: str | None = None


def find_page_files(source: str) -> list[str]:
    """The file itself, `-`, or all pages and JSON Lines below a folder, sorted.

    Raises:
        UserError: There is no such file, or nothing in the folder that can be read.
    """
    path = Path(source)
    if source == "-" or path.is_file():
        return [source]
    if not path.exists():
        raise UserError(f"{source}: there is no such file")
    suffixes = (*PAGE_SUFFIXES, *ROW_SUFFIXES)
    found = sorted(str(file) for file in path.rglob("*") if file.is_file() and file.name.lower().endswith(suffixes))
    if not found:
        raise UserError(f"{source}: no file in it ends in {', '.join(suffixes)}")
    return found


def read_page_rows(source: str, on_bad: Callable[[str], None]) -> Iterator[PageRow]:
    """The pages of one file or of standard input (`-`): JSON Lines, or one page, which begins with `<`.

    Args:
        source: The file.
        on_bad: Gets what is wrong with a row or page that cannot be used. If it returns, that is left out.

    Raises:
        UserError: The file cannot be read.
    """
    if source.lower().endswith(PAGE_SUFFIXES):
        try:
            yield PageRow(source, decode_html(_content(source)))
        except UserError as error:
            on_bad(str(error))
        return
    lines = enumerate(read_raw_lines(source), start=1)
    first = next((numbered for numbered in lines if numbered[1].strip()), (1, b""))
    if first[1].removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
        yield PageRow(source, decode_html(_joined(chain([first], lines))))
    else:
        yield from _rows(source, chain([first], lines), on_bad)


def _joined(lines: Iterable[tuple[int, bytes]]) -> bytes:
    """Cut off as `_content` cuts."""
    content = bytearray()
    for _, line in lines:
        content += line
        if len(content) > MAX_HTML_BYTES:
            break
    return bytes(content[: MAX_HTML_BYTES + 1])


def _rows(source: str, lines: Iterable[tuple[int, bytes]], on_bad: Callable[[str], None]) -> Iterator[PageRow]:
    for number, line in lines:
        if not line.strip():
            continue
        try:
            yield _page_row(orjson.loads(line), number)
        except orjson.JSONDecodeError as error:
            on_bad(f"{source}:{number}: not JSON ({error.msg})")
        except (ValueError, TypeError) as error:
            on_bad(f"{source}:{number}: {error}")


def article_row(row: PageRow, now: datetime) -> dict[str, Any]:
    """What ingest makes of a page, as plain data for JSON; a page without an article has a status that says so."""
    empty = dict.fromkeys(("title", "text", "published_at", "language", "canonical_url"))
    nothing = {"id": row.id, **empty, "authors": [], "removed_blocks": []}
    try:
        submission = parse_submission({"html": row.html, "url": _usable(row.url), "fetched_at": row.fetched_at})
        assert submission.html is not None
        page = read_page(submission.html, today=arrival(submission, now).date())
    except InvalidSubmission as error:
        return nothing | {"status": REFUSED, "reason": str(error)}
    except Exception as error:  # noqa: BLE001 - whatever a parser comes to on a page is the page's fault
        return nothing | {"status": REFUSED, "reason": f"html: the page could not be read ({error!r:.200})"}
    if page is None:
        return nothing | {"status": NO_ARTICLE, "reason": "no article was found in the page"}
    submission = _with_own_link(submission, page.url)
    try:
        article = first_revision(submission, fetched_at=now, source=FROM_FILE, page=page)
    except InvalidSubmission as error:
        return nothing | {"status": NO_ARTICLE, "reason": str(error)}
    return {"id": row.id, **_told(article)}


def _with_own_link(submission: Submission, link: str | None) -> Submission:
    """A page in a file is believed where it says that it is from: there is nobody's article that it could replace."""
    usable = _usable(link) if submission.url is None else None
    return submission.model_copy(update={"url": usable}) if usable and canonical_url(usable) else submission


def _usable(url: str | None) -> str | None:
    try:
        return check_url(url) if url else None
    except ValueError:
        return None


def _told(article: Article) -> dict[str, Any]:
    kind = article.text_kind
    is_report = kind is None or kind.kind not in NO_REPORTS
    return {
        "title": article.title,
        "text": article.text,
        "published_at": _published(article),
        "authors": list(article.authors),
        "language": article.language,
        "canonical_url": article.canonical_url,
        "status": article.status.value if kind is None or is_report else kind.kind.value,
        "reason": article.status_reason if kind is None or is_report else kind.evidence,
        "kind": kind.kind.value if kind else None,
        "removed_blocks": [block.model_dump(mode="json") for block in article.removed_blocks],
    }


def _published(article: Article) -> str | None:
    """ISO 8601 with the publisher's offset where it is known; a date where only the day is."""
    at = article.published_at
    if at is None:
        return None
    if article.published_precision is not Precision.SECOND:
        return at.date().isoformat()
    if article.published_offset is None:
        return at.isoformat().replace("+00:00", "Z")
    return at.astimezone(timezone(timedelta(minutes=article.published_offset))).isoformat()


def _page_row(data: object, number: int) -> PageRow:
    if not isinstance(data, dict):
        raise TypeError('a row is a JSON object, such as {"id": 1, "html": "<html>…"}')
    url = data.get("url") if isinstance(data.get("url"), str) else None
    fetched_at = data.get("fetched_at") if isinstance(data.get("fetched_at"), str) else None
    html = data.get("html")
    if not isinstance(html, str):
        encoded, content_type = data.get("content_base64"), data.get("content_type")
        if not isinstance(encoded, str):
            raise TypeError("give html, or content_base64 with the bytes of the page")
        try:
            content = base64.b64decode(encoded, validate=True)
        except binascii.Error as error:
            raise ValueError(f"content_base64 is not base64 ({error})") from error
        html = decode_html(content, content_type if isinstance(content_type, str) else None)
    given = data.get("id")
    return PageRow(given if given is not None else url or number, html, url, fetched_at)


def _content(path: str) -> bytes:
    """The bytes of a file, unpacked if its name ends in `.gz`; what is more than a page may have is cut off."""
    try:
        with gzip.open(path, "rb") if path.lower().endswith(".gz") else Path(path).open("rb") as file:
            return file.read(MAX_HTML_BYTES + 1)
    except (OSError, EOFError) as error:
        raise UserError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
