"""Texts that somebody sends to have them compared with the view: nothing of them is kept or published."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any, ClassVar

from fastapi import Request
from fastapi.routing import APIRoute
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from starlette.responses import Response

from services.api.draft_services import DraftServiceError
from services.api.errors import Refused
from services.contracts.article import Article, ArticleInput, InputKind, content_hash
from services.contracts.base import Contract
from services.contracts.drafts import MOST_TEXT_CHARS, MOST_TITLE_CHARS
from services.runtime.bounded_work import receive_body

MOST_BODY_BYTES = 4 * 1024 * 1024
BODY_SECONDS = 20.0
MOST_URL_CHARS = 2_000
_YEARS = range(1900, 2200)

EXAMPLE: JsonDict = {
    "title": "Ferry capsizes off Port Eldrin",
    "text": "At least 14 people died when a ferry capsized off Port Eldrin on Tuesday, the coastguard said.",
    "published_at": "2026-03-04T09:00:00Z",
}


def _of_this_age(moment: datetime) -> datetime:
    """Far from the ends of the calendar, where offsets and differences cannot be computed."""
    if moment.year not in _YEARS:
        raise ValueError(f"give a time between {_YEARS.start} and {_YEARS.stop - 1}")
    return moment


def _as_text(value: object) -> object:
    """Numbers are no times: pydantic would read them as seconds since 1970."""
    if isinstance(value, int | float):
        raise ValueError("give a time as text, such as 2026-03-04T09:00:00Z")  # noqa: TRY004 - becomes a 422
    return value


_Given = Annotated[AwareDatetime, BeforeValidator(_as_text), AfterValidator(_of_this_age)]


class SentFields(Contract):
    """An object that a client sends. It takes its own fields alone."""

    model_config = ConfigDict(extra="forbid")

    most_fields: ClassVar[int] = 50
    """Of an object with more, none is named: to list hundreds of thousands would hold up all other requests."""

    @model_validator(mode="before")
    @classmethod
    def _bounded(cls, value: object) -> object:
        if isinstance(value, dict) and len(value) > cls.most_fields:
            raise ValueError(f"give no other fields than {', '.join(cls.model_fields)}")
        return value


class Draft(SentFields):
    """A text that may be about an event: a draft, a page, a message."""

    title: str | None = Field(default=None, max_length=MOST_TITLE_CHARS)
    """Headline; null without one."""
    text: str = Field(min_length=1, max_length=MOST_TEXT_CHARS)
    """The text. Spans in answers count its characters."""
    published_at: _Given | None = None
    """When it was or will be published, with an offset: by this day reports are told from later ones of the same
    kind, and "on Monday" is read. Null: not known."""
    url: str | None = Field(default=None, max_length=MOST_URL_CHARS)
    """Its address: an event that has an article of this address is the one."""


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
