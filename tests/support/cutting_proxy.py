"""A proxy that passes so many bytes of an answer and then cuts the connection, wherever that is."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit


@asynccontextmanager
async def cutting_proxy(target: str, budgets: Iterator[int | None]) -> AsyncIterator[str]:
    """The address of a proxy before the service at `target`, for as long as the block runs.

    Args:
        target: Address of the service.
        budgets: For each connection, how many bytes of answers it passes before it is cut; None: all.
    """
    where = urlsplit(target)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        budget = next(budgets)
        above_reader, above_writer = await asyncio.open_connection(where.hostname, where.port)
        up = asyncio.create_task(_pass(reader, above_writer, None))
        tasks.add(up)
        try:
            await _pass(above_reader, writer, budget)
        finally:
            up.cancel()
            for each in (writer, above_writer):
                each.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        server.close()
        for task in tasks:
            task.cancel()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, budget: int | None) -> None:
    left = budget
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(4096 if left is None else min(4096, left)):
            writer.write(data)
            await writer.drain()
            if left is not None:
                left -= len(data)
                if left <= 0:
                    return
