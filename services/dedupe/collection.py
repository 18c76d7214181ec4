"""The live articles and events of one shard: places articles one by one, in the order of the log."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from services.contracts.article import Article
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import EventStatus, Membership
from services.dedupe.cells import Cells
from services.dedupe.closings import Closings
from services.dedupe.decision import Decision
from services.dedupe.event_clock import advanced, event_time
from services.dedupe.live_index import LiveIndex
from services.dedupe.members import Derived, LiveArticle, Member
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
        kept_contents: int | None = None,
    ) -> None:
        """An empty shard.

        Args:
            decision: Weights and thresholds.
            statistics: Background counts of terms.
            live_days: Days on the shard's clock after which an event that got no article closes; None: never.
            cells: What a big collection is searched by; None: it is searched whole.
            kept_contents: Articles whose text and claims stay in memory when they are saved, the latest used; the
                others have to be recalled (see `absent_members`) before their event is read. None: all stay.
        """
        self._decision = decision
        self._statistics = statistics
        self._live_for = None if live_days is None else timedelta(days=live_days)
        self._index = LiveIndex(cells)
        self._kept_contents = kept_contents
        self._live: dict[str, LiveArticle] = {}
        self._members: dict[str, Member] = {}  # whole: those not yet saved, and the latest used
        self._events: dict[str, _Event] = {}
        self._placed: dict[str, PlacedRecord] = {}
        self._closings = Closings()
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
            KeyError: The event is not in memory (any more), or a member has to be recalled first.
        """
        return tuple(self._members[article_id] for article_id in sorted(self._events[event_id].members))

    def article_record(self, article_id: str) -> ArticleRecord:
        """Record of a live article, for the store.

        Raises:
            KeyError: It is not in memory whole; then it has not changed.
        """
        return self._members[article_id].record

    def live_article(self, article_id: str) -> LiveArticle:
        """What placing needs of a live article, for the store."""
        return self._live[article_id]

    def placed_record(self, article_id: str) -> PlacedRecord:
        """Where an article went, live or not.

        Raises:
            KeyError: The article was never placed here.
        """
        return self._placed[article_id]

    def signals_of(self, article_id: str) -> ArticleSignals:
        """Signals of a live article."""
        return self._live[article_id].signals

    def event_of(self, article_id: str) -> str:
        """The event that a live article is in."""
        return self._live[article_id].event_id

    def comparable_members(self, event_id: str, model: str) -> tuple[str, ...]:
        """Members that new articles are compared with: not withdrawn, and embedded by `model`."""
        return tuple(
            article_id
            for article_id in self._events[event_id].members
            if (member := self._live[article_id]).model == model and not member.withdrawn
        )

    # Recalling what left memory

    def unknown(self, article_ids: Iterable[str]) -> list[str]:
        """Those whose placement has to be recalled, if the store has one, before they are placed; ascending."""
        return sorted(set(article_ids) - self._placed.keys())

    def absent(self, article_ids: Iterable[str]) -> list[str]:
        """Live articles that have to be recalled before they are revised; ascending."""
        return sorted(
            article_id
            for article_id in set(article_ids)
            if article_id in self._live and article_id not in self._members
        )

    def absent_members(self, event_ids: Iterable[str]) -> list[str]:
        """Members that have to be recalled before these events are read; ascending."""
        return self.absent(article_id for event_id in event_ids for article_id in self._events[event_id].members)

    def derive(self, record: ArticleRecord) -> LiveArticle:
        """What placing needs of an article, computed anew from its record."""
        derived = Derived.of(record.embedded, self._statistics)
        return Member(record.event_id, record.embedded, record.membership, derived).live

    def recall(self, articles: Iterable[ArticleRecord] = (), placed: Iterable[PlacedRecord] = ()) -> None:
        """Take back what the store has of articles; nothing counts as changed.

        Raises:
            KeyError: An article is not live.
        """
        self._placed |= {record.article_id: record for record in placed}
        for record in articles:
            live = self._live[record.article_id]
            derived = Derived.again(record.embedded, live.signals)
            self._members[record.article_id] = Member(live.event_id, record.embedded, record.membership, derived)

    # Placing

    def place(self, embedded: EmbeddedArticle, derived: Derived | None = None) -> Placement:
        """Place one article: redelivered, revised, or new.

        Args:
            embedded: The article.
            derived: What is computed from it alone, if somebody has done that.

        Raises:
            ValueError: A vector in it cannot be read or has other dimensions; nothing has changed then.
        """
        article = embedded.extracted.article
        before = self._placed.get(article.article_id)
        if before is not None and _is_known(article, before):
            return Placement(article.article_id, before.event_id, Outcome.UNCHANGED, ())
        if derived is None:
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
                del self._live[article_id]
                self._members.pop(article_id, None)
        self.changes = Changes()
        if self._kept_contents is not None:
            self._placed = {}
            for article_id in list(islice(self._members, max(0, len(self._members) - self._kept_contents))):
                del self._members[article_id]

    def restore(
        self,
        shard: ShardRecord,
        articles: Iterable[LiveArticle],
        events: Iterable[EventRecord],
    ) -> None:
        """Fill an empty collection from what the store has, in any order. Nothing counts as changed.

        Texts and placements are not needed: they are recalled when they are.

        Raises:
            ValueError: An article belongs to no event.
        """
        self._clock = shard.clock
        self._events = {record.event_id: _Event(record, set()) for record in events}
        for event_id, event in self._events.items():
            self._closings.note(event_id, _active_at(event.record))
        for live in articles:
            if live.event_id not in self._events:
                raise ValueError(f"article {live.article_id} is of event {live.event_id}, which is not there")
            self._keep(live)

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
        self._members.pop(article.article_id, None)
        self._members[article.article_id] = member  # the latest used stand last
        self._placed[article.article_id] = PlacedRecord(
            article_id=article.article_id,
            event_id=member.event_id,
            revision=article.revision,
            content_hash=article.content_hash,
            status=article.status,
        )
        self._keep(member.live)
        self.changes.articles.add(article.article_id)
        self.changes.placed.add(article.article_id)

    def _keep(self, live: LiveArticle) -> None:
        self._live[live.article_id] = live
        self._events[live.event_id].members.add(live.article_id)
        # A withdrawn text says nothing about which articles belong together.
        if not live.withdrawn:
            self._index.add(live.article_id, live.model, live.signals)

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
        self._closings.note(event_id, _active_at(record))
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
        self._closings.note(event_id, _active_at(event.record))
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
            {
                event_id
                for active_at, event_id in self._closings.passed(clock - self._live_for)
                if (event := self._events.get(event_id)) is not None
                and event.record.status is EventStatus.OPEN
                and _active_at(event.record) == active_at
            }
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


def _active_at(record: EventRecord) -> datetime:
    return record.active_at or record.updated_at


def _event_id(founder_id: str) -> str:
    """Stable id of the event that an article founds."""
    return "evt_" + hashlib.sha256(founder_id.encode()).hexdigest()[:20]
