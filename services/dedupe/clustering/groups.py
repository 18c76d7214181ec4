"""Groups of articles while events are grouped anew: single articles, and what remains of big events as a whole."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import chain, islice

from services.dedupe.clustering.division import GroupSplit
from services.dedupe.clustering.sampling import sample_ids_around


@dataclass(frozen=True, slots=True)
class EventRemainder:
    """The articles of an event that are not grouped one by one. They are not listed: there may be thousands."""

    event_id: str
    members: Sequence[str]
    """Of the event, ascending."""
    left_out: Collection[str]
    """Those of them that are grouped one by one, or do not take part."""
    size: int

    def __iter__(self) -> Iterator[str]:
        """Its articles, ascending."""
        return (article_id for article_id in self.members if article_id not in self.left_out)


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that grouping puts together.

    Attributes:
        singles: Articles that were grouped one by one, ascending.
        rests: What remains of events, as a whole.
        joined: The weakest affinity that joined parts; None: it is one part.
        division: Of the group that this was a side of; None: of none.
    """

    singles: tuple[str, ...]
    rests: tuple[EventRemainder, ...] = ()
    joined: float | None = None
    division: GroupSplit | None = None

    def __iter__(self) -> Iterator[str]:
        """Its articles, ascending."""
        return merge(self.singles, *self.rests)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self.singles

    def __len__(self) -> int:
        return len(self.singles) + sum(rest.size for rest in self.rests)

    def joined_with(self, other_group: "Group", affinity: float) -> "Group":
        """Both as one group, which this affinity joined."""
        weakest = min(value for value in (self.joined, other_group.joined, affinity) if value is not None)
        return Group(tuple(sorted((*self.singles, *other_group.singles))), (*self.rests, *other_group.rests), weakest)

    def lowest_article_ids(self, max_count: int) -> list[str]:
        """Its articles with the lowest ids."""
        return list(islice(self, max_count))

    def sample_ids_around(self, article_id: str, max_count: int) -> Iterator[str]:
        """Its articles whose ids stand next to one (see `sampling`)."""
        if not self.rests:
            return sample_ids_around(self.singles, article_id, max_count)
        near = chain(
            sample_ids_around(self.singles, article_id, max_count),
            *(sample_ids_around(rest.members, article_id, max_count, rest.left_out) for rest in self.rests),
        )
        return sample_ids_around(sorted(near), article_id, max_count)
