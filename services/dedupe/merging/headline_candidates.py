"""The articles whose title and opening may stand for an event, kept in order while it grows."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article
from services.dedupe.kept_order import KeptOrder
from services.dedupe.merging.event_members import EventMembers
from services.dedupe.merging.members import Member


class HeadlineCandidates:
    """No reprints, and if possible only texts that count."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._original = KeptOrder[Member]()
        self._titled = KeptOrder[Article]()
        """Those of them that have a title."""
        self._leads = KeptOrder[NDArray[np.int16]]()
        """The lead vectors of those."""
        self._candidates: Sequence[Member] = ()
        self._by_id: dict[str, Member] = {}
        self._counted: Sequence[Member] | None = None

    def update_candidates(
        self, members: EventMembers, first_article_ids: Collection[str], changed_ids: Collection[str]
    ) -> Sequence[Member]:
        """Return the candidates in publication order.

        Args:
            members: The articles of the event.
            first_article_ids: The first article of each text.
            changed_ids: Articles that are gone, or others than before, or were the first of a text, or are it now.
        """
        if members.counted is not self._counted:  # others count than before, though they have not changed
            self._counted = members.counted
            changed_ids = {*self._by_id, *members.by_id}
        for article_id in changed_ids:
            before, now = self._by_id.pop(article_id, None), members.by_id.get(article_id)
            if before is not None:
                self._remove_original(before)
            if now is not None and article_id in first_article_ids and members.is_counted(now):
                self._add_original(now)
                self._by_id[article_id] = now
        self._candidates = self._original.values or members.counted or members.ordered
        return self._candidates

    def list_titled(self) -> tuple[Sequence[Article], Sequence[NDArray[np.int16]]]:
        """The candidates that have a title, or all if none has one; and the vectors of their leads."""
        if self._titled.values:
            return self._titled.values, self._leads.values
        candidates = [member for member in self._candidates if member.article.title] or self._candidates
        return [member.article for member in candidates], [member.derived.lead for member in candidates]

    def _add_original(self, member: Member) -> None:
        self._original.add(member.order, member)
        if member.article.title:
            self._titled.add(member.order, member.article)
            self._leads.add(member.order, member.derived.lead)

    def _remove_original(self, member: Member) -> None:
        self._original.remove(member.order, member)
        if member.article.title:
            self._titled.remove(member.order, member.article)
            self._leads.remove(member.order, member.derived.lead)
