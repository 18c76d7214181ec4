"""`newsweave up`."""

from pathlib import Path
from typing import Annotated

import typer

from services.local.commands.options import DataOption, IngestPortOption, PortOption, progress_console
from services.local.feeds_files import check_file
from services.local.serving import describe, running, serve
from services.local.settings import LocalSettings

EXAMPLES = (
    "newsweave up",
    "newsweave up --data ./trial --port 8000",
    "newsweave up --feeds feeds.yaml",
    "KAFKA_HOME=~/kafka_2.13-4.3.1 newsweave up",
)


FeedsOption = Annotated[
    Path | None,
    typer.Option(
        "--feeds",
        metavar="FEEDS.yaml",
        help="Poll the feeds of this file; deploy/feeds.yaml shows its form. Default: NEWSWEAVE_FEEDS_FILE, else none.",
    ),
]


def up(
    data: DataOption = None,
    port: PortOption = None,
    ingest_port: IngestPortOption = None,
    feeds: FeedsOption = None,
) -> None:
    """Run everything on this machine until Ctrl-C.

    Starts Redis, a Kafka-protocol broker and the four services as child processes on loopback; no Docker needed.
    Started again on the same folder, it shows what it had. With KAFKA_HOME set it runs Apache Kafka, and then
    topics outlive a restart as well. With --feeds it also polls feeds; `newsweave feeds list` shows how they stand.
    """
    console = progress_console()
    settings = LocalSettings()
    if feeds is not None:
        check_file(feeds)
        settings = settings.model_copy(update={"feeds_file": feeds.resolve()})
    with running(settings, data=data, port=port, ingest_port=ingest_port, console=console) as (stack, stop):
        console.print("Newsweave is running", style="bold green")
        console.print(describe(stack), markup=False, highlight=False, soft_wrap=True)
        console.print(
            "Submit articles with `newsweave submit FILE` from another terminal. Ctrl-C stops everything.",
            highlight=False,
            soft_wrap=True,
        )
        serve(stack, stop)
