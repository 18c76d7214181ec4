"""`/v1/saved-searches`: filters with names."""

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from services.api.errors import Refused
from services.api.json_answers import NOT_MODIFIED, hashed_answer
from services.api.manners.bodies import body_of, read_json
from services.api.saved_searches.expanding import no_search
from services.api.saved_searches.saved_search import EXAMPLE, NewSearch, SavedSearch, SavedSearchList, SearchDefinition
from services.api.saved_searches.saved_search_store import SavedSearchStore, TooManySearches
from services.runtime.clock import Clock
from services.runtime.problems import problem_responses

PATH = "/v1/saved-searches"
Name = Annotated[str, Path(description="Name of a saved search.", examples=["ferry"])]
_LOCATION: dict[str, Any] = {"Location": {"description": "Address of the search.", "schema": {"type": "string"}}}
UsersOf = Callable[[str], Awaitable[Sequence[str]]]


def saved_searches_router(searches: SavedSearchStore, users_of: UsersOf, clock: Clock) -> APIRouter:
    """The routes. `users_of`: ids of the webhooks that use a search."""
    router = APIRouter(prefix=PATH, tags=["saved searches"])
    _add_reading(router, searches)
    _add_saving(router, searches, clock)
    _add_deleting(router, searches, users_of)
    return router


def _add_reading(router: APIRouter, searches: SavedSearchStore) -> None:
    @router.get(
        "",
        response_model=SavedSearchList,
        summary="All saved searches",
        responses={**NOT_MODIFIED, **problem_responses(503)},
    )
    async def list_searches(request: Request) -> Response:
        """In order of their names. The list, streams, feeds and webhooks take one as `saved=NAME`."""
        body = SavedSearchList(searches=tuple(await searches.all()))
        return hashed_answer(request, body.model_dump_json().encode())

    @router.get(
        "/{name}",
        response_model=SavedSearch,
        summary="One saved search",
        responses={**NOT_MODIFIED, **problem_responses(404, 422, 503)},
    )
    async def get_search(request: Request, name: Name) -> Response:
        """Its filter, its alerts, and when it was saved."""
        search = await searches.find(name)
        if search is None:
            raise no_search(name)
        return hashed_answer(request, search.model_dump_json().encode())


def _add_saving(router: APIRouter, searches: SavedSearchStore, clock: Clock) -> None:
    @router.post(
        "",
        status_code=HTTPStatus.CREATED,
        response_model=SavedSearch,
        summary="Save a search",
        responses={201: {"headers": _LOCATION}, **problem_responses(403, 409, 413, 415, 422, 503)},
        openapi_extra=body_of(NewSearch, {"name": "ferry", **EXAMPLE}),
    )
    async def add_search(request: Request) -> Response:
        """Under a new name. To change a search, PUT it at its address."""
        definition = await read_json(request, NewSearch)
        now = clock.now()
        search = SavedSearch(**definition.model_dump(), created_at=now, changed_at=now)
        try:
            is_new = await searches.add(search)
        except TooManySearches as error:
            raise _too_many(error) from error
        if not is_new:
            detail = f"There is a saved search {search.name} already: PUT it at {PATH}/{search.name} to change it."
            raise Refused(HTTPStatus.CONFLICT, "The name is taken", detail)
        return _answer(search, HTTPStatus.CREATED)

    @router.put(
        "/{name}",
        response_model=SavedSearch,
        summary="Change a saved search",
        responses=problem_responses(403, 404, 413, 415, 422, 503),
        openapi_extra=body_of(SearchDefinition, EXAMPLE),
    )
    async def put_search(request: Request, name: Name) -> Response:
        """All of it. Whoever uses it has the new filter from the next change on."""
        definition = await read_json(request, SearchDefinition)
        before = await searches.find(name)
        if before is None:
            raise no_search(name)
        search = SavedSearch(**definition.model_dump(), name=name, created_at=before.created_at, changed_at=clock.now())
        await searches.put(search)
        return _answer(search, HTTPStatus.OK)


def _add_deleting(router: APIRouter, searches: SavedSearchStore, users_of: UsersOf) -> None:
    @router.delete(
        "/{name}",
        status_code=HTTPStatus.NO_CONTENT,
        response_class=Response,
        summary="Delete a saved search",
        responses=problem_responses(403, 404, 409, 422, 503),
    )
    async def delete_search(name: Name) -> Response:
        """409 while a webhook uses it."""
        users = await users_of(name)
        if users:
            detail = f"Webhooks use it: {', '.join(users)}. Delete these first."
            raise Refused(HTTPStatus.CONFLICT, "The saved search is in use", detail)
        if not await searches.remove(name):
            raise no_search(name)
        return Response(status_code=HTTPStatus.NO_CONTENT)


def _answer(search: SavedSearch, status: HTTPStatus) -> Response:
    return Response(
        search.model_dump_json(),
        status_code=status,
        media_type="application/json",
        headers={"Location": f"{PATH}/{search.name}", "Cache-Control": "no-store"},
    )


def _too_many(error: TooManySearches) -> Refused:
    return Refused(HTTPStatus.CONFLICT, "Too many saved searches", f"{str(error).capitalize()}: delete some first.")
