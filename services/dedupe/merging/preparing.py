"""The claims of articles prepared for comparing, and kept while their event grows.

What is prepared follows from one article and, where it leaves dates open, the day of its event. An article alone in its
event is prepared once and not again; those of a growing event would be at each article that joins.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date

from services.contracts.embedded import EmbeddedArticle
from services.dedupe.clustering.members import Member
from services.dedupe.merging.dates import has_open_dates, with_full_dates
from services.dedupe.merging.quotations import pieces
from services.dedupe.merging.reports import Report, report, whole_numbers

KEPT_ARTICLES = 256
"""Articles whose preparation is kept, some 170 KB each: those of events that grow now, but for the very largest."""


@dataclass(frozen=True, slots=True)
class _Kept:
    embedded: EmbeddedArticle
    day: date | None
    is_open: bool
    """Whether it leaves dates open, which the day completes."""
    reports: tuple[Report, ...]

    def serves(self, embedded: EmbeddedArticle, day: date | None) -> bool:
        """Whether it was prepared from the very same: not only from the same id."""
        return self.embedded is embedded and (self.day == day or not self.is_open)


class Preparations:
    """Prepared articles, the latest used. What it answers does not depend on what it keeps."""

    def __init__(self, kept: int = KEPT_ARTICLES) -> None:
        """`kept`: most articles that are kept."""
        self._most = kept
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def keep(self, articles: int) -> None:
        """Keep so many articles, and none beyond."""
        self._most = articles
        while len(self._kept) > articles:
            self._kept.popitem(last=False)

    def reports(self, member: Member, day: date | None) -> tuple[Report, ...]:
        """The same as `prepared`."""
        article_id = member.article.article_id
        found = self._kept.get(article_id)
        if found is None or not found.serves(member.embedded, day):
            is_open = any(map(has_open_dates, member.embedded.extracted.claims))
            found = _Kept(member.embedded, day, is_open, prepared(member, day))
        self._kept[article_id] = found
        self._kept.move_to_end(article_id)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return found.reports


def prepared(member: Member, day: date | None) -> tuple[Report, ...]:
    """All claims of an article, without origin and sources.

    Args:
        member: The article.
        day: Of its event, which completes open dates; None: unknown.
    """
    vectors = whole_numbers(member.derived.claim_vectors)
    return tuple(
        report(member.article, "", piece, vector, part)
        for claim, vector in zip(member.embedded.extracted.claims, vectors, strict=True)
        for part, piece in enumerate(pieces(member.article.text, with_full_dates(claim, day)), start=1)
    )
