"""The HTTP side, put together: it reads the view and nothing else."""

from functools import partial
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from services.api.check.routes import check_router
from services.api.draft_services import DraftServices
from services.api.errors import install_error_handlers
from services.api.front.routes import front_router
from services.api.history.routes import history_router
from services.api.manners.access import open_access
from services.api.manners.docs_routes import docs_router
from services.api.manners.install import install_manners
from services.api.manners.limits_routes import limits_router
from services.api.manners.openapi import describe_manners
from services.api.match.meaning import MeaningSearch
from services.api.match.routes import match_router
from services.api.names.page_routes import name_pages_router
from services.api.names.routes import names_router
from services.api.outlets.routes import outlets_router
from services.api.pages.rendering import STATIC_DIRECTORY, WORKER_POLICY, Pages
from services.api.receipts.routes import receipts_router
from services.api.routes_articles import articles_router
from services.api.routes_event_lists import event_lists_router
from services.api.routes_events import events_router
from services.api.routes_pages import pages_router
from services.api.routes_verification import verification_router
from services.api.routes_version_pages import version_pages_router
from services.api.saved_searches.expanding import SavedSearchExpander
from services.api.saved_searches.routes import saved_searches_router
from services.api.saved_searches.saved_search_store import SavedSearchStore
from services.api.search.following import IndexFollower
from services.api.search.index_row_store import IndexRowStore
from services.api.search.list_finding import EventLister
from services.api.search.routes import search_router
from services.api.settings import ApiSettings
from services.api.syndication.routes import syndication_router
from services.api.updates.frame_making import FrameMaker
from services.api.updates.position_header import PositionHeader
from services.api.updates.positions import order_of
from services.api.updates.row_reader import RowReader
from services.api.updates.stream_hub import StreamHub
from services.api.updates.stream_routes import stream_router
from services.api.view_store import ViewStore
from services.api.visits.routes import visits_router
from services.api.webhooks.delivery_routes import deliveries_router
from services.api.webhooks.delivery_store import DeliveryStore
from services.api.webhooks.routes import webhooks_router
from services.api.webhooks.webhook_store import WebhookStore
from services.runtime.clock import Clock, SystemClock
from services.runtime.openapi_documents import complete_document

DESCRIPTION = """
One merged view of each news event: what is claimed, who said it, who reports it independently, where reports disagree.

Every answer carries an `ETag`; send it back as `If-None-Match` and an unchanged one costs a 304. Times are UTC.
Spans count Unicode code points in an article's `text`, half-open. Errors are `application/problem+json` (RFC 9457)
and say in `detail` what to do. `HEAD` is answered wherever `GET` is.
"""


WORKER_FILES = "_worker.js"
"""How their names end. A worker has the policy that it comes with, not that of the page."""


class _ExactFiles(StaticFiles):
    """Files, each at one address: not at those that only lead there, such as with a slash at the end."""

    def __init__(self, cache_control: str) -> None:
        super().__init__(directory=STATIC_DIRECTORY)
        self._cache_control = cache_control

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file. Raises HTTPException where there is none."""
        if scope["path"] != f"{scope['root_path']}/{path}":
            raise HTTPException(HTTPStatus.NOT_FOUND)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = self._cache_control
        if path.endswith(WORKER_FILES):
            response.headers["Content-Security-Policy"] = WORKER_POLICY
        return response


async def _position(hub: StreamHub, follower: IndexFollower | None) -> str:
    """A position up to which all updates are in what is served: in the view and, once it is built, in the index."""
    position = await hub.current_position()
    if follower is None or not follower.is_ready:
        return position
    return min(position, follower.position, key=order_of)


def create_app(
    store: ViewStore,
    settings: ApiSettings | None = None,
    clock: Clock | None = None,
    drafts: DraftServices | None = None,
    *,
    follower: IndexFollower | None = None,
) -> FastAPI:
    """The application over `store`: `/v1/…` as JSON, `/openapi.json`, and the web page.

    Args:
        store: The view.
        settings: Of the service.
        clock: Another clock than the machine's.
        drafts: Reads texts that clients send; None: at the addresses that the settings give.
        follower: Keeps the index of searches; None: what needs it is answered with 503.

    Raises:
        KeysMissing: others can reach the service, and there are no API keys.
        UnreadableKeys: their file cannot be read.
    """
    settings = settings or ApiSettings()
    drafts = drafts or DraftServices(settings.extract_url, settings.dedupe_url)
    access = open_access(settings)
    app = FastAPI(
        title="Newsweave",
        version=_version(),
        description=DESCRIPTION.strip(),
        openapi_tags=[
            {"name": "events", "description": "Events as all their reports tell them."},
            {"name": "claims", "description": "What is claimed, over all events."},
            {"name": "articles", "description": "Single publications with their claims."},
            {"name": "saved searches", "description": "Filters with names, which every channel takes."},
            {"name": "webhooks", "description": "Changes sent to an address, until it has taken them."},
            {
                "name": "drafts",
                "description": "Texts that you send, compared with events. Nothing of them is kept.",
            },
            {"name": "service", "description": "This service itself."},
        ],
        # FastAPI's own viewers load scripts from another host, which our content security policy forbids.
        docs_url=None,
        redoc_url=None,
        # An address is right or it is not there: a redirect would be built from the client's Host header.
        redirect_slashes=False,
    )
    pages = Pages()
    frames = FrameMaker(RowReader(IndexRowStore(store.redis)), store.history, store.lists)
    hub = StreamHub(store.log, frames, follower)
    app.state.stream_hub = hub
    install_error_handlers(app, pages)
    app.add_middleware(PositionHeader, position=partial(_position, hub, follower))
    install_manners(app, settings, access, pages)
    searches = SavedSearchStore(store.redis)
    expand = SavedSearchExpander(searches)
    app.include_router(stream_router(hub, expand, settings.max_streams))  # before /v1/events/{event_id}
    app.include_router(events_router(store))
    lister = EventLister(store, follower, MeaningSearch(store.vectors, drafts))
    app.include_router(search_router(store, follower, expand, lister))
    app.include_router(names_router(store, follower))
    app.include_router(outlets_router(follower, pages))
    app.include_router(event_lists_router(store))
    app.include_router(history_router(store))
    app.include_router(receipts_router(store))
    app.include_router(verification_router(store))
    app.include_router(articles_router(store))
    _include_subscriptions(app, store, settings, clock or SystemClock())
    app.include_router(syndication_router(store, follower, expand, pages))
    app.include_router(match_router(store, drafts))
    app.include_router(check_router(store, drafts, clock or SystemClock()))
    app.include_router(limits_router(settings))
    app.include_router(docs_router(pages))
    app.include_router(front_router(lister, expand, store.log, pages))
    app.include_router(version_pages_router(store, pages))  # before /events/{event_id}
    app.include_router(pages_router(store, follower, pages))
    app.include_router(visits_router(store))
    app.include_router(name_pages_router(store, follower, pages))
    complete_document(app, lambda document: describe_manners(document, access))
    app.mount(pages.static_path, _ExactFiles("public, max-age=31536000, immutable"), name="files of this version")
    app.mount("/static", _ExactFiles("no-cache"), name="static")
    return app


def _include_subscriptions(app: FastAPI, store: ViewStore, settings: ApiSettings, clock: Clock) -> None:
    """Saved searches, and the webhooks that are told of them."""
    searches = SavedSearchStore(store.redis)
    webhooks, deliveries = WebhookStore(store.redis), DeliveryStore(store.redis)
    app.include_router(saved_searches_router(searches, webhooks.users_of, clock))
    app.include_router(
        webhooks_router(webhooks=webhooks, searches=searches, deliveries=deliveries, settings=settings, clock=clock)
    )
    app.include_router(deliveries_router(webhooks, deliveries, clock))


def _version() -> str:
    try:
        return version("newsweave")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"
