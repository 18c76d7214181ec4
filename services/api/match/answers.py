"""Answers of `/v1/match`, put together from what was compared."""

from collections.abc import Mapping, Sequence
from itertools import islice

from services.api.match.decision import Decision
from services.api.match.matcher import Scored
from services.api.match.models import Match, MatchedEvent
from services.api.match.signals import LIKENESS
from services.api.summaries import EventSummary

MOST_SIGNALS = 3
"""Named as speaking for an event, and against it."""


def match_of(
    ranked: Sequence[Scored], summaries: Mapping[str, EventSummary], decision: Decision, model: str, position: str
) -> Match:
    """The answer for one text.

    Args:
        ranked: Events compared, the most probable first.
        summaries: Their list entries by id; an event without one has just been merged, and is passed over.
        decision: The weights.
        model: Name of the embedding model.
        position: Of the update log, read before the rest.
    """
    listed = list(islice((each for each in ranked if each.compared.event_id in summaries), 2))
    events = [_matched_event(each, summaries[each.compared.event_id], decision) for each in listed]
    best = events[0] if events else None
    matched = best is not None and best.probability >= decision.threshold
    return Match(
        matched=matched,
        best=best,
        runner_up=events[1] if len(events) > 1 else None,
        threshold=decision.threshold,
        reason=_reason(best, decision.threshold, model),
        position=position,
        decision=f"{decision.version} {model}",
    )


def _matched_event(scored: Scored, summary: EventSummary, decision: Decision) -> MatchedEvent:
    compared = scored.compared
    contributions = _telling(decision, decision.contributions(compared.signals))
    ordered = sorted(contributions, key=lambda name: (contributions[name], name))
    return MatchedEvent(
        event=summary,
        probability=round(scored.probability, 4),
        nearest_article_id=compared.nearest_article_id,
        same_url=compared.same_url,
        signals={name: round(value, 4) for name, value in compared.signals.items()},
        for_it=tuple(name for name in reversed(ordered[-MOST_SIGNALS:]) if contributions[name] > 0),
        against_it=tuple(name for name in ordered[:MOST_SIGNALS] if contributions[name] < 0),
    )


def _telling(decision: Decision, contributions: Mapping[str, float]) -> dict[str, float]:
    """Contributions that tell people something.

    Signals that measure nearly the same are played off against each other: one of them can have a negative weight, and
    nobody would believe that likeness speaks against an event.
    """
    return {
        name: value for name, value in contributions.items() if name not in LIKENESS or decision.weights[name][2] > 0
    }


def _reason(best: MatchedEvent | None, threshold: float, model: str) -> str:
    if best is None:
        return f"No article in the view has a vector of the model {model}, so nothing is near."
    if best.same_url:
        return "One of its articles has this address."
    numbers = f"its probability is {best.probability:.2f}; {threshold:.2f} is needed"
    if best.probability >= threshold:
        return f"The nearest event is probable enough: {numbers}."
    against = f", and what speaks most against it is {best.against_it[0]}" if best.against_it else ""
    return f"No event is probable enough. Of the nearest, {numbers}{against}."
