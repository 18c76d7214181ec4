"""`/v1/articles`: one article with its claims."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from services.api.article_trace import trace_of
from services.api.errors import no_article, no_membership, no_trace
from services.api.json_answers import NOT_MODIFIED, hashed_answer
from services.api.memberships import membership_of
from services.api.models import ArticleView, MembershipView, TraceView
from services.api.view_store import ViewStore
from services.runtime.problems import problem_responses

ArticleId = Annotated[str, Path(description="Id of an article.", examples=["art_1872c203893ef2e8b649"])]


def articles_router(store: ViewStore) -> APIRouter:
    """The routes, reading from `store`."""
    router = APIRouter(prefix="/v1/articles", tags=["articles"])

    @router.get(
        "/{article_id}",
        response_model=ArticleView,
        summary="One article with its claims",
        responses={**NOT_MODIFIED, **problem_responses(404, 422, 503)},
    )
    async def get_article(request: Request, article_id: ArticleId) -> Response:
        """The latest revision: clean text, claims at exact spans (in Unicode code points), what was removed and why."""
        stored = await store.article(article_id)
        if stored is None:
            raise no_article(article_id)
        body = orjson.dumps({**orjson.loads(stored.document), "event_id": stored.event_id})
        return hashed_answer(request, body)

    @router.get(
        "/{article_id}/membership",
        response_model=MembershipView,
        summary="Why an article is in its event",
        responses={**NOT_MODIFIED, **problem_responses(404, 422, 503)},
    )
    async def get_membership(request: Request, article_id: ArticleId) -> Response:
        """The decision that put it there: score, what was needed, each signal, the nearest other event, the model."""
        article = await store.article(article_id)
        if article is None:
            raise no_article(article_id)
        found = await membership_of(store, article_id, article.event_id)
        if found is None:
            raise no_membership(article_id)
        return hashed_answer(request, found.model_dump_json().encode())

    @router.get(
        "/{article_id}/trace",
        response_model=TraceView,
        summary="What became of an article, stage by stage",
        responses={**NOT_MODIFIED, **problem_responses(404, 422, 503)},
    )
    async def get_trace(request: Request, article_id: ArticleId) -> Response:
        """When it came, was read and placed, which event it is in, and why a service could not use it, if so.

        What ingest refused never gets here: ingest tells of it, at its own `/v1/articles/{article_id}/trace`.
        """
        found = await trace_of(store, article_id)
        if found is None:
            raise no_trace(article_id)
        return hashed_answer(request, found.model_dump_json().encode())

    return router
