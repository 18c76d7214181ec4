"""`newsweave up` for end-to-end tests: submit, publish raw records, wait for all to arrive, dump the view."""

import asyncio
import json
import os
import signal
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
from pydantic import ValidationError
from redis import Redis

from services.contracts.event import Event
from services.contracts.topics import EVENT_UPDATED
from services.runtime.backlog import backlogs
from services.runtime.messages import Record
from services.runtime.producer import Producer
from services.runtime.settings import RuntimeSettings
from tests.support.rig import read_topic
from tests.support.stack import ROOT, Up, newsweave_up

T = TypeVar("T")


SAMPLES = ROOT / "samples"
FETCHED_AT = "2026-03-30T12:00:00Z"
POLL_SECONDS = 0.1
NOT_OF_THE_LOG_ALONE = (
    *(b"view:offsets", b"view:dead-letter-offsets", b"view:trace:", b"view:log"),
    *(b"view:event-versions:", b"view:event-packs:", b"view:event-changes:", b"view:event-changes-at:"),
)
"""Keys of the view that differ between two runs: they have offsets, times at which records were published or stored, or
tell which versions of an event were published on the way to the last."""


def sample_rows() -> list[dict[str, Any]]:
    """The sample articles with a fixed time of arrival, so that two runs may be compared byte for byte."""
    return [
        json.loads(line) | {"fetched_at": FETCHED_AT}
        for file in sorted(SAMPLES.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


@dataclass
class Pipeline:
    """A running stack. It starts again by itself what has died."""

    up: Up

    @property
    def urls(self) -> dict[str, str]:
        """Addresses of its services, broker and store."""
        return self.up.running.urls

    @property
    def settings(self) -> RuntimeSettings:
        """How to reach its broker and store."""
        urls = self.urls
        return RuntimeSettings(
            kafka_bootstrap_servers=urls["kafka"],
            redis_url=urls["redis"],
            kafka_idempotence=False,
            topic_partitions=1,
        )

    def submit(self, rows: Sequence[dict[str, Any]]) -> list[str]:
        """Push articles; their ids. Tries again while ingest is being started anew."""
        body = "\n".join(json.dumps(row) for row in rows)

        def post() -> httpx.Response | None:
            try:
                answer = httpx.post(
                    self.urls["ingest"] + "/v1/articles",
                    content=body,
                    headers={"content-type": "application/x-ndjson"},
                    timeout=30,
                )
            except httpx.TransportError:
                return None
            return None if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else answer

        answer = self.eventually(post, what="ingest takes the articles")
        assert answer.status_code == httpx.codes.ACCEPTED, answer.text
        return [article["article_id"] for article in answer.json()["articles"]]

    def publish_raw(self, records: Sequence[Record]) -> None:
        """Put records on topics as they are."""

        async def send() -> None:
            producer = await Producer("test", self.settings).start()
            try:
                await producer.send(records)
            finally:
                await producer.stop()

        run_apart(send())

    def records(self, topic: str) -> list[Record]:
        """All records of a topic."""
        found = run_apart(read_topic(self.settings, topic))
        return [(record.topic, record.key, record.value, list(record.headers)) for record in found]

    def settle(self, *, seconds: float = 90.0) -> None:
        """Wait until every stage has handled everything."""

        def empty() -> bool:
            return all(backlog.waiting == 0 for backlog in run_apart(backlogs(self.settings)))

        self.eventually(
            lambda: empty() and self._all_is_published() and empty(), seconds=seconds, what="everything has arrived"
        )

    def _all_is_published(self) -> bool:
        """Whether the last version of each event is out: dedupe lets busy events wait, which are in no backlog then."""
        told: dict[str, int] = {}
        for _, _, value, _ in self.records(EVENT_UPDATED.name):
            with suppress(ValidationError):  # garbage of a test
                event = Event.model_validate_json(value or b"")
                told[event.event_id] = event.version
        with Redis.from_url(self.settings.redis_url) as redis:
            heads = [redis.get(key) for key in redis.scan_iter(match="dedupe:event:*")]
        placed = [json.loads(head)["placed"] for head in heads if isinstance(head, bytes)]
        return all(told.get(each["event_id"]) == each["version"] for each in placed)

    def view(self) -> dict[str, Any]:
        """The whole view, without offsets and times of records: key to content."""
        with Redis.from_url(self.settings.redis_url) as redis:
            keys = sorted(key for key in redis.scan_iter(match="view:*") if not key.startswith(NOT_OF_THE_LOG_ALONE))
            return {key.decode(): _content(redis, key) for key in keys}

    def events(self) -> list[Event]:
        """Every listed event in full."""
        api = self.urls["api"]
        listed = httpx.get(f"{api}/v1/events", params={"limit": 100}).json()["events"]
        return [Event.model_validate(httpx.get(f"{api}/v1/events/{each['event_id']}").json()) for each in listed]

    def kill(self, name: str) -> None:
        """End a process as kill -9 does."""
        os.kill(self.up.running.pids[name], signal.SIGKILL)

    def eventually(self, check: Callable[[], T | None], *, seconds: float = 60.0, what: str) -> T:
        """The first truthy value of `check`."""
        deadline = time.monotonic() + seconds
        while True:
            value = check()
            if value:
                return value
            self.up.check()
            assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
            time.sleep(POLL_SECONDS)


def run_apart(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run it to its end in a thread of its own: Playwright keeps a loop running in the thread of the test."""
    with ThreadPoolExecutor(max_workers=1) as executor:
        return executor.submit(asyncio.run, coroutine).result()


@contextmanager
def running_pipeline(home: Path, **settings: str) -> Iterator[Pipeline]:
    """A stack with its data in `home` for as long as the block runs. `settings`: environment variables."""
    with newsweave_up(home, **settings) as up:
        yield Pipeline(up)


def _content(redis: Redis, key: bytes) -> Any:
    readers: dict[bytes | str, Callable[[], Any]] = {
        b"string": lambda: redis.get(key),
        b"hash": lambda: sorted(redis.hgetall(key).items()),
        b"set": lambda: sorted(redis.smembers(key)),
        b"zset": lambda: redis.zrange(key, 0, -1, withscores=True),
        b"vectorset": lambda: _vectors(redis, key),
    }
    return readers[redis.type(key)]()


def _vectors(redis: Redis, key: bytes) -> list[Any]:
    """Members with their attributes and vectors; the graph between them has chance in it."""
    ask: Any = redis.execute_command  # redis-py gives it no types
    members: list[bytes] = sorted(ask("VRANDMEMBER", key, ask("VCARD", key)))
    return [(member, ask("VGETATTR", key, member), ask("VEMB", key, member)) for member in members]
