"""The live articles and events of one shard: places articles one by one, in the order of the log."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.contracts.article import Article
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import EventStatus, Membership
from services.dedupe.cells import Cells
from services.dedupe.decision import Decision
from services.dedupe.event_clock import advanced, event_time
from services.dedupe.live_index import LiveIndex
from services.dedupe.members import Derived, Member
from services.dedupe.placement import Changes, Outcome, Placement
from services.dedupe.placing import Choice, choose
from services.dedupe.records import ArticleRecord, EventRecord, PlacedRecord, ShardRecord
from services.dedupe.signals import ArticleSignals
from services.dedupe.terms import TermStatistics


@dataclass(slots=True)
class _Event:
    record: EventRecord
    members: set[str]


class Collection:
    """State of one shard.

    Deterministic: what comes out depends on the articles and their order alone, neither on how they were cut
    into batches nor on whether the shard was saved and restored in between.
    """

    def __init__(
        self,
        decision: Decision,
        statistics: TermStatistics,
        *,
        live_days: float | None = 7.0,
        cells: Cells | None = None,
    ) -> None:
        """An empty shard.

        Args:
            decision: Weights and thresholds.
            statistics: Background counts of terms.
            live_days: Days on the shard's clock after which an event that got no article closes; None: never.
            cells: What a big collection is searched by; None: it is searched whole.
        """
        self._decision = decision
        self._statistics = statistics
        self._live_for = None if live_days is None else timedelta(days=live_days)
        self._index = LiveIndex(cells)
        self._members: dict[str, Member] = {}
        self._events: dict[str, _Event] = {}
        self._placed: dict[str, PlacedRecord] = {}
        self._clock: datetime | None = None
        self.changes = Changes()

    # Reading

    @property
    def live_articles(self) -> int:
        """How many articles are compared with new ones."""
        return len(self._index)

    @property
    def shard(self) -> ShardRecord:
        """State of the shard as a whole; small, save it every time."""
        return ShardRecord(clock=self._clock)

    def event_ids(self) -> tuple[str, ...]:
        """Events in memory, ascending: the open ones, and those that closed since the last save."""
        return tuple(sorted(self._events))

    def event(self, event_id: str) -> EventRecord:
        """An event in memory.

        Raises:
            KeyError: It is not in memory (any more).
        """
        return self._events[event_id].record

    def members(self, event_id: str) -> tuple[Member, ...]:
        """Its members, by article id.

        Raises:
            KeyError: The event is not in memory (any more).
        """
        return tuple(self._members[article_id] for article_id in sorted(self._events[event_id].members))

    def article_record(self, article_id: str) -> ArticleRecord:
        """Record of a live article, for the store."""
        return self._members[article_id].record

    def placed_record(self, article_id: str) -> PlacedRecord:
        """Where an article went, live or not.

        Raises:
            KeyError: The article was never placed here.
        """
        return self._placed[article_id]

    def signals_of(self, article_id: str) -> ArticleSignals:
        """Signals of a live article."""
        return self._members[article_id].derived.signals

    def event_of(self, article_id: str) -> str:
        """The event that a live article is in."""
        return self._members[article_id].event_id

    def comparable_members(self, event_id: str, model: str) -> tuple[str, ...]:
        """Members that new articles are compared with: not withdrawn, and embedded by `model`."""
        return tuple(
            article_id
            for article_id in self._events[event_id].members
            if (member := self._members[article_id]).embedded.model == model and not member.withdrawn
        )

    # Placing

    def place(self, embedded: EmbeddedArticle) -> Placement:
        """Place one article: redelivered, revised, or new.

        Raises:
            ValueError: A vector in it cannot be read or has other dimensions; nothing has changed then.
        """
        article = embedded.extracted.article
        before = self._placed.get(article.article_id)
        if before is not None and _is_known(article, before):
            return Placement(article.article_id, before.event_id, Outcome.UNCHANGED, ())
        derived = Derived.of(embedded, self._statistics)
        self._index.check(embedded.model, derived.signals)
        closed = self._advance_clock(article)
        if before is not None:
            return self._revise(embedded, before, closed, derived)
        choice = choose(embedded.model, derived.signals, self._index, self, self._decision)
        event_id = choice.event_id or _event_id(article.article_id)
        membership = self._membership(choice, embedded.model)
        if choice.event_id is None:
            self._found(event_id, article)
        else:
            self._touch(event_id, article)
        self._add(Member(event_id, embedded, membership, derived))
        outcome = Outcome.FOUNDED if choice.event_id is None else Outcome.JOINED
        return Placement(article.article_id, event_id, outcome, (*closed, event_id))

    # Saving and restoring

    def mark_saved(self) -> None:
        """Everything in `changes` is in the store: forget it, and let closed events leave memory."""
        for event_id in [key for key, event in self._events.items() if event.record.status != EventStatus.OPEN]:
            for article_id in self._events.pop(event_id).members:
                del self._members[article_id]
        self.changes = Changes()

    def restore(
        self,
        shard: ShardRecord,
        articles: Iterable[ArticleRecord],
        events: Iterable[EventRecord],
        placed: Iterable[PlacedRecord],
    ) -> None:
        """Fill an empty collection from its records, in any order. Nothing counts as changed.

        Raises:
            ValueError: A record belongs to no event.
        """
        self._clock = shard.clock
        self._events = {record.event_id: _Event(record, set()) for record in events}
        self._placed = {record.article_id: record for record in placed}
        for record in articles:
            if record.event_id not in self._events:
                raise ValueError(f"article {record.article_id} is of event {record.event_id}, which is not there")
            derived = Derived.of(record.embedded, self._statistics)
            self._add(Member(record.event_id, record.embedded, record.membership, derived))
        self.changes = Changes()

    # Steps

    def _revise(
        self,
        embedded: EmbeddedArticle,
        before: PlacedRecord,
        closed: tuple[str, ...],
        derived: Derived,
    ) -> Placement:
        """Put a new revision in the place of the old one."""
        article = embedded.extracted.article
        event = self._events.get(before.event_id)
        if event is None or event.record.status != EventStatus.OPEN:
            return Placement(article.article_id, before.event_id, Outcome.TOO_LATE, closed)
        membership = self._members[article.article_id].membership
        self._index.remove(article.article_id)
        self._touch(before.event_id, article)
        self._add(Member(before.event_id, embedded, membership, derived))
        return Placement(article.article_id, before.event_id, Outcome.REVISED, (*closed, before.event_id))

    def _add(self, member: Member) -> None:
        article = member.article
        self._members[article.article_id] = member
        self._events[member.event_id].members.add(article.article_id)
        self._placed[article.article_id] = PlacedRecord(
            article_id=article.article_id,
            event_id=member.event_id,
            revision=article.revision,
            content_hash=article.content_hash,
            status=article.status,
        )
        # A withdrawn text says nothing about which articles belong together.
        if not member.withdrawn:
            self._index.add(article.article_id, member.embedded.model, member.derived.signals)
        self.changes.articles.add(article.article_id)
        self.changes.placed.add(article.article_id)

    def _found(self, event_id: str, article: Article) -> None:
        record = EventRecord(
            event_id=event_id,
            version=1,
            status=EventStatus.OPEN,
            founder_id=article.article_id,
            updated_at=event_time(article),
            active_at=self._clock,
        )
        self._events[event_id] = _Event(record, set())
        self.changes.events.add(event_id)

    def _touch(self, event_id: str, article: Article) -> None:
        """Count a change of an event that `article` made."""
        event = self._events[event_id]
        event.record = event.record.model_copy(
            update={
                "version": event.record.version + 1,
                "updated_at": event_time(article),
                "active_at": self._clock,
            }
        )
        self.changes.events.add(event_id)

    def _advance_clock(self, article: Article) -> tuple[str, ...]:
        """Move the clock and close what it has passed; ids of the events that closed, ascending."""
        clock = advanced(self._clock, article)
        if clock == self._clock or clock is None:
            return ()
        self._clock = clock
        if self._live_for is None:
            return ()
        ended = sorted(
            event_id
            for event_id, event in self._events.items()
            if event.record.status is EventStatus.OPEN
            and (event.record.active_at or event.record.updated_at) + self._live_for < clock
        )
        for event_id in ended:
            self._close(event_id)
        return tuple(ended)

    def _close(self, event_id: str) -> None:
        event = self._events[event_id]
        event.record = event.record.model_copy(
            update={"version": event.record.version + 1, "status": EventStatus.CLOSED}
        )
        for article_id in event.members:
            self._index.remove(article_id)
        self.changes.articles -= event.members
        self.changes.removed_articles |= event.members
        self.changes.events.discard(event_id)
        self.changes.removed_events.add(event_id)

    def _membership(self, choice: Choice, model: str) -> Membership:
        return Membership(
            score=choice.score,
            threshold=self._decision.threshold,
            signals=choice.signals,
            runner_up=choice.runner_up,
            runner_up_score=choice.runner_up_score,
            model=f"weights {self._decision.version}, {model}",
        )


def _is_known(article: Article, before: PlacedRecord) -> bool:
    if article.revision != before.revision:
        return article.revision < before.revision
    return article.content_hash == before.content_hash and article.status == before.status


def _event_id(founder_id: str) -> str:
    """Stable id of the event that an article founds."""
    return "evt_" + hashlib.sha256(founder_id.encode()).hexdigest()[:20]
