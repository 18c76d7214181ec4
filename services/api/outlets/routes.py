"""`GET /v1/outlets/{key}`, and the page of an outlet."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import HTMLResponse, Response

from services.api.history.parameters import refuse_unknown
from services.api.json_answers import NOT_MODIFIED, hashed_answer
from services.api.outlets.models import FoundOutlet, MeasureName
from services.api.outlets.reading import read_outlet
from services.api.pages.outlet_page import outlet_view
from services.api.pages.rendering import Pages
from services.api.routes_events import DEFAULT_LIMIT, Cursor, Limit
from services.api.search.following import IndexFollower
from services.api.search.list_finding import index_of
from services.runtime.problems import problem_responses

EVENTS_A_PAGE = 20

OutletKey = Annotated[
    str,
    Path(
        description="Domain of an outlet; its name where no domain is known.", examples=["harbourpost.example"]
    ),
]  # fmt: skip
OnlyEvents = Annotated[
    MeasureName | None, Query(alias="events", description="Only events that this measure counts something in.")
]


def outlets_router(follower: IndexFollower | None, pages: Pages) -> APIRouter:
    """The routes, reading from the index."""
    router = APIRouter()

    @router.get(
        "/v1/outlets/{key}",
        tags=["articles"],
        response_model=FoundOutlet,
        summary="What one outlet did, over all events",
        responses={**NOT_MODIFIED, **problem_responses(400, 404, 422, 503)},
    )
    async def get_outlet(
        request: Request, key: OutletKey, events: OnlyEvents = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
    ) -> Response:
        """Counts of what the events list, each with what it is counted of, and the events behind them.

        No rating and no ranking: no measure says that an outlet is right. Where `of` is below `floor` there is no
        share: too few to say.
        """
        refuse_unknown(request.query_params.multi_items(), ("events", "limit", "cursor"))
        found = await read_outlet(index_of(follower), key, limit, cursor, events)
        return hashed_answer(request, found.model_dump_json().encode())

    @router.get("/outlets/{key}", include_in_schema=False, response_class=HTMLResponse)
    async def show_outlet(key: str, events: MeasureName | None = None, cursor: str | None = None) -> HTMLResponse:
        found = await read_outlet(index_of(follower), key, EVENTS_A_PAGE, cursor, events)
        view = outlet_view(found, events, first_page=cursor is None)
        return await pages.render_aside("outlet.html", outlet=view)

    return router
