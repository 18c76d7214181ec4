"""The table of figures: one row for each counted thing, its values with who gives them, and its verdict."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from services.contracts.base import share_field_sets
from services.contracts.event_claims import Figure, FigureValue, FigureVerdict
from services.dedupe.merging.figures.figure_mention import FigureMention, Value
from services.dedupe.merging.figures.figure_rows import FigureRow
from services.dedupe.merging.figures.figure_values import update_figure_value
from services.dedupe.merging.figures.pair_results import FigurePairCache
from services.dedupe.merging.figures.row_mentions import RowMentions
from services.dedupe.merging.figures.verdicts import Comparison, compare_mentions, is_lower_only_earlier
from services.dedupe.merging.size_limits import MOST_COMPARED, keep_first_and_last
from services.dedupe.same_objects import are_same_objects
from services.language.case import amount_in_sentence, begin_sentence

_SEVERITY = (
    FigureVerdict.CONFLICTING,
    FigureVerdict.SUPERSEDED,
    FigureVerdict.COMPATIBLE,
    FigureVerdict.AGREE,
)
_WIDE_CONFLICT = (0, False, 0.8)
"""Behind this rank no more serious verdict is looked for: one value is well below the other, and none has grown."""
_GROWN = " at one time, but such a count may have grown between the reports"
"""Behind "they cannot both be right"."""


_Values = dict[tuple[Value, bool], tuple[Sequence[FigureMention], FigureValue]]
"""The values of a row as they are published, and what they are published from."""


class FigureTable:
    """The published rows of one event; those of rows that are as they were are the same objects."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._figures: dict[FigureRow, tuple[Figure, Sequence[FigureMention]]] = {}
        self._mentions: dict[FigureMention, RowMentions] = {}
        self._values: dict[FigureMention, _Values] = {}
        self._comparisons = FigurePairCache(compare_mentions)

    def update_figures(self, rows: Sequence[FigureRow]) -> tuple[Figure, ...]:
        """Publish each row, in the order given."""
        before, self._figures = self._figures, {}
        values, self._values = self._values, {}
        mentions, self._mentions = self._mentions, {}
        for row in rows:
            first = row.mentions[0]
            self._values[first] = values.get(first, {})
            self._mentions[first] = mentions.get(first) or RowMentions()
            self._figures[row] = before.get(row) or self._build_figure(row)
        self._comparisons.forget_all_but(mention for _, compared in self._figures.values() for mention in compared)
        return tuple(figure for figure, _ in self._figures.values())

    def _build_figure(self, row: FigureRow) -> tuple[Figure, Sequence[FigureMention]]:
        """A row as it is published, and those of its figures that were compared."""
        mentions = self._mentions[row.mentions[0]]
        mentions.update_mentions(row.mentions)
        compared = keep_first_and_last(mentions.list_distinct(), MOST_COMPARED)
        verdict, explanation = self._find_worst_verdict(compared)
        figure = Figure(
            counted=row.label,
            unit=row.key.unit,
            values=self._update_values(row, mentions.by_value),
            verdict=verdict,
            explanation=explanation,
        )
        share_field_sets(figure)
        return figure, compared

    def _update_values(
        self, row: FigureRow, by_value: Mapping[Value, Sequence[FigureMention]]
    ) -> tuple[FigureValue, ...]:
        """The values of a row in order of first report; the same objects for those whose figures are as they were."""
        before = self._values[row.mentions[0]]
        values: _Values = {}
        # "22 were killed, another 116 wounded": the 116 are on top of no other count of the wounded.
        is_on_top = any(not mention.quantity.increment for mention in row.mentions)
        for value_key, equal in by_value.items():
            known = before.get((value_key, is_on_top))
            if known is None or not are_same_objects(known[0], equal):
                known = equal, update_figure_value(equal, known, is_on_top=is_on_top)
            values[value_key, is_on_top] = known
        self._values[row.mentions[0]] = values
        return tuple(value for _, value in values.values())

    def _find_worst_verdict(self, mentions: Sequence[FigureMention]) -> tuple[FigureVerdict, str]:
        """The most serious verdict on any two values, with its reason. One origin does not agree with itself."""
        worst: tuple[FigureMention, FigureMention, Comparison] | None = None
        for one, other in combinations(mentions, 2):
            comparison = self._comparisons.get_or_compute(one, other)
            if comparison is None or not _is_relevant_comparison(one, other, comparison):
                continue
            rank = _rank_severity(one, other, comparison)
            if worst is None or rank < _rank_severity(*worst):
                worst = one, other, comparison
            if rank < _WIDE_CONFLICT:
                break
        if worst is None:
            return FigureVerdict.SINGLE, ""
        one, other, comparison = worst
        may_have_grown = comparison.may_have_grown and is_lower_only_earlier(one, other, mentions)
        return comparison.verdict, _build_explanation(one, other, comparison, may_have_grown=may_have_grown)


def _rank_severity(
    mention: FigureMention, other_mention: FigureMention, comparison: Comparison
) -> tuple[int, bool, float]:
    """The most serious first; before other conflicts those that no growth explains, the widest first."""
    is_widest_first = comparison.verdict is FigureVerdict.CONFLICTING and not comparison.may_have_grown
    lower, higher = sorted(abs(one.quantity.value) for one in (mention, other_mention))
    nearness = lower / higher if is_widest_first and higher else 0.0
    return _SEVERITY.index(comparison.verdict), comparison.may_have_grown, nearness


def _is_relevant_comparison(mention: FigureMention, other_mention: FigureMention, comparison: Comparison) -> bool:
    return comparison.verdict is not FigureVerdict.AGREE or mention.report.origin_id != other_mention.report.origin_id


def _build_explanation(
    mention: FigureMention, other_mention: FigureMention, comparison: Comparison, *, may_have_grown: bool
) -> str:
    joined = "against" if comparison.verdict is FigureVerdict.CONFLICTING else "and"
    because = f"{comparison.because}{_GROWN if may_have_grown else ''}"
    others = _describe_with_source(other_mention, amount_in_sentence(other_mention.quantity.surface))
    return begin_sentence(f"{_describe_with_source(mention, mention.quantity.surface)} {joined} {others}: {because}.")


def _describe_with_source(mention: FigureMention, amount: str) -> str:
    who = mention.source or mention.article.publisher.name or mention.article.publisher.domain
    return f"{amount} ({who})" if who else amount
