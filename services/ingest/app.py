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

from services.ingest import metrics, openapi
from services.ingest.body import BadBody, Row, RowError, TooManyRows, UnsupportedType, is_json_lines, read_body
from services.ingest.handler import Intake
from services.ingest.receiving import Receiver, Refusal, client_of, too_large, unavailable
from services.ingest.settings import IngestSettings
from services.ingest.shared_limit import SharedLimit
from services.runtime.errors import TransientError
from services.runtime.problems import install_problem_handlers, problem_response, problem_responses
from services.runtime.traces import well_formed

log = structlog.get_logger()

MAX_ERRORS = 100
"""Faults named in one answer."""
RETRY_AFTER_SECONDS = 5
_STATUSES = (400, 408, 413, 415, 422, 503)


class AcceptedArticle(BaseModel):
    """One article that the broker has acknowledged."""

    article_id: str
    revision: int
    status: Literal["accepted"] = "accepted"


class AcceptedArticles(BaseModel):
    """The articles of a request, in the order of its rows."""

    articles: list[AcceptedArticle]


class Gate:
    """Bounds the requests worked on. Without an intake yet, it lets nobody in."""

    def __init__(self, places: int, client_share: float = 1.0) -> None:
        self.intake: Intake | None = None
        self._places = SharedLimit(places, max(1, int(places * client_share)))

    def check_started(self) -> None:
        """Raises Refusal as long as there is no intake."""
        if self.intake is None:
            raise unavailable("The service is starting.", seconds=1)

    @asynccontextmanager
    async def enter(self, client: str) -> AsyncIterator[Intake]:
        """Take a place, or refuse at once: a queue would only hide the overload from the clients."""
        self.check_started()
        assert self.intake is not None
        if not self._places.take(client):
            metrics.TURNED_AWAY.labels("places").inc()
            raise unavailable("Too many submissions at a time.", seconds=1)
        try:
            yield self.intake
        finally:
            self._places.give_back(client)


def create_app(settings: IngestSettings, gate: Gate) -> FastAPI:
    """The HTTP API. `gate.intake` may be set later, when broker and store are connected."""
    app = FastAPI(
        title="Newsweave ingest",
        version="1",
        summary="Takes news articles in and publishes them, clean and identified.",
    )
    install_problem_handlers(app)
    app.include_router(_router(settings, gate))
    return app


def _router(settings: IngestSettings, gate: Gate) -> APIRouter:
    router = APIRouter(prefix="/v1")
    receiver = Receiver(settings)

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
            gate.check_started()
            json_lines = is_json_lines(request.headers.getlist("content-type"))
            # A place is taken only now that the body is there: a slow client takes none from the others.
            async with receiver.receive(request) as body, gate.enter(client_of(request)) as intake:
                # A large body takes seconds to decode and check: not on the event loop.
                rows = await asyncio.to_thread(read_body, body, json_lines=json_lines, max_rows=settings.max_rows)
                return await _accept(request, intake, rows)
        except Refusal as refusal:
            return refusal.response
        except UnsupportedType as error:
            return problem_response(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail=str(error))
        except TooManyRows as error:
            return too_large(f"The body has {error}. Send them in several requests.").response
        except BadBody as error:
            return _faults(error)

    return router


async def _accept(request: Request, intake: Intake, rows: Sequence[Row]) -> AcceptedArticles:
    """Publish the rows. Raises BadBody, or Refusal while broker or store does not answer."""
    try:
        articles = await intake.accept(rows, traceparent=well_formed(request.headers.get("traceparent")))
    except TransientError as error:
        metrics.ARTICLES.labels("failed").inc(len(rows))
        log.warning("not accepted", articles=len(rows), reason=str(error))
        detail = "Broker or store does not answer. Send the same request again."
        raise unavailable(detail, RETRY_AFTER_SECONDS) from error
    log.info("accepted", articles=len(articles))
    return AcceptedArticles(
        articles=[AcceptedArticle(article_id=article.article_id, revision=article.revision) for article in articles]
    )


def _faults(error: BadBody) -> Response:
    metrics.ARTICLES.labels("refused").inc(error.rows)
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
