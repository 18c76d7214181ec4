"""`newsweave events`."""

import json
from typing import Annotated, Any

import typer

from services.api.models import EventList
from services.local.client import Client
from services.local.commands.filters import FilterOption, SavedOption, read_filters
from services.local.commands.options import ApiUrlOption, DataOption, JsonOption, result_console
from services.local.discovery import find_service
from services.local.listing import Parameters, fetch_list
from services.local.rendering import events_list
from services.local.settings import LocalSettings

EXAMPLES = (
    "newsweave events",
    "newsweave events --filter publisher=courier.example --filter has=contradiction",
    "newsweave events --filter not_status=closed --filter min_origins=3 --sort growth",
    "newsweave events --filter speaker='Ada Reyl' --filter published_since=2026-03-01",
    "newsweave events -n 100 --json | jq -r '.events[].headline'",
)

LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many events, the first ones.")]
SortOption = Annotated[
    str | None,
    typer.Option("--sort", metavar="ORDER", help="updated (the default), published, origins or growth."),
]


def events(
    limit: LimitOption = 20,
    filters: FilterOption = None,
    sort: SortOption = None,
    *,
    saved: SavedOption = None,
    as_json: JsonOption = False,
    url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """List events, the one that changed last first.

    Every --filter must hold. What the conditions are, docs/http-api.md says ("Conditions"); a name or value that is
    not right is answered with the nearest that is. `newsweave search` looks for words.
    """
    parameters: Parameters = {**read_filters(filters or ())}
    parameters |= {name: value for name, value in (("sort", sort), ("saved", saved)) if value is not None}
    settings = LocalSettings()
    address = find_service("api", settings, url=url, data=data)
    with Client(address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file) as client:
        listed = fetch_events(client, limit, parameters)
    if as_json:
        print(json.dumps({"events": listed}, ensure_ascii=False, indent=2))
        return
    console = result_console()
    if listed:
        console.print(events_list(EventList.model_validate({"events": listed}).events), soft_wrap=True)
        console.print("`newsweave show EVENT` shows one of them.", style="dim", highlight=False)
    elif parameters:
        console.print("No event meets that.", highlight=False)
    else:
        console.print("No events yet. `newsweave submit FILE` brings articles in.", highlight=False)


def fetch_events(client: Client, limit: int, parameters: Parameters | None = None) -> list[dict[str, Any]]:
    """List entries of at most `limit` events, following the api's cursors."""
    return fetch_list(client, "/v1/events", "events", limit, parameters or {}).items
