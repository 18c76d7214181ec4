"""What became of submissions, as far as ingest knows: by article and by request."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel

from services.ingest.push.access import Access, security
from services.ingest.push.limit import ConcurrencyLimit
from services.ingest.push.openapi import EXAMPLE_ARTICLE_ID, EXAMPLE_REQUEST_ID
from services.ingest.push.receiving import Refusal, unavailable
from services.ingest.trace import RequestTrace, SubmissionTrace, Traces
from services.runtime.api_keys import Scope
from services.runtime.errors import TransientError
from services.runtime.problems import problem_response, problem_responses
from services.runtime.request_ids import REQUEST_ID_PATTERN

ArticleId = Annotated[
    str, Path(description="Id of an article.", pattern="^art_[0-9a-f]{20}$", examples=[EXAMPLE_ARTICLE_ID])
]
RequestId = Annotated[
    str,
    Path(
        description="Id of a request, as its answer names it.",
        pattern=REQUEST_ID_PATTERN,
        examples=[EXAMPLE_REQUEST_ID],
    ),
]
JSON = "application/json"
RETRY_AFTER_SECONDS = 2


class Submissions(BaseModel):
    """The latest submissions of an article, the latest first."""

    article_id: str
    submissions: list[SubmissionTrace]


def trace_router(limit: ConcurrencyLimit, access: Access) -> APIRouter:
    """The routes."""
    router = APIRouter(prefix="/v1")
    described: dict[str, Any] = {
        "responses": problem_responses(*access.refusals(404, 421, 422, 503)),
        "openapi_extra": security(access),
    }

    @router.get(
        "/articles/{article_id}/trace",
        response_model=Submissions,
        summary="What became of the submissions of an article",
        **described,
    )
    async def get_submissions(request: Request, article_id: ArticleId) -> Response:
        """Also of what was refused: at the article that its address names. The api service says what came after."""

        async def find(traces: Traces) -> Submissions | None:
            submissions = await traces.of_article(article_id)
            return Submissions(article_id=article_id, submissions=submissions) if submissions else None

        return await _answer(request, limit, access, find)

    @router.get(
        "/requests/{request_id}/trace",
        response_model=RequestTrace,
        summary="What became of a request with articles",
        **described,
    )
    async def get_request(request: Request, request_id: RequestId) -> Response:
        """Its rows with their outcomes, those that were not published first."""
        return await _answer(request, limit, access, lambda traces: traces.of_request(request_id))

    return router


async def _answer(
    request: Request,
    limit: ConcurrencyLimit,
    access: Access,
    find: Callable[[Traces], Awaitable[BaseModel | None]],
) -> Response:
    try:
        traces = limit.check_started().traces
        sender = access.admit(request, Scope.TRACE_READ)
        trace = await find(traces)
    except Refusal as refusal:
        return refusal.response
    except TransientError:
        return unavailable("The store does not answer. Ask again.", RETRY_AFTER_SECONDS).response
    if trace is None:
        detail = "Nothing is known of it here: it was never submitted, or that is too long ago."
        return problem_response(HTTPStatus.NOT_FOUND, detail=detail, headers=sender.headers)
    return Response(trace.model_dump_json(), headers=dict(sender.headers), media_type=JSON)
