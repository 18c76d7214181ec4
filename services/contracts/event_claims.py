"""What the reports of one event claim: merged claims, what contradicts what, figures. Parts of `event.updated.v1`."""

from enum import StrEnum

from pydantic import Field
from pydantic.dataclasses import dataclass

from services.contracts.article import Publisher
from services.contracts.base import CONTRACT_CONFIG, CompactContract, Contract, Span, UtcDatetime
from services.contracts.claim import (
    AssertionForm,
    AttributionLink,
    ClaimKind,
    Commitment,
    DateMention,
    Speaker,
    SpeakerKind,
)
from services.contracts.quantity import Bound, Quantity


class SupportForm(StrEnum):
    """How much of a merged quotation an article gives in the speaker's own words."""

    FULL = "full"
    """All of its words, between quote marks."""
    CUT = "cut"
    """Some of its words, between quote marks."""
    PARAPHRASE = "paraphrase"
    """None of its words between quote marks: the outlet's own."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONTRACT_CONFIG)
class Support(CompactContract):
    """One article that makes a merged claim, and where."""

    article_id: str
    """The article that makes the claim."""
    publisher: Publisher
    """Who published that article."""
    origin_id: str
    """Where the claim's text comes from: as the article's, unless it stands there in the words of an earlier report."""
    claim_id: str
    """The article's own claim."""
    span: Span
    """Where the claim stands in that article's `text`."""
    text: str
    """The article's wording, verbatim."""
    speaker: Speaker | None = None
    """Who said it, as this article tells it."""
    cue: str | None = None
    """The word by which this article attributes it ("said", "did not confirm"), as written."""
    attribution: tuple[AttributionLink, ...] = ()
    """Through whom it came to this outlet, nearest first."""
    commitment: Commitment = Commitment.ASSERTS
    """How far that source stands behind it."""
    form: SupportForm | None = None
    """How much of the canonical quotation it gives; null where the merged claim is no quotation, and where the article
    quotes other words of the speaker."""
    words: tuple[Span, ...] = ()
    """Where, in that article's `text`, words of the canonical quotation stand between quote marks."""
    published_at: UtcDatetime | None = None
    """When the article was published."""


class SourceStep(Contract):
    """One step of the way from outlets to the source that they share."""

    name: str
    """The source at this step, in its fullest form."""
    kind: SpeakerKind
    """What kind of source it is."""
    article_ids: tuple[str, ...]
    """The articles that name it."""


class UltimateSource(Contract):
    """The one source that every report of a claim goes back to: however many outlets, one source."""

    name: str
    """The furthest source that all of them name: a speaker, or the agency that all of them credit. Where all quote the
    same words and no report names the speaker, the words that describe the speaker."""
    kind: SpeakerKind
    """What kind of source it is."""
    chain: tuple[SourceStep, ...]
    """From the outlets to it: the agencies and others in between that some of them name, itself last."""


class MergedClaim(Contract):
    """One proposition with all that report it."""

    claim_id: str
    """Stable: the id of the first supporting claim, with `.2` for that claim's second quotation, and so on."""
    kind: ClaimKind
    """What it is made of."""
    form: AssertionForm | None = None
    """How the canonical wording is asserted; `narrated` is an outlet's own. Null in events from before this field."""
    text: str
    """The canonical wording: the longest attested form, of statements with no other numbers than the first report."""
    speaker: Speaker | None = None
    """Who said it; `canonical` is the name that the event has for them, in all its claims."""
    cue: str | None = None
    """The word that attributes the canonical wording, as written."""
    commitment: Commitment = Commitment.ASSERTS
    """How far its source stands behind the canonical wording."""
    negated: bool = False
    """Whether it says that something is not so."""
    variants: tuple[str, ...] = ()
    """Other wordings, longest first."""
    quantities: tuple[Quantity, ...] = ()
    """Amounts in the canonical wording.

    Their spans, like the speaker's, count in the text of the article that has this wording.
    """
    dates: tuple[DateMention, ...] = ()
    """Dates in the canonical wording; what an undated article leaves open is told by the event's days."""
    supports: tuple[Support, ...] = Field(min_length=1)
    """Every article that makes it, earliest first."""
    origins: int = Field(ge=1)
    """Corroboration: how many independent origins report it, those of its supports."""
    ultimate_source: UltimateSource | None = None
    """The source that all supports go back to; null if there is none, or if only one article makes the claim."""
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


class Passage(Contract):
    """Words of an article."""

    article_id: str
    """The article."""
    span: Span
    """Where they stand in its `text`."""
    text: str
    """The words, verbatim."""


class Position(Contract):
    """What one merged claim says of the matter of a contradiction."""

    claim_id: str
    """The merged claim."""
    says: str
    """In short: `confirms`, `declines to confirm`, a figure or a date as written, the name of a speaker."""
    source: str | None = None
    """Who says so; null when no source is named."""
    passages: tuple[Passage, ...] = ()
    """The words that say so, one passage an article, earliest first."""


class Contradiction(Contract):
    """Claims of one event that cannot all hold."""

    kind: ContradictionKind
    """In what they disagree."""
    sides: tuple[str, ...] = Field(min_length=2)
    """Ids of merged claims."""
    positions: tuple[Position, ...] = ()
    """What each side says and where; positions with the same `says` agree with each other."""
    explanation: str
    """One sentence for people."""


class SourceDenial(Contract):
    """A source that denies or disputes what others say."""

    source: str
    """Who denies it."""
    claim_id: str | None = None
    """The merged claim; null where it only points at what others say ("denied the report"): that is no claim."""
    passages: tuple[Passage, ...] = Field(min_length=1)
    """Its sentence, with those before where it only points at them; one for each article, earliest first."""
    origins: int = Field(ge=1)
    """How many independent origins report it."""


class FigureVerdict(StrEnum):
    """What the values given for one counted thing amount to."""

    SINGLE = "single"
    """Only one value is reported."""
    AGREE = "agree"
    """All report the same value."""
    COMPATIBLE = "compatible"
    """Values differ, but one true value could satisfy all."""
    SUPERSEDED = "superseded"
    """The same source gave a newer value, or a count that only grows has grown."""
    CONFLICTING = "conflicting"
    """No single true value could satisfy all."""


class Outlook(StrEnum):
    """Whether a figure tells what is or what may come."""

    CURRENT = "current"
    """What is so, by the one who says it."""
    POSSIBLE = "possible"
    """What may be so, or may come to be."""
    EXPECTED = "expected"
    """What is expected, planned or promised."""


class FigureValue(Contract):
    """One value that reports give."""

    surface: str
    """The amount as written; of a sum, "at least" and the number."""
    value: float
    """The number."""
    low: float | None
    """Least true value that the wording allows; null: open."""
    high: float | None
    """Greatest true value that the wording allows; null: open."""
    bound: Bound
    """What it says of the true value."""
    source: str | None = None
    """Who gave it, in the earliest report that names somebody; null when none does."""
    sources: tuple[str, ...] = ()
    """All who gave it, by any report, in order of first report."""
    outlook: Outlook = Outlook.CURRENT
    """Whether it tells what is or what may come."""
    increment: bool = False
    """Whether it comes on top of another value."""
    place: str | None = None
    """Where it holds, as written, if a report tells."""
    as_of: str | None = None
    """The latest day or month that it is told for, as `Quantity.as_of`."""
    derived_from: tuple[str, ...] = ()
    """The amounts as written that it is the sum of ("over 1,500", "another 1,500"); empty: reports give it."""
    claim_ids: tuple[str, ...]
    """Ids of the merged claims that say so."""
    article_ids: tuple[str, ...]
    """The articles that give it."""
    unsourced_article_ids: tuple[str, ...] = ()
    """The articles among these that name no source for it."""
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
    """What the values amount to: the most serious of what any two of them do."""
    explanation: str = ""
    """Which values make the verdict, and why: one sentence for people; empty for a single value."""
