"""The figures of one event, in rows, kept while the event grows: only what an article touches is compared again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.figures.counted_thing import read_counted_thing
from services.dedupe.merging.figures.event_matter import EventWords, select_rows_of_event
from services.dedupe.merging.figures.figure_mention import FigureMention
from services.dedupe.merging.figures.figure_rows import FigureRow, NounRows
from services.dedupe.merging.figures.measured_amount import read_measured_subject
from services.dedupe.merging.figures.occasions import Occasion
from services.dedupe.merging.figures.same_thing import WordRarity
from services.dedupe.merging.figures.sentence_context import read_sentence_context
from services.dedupe.merging.same_objects import are_same_objects

MOST_WEIGHED = 1_000
"""Reports, the first of the event, by which it is known how rare a word is in it."""
T = TypeVar("T")
_Noun = tuple[str, str | None, bool]


@dataclass(frozen=True, slots=True)
class _ClaimFigures:
    """The figures of a merged claim, by report and in a row; each with its noun."""

    group: ClaimGroup
    by_report: dict[str, tuple[Report, list[tuple[_Noun, FigureMention]]]]
    mentions: list[tuple[_Noun, FigureMention]]


class EventFigures:
    """The rows of one event.

    Attributes:
        rows: The rows in their order, of all figures whose counted or measured thing is known.
        left_out: How many figures are in none because too many are of one noun.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self.rows: tuple[FigureRow, ...] = ()
        self.left_out = 0
        self._nouns: dict[_Noun, NounRows] = {}
        self._groups: dict[str, _ClaimFigures] = {}
        self._weighed: Sequence[Report] = ()
        self._rarity = WordRarity.from_claims(())
        self._words = EventWords.from_reports(())
        self._known_parts: dict[object, Any] = {}
        """What was read around and of figures, each once: reprints have the same."""

    @property
    def has_comparable_figures(self) -> bool:
        """Whether two figures are of one noun; else each is a row of its own, whatever its claim is similar to."""
        return any(noun.has_several_figures for noun in self._nouns.values())

    def update_rows(self, claim_groups: Sequence[ClaimGroup], reports: Sequence[Report]) -> None:
        """Put all figures into rows.

        Args:
            claim_groups: The merged claims of the event. Those that are the same objects as before are not read again.
            reports: All reports of the event, by article in publication order.
        """
        before, self._groups = self._groups, {}
        by_noun: dict[_Noun, list[FigureMention]] = {}
        for group in claim_groups:
            known = before.get(group.claim_id)
            read = known if known is not None and known.group is group else self._read_group(group, known)
            self._groups[group.claim_id] = read
            for noun, mention in read.mentions:
                by_noun.setdefault(noun, []).append(mention)
        if by_noun:
            self._update_words(reports)
        self._nouns = {noun: self._nouns.get(noun) or NounRows() for noun in by_noun}
        rows = [row for noun, given in by_noun.items() for row in self._nouns[noun].update_rows(given, self._rarity)]
        of_event = select_rows_of_event(rows, self._words, _is_named) if rows else []
        self.rows = tuple(sorted(of_event, key=lambda row: row.key.order))
        self.left_out = sum(noun.left_out for noun in self._nouns.values())

    def _update_words(self, reports: Sequence[Report]) -> None:
        weighed = reports[:MOST_WEIGHED]
        if not are_same_objects(self._weighed, weighed):
            self._weighed = weighed
            self._rarity = WordRarity.from_claims([report.prepared for report in weighed])
            self._words = EventWords.from_reports(weighed)

    def _read_group(self, claim_group: ClaimGroup, known: _ClaimFigures | None) -> _ClaimFigures:
        """Read the figures of a merged claim; those of reports that are the same objects as before are kept."""
        by_report = {}
        for report in claim_group.reports:
            if not report.prepared.values:
                continue
            read = None if known is None else known.by_report.get(report.key)
            if read is None or read[0] is not report:
                read = report, [(_comparison_key(one), one) for one in self._read_report(report, claim_group.claim_id)]
            by_report[report.key] = read
        return _ClaimFigures(claim_group, by_report, [one for _, figures in by_report.values() for one in figures])

    def _read_report(self, report: Report, claim_id: str) -> list[FigureMention]:
        """The figures of one report of which it is known what they count or measure."""
        mentions = []
        for quantity in report.claim.quantities:
            if quantity.counted is None and quantity.dimension is None:
                continue
            context = read_sentence_context(report, quantity)
            if context.denied:
                continue
            is_count = quantity.counted is not None
            thing = read_counted_thing(quantity, context) if is_count else read_measured_subject(report, quantity)
            if thing is None:
                continue
            if thing.fate is not None and context.occasion is Occasion.OF_SENTENCE_BEFORE:
                continue  # its own words do not say which occasion it counts
            share = self._get_known
            mentions.append(FigureMention(claim_id, report, share(quantity), share(thing), share(context)))
        return mentions

    def _get_known(self, part: T) -> T:
        """The first object that is equal to a part."""
        known: T = self._known_parts.setdefault(part, part)
        return known


def _comparison_key(mention: FigureMention) -> _Noun:
    """What figures must share to be compared."""
    thing = mention.thing  # "raised to 4.5%" and "stands at 4.5%" give one rate
    return "" if thing.is_measured else thing.noun, thing.unit, thing.is_measured


def _is_named(row: FigureRow) -> bool:
    """Whether a reader understands what a row counts; values that differ have a row anyway."""
    return len({mention.value_key for mention in row.mentions}) > 1 or row.plain_label is not None
