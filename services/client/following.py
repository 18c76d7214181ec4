"""A reader of the stream of updates, over breaks: nothing is missed, nothing comes twice. Does no I/O itself.

Every frame has a position, the same for all replicas. Whoever comes back with the position of the last whole frame gets
what follows it; a frame that was cut is not counted, and comes again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic_core import from_json

from services.client.errors import NewsweaveError, UnavailableError, UnreadableAnswerError
from services.client.exchange import Query, Request

T = TypeVar("T")
PATH = "/v1/events/stream"
FIRST_PAUSE_SECONDS = 1.0
"""Before the next connection, unless the service says another one."""
LONGEST_PAUSE_SECONDS = 30.0
LEAST_PAUSE_SECONDS = 0.1
"""Also where the service asks for none: a stream that ends at once would be opened as fast as the machine can."""
MOST_ASKED_SECONDS = 3_600.0
"""The longest pause that a service can ask for."""
_MOST_DOUBLINGS = 30
"""Of the pause: the shortest one is past the bound by then, and a float does not hold two to the 1,024th."""
SILENCE_SECONDS = 50.0
"""Longest silence of a stream: three heartbeats, and some."""
_CUT_OFF = frozenset(("too_slow", "reconnect"))
"""Frames after which the service ends the connection before all is sent."""


class Frame(Protocol):
    """A server-sent event."""

    @property
    def event(self) -> str:
        """Its name."""

    @property
    def data(self) -> str:
        """Its content, JSON; empty for a heartbeat."""

    @property
    def id(self) -> str:
        """Position of the last frame so far that has one."""

    @property
    def retry(self) -> int | None:
        """Milliseconds to wait before coming back."""


@dataclass
class Following(Generic[T]):
    """Where a reader of the stream is."""

    query: Query
    """Filters, and where to begin without a position."""
    read: Callable[[str, str], T]
    """Makes an update of position and data."""
    position: str | None = None
    """Of the last frame that was read, or to begin after."""
    is_endless: bool = True
    """Whether to go on when all up to now was sent."""
    is_finished: bool = False
    is_whole: bool = True
    """Whether nothing is missing since what was asked for: a time to begin with can lie before all that is held."""
    _failures: int = 0
    _retry_seconds: float = FIRST_PAUSE_SECONDS
    _was_connected: bool = False
    _was_cut_off: bool = False

    def request(self) -> Request:
        """What to connect with: from the last position on."""
        self._was_cut_off = False
        query = self.query if self.is_endless else (*self.query, ("follow", "false"))
        if self.position is None:
            return Request("GET", PATH, query)
        others = tuple((name, value) for name, value in query if name != "since")
        return Request("GET", PATH, others, headers={"Last-Event-ID": self.position})

    def take(self, frame: Frame) -> T | None:
        """The update that a frame tells; None: it tells none. A frame that cannot be read is not counted."""
        tells_update = frame.event == "event" and bool(frame.data)
        update = self.read(frame.id, frame.data) if tells_update else None
        if frame.event == "position" and frame.data:
            self.is_whole = self.is_whole and _says_whole(frame.data)
        self.position = frame.id or self.position
        self._was_connected = True
        self._failures = 0
        if frame.retry is not None:
            milliseconds = min(frame.retry, int(LONGEST_PAUSE_SECONDS * 1000))  # first: no float holds every integer
            self._retry_seconds = max(milliseconds / 1000, LEAST_PAUSE_SECONDS)
        if frame.event in _CUT_OFF:
            self._was_cut_off = True
        return update

    def pause_after(self, error: NewsweaveError | None) -> float:
        """How long to wait before the next connection, in seconds.

        Args:
            error: What ended the connection; None: the service did, in order.

        Raises:
            NewsweaveError: To come back is no use: the service refuses, or it never answered at all.
        """
        if error is not None and (not isinstance(error, UnavailableError) or not self._was_connected):
            raise error
        if error is None and not self.is_endless and not self._was_cut_off:
            self.is_finished = True
            return 0.0
        self._failures += 1
        doublings = min(self._failures - 1, _MOST_DOUBLINGS)
        pause = min(self._retry_seconds * 2.0**doublings, LONGEST_PAUSE_SECONDS)
        asked = error.retry_after if isinstance(error, UnavailableError) else None
        return max(pause, min(asked or 0.0, MOST_ASKED_SECONDS))


def _says_whole(data: str) -> bool:
    """Whether the beginning of a stream says that nothing is missing."""
    try:
        beginning = from_json(data)
    except ValueError as error:
        raise UnreadableAnswerError(f"the beginning of the stream is not JSON: {error}") from error
    if not isinstance(beginning, dict):
        raise UnreadableAnswerError("the beginning of the stream is not an object: is that address Newsweave's?")
    return beginning.get("whole") is not False
