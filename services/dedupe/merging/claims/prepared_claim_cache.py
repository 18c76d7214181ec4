"""Prepares the claims of an article, and keeps them while it is in its event.

What is prepared follows from one article and, where it leaves dates open, from the day of its event. An article that
is alone in its event is prepared once; those of a growing event would be prepared again at each article that joins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.dedupe.merging.claims.open_dates import complete_claim_dates, has_incomplete_dates
from services.dedupe.merging.claims.prepared_claim import ClaimShelf, PreparedClaim
from services.dedupe.merging.claims.quotation_matching import split_quotations
from services.dedupe.merging.kept_claim import KeptClaim
from services.dedupe.merging.members import Member

READ_CLAIMS = 400
"""Claims of an event of which all that was read is kept, some 7 to 14 KB each. With 1,000 a view of 1,000 articles
reads 70 claims less anew, and takes as long."""


@dataclass(frozen=True, slots=True)
class _Entry:
    member: Member
    day: date | None
    has_incomplete_dates: bool
    """Whether the article leaves dates open, which the day completes."""
    claims: tuple[PreparedClaim, ...]

    def is_prepared_from(self, member: Member, event_day: date | None) -> bool:
        """Whether it was prepared from the very same object, not only from the same id."""
        return self.member is member and (self.day == event_day or not self.has_incomplete_dates)


class PreparedClaimCache:
    """Prepared claims of an event's articles."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._shelf = ClaimShelf(READ_CLAIMS)
        self._entries: dict[str, _Entry] = {}
        self._day: date | None = None

    def forget_articles(self, article_ids: Iterable[str]) -> None:
        """Forget articles."""
        entries = [self._entries.pop(article_id) for article_id in article_ids if article_id in self._entries]
        self._shelf.forget_claims({claim for entry in entries for claim in entry.claims})

    def set_event_day(self, event_day: date | None) -> bool:
        """Set the day that completes open dates; return whether that changes any of the claims prepared."""
        is_other, self._day = event_day != self._day, event_day
        return is_other and any(entry.has_incomplete_dates for entry in self._entries.values())

    def get_claims(self, member: Member) -> tuple[PreparedClaim, ...]:
        """Return the claims of an article as `prepare_claims` does."""
        article_id = member.article.article_id
        entry = self._entries.get(article_id)
        if entry is None or not entry.is_prepared_from(member, self._day):
            if entry is not None:
                self._shelf.forget_claims(set(entry.claims))
            is_open = any(has_incomplete_dates(claim.get_claim()) for claim in member.claims)
            entry = _Entry(member, self._day, is_open, prepare_claims(member, self._day, self._shelf))
            self._entries[article_id] = entry
        return entry.claims


def prepare_claims(
    member: Member, event_day: date | None, shelf: ClaimShelf | None = None
) -> tuple[PreparedClaim, ...]:
    """Prepare all claims of an article.

    Args:
        member: The article.
        event_day: Day of its event, which completes open dates; None: unknown.
        shelf: Lets go what is read of them; None: it is kept.
    """
    prepared = []
    for row, kept in enumerate(member.claims):
        claim = kept.get_claim()
        pieces = split_quotations(member.article.text, complete_claim_dates(claim, event_day))
        for part, piece in enumerate(pieces, start=1):
            kept_piece = kept if piece is claim else KeptClaim(piece)
            prepared.append(
                PreparedClaim(member.article, kept_piece, member.derived.claim_vectors, row, part=part, shelf=shelf)
            )
    return tuple(prepared)
