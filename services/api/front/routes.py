"""The front page: events by filter and order, with a form that needs no script; and what its script asks for."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from services.api.cursors import BadCursor
from services.api.errors import bad_cursor
from services.api.filters.event_filter import EVERY_EVENT
from services.api.filters.parsing import BadParameters
from services.api.front.request import (
    EVENTS_A_PAGE,
    FrontRequest,
    Parameters,
    given_parameters,
    read_front_request,
)
from services.api.front.suggesting import SuggestionReader
from services.api.front.waiting import waiting_events
from services.api.pages.filter_form import filter_form
from services.api.pages.front_page import ResultsView, error_lines, results_view
from services.api.pages.rendering import Pages
from services.api.saved_searches.expanding import SavedSearchExpander
from services.api.search.event_search import EventRequest
from services.api.search.list_cursors import Sort
from services.api.search.list_finding import EventLister
from services.api.updates.position_header import POSITION
from services.api.updates.positions import BadPosition
from services.api.updates.resuming import bad_position
from services.api.updates.update_log import UpdateLog

MOST_LOOSENED = 8
"""Conditions of which it is counted what there would be without them."""


class FrontReader:
    """Reads what the page shows."""

    def __init__(self, lister: EventLister, expand: SavedSearchExpander) -> None:
        self._lister = lister
        self._expand = expand

    async def parameters(self, request: Request) -> Parameters:
        """What is asked for. Raises Refused, TransientError."""
        return await self._expand(given_parameters(request.query_params.multi_items()))

    def asked(self, parameters: Parameters) -> FrontRequest:
        """The same, read. Raises BadParameters, and Refused for a cursor that is none."""
        try:
            return read_front_request(parameters, has_index=self._lister.has_index)
        except BadCursor as error:
            raise bad_cursor(error) from error

    async def results(self, asked: FrontRequest) -> ResultsView:
        """The list. Raises Refused, TransientError."""
        request = asked.request
        found = await self._lister.find(
            EventRequest(request.filter, request.sort, EVENTS_A_PAGE, request.cursor, counted=True)
        )
        without = await self._without(asked) if asked.first_page and not found.events else {}
        return await run_in_threadpool(results_view, asked, found, without)

    async def _without(self, asked: FrontRequest) -> Mapping[str, int]:
        """By condition, how many events match the others."""
        names = list(dict.fromkeys(name for name, _ in asked.conditions))
        if len(names) < 2:  # noqa: PLR2004 - without a single condition all events match
            return {}
        counts = {}
        for name in names[:MOST_LOOSENED]:
            kept = asked.request.filter.model_copy(update={name: getattr(EVERY_EVENT, name)})
            found = await self._lister.find(EventRequest(kept, Sort.UPDATED, 1, counted=True))
            counts[name] = found.total or 0
        return counts


def front_router(lister: EventLister, expand: SavedSearchExpander, log: UpdateLog, pages: Pages) -> APIRouter:
    """The routes.

    Args:
        lister: Finds events.
        expand: Puts what a saved search asks for in the place of its name.
        log: The update log.
        pages: Sets pages.
    """
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    reader = FrontReader(lister, expand)
    suggestions = SuggestionReader(lister)

    @router.get("/")
    async def show_events(request: Request) -> HTMLResponse:
        parameters = await reader.parameters(request)
        form = filter_form(parameters, suggestions.latest())
        try:
            results = await reader.results(reader.asked(parameters))
        except BadParameters as error:
            faults = error_lines([(fault.parameter, fault.message) for fault in error.faults])
            return await pages.render_aside(
                "events.html", status_code=HTTPStatus.BAD_REQUEST, form=form, faults=faults, results=None
            )
        return await pages.render_aside("events.html", form=form, faults=(), results=results)

    @router.get("/list")
    async def show_list(request: Request) -> HTMLResponse:
        """The part of the page that a search changes."""
        results = await reader.results(reader.asked(await reader.parameters(request)))
        return await pages.render_aside("event_results.html", results=results)

    @router.get("/news", response_class=PlainTextResponse)
    async def show_news(request: Request, after: str) -> Response:
        """How many events of the list are new or have changed since a position, in words; empty: none."""
        asked = reader.asked([(name, value) for name, value in await reader.parameters(request) if name != "cursor"])
        try:
            waiting = await waiting_events(lister, log, asked, after)
        except BadPosition as error:
            raise bad_position(str(error)) from error
        return PlainTextResponse(waiting.words, headers={POSITION: waiting.position})

    return router
