"""Whole articles, with text and claims, and where those went that are not live: what of a shard need not stay."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from services.contracts.article import Article
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Membership
from services.dedupe.clustering.placement import JoinedArticle
from services.dedupe.clustering.records import PlacedRecord


@dataclass(frozen=True, slots=True)
class ArticleWithMembership:
    """A live article with text and claims, and why it is in its event. It changes only by being replaced."""

    embedded: EmbeddedArticle
    membership: Membership

    @property
    def article(self) -> Article:
        """The article."""
        return self.embedded.extracted.article

    def build_placed_record(self, event_id: str) -> PlacedRecord:
        """The record, for the store, that it is in an event."""
        article = self.article
        return PlacedRecord(
            article_id=article.article_id,
            event_id=event_id,
            revision=article.revision,
            content_hash=article.content_hash,
            status=article.status,
        )


class ArticleCache:
    """What has not been saved yet, and the latest used. The rest is recalled from the store when it is asked for."""

    def __init__(self, max_saved_articles: int | None = None) -> None:
        """`max_saved_articles`: how many stay when they are saved; None: all, and where all went, however many came."""
        self._kept = max_saved_articles
        self._whole: dict[str, ArticleWithMembership] = {}
        self._retold: dict[str, Membership] = {}  # since the last save; what `_whole` has is as it was before
        self._placed: dict[str, PlacedRecord] = {}

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._whole

    def get_article(self, article_id: str) -> ArticleWithMembership:
        """A live article as it is now. Raises KeyError if it has to be recalled first."""
        found = self._whole[article_id]
        retold = self._retold.get(article_id)
        return found if retold is None else replace(found, membership=retold)

    def snapshot_article(self, article_id: str) -> JoinedArticle:
        """As much as is in memory of a live article as it is now."""
        if article_id not in self._whole:
            return JoinedArticle(article_id, None, self._retold.get(article_id))
        found = self.get_article(article_id)
        return JoinedArticle(article_id, found.embedded, found.membership)

    def article_when_joined(self, joined_article: JoinedArticle) -> ArticleWithMembership:
        """The whole of an article as it was when it came into an event. Raises KeyError if it was not recalled."""
        if joined_article.embedded is not None and joined_article.membership is not None:
            return ArticleWithMembership(joined_article.embedded, joined_article.membership)
        saved = self._whole[joined_article.article_id]
        return ArticleWithMembership(
            joined_article.embedded or saved.embedded, joined_article.membership or saved.membership
        )

    def add_article(self, embedded_article: EmbeddedArticle, membership: Membership) -> None:
        """Take in an article that was placed."""
        article_id = embedded_article.extracted.article.article_id
        self._whole.pop(article_id, None)
        self._retold.pop(article_id, None)
        self._whole[article_id] = ArticleWithMembership(embedded_article, membership)  # the latest used stand last

    def update_membership(self, article_id: str, membership: Membership) -> None:
        """Note why an article, in memory or not, is in its event now."""
        self._retold[article_id] = membership

    def find_placed_record(self, article_id: str) -> PlacedRecord | None:
        """Where an article went that is not live; None if it never came, or that has to be recalled first."""
        return self._placed.get(article_id)

    def add_loaded_articles(
        self, whole_articles: Iterable[ArticleWithMembership], placed_records: Iterable[PlacedRecord]
    ) -> None:
        """Take in what was saved."""
        self._whole |= {one.article.article_id: one for one in whole_articles}
        self._placed |= {record.article_id: record for record in placed_records}

    def forget_article_of_closed_event(self, article_id: str, event_id: str) -> None:
        """Let an article go whose event has ended; where it went stays until it is saved."""
        whole = self._whole.pop(article_id, None)
        self._retold.pop(article_id, None)
        if whole is not None:
            self._placed[article_id] = whole.build_placed_record(event_id)

    def mark_saved(self) -> None:
        """Everything is in the store: let go what need not stay."""
        for article_id, membership in self._retold.items():
            if article_id in self._whole:
                self._whole[article_id] = replace(self._whole[article_id], membership=membership)
        self._retold = {}
        if self._kept is None:
            return
        self._placed = {}
        for article_id in list(islice(self._whole, max(0, len(self._whole) - self._kept))):
            del self._whole[article_id]
