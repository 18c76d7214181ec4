"""What a shard has in memory, and the single steps by which it changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.contracts.article import Article
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Membership
from services.dedupe.clustering.article_cache import ArticleCache
from services.dedupe.clustering.event_clock import advanced, event_time
from services.dedupe.clustering.event_table import EventTable
from services.dedupe.clustering.live_articles import LiveArticles
from services.dedupe.clustering.placement import Changes, EventChange, Joined
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
    changes: Changes = field(default_factory=Changes)

    def find_placed(self, article_id: str) -> PlacedRecord | None:
        """Where an article went; None if it never came, or has to be recalled first."""
        if article_id not in self.live:
            return self.cache.find_placed(article_id)
        if article_id not in self.cache:
            return None
        return self.cache.get(article_id).placed(self.live.event_of(article_id))

    def keep(self, embedded: EmbeddedArticle, membership: Membership) -> None:
        """Keep the whole of an article that was put in."""
        article_id = embedded.extracted.article.article_id
        self.cache.put(embedded, membership)
        self.changes.articles.add(article_id)
        self.changes.placed.add(article_id)

    def found(self, event_id: str, article: Article) -> None:
        """Let an article found an event."""
        updated_at = event_time(article)
        self.events.found(event_id, article.article_id, self.sequence, updated_at=updated_at, clock=self.clock)
        self.changes.events.add(event_id)

    def touch(self, event_id: str, article: Article, *, anew: bool) -> None:
        """Note that this placement, of that article, changed an event. `anew`: it has only new vectors."""
        updated_at, clock = event_time(article), self.clock
        if anew:  # nobody published anything: neither the event's time nor its closing moves
            record = self.events.record(event_id)
            updated_at, clock = record.updated_at, record.active_at
        self.events.touch(event_id, updated_at, clock, self.live.members(event_id), sequence=self.sequence)
        if self.events.is_open(event_id):
            self.changes.events.add(event_id)

    def told(self, event_ids: Iterable[str], origins: Mapping[str, str | None]) -> list[EventChange]:
        """What a placement did to each of the events.

        Args:
            event_ids: All that it changed.
            origins: Where the articles that came or moved were before; None: nowhere.
        """
        joined: dict[str, list[Joined]] = {}
        left: dict[str, list[str]] = {}
        for article_id, origin in sorted(origins.items()):
            event_id = self.live.event_of(article_id)
            joined.setdefault(event_id, []).append(self.cache.now(article_id))
            if origin is not None and origin != event_id:
                left.setdefault(origin, []).append(article_id)
        return [self._change(one, joined.get(one, ()), left.get(one, ())) for one in event_ids]

    def advance_clock(self, article: Article, live_for: timedelta | None) -> list[EventChange]:
        """Move the clock and close what it has passed; the events that closed, by id."""
        clock = advanced(self.clock, article)
        if clock == self.clock or clock is None:
            return []
        self.clock = clock
        if live_for is None:
            return []
        return [self._close(event_id) for event_id in self.events.ended(clock, live_for)]

    def mark_saved(self) -> None:
        """Everything in `changes` is in the store: forget it, and let events that ended leave memory."""
        for event_id in self.events.forget_ended():
            members = sorted(self.live.members(event_id))
            self.live.forget(members)
            for article_id in members:
                self.cache.end(article_id, event_id)
        self.cache.mark_saved()
        self.changes = Changes()

    def _close(self, event_id: str) -> EventChange:
        self.events.close(event_id)
        members = self.live.members(event_id)
        for article_id in sorted(members):
            self.live.take_out(article_id)
        self.changes.articles -= members
        self.changes.removed_articles |= members
        self.changes.events.discard(event_id)
        self.changes.removed_events.add(event_id)
        return self._change(event_id)

    def _change(self, event_id: str, joined: Iterable[Joined] = (), left: Iterable[str] = ()) -> EventChange:
        members = len(self.live.members(event_id))
        return EventChange(self.events.record(event_id), tuple(joined), tuple(left), members)
