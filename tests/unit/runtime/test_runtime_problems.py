from collections.abc import AsyncIterator
from typing import Annotated

import httpx
import pytest
from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel, field_validator

from services.runtime.problems import install_problem_handlers, problem_response, problem_responses


class Body(BaseModel):
    name: str

    @field_validator("name")
    @classmethod
    def _lower(cls, name: str) -> str:
        if not name.islower():
            raise ValueError("lower case only")
        return name


def make_app() -> FastAPI:
    app = FastAPI()
    install_problem_handlers(app)

    @app.get("/items", responses=problem_responses(404, 422))
    async def items(limit: Annotated[int, Query(ge=1)] = 10) -> int:
        return limit

    @app.post("/items")
    async def create(body: Body) -> str:
        return body.name

    @app.get("/busy")
    async def busy() -> None:
        raise HTTPException(503, "Come back later.", headers={"Retry-After": "7"})

    @app.get("/same")
    async def same() -> None:
        raise HTTPException(304)

    @app.get("/bug")
    async def bug() -> None:
        raise RuntimeError("secret detail")

    return app


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(make_app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_an_unknown_path_is_a_problem(client: httpx.AsyncClient) -> None:
    response = await client.get("/nothing")
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {"type": "about:blank", "title": "Not Found", "status": 404}


async def test_bad_parameters_are_named(client: httpx.AsyncClient) -> None:
    response = await client.get("/items?limit=0")
    assert response.status_code == 422
    assert response.json()["errors"] == [
        {"field": "query.limit", "message": "Input should be greater than or equal to 1"}
    ]


async def test_the_input_is_not_repeated_and_our_own_messages_stand_bare(client: httpx.AsyncClient) -> None:
    response = await client.post("/items", json={"name": "HUNTER2"})
    assert response.json()["errors"] == [{"field": "body.name", "message": "lower case only"}]
    assert "HUNTER2" not in response.text


async def test_headers_and_detail_of_an_exception_are_kept(client: httpx.AsyncClient) -> None:
    response = await client.get("/busy")
    assert response.headers["retry-after"] == "7"
    assert response.json()["detail"] == "Come back later."


async def test_not_modified_has_no_body(client: httpx.AsyncClient) -> None:
    response = await client.get("/same")
    assert response.status_code == 304
    assert response.content == b""


async def test_a_bug_is_a_problem_that_tells_nothing_of_itself(client: httpx.AsyncClient) -> None:
    response = await client.get("/bug")
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text


async def test_the_document_shows_problems_instead_of_the_frameworks_own_errors(client: httpx.AsyncClient) -> None:
    responses = (await client.get("/openapi.json")).json()["paths"]["/items"]["get"]["responses"]
    assert set(responses) == {"200", "404", "422"}
    assert list(responses["422"]["content"]) == ["application/problem+json"]


def test_extra_members_stand_beside_the_standard_ones_and_nulls_are_left_out() -> None:
    response = problem_response(409, "Conflict of revisions", "Fetch again.", current=3, other=None)
    assert response.body == (
        b'{"type":"about:blank","title":"Conflict of revisions","status":409,"detail":"Fetch again.","current":3}'
    )


def test_what_utf_8_cannot_carry_does_not_break_the_answer() -> None:
    assert b'"detail":"half ?"' in problem_response(400, detail="half \ud800").body
