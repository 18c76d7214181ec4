"""A server on loopback that answers as it is told, byte by byte: what no honest HTTP server can be made to do."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

SLICE = 64 * 1024

Answer = Callable[["Connection"], Awaitable[None]]


@dataclass
class Connection:
    """One request as it came, and where to write the answer."""

    head: str
    writer: asyncio.StreamWriter

    @property
    def target(self) -> str:
        return self.head.split(" ", 2)[1]

    def header(self, name: str) -> str | None:
        for line in self.head.split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return None

    async def send(self, data: bytes) -> None:
        for start in range(0, len(data), SLICE):  # the server's own memory must not show in what tests measure
            self.writer.write(data[start : start + SLICE])
            await self.writer.drain()

    async def answer(
        self, body: bytes = b"", *, status: str = "200 OK", content_type: str | None = "text/html", **headers: str
    ) -> None:
        """A well-formed answer. Underscores in names of headers stand for hyphens."""
        rows = {name.replace("_", "-"): value for name, value in headers.items()}
        rows |= {"content-length": str(len(body)), "connection": "close"}
        if content_type:
            rows["content-type"] = content_type
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in rows.items())]
        await self.send("\r\n".join(lines).encode() + b"\r\n\r\n")
        await self.send(body)

    async def hold(self) -> None:
        """Say nothing more until the client goes."""
        await asyncio.Event().wait()

    def reset(self) -> None:
        """Break the connection: the client gets a reset, not an end."""
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


@dataclass
class HostileServer:
    """Answers by path; unknown ones with 404."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)
    """Heads of all requests that came."""
    scheme: str = "http"
    at_once: Answer | None = None
    """Answers connections that have not asked for anything."""
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def on(self, path: str, answer: Answer) -> str:
        """Answer this path so; its address."""
        self.answers[path] = answer
        return self.url(path)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def targets(self) -> list[str]:
        return [head.split(" ", 2)[1] for head in self.heads]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        try:
            # Cancelled: the test is over. Whatever else happens is the client's right.
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
                await self._serve_one(reader, writer)
                writer.close()
                await writer.wait_closed()
        finally:
            writer.transport.abort()
            self.tasks.discard(task)

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.at_once:
            connection, answer = Connection("", writer), self.at_once
        else:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.heads.append(head)
            connection = Connection(head, writer)
            answer = self.answers.get(connection.target.partition("?")[0], says(status="404 Not Found"))
        # A client that goes ends the answer, however long it is.
        parts = (asyncio.ensure_future(reader.read()), asyncio.ensure_future(answer(connection)))
        try:
            await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for part in parts:
                part.cancel()
            await asyncio.gather(*parts, return_exceptions=True)


@asynccontextmanager
async def hostile_server(tls: ssl.SSLContext | None = None) -> AsyncIterator[HostileServer]:
    """A server on a free port of loopback."""
    server = HostileServer(scheme="https" if tls else "http")
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        await end_all(server.tasks)


async def end_all(tasks: set[asyncio.Task[None]]) -> None:
    """Cancel the tasks that serve connections, also of those that are just being accepted."""
    for _ in range(5):
        await asyncio.sleep(0)
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def says(body: bytes = b"", **given: str) -> Answer:
    """A well-formed answer; arguments as of `Connection.answer`."""

    async def answer(connection: Connection) -> None:
        await connection.answer(body, **given)

    return answer


def sends(*parts: bytes, then_hold: bool = False) -> Answer:
    """These bytes, whatever they mean; then the end of the connection, or silence."""

    async def answer(connection: Connection) -> None:
        for part in parts:
            await connection.send(part)
        if then_hold:
            await connection.hold()

    return answer


def redirects(location: str, status: str = "302 Found") -> Answer:
    return says(status=status, location=location)
