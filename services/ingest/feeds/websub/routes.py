"""Our callbacks, over HTTP. They ask for no key: a hub has none, and nobody else knows their addresses."""

import re
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from starlette.responses import Response

from services.ingest import metrics
from services.ingest.feeds.routes import FeedsPlace
from services.ingest.feeds.websub.callbacks import Callbacks, CallOutcome, Query, count
from services.ingest.feeds.websub.signatures import SignatureCheck
from services.ingest.push.receiving import BodyClock, Refusal, client_of, too_large, unavailable
from services.ingest.settings import IngestSettings
from services.runtime.errors import TransientError
from services.runtime.exposure import EXPOSED_QUOTA
from services.runtime.problems import problem_response
from services.runtime.rate_limits import Quota, RateLimit

RETRY_AFTER_SECONDS = 30
_FEED, _TOKEN = re.compile(r"[0-9a-f]{16}"), re.compile(r"[\w-]{20,80}", re.ASCII)


def websub_router(place: FeedsPlace, settings: IngestSettings) -> APIRouter:
    """`GET` and `POST /websub/{feed}/{token}`, which only hubs call: no part of the API."""
    router = APIRouter(include_in_schema=False)
    answering = _Answering(place, settings)

    @router.get("/websub/{feed}/{token}")
    async def verify(request: Request, feed: str, token: str) -> Response:
        return await answering.verify(request, feed, token)

    @router.post("/websub/{feed}/{token}")
    async def push(request: Request, feed: str, token: str) -> Response:
        return await answering.push(request, feed, token)

    return router


class _Answering:
    def __init__(self, place: FeedsPlace, settings: IngestSettings) -> None:
        self._place = place
        self._settings = settings
        self._limit = RateLimit(Quota(settings.request_quota or EXPOSED_QUOTA, settings.rate_limit_seconds))

    async def verify(self, request: Request, feed: str, token: str) -> Response:
        """Send the challenge back, if it is of a request of ours."""
        query = Query.of(request.query_params)
        try:
            callbacks = self._admit(request)
            is_address = _is_callback(feed, token)
            outcome = await callbacks.verify(feed, token, query) if is_address else CallOutcome.NOT_ASKED
        except Refusal as refusal:
            return refusal.response
        except TransientError:
            return _store_is_away()
        count(outcome)
        if outcome is CallOutcome.NOT_ASKED:
            return problem_response(HTTPStatus.NOT_FOUND, detail="This was not asked for here.")
        return PlainTextResponse(query.challenge if outcome is CallOutcome.VERIFIED else "")

    async def push(self, request: Request, feed: str, token: str) -> Response:
        """Take a push. Its content is not used: the feed itself is asked, at once."""
        try:
            outcome = await self._push(request, self._admit(request), feed, token)
        except Refusal as refusal:
            return refusal.response
        except TransientError:
            return _store_is_away()
        count(outcome)
        if outcome is CallOutcome.NOT_SUBSCRIBED:
            return problem_response(HTTPStatus.GONE, detail="There is no such subscription any more.")
        # The same with a wrong signature, as the recommendation says.
        return Response(status_code=HTTPStatus.ACCEPTED)

    async def _push(self, request: Request, callbacks: Callbacks, feed: str, token: str) -> CallOutcome:
        stored = await callbacks.find(feed, token) if _is_callback(feed, token) else None
        if stored is None:
            return CallOutcome.NOT_SUBSCRIBED
        check = callbacks.check(stored, request.headers.getlist("x-hub-signature"))
        await self._read(request, check, callbacks.max_bytes)
        return await callbacks.push(feed, token) if check.holds() else CallOutcome.BAD_SIGNATURE

    async def _read(self, request: Request, check: SignatureCheck, max_bytes: int) -> None:
        """Read the body piece by piece and keep none of it. Raises Refusal: it is too large or slow, or ends early."""
        received, clock, stream = 0, BodyClock(self._settings), request.stream()
        try:
            while (piece := await clock.next_chunk(stream)) is not None:
                received += len(piece)
                if received > max_bytes:
                    count(CallOutcome.TOO_LARGE)
                    raise too_large(f"A push may have {max_bytes:,} bytes.")
                check.feed(piece)
        finally:
            await stream.aclose()

    def _admit(self, request: Request) -> Callbacks:
        """Count the request. Raises Refusal: 429, or 503 before broker and store are there."""
        verdict = self._limit.take(client_of(request))
        if not verdict.allowed:
            count(CallOutcome.RATE)
            metrics.TURNED_AWAY.labels("rate").inc()
            raise Refusal(problem_response(HTTPStatus.TOO_MANY_REQUESTS, headers=verdict.headers))
        if self._place.callbacks is None:
            raise unavailable("The service is starting.", RETRY_AFTER_SECONDS)
        return self._place.callbacks


def _is_callback(feed: str, token: str) -> bool:
    return bool(_FEED.fullmatch(feed) and _TOKEN.fullmatch(token))


def _store_is_away() -> Response:
    return unavailable("The store does not answer.", RETRY_AFTER_SECONDS).response
