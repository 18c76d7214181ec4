"""Hostile input for the soak: pages that are slow to read, records that are no messages, clients that dawdle."""

import asyncio
import random
import socket
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

import httpx
import orjson

from services.contracts.topics import ARTICLE_INGESTED, CLAIMS_EXTRACTED, EVENT_UPDATED
from services.runtime.producer import Producer
from services.runtime.settings import RuntimeSettings

REQUEST_SECONDS = 60.0
DAWDLE_SECONDS = 30.0
GARBAGE_RECORDS = 60
"""As many in a row as once stopped a consumer for good."""
SLOW_CLIENTS = 8
"""As many as once took every place of ingest."""
HALF_HEADS = 20
_HEAD = b"POST /v1/articles HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"

PAGES: Mapping[str, Callable[[], str]] = {
    "page of 300,000 attributes": lambda: f"<p {' '.join(f'a{number}=1' for number in range(300_000))}>Text.</p>",
    "page of 24,000 links": lambda: "<p>" + "<a href='/x'>word</a> " * 24_000 + "</p>",
    "page of 49,000 tags": lambda: "<article>" + "<i>word</i> " * 24_500 + "</article>",
    "page 24,000 deep": lambda: "<div>" * 24_000 + "Text." + "</div>" * 24_000,
    # Within all limits on pages: a worker has to read it.
    "page of 24,000 table rows": lambda: "<article>" + ("<table>" + "<tr><td>word" * 8_000 + "</table>") * 3,
    "page of line ends": lambda: "<p>Text.</p>" + "\n" * 4_000_000,
}
_GARBAGE: Sequence[bytes] = (b"", b"{", b"\xff\xfe\x00", b"[1, 2]", b'{"article_id": 7}', b"x" * 100_000)


class Attacker:
    """Sends one kind of hostile input after the other, and counts what came of each."""

    def __init__(self, urls: Mapping[str, str], settings: RuntimeSettings) -> None:
        """Aim at running services; send nothing yet."""
        self.outcomes: Counter[str] = Counter()
        self.garbage = 0
        """Records that the broker has acknowledged: each has to become a dead letter."""
        self._urls = urls
        self._settings = settings
        self._kinds: list[tuple[str, Callable[[], str]]] = [
            *((name, lambda page=page: self._page(page())) for name, page in PAGES.items()),
            (f"{GARBAGE_RECORDS} garbage records", self._records),
            (f"{SLOW_CLIENTS} bodies at 1 byte a second", self._slow_bodies),
            (f"{HALF_HEADS} half heads", self._half_heads),
        ]

    def attack(self, number: int) -> None:
        """One attack: kind after kind, by `number`. What it meets is counted, never raised."""
        name, act = self._kinds[number % len(self._kinds)]
        began = time.monotonic()
        try:
            outcome = act()
        except (httpx.TransportError, OSError) as error:  # the service was killed meanwhile
            outcome = type(error).__name__
        self.outcomes[f"{name}: {outcome}"] += 1
        self.outcomes[f"{name}: seconds"] += round(time.monotonic() - began)

    def _page(self, html: str) -> str:
        body = orjson.dumps({"html": html})
        answer = httpx.post(
            self._urls["ingest"] + "/v1/articles",
            content=body,
            headers={"content-type": "application/json"},
            timeout=REQUEST_SECONDS,
        )
        return str(answer.status_code)

    def _records(self) -> str:
        async def send() -> None:
            producer = Producer("soak", self._settings)
            await producer.start()
            try:
                await producer.send(
                    [
                        (topic.name, f"garbage-{number}".encode(), _GARBAGE[number % len(_GARBAGE)], ())
                        for topic in (ARTICLE_INGESTED, CLAIMS_EXTRACTED, EVENT_UPDATED)
                        for number in range(GARBAGE_RECORDS)
                    ]
                )
            finally:
                await producer.stop()

        asyncio.run(send())
        self.garbage += 3 * GARBAGE_RECORDS
        return "published"

    def _slow_bodies(self) -> str:
        return self._dawdle([_HEAD + b"Content-Length: 999\r\n\r\n"] * SLOW_CLIENTS, drip=b" ")

    def _half_heads(self) -> str:
        return self._dawdle([_HEAD + b"X-Half: "] * HALF_HEADS, drip=b"")

    def _dawdle(self, beginnings: Sequence[bytes], *, drip: bytes) -> str:
        """Open connections, send `drip` once a second, and see how many the service closes in time."""
        address = urlsplit(self._urls["ingest"])
        assert address.hostname is not None
        assert address.port is not None
        opened = [socket.create_connection((address.hostname, address.port), timeout=5) for _ in beginnings]
        try:
            for connection, beginning in zip(opened, beginnings, strict=True):
                connection.sendall(beginning)
            closed: set[int] = set()
            deadline = time.monotonic() + DAWDLE_SECONDS
            while len(closed) < len(opened) and time.monotonic() < deadline:
                for number, connection in enumerate(opened):
                    if number not in closed and _ended(connection, drip):
                        closed.add(number)
                time.sleep(1)
            return f"{len(closed)} of {len(opened)} closed by the service"
        finally:
            for connection in opened:
                connection.close()


def _ended(connection: socket.socket, drip: bytes) -> bool:
    """Whether the other side has answered or closed; sends `drip` if not."""
    connection.settimeout(0.01)
    try:
        if connection.recv(65_536):
            return True
    except TimeoutError:
        pass
    except OSError:
        return True
    else:
        return True
    try:
        connection.sendall(drip)
    except OSError:
        return True
    return False


def shuffled_victims(seed: int) -> Sequence[str]:
    """The processes to kill, in an order of its own for each seed."""
    victims = ["ingest", "extract", "dedupe", "api", "redis"]
    random.Random(seed).shuffle(victims)
    return victims
