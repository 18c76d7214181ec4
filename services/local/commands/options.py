"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Data folder of the stack. Default: NEWSWEAVE_DATA, else ~/.local/share/newsweave.",
    ),
]
FreshDataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Data folder to keep. Default: a temporary one."),
]
ApiUrlOption = Annotated[
    str | None,
    typer.Option(
        "--url",
        metavar="URL",
        help="Address of the api service. Default: NEWSWEAVE_API_URL, else the stack that runs here.",
    ),
]
PortOption = Annotated[
    int | None,
    typer.Option(
        "--port",
        min=1,
        max=65535,
        help="Port of the web page and HTTP API. Default: that of last time if it is free, else any.",
    ),
]
IngestPortOption = Annotated[
    int | None,
    typer.Option("--ingest-port", min=1, max=65535, help="Port that articles are submitted to. As --port."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the JSON of the HTTP API.")]


def progress_console() -> Console:
    """Standard error: progress and remarks, apart from results."""
    return Console(stderr=True)


def result_console() -> Console:
    """Standard output: results."""
    return Console()


def printable(text: str) -> str:
    """Without what would steer a terminal: words of articles and of dead letters may be anybody's."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
