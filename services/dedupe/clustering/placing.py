"""Which event an article joins: affinity to every event that one of its neighbours is in."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.live_index import LiveIndex
from services.dedupe.clustering.partition import FAINT, Odds, Partition
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.pair_signals import SIGNALS, Density, Rows, pair_signals

LIKELY = 0.1
"""An event is weighed if one of the neighbours in it is this probable: no other comes near the threshold."""
_FEWEST_NEIGHBOURS = 64
_GROWTH = 0.3
_COSINE = SIGNALS.index("cosine")
_DECIMALS = 6
"""Digits of the scores that are published, and of the probabilities that are kept."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The event to join, null to found one; the scores behind it. `signals`: against the member that fits best."""

    event_id: str | None = None
    score: float | None = None
    signals: dict[str, float] = field(default_factory=dict)
    runner_up: str | None = None
    runner_up_score: float | None = None


def neighbours_weighed(live: int) -> int:
    """How many of the most similar articles are looked at closely, by the number of live ones.

    Twice as many in a collection ten times as big: there, more articles of other events are similar by chance.
    """
    return max(_FEWEST_NEIGHBOURS, int(2 * math.pow(live, _GROWTH)))


class Pairs:
    """Signals and probabilities of one article's pairs, each computed once. The article is counted in `terms`."""

    def __init__(
        self, model: str, row: Rows, index: LiveIndex, *, terms: LiveTerms, density: Density, decision: Decision
    ) -> None:
        self._model = model
        self._row = row
        self._index = index
        self._terms = terms
        self._density = density
        self._decision = decision
        self._signals: NDArray[np.float64] = np.empty((0, len(SIGNALS)))
        self.probability: dict[str, float] = {}
        """By article, in the order of the rows of `_signals`."""

    def compare(self, article_ids: Sequence[str]) -> None:
        """Compare with those, within reach, that have not been compared."""
        compared = [article_id for article_id in article_ids if article_id not in self.probability]
        if not compared:
            return
        others = self._index.rows(self._model, compared)
        signals = pair_signals(self._row, others, density=self._density, live=self._terms)
        # Pairs below the floor count as different, whatever else they share.
        similar = signals[:, _COSINE] > self._decision.cosine_floor
        probabilities = np.where(similar, self._decision.probabilities(signals), 0.0).round(_DECIMALS)
        self._signals = np.concatenate([self._signals, signals]) if len(self._signals) else signals
        self.probability |= zip(compared, probabilities.tolist(), strict=True)

    @property
    def probable(self) -> dict[str, float]:
        """Probabilities of the pairs that are worth keeping."""
        return {other: value for other, value in self.probability.items() if value > FAINT}

    @property
    def near(self) -> dict[str, Odds]:
        """The same pairs as they are kept."""
        kept = [at for at, value in enumerate(self.probability.values()) if value > FAINT]
        if not kept:
            return {}
        odds = self._decision.odds(self._signals[kept]).round(_DECIMALS).tolist()
        return {other: (base, slope) for other, (base, slope) in zip(self.probable, odds, strict=True)}

    def signals_with(self, members: Sequence[str]) -> dict[str, float]:
        """Signals against the most probable of `members`; ties go to the smaller id, nothing without members."""
        compared = [(-self.probability[one], one) for one in members if one in self.probability]
        if not compared:
            return {}
        values = self._signals[list(self.probability).index(min(compared)[1])].tolist()
        return {name: round(value, _DECIMALS) for name, value in zip(SIGNALS, values, strict=True)}


def compare(model: str, row: Rows, index: LiveIndex, terms: LiveTerms, partition: Partition) -> Pairs:
    """Compare an article with its neighbours, and with all that speak for the events of the likely ones."""
    most = neighbours_weighed(len(index))
    decision = partition.decision
    day = day_of(row)
    pairs = Pairs(model, row, index, terms=terms, density=index.density(day), decision=decision)
    pairs.compare(index.neighbours(model, row, decision.cosine_floor, decision.reach_days, most))
    likely = {partition.event_of(one) for one, value in pairs.probability.items() if value >= LIKELY}
    # All of them, not the neighbours alone: in a big collection not every neighbour is found.
    pairs.compare([one for event_id in sorted(likely) for one in partition.speakers(event_id, day, model)])
    return pairs


def choose(model: str, pairs: Pairs, day: float | None, partition: Partition) -> Choice:
    """The event with the highest affinity, if that reaches the threshold; ties go to the smaller event id."""
    ranked = partition.fits("", day, model, pairs.probable)
    rounded = [(event_id, round(score, _DECIMALS)) for score, event_id in ranked]
    if not ranked or ranked[0][0] < partition.decision.threshold:
        runner_up, runner_up_score = rounded[0] if rounded else (None, None)
        return Choice(runner_up=runner_up, runner_up_score=runner_up_score)
    event_id, score = rounded[0]
    runner_up, runner_up_score = rounded[1] if len(rounded) > 1 else (None, None)
    return Choice(
        event_id=event_id,
        score=score,
        signals=pairs.signals_with(partition.speakers(event_id, day, model)),
        runner_up=runner_up,
        runner_up_score=runner_up_score,
    )


def day_of(row: Rows) -> float | None:
    """Publication of the article in a row; None if it is undated."""
    day = float(row["day"][0])
    return None if math.isnan(day) else day
