"""How feeds stand, over HTTP."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.responses import Response

from services.ingest.feeds.listing import FeedList, FeedListing, page
from services.ingest.feeds.websub.callbacks import Callbacks
from services.ingest.push.access import Access, security
from services.ingest.push.receiving import Refusal, unavailable
from services.runtime.api_keys import Scope
from services.runtime.errors import TransientError
from services.runtime.problems import problem_responses

RETRY_AFTER_SECONDS = 5


class FeedsPlace:
    """Where things are put once broker and store are connected. Without a listing, no feeds are polled here."""

    def __init__(self) -> None:
        self.listing: FeedListing | None = None
        self.callbacks: Callbacks | None = None
        """Of hubs; None also where no feeds are subscribed to."""


def feeds_router(place: FeedsPlace, access: Access) -> APIRouter:
    """`GET /v1/feeds` and `GET /feeds`. They ask for a key where others can reach the service.

    Addresses of feeds may hold a subscriber's secret, and reasons of failures tell of the network.
    """
    router = APIRouter()

    @router.get(
        "/v1/feeds",
        response_model=FeedList,
        responses=problem_responses(*access.refusals(503)),
        openapi_extra=security(access),
        summary="List feeds",
        description="All feeds of the file of feeds, those that need somebody first.",
    )
    async def list_feeds(request: Request) -> Response:
        return await _answer(request, place, access, lambda feeds: JSONResponse(feeds.model_dump(mode="json")))

    @router.get("/feeds", response_class=HTMLResponse, include_in_schema=False)
    async def show_feeds(request: Request) -> Response:
        return await _answer(request, place, access, lambda feeds: HTMLResponse(page(feeds)))

    return router


async def _answer(
    request: Request, place: FeedsPlace, access: Access, show: Callable[[FeedList], Response]
) -> Response:
    try:
        sender = access.admit(request, Scope.TRACE_READ)
        answer = show(await _read(place))
    except Refusal as refusal:
        return refusal.response
    answer.headers.update(sender.headers)
    return answer


async def _read(place: FeedsPlace) -> FeedList:
    """How all feeds stand. Raises Refusal: 503."""
    if place.listing is None:
        return FeedList(file="", problem=None, feeds=())
    try:
        return await place.listing.read()
    except TransientError as error:
        raise unavailable(f"The store does not answer: {error}", RETRY_AFTER_SECONDS) from error
