"""One thing about an event that is new: the value of `event.changed.v1`.

The changes from one published version of an event to the next are numbered: with `place` 1 to `changes` a reader has
all of them. Each version begins where the one before ended: `previous_version` of a change is the `version` of the last
change before. Applied in order to nothing, they give the event's articles, claims with their origins, verdicts of
figures and open contradictions.
"""

from operator import attrgetter
from typing import Annotated

from pydantic import Field

from services.contracts.base import Contract, UtcDatetime
from services.contracts.change_kinds import ChangeKind
from services.contracts.claim import AssertionForm, ClaimKind, Commitment, Speaker
from services.contracts.event import Counts, EventArticle
from services.contracts.event_claims import (
    Contradiction,
    Figure,
    FigureValue,
    FigureVerdict,
    MergedClaim,
    Outlook,
    Passage,
    Support,
)
from services.contracts.open_values import OpenValues
from services.contracts.quantity import Bound

_ORIGIN_ID = attrgetter("origin_id")
MOST_PASSAGES = 3
"""Passages that a change gives of one figure, or of one side of a contradiction."""
MOST_CLAIM_IDS = 20
"""Claims that a change of a figure names."""


class ClaimWithoutReports(Contract):
    """A merged claim without its reports."""

    claim_id: str
    """As `MergedClaim.claim_id`."""
    kind: ClaimKind
    """What it is made of."""
    form: AssertionForm | None = None
    """How the canonical wording is asserted."""
    text: str
    """The canonical wording."""
    speaker: Speaker | None = None
    """Who said it. The span is in the article that has the canonical wording."""
    cue: str | None = None
    """The word that attributes the canonical wording, as written."""
    commitment: Commitment = Commitment.ASSERTS
    """How far its source stands behind it."""
    negated: bool = False
    """Whether it says that something is not so."""
    first_reported_at: UtcDatetime | None = None
    """Earliest publication time among all reports; null when none is dated."""

    @staticmethod
    def of(claim: MergedClaim) -> "ClaimWithoutReports":
        """That of a merged claim."""
        return ClaimWithoutReports.model_construct(
            **{name: getattr(claim, name) for name in ClaimWithoutReports.model_fields}
        )


class ToldValue(Contract):
    """One value of a row of figures."""

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
    """Who gave it first, if a report names somebody."""
    outlook: Outlook = Outlook.CURRENT
    """Whether it tells what is or what may come."""
    increment: bool = False
    """Whether it comes on top of another value."""
    derived_from: tuple[str, ...] = ()
    """The amounts as written that it is the sum of; empty: reports give it."""

    @staticmethod
    def of(value: FigureValue) -> "ToldValue":
        """That of a row."""
        return ToldValue.model_construct(**{name: getattr(value, name) for name in ToldValue.model_fields})


class ToldFigure(Contract):
    """A row of figures, and the one value of it that a change is about."""

    counted: str
    """What is counted or measured."""
    unit: str | None = None
    """As `Figure.unit`."""
    number: int = Field(default=1, ge=1)
    """Tells rows apart that count the same in the same unit: the first of them is 1."""
    verdict: FigureVerdict | None
    """What the values amount to now; null when no value is left."""
    explanation: str = ""
    """Which values make the verdict, and why."""
    value: ToldValue | None = None
    """The value; null where the verdict alone has changed. In its row it is told by `value`, `bound`, `increment` and
    `derived_from`."""

    @staticmethod
    def of(figure: Figure, number: int, value: FigureValue | None) -> "ToldFigure":
        """That of a row."""
        return ToldFigure(
            counted=figure.counted,
            unit=figure.unit,
            number=number,
            verdict=figure.verdict,
            explanation=figure.explanation,
            value=None if value is None else ToldValue.of(value),
        )


class EventChange(Contract):
    """One thing about an event that is new. What a kind does not have is null or empty."""

    event_id: str
    """The event. Also the key."""
    version: int = Field(ge=1)
    """The version of the event that it leads to. A reader drops a change that it has: by `version` and `place`."""
    previous_version: int = Field(ge=0)
    """The version that it comes from: a reader that has another one lacks something. 0: the event is new."""
    place: int = Field(ge=1)
    """Its place among the changes from the one version to the other."""
    changes: int = Field(ge=1)
    """How many these are. With `place` 1 to this number a reader has them all."""
    at: UtcDatetime
    """`updated_at` of the version: the publication time of the article that changed the event last."""
    kind: Annotated[str, OpenValues(ChangeKind)]
    """What is new."""
    counts: Counts
    """How many tell the event in this version."""
    article_id: str | None = None
    """The article that it is about or that caused it; null where there is none, or more than one."""
    article: EventArticle | None = None
    """That article as the event lists it now, with why it is here in full."""
    lead_vector: str | None = None
    """Of an article that joined or has a new revision, the vector of title and opening: base64 of little-endian
    float16, L2-normalised. Null in other changes, and in those from before this field."""
    vector_model: str | None = None
    """Name and hash of the model that made it: vectors of different models are never compared. Null without one."""
    origin_id: str | None = None
    """The independent text that it is about."""
    previous_origin_id: str | None = None
    """How it was called before."""
    claim_ids: tuple[str, ...] = ()
    """The merged claims that it is about: for figures those that give the value, twenty at most."""
    previous_claim_id: str | None = None
    """How the claim was called before."""
    now_in: str | None = None
    """The merged claim that has taken up a withdrawn one."""
    claim: ClaimWithoutReports | None = None
    """The claim."""
    support: Support | None = None
    """Who reports the claim, in which words, and where they stand."""
    figure: ToldFigure | None = None
    """The row of figures."""
    contradiction: Contradiction | None = None
    """The contradiction, with three passages for each side at most."""
    previous_sides: tuple[str, ...] = ()
    """The sides that the contradiction had, by the ids that claims have now."""
    passages: tuple[Passage, ...] = ()
    """Where the words stand that give a figure, three at most."""
    headline: str | None = None
    """The event's headline."""
    other_event_id: str | None = None
    """The other event."""
    reason: str | None = None
    """Why, in one sentence for people."""

    @property
    def message_id(self) -> str:
        """Id of the message that carries it: the same change has the same id."""
        return f"{self.event_id}:{self.previous_version}-{self.version}:{self.place}"


def first_reports(claim: MergedClaim) -> dict[str, Support]:
    """By origin id, the first report that each origin of the claim gives, in order of first report."""
    origin_ids = tuple(map(_ORIGIN_ID, claim.supports))
    first = dict(zip(reversed(origin_ids), reversed(claim.supports), strict=True))
    return {origin_id: first[origin_id] for origin_id in dict.fromkeys(origin_ids)}
