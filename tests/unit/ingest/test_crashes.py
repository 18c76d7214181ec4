"""ingest dies wherever it touches broker or store; then it starts again, and the client sends again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from services.ingest.handler import SubmissionService
from services.ingest.push.idempotency import HEADER
from services.runtime.clock import FixedClock
from tests.unit.ingest.fakes import (
    NOW,
    TEXT,
    FakeAnswers,
    FakePublisher,
    FakeRecords,
    FakeTraces,
    PagesHere,
    connected,
    row,
)
from tests.unit.ingest.test_ingest_http import NDJSON, Api, lines

STEPS = 10
"""More than one request has."""


class Crash(BaseException):
    """The process is gone: whatever would be done after this is not done."""


class Crashing:
    """Counts what is asked of broker and store, and ends the process before or after one of these steps."""

    def __init__(self, step: int, *, done: bool) -> None:
        self._left = step
        self._done = done
        self.crashed = False

    def around(self, method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def called(*arguments: Any, **named: Any) -> Any:
            if self.crashed:
                raise Crash
            self._left -= 1
            self.crashed = self._left == 0
            if self.crashed and not self._done:
                raise Crash
            result = await method(*arguments, **named)
            if self.crashed:
                raise Crash
            return result

        return called


class Stores:
    """What outlives the process."""

    def __init__(self) -> None:
        self.publisher, self.records = FakePublisher(), FakeRecords()
        self.answers, self.traces = FakeAnswers(), FakeTraces()

    def let_claims_run_out(self) -> None:
        self.answers.kept = {key: kept for key, kept in self.answers.kept.items() if kept.answer is not None}


class _Struck:
    """A store of a process that dies over its use."""

    def __init__(self, store: object, crashing: Crashing, *methods: str) -> None:
        for name in methods:
            setattr(self, name, crashing.around(getattr(store, name)))


async def push(stores: Stores, content: bytes, crashing: Crashing | None = None) -> httpx.Response | None:
    """One request to a process of its own; None if that died over it."""
    crashing = crashing or Crashing(0, done=False)
    publisher: Any = _Struck(stores.publisher, crashing, "publish")
    records: Any = _Struck(stores.records, crashing, "get", "claim", "put")
    answers: Any = _Struck(stores.answers, crashing, "claim", "renew", "keep", "give_up")
    traces: Any = _Struck(stores.traces, crashing, "note")
    submissions = SubmissionService(publisher, records, FixedClock(NOW), pages=PagesHere(), publish_timeout_seconds=30)
    api = Api()
    api.limit.connected = connected(submissions, answers=answers, traces=traces)
    async with api.client:
        try:
            return await api.post(content, NDJSON | {HEADER: "one"})
        except Crash:
            return None


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", range(1, STEPS))
async def test_wherever_ingest_dies_the_same_request_comes_to_the_same(step: int, done: bool) -> None:
    body = lines(row(), row(text=f"{TEXT} And more."), row(url="https://courier.example/other"))
    calm, struck = Stores(), Stores()
    for stores in (calm, struck):
        assert await push(stores, lines(row(title="Before"))) is not None
        stores.answers.kept.clear()
    expected = await push(calm, body)
    assert expected is not None
    crashing = Crashing(step, done=done)
    first = await push(struck, body, crashing)
    assert (first is None) is crashing.crashed
    struck.let_claims_run_out()
    again = await push(struck, body)
    assert again is not None
    assert again.json()["articles"] == expected.json()["articles"]
    ids = [message.id for message in calm.publisher.published]
    assert list(dict.fromkeys(message.id for message in struck.publisher.published)) == ids
    assert {message.id: message.value for message in struck.publisher.published} == {
        message.id: message.value for message in calm.publisher.published
    }
    assert struck.records.kept == calm.records.kept


async def test_a_request_that_was_cut_off_holds_its_key_only_as_long_as_a_claim_lasts() -> None:
    stores = Stores()
    assert await push(stores, lines(row()), Crashing(3, done=False)) is None
    meanwhile = await push(stores, lines(row()))
    assert meanwhile is not None
    assert meanwhile.status_code == 409
    stores.let_claims_run_out()
    answer = await push(stores, lines(row()))
    assert answer is not None
    assert answer.status_code == 202


async def test_a_request_has_no_more_steps_than_are_struck_here() -> None:
    crashing = Crashing(STEPS, done=True)
    assert await asyncio.wait_for(push(Stores(), lines(row()), crashing), 10) is not None
    assert not crashing.crashed
