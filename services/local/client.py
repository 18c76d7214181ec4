"""The Python client as the commands use it: answers as JSON, and errors for the person at the keyboard."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar

from services.client.connecting import key_in
from services.client.errors import NewsweaveError
from services.client.errors import RefusedError as Refused
from services.client.errors import UnavailableError as Unavailable
from services.client.exchange import Request
from services.client.following import Following
from services.client.parameters import as_query
from services.client.sync_client import Newsweave
from services.client.sync_lists import OnBreak
from services.client.walk import Walk
from services.local.errors import UserError

P = TypeVar("P")
T = TypeVar("T")
Parameters = Mapping[str, str | int | Sequence[str]]
_JSON = "application/json"


class UnavailableError(UserError):
    """Nothing answers, or the service says that it cannot for now. Asking again later may help.

    `retry_after`: the seconds after which the service asks to be asked again, if it says so.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        """Keep what the answer said beside the message."""
        super().__init__(message)
        self.retry_after = retry_after


class RefusedError(UserError):
    """The service answered that it will not do this.

    `status` is the HTTP status, `faults` are the `errors` of its problem+json: {line?, field, message}.
    """

    def __init__(self, status: int, message: str, faults: Sequence[Mapping[str, Any]] = ()) -> None:
        """Keep what the answer said beside the message."""
        super().__init__(message)
        self.status = status
        self.faults = faults


class Client:
    """Requests to one service."""

    def __init__(
        self,
        base_url: str,
        *,
        timeout_seconds: float,
        key_file: Path | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Prepare; no connection is made yet.

        Args:
            base_url: Address of the service.
            timeout_seconds: Longest wait for an answer.
            key_file: Holds the API key to show, where the service asks for one.
            pause: Waits before a stream that broke is connected again.

        Raises:
            UserError: The address is not a web address, or the file cannot be read.
        """
        with user_errors():
            key = None if key_file is None else key_in(key_file)
            # It waits for nothing: commands say at once what is the matter, and `submit` has a patience of its own.
            self._newsweave = Newsweave(
                base_url,
                ingest_url=base_url,
                api_key=key,
                timeout_seconds=timeout_seconds,
                patience_seconds=0,
                kept_bytes=0,
                pause=pause,
            )

    def __enter__(self) -> Self:
        """Keep connections open between requests."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close them."""
        self._newsweave.close()

    def get(self, path: str, parameters: Parameters | None = None) -> Any:
        """The JSON at `path`.

        Raises:
            UnavailableError: Nothing answers, or not for now.
            RefusedError: Any other answer than success.
        """
        return self._ask(Request("GET", path, as_query(parameters or {})))

    def post(self, path: str, body: bytes, content_type: str) -> Any:
        """Send `body`; the JSON of the answer. Raises as `get` does."""
        return self._ask(Request("POST", path, body=body, headers={"Content-Type": content_type}))

    def post_json(self, path: str, body: Any) -> Any:
        """Send `body` as JSON, or nothing for None; the JSON of the answer. Raises as `get` does."""
        return self._ask(Request("POST", path)) if body is None else self._send("POST", path, body)

    def put(self, path: str, body: Any) -> Any:
        """Put `body` as JSON in the place of what is at `path`; the JSON of the answer. Raises as `get` does."""
        return self._send("PUT", path, body)

    def delete(self, path: str) -> None:
        """Delete what is at `path`. Raises as `get` does."""
        self._ask(Request("DELETE", path))

    def walk(self, walk: Walk[P, T]) -> Iterator[T]:
        """All items of a list. Raises as `get` does."""
        with user_errors():
            yield from self._newsweave.walk(walk)

    def follow(self, following: Following[T], on_break: OnBreak) -> Iterator[T]:
        """Updates of the stream, over breaks. Raises as `get` does, UnavailableError only the first time."""
        with user_errors(), self._newsweave.follow(following, on_break) as stream:
            yield from stream

    def _send(self, method: str, path: str, body: Any) -> Any:
        sent = json.dumps(body).encode()
        return self._ask(Request(method, path, body=sent, headers={"Content-Type": _JSON}))

    def _ask(self, request: Request) -> Any:
        with user_errors():
            return self._newsweave.request(request)


@contextmanager
def user_errors() -> Iterator[None]:
    """Errors of the client as errors that end a command."""
    try:
        yield
    except Unavailable as error:
        raise UnavailableError(str(error), retry_after=error.retry_after) from error
    except Refused as error:
        raise RefusedError(error.status, str(error), error.faults) from error
    except NewsweaveError as error:
        raise UserError(str(error)) from error
