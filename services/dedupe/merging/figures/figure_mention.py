"""A figure in one report, with all that decides which other figures it is compared with."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from services.contracts.article import Article
from services.contracts.claim import Claim
from services.contracts.quantity import Bound, Quantity
from services.dedupe.merging.claims import report as reports
from services.dedupe.merging.claims.report import Report, has_same_source
from services.dedupe.merging.digests import digest
from services.dedupe.merging.figures.counted_thing import FigureSubject
from services.dedupe.merging.figures.sentence_context import SentenceContext
from services.dedupe.merging.figures.taken_for_granted import is_taken_for_granted
from services.dedupe.signals.name_matching import may_be_same_name

_SAYS_NO_NUMBER = re.compile(
    r"\W*(?:(?:many|several|some|tens of|hundreds of) )?(?:dozens|scores|hundreds|thousands|millions|billions)\b",
    re.IGNORECASE,
)
Value = tuple[float, Bound, bool, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class RowKey:
    """What a row of the table counts.

    `number` distinguishes rows of one kind, in order of their first reports; `is_among_several` says that there are
    several; `measured` distinguishes those of amounts of money, shares and lengths, whose `noun` is a verb.
    """

    noun: str
    names: tuple[str, ...]
    fate: str | None
    unit: str | None
    number: int = 0
    measured: bool = False
    is_among_several: bool = False

    @property
    def order(self) -> tuple[bool, str, tuple[str, ...], str, str, int]:
        """Order of rows, counts before measured amounts; total."""
        return self.measured, self.noun, self.names, self.fate or "", self.unit or "", self.number


@dataclass(frozen=True, eq=False, slots=True)
class FigureMention:
    """One figure in one report of a merged claim. It is equal to itself alone.

    Attributes:
        claim_id: Id of the merged claim.
        report: The report.
        quantity: The figure.
        thing: What it counts.
        context: The words around it.
        lesser: Whether its article has a larger count of the thing by the same source: then it is a part of that.
        other_counts: Other figures by the same source in its article for the noun and what happened to it.
        derived_from: Amounts, as written, of which it is the sum; empty: the report gives it.
        source: Who gives the figure, if the report says so.
        order: Publication order; total but for derived values, which follow what they derive from.
        wording_key: A digest of what reprints repeat word by word: the claim's words, the place of the figure in it,
            what it counts, who.
        value_key: What two mentions must share to be one value of the table.
    """

    claim_id: str
    report: Report
    quantity: Quantity
    thing: FigureSubject
    context: SentenceContext
    lesser: bool = False
    other_counts: tuple[Quantity, ...] = ()
    derived_from: tuple[str, ...] = ()
    source: str | None = field(init=False)
    order: tuple[tuple[datetime, str, int, str], int] = field(init=False)
    wording_key: bytes = field(init=False)
    value_key: Value = field(init=False)

    def __post_init__(self) -> None:
        quantity, claim = self.quantity, self.report.claim
        put = object.__setattr__
        granted = is_taken_for_granted(claim, quantity, is_toll=self.thing.fate is not None)
        put(self, "source", None if granted else reports.find_source_label(self.report))
        put(self, "order", (self.report.order, quantity.span.start))
        put(self, "value_key", (quantity.value, quantity.bound, quantity.increment, self.derived_from))
        put(self, "wording_key", _digest_wording(claim, quantity, self.thing, self.source))

    @property
    def key(self) -> tuple[str, int, int, tuple[str, ...]]:
        """What identifies the mention in its event: the claim, the place of the figure, and what it derives from."""
        span = self.quantity.span
        return self.report.key, span.start, span.end, self.derived_from

    @property
    def article(self) -> Article:
        """The article in which it stands."""
        return self.report.article

    @property
    def says_no_number(self) -> bool:
        """Whether it says only that they are many: "thousands", "dozens"."""
        return _SAYS_NO_NUMBER.match(self.quantity.surface) is not None

    @property
    def is_part(self) -> bool:
        """Whether it counts a part of something that other figures count."""
        return self.lesser or self.context.part


def _digest_wording(claim: Claim, quantity: Quantity, thing: FigureSubject, source: str | None) -> bytes:
    words = (sorted(some) for some in (thing.names, thing.narrowed, thing.of))
    place = quantity.span.start - claim.span.start
    return digest(claim.text, place, (thing.noun, thing.fate, thing.unit), *words, source)


def claim_cosine(mention: FigureMention, other_mention: FigureMention) -> float:
    """Cosine of the two claims."""
    return reports.cosine_similarity(mention.report, other_mention.report)


def have_same_figure_source(mention: FigureMention, other_mention: FigureMention) -> bool:
    """Whether two figures come from one source: the same speaker, the same last source of the chain, or one outlet."""
    if has_same_source(mention.report, other_mention.report):
        return True
    first, second = _last_source_name(mention.report.claim), _last_source_name(other_mention.report.claim)
    return first is not None and second is not None and may_be_same_name(first, second)


def _last_source_name(claim: Claim) -> str | None:
    """Name of the last source of the claim's chain, if it has one."""
    return claim.attribution[-1].name if claim.attribution else None
