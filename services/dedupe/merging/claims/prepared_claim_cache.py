"""Prepares the claims of an article, and keeps those of the articles used last.

What is prepared follows from one article and, where it leaves dates open, from the day of its event. An article that
is alone in its event is prepared once; those of a growing event would be prepared again at each article that joins.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date

from services.contracts.embedded import EmbeddedArticle
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.open_dates import complete_claim_dates, has_open_dates
from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.claims.quotation_matching import split_quotations
from services.dedupe.merging.members import Member

KEPT_ARTICLES = 256
"""Articles whose claims are kept, some 170 KB each: those of events that grow now, but for the very largest."""


@dataclass(frozen=True, slots=True)
class _Entry:
    embedded: EmbeddedArticle
    day: date | None
    has_open_dates: bool
    """Whether the article leaves dates open, which the day completes."""
    claims: tuple[PreparedClaim, ...]

    def is_prepared_from(self, embedded: EmbeddedArticle, event_day: date | None) -> bool:
        """Whether it was prepared from the very same object, not only from the same id."""
        return self.embedded is embedded and (self.day == event_day or not self.has_open_dates)


class PreparedClaimCache:
    """Prepared claims by article, the latest used. What it returns does not depend on what it holds."""

    def __init__(self, most_articles: int = KEPT_ARTICLES) -> None:
        """Set up, empty. `most_articles`: how many articles are kept at most."""
        self._most_articles = most_articles
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
        if entry is None or not entry.is_prepared_from(member.embedded, event_day):
            is_open = any(map(has_open_dates, member.embedded.extracted.claims))
            entry = _Entry(member.embedded, event_day, is_open, prepare_claims(member, event_day))
        self._entries[article_id] = entry
        self._entries.move_to_end(article_id)
        if len(self._entries) > self._most_articles:
            self._entries.popitem(last=False)
        return entry.claims


def prepare_claims(member: Member, event_day: date | None) -> tuple[PreparedClaim, ...]:
    """Prepare all claims of an article.

    Args:
        member: The article.
        event_day: Day of its event, which completes open dates; None: unknown.
    """
    vectors = round_to_whole_numbers(member.derived.claim_vectors)
    return tuple(
        PreparedClaim(member.article, piece, vector, part)
        for claim, vector in zip(member.embedded.extracted.claims, vectors, strict=True)
        for part, piece in enumerate(
            split_quotations(member.article.text, complete_claim_dates(claim, event_day)), start=1
        )
    )
