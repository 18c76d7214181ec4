"""The figures of one event, in rows, kept while the event grows: only what an article touches is compared again."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from services.dedupe.merging.claims.group_changes import ChangedGroup, GroupChanges
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.figures.counted_thing import read_counted_thing
from services.dedupe.merging.figures.event_matter import EventWords, select_rows_of_event
from services.dedupe.merging.figures.figure_mention import FigureMention
from services.dedupe.merging.figures.figure_rows import FigureRow, NounRows
from services.dedupe.merging.figures.measured_amount import read_measured_subject
from services.dedupe.merging.figures.occasions import Occasion
from services.dedupe.merging.figures.same_thing import WordRarity
from services.dedupe.merging.figures.sentence_context import read_sentence_context
from services.dedupe.merging.figures.taken_for_granted import is_base_of_part
from services.dedupe.merging.shared_parts import SharedParts
from services.dedupe.same_objects import are_same_objects

MOST_WEIGHED = 1_000
"""Reports, the first of the event, by which it is known how rare a word is in it."""
T = TypeVar("T", bound=Hashable)
_Noun = tuple[str, str | None, bool]


@dataclass(slots=True)
class _MentionChanges:
    """Figures that are gone, and figures that are new, by noun."""

    gone: dict[_Noun, list[FigureMention]] = field(default_factory=dict)
    new: dict[_Noun, list[FigureMention]] = field(default_factory=dict)


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
        self._by_claim: dict[str, dict[int, tuple[tuple[_Noun, FigureMention], ...]]] = {}
        """The figures of each merged claim, each with its noun, by the identity of its report."""
        self._weighed: Sequence[Report] = ()
        self._rarity = WordRarity.from_claims(())
        self._words = EventWords.from_reports(())
        self._shared_parts = SharedParts()
        """What was read around and of figures."""

    @property
    def has_comparable_counts(self) -> bool:
        """Whether two counts are of one noun; else each is a row of its own, whatever its claim is similar to.

        Measured amounts are left out: they have no row unless two origins give them.
        """
        return any(rows.count > 1 for (_, _, is_measured), rows in self._nouns.items() if not is_measured)

    def update_rows(self, changes: GroupChanges, reports: Sequence[Report]) -> None:
        """Put all figures into rows.

        Args:
            changes: Which merged claims of the event are others than the last time. Only those are read.
            reports: Reports of the event, by article in publication order, so many that `MOST_WEIGHED` are among them.
        """
        mentions = _MentionChanges()
        for changed in changes.by_claim:
            self._update_claim(changed, mentions)
        for noun in mentions.new:
            self._nouns.setdefault(noun, NounRows())
        if self._nouns:
            self._update_words(reports)
        for noun, rows in list(self._nouns.items()):
            rows.update_rows(mentions.gone.get(noun, ()), mentions.new.get(noun, ()), self._rarity)
            if not rows.count:
                del self._nouns[noun]
        listed = [row for rows in self._nouns.values() for row in rows.rows]
        of_event = select_rows_of_event(listed, self._words, _is_named) if listed else []
        self.rows = tuple(sorted(of_event, key=lambda row: row.key.order))
        self.left_out = sum(rows.left_out for rows in self._nouns.values())

    def _update_words(self, reports: Sequence[Report]) -> None:
        weighed = reports[:MOST_WEIGHED]
        if not are_same_objects(self._weighed, weighed):
            self._weighed = weighed
            self._rarity = WordRarity.from_claims([report.prepared for report in weighed])
            self._words = EventWords.from_reports(weighed)

    def _update_claim(self, changed: ChangedGroup, mentions: "_MentionChanges") -> None:
        """Read the figures of reports that are new in a merged claim, and let go those of reports that are gone."""
        by_report = self._by_claim.pop(changed.claim_id, {})
        for report in changed.gone_reports:
            for noun, mention in by_report.pop(id(report), ()):
                mentions.gone.setdefault(noun, []).append(mention)
                for part in (mention.quantity, mention.thing, mention.context):
                    self._shared_parts.release(part)
        for report in changed.new_reports if changed.group is not None else ():
            if report.prepared.values:
                read = tuple((_comparison_key(one), one) for one in self._read_report(report, changed.claim_id))
                for noun, mention in read:
                    mentions.new.setdefault(noun, []).append(mention)
                if read:
                    by_report[id(report)] = read
        if by_report:
            self._by_claim[changed.claim_id] = by_report

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
            mentions.append(
                FigureMention(claim_id, report, self._share(quantity), self._share(thing), self._share(context))
            )
        return mentions

    def _share(self, part: T) -> T:
        return self._shared_parts.share(part, part)


def _comparison_key(mention: FigureMention) -> _Noun:
    """What figures must share to be compared."""
    thing = mention.thing  # "raised to 4.5%" and "stands at 4.5%" give one rate
    return "" if thing.is_measured else thing.noun, thing.unit, thing.is_measured


def _is_named(row: FigureRow) -> bool:
    """Whether a reader learns what a row counts, and that of itself; values that differ have a row anyway."""
    first = row.mentions[0].value_key
    if any(mention.value_key != first for mention in row.mentions):
        return True
    is_base = row.key.fate is None and all(
        is_base_of_part(mention.report.claim, mention.quantity) for mention in row.mentions
    )
    return not is_base and row.plain_label is not None
