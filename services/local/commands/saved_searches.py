"""`newsweave saved-searches`."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.table import Table

from services.api.filters.event_filter import EventFilter
from services.api.filters.parsing import BadParameters, as_parameters, parse_filter
from services.api.saved_searches.saved_search import Alert, SavedSearch
from services.local.client import Client
from services.local.commands.filters import FilterOption, read_filters
from services.local.commands.options import ApiUrlOption, DataOption, JsonOption, printable, result_console
from services.local.discovery import find_service
from services.local.errors import UserError
from services.local.settings import LocalSettings

EXAMPLES = (
    "newsweave saved-searches add ferry --filter q='ferry capsized' --filter language=en",
    "newsweave saved-searches add denials --filter entity='Port Authority' --alert first_denial --alert second_origin",
    "newsweave saved-searches add lone --alert single_origin_6h --description 'Nobody else has it'",
    "newsweave saved-searches add ferry --filter q=ferry --replace",
    "newsweave watch --saved ferry",
    "newsweave saved-searches list --json | jq -r '.searches[].name'",
    "newsweave saved-searches remove ferry",
)
PATH = "/v1/saved-searches"
NAME_HELP = "Up to 63 characters of a-z, 0-9, - and _."

app = typer.Typer(
    name="saved-searches",
    help="Filters with names, which every channel takes: `newsweave watch --saved NAME`, /events.atom?saved=NAME, "
    "webhooks. Alerts say what webhooks are told of the events: without any it is every change.",
    no_args_is_help=True,
)
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help=NAME_HELP)]
AlertOption = Annotated[
    list[Alert] | None,
    typer.Option("--alert", help="Tell webhooks of this alone, not of every change. Repeat it for more."),
]


@app.command()
def add(
    name: NameArgument,
    filters: FilterOption = None,
    alert: AlertOption = None,
    *,
    description: Annotated[str, typer.Option("--description", metavar="TEXT", help="For people.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Change the one that has this name.")] = False,
    url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """Save a search."""
    definition: dict[str, Any] = {
        "filter": _filter(filters or ()).model_dump(mode="json", exclude_defaults=True),
        "alerts": list(alert or ()),
        "description": description,
    }
    with open_api(url, data) as client:
        if replace:
            client.put(f"{PATH}/{name}", definition)
        else:
            client.post_json(PATH, {"name": name, **definition})
    result_console().print(f"Saved as {name}. `newsweave watch --saved {name}` shows what it finds.", highlight=False)


@app.command("list")
def list_searches(*, as_json: JsonOption = False, url: ApiUrlOption = None, data: DataOption = None) -> None:
    """List the saved searches."""
    with open_api(url, data) as client:
        answer = client.get(PATH)
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    searches = [SavedSearch.model_validate(search) for search in answer["searches"]]
    table = Table("name", "events", "alerts", "description", box=None)
    for search in searches:
        table.add_row(
            search.name, printable(_said(search.filter)), ", ".join(search.alerts), printable(search.description)
        )
    result_console().print(
        table if searches else "There are no saved searches: `newsweave saved-searches add NAME` makes one."
    )


@app.command()
def remove(name: NameArgument, *, url: ApiUrlOption = None, data: DataOption = None) -> None:
    """Delete a saved search. Not while a webhook uses it."""
    with open_api(url, data) as client:
        client.delete(f"{PATH}/{name}")
    result_console().print(f"{name} is deleted.", highlight=False)


def open_api(url: str | None, data: Any) -> Client:
    """A client of the api service."""
    settings = LocalSettings()
    address = find_service("api", settings, url=url, data=data)
    return Client(address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file)


def _filter(texts: Sequence[str]) -> EventFilter:
    pairs = [(name, value) for name, values in read_filters(texts).items() for value in values]
    try:
        return parse_filter(pairs)
    except BadParameters as error:
        raise UserError(str(error)) from error


def _said(event_filter: EventFilter) -> str:
    return ", ".join(f"{name}={value}" for name, value in as_parameters(event_filter)) or "all events"
