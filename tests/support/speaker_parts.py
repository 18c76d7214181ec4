"""Parts of what the api has of a speaker, made up: for tests of its readers."""

from collections.abc import Sequence
from typing import Any

from services.api.names.models import (
    MATCHING,
    FoundSpeaker,
    NameAlone,
    Opposed,
    OtherName,
    SpeakerEvent,
    Statement,
    StatementCounts,
    StatementReport,
)
from services.api.search.models import EventReference
from services.contracts.article import Publisher
from services.contracts.claim import ClaimKind, Commitment
from services.contracts.event import Event
from services.contracts.event_claims import ContradictionKind


def speaker_part(event: Event, words: str) -> dict[str, Any]:
    """A speaker with one statement in one event, where the name and all that is written are these words."""
    events = [speaker_event(event, [statement(event, "clm_1", words)])]
    return speaker_json(event, events, name=words, statements=1)


def speaker_json(
    event: Event,
    events: Sequence[SpeakerEvent],
    *,
    name: str,
    statements: int,
    alone: int = 1,
    following: str | None = None,
) -> dict[str, Any]:
    """A part with these events; `alone`: events that have the name alone, of which this one is listed."""
    return FoundSpeaker(
        key=name,
        name=name,
        type="person",
        page=f"/speakers/{name}",
        matching=MATCHING,
        total=len(events),
        stands_for=(OtherName(key=name, name=name, type="person", events=1),),
        alone=NameAlone(total=alone, events=(_reference(event),)),
        next=following,
        counts=StatementCounts(statements=statements, quotations=0, denials=0, unconfirmed=0, conditional=0),
        events=tuple(events),
    ).model_dump(mode="json")


def speaker_event(event: Event, statements: Sequence[Statement], *, unlisted: int = 0) -> SpeakerEvent:
    """What is said in the event; `unlisted`: statements that are not here."""
    return SpeakerEvent(
        **_reference(event).model_dump(),
        first_published_at=None,
        last_published_at=None,
        written=(),
        statements=tuple(statements),
        more_statements=unlisted,
    )


def statement(event: Event, claim_id: str, words: str) -> Statement:
    """A statement in these words, by a source whose every attribute they are, that four articles report."""
    opposed = Opposed(
        kind=ContradictionKind.FIGURE, explanation=words, claim_id=claim_id, text=words, source=words, speaker_key=words
    )
    return Statement(
        claim_id=claim_id,
        kind=ClaimKind.STATEMENT,
        form=None,
        text=words,
        commitment=Commitment.ASSERTS,
        negated=False,
        cue=words,
        role=words,
        organisation=words,
        about=(words,),
        origins=1,
        first_reported_at=None,
        reports=_reports(event, claim_id, words),
        more_reports=0,
        opposed=(opposed,),
    )


def _reports(event: Event, claim_id: str, words: str) -> tuple[StatementReport, ...]:
    common = {
        "claim_id": claim_id,
        "publisher": Publisher(key="a.example", name=words, domain=words),
        "text": words,
        "span": {"start": 0, "end": 9},
        "form": None,
        "words": [],
        "commitment": Commitment.ASSERTS,
        "relayed_by": [words],
        "url": f"https://a.example/{words}".replace(" ", "_"),
        "published_at": None,
    }
    return tuple(
        StatementReport.model_validate(
            common | {"article_id": article.article_id, "origin_id": article.origin_id, "page": "/articles/art_1"}
        )
        for article in event.articles[:4]
    )


def _reference(event: Event) -> EventReference:
    path = f"events/{event.event_id}"
    return EventReference(
        event_id=event.event_id, version=event.version, headline=event.headline, url=f"/v1/{path}", page=f"/{path}"
    )
