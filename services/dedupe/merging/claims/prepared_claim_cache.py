"""Prepares the claims of an article, and keeps those of the articles used last.

What is prepared follows from one article and, where it leaves dates open, from the day of its event. An article that
is alone in its event is prepared once; those of a growing event would be prepared again at each article that joins.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date

from services.dedupe.merging.claims.open_dates import complete_claim_dates, has_incomplete_dates
from services.dedupe.merging.claims.prepared_claim import ClaimShelf, PreparedClaim
from services.dedupe.merging.claims.quotation_matching import split_quotations
from services.dedupe.merging.kept_claim import KeptClaim
from services.dedupe.merging.members import Member

KEPT_ARTICLES = 256
"""Articles whose claims are kept."""
READ_CLAIMS = 1_000
"""Claims of an event of which all that was read is kept, some 14 KB each."""


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
    """Prepared claims by article, the latest used. What it returns does not depend on what it holds."""

    def __init__(self, most_articles: int = KEPT_ARTICLES) -> None:
        """Set up, empty. `most_articles`: how many articles are kept at most."""
        self._most_articles = most_articles
        self._shelf = ClaimShelf(READ_CLAIMS)
        self._entries: OrderedDict[str, _Entry] = OrderedDict()

    def set_capacity(self, most_articles: int) -> None:
        """Keep so many articles, and none beyond."""
        self._most_articles = most_articles
        while len(self._entries) > most_articles:
            self._entries.popitem(last=False)

    def get_claims(self, member: Member, event_day: date | None) -> tuple[PreparedClaim, ...]:
        """Return the claims of an article as `prepare_claims` does."""
        article_id = member.article.article_id
        entry = self._entries.get(article_id)
        if entry is None or not entry.is_prepared_from(member, event_day):
            is_open = any(has_incomplete_dates(claim.get_claim()) for claim in member.claims)
            entry = _Entry(member, event_day, is_open, prepare_claims(member, event_day, self._shelf))
        self._entries[article_id] = entry
        self._entries.move_to_end(article_id)
        if len(self._entries) > self._most_articles:
            self._entries.popitem(last=False)
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
