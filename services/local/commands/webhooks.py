"""`newsweave webhooks`."""

import json
import time
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from services.api.filters.parsing import read_moment
from services.api.webhooks.delivery import DeliveryView
from services.api.webhooks.webhook import WebhookView
from services.local.client import Client
from services.local.commands.options import (
    ApiUrlOption,
    DataOption,
    JsonOption,
    printable,
    progress_console,
    result_console,
)
from services.local.commands.saved_searches import NAME_HELP, open_api
from services.local.errors import UserError
from services.runtime.clock import SystemClock

EXAMPLES = (
    "newsweave webhooks add desk https://desk.example/newsweave --saved ferry > desk.secret",
    "newsweave webhooks test desk",
    "newsweave webhooks list",
    "newsweave webhooks deliveries desk --dead",
    "newsweave webhooks resend desk --since 2026-03-03T16:00:00Z --until 2026-03-03T18:00:00Z",
    "newsweave webhooks resend desk --since 2026-03-01 --dead",
    "newsweave webhooks enable desk",
    "newsweave webhooks remove desk",
)
PATH = "/v1/webhooks"
TEST_SECONDS = 30.0
"""Longest wait for what becomes of a test."""
LOOK_SECONDS = 0.5

app = typer.Typer(
    name="webhooks",
    help="Changes of events that a saved search asks for, posted to an address: signed (Standard Webhooks), tried ten "
    "times over three days, listed for 30 days.",
    no_args_is_help=True,
)
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help=NAME_HELP)]
DeadOption = Annotated[bool, typer.Option("--dead", help="Only deliveries that were given up.")]


@app.command()
def add(
    name: NameArgument,
    address: Annotated[str, typer.Argument(metavar="URL", help="Where deliveries are posted: http or https.")],
    *,
    saved: Annotated[str, typer.Option("--saved", metavar="SEARCH", help="Name of the saved search.")],
    url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """Make a webhook, and print the secret that signs its deliveries. It is shown this once."""
    with open_api(url, data) as client:
        made = client.post_json(PATH, {"name": name, "url": address, "saved": saved})
    remarks = progress_console()
    remarks.print(f"Made {name}. `newsweave webhooks test {name}` tries it. Its secret:", highlight=False)
    print(made["secret"])


@app.command("list")
def list_webhooks(*, as_json: JsonOption = False, url: ApiUrlOption = None, data: DataOption = None) -> None:
    """List the webhooks, and why one is disabled, if it is."""
    with open_api(url, data) as client:
        answer = client.get(PATH)
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    webhooks = [WebhookView.model_validate(webhook) for webhook in answer["webhooks"]]
    table = Table("name", "url", "saved search", "status", "made", box=None)
    for webhook in webhooks:
        status = f"{webhook.status}: {webhook.reason}" if webhook.reason else webhook.status.value
        made = webhook.created_at.date().isoformat()
        table.add_row(webhook.name, printable(webhook.url), webhook.saved, printable(status), made)
    result_console().print(table if webhooks else "There are no webhooks: `newsweave webhooks add` makes one.")


@app.command("test")
def try_webhook(name: NameArgument, *, url: ApiUrlOption = None, data: DataOption = None) -> None:
    """Send a delivery that says nothing of any event, and wait for what becomes of it."""
    with open_api(url, data) as client:
        sent = client.post_json(f"{PATH}/{name}/test", None)
        delivery = _outcome(client, name, sent["message_id"])
    if delivery is None or delivery.last_tried_at is None:
        raise UserError(
            f"nothing was sent within {TEST_SECONDS:.0f} s. Is the webhook enabled, and does an api with the role "
            "deliver run? `newsweave webhooks list` and `newsweave webhooks deliveries` tell more"
        )
    if delivery.last_error is not None:
        raise UserError(f"{name} did not take it: {printable(delivery.last_error)}")
    result_console().print(f"{name} took it with status {delivery.last_status}.", highlight=False)


@app.command()
def deliveries(
    name: NameArgument,
    *,
    since: Annotated[str | None, typer.Option("--since", metavar="TIME", help="Only those made then or later.")] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="TIME", help="Only those made then or earlier.")
    ] = None,
    dead: DeadOption = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="How many, the latest first.")] = 20,
    as_json: JsonOption = False,
    url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """List deliveries of the last 30 days: what became of each, and when it is tried next."""
    given: dict[str, str | int | None] = {
        "since": since,
        "until": until,
        "only_dead": "true" if dead else None,
        "limit": limit,
    }
    asked = {key: value for key, value in given.items() if value is not None}
    with open_api(url, data) as client:
        answer = client.get(f"{PATH}/{name}/deliveries", asked)
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    listed = [DeliveryView.model_validate(each) for each in answer["deliveries"]]
    table = Table("made", "message", "event", "outcome", "tries", "last try", "next try", box=None)
    for each in listed:
        last = each.last_error or (f"status {each.last_status}" if each.last_status else "")
        table.add_row(
            *(_time(each.created_at), each.message_id, each.event_id or "test", each.outcome.value, str(each.tries)),
            *(printable(last), _time(each.next_try_at)),
        )
    result_console().print(table if listed else "There are no such deliveries.")


@app.command()
def resend(
    name: NameArgument,
    *,
    since: Annotated[str, typer.Option("--since", metavar="TIME", help="Those made then or later: a time or a date.")],
    until: Annotated[
        str | None, typer.Option("--until", metavar="TIME", help="And then or earlier. Default: now.")
    ] = None,
    dead: DeadOption = False,
    url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """Send deliveries again that were made in a stretch of time. Their ids stay what they were."""
    end = SystemClock().now() if until is None else _moment(until, ends=True)
    body = {"since": _moment(since, ends=False).isoformat(), "until": end.isoformat(), "only_dead": dead}
    with open_api(url, data) as client:
        count = client.post_json(f"{PATH}/{name}/resend", body)["deliveries"]
    deliveries_word = "delivery is" if count == 1 else "deliveries are"
    result_console().print(f"{count:,} {deliveries_word} sent again.", highlight=False)


@app.command()
def enable(name: NameArgument, *, url: ApiUrlOption = None, data: DataOption = None) -> None:
    """Let a webhook that was disabled send again."""
    with open_api(url, data) as client:
        client.post_json(f"{PATH}/{name}/enable", None)
    result_console().print(f"{name} is enabled.", highlight=False)


@app.command()
def disable(name: NameArgument, *, url: ApiUrlOption = None, data: DataOption = None) -> None:
    """Let a webhook send nothing until it is enabled."""
    with open_api(url, data) as client:
        client.post_json(f"{PATH}/{name}/disable", None)
    result_console().print(f"{name} is disabled.", highlight=False)


@app.command()
def remove(name: NameArgument, *, url: ApiUrlOption = None, data: DataOption = None) -> None:
    """Delete a webhook with its deliveries."""
    with open_api(url, data) as client:
        client.delete(f"{PATH}/{name}")
    result_console().print(f"{name} is deleted.", highlight=False)


def _outcome(client: Client, name: str, message_id: str) -> DeliveryView | None:
    """The delivery once it was tried, or at the end of the wait."""
    end = time.monotonic() + TEST_SECONDS
    while True:
        answer: dict[str, Any] = client.get(f"{PATH}/{name}/deliveries", {"limit": 100})
        listed = (DeliveryView.model_validate(each) for each in answer["deliveries"])
        delivery = next((each for each in listed if each.message_id == message_id), None)
        if (delivery is not None and delivery.last_tried_at is not None) or time.monotonic() >= end:
            return delivery
        time.sleep(LOOK_SECONDS)


def _moment(text: str, *, ends: bool) -> datetime:
    try:
        return read_moment(text, ends=ends)
    except ValueError as error:
        raise UserError(f"{text!r} is no time: {error}") from error


def _time(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"
