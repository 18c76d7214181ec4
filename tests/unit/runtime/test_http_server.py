"""The HTTP server of a service: its address, and its end."""

import asyncio
import socket

import httpx
import pytest
from fastapi import FastAPI

from services.runtime.http_server import _listen, serving
from services.runtime.settings import RuntimeSettings

ANY_PORT = RuntimeSettings(http_port=0, drain_seconds=5)


class Slow:
    """An app with one slow route."""

    def __init__(self) -> None:
        self.entered, self.leave = asyncio.Event(), asyncio.Event()
        self.app = FastAPI()

        @self.app.get("/slow")
        async def slow() -> str:
            self.entered.set()
            await self.leave.wait()
            return "done"


async def test_a_request_in_hand_is_answered_after_the_stop_and_no_new_one_is_taken() -> None:
    slow, stopping = Slow(), asyncio.Event()
    async with serving(slow.app, ANY_PORT, stopping) as address, httpx.AsyncClient(trust_env=False) as client:
        request = asyncio.create_task(client.get(f"http://{address}/slow"))
        await slow.entered.wait()
        stopping.set()
        async with asyncio.timeout(5):
            while True:  # uvicorn looks ten times a second
                try:
                    await client.get(f"http://{address}/none", headers={"Connection": "close"})
                except httpx.TransportError:
                    break
        slow.leave.set()
        assert (await request).json() == "done"


async def test_a_request_that_does_not_end_is_cut_off() -> None:
    slow, stopping = Slow(), asyncio.Event()
    settings = ANY_PORT.model_copy(update={"drain_seconds": 0.1})
    async with httpx.AsyncClient(trust_env=False) as client:
        async with serving(slow.app, settings, stopping) as address:
            request = asyncio.create_task(client.get(f"http://{address}/slow"))
            await slow.entered.wait()
            stopping.set()
        with pytest.raises(httpx.HTTPError):
            (await request).raise_for_status()


async def test_a_port_in_use_is_an_error_that_names_the_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = RuntimeSettings(http_port=port)
        with pytest.raises(OSError, match=rf"cannot listen on 127\.0\.0\.1:{port} .*NEWSWEAVE_HTTP_PORT"):
            async with serving(FastAPI(), settings, asyncio.Event()):
                pass


def test_an_answer_is_sent_at_once() -> None:
    """Otherwise a body waits for the client's acknowledgement of the head."""
    with _listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
