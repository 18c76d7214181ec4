"""A figure in one report, with all that decides what it may be compared with."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.contracts.article import Article
from services.contracts.claim import Bound, Claim, Quantity
from services.dedupe.merging.claims import report as reports
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.report import Report, same_source
from services.dedupe.merging.figures.counted_thing import Thing
from services.dedupe.merging.figures.sentence_context import Clause
from services.dedupe.merging.figures.vocabulary import PEOPLE
from services.dedupe.signals.names import same_name

Value = tuple[float, Bound, bool, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Counted:
    """A row of the table. `number` tells rows apart that count things of one kind, in order of first report."""

    noun: str
    names: tuple[str, ...]
    fate: str | None
    unit: str | None
    number: int = 0

    @property
    def order(self) -> tuple[str, tuple[str, ...], str, str, int]:
        """For sorting; total."""
        return self.noun, self.names, self.fate or "", self.unit or "", self.number


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure in one report of a merged claim.

    Attributes:
        group: The merged claim.
        report: The report.
        quantity: The figure.
        thing: What it counts.
        clause: The words around it.
        lesser: Whether its article counts more of the thing in the same voice: then it is a part of that.
        beside: What else its article counts of the noun and what happened to it, by the same source.
        derived_from: Amounts as written that it is the sum of; empty: the report gives it.
    """

    group: ClaimGroup
    report: Report
    quantity: Quantity
    thing: Thing
    clause: Clause
    lesser: bool = False
    beside: tuple[Quantity, ...] = ()
    derived_from: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, int, int, tuple[str, ...]]:
        """What identifies the mention in its event: the claim, the place of the figure, and what it derives from."""
        span = self.quantity.span
        return self.report.key, span.start, span.end, self.derived_from

    @property
    def source(self) -> str | None:
        """Who gives the figure, if the report says."""
        speaker = self.report.claim.speaker
        return None if speaker is None else speaker.canonical

    @property
    def article(self) -> Article:
        """The article that it stands in."""
        return self.report.article

    @property
    def part(self) -> bool:
        """Whether it counts a part of something that other figures count."""
        return self.lesser or self.clause.part

    @property
    def order(self) -> tuple[tuple[datetime, str, int, str], int]:
        """Publication order; total but for derived values, which follow what they derive from."""
        return self.report.order, self.quantity.span.start

    @property
    def value(self) -> Value:
        """What makes two mentions one value of the table."""
        return self.quantity.value, self.quantity.bound, self.quantity.increment, self.derived_from


def label(counted: Counted, listed: Sequence[Mention]) -> str:
    """What is counted, for readers, with the noun that most reports use: `North Korean troops`, `people killed`."""
    fullest = max(len(one.thing.names) for one in listed)
    phrases = Counter(one.quantity.counted or "" for one in listed if len(one.thing.names) == fullest)
    phrase = max(phrases, key=phrases.__getitem__)  # of equals the first reported
    if counted.noun == PEOPLE:
        return phrase if counted.names else f"{PEOPLE} {counted.fate}"
    return " ".join(part for part in (*counted.names, phrase.split()[-1], counted.fate) if part)


def cosine(one: Mention, other: Mention) -> float:
    """Cosine of the two claims."""
    return reports.cosine(one.report, other.report)


def one_source(one: Mention, other: Mention) -> bool:
    """Whether two figures come from one source: the same speaker, the same at the end of the chain, or one outlet."""
    if same_source(one.report, other.report):
        return True
    first, second = _ultimate(one.report.claim), _ultimate(other.report.claim)
    return first is not None and second is not None and same_name(first, second)


def _ultimate(claim: Claim) -> str | None:
    """The name of the last source that the chain names, if there is a chain."""
    return claim.attribution[-1].name if claim.attribution else None
