"""The client at the other end of a request: nothing is worked on for one that left."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from fastapi import Request

T = TypeVar("T")


class ClientLeft(Exception):  # noqa: N818 - a fact about the request
    """The client closed its connection before it had its answer."""


async def while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What `work` comes to; it is cancelled when the client leaves. The body must have been read.

    Raises:
        ClientLeft: the client left first.
    """
    working = asyncio.create_task(work)
    leaving = asyncio.create_task(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientLeft
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
