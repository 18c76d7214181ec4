"""One id for each request."""

import re
from collections.abc import Iterator
from itertools import count

import httpx
import pytest
import structlog
from fastapi import FastAPI, Request
from starlette.responses import Response

from services.runtime.http_guard import HttpGuard
from services.runtime.problems import install_problem_handlers, problem_response
from services.runtime.request_ids import REQUEST_ID, REQUEST_ID_PATTERN, RequestIds, current_request_id, new_request_id
from services.runtime.settings import RuntimeSettings


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    with structlog.contextvars.bound_contextvars():
        yield
    structlog.contextvars.unbind_contextvars("request_id")


def client(app: FastAPI) -> httpx.AsyncClient:
    numbers = count(1)
    named = RequestIds(HttpGuard(app, RuntimeSettings()), make_id=lambda: f"req_{next(numbers):020x}")
    return httpx.AsyncClient(transport=httpx.ASGITransport(named), base_url="http://localhost")


def an_app() -> FastAPI:
    app = FastAPI()
    install_problem_handlers(app)

    @app.get("/logged")
    async def logged() -> dict[str, object]:
        return {"log": structlog.contextvars.get_contextvars().get("request_id"), "current": current_request_id()}

    @app.get("/again")
    async def again(_request: Request) -> Response:
        return problem_response(409, headers={REQUEST_ID: "req_first"})

    return app


async def test_an_answer_and_the_log_name_the_request() -> None:
    async with client(an_app()) as http:
        answer = await http.get("/logged")
    assert answer.headers[REQUEST_ID] == "req_00000000000000000001"
    assert set(answer.json().values()) == {"req_00000000000000000001"}


async def test_a_problem_names_the_request_whoever_refuses_it() -> None:
    async with client(an_app()) as http:
        missing = await http.get("/nowhere")
        foreign = await http.get("/logged", headers={"Host": "evil.example"})
    assert (missing.status_code, missing.json()["request_id"]) == (404, missing.headers[REQUEST_ID])
    assert (foreign.status_code, foreign.json()["request_id"]) == (421, foreign.headers[REQUEST_ID])
    assert missing.headers[REQUEST_ID] != foreign.headers[REQUEST_ID]


async def test_an_answer_that_names_an_earlier_request_keeps_that() -> None:
    async with client(an_app()) as http:
        assert (await http.get("/again")).headers[REQUEST_ID] == "req_first"


def test_outside_a_request_there_is_no_id_and_two_ids_differ() -> None:
    first, second = new_request_id(), new_request_id()
    assert current_request_id() is None
    assert first != second
    assert re.fullmatch(REQUEST_ID_PATTERN, first)
