"""Submitting articles to ingest in batches, and waiting until they can be read."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import orjson

from services.ingest.files import FileRow
from services.local.client import Client, RefusedError, UnavailableError
from services.local.errors import UserError
from services.local.progress import Bar

_PATH = "/v1/articles"
_TYPE = "application/x-ndjson"
_MOST_ROWS = 50
"""In one request: small enough for a progress bar that moves."""
_MOST_BYTES = 4 * 1024 * 1024
_ATTEMPTS = 6
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 120.0
"""However long a service tells to stay away."""
_ASKED_A_ROUND = 20
"""Articles become visible about in their order: when so many are not, those after them will not be either."""

Pause = Callable[[float], None]


@dataclass(frozen=True)
class Accepted:
    """An article that ingest has published."""

    article_id: str
    revision: int


def submit(
    client: Client,
    rows: Iterable[FileRow],
    *,
    bar: Bar,
    publisher: str | None = None,
    pause: Pause = time.sleep,
) -> list[Accepted]:
    """Send all rows and return what they became, in their order.

    Args:
        client: Of the ingest service.
        rows: The articles.
        bar: Progress, one step an article.
        publisher: Name for articles that give none.
        pause: Waits before a request is tried again.

    Raises:
        UserError: ingest refused an article (named by file and line), or stayed away. What came before is published.
    """
    accepted: list[Accepted] = []
    try:
        for batch, body in _batches(rows, publisher):
            bar.note(batch[0].path)
            answer = _post(client, batch, body, pause)
            accepted += [Accepted(item["article_id"], item["revision"]) for item in answer["articles"]]
            bar.advance(len(batch))
    except UserError as error:
        if not accepted:
            raise
        raise UserError(
            f"{error}\nThe {len(accepted):,} rows before are accepted; sent again they change nothing"
        ) from error
    return accepted


def wait_until_visible(
    client: Client,
    accepted: Iterable[Accepted],
    *,
    bar: Bar,
    patience_seconds: float,
    pause: Pause = time.sleep,
) -> None:
    """Wait until the api shows every article in an event.

    Args:
        client: Of the api service.
        accepted: The articles.
        bar: Progress, one step an article.
        patience_seconds: How long to wait without any of them appearing.
        pause: Waits between two rounds of asking.

    Raises:
        UserError: no further article appeared for that long.
    """
    latest = {article.article_id: article.revision for article in accepted}
    waiting = list(latest)
    last_progress = time.monotonic()
    while waiting:
        still = _still_missing(client, waiting, latest)
        if len(still) < len(waiting):
            bar.advance(len(waiting) - len(still))
            last_progress = time.monotonic()
        elif time.monotonic() - last_progress > patience_seconds:
            raise UserError(
                f"{len(still)} of {len(latest)} articles did not become visible, none within the last "
                f"{patience_seconds:.0f} s; the first is {still[0]}. The logs of extract, dedupe and api, or the "
                "dead letters, say what became of them"
            )
        waiting = still
        if waiting:
            pause(0.2)


def _still_missing(client: Client, waiting: Sequence[str], latest: dict[str, int]) -> list[str]:
    missing: list[str] = []
    for number, article_id in enumerate(waiting):
        if len(missing) >= _ASKED_A_ROUND:
            return missing + list(waiting[number:])
        if not _is_visible(client, article_id, latest[article_id]):
            missing.append(article_id)
    return missing


def _is_visible(client: Client, article_id: str, revision: int) -> bool:
    try:
        found = client.get(f"{_PATH}/{quote(article_id, safe='')}")
    except RefusedError as error:
        if error.status == HTTPStatus.NOT_FOUND:
            return False
        raise
    except UnavailableError:
        return False  # it may be starting again
    return found["event_id"] is not None and found["article"]["revision"] >= revision


def _batches(rows: Iterable[FileRow], publisher: str | None) -> Iterator[tuple[list[FileRow], bytes]]:
    batch: list[FileRow] = []
    lines: list[bytes] = []
    size = 0
    for row in rows:
        line = orjson.dumps(_with_publisher(row.data, publisher), option=orjson.OPT_APPEND_NEWLINE)
        if batch and (len(batch) >= _MOST_ROWS or size + len(line) > _MOST_BYTES):
            yield batch, b"".join(lines)
            batch, lines, size = [], [], 0
        batch.append(row)
        lines.append(line)
        size += len(line)
    if batch:
        yield batch, b"".join(lines)


def _with_publisher(data: dict[str, Any], publisher: str | None) -> dict[str, Any]:
    return data if publisher is None or data.get("publisher") else {**data, "publisher": publisher}


def _post(client: Client, batch: Sequence[FileRow], body: bytes, pause: Pause) -> Any:
    """Send, again when the service is away: the same content sent twice is one revision."""
    try:
        return _post_patiently(client, body, pause)
    except RefusedError as error:
        raise UserError(_locate(error, batch)) from error


def _post_patiently(client: Client, body: bytes, pause: Pause) -> Any:
    seconds = _FIRST_PAUSE_SECONDS
    for _ in range(_ATTEMPTS - 1):
        try:
            return client.post(_PATH, body, _TYPE)
        except UnavailableError as error:
            pause(max(seconds, min(error.retry_after_seconds, _LONGEST_PAUSE_SECONDS)))
            seconds *= 2
    return client.post(_PATH, body, _TYPE)


def _locate(error: RefusedError, batch: Sequence[FileRow]) -> str:
    """The refusal, with file and line in place of the line of the request."""
    told = [
        f"{batch[fault['line'] - 1].path}:{batch[fault['line'] - 1].line}: "
        f"{fault.get('field') or 'article'}: {fault.get('message')}"
        for fault in error.faults
        if isinstance(fault.get("line"), int) and 1 <= fault["line"] <= len(batch)
    ]
    return "\n".join(told) or str(error)
