"""`newsweave feeds`."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from services.ingest.feeds.editing import add_feed, remove_feed, set_paused
from services.ingest.feeds.feeds_file import FeedsFile
from services.ingest.feeds.listing import FeedList, ListedFeed, list_feeds
from services.ingest.feeds.opml import NotOpml, read_opml
from services.ingest.feeds.registry import BadFeeds, FeedContent, FeedEntry
from services.ingest.feeds.rows import READ
from services.local.client import Client
from services.local.commands.feed import fetch_feed, fetched_row
from services.local.commands.options import DataOption, JsonOption, progress_console, result_console
from services.local.discovery import find_service
from services.local.errors import UserError
from services.local.feeds_files import change_file, entry_of, find_file
from services.local.settings import LocalSettings

EXAMPLES = (
    "newsweave feeds check https://courier.example/rss.xml",
    "newsweave feeds add https://courier.example/rss.xml --publisher 'Harbour Courier' --file feeds.yaml",
    "newsweave feeds import subscriptions.opml --file feeds.yaml",
    "newsweave feeds list",
    "newsweave feeds list --json | jq -r '.feeds[] | select(.status == \"dead\") | .url'",
    "newsweave feeds pause https://courier.example/rss.xml",
)

app = typer.Typer(name="feeds", help="The feeds that ingest polls: list, check, change.", no_args_is_help=True)

FileOption = Annotated[
    Path | None,
    typer.Option(
        "--file",
        metavar="FEEDS.yaml",
        help="File of feeds. Default: NEWSWEAVE_FEEDS_FILE, else that of the stack that runs here.",
    ),
]
IngestUrlOption = Annotated[
    str | None,
    typer.Option("--url", metavar="URL", help="Address of the ingest service. Default: as for `newsweave submit`."),
]
AddressArgument = Annotated[str, typer.Argument(metavar="ADDRESS", help="Address of the feed or sitemap.")]
_SHOWN_ITEMS = 10


@app.command("list")
def list_all(
    *, file: FileOption = None, url: IngestUrlOption = None, as_json: JsonOption = False, data: DataOption = None
) -> None:
    """List feeds: how each stands, what its last poll came to, when the next one is.

    Those that need somebody come first. Without an ingest that runs, it shows what the file says.
    """
    found = _list(LocalSettings(), file, url, data)
    if as_json:
        print(found.model_dump_json(indent=2))
        return
    console = result_console()
    if found.problem:
        progress_console().print(f"{found.file} cannot be used:\n{found.problem}", style="red", markup=False)
    for feed in found.feeds:
        for line in _lines(feed):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
    if not found.feeds:
        console.print(f"No feeds in {found.file or 'any file'}.", markup=False, highlight=False, soft_wrap=True)


@app.command()
def check(address: AddressArgument, *, as_json: JsonOption = False) -> None:
    """Fetch a feed and show what would come in, without adding it. Exit code 1 if it is not a feed."""
    row = fetched_row(fetch_feed(address))
    if as_json:
        print(json.dumps(row, ensure_ascii=False, indent=2))
    else:
        _show(row)
    if row["outcome"] != READ:
        raise typer.Exit(1)


@app.command()
def add(
    address: AddressArgument,
    *,
    file: FileOption = None,
    publisher: Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Name of the outlet.")] = None,
    family: Annotated[str | None, typer.Option("--family", metavar="NAME", help="Owner of several outlets.")] = None,
    language: Annotated[str | None, typer.Option("--language", metavar="CODE", help="ISO 639-1 code.")] = None,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="Items carry their text in full: fetch no pages.")
    ] = False,
    min_minutes: Annotated[float, typer.Option("--min-minutes", help="Shortest pause between polls.")] = 2.0,
    max_minutes: Annotated[float, typer.Option("--max-minutes", help="Longest pause between polls.")] = 60.0,
    no_check: Annotated[bool, typer.Option("--no-check", help="Add it without fetching it first.")] = False,
) -> None:
    """Add a feed to the file, if it can be read. A running ingest takes it up within seconds."""
    entry = entry_of(
        url=address,
        publisher=publisher,
        family=family,
        language=language,
        content=FeedContent.FULL_TEXT if full_text else FeedContent.EXCERPT,
        min_interval_minutes=min_minutes,
        max_interval_minutes=max_minutes,
    )
    path = find_file(file, LocalSettings())
    if not no_check:
        row = fetched_row(fetch_feed(entry.url))
        _show(row)
        if row["outcome"] != READ:
            raise UserError(f"{entry.url} was not added; --no-check adds it all the same")
    change_file(path, lambda text: add_feed(text, entry, str(path)))
    progress_console().print(f"added to {path}", markup=False, highlight=False)


@app.command("import")
def import_opml(
    opml: Annotated[Path, typer.Argument(metavar="OPML", help="Export of a feed reader.")], *, file: FileOption = None
) -> None:
    """Add the feeds of an OPML file to the file of feeds; those that are there already stay as they are."""
    path = find_file(file, LocalSettings())
    try:
        outlines = read_opml(opml.read_bytes())
    except OSError as error:
        raise UserError(f"{opml}: {error.strerror or error}") from error
    except NotOpml as error:
        raise UserError(f"{opml}: {error}") from error
    added = 0

    def with_all(text: str) -> str:
        nonlocal added
        for outline in outlines:
            entry = FeedEntry(url=outline.url, publisher=outline.title)
            try:
                text = add_feed(text, entry, str(path))
                added += 1
            except BadFeeds as error:
                if "already" not in str(error):
                    raise
        return text

    change_file(path, with_all)
    result_console().print(f"{added} of {len(outlines)} feeds added to {path}", markup=False, highlight=False)


@app.command()
def pause(address: AddressArgument, *, file: FileOption = None) -> None:
    """Stop polling a feed, until `resume`."""
    _change(file, lambda text, name: set_paused(text, address, name, paused=True))


@app.command()
def resume(address: AddressArgument, *, file: FileOption = None) -> None:
    """Poll a paused feed again. To try one again that stopped (410), pause it first, for some seconds."""
    _change(file, lambda text, name: set_paused(text, address, name, paused=False))


@app.command()
def remove(address: AddressArgument, *, file: FileOption = None) -> None:
    """Take a feed out of the file. Its articles stay.

    Added again within 90 days, it brings no old items as new ones.
    """
    _change(file, lambda text, name: remove_feed(text, address, name))


def _change(file: Path | None, change: Callable[[str, str], str]) -> None:
    path = find_file(file, LocalSettings())
    change_file(path, lambda text: change(text, str(path)))


def _list(settings: LocalSettings, file: Path | None, url: str | None, data: Path | None) -> FeedList:
    """Of the service that runs, else of the file."""
    if file is None:
        try:
            address = find_service("ingest", settings, url=url, data=data)
            with Client(
                address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file
            ) as client:
                return FeedList.model_validate(client.get("/v1/feeds"))
        except UserError:
            if url is not None or settings.feeds_file is None:
                raise
    path = find_file(file, settings)
    feeds = FeedsFile(path)
    feeds.reload()
    return FeedList(file=str(path), problem=feeds.problem, feeds=tuple(list_feeds(list(feeds.feeds.values()), {})))


def _show(row: dict[str, Any]) -> None:
    console = progress_console()
    if row["outcome"] != READ:
        console.print(f"{row['id']}: {row['outcome']}: {row['reason']}", style="red", markup=False, highlight=False)
        return
    problems = f" ({', '.join(row['problems'])})" if row["problems"] else ""
    told = f"{row['title'] or 'untitled'}: {row['kind']}, {_items(len(row['items']))}{problems}"
    console.print(told, markup=False, highlight=False, soft_wrap=True)
    for sitemap in row.get("sitemaps", [])[:_SHOWN_ITEMS]:
        console.print(f"  {sitemap}", markup=False, highlight=False, soft_wrap=True)
    for item in row["items"][:_SHOWN_ITEMS]:
        line = f"  {item['published_at'] or 'undated':25}  {item['title'] or 'untitled'}  {item['url'] or 'no address'}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if len(row["items"]) > _SHOWN_ITEMS:
        console.print(f"  and {len(row['items']) - _SHOWN_ITEMS} more", markup=False, highlight=False)


def _lines(feed: ListedFeed) -> list[str]:
    """What there is to say of one feed."""
    counts = f"{_items(feed.items)}, {feed.published_items} published"
    counts += f", {feed.pending_items} waiting" if feed.pending_items else ""
    counts += f", {feed.given_up_items} given up" if feed.given_up_items else ""
    polled = f"; polled {_time(feed.polled_at)}, next {_time(feed.due_at) or 'never'}" if feed.polled_at else ""
    polled += f"; hub {feed.subscription}" if feed.subscription else ""
    polled += f", pushed {_time(feed.pushed_at)}" if feed.pushed_at else ""
    hub = f"hub: {feed.subscription_reason}" if feed.subscription_reason else None
    wrong = "; ".join(filter(None, (feed.reason, hub, f"moved to {feed.moved_to}" if feed.moved_to else None)))
    lines = [f"{feed.status:8} {feed.outcome or '':14} {feed.url}", f"{'':8} {counts}{polled}"]
    return [*lines, f"{'':8} {wrong}"] if wrong else lines


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count:,} items"


def _time(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""
