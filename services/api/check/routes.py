"""`POST /v1/check`: is what this draft says reported?"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import orjson
from fastapi import APIRouter, Body

from services.api.check.checking import check_claims, unmatched
from services.api.check.checking_thread import CheckingThread
from services.api.check.event_reports import reports_of, wanted_articles
from services.api.check.models import MOST_CHECKED_CLAIMS, CheckAnswer, CheckedClaim, CheckRequest, Status
from services.api.draft_models import EXAMPLE, Draft
from services.api.draft_services import DraftServiceError, DraftServices
from services.api.drafts import BoundedBodyRoute, article_of, not_answering
from services.api.list_reading import find_event
from services.api.match.models import Match
from services.api.match.routes import Matching
from services.api.match.terms import load_term_counts
from services.api.view_store import ViewStore
from services.contracts.claim import Claim
from services.contracts.event import Event
from services.runtime.clock import Clock
from services.runtime.problems import problem_responses


def check_router(store: ViewStore, drafts: DraftServices, clock: Clock) -> APIRouter:
    """The route, reading from `store`."""
    router = APIRouter(prefix="/v1", tags=["drafts"], route_class=BoundedBodyRoute)
    checking = Checking(store, drafts, clock)

    @router.post(
        "/check",
        summary="Put a draft's claims beside an event",
        responses=problem_responses(400, 404, 408, 409, 413, 422, 503),
    )
    async def check(request: Annotated[CheckRequest, Body(examples=[EXAMPLE])]) -> CheckAnswer:
        """Reported by how many independent origins, or from one source alone; denied; superseded; or not reported.

        Each claim and figure of the draft, with its words and those of the articles: who denies it, which newer amount
        there is. Conservative: what is not surely the same is `not_reported`, never `denied`. The event is the one that
        the request names, else the one that `/v1/match` finds. Nothing of the draft is kept. 503 where extract or
        dedupe, which read it, do not answer.
        """
        return await checking.check(request)

    return router


class Checking:
    """Checks drafts."""

    def __init__(self, store: ViewStore, drafts: DraftServices, clock: Clock) -> None:
        self._store = store
        self._drafts = drafts
        self._clock = clock
        self._matching = Matching(store, drafts)
        self._thread = CheckingThread()

    async def check(self, request: CheckRequest) -> CheckAnswer:
        """The draft beside its event.

        Raises:
            Refused: There is no such event, a service does not answer, or too many drafts are being checked.
            TransientError: Redis does not answer.
        """
        read = await self._claims_of(request)
        claims = read[:MOST_CHECKED_CLAIMS]
        left_out = len(read) - len(claims)
        event_id, match = request.event_id, None
        if event_id is None:
            (match,) = await self._matching.match([Draft(**request.model_dump(exclude={"event_id"}))])
            event_id = match.best.event.event_id if match.matched and match.best else None
        if event_id is None:
            return _answer(None, unmatched(claims), match, left_out)
        stored = await find_event(self._store, event_id)
        event = await asyncio.to_thread(Event.model_validate_json, stored.document)
        documents = await self._store.article_documents(wanted_articles(event))
        checked = await self._thread.run(lambda: _check(claims, event, documents))
        return _answer(event, checked, match, left_out)

    async def _claims_of(self, request: CheckRequest) -> tuple[Claim, ...]:
        try:
            extracted = await self._drafts.read(article_of(request, self._clock.now()), every_sentence=True)
        except DraftServiceError as error:
            raise not_answering(error) from error
        return extracted.claims


def _check(claims: Sequence[Claim], event: Event, documents: Sequence[bytes]) -> tuple[CheckedClaim, ...]:
    wanted = {support.claim_id for claim in event.claims for support in claim.supports}
    listed = (claim for document in documents for claim in orjson.loads(document)["claims"])
    own = {claim["claim_id"]: Claim.model_validate(claim) for claim in listed if claim["claim_id"] in wanted}
    return check_claims(claims, reports_of(event, own, load_term_counts()))


def _answer(event: Event | None, checked: Sequence[CheckedClaim], match: Match | None, left_out: int) -> CheckAnswer:
    counts = Counter(each.status for each in checked)
    return CheckAnswer(
        event_id=None if event is None else event.event_id,
        event_version=None if event is None else event.version,
        claims=tuple(checked),
        not_checked=left_out,
        not_compared=0 if event is None else event.omitted.claims,
        counts={status.value: counts[status] for status in Status},
        match=match,
    )
