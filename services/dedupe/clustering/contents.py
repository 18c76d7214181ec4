"""Whole articles, with text and claims, and where articles went: what of a shard need not stay in memory."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from services.contracts.event import Membership
from services.dedupe.clustering.members import Member
from services.dedupe.clustering.records import PlacedRecord


class Contents:
    """What has not been saved yet, and the latest used. The rest is recalled from the store when it is asked for."""

    def __init__(self, kept: int | None = None) -> None:
        """`kept`: articles that stay when they are saved; None: all, and all placements, however many came."""
        self._kept = kept
        self._members: dict[str, Member] = {}
        self._placed: dict[str, PlacedRecord] = {}
        self._memberships: dict[str, Membership] = {}  # new ones of articles that have to be recalled first

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._members

    def member(self, article_id: str) -> Member:
        """A whole article. Raises KeyError if it has to be recalled first."""
        return self._members[article_id]

    def placed(self, article_id: str) -> PlacedRecord:
        """Where an article went. Raises KeyError if that has to be recalled first, or it never came."""
        return self._placed[article_id]

    def find_placed(self, article_id: str) -> PlacedRecord | None:
        """The same, or None."""
        return self._placed.get(article_id)

    def unknown(self, article_ids: Iterable[str]) -> list[str]:
        """Those whose placement is not in memory; ascending."""
        return sorted(set(article_ids) - self._placed.keys())

    def put(self, member: Member) -> None:
        """Take in an article that was placed."""
        article_id = member.article.article_id
        self._members.pop(article_id, None)
        self._members[article_id] = member  # the latest used stand last
        self._placed[article_id] = member.placed()

    def move(self, article_id: str, event_id: str, membership: Membership | None) -> None:
        """Note that an article is in another event now, and why, if that changes."""
        member = self._members.get(article_id)
        if member is not None:
            member = replace(member, event_id=event_id, membership=membership or member.membership)
            self._members[article_id] = member
            self._placed[article_id] = member.placed()
        elif membership is not None:
            self._memberships[article_id] = membership

    def recall(self, member: Member, *, moved: bool) -> None:
        """Take in an article that was saved. `moved`: it went to another event since."""
        article_id = member.article.article_id
        membership = self._memberships.pop(article_id, member.membership)
        self._members[article_id] = replace(member, membership=membership)
        if moved:
            self._placed[article_id] = member.placed()

    def recall_placed(self, records: Iterable[PlacedRecord]) -> None:
        """Take in where articles went."""
        self._placed |= {record.article_id: record for record in records}

    def forget(self, article_ids: Iterable[str]) -> None:
        """Let the texts of articles go whose event has ended."""
        for article_id in article_ids:
            self._members.pop(article_id, None)
            self._memberships.pop(article_id, None)

    def mark_saved(self) -> None:
        """Everything is in the store: let go what need not stay."""
        if self._kept is None:
            return
        self._placed = {}
        for article_id in list(islice(self._members, max(0, len(self._members) - self._kept))):
            del self._members[article_id]
