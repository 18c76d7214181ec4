"""Requests that compute beside the pipeline: bounded in size, number and time."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

import httpx
from fastapi import FastAPI, Request, Response

from services.contracts.drafts import EmbedRequest
from services.runtime.bounded_work import BoundedWork, Work, WorkBounds
from tests.support.polling import eventually_async

BOUNDS = WorkBounds(body_bytes=100, places=2, seconds=5)
WAIT_SECONDS = 10


@asynccontextmanager
async def asking(work: Work | None, bounds: WorkBounds = BOUNDS) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an app with one route."""
    app, bounded = FastAPI(), BoundedWork("test", bounds)
    bounded.work = work

    @app.post("/")
    async def route(request: Request) -> Response:
        return await bounded.answer(request)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


class Held:
    """Work that waits until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, body: bytes) -> bytes:
        self.begun.set()
        assert self.go.wait(WAIT_SECONDS)
        return b'"done"'


async def is_answered(client: httpx.AsyncClient) -> bool:
    return (await client.post("/", content=b"draft")).status_code == HTTPStatus.OK


async def test_the_answer_is_what_the_work_makes_of_the_body() -> None:
    async with asking(lambda body: b'"' + body.upper() + b'"') as client:
        answer = await client.post("/", content=b"draft")
    assert (answer.status_code, answer.json()) == (200, "DRAFT")


async def test_a_large_body_is_refused_however_it_is_sent() -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b"x" * 10

    async with asking(lambda body: b"1") as client:
        assert (await client.post("/", content=b"x" * 100)).status_code == 200
        assert (await client.post("/", content=b"x" * 101)).status_code == 413
        assert (await client.post("/", content=in_pieces())).status_code == 413


async def test_what_is_not_valid_is_named() -> None:
    def work(body: bytes) -> bytes:
        return EmbedRequest.model_validate_json(body).model_dump_json().encode()

    async with asking(work) as client:
        answer = await client.post("/", content=b'{"texts": [{}]}')
    assert answer.status_code == 422
    assert {"field": "texts.0.text", "message": "Field required"} in answer.json()["errors"]


async def test_before_there_is_work_a_request_is_told_to_come_again() -> None:
    async with asking(None) as client:
        answer = await client.post("/", content=b"draft")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")


async def test_more_requests_than_places_are_refused_at_once_and_places_come_back() -> None:
    held = Held()
    async with asking(held, WorkBounds(body_bytes=100, places=1, seconds=5)) as client, asyncio.TaskGroup() as tasks:
        first = tasks.create_task(client.post("/", content=b"draft"))
        assert await asyncio.to_thread(held.begun.wait, WAIT_SECONDS)
        refused = await client.post("/", content=b"draft")
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1")
        held.go.set()
        assert (await first).status_code == 200
        assert (await client.post("/", content=b"draft")).status_code == 200


async def test_the_event_loop_goes_on_beside_the_work() -> None:
    held = Held()
    async with asking(held) as client, asyncio.TaskGroup() as tasks:
        asked = tasks.create_task(client.post("/", content=b"draft"))
        assert await asyncio.to_thread(held.begun.wait, WAIT_SECONDS)
        assert not asked.done()
        held.go.set()
        assert (await asked).status_code == 200


async def test_what_takes_too_long_is_given_up_and_keeps_its_place_until_it_is_through() -> None:
    held = Held()
    async with asking(held, WorkBounds(body_bytes=100, places=1, seconds=0.05)) as client:
        late = await client.post("/", content=b"draft")
        assert (late.status_code, late.headers["Retry-After"]) == (503, "1")
        assert "0.05 s" in late.json()["detail"]
        assert "Too many" in (await client.post("/", content=b"draft")).json()["detail"]
        held.go.set()
        await eventually_async(lambda: is_answered(client))
