"""The bodies of speakers and entities over HTTP."""

from pydantic import Field

from services.api.search.models import EventReference
from services.contracts.article import Publisher
from services.contracts.base import Contract, Span, UtcDatetime
from services.contracts.claim import AssertionForm, ClaimKind, Commitment
from services.contracts.event_claims import ContradictionKind, SupportForm

MATCHING = (
    "Names are merged inside an event. Across events there is only the name: events stand here together where the "
    "fullest form of the name in each is equal but for case, accents and marks. Two who have the same full name stand "
    "on one page; one who is called by different full names stands on several. A surname alone is never enough."
)
"""How names are matched, for people."""


class NameInEvent(EventReference):
    """An event that has the name."""

    first_published_at: UtcDatetime | None
    """Of the earliest dated article; null when none is dated."""
    last_published_at: UtcDatetime | None
    """Of the latest dated article; null when none is dated."""
    written: tuple[str, ...]
    """All forms that this event has of the name, the fullest first."""


class StatementReport(Contract):
    """One article that reports a statement."""

    article_id: str
    """The article."""
    claim_id: str
    """The article's own claim."""
    publisher: Publisher
    """Who published it."""
    origin_id: str
    """Where the text comes from."""
    span: Span
    """Where the statement stands in that article's `text`."""
    text: str
    """The article's wording, verbatim."""
    form: SupportForm | None
    """How much of a quotation it gives: in full, cut, or in the outlet's own words; null where it is no quotation."""
    words: tuple[Span, ...]
    """Where, in that article's `text`, words of the quotation stand between quote marks."""
    commitment: Commitment
    """How far the speaker stands behind it, by this article."""
    relayed_by: tuple[str, ...]
    """Through whom it came to this outlet, nearest first."""
    published_at: UtcDatetime | None
    """When the article was published."""
    url: str | None
    """The article's address, as given."""
    page: str
    """Our page of the article, at this statement."""


class Opposed(Contract):
    """A claim that cannot hold beside a statement."""

    kind: ContradictionKind
    """In what they disagree."""
    explanation: str
    """One sentence for people."""
    claim_id: str
    """The other claim, of the same event."""
    text: str
    """Its canonical wording."""
    source: str | None
    """Who says so; null when no source is named."""
    speaker_key: str | None
    """What `/v1/speakers/{key}` has that source under."""


class Statement(Contract):
    """What the speaker said in one event, each proposition once."""

    claim_id: str
    """As in the event's `claims`."""
    kind: ClaimKind
    """What it is made of."""
    form: AssertionForm | None
    """Whether the canonical wording is quoted, or told in an outlet's own words."""
    text: str
    """The canonical wording."""
    commitment: Commitment
    """How far the speaker stands behind it."""
    negated: bool
    """Whether it says that something is not so."""
    cue: str | None
    """The word that attributes it, as written."""
    role: str | None
    """Office or function, as written."""
    organisation: str | None
    """What the speaker speaks for, as written."""
    about: tuple[str, ...]
    """People, organisations and places named in it."""
    origins: int = Field(ge=1)
    """Corroboration: how many independent origins report it."""
    first_reported_at: UtcDatetime | None
    """Earliest publication time among all reports; null when none is dated."""
    reports: tuple[StatementReport, ...]
    """Who reports it and how, earliest first: the first report of each origin before reprints."""
    more_reports: int = Field(ge=0)
    """Reports that are not here; the event has them."""
    opposed: tuple[Opposed, ...]
    """Claims of the event that cannot hold beside it."""


class SpeakerEvent(NameInEvent):
    """What the speaker said in one event."""

    statements: tuple[Statement, ...]
    """The newest first."""
    more_statements: int = Field(ge=0)
    """Statements that are not here; `/v1/claims?event=…&speaker=…` has them."""


class OtherName(Contract):
    """A fuller name that the name asked for stands for in some events."""

    key: str
    """Its key."""
    name: str
    """The fullest form."""
    type: str
    """Kind of thing it names."""
    events: int = Field(ge=1)
    """In how many of the newest 30 events that have the form."""


class NameAlone(Contract):
    """Events that have the name and nothing fuller, where it does not tell who or what is meant: a surname alone."""

    total: int = Field(ge=0)
    """How many there are."""
    events: tuple[EventReference, ...]
    """The newest 30. They are not joined: it may be another one in each."""


class StatementCounts(Contract):
    """How many statements there are over all events."""

    statements: int = Field(ge=0)
    """All."""
    quotations: int = Field(ge=0)
    """Those that stand between quote marks."""
    denials: int = Field(ge=0)
    """Those by which something is denied."""
    unconfirmed: int = Field(ge=0)
    """Those that neither confirm nor deny."""
    conditional: int = Field(ge=0)
    """Those on a condition."""


class FoundName(Contract):
    """What is known of a name over all events."""

    key: str
    """What stands in addresses."""
    name: str
    """The name, as the newest event that has it writes it."""
    type: str | None
    """`person`, `organisation`, `place` or `unknown`, by the newest event; null where there is none."""
    page: str
    """Where it is as a page for people."""
    matching: str = Field(description="How names of different events are matched, in words.", examples=[MATCHING])
    total: int = Field(ge=0)
    """How many events have it, all parts together."""
    stands_for: tuple[OtherName, ...]
    """Fuller names that events have for it: other people or things, or the same one under another name."""
    alone: NameAlone
    """Events that have this name alone, where it does not tell who or what is meant."""
    next: str | None
    """Pass it as `cursor` to continue with earlier events; null: these were the last."""


class FoundSpeaker(FoundName):
    """What one person or body said, over all events."""

    counts: StatementCounts
    """How much there is of it."""
    events: tuple[SpeakerEvent, ...]
    """The event that changed last first."""


class NamingClaim(Contract):
    """A claim that names it."""

    claim_id: str
    """As in the event's `claims`."""
    kind: ClaimKind
    """What it is made of."""
    text: str
    """The canonical wording."""
    speaker: str | None
    """Who said it; null when no source is named."""
    speaker_key: str | None
    """What `/v1/speakers/{key}` has the speaker under."""
    cue: str | None = None
    """The word that attributes the canonical wording, as written."""
    commitment: Commitment
    """How far its source stands behind it."""
    negated: bool
    """Whether it says that something is not so."""
    origins: int = Field(ge=1)
    """How many independent origins report it."""
    first_reported_at: UtcDatetime | None
    """Earliest publication time among all reports; null when none is dated."""


class EntityEvent(NameInEvent):
    """An event that names it."""

    claims: tuple[NamingClaim, ...]
    """Claims that name it, those that most origins report first."""
    more_claims: int = Field(ge=0)
    """Claims that name it and are not here; `/v1/claims?event=…&entity=…` has them."""


class FoundEntity(FoundName):
    """Where one person, organisation or place is named, over all events."""

    speaks: bool
    """Whether `/v1/speakers/{key}` has what it said."""
    events: tuple[EntityEvent, ...]
    """The event that changed last first."""
