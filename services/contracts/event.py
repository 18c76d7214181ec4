"""One real-world happening as its reports tell it: the value of `event.updated.v1`, a whole snapshot."""

from enum import StrEnum

from pydantic import Field

from services.contracts.article import ArticleStatus, Publisher
from services.contracts.base import Contract, Span, UtcDatetime
from services.contracts.claim import Bound, ClaimKind, Commitment, Quantity, Speaker


class EventStatus(StrEnum):
    """Where an event is in its life."""

    OPEN = "open"
    """Articles can still join."""
    CLOSED = "closed"
    """No article can join any more: its time window has passed."""
    MERGED = "merged"
    """It turned out to be another event; see `merged_into`."""


class ArticleRole(StrEnum):
    """What part an article plays in its event."""

    FOUNDER = "founder"
    """The first article: the event's id comes from it."""
    MEMBER = "member"
    """An independent text about the same event."""
    REPRINT = "reprint"
    """Near-duplicate of an earlier member: it shares that member's origin."""


class Membership(Contract):
    """Why an article is in its event."""

    score: float | None = None
    """Affinity to the event when it was placed, in [0, 1]; null for the founder."""
    threshold: float
    """Affinity needed to join."""
    signals: dict[str, float] = Field(default_factory=dict)
    """The signals' values against the member that fits best."""
    runner_up: str | None = None
    """The event that came second."""
    runner_up_score: float | None = None
    """Affinity to that event, in [0, 1]; null without a runner-up."""
    model: str
    """Version of the decision weights, and of the embedding model behind them."""


class EventArticle(Contract):
    """One member of an event."""

    article_id: str
    """Id of the article; its text is in `claims.extracted.v1`."""
    revision: int
    """The revision that the event shows."""
    url: str | None = None
    """Address as given."""
    publisher: Publisher
    """Who published it."""
    title: str | None = None
    """Headline, as published."""
    published_at: UtcDatetime | None = None
    """When; null when the publisher gives no time."""
    status: ArticleStatus = ArticleStatus.USABLE
    """Whether the publisher stands by it."""
    origin_id: str
    """Where its text comes from: one of the event's `origins`."""
    role: ArticleRole
    """What part it plays."""
    membership: Membership
    """Why it is here."""


class Origin(Contract):
    """Where a text comes from. Reprints of one wire report share an origin."""

    origin_id: str
    """Stable: from the first article's id."""
    article_ids: tuple[str, ...]
    """The articles that share it, earliest first."""
    wire_credit: str | None = None
    """Agency that the texts credit, if any."""


class Support(Contract):
    """One article that makes a merged claim, and where."""

    article_id: str
    """The article that makes the claim."""
    publisher: Publisher
    """Who published that article."""
    origin_id: str
    """Where that article's text comes from."""
    claim_id: str
    """The article's own claim."""
    span: Span
    """Where the claim stands in that article's `text`."""
    text: str
    """The article's wording, verbatim."""
    speaker: Speaker | None = None
    """Who said it, as this article tells it."""
    commitment: Commitment = Commitment.ASSERTS
    """How far that source stands behind it."""
    published_at: UtcDatetime | None = None
    """When the article was published."""


class MergedClaim(Contract):
    """One proposition with all that report it."""

    claim_id: str
    """Stable: the id of the first supporting claim."""
    kind: ClaimKind
    """What it is made of."""
    text: str
    """The canonical wording: the longest attested form."""
    speaker: Speaker | None = None
    """Who said it: the fullest name among the supports."""
    negated: bool = False
    """Whether it says that something is not so."""
    variants: tuple[str, ...] = ()
    """Other wordings, longest first."""
    quantities: tuple[Quantity, ...] = ()
    """Amounts in the canonical wording.

    Their spans, like the speaker's, count in the text of the article that has this wording.
    """
    supports: tuple[Support, ...] = Field(min_length=1)
    """Every article that makes it, earliest first."""
    origins: int = Field(ge=1)
    """Corroboration: how many independent origins report it."""
    first_reported_at: UtcDatetime | None = None
    """Earliest publication time among the supports; null when none is dated."""


class ContradictionKind(StrEnum):
    """In what two claims disagree."""

    FIGURE = "figure"
    """Two values that exclude each other, for one counted thing."""
    POLARITY = "polarity"
    """One says that it is so, one that it is not."""
    ATTRIBUTION = "attribution"
    """The same words from two different speakers."""
    DATE = "date"
    """Two dates for one thing."""


class Contradiction(Contract):
    """Claims of one event that cannot all hold."""

    kind: ContradictionKind
    """In what they disagree."""
    sides: tuple[str, ...] = Field(min_length=2)
    """Ids of merged claims."""
    explanation: str
    """One sentence for people."""


class FigureVerdict(StrEnum):
    """What the values given for one counted thing amount to."""

    SINGLE = "single"
    """Only one value is reported."""
    AGREE = "agree"
    """All report the same value."""
    COMPATIBLE = "compatible"
    """Values differ, but one true value could satisfy all."""
    SUPERSEDED = "superseded"
    """The same source gave a newer value."""
    CONFLICTING = "conflicting"
    """No single true value could satisfy all."""


class FigureValue(Contract):
    """One value that reports give."""

    surface: str
    """The amount as written."""
    value: float
    """The number."""
    low: float | None
    """Least true value that the wording allows; null: open."""
    high: float | None
    """Greatest true value that the wording allows; null: open."""
    bound: Bound
    """What it says of the true value."""
    source: str | None = None
    """Who gave it; null when no source is named."""
    claim_ids: tuple[str, ...]
    """Ids of the merged claims that say so."""
    article_ids: tuple[str, ...]
    """The articles that give it."""
    origins: int = Field(ge=1)
    """How many independent origins give it."""
    first_reported_at: UtcDatetime | None = None
    """Earliest publication time among these articles; null when none is dated."""


class Figure(Contract):
    """All values given for one counted thing."""

    counted: str
    """What is counted or measured."""
    unit: str | None = None
    """`percent`, a currency code (`USD`), or a unit such as `km`; null for plain counts."""
    values: tuple[FigureValue, ...] = Field(min_length=1)
    """The values, in order of first report."""
    verdict: FigureVerdict
    """What the values amount to."""


class EntityVariant(Contract):
    """One spelling of a name, and who uses it."""

    surface: str
    """The name as written."""
    article_ids: tuple[str, ...]
    """The articles that write it so."""


class EventEntity(Contract):
    """A person, organisation or place in the event."""

    name: str
    """The fullest form."""
    type: str
    """Kind of thing it names: `person`, `organisation`, `place` and so on."""
    variants: tuple[EntityVariant, ...]
    """All forms, most used first."""


class SummarySentence(Contract):
    """A sentence of the summary, verbatim from an article."""

    text: str
    """The article's characters at `span`, unchanged."""
    article_id: str
    """The article that it is taken from."""
    span: Span
    """Where it stands in that article's `text`."""


class TimelineEntry(Contract):
    """When what was first reported."""

    at: UtcDatetime
    """Publication time of the report."""
    article_id: str
    """The article that first reported it."""
    what: str
    """What it reported, in one line."""


class LineageEntry(Contract):
    """A merge, split or move in the event's life."""

    kind: str
    """`merge`, `split` or `move`."""
    event_id: str
    """The other event."""
    reason: str
    """Why, in one sentence for people."""


class Counts(Contract):
    """How many articles, publishers and independent origins tell the event."""

    articles: int = Field(ge=0)
    """Members, reprints included."""
    publishers: int = Field(ge=0)
    """Different publishers among them."""
    origins: int = Field(ge=0)
    """Independent texts among them."""


class Event(Contract):
    """The merged view of one event."""

    event_id: str
    """Stable: from the founder's id. Also the key."""
    version: int = Field(ge=1)
    """Counts the event's changes. A reader drops a version that it has."""
    status: EventStatus = EventStatus.OPEN
    """Where the event is in its life."""
    merged_into: str | None = None
    """Id of the event that took it up; null unless `status` is `merged`."""
    headline: str
    """Title of the most representative article."""
    summary: tuple[SummarySentence, ...] = ()
    """Sentences taken from the articles, each with its place."""
    language: str | None = None
    """ISO 639-1 code of the event's shard or articles; null when mixed or not known."""
    first_published_at: UtcDatetime | None = None
    """Earliest publication time among the articles; null when none is dated."""
    last_published_at: UtcDatetime | None = None
    """Latest publication time among the articles; null when none is dated."""
    updated_at: UtcDatetime
    """Publication time (for an undated article: arrival time) of the article that changed it last."""
    counts: Counts
    """How many tell it."""
    articles: tuple[EventArticle, ...] = ()
    """The members, in order of publication."""
    origins: tuple[Origin, ...] = ()
    """Independent texts and who carries them."""
    entities: tuple[EventEntity, ...] = ()
    """People, organisations and places, with all spellings."""
    claims: tuple[MergedClaim, ...] = ()
    """What is claimed, each proposition once."""
    contradictions: tuple[Contradiction, ...] = ()
    """Claims that cannot all hold."""
    figures: tuple[Figure, ...] = ()
    """Counted things, with every value given."""
    timeline: tuple[TimelineEntry, ...] = ()
    """What was first reported when, earliest first."""
    lineage: tuple[LineageEntry, ...] = ()
    """Merges, splits and moves, oldest first."""
