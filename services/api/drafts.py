"""Texts that somebody sends to have them compared with the view: nothing of them is kept or published."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from services.api.draft_models import Draft
from services.api.draft_services import DraftServiceError
from services.api.errors import Refused
from services.contracts.article import Article, ArticleInput, InputKind, content_hash
from services.runtime.bounded_work import receive_body

MOST_BODY_BYTES = 4 * 1024 * 1024
BODY_SECONDS = 20.0


def article_of(draft: Draft, now: datetime) -> Article:
    """The draft as an article, to be read; its id comes from its words, and is in no view."""
    digest = sha256(draft.text.encode()).hexdigest()[:20]
    return Article(
        article_id=f"draft_{digest}",
        revision=1,
        title=draft.title,
        text=draft.text,
        language="en",
        published_at=draft.published_at,
        fetched_at=now,
        content_hash=content_hash(draft.title, draft.text),
        input=ArticleInput(kind=InputKind.PUSH),
    )


def not_answering(error: DraftServiceError) -> Refused:
    """A service that reads drafts does not answer."""
    return Refused(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Drafts cannot be read for now",
        f"{error.service} {error.reason}. Try again in a few seconds. If it stays so, whoever runs this service sees "
        f"to it that {error.service} runs and that {error.setting} is its address.",
    )


class BoundedBodyRoute(APIRoute):
    """A route whose body is bounded in size and time, before anything of it is read as JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's own way to wrap a request."""
        handle = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            body = await receive_body(request, MOST_BODY_BYTES, BODY_SECONDS)
            return body if isinstance(body, Response) else await handle(_Received(request, body))

        return bounded


class _Received(Request):
    """A request whose body is there."""

    def __init__(self, request: Request, body: bytes) -> None:
        super().__init__(request.scope, request.receive)
        self._received = body

    async def body(self) -> bytes:
        """The body."""
        return self._received
