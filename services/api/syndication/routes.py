"""`/events.atom` and `/events.json`: the events that a filter asks for, as web feeds."""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from services.api.errors import bad_parameters
from services.api.filters.openapi import filter_parameters
from services.api.filters.parsing import BadParameters, parse_filter
from services.api.json_answers import CACHE_CONTROL, NOT_MODIFIED
from services.api.pages.rendering import Pages
from services.api.saved_searches.expanding import SAVED_PARAMETER, Parameters, SavedSearchExpander
from services.api.search.following import IndexFollower
from services.api.syndication import atom, json_feed
from services.api.syndication.entries import feed_id, latest
from services.api.syndication.feed import Feed, FeedItem
from services.api.syndication.reading import FeedReading
from services.api.syndication.tombstones import Tombstones
from services.api.updates.update_log import UpdateLog
from services.api.view_store import ViewStore
from services.runtime.problems import problem_responses

ENTRIES = 50
"""Events in a feed, those that changed last."""


def syndication_router(
    store: ViewStore, follower: IndexFollower | None, expand: SavedSearchExpander, pages: Pages
) -> APIRouter:
    """The routes, reading from `store`, and by filters from the index."""
    router = APIRouter(tags=["events"])
    reading, tombstones = FeedReading(store, follower), Tombstones(UpdateLog(store.redis))

    async def make_feed(request: Request) -> Feed:
        given = request.query_params.multi_items()
        try:
            event_filter = parse_filter(await expand(given))
        except BadParameters as error:
            raise bad_parameters(error) from error
        entries = await reading.read(event_filter, ENTRIES)
        base = str(request.base_url).rstrip("/")
        query = f"?{urlencode(given)}" if given else ""
        items = await run_in_threadpool(
            lambda: tuple(
                FeedItem(entry, pages.fragment("feed_entry.html", entry=entry, base=base)) for entry in entries
            )
        )
        return Feed(
            id=feed_id(f"events{query}"),
            title=f"Newsweave: {_title(given)}" if given else "Newsweave: all events",
            base=base,
            self_path=request.url.path + query,
            home_path="/",
            updated=latest(entries),
            items=items,
            tombstones=await tombstones.recent(),
        )

    @router.get("/events.atom", summary="Events as an Atom feed", **_described(atom.MEDIA_TYPE, {"type": "string"}))
    async def get_atom(request: Request) -> Response:
        """The fifty events that changed last, of those that the filter asks for.

        An entry has what is claimed, by how many independent origins, where reports differ, what sources dispute and
        who denies what. Its `id` never changes; `updated` is when its version was first available. An event that was
        merged into another is given as a `deleted-entry` (RFC 6721) for as long as the update log reaches back.
        """
        body = await run_in_threadpool(atom.write_atom, await make_feed(request))
        return _answer(body, atom.MEDIA_TYPE)

    @router.get("/events.json", summary="Events as a JSON Feed", **_described(json_feed.MEDIA_TYPE, {"type": "object"}))
    async def get_json_feed(request: Request) -> Response:
        """The same as JSON Feed 1.1. Events that were merged stand in its extension `_newsweave.deleted`."""
        return _answer(json_feed.write_json_feed(await make_feed(request)), json_feed.MEDIA_TYPE)

    return router


def _described(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "response_class": Response,
        "responses": {
            200: {"content": {media_type: {"schema": schema}}, "description": "The feed."},
            **NOT_MODIFIED,
            **problem_responses(400, 404, 422, 503),
        },
        "openapi_extra": {"parameters": [SAVED_PARAMETER, *filter_parameters()]},
    }


def _answer(body: bytes, media_type: str) -> Response:
    # Named by its hash on its way out, as every answer without an ETag.
    return Response(body, media_type=media_type, headers={"Cache-Control": CACHE_CONTROL})


def _title(parameters: Parameters) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in parameters)
