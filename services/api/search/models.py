"""The bodies of searches over HTTP."""

from pydantic import ConfigDict, Field

from services.contracts.article import Publisher
from services.contracts.base import Contract, Span, UtcDatetime
from services.contracts.claim import AssertionForm, ClaimKind, Commitment, Speaker
from services.contracts.event import Counts, EventStatus


class Sparse(Contract):
    """Base of bodies whose fields are left out where they have nothing to say."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)


class TextSpan(Contract):
    """Half-open range [start, end) of Unicode code points in the text beside it."""

    start: int = Field(ge=0)
    """Offset of the first character."""
    end: int = Field(ge=0)
    """Offset after the last character."""


class HighlightedClaim(Contract):
    """A claim of a listed event that has words of the search."""

    claim_id: str
    """The claim."""
    text: str
    """Its canonical wording."""
    spans: tuple[TextSpan, ...]
    """Where the words stand in `text`."""


class EventHighlights(Contract):
    """Where an event has the words of the search. Words that only its names or titles have are not shown."""

    headline: tuple[TextSpan, ...]
    """Where they stand in the headline."""
    claims: tuple[HighlightedClaim, ...]
    """Up to three claims, those with most of the words."""


class ListedEvent(Sparse):
    """One event in the list. With `fields` it has those alone."""

    event_id: str | None = Field(default=None, description="Id of the event.")
    version: int | None = Field(default=None, ge=1, description="Grows with every change of the event.")
    status: EventStatus | None = Field(default=None, description="Where it is in its life.")
    headline: str | None = Field(default=None, description="Title of the most representative article.")
    languages: tuple[str, ...] = Field(default=(), description="ISO 639-1 codes.")
    counts: Counts | None = Field(default=None, description="How many articles, publishers and origins tell it.")
    claims: int | None = Field(default=None, ge=0, description="How many merged claims it has.")
    contradictions: int | None = Field(
        default=None, ge=0, description="In how many points reports cannot all be right."
    )
    first_published_at: UtcDatetime | None = Field(default=None, description="Of the earliest dated article.")
    last_published_at: UtcDatetime | None = Field(default=None, description="Of the latest dated article.")
    updated_at: UtcDatetime | None = Field(
        default=None, description="When the article that changed the event last was published."
    )
    url: str | None = Field(default=None, description="Where the whole event is, as JSON.")
    page: str | None = Field(default=None, description="Where it is as a page for people.")
    highlights: EventHighlights | None = Field(
        default=None, description="Only where `q` was searched: where the event has its words."
    )


SUMMARY_FIELDS: tuple[str, ...] = tuple(ListedEvent.model_fields)
"""What `fields` can name."""


class FacetValue(Contract):
    """A value of a facet."""

    value: str
    """As it is given to the parameter of the facet's name."""
    events: int
    """How many of the matching events have it."""


class FoundEventList(Sparse):
    """Part of the list of events."""

    events: tuple[ListedEvent, ...]
    """The events, in the order asked for."""
    next: str | None
    """Pass it as `cursor` to continue; null: this was the last part."""
    facets: dict[str, tuple[FacetValue, ...]] = Field(
        default_factory=dict,
        description="Only with `facets`: by facet, the 50 most frequent values and how many matching events have them.",
    )
    total: int = Field(default=0, ge=0, description="Only with `facets`: how many events match, all parts together.")
    searched_by: tuple[str, ...] = Field(
        default=(),
        description="Only with `sort=meaning`: `words` and `meaning`, or `words` alone where the vector of `q` cannot "
        "be had for now.",
    )
    left_out: int = Field(
        default=0,
        ge=0,
        description="Only with `sort=meaning`: how many events have the words of `q` but are in no part of this list, "
        "which ends after the best thousand. `sort=relevance` lists them all.",
    )
    corrected: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Only where words of `q` are in no event: the words of names, one letter off, that were searched.",
    )


class EventReference(Contract):
    """The event that a claim is in."""

    event_id: str
    """Its id."""
    version: int
    """The version that the claim was read from."""
    headline: str
    """Its headline."""
    url: str
    """Where the whole event is, as JSON."""
    page: str
    """Where it is as a page for people."""


class ClaimReport(Contract):
    """Where the claim stands: the earliest report in its canonical wording."""

    article_id: str
    """The article."""
    publisher: Publisher
    """Who published it."""
    origin_id: str
    """Where the claim's text comes from."""
    span: Span
    """Where the claim stands in that article's `text`."""
    published_at: UtcDatetime | None
    """When the article was published."""


class FoundClaim(Contract):
    """One claim: who said what, about whom, where, and in which event."""

    event: EventReference
    """The event that it is in."""
    claim_id: str
    """As in the event's `claims`."""
    kind: ClaimKind
    """What it is made of."""
    form: AssertionForm | None
    """How the canonical wording is asserted."""
    text: str
    """The canonical wording."""
    speaker: Speaker | None
    """Who said it. The span is in the article of `report`."""
    speaker_key: str | None
    """What `/v1/speakers/{key}` has the speaker under; null where the event has no full name of one."""
    cue: str | None
    """The word that attributes it, as written."""
    commitment: Commitment
    """How far its source stands behind it."""
    negated: bool
    """Whether it says that something is not so."""
    about: tuple[str, ...]
    """People, organisations and places named in it, in their fullest forms."""
    origins: int = Field(ge=1)
    """Corroboration: how many independent origins report it."""
    first_reported_at: UtcDatetime | None
    """Earliest publication time among all reports; null when none is dated."""
    report: ClaimReport
    """Where it stands."""
    highlights: tuple[TextSpan, ...]
    """Where `text` has words of `q`."""


class FoundClaimList(Sparse):
    """Part of the claims, the one first reported last first."""

    claims: tuple[FoundClaim, ...]
    """The claims."""
    next: str | None
    """Pass it as `cursor` to continue; null: this was the last part."""
    corrected: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Only where words of `q` are in no event: the words of names, one letter off, that were searched.",
    )
