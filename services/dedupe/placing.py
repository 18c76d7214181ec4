"""Which event an article joins: affinity to every event that one of its neighbours is in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from services.dedupe.decision import Decision, affinity
from services.dedupe.live_index import LiveIndex
from services.dedupe.signals import SIGNALS, ArticleSignals, pair_signals

MOST_NEIGHBOURS = 96
"""Only the events of the most similar neighbours are weighed: bounds the work in a crowded collection."""
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


def choose(model: str, signals: ArticleSignals, index: LiveIndex, live: LiveArticles, decision: Decision) -> Choice:
    """The event with the highest affinity, if that reaches the threshold; ties go to the smaller event id."""
    neighbours = index.neighbours(model, signals, decision.cosine_floor, decision.reach_days, MOST_NEIGHBOURS)
    members = {
        event_id: live.comparable_members(event_id, model)
        for event_id in {live.event_of(neighbour.article_id) for neighbour in neighbours}
    }
    # All of them, not the neighbours alone: in a big collection not every neighbour is found.
    compared = [
        article_id
        for listed in members.values()
        for article_id in listed
        if _gap(signals, live.signals_of(article_id)) <= decision.reach_days
    ]
    rows = pair_signals(
        signals,
        [live.signals_of(article_id) for article_id in compared],
        index.density(signals, decision.window_days),
    )
    similar = rows[:, SIGNALS.index("cosine")] > decision.cosine_floor
    probability = dict(zip(compared, np.where(similar, decision.probabilities(rows), 0.0).tolist(), strict=True))
    fits = sorted(
        (-_fit(signals, listed, probability, live, decision), event_id) for event_id, listed in members.items()
    )
    ranked = [(event_id, round(-score, _DECIMALS)) for score, event_id in fits if score < 0]
    if not ranked or -fits[0][0] < decision.threshold:
        runner_up, runner_up_score = ranked[0] if ranked else (None, None)
        return Choice(runner_up=runner_up, runner_up_score=runner_up_score)
    event_id, score = ranked[0]
    runner_up, runner_up_score = ranked[1] if len(ranked) > 1 else (None, None)
    best = _best(compared, event_id, probability, live)
    return Choice(
        event_id=event_id,
        score=score,
        signals={name: round(value, _DECIMALS) for name, value in zip(SIGNALS, rows[best].tolist(), strict=True)},
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


def _best(compared: Sequence[str], event_id: str, probability: dict[str, float], live: LiveArticles) -> int:
    """Position of the member that fits best; ties go to the smaller article id."""
    own = [(-probability[one], one, at) for at, one in enumerate(compared) if live.event_of(one) == event_id]
    return min(own)[2]
