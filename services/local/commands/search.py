"""`newsweave search`."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console, RenderableType
from rich.text import Text

from services.local.client import Client
from services.local.commands.events import LimitOption
from services.local.commands.filters import FilterOption, SavedOption, read_filters
from services.local.commands.options import ApiUrlOption, DataOption, JsonOption, printable, result_console
from services.local.discovery import find_service
from services.local.listing import Parameters, fetch_list
from services.local.settings import LocalSettings

EXAMPLES = (
    "newsweave search 'ferry capsized'",
    "newsweave search Marchenkow                      # a letter wrong in a name is put right",
    "newsweave search bridge --filter min_origins=2 --sort updated",
    "newsweave search bridge --json | jq '.events[].highlights.claims'",
)

QueryArgument = Annotated[
    str, typer.Argument(metavar="QUERY", help="Words, all of which an event must have: in any order and inflection.")
]
SortOption = Annotated[
    str | None,
    typer.Option("--sort", metavar="ORDER", help="relevance (the default), updated, published, origins or growth."),
]


def search(
    query: QueryArgument,
    limit: LimitOption = 10,
    filters: FilterOption = None,
    sort: SortOption = None,
    *,
    saved: SavedOption = None,
    as_json: JsonOption = False,
    url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """Search events by words and names, the one that fits best first.

    Words are found in headlines, titles, claims and names, without case, accents and inflection; names in all
    spellings that sound alike. A word that no event has is taken for the names that are one letter off.
    """
    parameters: Parameters = {**read_filters(filters or ()), "q": query}
    parameters |= {name: value for name, value in (("sort", sort), ("saved", saved)) if value is not None}
    settings = LocalSettings()
    address = find_service("api", settings, url=url, data=data)
    with Client(address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file) as client:
        fetched = fetch_list(client, "/v1/events", "events", limit, parameters)
    if as_json:
        print(json.dumps({"events": fetched.items, "corrected": fetched.corrected}, ensure_ascii=False, indent=2))
        return
    console = result_console()
    for event in fetched.items:
        for line in described(event):
            console.print(line, soft_wrap=True, highlight=False)
    print_corrections(console, fetched.corrected)
    if not fetched.items:
        console.print("No event has all of these words.", highlight=False)


def described(event: dict[str, Any]) -> list[RenderableType]:
    """An event in lines: headline, id, and the claims with the words of the search."""
    highlights = event.get("highlights") or {"headline": [], "claims": []}
    lines: list[RenderableType] = [marked(event["headline"], highlights["headline"], style="bold")]
    lines.append(Text(f"  {event['event_id']}", style="dim"))
    lines += [Text("  ") + marked(claim["text"], claim["spans"]) for claim in highlights["claims"]]
    return lines


def print_corrections(console: Console, corrected: Mapping[str, Sequence[str]]) -> None:
    """Say which words were taken for others."""
    for word, names in corrected.items():
        remark = printable(f"Nothing has {word!r}: searched for {', '.join(names)}.")
        console.print(remark, style="dim", markup=False, highlight=False)


def marked(text: str, spans: list[dict[str, int]], style: str = "") -> Text:
    """A text with words marked."""
    shown = Text(printable(text.replace("\n", " ")), style=style)
    for span in spans:
        shown.stylize("underline", span["start"], span["end"])
    return shown
