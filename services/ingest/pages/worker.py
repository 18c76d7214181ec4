"""A process that reads pages, one at a time: `python -m services.ingest.pages.worker TIMEOUT_SECONDS MEMORY_BYTES`.

Jobs come in by standard input and answers go out by standard output, each as a length of four bytes (big endian) and
JSON. The first answer, an empty object, says that the worker is warm. `pool.py` holds the other end.

The worker ends by itself, so that it never outlives the service for long: at the end of standard input while idle,
within `_WATCH_SECONDS` of its parent's end while busy, and at the latest at its own alarm. The kernel delivers the
alarm, whatever code the worker is stuck in.
"""

import logging
import os
import resource
import signal
import sys
import threading
import time
from datetime import date
from pathlib import Path
from typing import BinaryIO

import orjson
from pydantic import TypeAdapter

from services.ingest.pages.html_text import read_page
from services.ingest.pages.page import Page

LENGTH_BYTES = 4
OUT_OF_MEMORY = 77
"""Exit code of a worker whose page took too much memory."""
_PAGE: TypeAdapter[Page | None] = TypeAdapter(Page | None)
_LINUX = sys.platform == "linux"
_WATCH_SECONDS = 0.05
_ALARM_GRACE_SECONDS = 2.0
"""The service kills a worker at the time limit; the worker's own alarm is for when there is no service any more."""


class PageFailed(Exception):  # noqa: N818 - a fact about the page
    """The parser failed on the page."""


def encode(value: object) -> bytes:
    """`value` as it travels between service and worker."""
    content = orjson.dumps(value)
    return len(content).to_bytes(LENGTH_BYTES, "big") + content


def job(html: str, today: date) -> bytes:
    """The job to read a page, as it travels; arguments as of `read_page`."""
    return encode({"html": html, "today": today})


def page_of(answer: bytes) -> Page | None:
    """The page in a worker's answer, without its length; None: it holds no article.

    Raises:
        PageFailed: with the parser's reason.
    """
    content = orjson.loads(answer)
    if "failed" in content:
        raise PageFailed(content["failed"])
    return _PAGE.validate_python(content["page"])


def _answer(content: bytes) -> bytes:
    given = orjson.loads(content)
    try:
        page = read_page(given["html"], today=date.fromisoformat(given["today"]))
        return encode({"page": _PAGE.dump_python(page, mode="json")})
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - whatever a parser comes to on a page is the page's fault
        return encode({"failed": repr(error)[:500]})


def _receive(jobs: BinaryIO) -> bytes | None:
    length = jobs.read(LENGTH_BYTES)
    return jobs.read(int.from_bytes(length, "big")) if len(length) == LENGTH_BYTES else None


class _Watch(threading.Thread):
    """Ends the process when a page takes too much memory or the service is gone."""

    def __init__(self, memory_bytes: int) -> None:
        super().__init__(daemon=True)
        self.busy = threading.Event()
        self._memory_bytes = memory_bytes
        self._parent = os.getppid()

    def run(self) -> None:
        while self.busy.wait():
            if _resident_bytes() > self._memory_bytes:
                os._exit(OUT_OF_MEMORY)
            if os.getppid() != self._parent:
                os._exit(1)
            time.sleep(_WATCH_SECONDS)


def _resident_bytes() -> int:
    """Memory of this process. Linux: now. Elsewhere: at most so far, which serves as well for a process that ends."""
    if _LINUX:  # not ru_maxrss: after fork and exec it begins with the parent's
        return _statm(1)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _statm(field: int) -> int:
    """Bytes, by a field of Linux's /proc/self/statm; 0: address space, 1: resident."""
    return int(Path("/proc/self/statm").read_bytes().split()[field]) * resource.getpagesize()


def main() -> None:
    """Read pages until there are no more jobs."""
    seconds, memory_bytes = float(sys.argv[1]), int(sys.argv[2])
    logging.lastResort = None  # a refusal is one line of the service's
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C at a terminal reaches all: the service decides
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    os.nice(5)  # text goes first where processors are few
    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    read_page("<p>The old bridge reopened on Monday.</p>", today=date(2031, 3, 3))  # loads what is loaded at first use
    if _LINUX:  # what grows faster than the watch looks; macOS does not hold to this limit
        space = _statm(0) + memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (space, space))
    watch = _Watch(memory_bytes)
    watch.start()
    answer = encode({})
    while True:
        answers.write(answer)
        answers.flush()
        content = _receive(jobs)
        if content is None:
            return
        watch.busy.set()
        signal.setitimer(signal.ITIMER_REAL, seconds + _ALARM_GRACE_SECONDS)
        answer = _answer(content)
        signal.setitimer(signal.ITIMER_REAL, 0)
        watch.busy.clear()


if __name__ == "__main__":
    main()
