"""`newsweave show`."""

import json
from typing import Annotated
from urllib.parse import quote

import typer

from services.contracts.event import Event
from services.local.commands.lookup import look_up
from services.local.commands.options import ApiUrlOption, DataOption, JsonOption, result_console
from services.local.rendering import event_view

EXAMPLES = (
    "newsweave show evt_00cb0aa61a85bdfac1d4",
    "newsweave show evt_00cb0aa61a85bdfac1d4 --json | jq .claims",
)

EventArgument = Annotated[str, typer.Argument(metavar="EVENT", help="Id of an event, as `newsweave events` lists it.")]


def show(
    event_id: EventArgument, as_json: JsonOption = False, url: ApiUrlOption = None, data: DataOption = None
) -> None:
    """Show one event: what is claimed, by whom, and what is disputed."""
    address, found = look_up(
        f"/v1/events/{quote(event_id, safe='')}", f"there is no event {event_id}", url=url, data=data
    )
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    event = Event.model_validate(found)
    console = result_console()
    if event.event_id != event_id:
        console.print(f"{event_id} was merged into {event.event_id}.", style="yellow", highlight=False)
    console.print(event_view(event, all_claims=True), highlight=False)
    console.print(f"\n{address}/events/{event.event_id}", highlight=False, soft_wrap=True)
