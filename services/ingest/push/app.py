"""The HTTP side of ingest."""

from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, FastAPI, Query, Request, Response

from services.ingest.push import openapi
from services.ingest.push.access import Access, security
from services.ingest.push.answer_models import SubmissionAnswer
from services.ingest.push.limit import ConcurrencyLimit
from services.ingest.push.submitting import Submitting
from services.ingest.push.trace_routes import trace_router
from services.ingest.settings import IngestSettings
from services.runtime.openapi_documents import complete_document
from services.runtime.problems import install_problem_handlers, problem_responses

_STATUSES = (400, 403, 408, 409, 413, 415, 421, 422, 503)

OnError = Annotated[
    Literal["reject", "skip"],
    Query(
        description="What to do with the good rows of a request that has bad ones: `reject` publishes none, `skip` "
        "leaves the bad ones out."
    ),
]


def create_app(settings: IngestSettings, limit: ConcurrencyLimit) -> FastAPI:
    """The HTTP API. `limit.connected` may be set later, when broker and store are there.

    Raises:
        KeysMissing: others can reach the service, and there are no API keys.
        UnreadableKeys: their file cannot be read.
    """
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
    access = Access(settings)
    app.include_router(_submissions_router(settings, limit, access))
    app.include_router(trace_router(limit, access))
    complete_document(app, openapi.complete)
    return app


def _submissions_router(settings: IngestSettings, limit: ConcurrencyLimit, access: Access) -> APIRouter:
    router = APIRouter(prefix="/v1")
    submitting = Submitting(settings, limit, access)

    @router.post(
        "/articles",
        status_code=HTTPStatus.ACCEPTED,
        response_model=SubmissionAnswer,
        responses=problem_responses(*access.refusals(*_STATUSES)),
        openapi_extra={
            "requestBody": openapi.request_body(),
            "parameters": openapi.header_parameters(),
            **security(access),
        },
        description=openapi.DESCRIPTION,
        summary="Submit articles",
    )
    async def submit_articles(request: Request, on_error: OnError = "reject") -> Response:
        return await submitting.answer(request, skip=on_error == "skip")

    return router
