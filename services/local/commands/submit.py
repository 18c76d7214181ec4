"""`newsweave submit`."""

from typing import Annotated

import typer

from services.local.commands.options import DataOption, progress_console, result_console
from services.local.commands.steps import await_visible, count_distinct, submit_sources
from services.local.discovery import find_service
from services.local.settings import LocalSettings

EXAMPLES = (
    "newsweave submit articles.jsonl.gz",
    "newsweave submit ./texts --publisher 'Harbour Post' --wait",
    "jq -c '.items[]' dump.json | newsweave submit -",
    "newsweave submit articles.jsonl --url http://127.0.0.1:8001",
)

SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE|DIR|-...",
        help="JSON Lines (.jsonl, .ndjson, also .gz), .json, .txt, .html; a folder of those, without its .json; "
        "- for JSON Lines on standard input.",
    ),
]
UrlOption = Annotated[
    str | None,
    typer.Option(
        "--url",
        metavar="URL",
        help="Address of the ingest service. Default: NEWSWEAVE_INGEST_URL, else the stack that runs here.",
    ),
]
PublisherOption = Annotated[
    str | None, typer.Option("--publisher", metavar="NAME", help="Publisher of articles that name none.")
]
WaitOption = Annotated[bool, typer.Option("--wait", help="Wait until every article is visible in an event.")]
ApiUrlOption = Annotated[
    str | None, typer.Option("--api-url", metavar="URL", help="With --wait: address of the api service.")
]


def submit(
    sources: SourcesArgument,
    *,
    url: UrlOption = None,
    publisher: PublisherOption = None,
    wait: WaitOption = False,
    api_url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """Submit articles.

    A row of JSON Lines is an object with `text` or `html`, and what is known of `url`, `publisher` (a name, or an
    object with name, domain, family), `title`, `published_at` (ISO 8601), `authors`, `language` and `status`.
    The same article submitted twice is one article.
    """
    settings = LocalSettings()
    address = find_service("ingest", settings, url=url, data=data)
    api_address = find_service("api", settings, url=api_url, data=data) if wait else None
    console = progress_console()
    accepted = submit_sources(address, sources, settings, console, publisher=publisher)
    if api_address is not None:
        await_visible(api_address, accepted, settings, console)
    told = f"{len(accepted):,} rows accepted: {count_distinct(accepted):,} articles."
    if not wait:
        told += " `newsweave events` shows what comes of them."
    result_console().print(told, highlight=False)
