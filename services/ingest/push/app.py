"""The HTTP side of ingest."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import asdict
from http import HTTPStatus
from typing import Literal

import structlog
from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import BaseModel

from services.contracts.article import Article
from services.ingest import metrics
from services.ingest.handler import SubmissionService
from services.ingest.pages.pool import PagesUnavailable
from services.ingest.push import openapi
from services.ingest.push.body import BadBody, Row, RowError, TooManyRows, UnsupportedType, is_json_lines, read_body
from services.ingest.push.connection import ClientLeft, while_connected
from services.ingest.push.page_share import RETRY_AFTER_SECONDS, PageShare
from services.ingest.push.receiving import Receiver, Refusal, client_of, too_large, unavailable
from services.ingest.push.shared_limit import SharedLimit
from services.ingest.settings import IngestSettings
from services.runtime.errors import StoreFull, TransientError
from services.runtime.problems import install_problem_handlers, problem_response, problem_responses
from services.runtime.traces import well_formed

log = structlog.get_logger()

MAX_ERRORS = 100
"""Faults named in one answer."""
_STATUSES = (400, 403, 408, 413, 415, 421, 422, 503)


class AcceptedArticle(BaseModel):
    """One article that the broker has acknowledged."""

    article_id: str
    revision: int
    status: Literal["accepted"] = "accepted"


class AcceptedArticles(BaseModel):
    """The articles of a request, in the order of its rows."""

    articles: list[AcceptedArticle]


class ConcurrencyLimit:
    """Bounds the requests worked on. Without an submissions yet, it lets nobody in."""

    def __init__(self, places: int, client_share: float = 1.0) -> None:
        self.submissions: SubmissionService | None = None
        self._places = SharedLimit(places, max(1, int(places * client_share)))

    def check_started(self) -> None:
        """Raises Refusal as long as there is no submissions."""
        if self.submissions is None:
            raise unavailable("The service is starting.", seconds=1)

    @asynccontextmanager
    async def enter(self, client: str) -> AsyncIterator[SubmissionService]:
        """Take a place, or refuse at once: a queue would only hide the overload from the clients."""
        self.check_started()
        assert self.submissions is not None
        if not self._places.take(client):
            metrics.TURNED_AWAY.labels("places").inc()
            raise unavailable("Too many submissions at a time.", seconds=1)
        try:
            yield self.submissions
        finally:
            self._places.give_back(client)


def create_app(settings: IngestSettings, limit: ConcurrencyLimit) -> FastAPI:
    """The HTTP API. `limit.submissions` may be set later, when broker and store are connected."""
    app = FastAPI(
        title="Newsweave ingest",
        version="1",
        summary="Takes news articles in and publishes them, clean and identified.",
        # FastAPI's own viewers load scripts from another host, which our content security policy forbids.
        docs_url=None,
        redoc_url=None,
        # An address is right or it is not there: a redirect would be built from the client's Host header.
        redirect_slashes=False,
    )
    install_problem_handlers(app)
    app.include_router(_router(settings, limit))
    return app


def _router(settings: IngestSettings, limit: ConcurrencyLimit) -> APIRouter:
    router = APIRouter(prefix="/v1")
    receiver, page_share = Receiver(settings), PageShare(settings)

    @router.post(
        "/articles",
        status_code=HTTPStatus.ACCEPTED,
        response_model=AcceptedArticles,
        responses=problem_responses(*_STATUSES),
        openapi_extra={"requestBody": openapi.request_body()},
        description=openapi.DESCRIPTION,
        summary="Submit articles",
    )
    async def submit_articles(request: Request) -> Response | AcceptedArticles:
        try:
            limit.check_started()
            json_lines = is_json_lines(request.headers.getlist("content-type"))
            # A place is taken only now that the body is there: a slow client takes none from the others.
            async with receiver.receive(request) as body, limit.enter(client_of(request)) as submissions:
                rows = await _read(request, body, json_lines=json_lines, max_rows=settings.max_rows)
                with_pages = any(row.submission.html is not None for row in rows)
                with page_share.hold(client_of(request), len(body)) if with_pages else nullcontext():
                    return await _accept(request, submissions, rows)
        except Refusal as refusal:
            return refusal.response
        except UnsupportedType as error:
            return problem_response(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail=str(error))
        except TooManyRows as error:
            return too_large(f"The body has {error}. Send them in several requests.").response
        except BadBody as error:
            return _faults(error)
        except asyncio.CancelledError:
            # The server does that, once, to what is not finished `drain_seconds` after it was told to stop.
            log.warning("given up at the end of the service")
            return unavailable("The service is stopping. Send the same request again.", RETRY_AFTER_SECONDS).response

    return router


async def _read(request: Request, body: bytes, *, json_lines: bool, max_rows: int) -> list[Row]:
    """The rows of the body, read for as long as the client waits for them. Raises as `read_body`."""
    given_up = threading.Event()
    # A large body takes seconds to decode and check: not on the event loop.
    reading = asyncio.to_thread(read_body, body, json_lines=json_lines, max_rows=max_rows, given_up=given_up)
    try:
        return await while_connected(request, reading)
    except ClientLeft as error:
        raise _left() from error
    finally:
        given_up.set()  # a thread cannot be cancelled: it ends before its next row


async def _accept(request: Request, submissions: SubmissionService, rows: Sequence[Row]) -> AcceptedArticles:
    """Publish the rows. Raises BadBody, or Refusal while broker or store does not answer."""
    try:
        drafts = await _build(request, submissions, rows)
        articles = await submissions.publish(drafts, traceparent=well_formed(request.headers.get("traceparent")))
    except TransientError as error:
        what = "The store is full" if isinstance(error, StoreFull) else "Broker or store does not answer"
        raise _not_accepted(rows, str(error), what) from error
    log.info("accepted", articles=len(articles))
    return AcceptedArticles(
        articles=[AcceptedArticle(article_id=article.article_id, revision=article.revision) for article in articles]
    )


async def _build(request: Request, submissions: SubmissionService, rows: Sequence[Row]) -> list[Article]:
    """The articles of `rows`, built for as long as the client waits for them."""
    try:
        return await while_connected(request, submissions.build(rows))
    except ClientLeft as error:
        metrics.ARTICLES.labels("abandoned").inc(len(rows))
        raise _left() from error
    except PagesUnavailable as error:
        raise _not_accepted(rows, str(error), str(error).removesuffix(".")) from error


def _left() -> Refusal:
    """An answer to nobody."""
    return Refusal(problem_response(HTTPStatus.BAD_REQUEST, detail="The client left."))


def _not_accepted(rows: Sequence[Row], reason: str, what: str) -> Refusal:
    """503 for what may be well in a moment: `what` tells the client, `reason` the log."""
    metrics.ARTICLES.labels("failed").inc(len(rows))
    log.warning("not accepted", articles=len(rows), reason=reason)
    return unavailable(f"{what}. Send the same request again.", RETRY_AFTER_SECONDS)


def _faults(error: BadBody) -> Response:
    metrics.ARTICLES.labels("refused").inc(error.rows)
    log.info("refused", articles=error.rows, faults=len(error.errors), reason=_first(error.errors))
    status = HTTPStatus.BAD_REQUEST if error.malformed else HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The body is not JSON" if error.malformed else "The articles are not valid"
    return problem_response(
        status,
        title,
        f"{_first(error.errors)} Nothing was published: correct the lines in `errors` and send all again.",
        errors=[asdict(fault) for fault in error.errors[:MAX_ERRORS]],
        errors_left_out=max(0, len(error.errors) - MAX_ERRORS) or None,
    )


def _first(errors: Sequence[RowError]) -> str:
    first = errors[0]
    field = f", {first.field}" if first.field else ""
    return f"Line {first.line}{field}: {first.message}."
