"""The repair of what later articles show to be wrong.

Single-pass clustering decides with what has come so far. After each placement the event and its neighbours are looked
at again: an article that fits another event better moves, one that fits none is split off, two events that belong
together merge. The work is bounded, and depends on the articles and their order alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from services.dedupe.clustering.partition import MOST_COMPARED, Partition

MOST_CHECKED = 32
"""Articles that may move in one round."""
ROUNDS = 3
MOVE_MARGIN = 0.02
"""How much better another event must fit."""
SPLIT_MARGIN = 0.05
"""How far below the threshold an article's own event must fall."""


class Change(StrEnum):
    """What repair does."""

    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Step:
    """One change. `articles` went from `source` to `target`; scores are affinities, `before` that to the source."""

    change: Change
    articles: tuple[str, ...]
    source: str
    target: str
    score: float
    before: float


def repair(
    partition: Partition, article_id: str, age: Callable[[str], int], new_event: Callable[[str], str]
) -> list[Step]:
    """Look again at the event of an article and at its neighbours, after it came or changed.

    Args:
        partition: Changes as the steps say.
        article_id: The article.
        age: Rank of an event: of two that merge, the one with the lower rank stays.
        new_event: Id of the event that an article founds when it is split off.
    """
    events = {partition.event_of(article_id)} | partition.neighbouring([article_id])
    steps: list[Step] = []
    for _ in range(ROUNDS):
        checked = _checked(partition, article_id, events)
        done = [step for one in checked if (step := _resettle(partition, one, new_event)) is not None]
        events |= {step.target for step in done}
        events = {event for event in events if partition.members(event)}
        merge = _best_merge(partition, events, age)
        if merge is not None:
            done.append(merge)
        steps += done
        if not done:
            break
    return steps


def _checked(partition: Partition, article_id: str, events: Iterable[str]) -> list[str]:
    """Members of `events`, those nearest to the article first if there are too many; then by id."""
    near = partition.near(article_id)
    members = [member for event in events for member in partition.members(event)]
    if len(members) > MOST_CHECKED:
        members = sorted(members, key=lambda one: (one != article_id, -near.get(one, 0.0), one))[:MOST_CHECKED]
    return sorted(members)


def _resettle(partition: Partition, article_id: str, new_event: Callable[[str], str]) -> Step | None:
    """Move an article to the event that fits it better, or split it off."""
    source = partition.event_of(article_id)
    # Alone, or among members whose vectors are of another model, nothing says that it is in the wrong place.
    if not partition.has_company(article_id):
        return None
    own = partition.fit(article_id, source)
    others = sorted(
        (-partition.fit(article_id, event), event) for event in partition.neighbouring([article_id]) - {source}
    )
    if others and -others[0][0] >= partition.decision.threshold and -others[0][0] > own + MOVE_MARGIN:
        step = Step(Change.MOVE, (article_id,), source, others[0][1], -others[0][0], own)
    elif own < partition.decision.threshold - SPLIT_MARGIN:
        step = Step(Change.SPLIT, (article_id,), source, new_event(article_id), own, own)
    else:
        return None
    partition.put(article_id, step.target)
    return step


def _best_merge(partition: Partition, events: Iterable[str], age: Callable[[str], int]) -> Step | None:
    """Merge the two events that belong together most."""
    pairs = {
        (min(event, other), max(event, other))
        for event in events
        for other in partition.neighbouring(partition.members(event)[:MOST_COMPARED])
        if other != event
    }
    ranked = sorted((-partition.cross(*pair), pair) for pair in pairs)
    if not ranked or -ranked[0][0] < partition.decision.threshold:
        return None
    target, source = sorted(ranked[0][1], key=lambda event: (age(event), event))
    moved = tuple(partition.members(source))
    for article_id in moved:
        partition.put(article_id, target)
    return Step(Change.MERGE, moved, source, target, -ranked[0][0], 0.0)
