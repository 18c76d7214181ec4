"""`newsweave events`."""

import json
from typing import Annotated, Any

import typer

from services.api.models import EventList
from services.local.client import Client
from services.local.commands.options import ApiUrlOption, DataOption, JsonOption, result_console
from services.local.discovery import find_service
from services.local.rendering import events_list
from services.local.settings import LocalSettings

EXAMPLES = (
    "newsweave events",
    "newsweave events -n 100 --json | jq -r '.events[].headline'",
)

_PAGE = 100
"""The most that the api gives at once."""

LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many events, the newest first.")]


def events(
    limit: LimitOption = 20, as_json: JsonOption = False, url: ApiUrlOption = None, data: DataOption = None
) -> None:
    """List events, the one that changed last first."""
    settings = LocalSettings()
    address = find_service("api", settings, url=url, data=data)
    with Client(address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file) as client:
        found = fetch_events(client, limit)
    if as_json:
        print(json.dumps({"events": found}, ensure_ascii=False, indent=2))
        return
    console = result_console()
    if found:
        console.print(events_list(EventList.model_validate({"events": found}).events), soft_wrap=True)
        console.print("`newsweave show EVENT` shows one of them.", style="dim", highlight=False)
    else:
        console.print("No events yet. `newsweave submit FILE` brings articles in.", highlight=False)


def fetch_events(client: Client, limit: int) -> list[dict[str, Any]]:
    """List entries of at most `limit` events, following the api's cursors."""
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while len(found) < limit:
        parameters: dict[str, str | int] = {"limit": min(_PAGE, limit - len(found))}
        if cursor is not None:
            parameters["cursor"] = cursor
        answer = client.get("/v1/events", parameters)
        found += answer["events"]
        cursor = answer["next"]
        if cursor is None:
            break
    return found
