"""The articles of an event in publication order, and which of them are others than in its last view."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.dedupe.kept_order import KeptOrder
from services.dedupe.merging.claims.open_dates import find_median_publication_day
from services.dedupe.merging.members import Member
from services.dedupe.same_objects import list_different_objects


@dataclass(frozen=True, slots=True)
class MemberChanges:
    """Articles that are other objects than before: a new revision is both gone and new.

    Attributes:
        gone: Articles that were there.
        new: Articles that were not, in publication order.
        first: Where in publication order the first of them stands, or stood: those before it are as they were.
        first_counted: The same among those whose text counts.
    """

    gone: Collection[Member]
    new: Sequence[Member]
    first: int
    first_counted: int

    @property
    def article_ids(self) -> set[str]:
        """The ids of all of them."""
        return {member.article.article_id for member in (*self.gone, *self.new)}


class EventMembers:
    """The articles of one event, kept in order while they come and go.

    Attributes:
        by_id: The articles by id.
        publishers: Keys of their publishers, each with how many articles it has.
        published: When they were published, as far as that can be relied on, in order.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self.by_id: dict[str, Member] = {}
        self.publishers: Counter[str] = Counter()
        self.published: list[datetime] = []
        self._days: list[date] = []
        self._ordered = KeptOrder[Member]()
        self._standing = KeptOrder[Member]()
        """Those that are not withdrawn."""
        self._full = KeptOrder[Member]()
        """Those of them that are more than a stub."""

    @property
    def ordered(self) -> Sequence[Member]:
        """All articles in publication order."""
        return self._ordered.values

    @property
    def counted(self) -> Sequence[Member]:
        """Those whose text counts: none that is withdrawn, and no stub beside what is more than a stub."""
        return self._full.values or self._standing.values

    def is_counted(self, member: Member) -> bool:
        """Whether an article is one of those."""
        return not member.is_withdrawn and not (member.is_stub and self._full.values)

    @property
    def median_day(self) -> date | None:
        """The middle of the days on which the articles were published; None: all are undated."""
        return find_median_publication_day(self._days)

    def update_members(self, members: Sequence[Member]) -> MemberChanges:
        """Take the articles that there are now, in any order; return what has changed."""
        before = self.counted
        first = first_counted = len(self._ordered.values)
        gone, new = list_different_objects(self._ordered.values, members)
        new.sort(key=lambda member: member.order)
        for member in gone:
            del self.by_id[member.article.article_id]
            self._count_publication(member, -1)
            for kept in self._list_orders_of(member):
                at = kept.remove(member.order, member)
                first, first_counted = _move_up(at, first, first_counted, is_counted=kept is not self._ordered)
        for member in new:
            self.by_id[member.article.article_id] = member
            self._count_publication(member, 1)
            for kept in self._list_orders_of(member):
                at = kept.add(member.order, member)
                first, first_counted = _move_up(at, first, first_counted, is_counted=kept is not self._ordered)
        return MemberChanges(gone, new, first, first_counted if self.counted is before else 0)

    def _list_orders_of(self, member: Member) -> list[KeptOrder[Member]]:
        """Where a member is kept."""
        if member.is_withdrawn:
            return [self._ordered]
        return [self._ordered, self._standing] if member.is_stub else [self._ordered, self._standing, self._full]

    def _count_publication(self, member: Member, count: int) -> None:
        """Note when an article was published, and by whom, or take it back (-1)."""
        article = member.article
        if article.publisher.key:
            self.publishers[article.publisher.key] += count
            if not self.publishers[article.publisher.key]:
                del self.publishers[article.publisher.key]
        if member.published_at is not None:
            _insert_or_remove(self.published, member.published_at, count)
        if article.published_at is not None:
            _insert_or_remove(self._days, article.published_at.date(), count)


def _move_up(at: int, first: int, first_counted: int, *, is_counted: bool) -> tuple[int, int]:
    return (first, min(at, first_counted)) if is_counted else (min(at, first), first_counted)


def _insert_or_remove(values: list[Any], value: Any, count: int) -> None:
    if count > 0:
        insort(values, value)
    else:
        del values[bisect_left(values, value)]
