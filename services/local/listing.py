"""Lists of the api as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.client import walks
from services.client.parameters import as_query
from services.local.client import Client

Parameters = dict[str, str | int | list[str]]


@dataclass
class FetchedList:
    """Items of a list, and what the answers said of the search."""

    items: list[dict[str, Any]] = field(default_factory=list)
    corrected: dict[str, list[str]] = field(default_factory=dict)
    """Words that nothing has, and the words of names that they were taken for."""


def walk_list(
    client: Client, path: str, name: str, parameters: Mapping[str, str | int | list[str]]
) -> Iterator[dict[str, Any]]:
    """All items of the list at `path`, which its answers call `name`. Raises UserError, as `Client.get`."""
    return client.walk(walks.anything(path, name, as_query(parameters)))


def fetch_list(
    client: Client, path: str, name: str, limit: int, parameters: Mapping[str, str | int | list[str]]
) -> FetchedList:
    """At most `limit` items of the list at `path`, which its answers call `name`. Raises UserError, as `Client.get`."""
    walk = walks.anything(path, name, as_query(parameters), limit=limit)
    items = list(client.walk(walk))
    return FetchedList(items, walk.part.get("corrected", {}) if walk.part else {})
