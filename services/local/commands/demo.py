"""`newsweave demo`."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from services.contracts.event import Event
from services.local.client import Client
from services.local.commands.events import fetch_events
from services.local.commands.options import (
    FreshDataOption,
    IngestPortOption,
    PortOption,
    progress_console,
    result_console,
)
from services.local.commands.steps import await_visible, submit_sources
from services.local.errors import UserError
from services.local.rendering import event_view
from services.local.serving import describe, running, serve, tend
from services.local.settings import LocalSettings
from services.local.stack import Stack
from services.local.waiting import StopRequest

EXAMPLES = (
    "newsweave demo",
    "newsweave demo --exit",
    "newsweave demo --samples ./my-articles",
)

ExitOption = Annotated[bool, typer.Option("--exit", help="Stop everything once the event is printed.")]
SamplesOption = Annotated[
    Path | None, typer.Option("--samples", metavar="DIR", help="Other articles than the samples that come along.")
]


def demo(
    *,
    exit_after: ExitOption = False,
    samples: SamplesOption = None,
    data: FreshDataOption = None,
    port: PortOption = None,
    ingest_port: IngestPortOption = None,
) -> None:
    """Run everything, put sample articles through it, print one merged event.

    As `newsweave up`, on a folder of its own that goes when it ends. Serves the web page until Ctrl-C.
    """
    settings = LocalSettings()
    sources = [str(samples or settings.samples)]
    console = progress_console()
    with (
        _data_folder(data) as folder,
        running(settings, data=folder, port=port, ingest_port=ingest_port, console=console) as (stack, stop),
    ):
        _feed(stack, stop, sources, settings, console)
        page = _show_one(stack, settings, result_console())
        if exit_after:
            return
        console.print("\nNewsweave is running", style="bold green")
        console.print(describe(stack), markup=False, highlight=False, soft_wrap=True)
        console.print(f"Look at {page}. Ctrl-C stops everything.", markup=False, highlight=False, soft_wrap=True)
        serve(stack, stop)


@contextmanager
def _data_folder(told: Path | None) -> Iterator[Path]:
    """The folder asked for; else a temporary one, which stays when something failed: its logs say why."""
    if told is not None:
        yield told
        return
    folder = Path(tempfile.mkdtemp(prefix="newsweave-demo-"))
    try:
        yield folder
    except SystemExit:  # interrupted: nothing to find out
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)


def _feed(stack: Stack, stop: StopRequest, sources: list[str], settings: LocalSettings, console: Console) -> None:
    """Submit the articles and wait until all are visible, looking after the stack meanwhile."""
    urls = stack.running.urls

    def pause(seconds: float) -> None:
        until = time.monotonic() + seconds
        tend(stack, stop)
        while time.monotonic() < until:
            tend(stack, stop)

    accepted = submit_sources(urls["ingest"], sources, settings, console, pause=pause)
    if not accepted:
        raise UserError(f"there are no articles in {sources[0]}")
    await_visible(urls["api"], accepted, settings, console, pause=pause)


def _show_one(stack: Stack, settings: LocalSettings, console: Console) -> str:
    """Print the event that most articles tell. The address of its page."""
    urls = stack.running.urls
    with Client(urls["api"], timeout_seconds=settings.http_timeout_seconds) as api:
        listed = fetch_events(api, limit=100)
        chosen = max(listed, key=lambda event: (event["counts"]["articles"], event["event_id"]))
        event = Event.model_validate(api.get(f"/v1/events/{chosen['event_id']}"))
    page = f"{urls['page']}/events/{event.event_id}"
    console.print(event_view(event), highlight=False)
    console.print(f"\n{len(listed)} events were found. This one: {page}", highlight=False, soft_wrap=True)
    return page
