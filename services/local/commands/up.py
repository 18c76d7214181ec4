"""`newsweave up`."""

from services.local.commands.options import DataOption, IngestPortOption, PortOption, progress_console
from services.local.serving import describe, running, serve
from services.local.settings import LocalSettings

EXAMPLES = (
    "newsweave up",
    "newsweave up --data ./trial --port 8000",
    "KAFKA_HOME=~/kafka_2.13-4.3.1 newsweave up",
)


def up(data: DataOption = None, port: PortOption = None, ingest_port: IngestPortOption = None) -> None:
    """Run everything on this machine until Ctrl-C.

    Starts Redis, a Kafka-protocol broker and the four services as child processes on loopback; no Docker needed.
    Started again on the same folder, it shows what it had. With KAFKA_HOME set it runs Apache Kafka, and then
    topics outlive a restart as well.
    """
    console = progress_console()
    with running(LocalSettings(), data=data, port=port, ingest_port=ingest_port, console=console) as (stack, stop):
        console.print("Newsweave is running", style="bold green")
        console.print(describe(stack), markup=False, highlight=False, soft_wrap=True)
        console.print(
            "Submit articles with `newsweave submit FILE` from another terminal. Ctrl-C stops everything.",
            highlight=False,
            soft_wrap=True,
        )
        serve(stack, stop)
