"""Follows the api's stream of updates for a terminal: over breaks, and over the loss of what is no longer held."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic_core import from_json

from services.client.errors import UnreadableAnswerError
from services.client.exchange import Query
from services.client.following import Following
from services.local.client import Client, RefusedError

_ALL_THAT_IS_HELD = "0-0"
UpdateAt = tuple[str, Mapping[str, Any]]
"""An update as JSON, with its position."""


@dataclass
class Watch:
    """One reader of the stream."""

    client: Client
    query: Query
    """Filters, and where to begin without a position."""
    remark: Callable[[str], None]
    """Tells whoever watches what happens to the connection."""
    position: str | None = None
    """To begin after."""
    is_endless: bool = True
    """Whether to go on when all up to now was told."""

    def follow(self) -> Iterator[UpdateAt]:
        """Updates as they come.

        Raises:
            RefusedError: The service will not stream that; to ask again is no use.
            UnavailableError: It did not answer at all, the first time.
        """
        while True:
            following = Following(self.query, _read, self.position, self.is_endless)
            try:
                yield from self.client.follow(following, self._say_break)
            except RefusedError as error:
                if error.status != HTTPStatus.GONE or following.position == _ALL_THAT_IS_HELD:
                    raise
                self.remark(f"some updates were missed: {error}")
                self.position = _ALL_THAT_IS_HELD
            else:
                return

    def _say_break(self, why: str, seconds: float) -> None:
        self.remark(f"{why}; going on in {seconds:.0f} s")


def _read(position: str, data: str) -> UpdateAt:
    try:
        update = from_json(data)
    except ValueError as error:
        raise UnreadableAnswerError(f"the update at {position} is not JSON: {error}") from error
    if not isinstance(update, dict):
        raise UnreadableAnswerError(f"the update at {position} is not an object: is that address Newsweave's?")
    return position, update
