"""What waits to be shown on the page of an event: its script asks when the event has changed."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse

from services.api.errors import no_event
from services.api.history.parameters import read_version_number
from services.api.pages.since_view import news_words
from services.api.view_store import ViewStore
from services.api.visits.reading import changes_since


def visits_router(store: ViewStore) -> APIRouter:
    """The route, reading from `store`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/events/{event_id}/news", response_class=PlainTextResponse)
    async def show_news(event_id: str, since: str, shown: str) -> PlainTextResponse:
        """What changed about the event since a version, where its page shows another one, in words; empty: nothing."""
        seen, on_page = read_version_number("since", since), read_version_number("shown", shown)
        mark = (await store.marks([event_id])).get(event_id)
        if mark is None:
            raise no_event(event_id)
        changes = await changes_since(store.history, event_id, seen)
        return PlainTextResponse(await run_in_threadpool(news_words, changes, on_page, mark.version))

    return router
