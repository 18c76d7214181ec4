"""Submitting articles to ingest in batches, and waiting until they can be read."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import orjson

from services.ingest.files import FileRow, Remarks
from services.local.client import Client, RefusedError, UnavailableError
from services.local.errors import UserError
from services.local.pace import Pace
from services.local.progress import Bar

_PATH = "/v1/articles"
_TYPE = "application/x-ndjson"
_MOST_ROWS = 50
"""In one request: small enough for a progress bar that moves."""
_MOST_BYTES = 4 * 1024 * 1024
_ATTEMPTS = 6
_FIRST_PAUSE_SECONDS = 0.5
_MOST_BUSY_SECONDS = 600.0
"""How long a service may say that it is busy, for one request: live traffic goes first."""
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
    remarks: Remarks | None = None,
    rate: float | None = None,
    on_accepted: Callable[[Sequence[FileRow]], None] | None = None,
) -> list[Accepted]:
    """Send all rows and return what they became, in their order.

    Args:
        client: Of the ingest service.
        rows: The articles.
        bar: Progress, one step an article.
        publisher: Name for articles that give none.
        pause: Waits before a request is tried again, and between requests.
        remarks: Hears of rows that ingest refuses, and passes them over. Default: the first ends it.
        rate: Most rows a second.
        on_accepted: Gets the rows of each request once they are dealt with.

    Raises:
        UserError: ingest refused an article (named by file and line), or stayed away. What came before is published.
    """
    accepted: list[Accepted] = []
    pace = Pace(rate, pause=pause, clock=time.monotonic)
    sender = _Sender(client, publisher, pause, remarks)
    try:
        for batch in _batches(rows, publisher, pace.most_rows(_MOST_ROWS)):
            bar.note(batch[0].path)
            pace.wait(len(batch))
            accepted += sender.send(batch)
            if on_accepted is not None:
                on_accepted(batch)
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


def _batches(rows: Iterable[FileRow], publisher: str | None, most_rows: int) -> Iterator[list[FileRow]]:
    batch: list[FileRow] = []
    size = 0
    for row in rows:
        length = len(_line(row, publisher))
        if batch and (len(batch) >= most_rows or size + length > _MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += length
    if batch:
        yield batch


def _line(row: FileRow, publisher: str | None) -> bytes:
    data = row.data if publisher is None or row.data.get("publisher") else {**row.data, "publisher": publisher}
    return orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE)


class _Sender:
    """Sends batches, again while the service is away or busy, and without the rows that it refuses."""

    def __init__(self, client: Client, publisher: str | None, pause: Pause, remarks: Remarks | None) -> None:
        self._client = client
        self._publisher = publisher
        self._pause = pause
        self._remarks = remarks

    def send(self, batch: Sequence[FileRow]) -> list[Accepted]:
        """What the rows became that ingest took.

        Raises:
            UserError: it refused one that is not to be passed over, or stayed away.
        """
        rows = list(batch)
        while rows:
            try:
                answer = self._post(b"".join(_line(row, self._publisher) for row in rows))
            except RefusedError as error:
                rows = self._without_refused(error, rows)
            else:
                return [Accepted(item["article_id"], item["revision"]) for item in answer["articles"]]
        return []

    def _post(self, body: bytes) -> Any:
        """The answer. The same content sent twice is one revision, so that any request may be sent again."""
        failures, busy_seconds, seconds = 0, 0.0, _FIRST_PAUSE_SECONDS
        while True:
            try:
                return self._client.post(_PATH, body, _TYPE)
            except UnavailableError as error:
                if error.retry_after is not None and busy_seconds < _MOST_BUSY_SECONDS:
                    wait = max(error.retry_after, _FIRST_PAUSE_SECONDS)
                    busy_seconds += wait
                else:
                    failures += 1
                    wait, seconds = seconds, seconds * 2
                if failures >= _ATTEMPTS:
                    raise
                self._pause(wait)

    def _without_refused(self, error: RefusedError, rows: list[FileRow]) -> list[FileRow]:
        """The other rows. Pages of an archive that hold no article, and items under embargo, are no faults."""
        faults: dict[int, str] = {}
        left_out = {at for at, row in enumerate(rows) if row.is_found}
        for fault in error.faults:
            line = fault.get("line")
            if isinstance(line, int) and 1 <= line <= len(rows):
                faults.setdefault(line - 1, _located(rows[line - 1], fault))
                if fault.get("field") == "embargoed_until":  # what is no time never left here
                    left_out.add(line - 1)
        if not faults or (self._remarks is None and not faults.keys() <= left_out):
            raise UserError("\n".join(faults.values()) or str(error)) from error
        for at, told in faults.items():
            if self._remarks is not None:
                (self._remarks.leave_out if at in left_out else self._remarks.add)(told)
        return [row for at, row in enumerate(rows) if at not in faults]


def _located(row: FileRow, fault: Mapping[str, Any]) -> str:
    """A fault, with file and line in place of the line of the request."""
    return f"{row.path}:{row.line}: {fault.get('field') or 'article'}: {fault.get('message')}"
