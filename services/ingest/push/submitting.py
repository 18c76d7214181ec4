"""One request with articles, from its head to its answer."""

import asyncio
import threading
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from http import HTTPStatus

import structlog
from fastapi import Request, Response

from services.contracts.article import Article
from services.ingest import metrics
from services.ingest.pages.pool import PagesUnavailable
from services.ingest.push.access import Access, Sender
from services.ingest.push.answer_models import SubmissionAnswer
from services.ingest.push.answers import accepted, first_fault, refused, whole_refusal
from services.ingest.push.body import (
    BadBody,
    Fault,
    RefusedRow,
    Row,
    TooManyRows,
    UnsupportedType,
    all_valid,
    is_json_lines,
    read_rows,
)
from services.ingest.push.connection import ClientLeft, while_connected
from services.ingest.push.idempotency import (
    HEADER,
    REPLAYED,
    Kept,
    attempt,
    fingerprint,
    idempotency_key,
    store_key,
)
from services.ingest.push.limit import ConcurrencyLimit, Connected
from services.ingest.push.page_share import RETRY_AFTER_SECONDS, PageShare
from services.ingest.push.receiving import Receiver, Refusal, too_large, unavailable
from services.ingest.push.row_outcomes import RowOutcomes
from services.ingest.settings import IngestSettings
from services.runtime.api_keys import Scope
from services.runtime.errors import StoreFull, TransientError
from services.runtime.problems import problem_response
from services.runtime.request_ids import REQUEST_ID, current_request_id, new_request_id
from services.runtime.traces import well_formed

log = structlog.get_logger()

JSON = "application/json"


@dataclass
class _Work:
    """One request whose body is there."""

    request: Request
    sender: Sender
    connected: Connected
    skip: bool
    """Whether to take the good rows beside bad ones."""
    outcomes: RowOutcomes = field(default_factory=RowOutcomes)
    request_id: str = field(default_factory=lambda: current_request_id() or new_request_id())


class Submitting:
    """Answers requests with articles."""

    def __init__(self, settings: IngestSettings, limit: ConcurrencyLimit, access: Access) -> None:
        self._settings = settings
        self._limit = limit
        self._access = access
        self._receiver = Receiver(settings)
        self._page_share = PageShare(settings)

    async def answer(self, request: Request, *, skip: bool) -> Response:
        """The answer, whatever comes of the request."""
        sender: Sender | None = None
        try:
            self._limit.check_started()
            sender = self._access.admit(request, Scope.ARTICLES_WRITE)
            answer = await self._receive(request, sender, skip=skip)
        except Refusal as refusal:
            answer = refusal.response
        except UnsupportedType as error:
            answer = problem_response(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail=str(error))
        except TooManyRows as error:
            answer = too_large(f"The body has {error}. Send them in several requests.").response
        except asyncio.CancelledError:
            # The server does that, once, to what is not finished `drain_seconds` after it was told to stop.
            log.warning("given up at the end of the service")
            answer = unavailable("The service is stopping. Send the same request again.", RETRY_AFTER_SECONDS).response
        answer.headers.update(sender.headers if sender else {})
        return answer

    async def _receive(self, request: Request, sender: Sender, *, skip: bool) -> Response:
        json_lines = is_json_lines(request.headers.getlist("content-type"))
        key = idempotency_key(request.headers.getlist(HEADER))
        # A place is taken only now that the body is there: a slow client takes none from the others.
        async with self._receiver.receive(request) as body, self._limit.enter(sender.client) as connected:
            work = _Work(request, sender, connected, skip)
            if key is None:
                return await self._answer(work, body, json_lines=json_lines)
            name = store_key(sender.scope_id, key)
            said = await asyncio.to_thread(fingerprint, body, json_lines=json_lines, skip=skip)
            try:
                async with attempt(connected.answers, name, said) as ours:
                    if ours.earlier is not None:
                        return _given_before(ours.earlier)
                    answer = await self._answer(work, body, json_lines=json_lines)
                    if answer.status_code == HTTPStatus.ACCEPTED:
                        await ours.keep(work.request_id, bytes(answer.body).decode())
                    return answer
            except TransientError as error:
                raise _not_now(error) from error

    async def _answer(self, work: _Work, body: bytes, *, json_lines: bool) -> Response:
        """The answer by what the rows come to, which is noted."""
        received_at = work.connected.clock.now()
        try:
            answer = await self._publish(work, body, json_lines=json_lines)
        except BadBody as error:
            metrics.ARTICLES.labels("refused").inc(error.rows)
            work.outcomes.note_refused(error.refused)
            answer = whole_refusal(error, work.request_id)
            reason = first_fault(error.errors)
            counts = {"articles": error.rows, "faults": len(error.errors), "reason": reason}
            log.info("refused", **counts, request_id=work.request_id)
        except TransientError as error:
            rows = len(work.outcomes)
            metrics.ARTICLES.labels("failed").inc(rows)
            log.warning("not accepted", articles=rows, reason=str(error))
            work.outcomes.failed = True
            answer = _not_now(error).response
        answer.headers[REQUEST_ID] = work.request_id
        name = work.sender.key.name if work.sender.key else None
        ended_at = work.connected.clock.now()
        trace = work.outcomes.trace(work.request_id, name, received_at, ended_at, answer.status_code)
        try:
            await work.connected.traces.note(trace, work.outcomes.at_articles(trace))
        except TransientError as error:  # what the answer says holds all the same
            log.warning("trace not kept", request_id=work.request_id, reason=str(error))
        return answer

    async def _publish(self, work: _Work, body: bytes, *, json_lines: bool) -> Response:
        """Publish the rows. Raises BadBody where nothing was, TransientError, Refusal."""
        rows = await self._read(work.request, body, json_lines=json_lines)
        work.outcomes.rows = rows
        good = [row for row in rows if isinstance(row, Row)]
        if not work.skip or not good:
            all_valid(rows)
        with_pages = any(row.submission.html is not None for row in good)
        with self._page_share.hold(work.sender.client, len(body)) if with_pages else nullcontext():
            built = await _build(work, good)
            drafts = [draft for draft in built if isinstance(draft, Article)]
            if not work.skip or not drafts:
                all_valid(_in_place(rows, good, built))
            traceparent = well_formed(work.request.headers.get("traceparent"))
            articles = iter(await work.connected.submissions.publish(drafts, traceparent=traceparent))
        published = [next(articles) if isinstance(draft, Article) else draft for draft in built]
        return _accepted(work, _in_place(rows, good, published))

    async def _read(self, request: Request, body: bytes, *, json_lines: bool) -> list[Row | RefusedRow]:
        """The rows of the body, read for as long as the client waits for them. Raises as `read_rows`."""
        given_up = threading.Event()
        # A large body takes seconds to decode and check: not on the event loop.
        reading = asyncio.to_thread(
            read_rows, body, json_lines=json_lines, max_rows=self._settings.max_rows, given_up=given_up
        )
        try:
            return await while_connected(request, reading)
        except ClientLeft as error:
            raise _left() from error
        finally:
            given_up.set()  # a thread cannot be cancelled: it ends before its next row


async def _build(work: _Work, rows: Sequence[Row]) -> list[Article | RefusedRow]:
    """The articles of `rows` that the sender may submit, built for as long as it waits for them."""
    submissions = work.connected.submissions
    try:
        built = await while_connected(work.request, submissions.build_each(rows, stop_at_first=not work.skip))
    except ClientLeft as error:
        metrics.ARTICLES.labels("abandoned").inc(len(rows))
        raise _left() from error
    except PagesUnavailable as error:
        metrics.ARTICLES.labels("failed").inc(len(rows))
        log.warning("not accepted", articles=len(rows), reason=str(error))
        what = str(error).removesuffix(".")
        raise unavailable(f"{what}. Send the same request again.", RETRY_AFTER_SECONDS) from error
    return [_allowed(work.sender, row, draft) for row, draft in zip(rows, built, strict=True)]


def _allowed(sender: Sender, row: Row, draft: Article | RefusedRow) -> Article | RefusedRow:
    objections = sender.objections(draft) if isinstance(draft, Article) else []
    return RefusedRow.of(row, objections, Fault.FORBIDDEN) if objections else draft


def _in_place(
    rows: Sequence[Row | RefusedRow], good: Sequence[Row], built: Sequence[Article | RefusedRow]
) -> list[Article | RefusedRow]:
    """What every row came to, in the order of the rows. `built`: what the `good` ones of them came to."""
    by_line = dict(zip((row.line for row in good), built, strict=True))
    return [by_line[row.line] if isinstance(row, Row) else row for row in rows]


def _accepted(work: _Work, came_to: Sequence[Article | RefusedRow]) -> Response:
    """202, with what every row came to."""
    refusals = [row for row in came_to if isinstance(row, RefusedRow)]
    work.outcomes.note_refused(refusals)
    results = []
    for row, result in zip(work.outcomes.rows, came_to, strict=True):
        if isinstance(result, Article):
            work.outcomes.published[row.line] = result
            results.append(accepted(row.line, result))
        else:
            results.append(refused(result))
    metrics.ARTICLES.labels("refused").inc(len(refusals))
    log.info("accepted", articles=len(results) - len(refusals), refused=len(refusals), request_id=work.request_id)
    answer = SubmissionAnswer(articles=results, request_id=work.request_id)
    return Response(answer.model_dump_json(), HTTPStatus.ACCEPTED, media_type=JSON)


def _given_before(kept: Kept) -> Response:
    headers = {REPLAYED: "true", REQUEST_ID: kept.request_id or ""}
    return Response(kept.answer, HTTPStatus.ACCEPTED, headers, media_type=JSON)


def _left() -> Refusal:
    """An answer to nobody."""
    return Refusal(problem_response(HTTPStatus.BAD_REQUEST, detail="The client left."))


def _not_now(error: TransientError) -> Refusal:
    """503 for what may be well in a moment."""
    what = "The store is full" if isinstance(error, StoreFull) else "Broker or store does not answer"
    return unavailable(f"{what}. Send the same request again.", RETRY_AFTER_SECONDS)
