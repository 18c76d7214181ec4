"""`newsweave export`."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

import typer

from services.api.event_lists import ListedClaim
from services.contracts.event import Event
from services.local.client import Client
from services.local.commands.filters import FilterOption, SavedOption, read_filters
from services.local.commands.options import ApiUrlOption, DataOption, progress_console
from services.local.discovery import find_service
from services.local.export_rows import CLAIM_COLUMNS, FIGURE_COLUMNS, Row, claim_rows, figure_rows
from services.local.listing import Parameters, walk_list
from services.local.progress import progress
from services.local.settings import LocalSettings
from services.local.table_files import TableFormat, format_of, table_file

EXAMPLES = (
    "newsweave export claims > claims.csv",
    "newsweave export figures --filter has=conflicting_figure --out figures.parquet",
    "newsweave export claims --filter speaker='Ada Reyl' --format ndjson | jq -r .claim",
)


class Exported(StrEnum):
    """What can be exported."""

    CLAIMS = "claims"
    FIGURES = "figures"


WhatArgument = Annotated[Exported, typer.Argument(help="claims: a row a report; figures: a row a value.")]
FormatOption = Annotated[
    TableFormat | None, typer.Option("--format", help="Without it: by the name of the file, else csv.")
]
OutOption = Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="Where it goes; - for standard output.")]


def export(
    what: WhatArgument,
    out: OutOption = "-",
    table_format: FormatOption = None,
    filters: FilterOption = None,
    *,
    saved: SavedOption = None,
    url: ApiUrlOption = None,
    data: DataOption = None,
) -> None:
    """Write claims or figures of all events, or of those that meet conditions, as a table.

    A row of `claims` is the first report that one independent origin gives of a claim, with its place in the article's
    text; a row of `figures` one value. Events that change meanwhile are written as they are when they are reached. In
    CSV, a text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    parameters: Parameters = {**read_filters(filters or ())}
    if saved is not None:
        parameters["saved"] = saved
    columns = CLAIM_COLUMNS if what is Exported.CLAIMS else FIGURE_COLUMNS
    settings = LocalSettings()
    address = find_service("api", settings, url=url, data=data)
    rows_of = _claim_rows if what is Exported.CLAIMS else _figure_rows
    with (
        Client(address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file) as client,
        progress(progress_console(), "Exporting", total=None) as bar,
        table_file(out, format_of(out, table_format), columns) as write,
    ):
        for summary in walk_list(client, "/v1/events", "events", parameters):
            for row in rows_of(client, summary):
                write(row)
            bar.advance(1)


def _claim_rows(client: Client, summary: dict[str, Any]) -> Iterator[Row]:
    path = f"/v1/events/{quote(summary['event_id'], safe='')}/claims"
    listed = (ListedClaim.model_validate(claim) for claim in walk_list(client, path, "claims", {}))
    yield from claim_rows(summary["event_id"], summary["headline"], listed)


def _figure_rows(client: Client, summary: dict[str, Any]) -> Iterator[Row]:
    yield from figure_rows(Event.model_validate(client.get(f"/v1/events/{quote(summary['event_id'], safe='')}", {})))
