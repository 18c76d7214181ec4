"""A WebSub hub in a thread that speaks HTTP as real ones do: it answers 202, then verifies by a request of its own."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode
from urllib.request import Request, urlopen

from tests.support.threaded_server import QuietHandler, threaded_server

CHALLENGE = "a-challenge-of-the-hub"


@dataclass
class WebSubHub:
    """The hub. How it behaves may be changed while it runs."""

    url: str
    status: int = 202
    """What it answers requests with."""
    headers: dict[str, str] = field(default_factory=dict)
    verifies: bool = True
    lease_seconds: int | None = None
    """That it grants; None: what is asked for."""
    requests: list[dict[str, str]] = field(default_factory=list)
    subscribers: dict[str, dict[str, str]] = field(default_factory=dict)
    """By callback, the request that was verified."""
    verifications: list[tuple[str, int]] = field(default_factory=list)
    """Mode and the callback's status."""
    in_hand: int = 0
    """Requests that it has accepted and is still to verify."""

    @property
    def modes(self) -> list[str]:
        """Of the requests so far."""
        return [request["hub.mode"] for request in self.requests]

    def verify(self, request: Mapping[str, str], **changed: str) -> int:
        """Ask the callback of a request whether it means it; the callback's status. `changed`: other parameters."""
        mode = request["hub.mode"]
        query = {"hub.mode": mode, "hub.topic": request["hub.topic"], "hub.challenge": CHALLENGE}
        if mode == "subscribe":
            query["hub.lease_seconds"] = str(self.lease_seconds or request["hub.lease_seconds"])
        query |= {f"hub.{name}": value for name, value in changed.items()}
        status, body = call(f"{request['hub.callback']}?{urlencode(query)}")
        self.verifications.append((query["hub.mode"], status))
        if status == 200 and body == CHALLENGE.encode():
            if mode == "subscribe":
                self.subscribers[request["hub.callback"]] = dict(request)
            else:
                self.subscribers.pop(request["hub.callback"], None)
        return status

    def deny(self, request: Mapping[str, str], reason: str = "") -> int:
        """Say to the callback of a request that there is no subscription."""
        query = {"hub.mode": "denied", "hub.topic": request["hub.topic"], "hub.reason": reason}
        return call(f"{request['hub.callback']}?{urlencode(query)}")[0]

    def push(self, body: bytes = b"<feed/>", *, method: str = "sha256") -> list[int]:
        """Push to all subscribers, signed; the statuses."""
        return [
            push(callback, body, f"{method}={sign(subscriber['hub.secret'], body, method)}")
            for callback, subscriber in self.subscribers.items()
        ]


def sign(secret: str, body: bytes, method: str = "sha256") -> str:
    """The hex digits of a signature."""
    return hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()


def push(callback: str, body: bytes, signature: str | None) -> int:
    """Push to a callback; its status."""
    headers = {"Content-Type": "application/rss+xml"} | ({"X-Hub-Signature": signature} if signature else {})
    return call(callback, body, headers)[0]


def call(url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
    """Status and body of an answer."""
    try:
        with urlopen(Request(url, data=body, headers=dict(headers or {})), timeout=20) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()


@contextmanager
def websub_hub() -> Iterator[WebSubHub]:
    """The hub on a free port of loopback for as long as the block runs."""

    class Handler(QuietHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:  # noqa: N802 - the name that the base class looks for
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            request = dict(parse_qsl(form))
            hub.requests.append(request)
            is_to_verify = hub.verifies and hub.status == 202
            hub.in_hand += is_to_verify
            self.send_response(hub.status)
            for name, value in hub.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()
            self.wfile.flush()
            if is_to_verify:
                hub.verify(request)
                hub.in_hand -= 1

    with threaded_server(Handler) as url:
        hub = WebSubHub(f"{url}/")
        yield hub
