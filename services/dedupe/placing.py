"""Which event an article joins: affinity to every event that one of its neighbours is in."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from services.dedupe.decision import Decision, affinity
from services.dedupe.live_index import LiveIndex
from services.dedupe.signals import SIGNALS, ArticleSignals, Density, pair_signals

LIKELY = 0.1
"""An event is weighed if one of the neighbours in it is this probable: no other comes near the threshold."""
_FEWEST_NEIGHBOURS = 64
_GROWTH = 0.3
_COSINE = SIGNALS.index("cosine")
_DECIMALS = 6
"""Digits of the scores that are published."""


class LiveArticles(Protocol):
    """What placing asks of the collection."""

    def signals_of(self, article_id: str) -> ArticleSignals:
        """Signals of a live article."""
        ...

    def event_of(self, article_id: str) -> str:
        """The event that a live article is in."""
        ...

    def comparable_members(self, event_id: str, model: str) -> Sequence[str]:
        """Members of an event that count: not withdrawn, and embedded by `model`."""
        ...


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


class _Pairs:
    """Signals and probabilities of one article's pairs, each computed once."""

    def __init__(self, signals: ArticleSignals, live: LiveArticles, density: Density, decision: Decision) -> None:
        self._signals = signals
        self._live = live
        self._density = density
        self._decision = decision
        self._rows: dict[str, NDArray[np.float64]] = {}
        self.probability: dict[str, float] = {}

    def compare(self, article_ids: Sequence[str]) -> None:
        """Compare with those that are within reach and have not been compared."""
        compared = [
            article_id
            for article_id in article_ids
            if article_id not in self.probability
            and _gap(self._signals, self._live.signals_of(article_id)) <= self._decision.reach_days
        ]
        rows = pair_signals(self._signals, [self._live.signals_of(one) for one in compared], self._density)
        # Pairs below the floor count as different, whatever else they share.
        similar = rows[:, _COSINE] > self._decision.cosine_floor
        probabilities = np.where(similar, self._decision.probabilities(rows), 0.0)
        self._rows |= zip(compared, rows, strict=True)
        self.probability |= zip(compared, probabilities.tolist(), strict=True)

    def at_least(self, probability: float) -> list[str]:
        """The articles that are this probable."""
        return [article_id for article_id, found in self.probability.items() if found >= probability]

    def row(self, article_id: str) -> NDArray[np.float64]:
        """Signals of the pair with `article_id`."""
        return self._rows[article_id]


def choose(model: str, signals: ArticleSignals, index: LiveIndex, live: LiveArticles, decision: Decision) -> Choice:
    """The event with the highest affinity, if that reaches the threshold; ties go to the smaller event id."""
    density = index.density(signals, decision.window_days)
    most = neighbours_weighed(density.live)
    neighbours = index.neighbours(model, signals, decision.cosine_floor, decision.reach_days, most)
    pairs = _Pairs(signals, live, density, decision)
    pairs.compare([neighbour.article_id for neighbour in neighbours])
    members = {
        event_id: live.comparable_members(event_id, model)
        for event_id in {live.event_of(article_id) for article_id in pairs.at_least(LIKELY)}
    }
    # All of them, not the neighbours alone: in a big collection not every neighbour is found.
    pairs.compare([article_id for listed in members.values() for article_id in listed])
    probability = pairs.probability
    fits = sorted(
        (-_fit(signals, listed, probability, live, decision), event_id) for event_id, listed in members.items()
    )
    ranked = [(event_id, round(-score, _DECIMALS)) for score, event_id in fits if score < 0]
    if not ranked or -fits[0][0] < decision.threshold:
        runner_up, runner_up_score = ranked[0] if ranked else (None, None)
        return Choice(runner_up=runner_up, runner_up_score=runner_up_score)
    event_id, score = ranked[0]
    runner_up, runner_up_score = ranked[1] if len(ranked) > 1 else (None, None)
    best = min((-probability[one], one) for one in members[event_id] if one in probability)[1]
    return Choice(
        event_id=event_id,
        score=score,
        signals={name: round(value, _DECIMALS) for name, value in zip(SIGNALS, pairs.row(best).tolist(), strict=True)},
        runner_up=runner_up,
        runner_up_score=runner_up_score,
    )


def _fit(
    signals: ArticleSignals,
    members: Iterable[str],
    probability: dict[str, float],
    live: LiveArticles,
    decision: Decision,
) -> float:
    """Affinity to one event; 0 when no member is near enough in time."""
    gaps = {member: _gap(signals, live.signals_of(member)) for member in members}
    if min(gaps.values()) > decision.window_days:
        return 0.0
    reached = [member for member, gap in gaps.items() if gap <= decision.reach_days]
    return affinity([probability[member] for member in reached if member in probability], len(reached))


def _gap(one: ArticleSignals, other: ArticleSignals) -> float:
    """Days between two articles; 0 where one has no date, since that speaks neither for nor against."""
    return abs(one.day - other.day) if one.day is not None and other.day is not None else 0.0
