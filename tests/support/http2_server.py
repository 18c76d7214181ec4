"""An HTTP/2 server over TLS on loopback, frame by frame; the certificate is that of courier.example."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import h2.config
import h2.connection
import h2.events

from tests.support.hostile_server import end_all

CERTIFICATE = Path(__file__).parent.parent / "data" / "tls" / "courier.example.pem"
SLICE = 16 * 1024


def server_context(*protocols: str) -> ssl.SSLContext:
    """TLS of courier.example, offering these protocols."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    if protocols:
        context.set_alpn_protocols(list(protocols))
    return context


@dataclass
class Http2Server:
    """Answers each path with headers and a body; `endless` bodies go on as long as the client takes them."""

    answers: dict[str, tuple[list[tuple[str, str]], bytes]]
    endless: frozenset[str] = frozenset()
    port: int = 0
    connections: int = 0
    authorities: list[str] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def url(self, path: str, host: str = "courier.example") -> str:
        return f"https://{host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        sending: dict[int, tuple[bytes, bool]] = {}
        try:
            with suppress(OSError, asyncio.CancelledError):
                while data := await reader.read(65536):
                    for event in connection.receive_data(data):
                        if isinstance(event, h2.events.RequestReceived):
                            sending[event.stream_id] = self._begin(connection, event)
                        if isinstance(event, h2.events.StreamReset):
                            sending.pop(event.stream_id, None)
                    more = True
                    while more:
                        more = self._go_on(connection, sending)
                        writer.write(connection.data_to_send())
                        await writer.drain()  # the server's own memory must not show in what tests measure
        finally:
            writer.transport.abort()
            self.tasks.discard(task)

    def _begin(self, connection: h2.connection.H2Connection, event: h2.events.RequestReceived) -> tuple[bytes, bool]:
        asked = {str(bytes(name), "ascii"): str(bytes(value), "ascii") for name, value in event.headers or ()}
        self.authorities.append(asked[":authority"])
        headers, body = self.answers[asked[":path"]]
        assert event.stream_id is not None
        connection.send_headers(event.stream_id, [(":status", "200"), *headers])
        return body, asked[":path"] in self.endless

    def _go_on(self, connection: h2.connection.H2Connection, sending: dict[int, tuple[bytes, bool]]) -> bool:
        """A slice of each body, as far as the client has room; whether there was any."""
        sent = False
        for stream, (body, is_endless) in list(sending.items()):
            room = min(connection.local_flow_control_window(stream), SLICE)
            if body and room:
                connection.send_data(stream, body[:room])
                sent = True
            rest = body if is_endless else body[room:]
            sending[stream] = (rest, is_endless)
            if not rest:
                connection.end_stream(stream)
                del sending[stream]
        return sent


@asynccontextmanager
async def http2_server(
    answers: dict[str, tuple[list[tuple[str, str]], bytes]], endless: frozenset[str] = frozenset()
) -> AsyncIterator[Http2Server]:
    """A server on a free port of loopback."""
    server = Http2Server(answers, endless)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=server_context("h2"))
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        await end_all(server.tasks)
