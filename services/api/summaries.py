"""An event in a list: what a reader needs to choose among events."""

from urllib.parse import quote

from pydantic import ConfigDict, Field, computed_field
from pydantic.config import JsonDict

from services.contracts.base import Contract, UtcDatetime
from services.contracts.event import Counts, Event, EventStatus

EXAMPLE: JsonDict = {
    "event_id": "evt_00cb0aa61a85bdfac1d4",
    "version": 7,
    "status": "open",
    "headline": "At least 14 killed as ferry capsizes off Port Eldrin",
    "languages": ["en"],
    "counts": {"articles": 7, "publishers": 7, "origins": 5},
    "claims": 31,
    "contradictions": 3,
    "first_published_at": "2026-03-03T17:52:00Z",
    "last_published_at": "2026-03-04T16:05:00Z",
    "updated_at": "2026-03-04T16:05:00Z",
    "url": "/v1/events/evt_00cb0aa61a85bdfac1d4",
    "page": "/events/evt_00cb0aa61a85bdfac1d4",
}

REQUESTED_EVENT = "Newsweave-Requested-Event"
"""Header that says which id was asked for, where the answer is the event that took it in."""


def event_url(event_id: str) -> str:
    """Path of an event as JSON. The id is escaped: whatever it holds stays one path segment."""
    return f"/v1/events/{quote(event_id, safe='')}"


def event_page(event_id: str) -> str:
    """Path of an event as a page for people."""
    return f"/events/{quote(event_id, safe='')}"


def version_page(event_id: str, version: int) -> str:
    """Path of the page of one version of an event, whose words do not change."""
    return f"{event_page(event_id)}@{version}"


def claim_page(event_id: str, version: int, claim_id: str) -> str:
    """Path of a claim on the page of one version of its event: its lasting address."""
    return f"{version_page(event_id, version)}#{quote(claim_id, safe='')}"


def receipt_url(event_id: str, claim_id: str, version: int) -> str:
    """Path of the receipt of a claim of one version of an event, as JSON."""
    return f"{event_url(event_id)}/claims/{quote(claim_id, safe='')}/receipt?version={version}"


class EventSummary(Contract):
    """One event in a list."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    event_id: str
    version: int = Field(ge=1)
    """Grows with every change of the event."""
    status: EventStatus
    headline: str
    languages: tuple[str, ...]
    """ISO 639-1 codes."""
    counts: Counts
    claims: int = Field(ge=0)
    """How many merged claims the event has."""
    contradictions: int = Field(ge=0)
    """In how many points reports cannot all be right."""
    first_published_at: UtcDatetime | None
    last_published_at: UtcDatetime | None
    updated_at: UtcDatetime
    """When the article that changed the event last was published (or came, if it is undated or dated after that)."""

    @computed_field  # type: ignore[prop-decorator]  # pydantic's documented order of decorators
    @property
    def url(self) -> str:
        """Where the whole event is, as JSON."""
        return event_url(self.event_id)

    @computed_field  # type: ignore[prop-decorator]  # pydantic's documented order of decorators
    @property
    def page(self) -> str:
        """Where the event is as a page for people."""
        return event_page(self.event_id)


def summarise(event: Event) -> EventSummary:
    """The list entry of an event."""
    return EventSummary(
        event_id=event.event_id,
        version=event.version,
        status=event.status,
        headline=event.headline,
        languages=(event.language,) if event.language else (),
        counts=event.counts,
        claims=len(event.claims) + event.omitted.claims,
        contradictions=len(event.contradictions) + event.omitted.contradictions,
        first_published_at=event.first_published_at,
        last_published_at=event.last_published_at,
        updated_at=event.updated_at,
    )
