"""`newsweave watch`."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from services.client.parameters import as_query
from services.local.client import Client
from services.local.commands.changes import KindOption, described
from services.local.commands.filters import FilterOption, SavedOption, read_filters
from services.local.commands.options import ApiUrlOption, DataOption, printable, progress_console, result_console
from services.local.discovery import find_service
from services.local.settings import LocalSettings
from services.local.watching import Watch

EXAMPLES = (
    "newsweave watch",
    "newsweave watch --filter entity='Port Eldrin' --filter not_status=closed",
    "newsweave watch --change denial,contradiction_opened",
    "newsweave watch --since 2026-03-04 --once --json > updates.jsonl",
    "newsweave watch --json | jq -r '[.event.headline, .version] | @tsv'",
)
MOST_CHANGES = 3
"""Changes that a line names."""

SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="TIME", help="Begin with what changed then. Default: what comes now.")
]
AfterOption = Annotated[
    str | None, typer.Option("--after", metavar="ID", help="Begin after an update: the id that --json gives it.")
]
OnceOption = Annotated[bool, typer.Option("--once", help="End when all up to now is told.")]
LinesOption = Annotated[bool, typer.Option("--json", help="Print one line of JSON an update: NDJSON.")]


def watch(
    filters: FilterOption = None,
    change: KindOption = None,
    *,
    saved: SavedOption = None,
    since: SinceOption = None,
    after: AfterOption = None,
    once: OnceOption = False,
    as_lines: LinesOption = False,
    url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """Tell of events as they change, until Ctrl-C.

    A connection that breaks is made again, and goes on where it was: no update is missed, none comes twice. The service
    keeps updates for a week.
    """
    asked = [(name, value) for name, values in read_filters(filters or ()).items() for value in values]
    asked += [("change", kind) for kind in change or ()]
    asked += as_query({"saved": saved, "since": since})
    settings = LocalSettings()
    address = find_service("api", settings, url=url, data=data)
    with Client(address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file) as client:
        for position, update in Watch(client, tuple(asked), _remark, after, is_endless=not once).follow():
            if as_lines:
                print(json.dumps({"id": position, **update}, ensure_ascii=False), flush=True)
            else:
                result_console().print(line(update), markup=False, highlight=False, soft_wrap=True)


def line(update: Mapping[str, Any]) -> str:
    """An update in one line."""
    event = update["event"]
    head = f"{event['event_id']}  v{update['version']}  {event['headline']}"
    if update["merged_into"]:
        return printable(f"{head} — merged into {update['merged_into']}")
    named = [described(change) for change in update["changes"][:MOST_CHANGES]]
    more = (update["changes_total"] or 0) - len(named)
    return printable(head + (f" — {'; '.join(named)}" if named else "") + (f"; {more} more" if more > 0 else ""))


def _remark(text: str) -> None:
    progress_console().print(text, style="yellow", markup=False, highlight=False, soft_wrap=True)
