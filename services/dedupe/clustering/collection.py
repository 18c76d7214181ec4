"""The live articles and events of one shard: places articles one by one, in the order of the log."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from services.contracts.article import Article
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Membership
from services.dedupe.clustering.cells import Cells
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.event_clock import advanced, event_time
from services.dedupe.clustering.event_table import EventTable, founded_id, split_id
from services.dedupe.clustering.lineage import lineage_entries
from services.dedupe.clustering.live_index import LiveIndex
from services.dedupe.clustering.members import Derived, LiveArticle, Member
from services.dedupe.clustering.partition import Change, Odds, Partition, Step
from services.dedupe.clustering.placement import Changes, Outcome, Placement
from services.dedupe.clustering.placing import Choice, Pairs, choose, compare
from services.dedupe.clustering.records import ArticleRecord, EventRecord, PlacedRecord, ShardRecord
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.news_at_large import NewsAtLarge
from services.dedupe.signals.pair_signals import ArticleSignals
from services.dedupe.signals.terms import TermStatistics


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
        at_large: NewsAtLarge | None = None,
        cells: Cells | None = None,
        kept_contents: int | None = None,
    ) -> None:
        """An empty shard.

        Args:
            decision: Weights and thresholds.
            statistics: Background counts of terms.
            live_days: Days on the shard's clock after which an event that got no article closes; None: never.
            at_large: What similarities are measured against; None: all articles count as usual.
            cells: What a big collection is searched by; None: it is searched whole.
            kept_contents: Articles whose text and claims stay in memory when they are saved, the latest used; the
                others have to be recalled (see `absent_members`) before their event is read. None: all stay.
        """
        self._decision = decision
        self._statistics = statistics
        self._at_large = at_large
        self._live_for = None if live_days is None else timedelta(days=live_days)
        self._index = LiveIndex(cells)
        self._kept_contents = kept_contents
        self._live: dict[str, LiveArticle] = {}
        self._members: dict[str, Member] = {}  # whole: those not yet saved, and the latest used
        self._terms = LiveTerms()
        self._partition = Partition(decision, self._density)
        self._events = EventTable()
        self._placed: dict[str, PlacedRecord] = {}
        self._memberships: dict[str, Membership] = {}  # new ones of articles that have to be recalled first
        self._clock: datetime | None = None
        self._sequence = 0
        self.changes = Changes()

    # Reading

    @property
    def live_articles(self) -> int:
        """How many articles are compared with new ones."""
        return len(self._index)

    @property
    def shard(self) -> ShardRecord:
        """State of the shard as a whole; small, save it every time."""
        return ShardRecord(clock=self._clock, sequence=self._sequence)

    def event_ids(self) -> tuple[str, ...]:
        """Events in memory, ascending: the open ones, and those that ended since the last save."""
        return tuple(sorted(self._events))

    def event(self, event_id: str) -> EventRecord:
        """An event in memory.

        Raises:
            KeyError: It is not in memory (any more).
        """
        return self._events.record(event_id)

    def members(self, event_id: str) -> tuple[Member, ...]:
        """Its members, by article id.

        Raises:
            KeyError: The event is not in memory (any more), or a member has to be recalled first.
        """
        return tuple(self._members[article_id] for article_id in sorted(self._events.members(event_id)))

    def article_record(self, article_id: str) -> ArticleRecord:
        """Record of a live article, for the store.

        Raises:
            KeyError: It is not in memory whole; then it has not changed.
        """
        live = self._live[article_id]
        return self._members[article_id].record(live.sequence, live.near)

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
        return self.absent(article_id for event_id in event_ids for article_id in self._events.members(event_id))

    def derive(self, record: ArticleRecord) -> LiveArticle:
        """What placing needs of an article, computed anew from its record."""
        derived = Derived.of(record.embedded, self._statistics, self._at_large)
        return Member(record.event_id, record.embedded, record.membership, derived).live(record.sequence, record.near)

    def recall(self, articles: Iterable[ArticleRecord] = (), placed: Iterable[PlacedRecord] = ()) -> None:
        """Take back what the store has of articles; nothing counts as changed.

        Raises:
            KeyError: An article is not live.
        """
        self._placed |= {record.article_id: record for record in placed}
        for record in articles:
            live = self._live[record.article_id]
            derived = Derived.again(record.embedded, live.signals)
            membership = self._memberships.pop(record.article_id, record.membership)
            member = Member(live.event_id, record.embedded, membership, derived)
            self._members[record.article_id] = member
            if record.article_id in self.changes.placed:
                self._placed[record.article_id] = _placed(member)

    # Placing

    def place(self, embedded: EmbeddedArticle, derived: Derived | None = None) -> Placement:
        """Place one article: redelivered, revised, embedded by another model, or new.

        Args:
            embedded: The article.
            derived: What is computed from it alone, if somebody has done that.

        Raises:
            ValueError: A vector in it cannot be read or has other dimensions; nothing has changed then.
        """
        article = embedded.extracted.article
        before = self._placed.get(article.article_id)
        anew = self._is_embedded_anew(embedded, before)
        if before is not None and _is_known(article, before) and not anew:
            return Placement(article.article_id, before.event_id, Outcome.UNCHANGED, ())
        if derived is None:
            derived = Derived.of(embedded, self._statistics, self._at_large)
        self._index.check(embedded.model, derived.signals)
        closed = self._advance_clock(article)
        if before is not None and article.article_id not in self._live:
            return Placement(article.article_id, before.event_id, Outcome.TOO_LATE, closed)
        if before is not None and not self._events.is_open(self.event_of(article.article_id)):
            return Placement(article.article_id, before.event_id, Outcome.TOO_LATE, closed)
        self._sequence += 1
        self._take_out(article.article_id)
        pairs = self._compare(embedded.model, article.article_id, derived.signals)
        if before is None:
            outcome, member = self._join_or_found(embedded, derived, pairs)
        else:
            outcome = Outcome.EMBEDDED_ANEW if anew else Outcome.REVISED
            old = self._members[article.article_id]
            member = Member(self.event_of(article.article_id), embedded, old.membership, derived)
        self._add(member, pairs.near)
        touched = {member.event_id} | self._repair(article)
        for event_id in touched:
            if anew:  # nobody published anything: neither the event's time nor its closing moves
                record = self._events.record(event_id)
                self._events.touch(event_id, record.updated_at, record.active_at)
                continue
            founded = outcome is Outcome.FOUNDED and event_id == member.event_id
            self._events.touch(event_id, event_time(article), self._clock, counts=not founded)
        self.changes.events |= {event_id for event_id in touched if self._events.is_open(event_id)}
        final = self.event_of(article.article_id)
        return Placement(article.article_id, final, outcome, (*closed, *sorted(touched - {final}), final))

    # Saving and restoring

    def mark_saved(self) -> None:
        """Everything in `changes` is in the store: forget it, and let closed events leave memory."""
        for article_id in self._events.forget_ended():
            del self._live[article_id]
            self._members.pop(article_id, None)
            self._memberships.pop(article_id, None)
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
        self._sequence = shard.sequence
        self._events.restore(events)
        # In the order in which they came: each knows its pairs with those before it.
        for live in sorted(articles, key=lambda one: (one.sequence, one.article_id)):
            if live.event_id not in self._events:
                raise ValueError(f"article {live.article_id} is of event {live.event_id}, which is not there")
            self._keep(live)

    # Steps

    def _is_embedded_anew(self, embedded: EmbeddedArticle, before: PlacedRecord | None) -> bool:
        """Whether this is a live article's own revision with vectors of another model than it has here."""
        article = embedded.extracted.article
        live = self._live.get(article.article_id)
        return (
            live is not None
            and before is not None
            and live.model != embedded.model
            and article.revision == before.revision
            and _is_known(article, before)
            and self._events.is_open(live.event_id)
        )

    def _compare(self, model: str, article_id: str, signals: ArticleSignals) -> Pairs:
        density = self._index.density(signals, self._decision.window_days)
        self._terms.add(article_id, signals.terms)
        pairs = Pairs(article_id, signals, self, terms=self._terms, density=density, decision=self._decision)
        compare(model, pairs, signals, self._index, self._partition)
        self._terms.remove(article_id)
        return pairs

    def _join_or_found(self, embedded: EmbeddedArticle, derived: Derived, pairs: Pairs) -> tuple[Outcome, Member]:
        article = embedded.extracted.article
        choice = choose(embedded.model, pairs, derived.signals, self._partition)
        event_id = choice.event_id or founded_id(article.article_id)
        if choice.event_id is None:
            self._found(event_id, article.article_id, article)
        membership = self._membership(choice, embedded.model)
        outcome = Outcome.FOUNDED if choice.event_id is None else Outcome.JOINED
        return outcome, Member(event_id, embedded, membership, derived)

    def _take_out(self, article_id: str) -> None:
        self._index.remove(article_id)
        self._terms.remove(article_id)
        self._partition.remove(article_id)

    def _add(self, member: Member, near: Mapping[str, Odds]) -> None:
        article = member.article
        self._members.pop(article.article_id, None)
        self._members[article.article_id] = member  # the latest used stand last
        self._placed[article.article_id] = _placed(member)
        self._keep(member.live(self._sequence, {} if member.withdrawn else near))
        self.changes.articles.add(article.article_id)
        self.changes.placed.add(article.article_id)

    def _keep(self, live: LiveArticle) -> None:
        self._live[live.article_id] = live
        self._events.members(live.event_id).add(live.article_id)
        # A withdrawn text says nothing about which articles belong together.
        if not live.withdrawn:
            self._index.add(live.article_id, live.model, live.signals)
            self._terms.add(live.article_id, live.signals.terms)
            self._partition.add(live.article_id, live.event_id, live.signals.day, live.model, live.near)

    def _found(self, event_id: str, founder_id: str, article: Article) -> None:
        updated_at = event_time(article)
        self._events.found(event_id, founder_id, self._sequence, updated_at=updated_at, clock=self._clock)
        self.changes.events.add(event_id)

    def _density(self, day: float | None) -> int:
        return len(self._index) if day is None else self._index.near(day, self._decision.window_days)

    # Repair

    def _repair(self, article: Article) -> set[str]:
        """Look again at what is around an article that came; ids of the events that changed."""
        if article.article_id not in self._partition:
            return set()

        def split_off(article_id: str) -> str:
            event_id = split_id(article_id, self._sequence)
            while event_id in self._events:  # split off, merged and split off again by one placement
                event_id = split_id(event_id, self._sequence)
            self._found(event_id, article_id, article)
            return event_id

        touched: set[str] = set()
        for step in self._partition.repair(article.article_id, self._events.age, split_off):
            self._apply(step, article.article_id)
            touched |= {step.source, step.target}
        return touched

    def _apply(self, step: Step, because: str) -> None:
        merged = step.change is Change.MERGE
        founder = self._events.record(step.source).founder_id
        for article_id in sorted(self._events.members(step.source)) if merged else step.articles:
            # What was said of the others when they came still holds.
            retold = not merged or article_id == founder
            self._move(article_id, step, self._moved_membership(article_id, step) if retold else None)
        for event_id, entry in zip(
            (step.source, step.target), lineage_entries(step, because, self._decision.threshold), strict=True
        ):
            self._events.tell(event_id, entry)
        if merged:
            self._events.merge(step.source, step.target)
            self.changes.events.discard(step.source)
            self.changes.removed_events.add(step.source)

    def _move(self, article_id: str, step: Step, membership: Membership | None) -> None:
        self._events.members(step.source).discard(article_id)
        self._events.members(step.target).add(article_id)
        self._live[article_id] = replace(self._live[article_id], event_id=step.target)
        member = self._members.get(article_id)
        if member is not None:
            member = replace(member, event_id=step.target, membership=membership or member.membership)
            self._members[article_id] = member
            self._placed[article_id] = _placed(member)
        elif membership is not None:
            self._memberships[article_id] = membership
        self.changes.articles.add(article_id)
        self.changes.placed.add(article_id)

    def _moved_membership(self, article_id: str, step: Step) -> Membership:
        live = self._live[article_id]
        split = step.change is Change.SPLIT
        signals: dict[str, float] = {}
        if article_id in self._partition and not split:
            density = self._index.density(live.signals, self._decision.window_days)
            pairs = Pairs(article_id, live.signals, self, terms=self._terms, density=density, decision=self._decision)
            speakers = self._partition.speakers(step.target, live.signals.day, live.model)
            best = min(
                ((-value, other) for other, value in self._partition.near(article_id).items() if other in speakers),
                default=None,
            )
            pairs.compare([] if best is None else [best[1]])
            signals = pairs.signals_with(speakers)
        return Membership(
            score=None if split else round(step.score, 6),
            threshold=self._decision.threshold,
            signals=signals,
            runner_up=step.source if step.change is not Change.MERGE else None,
            runner_up_score=round(step.before, 6) if step.change is not Change.MERGE else None,
            model=f"weights {self._decision.version}, {live.model}",
        )

    def _advance_clock(self, article: Article) -> tuple[str, ...]:
        """Move the clock and close what it has passed; ids of the events that closed, ascending."""
        clock = advanced(self._clock, article)
        if clock == self._clock or clock is None:
            return ()
        self._clock = clock
        if self._live_for is None:
            return ()
        ended = self._events.ended(clock, self._live_for)
        for event_id in ended:
            self._close(event_id)
        return tuple(ended)

    def _close(self, event_id: str) -> None:
        self._events.close(event_id)
        members = self._events.members(event_id)
        for article_id in members:
            self._take_out(article_id)
        self.changes.articles -= members
        self.changes.removed_articles |= members
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


def _placed(member: Member) -> PlacedRecord:
    article = member.article
    return PlacedRecord(
        article_id=article.article_id,
        event_id=member.event_id,
        revision=article.revision,
        content_hash=article.content_hash,
        status=article.status,
    )
