"""Groups of articles while events are grouped anew: single articles, and what remains of big events as a whole."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import chain, islice

from services.dedupe.clustering.sampling import around


@dataclass(frozen=True, slots=True)
class Rest:
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
    """

    singles: tuple[str, ...]
    rests: tuple[Rest, ...] = ()
    joined: float | None = None

    def __iter__(self) -> Iterator[str]:
        """Its articles, ascending."""
        return merge(self.singles, *self.rests)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self.singles

    def __len__(self) -> int:
        return len(self.singles) + sum(rest.size for rest in self.rests)

    def joined_with(self, other: "Group", affinity: float) -> "Group":
        """Both as one group, which this affinity joined."""
        weakest = min(value for value in (self.joined, other.joined, affinity) if value is not None)
        return Group(tuple(sorted((*self.singles, *other.singles))), (*self.rests, *other.rests), weakest)

    def lowest(self, most: int) -> list[str]:
        """Its articles with the lowest ids."""
        return list(islice(self, most))

    def around(self, article_id: str, most: int) -> Iterator[str]:
        """Its articles whose ids stand next to one (see `sampling`)."""
        if not self.rests:
            return around(self.singles, article_id, most)
        near = chain(
            around(self.singles, article_id, most),
            *(around(rest.members, article_id, most, rest.left_out) for rest in self.rests),
        )
        return around(sorted(near), article_id, most)
