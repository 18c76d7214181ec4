"""`newsweave changes`."""

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

import typer

from services.client import walks
from services.client.exchange import Query
from services.client.parameters import as_query
from services.local.client import Client, RefusedError
from services.local.commands.options import ApiUrlOption, DataOption, printable, progress_console, result_console
from services.local.commands.show import EventArgument
from services.local.discovery import find_service
from services.local.errors import UserError
from services.local.settings import LocalSettings

EXAMPLES = (
    "newsweave changes evt_00cb0aa61a85bdfac1d4",
    "newsweave changes evt_00cb0aa61a85bdfac1d4 --since 7",
    "newsweave changes evt_00cb0aa61a85bdfac1d4 --since 2026-03-04T16:00:00Z --kind denial,figure_superseded",
    "newsweave changes evt_00cb0aa61a85bdfac1d4 --json | jq -r .kind | sort | uniq -c",
)
MOST_CHARS = 100
"""Of the words of a change in a line."""

KindOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KIND",
        help="Only these kinds of changes, repeated or between commas: article_joined, claim_added, origin_gained, "
        "denial, figure_superseded, contradiction_opened, … (docs/topics.md lists all).",
    ),
]
ChangesSinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="VERSION|TIME", help="Changes after that version, or of then and later."),
]
LinesOption = Annotated[bool, typer.Option("--json", help="Print one line of JSON a change: NDJSON.")]


def changes(
    event_id: EventArgument,
    *,
    since: ChangesSinceOption = None,
    kind: KindOption = None,
    as_lines: LinesOption = False,
    url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """Tell what was new about an event, one change a line, the earliest first.

    Beside each change stand the version that it led to and when the event changed. Where changes are missing, since
    they are older than they are kept, a remark says so.
    """
    settings = LocalSettings()
    address = find_service("api", settings, url=url, data=data)
    asked = as_query({"since": since, "kind": ",".join(kind) if kind else None})
    with Client(address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file) as client:
        for change in _read(client, event_id, asked):
            if as_lines:
                print(json.dumps(change, ensure_ascii=False))
            else:
                line = f"{change['at'][:19]}  v{change['version']:<4} {described(change)}"
                result_console().print(printable(line), markup=False, highlight=False, soft_wrap=True)


def _read(client: Client, event_id: str, asked: Query) -> Iterator[Mapping[str, Any]]:
    """All changes, part by part."""
    walk = walks.anything(f"/v1/events/{quote(event_id, safe='')}/changes", _changes_of, asked)
    try:
        yield from client.walk(walk)
    except RefusedError as error:
        if error.status != HTTPStatus.NOT_FOUND:
            raise
        raise UserError(f"there is no event {event_id}: `newsweave events` lists those there are") from error


def _changes_of(part: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a part lists; says where changes are missing."""
    if not part["whole"]:
        remark = "Changes are missing here: they are older than they are kept."
        progress_console().print(remark, style="yellow", highlight=False)
    changes: list[dict[str, Any]] = part["changes"]
    return changes


def described(change: Mapping[str, Any]) -> str:
    """A change in a few words: its kind, and what it is about."""
    words = change.get("text") or _words(change)
    kind = str(change["kind"]).replace("_", " ")
    return f"{kind}: {_shortened(words)}" if words else kind


def _words(change: Mapping[str, Any]) -> str | None:
    """Of a change as the api gives it whole."""
    for part, name in (
        ("claim", "text"),
        ("contradiction", "explanation"),
        ("figure", "explanation"),
        ("support", "text"),
        ("article", "title"),
    ):
        if change.get(part) and change[part].get(name):
            return str(change[part][name])
    return change.get("headline") or change.get("reason") or change.get("other_event_id") or change.get("article_id")


def _shortened(words: str) -> str:
    return words if len(words) <= MOST_CHARS else f"{words[: MOST_CHARS - 1]}…"
