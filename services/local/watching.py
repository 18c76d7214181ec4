"""Follows the api's stream of updates over breaks: each update once, from where the last connection ended."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from httpx_sse import ServerSentEvent

from services.local.client import Client, RefusedError, UnavailableError

PATH = "/v1/events/stream"
FIRST_PAUSE_SECONDS = 1.0
"""Before the next connection, unless the service says another one."""
LONGEST_PAUSE_SECONDS = 30.0
_ALL_THAT_IS_HELD = "0-0"
Parameters = Sequence[tuple[str, str]]


@dataclass
class Watch:
    """One reader of the stream."""

    client: Client
    parameters: Parameters
    """Filters, and where to begin: what the address takes."""
    pause: Callable[[float], None]
    """Waits some seconds."""
    remark: Callable[[str], None]
    """Tells whoever watches what happens to the connection."""
    position: str | None = None
    """Of the last frame that was read; None: none yet."""
    failures: int = 0
    """Connections in a row that gave nothing."""
    retry_seconds: float = FIRST_PAUSE_SECONDS

    def follow(self) -> Iterator[ServerSentEvent]:
        """Frames of events, without end.

        Raises:
            RefusedError: The service will not stream that; to ask again is no use.
            UnavailableError: It did not answer at all, the first time.
        """
        while True:
            try:
                yield from self.read()
            except UnavailableError as error:
                if self.position is None:
                    raise
                self._wait(str(error))
            except RefusedError as error:
                if error.status != HTTPStatus.GONE:
                    raise
                self.remark(f"some updates were missed: {error}")
                self.position = _ALL_THAT_IS_HELD
            else:
                self._wait("the stream ended")

    def read(self) -> Iterator[ServerSentEvent]:
        """Frames of events of one connection. Raises as `follow`, UnavailableError also later."""
        for frame in self.client.events(PATH, self._asked()):
            self.position = frame.id or self.position
            self.failures = 0
            if frame.retry is not None:
                self.retry_seconds = frame.retry / 1000
            if frame.event == "event" and frame.data:
                yield frame
            elif frame.event == "too_slow":
                self.remark("reading too slowly; going on where it stopped")

    def _asked(self) -> Parameters:
        """The parameters, from the last position on."""
        if self.position is None:
            return self.parameters
        others = [(name, value) for name, value in self.parameters if name not in {"since", "last_event_id"}]
        return [*others, ("last_event_id", self.position)]

    def _wait(self, why: str) -> None:
        self.failures += 1
        seconds = min(self.retry_seconds * 2 ** (self.failures - 1), LONGEST_PAUSE_SECONDS)
        self.remark(f"{why}; going on in {seconds:.0f} s")
        self.pause(seconds)
