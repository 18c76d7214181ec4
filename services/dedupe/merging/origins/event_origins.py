"""Finds the origins of an event's articles: texts that are reprints or takes of each other, or of one outlet."""

from collections.abc import Sequence

from services.contracts.article import Article
from services.contracts.event import Origin
from services.dedupe.merging.members import Member, MemberFeatures
from services.dedupe.merging.origins.reprints import ReprintGroups, build_origin_id
from services.dedupe.merging.origins.shared_text import MOST_COMPARED, NarrationOverlaps

_Compared = tuple[Article, MemberFeatures, str]
"""The first article of a text that others are compared with, what is computed from it, and the text's source."""


class EventOrigins:
    """The origins of one event, kept while it grows: only texts that are new are compared.

    Attributes:
        origins: In order of their first articles.
        origin_ids: Origin of each article, by the article's id.
        first_article_ids: The first article of each text; all others are reprints.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self.origins: tuple[Origin, ...] = ()
        self.origin_ids: dict[str, str] = {}
        self.first_article_ids: frozenset[str] = frozenset()
        self._reprints = ReprintGroups()
        self._compared: list[_Compared] = []
        self._takes: dict[str, tuple[MemberFeatures, str | None]] = {}
        self._by_first_article: dict[str, Origin] = {}

    def update_origins(self, ordered_members: Sequence[Member], shared_texts: NarrationOverlaps) -> None:
        """Find the origins of these articles, given in publication order.

        Reprints share the origin of what they reprint, and takes of one text that of the first. What one outlet alone
        publishes comes from one newsroom, however many texts that are: it does not corroborate itself.
        """
        texts = [[ordered_members[at] for at in positions] for positions in self._group_reprints(ordered_members)]
        self.first_article_ids = frozenset(text[0].article.article_id for text in texts)
        before, self._compared = self._compared, []
        takes, self._takes = self._takes, {}
        by_source: dict[str, list[Article]] = {}
        for number, text in enumerate(texts):
            first = text[0]
            publishers = {member.article.publisher.key or member.article.article_id for member in text}
            source = publishers.pop() if len(publishers) == 1 else first.article.article_id
            if number == MOST_COMPARED and not _are_same_compared_texts(before, self._compared):
                takes = {}
            if source not in by_source:
                known = takes.get(first.article.article_id) if number >= MOST_COMPARED else None
                if known is None or known[0] is not first.derived:
                    known = first.derived, self._find_source_of_edited_version(first.article.article_id, shared_texts)
                self._takes[first.article.article_id] = known
                source = known[1] or source
            if number < MOST_COMPARED:
                self._compared.append((first.article, first.derived, source))
            by_source.setdefault(source, []).extend(member.article for member in text)
        self.origins = tuple(map(self._build_origin, by_source.values()))
        self._by_first_article = {origin.article_ids[0]: origin for origin in self.origins}
        self.origin_ids = {one: origin.origin_id for origin in self.origins for one in origin.article_ids}

    def _group_reprints(self, members: Sequence[Member]) -> list[list[int]]:
        if len(members) == 1:  # as most events: its fingerprint need not be taken
            return [[0]]
        stubs = {at for at, member in enumerate(members) if member.is_stub}
        return self._reprints.update_groups(
            [member.derived.fingerprint for member in members],
            [member.article.wire_credit for member in members],
            stubs,
        )

    def _find_source_of_edited_version(self, article_id: str, shared_texts: NarrationOverlaps) -> str | None:
        """The source of the first text of which an article is a take; None: of none."""
        for first, _, source in self._compared:
            if shared_texts.find_overlap(first.article_id, article_id).are_versions_of_one_text:
                return source
        return None

    def _build_origin(self, articles: Sequence[Article]) -> Origin:
        """The origin of some articles; the same object as before if it is the same."""
        article_ids = tuple(article.article_id for article in articles)
        credit = next((article.wire_credit for article in articles if article.wire_credit), None)
        known = self._by_first_article.get(article_ids[0])
        if known is None or (known.article_ids, known.wire_credit) != (article_ids, credit):
            known = Origin(origin_id=build_origin_id(article_ids[0]), article_ids=article_ids, wire_credit=credit)
        return known


def _are_same_compared_texts(texts: Sequence[_Compared], other_texts: Sequence[_Compared]) -> bool:
    """Whether the same texts are compared with others, with the same sources."""
    return len(texts) == len(other_texts) and all(
        one[1] is other[1] and (one[0].article_id, one[2]) == (other[0].article_id, other[2])
        for one, other in zip(texts, other_texts, strict=True)
    )
