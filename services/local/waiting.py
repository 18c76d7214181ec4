"""Waiting for something with a deadline, and without missing a request to stop."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from services.local.errors import Interrupted

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequest:
    """Whether somebody asked the process to stop. Signal handlers only set it: no clean-up is cut short.

    A plain flag: `threading.Event.set` in a signal handler can deadlock with the `wait` that it interrupted.
    """

    def __init__(self) -> None:
        self.made = False

    def pause(self, seconds: float) -> None:
        """Sleep; `Interrupted` if a request to stop was made before or meanwhile."""
        self.check()
        time.sleep(seconds)
        self.check()

    def check(self) -> None:
        """`Interrupted` if a request to stop was made."""
        if self.made:
            raise Interrupted


@contextmanager
def stop_on_signals() -> Iterator[StopRequest]:
    """Ctrl-C, SIGTERM and a closed terminal make a request to stop for as long as the block runs."""
    request = StopRequest()

    def note(_number: int, _frame: FrameType | None) -> None:
        request.made = True

    # `nohup` sets SIGHUP to be ignored, and means it.
    heeded = [number for number in _STOP_SIGNALS if not _is_nohup(number)]
    before = {number: signal.signal(number, note) for number in heeded}
    try:
        yield request
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _is_nohup(number: signal.Signals) -> bool:
    return number == signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN


def wait_until(
    condition: Callable[[], bool],
    *,
    within_seconds: float,
    stop: StopRequest | None = None,
    every_seconds: float = 0.02,
) -> bool:
    """Ask `condition` until it holds. False: the time is over. `Interrupted`: see `StopRequest`."""
    stop = stop or StopRequest()
    deadline = time.monotonic() + within_seconds
    stop.check()  # also where the condition holds at once
    while not condition():
        if time.monotonic() >= deadline:
            return False
        stop.pause(every_seconds)
    return True
