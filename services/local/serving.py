"""What `up` and `demo` share: a stack that runs until somebody asks it to stop."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from services.local.errors import Interrupted
from services.local.processes import OWNER_ONLY_UMASK
from services.local.settings import LocalSettings
from services.local.stack import Stack
from services.local.waiting import StopRequest, stop_on_signals

_TEND_EVERY_SECONDS = 0.25
INTERRUPTED = 130
"""Exit code by shell convention: 128 + SIGINT."""


@contextmanager
def running(
    settings: LocalSettings, *, data: Path | None, port: int | None, ingest_port: int | None, console: Console
) -> Iterator[tuple[Stack, StopRequest]]:
    """A stack for as long as the block runs. A request to stop ends the block quietly.

    Raises:
        UserError: See `Stack`.
        SystemExit: The request came before the stack was up.
    """
    if data is not None:
        settings = settings.model_copy(update={"data": data})
    ports = {name: number for name, number in (("api", port), ("ingest", ingest_port)) if number is not None}
    is_up = False
    with _files_for_the_owner_alone(), stop_on_signals() as stop:
        try:
            with Stack(settings, ports=ports, stop=stop, console=console) as stack:
                is_up = True
                try:
                    yield stack, stop
                finally:
                    console.print("Stopping", highlight=False)
        except Interrupted:
            if not is_up:
                raise SystemExit(INTERRUPTED) from None


@contextmanager
def _files_for_the_owner_alone() -> Iterator[None]:
    """Whatever this process and its children write in the block is nobody else's to read."""
    before = os.umask(OWNER_ONLY_UMASK)
    try:
        yield
    finally:
        os.umask(before)


def tend(stack: Stack, stop: StopRequest) -> None:
    """One turn of looking after the stack, and a short pause."""
    stack.tend()
    stop.pause(_TEND_EVERY_SECONDS)


def serve(stack: Stack, stop: StopRequest) -> None:
    """Look after the stack until somebody asks it to stop (`Interrupted`)."""
    while True:
        tend(stack, stop)


def describe(stack: Stack) -> str:
    """Where everything is, one thing a line."""
    running_stack = stack.running
    kept = "" if stack.keeps_messages else "  (topics in memory only: set KAFKA_HOME to keep them)"
    urls = running_stack.urls
    redis, password_file = stack.redis
    return "\n".join(
        [
            f"  web page   {urls['page']}",
            f"  HTTP API   {urls['api']}/v1/events   (described at {urls['api']}/openapi.json)",
            f"  submit to  {urls['ingest']}/v1/articles   (feeds: {urls['ingest']}/feeds)",
            f"  Kafka      {urls['kafka']}{kept}",
            f"  Redis      {redis}   (password in {password_file})",
            f"  data, logs {running_stack.data}",
        ]
    )
