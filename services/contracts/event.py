"""One real-world happening as its reports tell it: the value of `event.updated.v1`, a whole snapshot."""

from enum import StrEnum

from pydantic import Field

from services.contracts.article import ArticleStatus, Precision, Publisher, TextKind
from services.contracts.base import Contract, Span, UtcDatetime
from services.contracts.claim import NameLink
from services.contracts.event_claims import Contradiction, Figure, MergedClaim, SourceDenial


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


class NearestEvent(Contract):
    """Of the events that an article is not in, the nearest one, and what spoke against it: why two events are two."""

    event_id: str
    """The other event, as it was called then."""
    affinity: float
    """Affinity to it, in [0, 1]."""
    threshold: float
    """Affinity needed to join."""
    article_id: str | None = None
    """The article there that is most like this one; null where a later look parted the two."""
    pair_probability: float | None = None
    """How probable the pair is by its signals, exclusions left aside; null without that article."""
    against: str
    """What spoke against it. Exclusions: `kind` (a text that tells of no one event), `series`, `names`, `places`. Else:
    `fits_better` (in its own event), `days` (too many lie between), `members` (of the other event, who fit less),
    `rivals` (other articles that either is more like), `signals` (the two are too little alike), `division` (its
    articles and those of its own event share words that the others lack, though all of them fit together)."""
    reason: str
    """The same in words for people: part of a sentence."""

    @property
    def sentence(self) -> str:
        """All of it in a sentence, the same wherever it is shown."""
        numbers = f"affinity {self.affinity:.3f}; {self.threshold:.2f} is needed"
        return f"Nearest other event: {self.event_id} ({numbers}): {self.reason}."


class Membership(Contract):
    """Why an article is in its event."""

    score: float | None = None
    """Affinity to the event when it was placed, in [0, 1]; null for the founder."""
    threshold: float
    """Affinity needed to join."""
    signals: dict[str, float] = Field(default_factory=dict)
    """The signals' values against the member that fits best. In snapshots there are none, nor a runner-up or nearest
    event: they travel in `event.changed.v1`."""
    runner_up: str | None = None
    """The event that came second."""
    runner_up_score: float | None = None
    """Affinity to that event, in [0, 1]; null without a runner-up."""
    model: str
    """Version of the decision weights, and of the embedding model behind them."""
    nearest: NearestEvent | None = None
    """The nearest other event when it was placed: the runner-up, unless an exclusion parts it from a nearer one. Null
    where nothing came near, and in events from before this field."""


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
    published_precision: Precision | None = None
    """How exactly the time of publication is known; null when it is not known at all."""
    status: ArticleStatus = ArticleStatus.USABLE
    """Whether the publisher stands by it."""
    text_kind: TextKind | None = None
    """What kind of text it is; null where it is a plain report, and in events from before this field."""
    wire_credit: str | None = None
    """Agency that the text credits; null where it credits none, and in events from before this field."""
    wire_contributed: bool = False
    """Whether that agency only contributed to the outlet's own text."""
    origin_id: str
    """Where its text comes from: one of the event's `origins`."""
    role: ArticleRole
    """What part it plays."""
    membership: Membership
    """Why it is here."""


class Origin(Contract):
    """Where a text comes from. Reprints of one wire report share an origin, however they are edited."""

    origin_id: str
    """Stable: from the first article's id."""
    article_ids: tuple[str, ...]
    """The articles that share it, earliest first."""
    wire_credit: str | None = None
    """Agency that the texts credit, if any."""


class EntityVariant(Contract):
    """One spelling of a name, and who uses it."""

    surface: str
    """The name as written."""
    article_ids: tuple[str, ...]
    """The articles that write it so."""
    link: NameLink | None = None
    """How it is known to be this name; null in events from before this field."""
    shown_in: tuple[str, ...] = ()
    """The articles that use it beside the fullest form they have, so that they show the link themselves."""


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


class LeftOut(Contract):
    """What an event has too much of to compare and list all: a reader finds it in the articles."""

    claims: int = Field(default=0, ge=0)
    """Claims of its articles that are in none of its merged claims."""
    figures: int = Field(default=0, ge=0)
    """Figures of its claims that are not in its table of figures because too many are of one noun."""


class Omitted(Contract):
    """What the event has and this snapshot of it does not: a snapshot takes no more than 1 MiB.

    All articles and claims are in `event.changed.v1`, and can be paged through over HTTP.
    """

    articles: int = Field(default=0, ge=0)
    """Articles that are not listed; with the listed ones `counts.articles`."""
    claims: int = Field(default=0, ge=0)
    """Merged claims that are not here."""
    supports: int = Field(default=0, ge=0)
    """Supports left out of the claims that are here."""
    contradictions: int = Field(default=0, ge=0)
    """Contradictions that are not here."""
    figures: int = Field(default=0, ge=0)
    """Rows that are not in the table of figures."""
    others: int = Field(default=0, ge=0)
    """Names, lines of the timeline, of the summary and of the lineage that are not here."""


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
    """Publication time of the article that changed it last; its arrival, if it is undated or dated after that."""
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
    denials: tuple[SourceDenial, ...] = ()
    """Denials and disputes that no contradiction holds; those that most origins report come first."""
    figures: tuple[Figure, ...] = ()
    """Counted things, with every value given."""
    timeline: tuple[TimelineEntry, ...] = ()
    """What was first reported when, earliest first."""
    lineage: tuple[LineageEntry, ...] = ()
    """Merges, splits and moves, oldest first."""
    nearest: NearestEvent | None = None
    """The other event that came nearest when one of the articles was placed; one that came later names this one."""
    left_out: LeftOut = Field(default_factory=LeftOut)
    """How much is in the articles and not here; nothing, but for very big events and very long articles."""
    omitted: Omitted = Field(default_factory=Omitted)
    """How much of the event this snapshot leaves out; nothing, but for big events."""
