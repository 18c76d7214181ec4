"""A figure in one report, with all that decides which other figures it is compared with."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.contracts.article import Article
from services.contracts.claim import Bound, Claim, Quantity
from services.dedupe.merging.claims import report as reports
from services.dedupe.merging.claims.report import Report, has_same_source
from services.dedupe.merging.digests import digest
from services.dedupe.merging.figures.counted_thing import FigureSubject
from services.dedupe.merging.figures.counted_vocabulary import PEOPLE, load_vocabulary
from services.dedupe.merging.figures.measured_amount import build_clause_label
from services.dedupe.merging.figures.occasions import Occasion
from services.dedupe.merging.figures.sentence_context import SentenceContext
from services.dedupe.merging.figures.taken_for_granted import is_taken_for_granted
from services.dedupe.signals.name_matching import may_be_same_name
from services.language.stems import singulars

_SHORTEST_CLAUSE = 4
"""Words, the ellipsis among them, from which a clause says more than the noun: not "put at …"."""
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
        put(
            self,
            "source",
            None if is_taken_for_granted(claim, quantity) else reports.find_speaker_label(self.report),
        )
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
    def is_part(self) -> bool:
        """Whether it counts a part of something that other figures count."""
        return self.lesser or self.context.part


def _digest_wording(claim: Claim, quantity: Quantity, thing: FigureSubject, source: str | None) -> bytes:
    words = (sorted(some) for some in (thing.names, thing.narrowed, thing.of))
    place = quantity.span.start - claim.span.start
    return digest(claim.text, place, (thing.noun, thing.fate, thing.unit), *words, source)


def build_row_label(row_key: RowKey, mentions: Sequence[FigureMention]) -> str:
    """Name what a row counts, for readers, with the noun that most reports use: `North Korean troops`.

    For a measured amount, the clause of the first report without the amount: `The quake will cost …`. Likewise for a
    single count of which no noun says enough: nothing happened to what is counted, it did on another occasion, or
    other rows count the same of other places.
    """
    if row_key.measured or _says_little_without_clause(row_key, mentions):
        label = build_clause_label(mentions[0].report, mentions[0].quantity)
        if row_key.measured or len(label.split()) >= _SHORTEST_CLAUSE:
            return label
    most_names = max(len(mention.thing.names) for mention in mentions)
    phrases = Counter(mention.quantity.counted or "" for mention in mentions if len(mention.thing.names) == most_names)
    phrase = max(phrases, key=phrases.__getitem__)  # of equally frequent ones the first reported
    if row_key.noun == PEOPLE:
        return _join_words(phrase, _fate_beside(phrase, row_key)) if row_key.names else f"{PEOPLE} {row_key.fate}"
    return _join_words(*row_key.names, phrase.split()[-1], row_key.fate)


def _fate_beside(phrase: str, row_key: RowKey) -> str | None:
    """What happened, unless the phrase says it: "Karvelian deaths"."""
    vocabulary = load_vocabulary()
    heads = singulars(phrase)[-2:]
    is_said = any(vocabulary.implied.get(head) or vocabulary.happenings.get((head,)) for head in heads)
    return None if is_said or "toll" in heads else row_key.fate


def _says_little_without_clause(row_key: RowKey, mentions: Sequence[FigureMention]) -> bool:
    if len({mention.value_key for mention in mentions}) > 1:
        return False
    if row_key.fate is None or row_key.is_among_several:
        return True
    return any(mention.context.occasion is not Occasion.THIS for mention in mentions)


def _join_words(*parts: str | None) -> str:
    return " ".join(dict.fromkeys(part for part in parts if part))


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
