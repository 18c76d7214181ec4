"""What was found, as JSON: bodies of `/v1/events` and `/v1/claims`. Pure."""

from collections.abc import Sequence
from typing import Any

import orjson

from services.api.search.claim_search import FoundClaim, FoundClaims
from services.api.search.event_search import FoundEvents, ListedEvent
from services.api.search.list_cursors import write_list_cursor


def events_body(found: FoundEvents, fields: Sequence[str], *, searched: bool) -> bytes:
    """Part of the list of events, as FoundEventList describes it.

    Args:
        found: The events.
        fields: What is asked for of each; all without any.
        searched: Whether words were searched: then it is shown where they stand.
    """
    body: dict[str, Any] = {
        "events": [_event(event, fields, searched=searched) for event in found.events],
        "next": None if found.next is None else write_list_cursor(found.next),
    }
    if found.searched_by:
        body["searched_by"] = found.searched_by
    if found.left_out:
        body["left_out"] = found.left_out
    if found.facets:
        body["facets"] = {
            facet: [{"value": value, "events": events} for value, events in values]
            for facet, values in found.facets.items()
        }
        body["total"] = found.total
    return orjson.dumps(body | _corrected(found.corrected))


def _event(event: ListedEvent, fields: Sequence[str], *, searched: bool) -> Any:
    if not fields and not searched:
        return orjson.Fragment(event.summary)
    whole = orjson.loads(event.summary)
    if searched:
        whole["highlights"] = {
            "headline": event.headline,
            "claims": [
                {"claim_id": one.claim["claim_id"], "text": one.claim["text"], "spans": one.highlights}
                for one in event.claims
            ],
        }
    return {name: value for name, value in whole.items() if not fields or name in fields}


def claims_body(found: FoundClaims, following: str | None) -> bytes:
    """Part of the claims, as FoundClaimList describes it; `following`: the cursor that continues."""
    body: dict[str, Any] = {"claims": [_claim(one) for one in found.claims], "next": following}
    return orjson.dumps(body | _corrected(found.corrected))


def _claim(found: FoundClaim) -> dict[str, Any]:
    event = {name: found.summary[name] for name in ("event_id", "version", "headline", "url", "page")}
    return {"event": event, **found.claim, "highlights": found.highlights}


def _corrected(corrected: dict[str, list[str]]) -> dict[str, Any]:
    return {"corrected": corrected} if corrected else {}
