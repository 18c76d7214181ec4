"""`newsweave submit`."""

from typing import Annotated

import typer

from services.local.client import Client
from services.local.commands.options import DataOption, progress_console, result_console
from services.local.discovery import find_service
from services.local.input_rows import count_articles, read_sources
from services.local.progress import progress
from services.local.settings import LocalSettings
from services.local.submission import Accepted, wait_until_visible
from services.local.submission import submit as submit_rows

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
        help="JSON Lines (.jsonl, .ndjson, also .gz), .json, .txt, .html; a folder of those; - for JSON Lines on "
        "standard input.",
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
    with (
        Client(address, timeout_seconds=settings.http_timeout_seconds) as ingest,
        progress(console, "Submitting", total=count_articles(sources)) as bar,
    ):
        accepted = submit_rows(ingest, read_sources(sources), bar=bar, publisher=publisher)
    if api_address is not None:
        _wait(api_address, accepted, settings)
    distinct = len({article.article_id for article in accepted})
    told = f"{len(accepted):,} rows accepted: {distinct:,} articles."
    if not wait:
        told += " `newsweave events` shows what comes of them."
    result_console().print(told, highlight=False)


def _wait(api_address: str, accepted: list[Accepted], settings: LocalSettings) -> None:
    total = len({article.article_id for article in accepted})
    with (
        Client(api_address, timeout_seconds=settings.http_timeout_seconds) as api,
        progress(progress_console(), "Visible", total=total) as bar,
    ):
        wait_until_visible(api, accepted, bar=bar, patience_seconds=settings.visible_seconds)
