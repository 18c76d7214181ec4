"""A page worker whose parser does what the page says, for tests of the pool: `program=MISBEHAVING`."""

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import date

from services.ingest.pages import worker
from services.ingest.pages.html_text import read_page
from services.ingest.pages.page import Page

MISBEHAVING = (__file__,)
NEVER_STARTS = ("-c", "raise SystemExit(3)")


def _hang() -> None:
    while True:
        pass


def _hear_nothing() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
    while True:
        time.sleep(1)


def _fill_the_memory() -> None:
    kept = []
    while True:
        kept.append(bytearray(8_000_000))


def _fail() -> None:
    raise ValueError("bad luck")


_BEHAVIOUR: dict[str, Callable[[], object]] = {
    "hang": _hang,
    "hang and hear nothing": _hear_nothing,
    "fill the memory": _fill_the_memory,
    "one large block": lambda: bytearray(64 * 2**30),
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "fail": _fail,
    "half a second": lambda: time.sleep(0.5),
}


def _misbehave(html: str, *, today: date) -> Page | None:
    if html == "who":
        return Page(str(os.getpid()))
    if html == "settings":
        return Page(" ".join(name for name in os.environ if "NEWSWEAVE" in name))
    if html in _BEHAVIOUR:
        _BEHAVIOUR[html]()
    return read_page(html, today=today)


if __name__ == "__main__":
    sys.path.pop(0)
    vars(worker)["read_page"] = _misbehave
    worker.main()
