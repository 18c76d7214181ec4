"""How feeds stand, over HTTP."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from services.ingest.feeds.listing import FeedList, FeedListing, page
from services.ingest.push.receiving import unavailable
from services.runtime.errors import TransientError
from services.runtime.problems import problem_responses

RETRY_AFTER_SECONDS = 5


class FeedsPlace:
    """Where the listing is put once broker and store are connected. Without one, no feeds are polled here."""

    def __init__(self) -> None:
        self.listing: FeedListing | None = None


def feeds_router(place: FeedsPlace) -> APIRouter:
    """`GET /v1/feeds` and `GET /feeds`."""
    router = APIRouter()

    @router.get(
        "/v1/feeds",
        response_model=FeedList,
        responses=problem_responses(503),
        summary="List feeds",
        description="All feeds of the file of feeds, those that need somebody first.",
    )
    async def list_feeds() -> Response | FeedList:
        return await _read(place)

    @router.get("/feeds", response_class=HTMLResponse, include_in_schema=False)
    async def show_feeds() -> Response:
        feeds = await _read(place)
        return HTMLResponse(page(feeds)) if isinstance(feeds, FeedList) else feeds

    return router


async def _read(place: FeedsPlace) -> FeedList | Response:
    if place.listing is None:
        return FeedList(file="", problem=None, feeds=())
    try:
        return await place.listing.read()
    except TransientError as error:
        return unavailable(f"The store does not answer: {error}", RETRY_AFTER_SECONDS).response
