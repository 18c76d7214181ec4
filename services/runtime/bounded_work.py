"""HTTP requests that compute: bounded in size, in number and in time, and off the event loop.

For services whose own work comes from Kafka and who answer a request beside it. A request never waits for a place: a
queue would hide the overload from whoever asks.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import Request
from pydantic import ValidationError
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from services.runtime.metrics import ASKED_SECONDS
from services.runtime.problems import field_errors, problem_response

Work = Callable[[bytes], bytes]
"""A body to the JSON of its answer. Raises ValidationError for a body that is not valid."""
RETRY_SECONDS = 1
"""After which a refused client is told to ask again."""


@dataclass(frozen=True)
class WorkBounds:
    """How much is taken on."""

    body_bytes: int
    """Of the largest body."""
    places: int
    """Requests in hand at a time, those that wait for their turn to compute among them."""
    seconds: float
    """Longest time for the body to come, and again for the answer to be computed."""


class BoundedWork:
    """Answers requests by `work`, one computation at a time."""

    def __init__(self, name: str, bounds: WorkBounds) -> None:
        """Until `work` is set, requests are told that the service is starting. `name`: for the metrics."""
        self.work: Work | None = None
        self._name = name
        self._bounds = bounds
        self._taken = 0
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)

    async def answer(self, request: Request, work: Work | None = None) -> Response:
        """The answer: the work's, or a problem that says what to do. `work`: another kind of it, for this request."""
        with ASKED_SECONDS.labels(self._name).time():
            if self.work is None:
                return _unavailable("The service is starting, or its roles leave this out.")
            if self._taken >= self._bounds.places:
                return _unavailable("Too many requests at a time.")
            self._taken += 1
            computing = None
            try:
                body = await receive_body(request, self._bounds.body_bytes, self._bounds.seconds)
                if isinstance(body, Response):
                    return body
                computing = asyncio.get_running_loop().run_in_executor(self._executor, work or self.work, body)
                return await self._await(computing)
            finally:
                # A thread cannot be stopped: what takes too long keeps its place until it is through.
                if computing is None or computing.done():
                    self._give_back()
                else:
                    computing.add_done_callback(self._give_back)

    async def _await(self, computing: "asyncio.Future[bytes]") -> Response:
        try:
            content = await asyncio.wait_for(asyncio.shield(computing), self._bounds.seconds)
        except TimeoutError:
            return _unavailable(f"This took more than {self._bounds.seconds:g} s.")
        except ValidationError as error:
            return problem_response(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "The request is not valid",
                "Correct the fields named in `errors` and send the request again.",
                errors=field_errors(error.errors()),
            )
        return Response(content, media_type="application/json")

    def _give_back(self, computing: "asyncio.Future[bytes] | None" = None) -> None:
        self._taken -= 1
        if computing is not None and not computing.cancelled():
            computing.exception()  # nobody waits for it any more: asyncio would log it as never retrieved


async def receive_body(request: Request, most_bytes: int, seconds: float) -> bytes | Response:
    """The body of a request, or the refusal of one that is too large, too slow, or ends early."""
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most_bytes:
                    detail = f"The body has more than {most_bytes:,} bytes. Send less at a time."
                    return problem_response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail=detail)
    except TimeoutError:
        return problem_response(HTTPStatus.REQUEST_TIMEOUT, detail="The body came too slowly. Send it again.")
    except ClientDisconnect:
        return problem_response(HTTPStatus.BAD_REQUEST, detail="The body ended early. Send it again.")
    return bytes(body)


def _unavailable(what: str) -> Response:
    return problem_response(
        HTTPStatus.SERVICE_UNAVAILABLE,
        detail=f"{what} Ask again in a second.",
        headers={"Retry-After": str(RETRY_SECONDS)},
    )
