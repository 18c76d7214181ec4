"""Conditions on the command line: `--filter NAME=VALUE`, as the HTTP API takes them."""

from collections.abc import Sequence
from typing import Annotated

import typer

from services.local.errors import UserError

FilterOption = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        "-f",
        metavar="NAME=VALUE",
        help="Only events that meet it: q, publisher, family, language, entity, speaker, kind, status, has, "
        "min_origins, min_publishers, single_origin, mentions_date, updated_since, published_until, …; each also as "
        "not_NAME. Commas: any of them. Repeat it for more.",
    ),
]
ClaimFilterOption = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        "-f",
        metavar="NAME=VALUE",
        help="Only claims that meet it: speaker, entity, publisher, kind, commitment, each also as not_NAME; event, "
        "min_origins, published_since, published_until. Commas: any of them. Repeat it for more.",
    ),
]
SavedOption = Annotated[str | None, typer.Option("--saved", metavar="NAME", help="Only events of a saved search.")]


def read_filters(texts: Sequence[str]) -> dict[str, list[str]]:
    """Names and values of the conditions, as parameters of a query.

    Raises:
        UserError: one is not NAME=VALUE.
    """
    parameters: dict[str, list[str]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not (name and equals and value):
            raise UserError(f"{text!r} is no filter: give NAME=VALUE, such as publisher=courier.example")
        parameters.setdefault(name.strip(), []).append(value.strip())
    return parameters
