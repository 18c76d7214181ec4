"""The HTTP side of ingest."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from http import HTTPStatus
from typing import Literal

import structlog
from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import BaseModel
from starlette.requests import ClientDisconnect

from services.contracts.article import Article
from services.ingest import metrics, openapi
from services.ingest.body import BadBody, Row, RowError, TooManyRows, UnsupportedType, is_json_lines, read_body
from services.ingest.connection import ClientLeft, while_connected
from services.ingest.handler import Intake
from services.ingest.page_pool import PagesUnavailable
from services.ingest.settings import IngestSettings
from services.runtime.errors import StoreFull, TransientError
from services.runtime.problems import install_problem_handlers, problem_response, problem_responses
from services.runtime.traces import well_formed

log = structlog.get_logger()

MAX_ERRORS = 100
"""Faults named in one answer."""
RETRY_AFTER_SECONDS = 5
_STATUSES = (400, 403, 408, 413, 415, 421, 422, 503)


class AcceptedArticle(BaseModel):
    """One article that the broker has acknowledged."""

    article_id: str
    revision: int
    status: Literal["accepted"] = "accepted"


class AcceptedArticles(BaseModel):
    """The articles of a request, in the order of its rows."""

    articles: list[AcceptedArticle]


class _Refusal(Exception):  # noqa: N818 - carries the answer
    """The request is answered with a problem."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


class Gate:
    """Bounds the requests in flight. Without an intake yet, it lets nobody in."""

    def __init__(self, places: int) -> None:
        self.intake: Intake | None = None
        self._free = places

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[Intake]:
        """Take a place, or refuse at once: a queue would only hide the overload from the clients."""
        if self.intake is None:
            raise _Refusal(_unavailable("The service is starting.", seconds=1))
        if not self._free:
            raise _Refusal(_unavailable("Too many submissions at a time.", seconds=1))
        self._free -= 1
        try:
            yield self.intake
        finally:
            self._free += 1


def create_app(settings: IngestSettings, gate: Gate) -> FastAPI:
    """The HTTP API. `gate.intake` may be set later, when broker and store are connected."""
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
    app.include_router(_router(settings, gate))
    return app


def _router(settings: IngestSettings, gate: Gate) -> APIRouter:
    router = APIRouter(prefix="/v1")

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
            async with gate.enter() as intake:
                return await _submit(request, intake, settings)
        except _Refusal as refusal:
            return refusal.response
        except asyncio.CancelledError:
            # The server does that, once, to what is not finished `drain_seconds` after it was told to stop.
            log.warning("given up at the end of the service")
            return _unavailable("The service is stopping. Send the same request again.", RETRY_AFTER_SECONDS)

    return router


async def _submit(request: Request, intake: Intake, settings: IngestSettings) -> Response | AcceptedArticles:
    try:
        json_lines = is_json_lines(request.headers.get("content-type"))
        body = await _receive(request, settings)
        # A large body takes seconds to decode and check: not on the event loop.
        rows = await asyncio.to_thread(read_body, body, json_lines=json_lines, max_rows=settings.max_rows)
    except UnsupportedType as error:
        return problem_response(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail=str(error))
    except TooManyRows as error:
        return _too_large(f"The body has {error}. Send them in several requests.")
    except BadBody as error:
        return _faults(error)
    try:
        drafts = await _build(request, intake, rows)
        articles = await intake.publish(drafts, traceparent=well_formed(request.headers.get("traceparent")))
    except BadBody as error:
        return _faults(error)
    except TransientError as error:
        metrics.ARTICLES.labels("failed").inc(len(rows))
        log.warning("not accepted", articles=len(rows), reason=str(error))
        what = "The store is full" if isinstance(error, StoreFull) else "Broker or store does not answer"
        return _unavailable(f"{what}. Send the same request again.", RETRY_AFTER_SECONDS)
    log.info("accepted", articles=len(articles))
    return AcceptedArticles(
        articles=[AcceptedArticle(article_id=article.article_id, revision=article.revision) for article in articles]
    )


async def _build(request: Request, intake: Intake, rows: Sequence[Row]) -> list[Article]:
    """The articles of `rows`, built for as long as the client waits for them."""
    try:
        return await while_connected(request, intake.build(rows))
    except ClientLeft as error:
        metrics.ARTICLES.labels("abandoned").inc(len(rows))
        raise _Refusal(problem_response(HTTPStatus.BAD_REQUEST, detail="The client left.")) from error  # to nobody
    except PagesUnavailable as error:
        metrics.ARTICLES.labels("failed").inc(len(rows))
        log.warning("not accepted", articles=len(rows), reason=str(error))
        raise _Refusal(_unavailable(f"{error} Send the same request again.", RETRY_AFTER_SECONDS)) from error


async def _receive(request: Request, settings: IngestSettings) -> bytes:
    """The body, given up as soon as it is too large or too slow."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedType("Send the body without content encoding (compression).")
    limit = settings.max_body_bytes
    detail = f"The body has more than {limit:,} bytes. Send fewer articles in one request."
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise _Refusal(_too_large(detail))
    chunks = bytearray()
    try:
        async with asyncio.timeout(settings.body_timeout_seconds):
            async for chunk in request.stream():
                chunks += chunk
                if len(chunks) > limit:
                    raise _Refusal(_too_large(detail))
    except TimeoutError as error:
        late = f"The body did not arrive within {settings.body_timeout_seconds:g} s."
        raise _Refusal(problem_response(HTTPStatus.REQUEST_TIMEOUT, detail=late)) from error
    except ClientDisconnect as error:
        raise _Refusal(problem_response(HTTPStatus.BAD_REQUEST, detail="The body ended early.")) from error
    return bytes(chunks)


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


def _too_large(detail: str) -> Response:
    return problem_response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail=detail)


def _unavailable(detail: str, seconds: int) -> Response:
    return problem_response(HTTPStatus.SERVICE_UNAVAILABLE, detail=detail, headers={"Retry-After": str(seconds)})
