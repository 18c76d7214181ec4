"""`POST /v1/match`: which event is this text about?"""

import asyncio
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Body

from services.api.draft_models import EXAMPLE, Draft
from services.api.draft_services import DraftServiceError, DraftServices
from services.api.drafts import BoundedBodyRoute, not_answering
from services.api.match.answers import match_of
from services.api.match.decision import load_decision
from services.api.match.matcher import DraftText, Matcher, Scored, embed_leads
from services.api.match.models import Drafts, Match, Matches, MatchRequest
from services.api.match.terms import load_term_counts
from services.api.updates.update_log import UpdateLog
from services.api.view_store import ViewStore
from services.runtime.problems import problem_responses

AT_A_TIME = 4
"""Texts of one request that are matched side by side."""


def match_router(store: ViewStore, drafts: DraftServices) -> APIRouter:
    """The route, reading from `store`."""
    router = APIRouter(prefix="/v1", tags=["drafts"], route_class=BoundedBodyRoute)
    matching = Matching(store, drafts)

    @router.post(
        "/match",
        summary="Find the event that a text is about",
        responses=problem_responses(400, 408, 413, 422, 503),
    )
    async def match(request: Annotated[MatchRequest, Body(examples=[EXAMPLE])]) -> Match | Matches:
        """Over all events, open and closed: the most probable one, the second, and whether the first will do.

        Send a text, or `{"drafts": [...]}` with up to 50. Nothing of them is kept. 503 where dedupe, which gives texts
        their vectors, does not answer.
        """
        if isinstance(request, Drafts):
            return Matches(matches=tuple(await matching.match(request.drafts)))
        (only,) = await matching.match([request])
        return only

    return router


class Matching:
    """Matches drafts."""

    def __init__(self, store: ViewStore, drafts: DraftServices) -> None:
        self._store = store
        self._drafts = drafts
        self._log = UpdateLog(store.redis)
        self._matcher = Matcher(store.vectors, store.profiles, load_decision(), load_term_counts())

    async def match(self, drafts: Sequence[Draft]) -> list[Match]:
        """The answer for each. Raises Refused where dedupe does not answer, TransientError where Redis does not."""
        texts = [DraftText(each.title, each.text, each.published_at, each.url) for each in drafts]
        position = await self._log.head()
        try:
            vectors = await embed_leads(self._drafts, texts)
        except DraftServiceError as error:
            raise not_answering(error) from error
        places = asyncio.Semaphore(AT_A_TIME)

        async def rank(index: int) -> list[Scored]:
            async with places:
                return await self._matcher.rank(texts[index], vectors[index])

        ranked = await asyncio.gather(*(rank(index) for index in range(len(texts))))
        nearest = {each.compared.event_id for of_text in ranked for each in of_text[:3]}
        summaries = await self._store.summaries(sorted(nearest))
        decision = self._matcher.decision
        return [
            match_of(of_text[:3], summaries, decision, vector.model, position)
            for of_text, vector in zip(ranked, vectors, strict=True)
        ]
