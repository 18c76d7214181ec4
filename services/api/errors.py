"""Errors as people and programs see them: a page for a browser, problem+json for everything else."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from services.api.conditional import prefers_html
from services.api.cursors import BadCursor, CursorOfOtherList, CursorTooOld
from services.api.filters.parsing import BadParameters, TooManyWords
from services.api.pages.rendering import Pages
from services.runtime.errors import TransientError
from services.runtime.problems import install_problem_handlers, problem_response

RETRY_AFTER_SECONDS = 2
"""What a client is told to wait when Redis is away: a restart takes about that long."""

_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
"""Those that a route may offer. HEAD is answered wherever GET is."""


class Refused(Exception):  # noqa: N818 - an answer, not a failure of ours
    """The request cannot be met. `detail` says what the client can do about it."""

    def __init__(
        self, status: int, title: str, detail: str, *, links: Sequence[tuple[str, str]] = (), **extra: Any
    ) -> None:
        """`links`: where a page of the error leads to, each an address and its words; `extra`: more for programs."""
        super().__init__(detail)
        self.status = status
        self.title = title
        self.detail = detail
        self.links = links
        self.extra = extra


def no_event(event_id: str) -> Refused:
    """There is no event of this id."""
    return Refused(
        HTTPStatus.NOT_FOUND,
        "No such event",
        f"There is no event {event_id}. Those there are stand at / and, as JSON, at /v1/events; "
        "an article submitted just now shows up in one within seconds.",
    )


def no_successor(event_id: str, merged_into: str) -> Refused:
    """The event was merged into one that has not come yet."""
    return Refused(
        HTTPStatus.CONFLICT,
        "Its successor is not there yet",
        f"The event {event_id} was merged into {merged_into}, which shows up within seconds: ask again.",
    )


def no_article(article_id: str) -> Refused:
    """There is no article of this id."""
    return Refused(
        HTTPStatus.NOT_FOUND,
        "No such article",
        f"There is no article {article_id}. Every event at / and, as JSON, at /v1/events names its articles; "
        "one submitted just now shows up within seconds.",
    )


def no_trace(article_id: str) -> Refused:
    """Nothing is known of an article of this id."""
    return Refused(
        HTTPStatus.NOT_FOUND,
        "Nothing known",
        f"Nothing of an article {article_id} has come here. What ingest refused, or has just taken, is told at its own "
        f"/v1/articles/{article_id}/trace.",
    )


def no_membership(article_id: str) -> Refused:
    """The article has come, but is in no event yet."""
    return Refused(
        HTTPStatus.NOT_FOUND,
        "Not placed yet",
        f"The article {article_id} is in no event yet. Articles are placed within seconds: ask again.",
    )


def bad_cursor(error: BadCursor) -> Refused:
    """The cursor is not one of ours, continues another list, or is too old."""
    if isinstance(error, CursorOfOtherList):
        return conflicting_parameters("cursor", f"{error}: give the parameters of the answer that it came with")
    if isinstance(error, CursorTooOld):
        return Refused(
            HTTPStatus.BAD_REQUEST,
            "The cursor is too old",
            f"{str(error).capitalize()}. Leave `cursor` out to begin again with the newest.",
            errors=[{"field": "query.cursor", "message": str(error)}],
        )
    detail = "Use the `next` of an earlier answer as it is, or leave `cursor` out to start with the newest."
    return Refused(
        HTTPStatus.BAD_REQUEST,
        "The cursor is not valid",
        detail,
        errors=[{"field": "query.cursor", "message": "not a cursor that this service gave out"}],
    )


def conflicting_parameters(parameter: str, message: str) -> Refused:
    """Each parameter can be read, and they do not go together: 422, where one that cannot be read is 400."""
    return Refused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The parameters do not go together",
        f"{parameter}: {message}.",
        errors=[{"field": f"query.{parameter}", "message": message}],
    )


def bad_parameters(error: BadParameters) -> Refused:
    """Parameters of the query are unknown or cannot be read."""
    if isinstance(error, TooManyWords):
        return conflicting_parameters(error.faults[0].parameter, error.faults[0].message)
    return Refused(
        HTTPStatus.BAD_REQUEST,
        "The query is not valid",
        f"{error}. Correct the parameters named in `errors` and ask again.",
        errors=[{"field": f"query.{fault.parameter}", "message": fault.message} for fault in error.faults],
    )


def error_answer(
    pages: Pages,
    accept: str | None,
    status: int,
    title: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    links: Sequence[tuple[str, str]] = (),
    **extra: Any,
) -> Response:
    """An error as a page, or as problem+json: what the `Accept` header asks for."""
    varying = {**(headers or {}), "Vary": "Accept"}
    if prefers_html(accept):
        page = pages.render(
            "error.html", status_code=status, status=int(status), title=title, detail=detail, links=links
        )
        page.headers.update(varying)
        return page
    return problem_response(status, title, detail, headers=varying, **extra)


def install_error_handlers(app: FastAPI, pages: Pages) -> None:
    """Make every error of `app` answer in the form that the client can read."""
    install_problem_handlers(app)

    def answer(
        request: Request,
        status: int,
        title: str,
        detail: str,
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> Response:
        return error_answer(pages, request.headers.get("accept"), status, title, detail, headers=headers, **extra)

    async def on_refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return answer(request, error.status, error.title, error.detail, links=error.links, **error.extra)

    async def on_bad_parameters(request: Request, error: Exception) -> Response:
        assert isinstance(error, BadParameters)
        return await on_refused(request, bad_parameters(error))

    async def on_transient(request: Request, _error: Exception) -> Response:
        return answer(
            request,
            HTTPStatus.SERVICE_UNAVAILABLE,
            "The store does not answer",
            "Redis cannot be reached for now. Try again in a few seconds; /readyz says when it is back.",
            {"Retry-After": str(RETRY_AFTER_SECONDS)},
        )

    async def on_http_exception(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        status = HTTPStatus(error.status_code)
        if status is HTTPStatus.NOT_FOUND:
            detail = f"Nothing is at {request.url.path}. The list of events is at / and, as JSON, at /v1/events."
        elif status is HTTPStatus.METHOD_NOT_ALLOWED:
            offered = methods_at(request)
            detail = f"{request.method} is not offered at {request.url.path}, only {offered}."
            return answer(request, status, status.phrase, detail, {"Allow": offered})
        else:
            detail = error.detail
        return answer(request, status, status.phrase, detail, error.headers)

    app.add_exception_handler(Refused, on_refused)
    app.add_exception_handler(BadParameters, on_bad_parameters)
    app.add_exception_handler(TransientError, on_transient)
    app.add_exception_handler(HTTPException, on_http_exception)


def methods_at(request: Request) -> str:
    """The methods that are offered at the request's path, as `Allow` has them: those of all its routes together."""
    routes, scope = request.app.routes, request.scope
    offered = [
        method
        for method in _METHODS
        if any(route.matches({**scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    return ", ".join(offered)
