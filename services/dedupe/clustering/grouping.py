"""Groups made anew of articles and of what remains of events: joined by affinity, divided where two happenings show."""

from collections.abc import Mapping, Sequence
from itertools import combinations, islice, product

from services.dedupe.clustering.groups import EventRemainder, Group
from services.dedupe.clustering.partition import Partition

MOST_OF_REMAINDER = 8
"""Articles that stand for what remains of an event where a group is divided."""


def agglomerate_groups(partition: Partition, parts: Sequence[Group]) -> list[Group]:
    """Groups made of `parts`: the two that fit best are joined, until none reach the threshold.

    Ties go to the parts that come first. Parts ascend; so do groups.
    """
    groups = dict(enumerate(parts))
    # No affinity is above the best pair: groups without a pair above the threshold never join.
    fits = {pair: _pair_affinity(partition, groups, pair) for pair in _list_candidate_pairs(partition, parts)}
    while fits:
        score, (kept, gone) = min((-value, pair) for pair, value in fits.items())
        if -score < partition.decision.threshold:
            break
        groups[kept] = groups[kept].joined_with(groups.pop(gone), -score)
        touched = {pair for pair in fits if kept in pair or gone in pair}
        for pair in touched:
            del fits[pair]
        for other in {at for pair in touched for at in pair} - {kept, gone}:
            fits[min(kept, other), max(kept, other)] = _pair_affinity(partition, groups, (kept, other))
    return [groups[at] for at in sorted(groups)]


def _pair_affinity(partition: Partition, groups: Mapping[int, Group], index_pair: tuple[int, int]) -> float:
    first, second = sorted(index_pair)
    return partition.group_affinity(groups[first], groups[second])


def _list_candidate_pairs(partition: Partition, parts: Sequence[Group]) -> set[tuple[int, int]]:
    """Pairs of parts that may join: articles that are linked, and all pairs with the rest of an event."""
    single = [(at, part.singles[0]) for at, part in enumerate(parts) if not part.rests]
    rests = [at for at, part in enumerate(parts) if part.rests]
    threshold = partition.decision.threshold
    links = {
        (at, other_at)
        for (at, article), (other_at, other) in combinations(single, 2)
        if other in partition.pair_odds(article) and partition.is_likely_pair(article, other, threshold)
    }
    mixed = {(min(pair), max(pair)) for pair in product([at for at, _ in single], rests)}
    return links | mixed | set(combinations(rests, 2))


def split_groups(partition: Partition, groups: Sequence[Group]) -> list[Group]:
    """The groups, and instead of those that tell of two happenings the articles of each (see `division`)."""
    found: list[Group] = []
    left = list(groups)
    while left:
        group = left.pop()
        halves = _divide_group(partition, group)
        if halves is None:
            found.append(group)
        else:
            left += halves
    return sorted(found, key=lambda group: group.lowest_article_ids(1))


def _divide_group(partition: Partition, group: Group) -> tuple[Group, Group] | None:
    parts: list[str | EventRemainder] = [*group.singles, *group.rests]
    samples = [[part] if isinstance(part, str) else list(islice(part, MOST_OF_REMAINDER)) for part in parts]
    division = partition.divisions.find(samples)
    if division is None:
        return None
    first, second = (
        Group(
            tuple(sorted(one for at in side if isinstance(one := parts[at], str))),
            tuple(one for at in side if not isinstance(one := parts[at], str)),
            group.joined,
            division,
        )
        for side in division.sides
    )
    return first, second
