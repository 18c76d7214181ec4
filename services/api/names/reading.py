"""Answers what is known of a name: from the index, and of a speaker from the documents of the events."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from services.api.cursors import BadCursor, decode_cursor, encode_cursor
from services.api.errors import Refused, bad_cursor
from services.api.names import name_search
from services.api.names.models import (
    MATCHING,
    EntityEvent,
    FoundEntity,
    FoundSpeaker,
    NameAlone,
    NamingClaim,
    OtherName,
    SpeakerEvent,
    StatementCounts,
)
from services.api.names.name_keys import entity_page, name_key, speaker_page
from services.api.names.name_search import FoundName, NamedEvent, NameRequest, Role
from services.api.names.statements import event_statements
from services.api.search.index_row import ClaimRow
from services.api.search.models import EventReference
from services.api.search.search_index import SearchIndex
from services.api.view_store import ViewStore

MOST_CLAIMS = 6
"""Claims of one event that are given of those that name it."""


async def read_speaker(index: SearchIndex, store: ViewStore, name: str, limit: int, cursor: str | None) -> FoundSpeaker:
    """What a speaker said, by key or name. Raises Refused where there is none or the cursor is none of ours."""
    found, common = await _found(index, Role.SPEAKER, name, limit, cursor)
    documents = await store.event_documents([event.summary["event_id"] for event in found.events])
    events = await asyncio.to_thread(_speaker_events, found, documents)
    return FoundSpeaker(**common, counts=StatementCounts(**found.counts), events=events)


async def read_entity(index: SearchIndex, name: str, limit: int, cursor: str | None) -> FoundEntity:
    """Where a person, organisation or place is named. Raises Refused as `read_speaker`."""
    found, common = await _found(index, Role.ENTITY, name, limit, cursor)
    speaks = await is_known(index, Role.SPEAKER, common["key"])
    return FoundEntity(**common, speaks=speaks, events=tuple(map(_entity_event, found.events)))


async def is_known(index: SearchIndex, role: Role, key: str) -> bool:
    """Whether events have the name of this key in this role."""
    return (await index.name(NameRequest(role, key, 1))).total > 0


async def _found(
    index: SearchIndex, role: Role, name: str, limit: int, cursor: str | None
) -> tuple[FoundName, dict[str, Any]]:
    """What the index has, and what speakers and entities have in common."""
    key = name_key(name)
    if key is None:
        raise no_name(role, name)
    try:
        after = None if cursor is None else decode_cursor(cursor)
    except BadCursor as error:
        raise bad_cursor(error) from error
    found = await index.name(NameRequest(role, key, limit, after))
    if not (found.total or found.stands_for or found.part):
        raise no_name(role, name)
    newest = found.events[0].name if found.events else None
    return found, {
        "key": key,
        "name": _shown_name(found, key),
        "type": newest["type"] if newest else None,
        "page": speaker_page(key) if role is Role.SPEAKER else entity_page(key),
        "matching": MATCHING,
        "total": found.total,
        "stands_for": tuple(_other(one) for one in found.stands_for),
        "alone": NameAlone(
            total=found.part.total if found.part else 0,
            events=tuple(map(_reference, found.part.summaries if found.part else ())),
        ),
        "next": None if found.next is None else encode_cursor(found.next),
    }


def _shown_name(found: FoundName, key: str) -> str:
    """As the newest event writes it."""
    if found.events:
        return found.events[0].name["name"]
    if found.part:
        return found.part.form
    return found.stands_for[0].form if found.stands_for else key.replace("-", " ")  # the events end before the cursor


def no_name(role: Role, name: str) -> Refused:
    """No event has the name."""
    shown = name if len(name) <= MOST_SHOWN else f"{name[:MOST_SHOWN]}…"
    what = "says anything" if role is Role.SPEAKER else "is named"
    return Refused(
        HTTPStatus.NOT_FOUND,
        "No such name",
        f"Nobody and nothing of the name {shown} {what} in any event. Give the full name, as articles write it; "
        "/v1/claims?speaker=… and /v1/claims?entity=… find parts of names, too.",
    )


MOST_SHOWN = 100
"""Characters of a name in an error."""


def _other(name: name_search.OtherName) -> OtherName:
    return OtherName(key=name.key, name=name.name, type=name.type, events=name.events)


def _reference(summary: Mapping[str, Any]) -> EventReference:
    return EventReference.model_validate(summary)


def _in_event(named: NamedEvent) -> dict[str, Any]:
    names = ("event_id", "version", "headline", "url", "page", "first_published_at", "last_published_at")
    return {name: named.summary[name] for name in names} | {"written": tuple(named.name["forms"])}


def _speaker_events(found: FoundName, documents: Mapping[str, bytes]) -> tuple[SpeakerEvent, ...]:
    events = []
    for named in found.events:
        document = documents.get(named.summary["event_id"])
        statements = () if document is None else event_statements(named, document)
        more = max(0, len(named.claims) - len(statements))
        events.append(SpeakerEvent(**_in_event(named), statements=statements, more_statements=more))
    return tuple(events)


def _entity_event(named: NamedEvent) -> EntityEvent:
    ordered = sorted(named.claims, key=lambda claim: (-claim["origins"], claim["first_reported_at"] or "~"))
    return EntityEvent(
        **_in_event(named),
        claims=tuple(map(_naming_claim, ordered[:MOST_CLAIMS])),
        more_claims=max(0, len(ordered) - MOST_CLAIMS),
    )


def _naming_claim(claim: ClaimRow) -> NamingClaim:
    speaker = claim["speaker"]
    named = None if speaker is None else speaker["surface"] if speaker["kind"] == "unnamed" else speaker["canonical"]
    return NamingClaim.model_validate({**claim, "speaker": named})
