"""The repair of what later articles show to be wrong.

Single-pass clustering decides with what has come so far. After each placement the events that hang together with the
article are grouped anew, as if their articles had come at once: agglomerative clustering, the best pair of groups
first, by the same affinity. What it finds depends on the articles, not on the order in which they came. The work is
bounded: in large events the nearest articles are grouped one by one, and the rest stays together.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from services.dedupe.clustering.competitors import LINKABLE
from services.dedupe.clustering.partition import Partition

MOST_GROUPED = 32
"""Articles that are grouped anew one by one; what is more of their events stays together, and may move as a whole."""
MOST_EVENTS = 8
"""Events that are looked at together."""
LOOKS = 4
"""Articles that came earlier and are looked at again with each one: the density around them has changed."""
SETTLED, UNSETTLED = 0.6, 0.2
"""An article is settled if its pairs within its event are as probable, and those with other events less."""


class Change(StrEnum):
    """What repair does."""

    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that grouping puts together. `joined`: the weakest affinity that joined parts; None: it is one part."""

    articles: list[str]
    joined: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One change: `articles` went from `source` to `target`.

    Attributes:
        score: What the decision was: of a split, the affinity to what stays in the source, below the threshold; else
            the weakest that joined the articles of the target, at or above it.
        before: Affinity to what stays in the source, below the threshold; of a merge, where nothing stays, 0.
    """

    change: Change
    articles: tuple[str, ...]
    source: str
    target: str
    score: float
    before: float


def repair(
    partition: Partition, article_id: str, age: Callable[[str], int], new_event: Callable[[str], str]
) -> list[Step]:
    """Group the events around an article anew, after it came or changed.

    Args:
        partition: Changes as the steps say.
        article_id: The article.
        age: Rank of an event: the older one, with the lower rank, keeps its id.
        new_event: Id of the event that an article founds when it is split off.
    """
    events = _around(partition, article_id)
    parts = _parts(partition, article_id, events)
    if len(parts) == 1:
        return []
    groups = agglomerated(partition, parts)
    # Where an event comes apart evenly, it is the article looked at that leaves.
    groups.sort(key=lambda group: article_id in group.articles)
    return _apply(partition, groups, sorted(events, key=lambda one: (age(one), one)), new_event)


def revisited(sequence: int, live: int) -> list[int]:
    """Which earlier placements to look at again, by number, with placement number `sequence` of `live` articles.

    A sample that needs no memory: what a shard does is the same before and after a restart.
    """
    draws = (zlib.crc32(f"{sequence} {number}".encode()) % max(1, live) for number in range(LOOKS))
    return sorted({sequence - 1 - draw for draw in draws if draw < sequence - 1}, reverse=True)


def is_settled(partition: Partition, article_id: str) -> bool:
    """Whether nothing about an article is in doubt, so that grouping anew would change nothing."""
    event = partition.event_of(article_id)
    return all(
        partition.is_likely(article_id, other, SETTLED)
        if partition.event_of(other) == event
        else value < LINKABLE or not partition.is_likely(article_id, other, UNSETTLED)
        for other, value in partition.raw_probabilities(article_id).items()
    )


def agglomerated(partition: Partition, parts: Sequence[Sequence[str]]) -> list[Group]:
    """Groups made of `parts`: the two that fit best are joined, until none reach the threshold.

    Ties go to the parts that come first. Parts, and the articles of each, ascend; so do groups.
    """
    groups = {at: Group(list(part)) for at, part in enumerate(parts)}
    # No affinity is above the best pair: groups without a pair above the threshold never join.
    fits = {pair: _affinity(partition, groups, pair) for pair in _linked(partition, parts)}
    while fits:
        score, (kept, gone) = min((-value, pair) for pair, value in fits.items())
        if -score < partition.decision.threshold:
            break
        groups[kept] = _joined(groups[kept], groups.pop(gone), -score)
        touched = {pair for pair in fits if kept in pair or gone in pair}
        for pair in touched:
            del fits[pair]
        for other in {at for pair in touched for at in pair} - {kept, gone}:
            fits[min(kept, other), max(kept, other)] = _affinity(partition, groups, (kept, other))
    return [groups[at] for at in sorted(groups)]


def _affinity(partition: Partition, groups: Mapping[int, Group], pair: tuple[int, int]) -> float:
    one, other = sorted(pair)
    return partition.group_affinity(groups[one].articles, groups[other].articles)


def _joined(one: Group, other: Group, score: float) -> Group:
    weakest = min(value for value in (one.joined, other.joined, score) if value is not None)
    return Group(sorted(one.articles + other.articles), weakest)


def _linked(partition: Partition, parts: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Pairs of parts that may join: those that a single article links, and all pairs of larger ones."""
    number = {article: at for at, part in enumerate(parts) for article in part}
    single = [at for at, part in enumerate(parts) if len(part) == 1]
    large = [at for at, part in enumerate(parts) if len(part) > 1]
    links = ((at, other) for at in single for other in partition.linked(parts[at][0], number.get))
    return {(min(pair), max(pair)) for pair in links} | set(combinations(large, 2))


def _around(partition: Partition, article_id: str) -> list[str]:
    """The event of an article, those that it is linked to, and what these are linked to in turn, while that is few."""
    own = partition.event_of(article_id)
    found = [own, *sorted(_events_linked(partition, [article_id]) - {own})]
    newest = found
    while newest and len(found) < MOST_EVENTS and sum(len(partition.members(one)) for one in found) <= MOST_GROUPED:
        members = [one for event in newest for one in partition.members(event)]
        newest = sorted(_events_linked(partition, members).difference(found))
        found = [*found, *newest]
    return found[:MOST_EVENTS]


def _events_linked(partition: Partition, articles: Iterable[str]) -> set[str]:
    return {event for one in articles for event in partition.linked(one, partition.event_of)}


def _parts(partition: Partition, article_id: str, events: Iterable[str]) -> list[list[str]]:
    """What is grouped anew: the articles nearest to one, each by itself, and the rest of each event as a whole.

    Those whose vectors are of another model stay where they are: nothing says that they are in the wrong place.
    """
    model, near = partition.model_of(article_id), partition.raw_probabilities(article_id)
    members = [
        (one != article_id, -near.get(one, 0.0), one)
        for event in events
        for one in partition.members(event)
        if partition.model_of(one) == model
    ]
    nearest = {one for _, _, one in sorted(members)[:MOST_GROUPED]}
    rest: dict[str, list[str]] = {}
    for _, _, one in members:
        if one not in nearest:
            rest.setdefault(partition.event_of(one), []).append(one)
    return sorted([[one] for one in nearest] + [sorted(part) for part in rest.values()])


def _apply(
    partition: Partition, groups: Sequence[Group], events: Iterable[str], new_event: Callable[[str], str]
) -> list[Step]:
    """Change the events into the groups; `events`: the oldest first."""
    before = {article: partition.event_of(article) for group in groups for article in group.articles}
    target = _targets(groups, before, events)
    goes_on = {event: at for at, event in target.items()}
    steps: list[Step] = []
    for at, group in enumerate(groups):
        stay = [article for article in group.articles if before[article] == target.get(at)]
        come = [article for article in group.articles if before[article] != target.get(at)]
        if at not in target:
            # A new event: the part that comes from one source founds it, and the rest moves in.
            source = before[group.articles[0]]
            stay = [article for article in group.articles if before[article] == source]
            come = [article for article in group.articles if before[article] != source]
            score = _apart(partition, group, groups, goes_on.get(source))
            target[at] = new_event(group.articles[0])
            steps.append(_put(partition, Step(Change.SPLIT, tuple(stay), source, target[at], score, score)))
        for source in sorted({before[article] for article in come}):
            part = [article for article in come if before[article] == source]
            stays = any(one not in part for one in partition.members(source))
            change = Change.MOVE if stays else Change.MERGE
            apart = _apart(partition, group, groups, goes_on.get(source)) if stays else 0.0
            step = Step(change, tuple(part), source, target[at], group.joined or 0.0, apart)
            steps.append(_put(partition, step))
    return steps


def _apart(partition: Partition, group: Group, groups: Sequence[Group], at: int | None) -> float:
    """Affinity of a group to the one at a place, or, where its event does not go on, the highest to any other."""
    others = [groups[at]] if at is not None else [one for one in groups if one is not group]
    return max((partition.group_affinity(*sorted((group.articles, one.articles))) for one in others), default=0.0)


def _targets(groups: Sequence[Group], before: Mapping[str, str], events: Iterable[str]) -> dict[int, str]:
    """Which group goes on as which event: the oldest chooses first, and takes the one with most of its articles."""
    found: dict[int, str] = {}
    for event in events:
        shares = [
            (-sum(before[article] == event for article in group.articles), at)
            for at, group in enumerate(groups)
            if at not in found
        ]
        share, at = min(shares, default=(0, 0))
        if share < 0:
            found[at] = event
    return found


def _put(partition: Partition, step: Step) -> Step:
    for article_id in step.articles:
        partition.put(article_id, step.target)
    return step
