"""Retries: bounded, and only for what may pass; a full store is waited for."""

import asyncio

import pytest
import structlog
from structlog.testing import capture_logs

from services.runtime import metrics, retry
from services.runtime.errors import InvalidMessage, StoreFull, TransientError
from services.runtime.retry import retrying


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_WAIT_SECONDS", 0.001)
    monkeypatch.setattr(retry, "LONGEST_WAIT_SECONDS", 0.002)
    monkeypatch.setattr(retry, "FULL_WAIT_SECONDS", 0.001)


@pytest.fixture(autouse=True)
def _logger_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    # A test before that ran a service, in which something was tried again, has bound the module's logger for good.
    monkeypatch.setattr(retry, "log", structlog.get_logger())


class Step:
    """Fails so often, then gives 7."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.runs = 0

    async def __call__(self) -> int:
        self.runs += 1
        if self.failures:
            raise self.failures.pop(0)
        return 7


async def test_a_step_that_recovers_gives_its_result_and_each_retry_is_logged_with_its_reason() -> None:
    step = Step(TransientError("no broker"), TransientError("no leader"))
    with capture_logs() as logs:
        assert await retrying("publish", step, service="test", seconds=10) == 7
    told = [(line["step"], line["reason"]) for line in logs if line["event"] == "trying again"]
    assert told == [("publish", "no broker"), ("publish", "no leader")]


async def test_when_the_time_is_up_the_last_failure_is_raised() -> None:
    step = Step(*(TransientError(str(number)) for number in range(10_000)))
    with pytest.raises(TransientError):
        await retrying("publish", step, service="test", seconds=0.05)
    assert step.runs > 1


async def test_no_time_means_one_attempt() -> None:
    step = Step(TransientError("away"))
    with pytest.raises(TransientError):
        await retrying("publish", step, service="test", seconds=0)
    assert step.runs == 1


@pytest.mark.parametrize("failure", [InvalidMessage("no"), KeyError("bug")])
async def test_what_does_not_pass_is_not_tried_again(failure: Exception) -> None:
    step = Step(failure)
    with pytest.raises(type(failure)):
        await retrying("handle", step, service="test", seconds=10)
    assert step.runs == 1


async def test_a_full_store_is_waited_for_beyond_the_time_and_told_once_a_while() -> None:
    before = _waited()
    step = Step(*(StoreFull("out of memory") for _ in range(50)))
    with capture_logs() as logs:
        assert await retrying("save", step, service="test", seconds=0) == 7
    assert [(line["event"], line["reason"]) for line in logs] == [("waiting for a full store", "out of memory")]
    assert _waited() > before


async def test_the_time_for_other_failures_starts_anew_after_a_full_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FULL_WAIT_SECONDS", 0.3)
    step = Step(StoreFull("out of memory"), TransientError("away"))
    assert await retrying("save", step, service="test", seconds=0.2) == 7


async def test_a_full_store_is_waited_for_no_longer_than_the_service_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FULL_WAIT_SECONDS", 60.0)
    stopping = asyncio.Event()
    step = Step(*(StoreFull("out of memory") for _ in range(3)))
    waiting = asyncio.create_task(retrying("save", step, service="test", seconds=0, stopping=stopping))
    await asyncio.sleep(0)
    stopping.set()
    async with asyncio.timeout(10):
        with pytest.raises(StoreFull):
            await waiting


def _waited() -> float:
    return metrics.STORE_FULL_SECONDS.labels("test", "save")._value.get()  # type: ignore[no-any-return]
