"""`/v1/events/{event_id}/claims/{claim_id}/receipt`: is one claim what its articles say?"""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from services.api.errors import Refused
from services.api.history.kept_versions import find_version
from services.api.history.parameters import refuse_unknown
from services.api.history.reading import read_version
from services.api.json_answers import NOT_MODIFIED, hashed_answer
from services.api.list_reading import find_event
from services.api.receipts.receipt import ClaimReceipt, claim_receipts
from services.api.routes_events import EventId, Version
from services.api.summaries import event_url
from services.api.view_store import ViewStore
from services.contracts.event import Event
from services.contracts.event_claims import MergedClaim
from services.runtime.problems import problem_responses

ClaimId = Annotated[str, Path(description="Id of a merged claim of the event.", examples=["clm_0af933ef81a82ad5705c"])]


def receipts_router(store: ViewStore) -> APIRouter:
    """The route, reading from `store`."""
    router = APIRouter(prefix="/v1/events/{event_id}", tags=["claims"])

    @router.get(
        "/claims/{claim_id}/receipt",
        response_model=ClaimReceipt,
        summary="One claim against the texts of its articles",
        responses={**NOT_MODIFIED, **problem_responses(400, 404, 409, 422, 503)},
    )
    async def get_receipt(request: Request, event_id: EventId, claim_id: ClaimId, version: Version = None) -> Response:
        """Each report of the claim: its words, where they stand, and whether the stored text has them there.

        Texts are checked when you ask: the words at the span, and the text's hash. 200 whatever comes of it: read
        `verified`, and `verdict` of each report. Without `version` the claim is that of the event as it is, and the id
        of a merged event answers for the event that took it in; with `version` it is the claim as it was then.
        """
        refuse_unknown(request.query_params.multi_items(), ("version",))
        if version is None:
            document = (await find_event(store, event_id)).document
        else:
            kept = await find_version(store.history, event_id, version)
            document = await read_version(store.history, event_id, kept.entries, kept.place)
        event = await run_in_threadpool(Event.model_validate_json, document)
        claim = _claim_of(event, claim_id)
        stored = await store.article_texts(dict.fromkeys(support.article_id for support in claim.supports))
        (receipt,) = await run_in_threadpool(claim_receipts, event, [claim], stored)
        return hashed_answer(request, receipt.model_dump_json().encode())

    return router


def _claim_of(event: Event, claim_id: str) -> MergedClaim:
    claim = next((claim for claim in event.claims if claim.claim_id == claim_id), None)
    if claim is not None:
        return claim
    detail = f"Version {event.version} of the event {event.event_id} has no claim {claim_id}."
    if event.omitted.claims:
        detail += f" It leaves {event.omitted.claims} claims out, as big events do."
    raise Refused(
        HTTPStatus.NOT_FOUND, "No such claim", f"{detail} {event_url(event.event_id)}/claims lists all that it has now."
    )
