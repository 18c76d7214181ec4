"""`/docs`: the API description for people, without scripts."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from services.api.manners.docs_page import Docs, docs_of
from services.api.pages.rendering import Pages

EXAMPLE_BASE = "http://127.0.0.1:8000"
"""Where example requests go: the service as compose publishes it. Not the request's `Host`, which is the client's."""


def docs_router(pages: Pages) -> APIRouter:
    """The route."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    laid_out: list[Docs] = []

    @router.get("/docs")
    async def show_docs(request: Request) -> HTMLResponse:
        if not laid_out:  # the document never changes once the service runs
            laid_out.append(docs_of(request.app.openapi(), EXAMPLE_BASE))
        return await pages.render_aside("docs.html", docs=laid_out[0])

    return router
