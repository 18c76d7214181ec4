"""The repair of what later articles show to be wrong.

Single-pass clustering decides with what has come so far. After each placement the events that hang together with the
article are grouped anew, as if their articles had come at once: agglomerative clustering, the best pair of groups
first, by the same affinity. What it finds depends on the articles, not on the order in which they came. The work is
bounded: in large events the nearest articles are grouped one by one, and the rest stays together.
"""

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge, nsmallest
from itertools import islice

from services.dedupe.clustering.competitors import LINKABLE
from services.dedupe.clustering.division import GroupSplit
from services.dedupe.clustering.grouping import agglomerate_groups, split_groups
from services.dedupe.clustering.groups import EventRemainder, Group
from services.dedupe.clustering.pair_probabilities import MOST_EXAMINED
from services.dedupe.clustering.partition import MOST_COMPARED, Partition

MOST_GROUPED = 32
"""Articles that are grouped anew one by one; what is more of their events stays together, and may move as a whole."""
MOST_GROUPED_OF_BIG = 8
"""The same where the events have so many articles that not all of them are compared with each other."""
MOST_EVENTS = 8
"""Events that are looked at together."""
LOOKS = 4
"""Articles that came earlier and are looked at again with each one: the density around them has changed."""
SETTLED, UNSETTLED = 0.6, 0.2
"""An article is settled if its pairs within its event are as probable, and those with other events less."""


class RepairKind(StrEnum):
    """What repair does."""

    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class RepairStep:
    """One change: `articles` went from `source` to `target`.

    Attributes:
        score: What the decision was: of a split, the affinity to what stays in the source, below the threshold unless
            a division parts them; else the weakest that joined the articles of the target, at or above it.
        before: Affinity to what stays in the source, below the threshold as `score` says; of a merge, where nothing
            stays, 0.
        division: What parts the articles from what stays, however well they fit by affinity; None: nothing does.
    """

    change: RepairKind
    articles: tuple[str, ...]
    source: str
    target: str
    score: float
    before: float
    division: GroupSplit | None = None


def regroup_partition_around(
    partition: Partition, article_id: str, event_age: Callable[[str], int], create_event: Callable[[str], str]
) -> list[RepairStep]:
    """Group the events around an article anew, after it came or changed.

    Args:
        partition: Changes as the steps say.
        article_id: The article.
        event_age: Rank of an event: the older one, with the lower rank, keeps its id.
        create_event: Id of the event that an article founds when it is split off.
    """
    if _is_settled_in_big_event(partition, article_id):
        return []
    events = _list_linked_events_around(partition, article_id)
    parts = _build_initial_groups(partition, article_id, events)
    if len(parts) == 1:
        return []
    groups = split_groups(partition, agglomerate_groups(partition, parts))
    # Where an event comes apart evenly, it is the article looked at that leaves.
    groups.sort(key=lambda group: article_id in group)
    return _make_events_match_groups(
        partition, groups, sorted(events, key=lambda event: (event_age(event), event)), create_event
    )


def list_placements_to_revisit(sequence: int, live_article_count: int) -> list[int]:
    """Which earlier placements, by number, to look at again with placement number `sequence`.

    A sample that needs no memory: what a shard does is the same before and after a restart.
    """
    draws = (zlib.crc32(f"{sequence} {number}".encode()) % max(1, live_article_count) for number in range(LOOKS))
    return sorted({sequence - 1 - draw for draw in draws if draw < sequence - 1}, reverse=True)


def needs_no_regrouping(partition: Partition, article_id: str) -> bool:
    """Whether nothing about an article is in doubt, so that grouping anew would change nothing."""
    event = partition.event_id_of(article_id)
    if partition.is_sampled_event(event) or len(partition.pair_odds(article_id)) > MOST_EXAMINED:
        # The next articles of so big an event are grouped with those nearest to them, and soon come to this one.
        return True
    return all(
        partition.is_likely_pair(article_id, other, SETTLED)
        if partition.event_id_of(other) == event
        else value < LINKABLE or not partition.is_likely_pair(article_id, other, UNSETTLED)
        for other, value in partition.raw_probabilities(article_id).items()
    )


def _is_settled_in_big_event(partition: Partition, article_id: str) -> bool:
    """Whether an article is in an event too big to be grouped one by one, fits it, and is linked to no other event."""
    event = partition.event_id_of(article_id)
    if not partition.is_sampled_event(event) or article_id in partition.members_of_other_models(
        event, partition.embedding_model_of(article_id)
    ):
        return False
    others = partition.iterate_linked(
        article_id, lambda other: None if (at := partition.event_id_of(other)) == event else at
    )
    if next(others, None) is not None:
        return False
    rest = EventRemainder(event, partition.member_ids(event), (article_id,), len(partition.member_ids(event)) - 1)
    return partition.group_affinity(Group((article_id,)), Group((), (rest,))) >= partition.decision.threshold


def _list_linked_events_around(partition: Partition, article_id: str) -> list[str]:
    """The event of an article, those that it is linked to, and what these are linked to in turn, while that is few."""
    own = partition.event_id_of(article_id)
    found = [own, *sorted(_find_linked_events(partition, [article_id]) - {own})]
    newest = found
    while newest and len(found) < MOST_EVENTS and sum(len(partition.member_ids(one)) for one in found) <= MOST_GROUPED:
        members = [one for event in newest for one in partition.member_ids(event)]
        newest = sorted(_find_linked_events(partition, members).difference(found))
        found = [*found, *newest]
    return found[:MOST_EVENTS]


def _find_linked_events(partition: Partition, article_ids: Iterable[str]) -> set[str]:
    return {event for one in article_ids for event in partition.iterate_linked(one, partition.event_id_of)}


def _build_initial_groups(partition: Partition, article_id: str, event_ids: Sequence[str]) -> list[Group]:
    """Build the groups to start from: the articles nearest to one, each by itself, and the rest of each event.

    Those whose vectors are of another model stay where they are: nothing says that they are in the wrong place.
    """
    model = partition.embedding_model_of(article_id)
    apart = {event: set(partition.members_of_other_models(event, model)) for event in event_ids}
    singles = _list_nearest_articles(partition, article_id, apart)
    parts = [Group((one,)) for one in singles]
    for event in event_ids:
        members = partition.member_ids(event)
        left_out = apart[event].union(one for one in singles if partition.event_id_of(one) == event)
        if len(left_out) < len(members):
            parts.append(Group((), (EventRemainder(event, tuple(members), left_out, len(members) - len(left_out)),)))
    return sorted(parts, key=lambda part: part.lowest_article_ids(1))


def _list_nearest_articles(
    partition: Partition, article_id: str, excluded_by_event: Mapping[str, Collection[str]]
) -> list[str]:
    """The article, and those nearest to it, then those with the lowest ids.

    `excluded_by_event`: for each event in question the articles that do not take part.
    """
    raw = partition.raw_probabilities(article_id)
    near = [
        (-value, other)
        for other, value in raw.items()
        if (event := partition.event_id_of(other)) in excluded_by_event and other not in excluded_by_event[event]
    ]
    articles = sum(len(partition.member_ids(event)) for event in excluded_by_event)
    most = MOST_GROUPED if articles <= MOST_COMPARED else MOST_GROUPED_OF_BIG
    found = [article_id, *(other for _, other in nsmallest(most - 1, near))]
    known = {article_id, *raw}
    unknown = merge(
        *(
            _iterate_without(partition.member_ids(event), known.union(excluded_by_event[event]))
            for event in excluded_by_event
        )
    )
    return [*found, *islice(unknown, most - len(found))]


def _iterate_without(article_ids: Iterable[str], excluded_ids: Collection[str]) -> Iterator[str]:
    return (article for article in article_ids if article not in excluded_ids)


def _make_events_match_groups(
    partition: Partition, groups: Sequence[Group], event_ids_by_age: Iterable[str], create_event: Callable[[str], str]
) -> list[RepairStep]:
    """Change the events into the groups; `event_ids_by_age`: the oldest first."""
    before = {article: partition.event_id_of(article) for group in groups for article in group.singles}
    target = _choose_event_of_each_group(groups, before, event_ids_by_age)
    goes_on = {event: at for at, event in target.items()}
    steps: list[RepairStep] = []
    for at, group in enumerate(groups):
        sources = {before[article] for article in group.singles} | {rest.event_id for rest in group.rests}
        if at not in target:
            # A new event: the part that comes from one source founds it, and the rest moves in.
            lowest = group.lowest_article_ids(1)[0]
            source = partition.event_id_of(lowest)
            founders = _list_group_articles_from_event(group, source, before)
            score = _affinity_to_rest_of_event(partition, group, groups, goes_on.get(source))
            target[at] = create_event(lowest)
            division = _find_separating_division(partition, group, score)
            step = RepairStep(RepairKind.SPLIT, founders, source, target[at], score, score, division)
            steps.append(_move_articles(partition, step))
            sources.remove(source)
        for source in sorted(sources - {target[at]}):
            part = _list_group_articles_from_event(group, source, before)
            stays = len(partition.member_ids(source)) > len(part)
            change = RepairKind.MOVE if stays else RepairKind.MERGE
            before_move = _affinity_to_rest_of_event(partition, group, groups, goes_on.get(source)) if stays else 0.0
            division = _find_separating_division(partition, group, before_move)
            step = RepairStep(change, part, source, target[at], group.joined or 0.0, before_move, division)
            steps.append(_move_articles(partition, step))
    return steps


def _list_group_articles_from_event(group: Group, event_id: str, previous_events: Mapping[str, str]) -> tuple[str, ...]:
    """The articles of a group that were in an event, ascending."""
    singles = [article for article in group.singles if previous_events[article] == event_id]
    return tuple(merge(singles, *(rest for rest in group.rests if rest.event_id == event_id)))


def _find_separating_division(partition: Partition, group: Group, affinity: float) -> GroupSplit | None:
    """The division that parts a group from what it has this affinity to; None: too little affinity does."""
    return group.division if affinity >= partition.decision.threshold else None


def _affinity_to_rest_of_event(partition: Partition, group: Group, groups: Sequence[Group], index: int | None) -> float:
    """Affinity of a group to the one at a place, or, where its event does not go on, the highest to any other."""
    others = [groups[index]] if index is not None else [other for other in groups if other is not group]
    pairs = [sorted((group, other), key=lambda one: one.lowest_article_ids(1)) for other in others]
    return max((partition.group_affinity(first, second) for first, second in pairs), default=0.0)


def _choose_event_of_each_group(
    groups: Sequence[Group], previous_events: Mapping[str, str], event_ids: Iterable[str]
) -> dict[int, str]:
    """Which group goes on as which event: the oldest chooses first, and takes the one with most of its articles."""
    found: dict[int, str] = {}
    for event in event_ids:
        shares = [
            (-_count_group_articles_from_event(group, event, previous_events), at)
            for at, group in enumerate(groups)
            if at not in found
        ]
        share, at = min(shares, default=(0, 0))
        if share < 0:
            found[at] = event
    return found


def _count_group_articles_from_event(group: Group, event_id: str, previous_events: Mapping[str, str]) -> int:
    """How many of its articles were in an event."""
    return sum(previous_events[article] == event_id for article in group.singles) + sum(
        rest.size for rest in group.rests if rest.event_id == event_id
    )


def _move_articles(partition: Partition, step: RepairStep) -> RepairStep:
    for article_id in step.articles:
        partition.move_article(article_id, step.target)
    return step
