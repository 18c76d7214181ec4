"""What became of a submission, as far as ingest knows: the first part of an article's trace.

Every request that was read has an id, which its answer names. What became of a row is noted twice: at the request, and
at the article that it is or would have been, so that it is found by request, by article and by address.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict

from services.contracts.base import UtcDatetime
from services.ingest.addresses.canonical_url import canonical_url
from services.ingest.identity import id_of_url

MAX_ROWS = 100
"""Rows that are listed of a request; further ones are counted. So many refused ones are noted at their articles."""
MAX_FAULTS = 5
"""Faults noted of one row."""
MAX_FAULT_CHARS = 300
MAX_ENTRIES = 20
"""Submissions noted of one article, the latest ones."""

Outcome = Literal["published", "refused", "held_back", "failed", "waiting"]
"""`held_back`: nothing was wrong with the row, but the request was refused for another one. `failed`: broker or store
did not answer; some of the request may have been published. `waiting`: the page of a feed's item did not come, and is
asked for again."""


class _Noted(BaseModel):
    model_config = ConfigDict(frozen=True)


class RowTrace(_Noted):
    """What became of one row."""

    line: int
    outcome: Outcome
    article_id: str | None = None
    """The article that it is, or by its address would have been."""
    sent_as: str | None = None
    """The article that its address would have made it, where its page names another one."""
    revision: int | None = None
    reasons: tuple[str, ...] = ()
    """Why it was refused, each with its field."""


class RequestTrace(_Noted):
    """What became of one request."""

    request_id: str
    sender: str | None = None
    """Name of the API key, where one was asked for."""
    received_at: UtcDatetime
    """When its body was there."""
    ended_at: UtcDatetime
    """When its outcome was known: for what was published, after the broker had acknowledged it."""
    status: int
    """HTTP status of the answer."""
    rows: int
    published: int = 0
    listed: tuple[RowTrace, ...] = ()
    """Its rows, those that were refused first; at most `MAX_ROWS`."""


class SubmissionTrace(_Noted):
    """One submission of an article, or one try to fetch what a feed names."""

    request_id: str | None = None
    feed: str | None = None
    """Address of the feed, where the article was fetched and not sent."""
    sender: str | None = None
    received_at: UtcDatetime
    ended_at: UtcDatetime
    line: int = 1
    outcome: Outcome
    revision: int | None = None
    published_as: str | None = None
    """The article that it became, where its page names another address than was sent."""
    reasons: tuple[str, ...] = ()


class Traces(Protocol):
    """Remembers what became of submissions. Every method raises TransientError when the store does not answer."""

    async def note(self, request: RequestTrace | None, of_articles: Sequence[tuple[str, SubmissionTrace]]) -> None:
        """Remember what became of a request, and its submissions at their articles; None: no request brought these."""
        ...

    async def of_request(self, request_id: str) -> RequestTrace | None:
        """What became of a request."""
        ...

    async def of_article(self, article_id: str) -> list[SubmissionTrace]:
        """What became of the latest submissions of an article, the latest first."""
        ...


def article_of(url: str | None) -> str | None:
    """The id of the article at an address; None without an address that identifies one."""
    canonical = canonical_url(url) if url else None
    return id_of_url(canonical) if canonical else None


def reasons_of(faults: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What is noted of faults, each a field (empty: the row as a whole) and a message."""
    reasons = [f"{field}: {message}" if field else message for field, message in faults]
    return tuple(reason[:MAX_FAULT_CHARS] for reason in reasons[:MAX_FAULTS])


def at_articles(request: RequestTrace, rows: Sequence[RowTrace]) -> Iterator[tuple[str, SubmissionTrace]]:
    """What is noted at which article: of every row that was published, and of the first `MAX_ROWS` others."""
    left = MAX_ROWS
    for row in rows:
        left -= row.outcome != "published"
        if row.outcome != "published" and left < 0:
            continue
        if row.article_id is not None:
            yield row.article_id, _of_row(request, row, published_as=None)
        if row.sent_as is not None:
            yield row.sent_as, _of_row(request, row, published_as=row.article_id)


def _of_row(request: RequestTrace, row: RowTrace, *, published_as: str | None) -> SubmissionTrace:
    return SubmissionTrace(
        request_id=request.request_id,
        sender=request.sender,
        received_at=request.received_at,
        ended_at=request.ended_at,
        line=row.line,
        outcome=row.outcome,
        revision=row.revision,
        published_as=published_as,
        reasons=row.reasons,
    )
