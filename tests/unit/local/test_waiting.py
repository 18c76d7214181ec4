"""Waiting, and requests to stop."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from services.local.errors import Interrupted
from services.local.waiting import StopRequest, stop_on_signals, wait_until

Handler = Callable[[int, FrameType | None], object] | int | None


def test_waiting_ends_as_soon_as_the_condition_holds() -> None:
    answers = iter([False, False, True])
    assert wait_until(lambda: next(answers), within_seconds=10, every_seconds=0.001)


def test_waiting_ends_at_the_deadline() -> None:
    assert not wait_until(lambda: False, within_seconds=0.01, every_seconds=0.001)


@pytest.mark.parametrize("there_is_nothing_to_wait_for", [False, True])
def test_a_request_to_stop_ends_the_waiting(there_is_nothing_to_wait_for: bool) -> None:
    stop = StopRequest()
    stop.made = True
    with pytest.raises(Interrupted):
        wait_until(lambda: there_is_nothing_to_wait_for, within_seconds=60, stop=stop)


@contextmanager
def handled_by(number: signal.Signals, handler: Handler) -> Iterator[None]:
    """Whatever the test run itself was started under: `nohup`, say, ignores SIGHUP for all its children."""
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_makes_a_request_to_stop_and_nothing_else(number: signal.Signals) -> None:
    with handled_by(number, signal.SIG_DFL):
        with stop_on_signals() as stop:
            os.kill(os.getpid(), number)
            assert wait_until(lambda: stop.made, within_seconds=5)
        assert signal.getsignal(number) is signal.SIG_DFL


def test_a_process_started_with_nohup_outlives_its_terminal() -> None:
    with handled_by(signal.SIGHUP, signal.SIG_IGN), stop_on_signals() as stop:
        os.kill(os.getpid(), signal.SIGHUP)
        assert not stop.made
