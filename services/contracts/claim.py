"""Who said what in one article, at exact spans: the value of `claims.extracted.v1`."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from services.contracts.article import Article, Precision
from services.contracts.base import CONTRACT_CONFIG, CompactContract, Contract, Span
from services.contracts.quantity import Quantity


class ClaimKind(StrEnum):
    """What a claim is made of."""

    QUOTATION = "quotation"
    """At least half of it stands between quote marks."""
    STATEMENT = "statement"
    """Somebody's words told in the outlet's own, or a checkable fact without a source."""
    FIGURE = "figure"
    """A sentence without a source that counts something."""


class Commitment(StrEnum):
    """How far the source stands behind the claim."""

    ASSERTS = "asserts"
    """Says that it is so."""
    DENIES = "denies"
    """Says that it is not so."""
    DECLINES_TO_CONFIRM = "declines_to_confirm"
    """Neither says that it is so nor that it is not: "cannot confirm …", "would not say whether …"."""
    CONDITIONAL = "conditional"
    """Says what holds if something else does, or asks whether it holds."""
    REPORTS = "reports"
    """Passes on what somebody else says."""


class SpeakerKind(StrEnum):
    """What kind of source speaks."""

    PERSON = "person"
    """A human being with a name."""
    ORGANISATION = "organisation"
    """A company, agency, party or other body with a name."""
    UNNAMED = "unnamed"
    """A source without a name, such as "officials"."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONTRACT_CONFIG)
class Speaker(CompactContract):
    """Who said it. `surface` stands at `span`; `canonical` is the fullest form of the name in the article."""

    surface: str
    """The source as written: a name, a pronoun or a description."""
    span: Span
    """Where `surface` stands."""
    canonical: str
    """The fullest form of the name in the article."""
    kind: SpeakerKind
    """What kind of source it is."""
    role: str | None = None
    """Office or function, as written: `Transport Minister`."""
    organisation: str | None = None
    """What the source speaks for, as written."""


class AttributionLink(Contract):
    """One step of the chain outlet <- agency <- official <- institution, nearest to the outlet first."""

    name: str
    """The source at this step: the fullest form of its name in the article."""
    kind: SpeakerKind
    """What kind of source it is."""
    span: Span | None = None
    """Where the article names it; null when it is known from elsewhere, such as the wire credit."""
    surface: str | None = None
    """The source as written at `span`; null without a span, and in claims from before this field."""


class DateMention(Contract):
    """A date named in the text, resolved against the day of publication.

    `iso`: ISO 8601 date, month, year, or interval `start/end`, both included. When the article does not tell when it
    was published, digits that it leaves open are X, as in ISO 8601-2: `XXXX-10-25`, `XXXX-WXX-7` for a Sunday,
    `XXXX-XX` for "this month".
    """

    iso: str
    """ISO 8601 date, month, year, or interval `start/end`; X for open digits."""
    precision: Precision
    """How exactly the date is told; `by the end of the year` is the day 12-31 with precision `year`."""
    surface: str
    """The date as written."""
    span: Span
    """Where `surface` stands."""


class EntityMention(Contract):
    """A name in the text."""

    name: str
    """The name as written."""
    type: str
    """Kind of thing it names: `person`, `organisation`, `place` or `unknown`."""
    span: Span
    """Where it stands."""
    canonical: str | None = None
    """The fullest form of the name in the article; null in claims from before this field."""


class NameLink(StrEnum):
    """How a form of a name is known to stand for the fullest one in the article."""

    SAME = "same"
    """It is that form."""
    PART = "part"
    """It is a part of that form and of no other: "Reyl" of "Ada Reyl"."""
    SPELLING = "spelling"
    """It is another spelling: accents, hyphens, transliteration, or another name of a known place."""
    ACRONYM = "acronym"
    """Its letters are that form's initials."""
    EXPLAINED = "explained"
    """The article says so: "National Bridge Service (NBS)"."""


class NameForm(Contract):
    """One way in which an article writes a name."""

    surface: str
    """The form as written, without title and possessive ending."""
    span: Span
    """Where it stands first."""
    mentions: int = Field(ge=1)
    """How often."""
    link: NameLink
    """How it is known to belong to the name."""


class ArticleName(Contract):
    """A person, organisation or place that an article names, with all its forms."""

    name: str
    """The fullest form."""
    type: str
    """Kind of thing it names: `person`, `organisation`, `place` or `unknown`."""
    key: str
    """What names of different articles are compared by: equal for two spellings of one name, or of a known place."""
    forms: tuple[NameForm, ...] = Field(min_length=1)
    """How the article writes it, in order of first mention."""


class Predicate(Contract):
    """A verb, or an adjective or noun after "be", of a claim: what it says of whom, by grammar alone."""

    lemma: str
    """Base form: `raise`."""
    span: Span
    """Where it stands."""
    negated: bool = False
    """Whether an odd number of negations stands with it ("not", "never", "no" with its subject or object)."""
    modal: str | None = None
    """Modal verb beside it: `may`."""
    subject: str | None = None
    """Head word of who does it or is so, in lower case; in a passive the noun after "by"."""
    subject_span: Span | None = None
    """Where `subject` stands; null in claims from before this field."""
    object: str | None = None
    """Head word of what it is done to, in lower case; in a passive the subject."""
    object_span: Span | None = None
    """Where `object` stands; null in claims from before this field."""
    under: int | None = Field(default=None, ge=0)
    """Index, in the claim's predicates, of the one whose complement it is: "refuse" for "sign" in "refused to sign"."""
    main: bool = False
    """Whether it is the verb of the claim's main clause, or joined to it by "and"."""


class AssertionForm(StrEnum):
    """How a text asserts something."""

    QUOTED = "quoted"
    """Words between quote marks, introduced by the text around them: a signature, a colon, who spoke before."""
    ATTRIBUTED = "attributed"
    """Content that a cue in its sentence gives to somebody, quoted or not."""
    NARRATED = "narrated"
    """A clause of the outlet itself, without a source."""


class Claim(Contract):
    """One factual assertion in one article, verbatim at its span."""

    claim_id: str
    """From article, revision, kind and span: the same claim found again has the same id."""
    kind: ClaimKind
    """What it is made of."""
    text: str = Field(min_length=1)
    """The article's characters at `span`, unchanged."""
    span: Span
    """Where it stands in the article's `text`."""
    form: AssertionForm | None = None
    """How the article asserts it; null in claims from before this field."""
    sentence: Span | None = None
    """The sentence in which it starts; null in claims from before this field."""
    quoted: tuple[Span, ...] = ()
    """The words inside the claim that stand between quote marks, without the marks."""
    speaker: Speaker | None = None
    """Who said it; null when the text names no source."""
    cue: str | None = None
    """The words that attribute, as written: "said", "stopped short of confirming"."""
    attribution: tuple[AttributionLink, ...] = ()
    """Through whom it came to the outlet, nearest first."""
    commitment: Commitment = Commitment.ASSERTS
    """How far the source stands behind it."""
    negated: bool = False
    """Whether it says that something is not so."""
    quantities: tuple[Quantity, ...] = ()
    """Amounts in it."""
    dates: tuple[DateMention, ...] = ()
    """Dates in it."""
    entities: tuple[EntityMention, ...] = ()
    """Names in it."""
    predicates: tuple[Predicate, ...] = ()
    """What it says of whom, in text order; empty where its sentence was not parsed."""
    extractor: str
    """Version of the extractor that found it."""


class ExtractedArticle(Contract):
    """An article with its claims. Every claim's text equals the article's text at the claim's span."""

    article: Article
    """The article, as ingested."""
    claims: tuple[Claim, ...] = ()
    """In the order in which they stand in the text."""
    names: tuple[ArticleName, ...] = ()
    """People, organisations and places in the article, in order of first mention."""
    extractor: str
    """Version of the extractor that read the article."""

    @model_validator(mode="after")
    def _verbatim(self) -> Self:
        for claim in self.claims:
            if claim.span.of(self.article.text) != claim.text:
                raise ValueError(f"claim {claim.claim_id} is not the text at its span {claim.span}")
        return self
