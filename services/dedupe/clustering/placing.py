"""Which event an article joins: affinity to every event that one of its neighbours is in."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from services.dedupe.clustering.article_node import Odds
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.live_index import LiveIndex
from services.dedupe.clustering.partition import FAINT, Partition
from services.dedupe.clustering.vector_search import VectorTable
from services.dedupe.signals.article_rows import Rows
from services.dedupe.signals.density import Density
from services.dedupe.signals.exclusions import exclusion_mask
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.named_weekdays import UNKNOWN
from services.dedupe.signals.pair_signals import SIGNALS, compute_pair_signals

LIKELY = 0.08
"""An event is weighed if one of the neighbours in it is this probable: no other comes near the threshold."""
_FEWEST_NEIGHBOURS = 48
_GROWTH = 0.3
_COSINE = SIGNALS.index("cosine")
_DECIMALS = 6
"""Digits of the scores that are published, and of the probabilities that are kept."""


@dataclass(frozen=True, slots=True)
class EventChoice:
    """The event to join, null to found one; the scores behind it. `signals`: against the member that fits best."""

    event_id: str | None = None
    score: float | None = None
    signals: dict[str, float] = field(default_factory=dict)
    runner_up: str | None = None
    runner_up_score: float | None = None
    affinities: dict[str, float] = field(default_factory=dict)
    """To all events that were weighed."""


@dataclass(frozen=True, slots=True)
class ClosestArticle:
    """Another article, and what it and the one that is placed have in common."""

    article_id: str
    probability: float
    """Of the pair by its signals, exclusions left aside."""
    signals: NDArray[np.float64]
    """One row."""
    row: Rows | None
    """Of the other article, if the pair is excluded."""


def max_neighbours(live_article_count: int) -> int:
    """How many of the most similar articles are looked at closely, by the number of live ones.

    Twice as many in a collection ten times as big: there, more articles of other events are similar by chance.
    """
    return max(_FEWEST_NEIGHBOURS, int(2 * math.pow(live_article_count, _GROWTH)))


class ArticlePairs:
    """Signals and probabilities of one article's pairs, each computed once. The article is counted in `terms`."""

    def __init__(
        self,
        article_id: str,
        row: Rows,
        vector_table: VectorTable | None,
        *,
        live_terms: LiveTerms,
        density: Density,
        decision: Decision,
    ) -> None:
        self.article_id = article_id
        self.row = row
        self._table = vector_table
        self._terms = live_terms
        self._density = density
        self._decision = decision
        self._at: dict[int, int] = {}  # place of each slot in the arrays
        self._signals: NDArray[np.float64] = np.empty((0, len(SIGNALS)))
        self._values: NDArray[np.float64] = np.empty(0)
        self._similar: NDArray[np.float64] = np.empty(0)  # the same, exclusions left aside
        self.probable: dict[str, float] = {}
        """Probabilities of the pairs that are worth keeping, by the other article."""

    def add_comparisons(self, slots: Sequence[int]) -> None:
        """Compare with the articles that stand there, all of them within reach, unless that was done."""
        new = [slot for slot in slots if slot not in self._at]
        if not new or self._table is None:
            return
        others = self._table.rows_at(new)
        signals = compute_pair_signals(self.row, others, density=self._density, live_terms=self._terms)
        # Pairs below the floor count as different, whatever else they share; so do those that nothing else may join.
        similar = signals[:, _COSINE] > self._decision.cosine_floor
        alike = np.where(similar, self._decision.predict_probabilities(signals), 0.0).round(_DECIMALS)
        values = alike.copy()
        # The others are dropped in any case, and most are others.
        kept = np.flatnonzero(alike > FAINT)
        values[kept[exclusion_mask(self.row, others[kept], signals[kept])]] = 0.0
        self.probable |= {
            self._table.article_id_at(new[at]): float(values[at]) for at in np.flatnonzero(values > FAINT).tolist()
        }
        self._at |= zip(new, range(len(self._at), len(self._at) + len(new)), strict=True)
        self._signals = np.concatenate([self._signals, signals])
        self._values = np.concatenate([self._values, values])
        self._similar = np.concatenate([self._similar, alike])

    @property
    def odds_by_article_id(self) -> dict[str, Odds]:
        """Odds of the probable pairs, as they are kept."""
        values = (
            self._decision.log_odds_and_density_slopes(self._signals[self._values > FAINT]).round(_DECIMALS).tolist()
        )
        return {other: (base, slope) for other, (base, slope) in zip(self.probable, values, strict=True)}

    def find_closest(self, is_wanted: Callable[[str], bool]) -> ClosestArticle | None:
        """The most probable pair with a wanted article, exclusions left aside; ties go to the smaller id."""
        if self._table is None:
            return None
        slots = list(self._at)
        best: tuple[float, str, int] | None = None
        for at in np.argsort(-self._similar, kind="stable").tolist():
            value = float(self._similar[at])
            if value <= FAINT or (best is not None and -best[0] > value):
                break  # those that follow are less probable still
            other = self._table.article_id_at(slots[at])
            if is_wanted(other) and (best is None or other < best[1]):
                best = (-value, other, at)
        if best is None:
            return None
        at = best[2]
        row = None if self._values[at] else self._table.rows_at([slots[at]])
        return ClosestArticle(best[1], -best[0], self._signals[at : at + 1], row)

    def signals_with_best_member(self, member_ids: Sequence[str]) -> dict[str, float]:
        """Signals against the most probable of `member_ids`; ties go to the smaller id, nothing without members."""
        slots = self._table.slots_of(member_ids) if self._table is not None else []
        compared = [
            (-float(self._values[self._at[slot]]), member, self._at[slot])
            for member, slot in zip(member_ids, slots, strict=True)
            if slot in self._at
        ]
        if not compared:
            return {}
        values = self._signals[min(compared)[2]].tolist()
        return {name: round(value, _DECIMALS) for name, value in zip(SIGNALS, values, strict=True)}


def compare_with_live_articles(
    article_id: str, embedding_model: str, row: Rows, index: LiveIndex, *, live_terms: LiveTerms, partition: Partition
) -> ArticlePairs:
    """Compare an article with its neighbours, and with all that speak for the events of the likely ones."""
    decision = partition.decision
    day = publication_day(row)
    table = index.find_table(embedding_model)
    pairs = ArticlePairs(
        article_id, row, table, live_terms=live_terms, density=index.density_until(day), decision=decision
    )
    if table is None:
        return pairs
    most = max_neighbours(len(index))
    pairs.add_comparisons(table.find_neighbour_slots(row, decision.cosine_floor, decision.reach_days, most))
    likely = {partition.event_id_of(one) for one, value in pairs.probable.items() if value >= LIKELY}
    # All of them, not the neighbours alone: in a big collection not every neighbour is found.
    representatives = [
        one
        for event_id in sorted(likely)
        for one in partition.sample_members_to_compare(event_id, article_id, day, embedding_model)
    ]
    pairs.add_comparisons(table.slots_of(representatives))
    return pairs


def choose_event(embedding_model: str, pairs: ArticlePairs, row: Rows, partition: Partition) -> EventChoice:
    """The event with the highest affinity, if that reaches the threshold; ties go to the smaller event id."""
    day = publication_day(row)
    ranked = partition.rank_events_by_affinity(
        pairs.article_id,
        day,
        embedding_model,
        pairs.probable,
        pairs.odds_by_article_id if has_no_known_day(row) else None,
        harm=bool(row["harm"][0]),
    )
    rounded = [(event_id, round(score, _DECIMALS)) for score, event_id in ranked]
    if not ranked or ranked[0][0] < partition.decision.threshold:
        runner_up, runner_up_score = rounded[0] if rounded else (None, None)
        return EventChoice(runner_up=runner_up, runner_up_score=runner_up_score, affinities=dict(rounded))
    event_id, score = rounded[0]
    runner_up, runner_up_score = rounded[1] if len(rounded) > 1 else (None, None)
    return EventChoice(
        event_id=event_id,
        score=score,
        signals=pairs.signals_with_best_member(
            partition.sample_members_to_compare(event_id, pairs.article_id, day, embedding_model)
        ),
        runner_up=runner_up,
        runner_up_score=runner_up_score,
        affinities=dict(rounded),
    )


def publication_day(row: Rows) -> float | None:
    """Publication of the article in a row; None if it is undated."""
    day = float(row["day"][0])
    return None if math.isnan(day) else day


def has_no_known_day(row: Rows) -> bool:
    """Whether neither its publication nor an address that tells a day says when the event in a row was."""
    return publication_day(row) is None and int(row["event_ordinal"][0]) == UNKNOWN
