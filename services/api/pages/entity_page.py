"""What is on the page of a person, organisation or place. Pure."""

from dataclasses import dataclass

from services.api.names.models import EntityEvent, FoundEntity, NamingClaim
from services.api.names.name_keys import speaker_page
from services.api.pages import phrases
from services.api.pages.characters import clipped
from services.api.pages.links import claim_in_event
from services.api.pages.name_headings import EventHeading, Link, NameHeading, event_heading, name, name_heading
from services.api.pages.numbers import count
from services.api.pages.stances import stance
from services.api.summaries import event_page

MOST_TEXT = 400
TYPE = {"person": "Person", "organisation": "Organisation", "place": "Place"}


@dataclass(frozen=True)
class NamingClaimView:
    """A claim that names it."""

    text: str
    page: str
    """The claim in the event."""
    source: Link
    sourced: bool
    kind: str
    stance: str | None
    """What stands before the words unless the source asserts them: "Denied"."""
    negated: bool
    origins: str


@dataclass(frozen=True)
class EventClaims:
    """Claims of one event."""

    heading: EventHeading
    claims: tuple[NamingClaimView, ...]
    more: str | None
    all_claims: str


@dataclass(frozen=True)
class EntityPageView:
    """The page."""

    heading: NameHeading
    type: str | None
    counts: str | None
    speaker: str | None
    """The page of what it said."""
    events: tuple[EventClaims, ...]


def entity_view(found: FoundEntity, *, first_page: bool) -> EntityPageView:
    """Everything the template needs."""
    heading = name_heading(found, "entities", first_page=first_page)
    return EntityPageView(
        heading=heading,
        type=TYPE.get(found.type or ""),
        counts=f"Named in {count(found.total, 'event')}" if found.total else None,
        speaker=speaker_page(found.key) if found.speaks else None,
        events=tuple(_event(event, heading.name) for event in found.events),
    )


def _event(event: EntityEvent, heading: str) -> EventClaims:
    return EventClaims(
        heading=event_heading(event, heading),
        claims=tuple(_claim(claim, event.event_id) for claim in event.claims),
        more=count(event.more_claims, "more claim") if event.more_claims else None,
        all_claims=f"{event_page(event.event_id)}/claims",
    )


def _claim(claim: NamingClaim, event_id: str) -> NamingClaimView:
    source = name(claim.speaker)
    return NamingClaimView(
        text=clipped(claim.text, MOST_TEXT),
        page=claim_in_event(event_id, claim.claim_id),
        source=Link(source, speaker_page(claim.speaker_key) if claim.speaker_key else None),
        sourced=bool(source),
        kind=phrases.CLAIM_KIND[claim.kind],
        stance=stance(claim.commitment, claim.kind, claim.text, claim.cue),
        negated=claim.negated,
        origins=count(claim.origins, "independent origin"),
    )
