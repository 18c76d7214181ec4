"""`newsweave claims`."""

import json
from typing import Annotated, Any

import typer
from rich.console import RenderableType
from rich.text import Text

from services.local.client import Client
from services.local.commands.filters import ClaimFilterOption, read_filters
from services.local.commands.options import ApiUrlOption, DataOption, JsonOption, printable, result_console
from services.local.commands.search import marked, print_corrections
from services.local.discovery import find_service
from services.local.listing import Parameters, fetch_list
from services.local.settings import LocalSettings

EXAMPLES = (
    "newsweave claims 'door was open'",
    "newsweave claims --filter speaker='Ada Reyl' --filter commitment=denies",
    "newsweave claims bridge --filter entity='Port Eldrin' --filter min_origins=2",
    "newsweave claims --filter event=EVENT --json | jq -r '.claims[].text'",
)

QueryArgument = Annotated[
    str | None, typer.Argument(metavar="[QUERY]", help="Words, all of which a claim must have: in any inflection.")
]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many claims, the newest first.")]


def claims(
    query: QueryArgument = None,
    limit: LimitOption = 20,
    filters: ClaimFilterOption = None,
    *,
    as_json: JsonOption = False,
    url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """Search claims over all events: who said what, about whom, and in which event.

    The claim that was first reported last comes first. Names are given in any form that the event's articles use.
    """
    parameters: Parameters = {**read_filters(filters or ())}
    if query is not None:
        parameters["q"] = query
    settings = LocalSettings()
    address = find_service("api", settings, url=url, data=data)
    with Client(address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file) as client:
        fetched = fetch_list(client, "/v1/claims", "claims", limit, parameters)
    if as_json:
        print(json.dumps({"claims": fetched.items, "corrected": fetched.corrected}, ensure_ascii=False, indent=2))
        return
    console = result_console()
    for claim in fetched.items:
        for line in described(claim):
            console.print(line, soft_wrap=True, highlight=False)
    print_corrections(console, fetched.corrected)
    if not fetched.items:
        console.print("No claim meets that.", highlight=False)


def described(claim: dict[str, Any]) -> list[RenderableType]:
    """A claim in two lines: its words, then who said it, who reports it, and where it is."""
    speaker = claim["speaker"]
    origins = claim["origins"]
    publisher = claim["report"]["publisher"]
    facts = [
        *([f"{speaker['canonical']} ({claim['commitment'].replace('_', ' ')})"] if speaker else []),
        f"{origins} {'origin' if origins == 1 else 'origins'}, first in {publisher['name'] or publisher['domain']}",
        f"{claim['event']['event_id']} {claim['event']['headline']}",
    ]
    return [marked(claim["text"], claim["highlights"], style="bold"), Text(printable(f"  {'; '.join(facts)}"), "dim")]
