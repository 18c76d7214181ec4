"""Lists of the api, part after part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.local.client import Client

MOST_AT_ONCE = 100
"""The most that the api gives at once."""
Parameters = dict[str, str | int | list[str]]


@dataclass
class FetchedList:
    """The first items of a list, and what the first answer said of the search."""

    items: list[dict[str, Any]] = field(default_factory=list)
    corrected: dict[str, list[str]] = field(default_factory=dict)
    """Words that nothing has, and the words of names that they were taken for."""


def list_parts(
    client: Client, path: str, name: str, parameters: Mapping[str, str | int | list[str]], limit: int | None = None
) -> Iterator[dict[str, Any]]:
    """The answers of the list at `path`, which they call `name`, part after part.

    Args:
        client: Asks for them.
        path: Of the list.
        name: Of the list in its answers.
        parameters: Of the first request, and of all that continue it.
        limit: Items asked for in all; None: all there are.

    Raises:
        UserError: As `Client.get`.
    """
    cursor: str | None = None
    count = 0
    while limit is None or count < limit:
        at_most = MOST_AT_ONCE if limit is None else min(MOST_AT_ONCE, limit - count)
        asked: Parameters = {**parameters, "limit": at_most}
        if cursor is not None:
            asked["cursor"] = cursor
        answer = client.get(path, asked)
        yield answer
        count += len(answer[name])
        cursor = answer["next"]
        if cursor is None:
            return


def walk_list(
    client: Client, path: str, name: str, parameters: Mapping[str, str | int | list[str]]
) -> Iterator[dict[str, Any]]:
    """All items of the list at `path`, which its answers call `name`. Raises as `list_parts`."""
    for answer in list_parts(client, path, name, parameters):
        yield from answer[name]


def fetch_list(
    client: Client, path: str, name: str, limit: int, parameters: Mapping[str, str | int | list[str]]
) -> FetchedList:
    """At most `limit` items of the list at `path`, which its answers call `name`. Raises as `list_parts`."""
    fetched = FetchedList()
    for answer in list_parts(client, path, name, parameters, limit):
        fetched.items += answer[name]
        fetched.corrected = fetched.corrected or answer.get("corrected", {})
    return fetched
