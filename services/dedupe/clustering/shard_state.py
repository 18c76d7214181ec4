"""What a shard has in memory, and the single steps by which it changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.contracts.article import Article
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Membership
from services.dedupe.clustering.article_cache import ArticleCache
from services.dedupe.clustering.event_clock import advance_clock, event_time
from services.dedupe.clustering.event_table import EventTable
from services.dedupe.clustering.live_articles import LiveArticles
from services.dedupe.clustering.placement import JoinedArticle, PlacementEffect, UnsavedChanges
from services.dedupe.clustering.records import PlacedRecord


@dataclass(slots=True)
class ShardState:
    """The parts of a shard.

    Attributes:
        live: All that placing asks of live articles, with the event that each is in.
        cache: Whole articles, as far as they are in memory.
        events: Open events, and those that ended since the last save.
        clock: Event time; None before the first dated article.
        sequence: How many articles were placed.
        changes: What is to be saved.
    """

    live: LiveArticles
    cache: ArticleCache
    events: EventTable = field(default_factory=EventTable)
    clock: datetime | None = None
    sequence: int = 0
    changes: UnsavedChanges = field(default_factory=UnsavedChanges)

    def find_placed_record(self, article_id: str) -> PlacedRecord | None:
        """Where an article went; None if it never came, or has to be recalled first."""
        if article_id not in self.live:
            return self.cache.find_placed_record(article_id)
        if article_id not in self.cache:
            return None
        return self.cache.get_article(article_id).build_placed_record(self.live.event_id_of(article_id))

    def keep_whole_article(self, embedded_article: EmbeddedArticle, membership: Membership) -> None:
        """Keep the whole of an article that was put in."""
        article_id = embedded_article.extracted.article.article_id
        self.cache.add_article(embedded_article, membership)
        self.changes.articles.add(article_id)
        self.changes.placed.add(article_id)

    def create_event(self, event_id: str, founder: Article) -> None:
        """Let an article found an event."""
        updated_at = event_time(founder)
        self.events.create_event(event_id, founder.article_id, self.sequence, updated_at=updated_at, clock=self.clock)
        self.changes.events.add(event_id)

    def mark_event_changed(self, event_id: str, placed_article: Article, *, only_new_vectors: bool) -> None:
        """Note that this placement, of that article, changed an event. `only_new_vectors`: it has only new vectors."""
        updated_at, clock = event_time(placed_article), self.clock
        if only_new_vectors:  # nobody published anything: neither the event's time nor its closing moves
            record = self.events.event_record(event_id)
            updated_at, clock = record.updated_at, record.active_at
        self.events.apply_change(event_id, updated_at, clock, self.live.member_ids(event_id), sequence=self.sequence)
        if self.events.is_open(event_id):
            self.changes.events.add(event_id)

    def build_event_changes(
        self, event_ids: Iterable[str], previous_event_ids: Mapping[str, str | None]
    ) -> list[PlacementEffect]:
        """What a placement did to each of the events.

        Args:
            event_ids: All that it changed.
            previous_event_ids: Where the articles that came or moved were before; None: nowhere.
        """
        joined: dict[str, list[JoinedArticle]] = {}
        left: dict[str, list[str]] = {}
        for article_id, origin in sorted(previous_event_ids.items()):
            event_id = self.live.event_id_of(article_id)
            joined.setdefault(event_id, []).append(self.cache.snapshot_article(article_id))
            if origin is not None and origin != event_id:
                left.setdefault(origin, []).append(article_id)
        return [self._build_event_change(one, joined.get(one, ()), left.get(one, ())) for one in event_ids]

    def advance_clock_and_close_events(self, article: Article, live_for: timedelta | None) -> list[PlacementEffect]:
        """Move the clock and close what it has passed; the events that closed, by id."""
        clock = advance_clock(self.clock, article)
        if clock == self.clock or clock is None:
            return []
        self.clock = clock
        if live_for is None:
            return []
        return [self._close_event(event_id) for event_id in self.events.pop_expired_events(clock, live_for)]

    def mark_saved(self) -> None:
        """Everything in `changes` is in the store: forget it, and let events that ended leave memory."""
        for event_id in self.events.pop_ended_events():
            members = sorted(self.live.member_ids(event_id))
            self.live.forget_articles(members)
            for article_id in members:
                self.cache.forget_article_of_closed_event(article_id, event_id)
        self.cache.mark_saved()
        self.changes = UnsavedChanges()

    def _close_event(self, event_id: str) -> PlacementEffect:
        self.events.mark_closed(event_id)
        members = self.live.member_ids(event_id)
        for article_id in sorted(members):
            self.live.remove_from_comparison(article_id)
        self.changes.articles -= members
        self.changes.removed_articles |= members
        self.changes.events.discard(event_id)
        self.changes.removed_events.add(event_id)
        return self._build_event_change(event_id)

    def _build_event_change(
        self, event_id: str, joined_articles: Iterable[JoinedArticle] = (), left_article_ids: Iterable[str] = ()
    ) -> PlacementEffect:
        members = len(self.live.member_ids(event_id))
        return PlacementEffect(
            self.events.event_record(event_id), tuple(joined_articles), tuple(left_article_ids), members
        )
