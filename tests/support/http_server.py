"""A small HTTP server in a thread that answers as told, for tests of clients."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.support.threaded_server import QuietHandler, threaded_server


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    content_type: str | None
    body: bytes
    authorization: str | None = None
    last_event_id: str | None = None


@dataclass(frozen=True)
class Answer:
    status: int = 200
    body: Any = None
    """A JSON value, or bytes to send as they are."""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class FakeServer:
    url: str
    requests: list[Request] = field(default_factory=list)


@contextmanager
def http_server(answer: Callable[[Request], Answer]) -> Iterator[FakeServer]:
    """A server on a free port of loopback for as long as the block runs."""

    class Handler(QuietHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            request = Request(
                self.command,
                self.path,
                self.headers.get("Content-Type"),
                body,
                self.headers.get("Authorization"),
                self.headers.get("Last-Event-ID"),
            )
            fake.requests.append(request)
            given = answer(request)
            body = given.body if isinstance(given.body, bytes) else json.dumps(given.body).encode()
            self.send_response(given.status)
            self.send_header("Content-Type", given.content_type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in given.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _answer  # noqa: N815 - the names that the base class looks for

    with threaded_server(Handler) as url:
        fake = FakeServer(url)
        yield fake
