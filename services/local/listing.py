"""Lists of the api, part after part."""

from collections.abc import Mapping
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


def fetch_list(
    client: Client, path: str, name: str, limit: int, parameters: Mapping[str, str | int | list[str]]
) -> FetchedList:
    """At most `limit` items of the list at `path`, which its answers call `name`. Raises as `Client.get`."""
    fetched = FetchedList()
    cursor: str | None = None
    while len(fetched.items) < limit:
        asked: Parameters = {**parameters, "limit": min(MOST_AT_ONCE, limit - len(fetched.items))}
        if cursor is not None:
            asked["cursor"] = cursor
        answer = client.get(path, asked)
        fetched.items += answer[name]
        fetched.corrected = fetched.corrected or answer.get("corrected", {})
        cursor = answer["next"]
        if cursor is None:
            break
    return fetched
