"""How the client that blocks moves bytes: it runs conversations and reads streams."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self, TypeVar

import httpx
from httpx_sse import SSEError, connect_sse

from services.client import calls
from services.client.connecting import connecting
from services.client.conversation import Conversation, Manners, Pause
from services.client.exchange import Answer, Call, Request, Unanswered
from services.client.following import Following, Frame
from services.client.kept_answers import KeptAnswers
from services.client.problems import error_of, no_answer_error, no_stream_error
from services.client.sync_lists import Listing, OnBreak, Stream
from services.client.transport import Body, arguments, stream_timeout, unanswered, unreadable, usable_proxies
from services.client.walk import Walk

T = TypeVar("T")
P = TypeVar("P")
KEPT_BYTES = 16 * 1024 * 1024
PATIENCE_SECONDS = 60.0
TIMEOUT_SECONDS = 30.0


class SyncSession:
    """Sends requests and reads answers, blocking. What is asked stands in `Newsweave`."""

    def __init__(
        self,
        url: str | None = None,
        *,
        ingest_url: str | None = None,
        api_key: str | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
        patience_seconds: float = PATIENCE_SECONDS,
        kept_bytes: int = KEPT_BYTES,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Prepare; no connection is made yet.

        Args:
            url: Address of the api. Default: NEWSWEAVE_API_URL, else http://127.0.0.1:8000.
            ingest_url: Address of ingest. Default: NEWSWEAVE_INGEST_URL, else http://127.0.0.1:8001.
            api_key: Default: NEWSWEAVE_API_KEY, else what the file has that NEWSWEAVE_API_KEY_FILE names.
            timeout_seconds: Longest wait for one answer.
            patience_seconds: Longest wait for one call, where the service asks to come back later (429, 503).
            kept_bytes: Of answers that are kept, so that unchanged ones are not sent again; 0: none are.
            pause: Waits some seconds.
        """
        self._connecting = connecting(url, ingest_url, api_key, os.environ)
        self._manners = Manners(
            self._connecting.addresses, patience_seconds, KeptAnswers(kept_bytes), clock=time.monotonic
        )
        self._pause = pause
        self._stream_timeout = stream_timeout(timeout_seconds)
        with usable_proxies():
            self._http = {
                service: httpx.Client(
                    base_url=address,
                    timeout=timeout_seconds,
                    headers=self._connecting.headers,
                    trust_env=self._connecting.trusts_environment(service),
                )
                for service, address in self._connecting.addresses.items()
            }

    def __enter__(self) -> Self:
        """The client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close its connections."""
        self.close()

    def close(self) -> None:
        """Close its connections."""
        for client in self._http.values():
            client.close()

    def request(self, request: Request) -> Any:
        """The JSON that answers any request: for what has no method here."""
        return self.ask(calls.anything(request))

    def walk(self, walk: Walk[P, T]) -> Listing[P, T]:
        """The items of any list."""
        return Listing(walk, self.ask)

    def follow(self, following: Following[T], on_break: OnBreak | None = None) -> Stream[T]:
        """The updates of any reader of the stream."""
        return Stream(following, self._frames, self._pause, on_break)

    def ask(self, call: Call[T]) -> T:
        """The answer to any call of `services.client.calls`."""
        steps: Conversation[T] = self._manners.converse(call)
        outcome: Answer | Unanswered | None = None
        while True:
            try:
                step = steps.send(outcome)
            except StopIteration as end:
                result: T = end.value
                return result
            if isinstance(step, Pause):
                self._pause(step.seconds)
                outcome = None
            else:
                outcome = self._send(step)

    def _send(self, request: Request) -> Answer | Unanswered:
        try:
            with self._http[request.service].stream(**arguments(request)) as response:
                return _whole(response)
        except httpx.DecodingError as error:
            raise unreadable(error) from error
        except httpx.RequestError as error:
            return unanswered(error)

    @contextmanager
    def _frames(self, request: Request) -> Iterator[Iterator[Frame]]:
        address = self._connecting.addresses[request.service]
        sent = {**arguments(request), "timeout": self._stream_timeout}
        try:
            with connect_sse(self._http[request.service], **sent) as source:
                if not source.response.is_success:
                    raise error_of(request, _whole(source.response), address)
                yield source.iter_sse()
        except SSEError as error:
            raise no_stream_error(address) from error
        except httpx.RequestError as error:
            raise no_answer_error(unanswered(error), address) from error


def _whole(response: httpx.Response) -> Answer:
    body = Body()
    for chunk in response.iter_bytes():
        body.add(chunk)
    return body.answer(response)
