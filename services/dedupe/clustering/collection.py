"""The live articles and events of one shard: places articles one by one, in the order of the log."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from services.contracts.article import Article
from services.contracts.embedded import EmbeddedArticle
from services.dedupe.clustering.cells import Cells
from services.dedupe.clustering.contents import Contents
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.event_clock import advanced, event_time
from services.dedupe.clustering.event_table import EventTable, founded_id
from services.dedupe.clustering.live_articles import LiveArticles
from services.dedupe.clustering.members import Derived, LiveArticle, Member, Standing, signals_of
from services.dedupe.clustering.memberships import chosen_membership, model_name
from services.dedupe.clustering.nearest import nearest_event
from services.dedupe.clustering.pair_probabilities import Odds
from services.dedupe.clustering.placement import Changes, Outcome, Placement
from services.dedupe.clustering.placing import choose
from services.dedupe.clustering.reclustering import Reclustering
from services.dedupe.clustering.records import ArticleRecord, EventRecord, PlacedRecord, ShardRecord
from services.dedupe.signals.article_rows import row_of
from services.dedupe.signals.background_corpus import BackgroundCorpus
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
        at_large: BackgroundCorpus | None = None,
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
                others have to be recalled (see `absent_members`) before their event is read. None: all stay, and
                where every article went, so that memory grows with all that ever came.
        """
        self._decision = decision
        self._statistics = statistics
        self._at_large = at_large
        self._live_for = None if live_days is None else timedelta(days=live_days)
        self._live = LiveArticles(decision, cells)
        self._contents = Contents(kept_contents)
        self._events = EventTable()
        self._clock: datetime | None = None
        self._sequence = 0
        self.changes = Changes()

    # Reading

    @property
    def live_articles(self) -> int:
        """How many articles are compared with new ones."""
        return len(self._live.index)

    @property
    def shard(self) -> ShardRecord:
        """State of the shard as a whole; small, save it every time."""
        return ShardRecord(clock=self._clock, sequence=self._sequence, term_bits=self._live.terms.bits)

    def event_ids(self) -> tuple[str, ...]:
        """Events in memory, ascending: the open ones, and those that ended since the last save."""
        return tuple(sorted(self._events))

    def __contains__(self, event_id: str) -> bool:
        return event_id in self._events

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
        return tuple(self._contents.member(article_id) for article_id in sorted(self._events.members(event_id)))

    def article_record(self, article_id: str) -> ArticleRecord:
        """Record of a live article, for the store.

        Raises:
            KeyError: It is not in memory whole; then it has not changed.
        """
        sequence = self._live.standing(article_id).sequence
        return self._contents.member(article_id).record(sequence, self._live.earlier_pairs(article_id))

    def live_article(self, article_id: str) -> LiveArticle:
        """What placing needs of a live article, for the store."""
        return self._live.stored(article_id)

    def placed_record(self, article_id: str) -> PlacedRecord:
        """Where an article went, live or not.

        Raises:
            KeyError: The article was never placed here, or that has to be recalled first.
        """
        return self._contents.placed(article_id)

    # Recalling what left memory

    def unknown(self, article_ids: Iterable[str]) -> list[str]:
        """Those whose placement has to be recalled, if the store has one, before they are placed; ascending."""
        return self._contents.unknown(article_ids)

    def absent(self, article_ids: Iterable[str]) -> list[str]:
        """Live articles that have to be recalled before they are revised; ascending."""
        return sorted(one for one in set(article_ids) if one in self._live and one not in self._contents)

    def absent_members(self, event_ids: Iterable[str]) -> list[str]:
        """Members that have to be recalled before these events are read; ascending."""
        return self.absent(article_id for event_id in event_ids for article_id in self._events.members(event_id))

    def absent_changed(self) -> list[str]:
        """Changed articles that have to be recalled before they are saved; ascending."""
        return self.absent(self.changes.placed)

    def derive(self, record: ArticleRecord) -> LiveArticle:
        """What placing needs of an article, computed anew from its record."""
        row = row_of(signals_of(record.embedded, self._statistics, self._at_large))
        member = Member(record.event_id, record.embedded, record.membership, Derived.again(record.embedded))
        standing = Standing(record.event_id, record.embedded.model, member.withdrawn, record.sequence)
        return LiveArticle.of(record.article_id, standing, row, record.near)

    def recall(self, articles: Iterable[ArticleRecord] = (), placed: Iterable[PlacedRecord] = ()) -> None:
        """Take back what the store has of articles; nothing counts as changed.

        Raises:
            KeyError: An article is not live.
        """
        self._contents.recall_placed(placed)
        for record in articles:
            event_id = self.event_of(record.article_id)
            member = Member(event_id, record.embedded, record.membership, Derived.again(record.embedded))
            self._contents.recall(member, moved=record.article_id in self.changes.placed)

    def event_of(self, article_id: str) -> str:
        """The event that a live article is in."""
        return self._live.standing(article_id).event_id

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
        article_id = article.article_id
        before = self._contents.find_placed(article_id)
        anew = self._is_embedded_anew(embedded, before)
        if before is not None and _is_known(article, before) and not anew:
            return Placement(article_id, before.event_id, Outcome.UNCHANGED, ())
        if derived is None or derived.row is None:
            derived = Derived.of(embedded, self._statistics, self._at_large)
        self._live.index.check(embedded.model, len(derived.lead))
        closed = self._advance_clock(article)
        if before is not None and not (article_id in self._live and self._events.is_open(self.event_of(article_id))):
            return Placement(article_id, before.event_id, Outcome.TOO_LATE, closed)
        self._sequence += 1
        outcome, member = self._settle(embedded, derived, revises=before is not None)
        outcome = Outcome.EMBEDDED_ANEW if anew else outcome
        regrouping = Reclustering(self._live, self._events, self._contents, self.changes)
        touched = regrouping.around(article, self._sequence, self._clock)
        if member.event_id in self._events:
            touched.add(member.event_id)
        else:  # what the article founded was taken up at once
            outcome = Outcome.JOINED
        for event_id in touched:
            self._touch(
                event_id, article, anew=anew, founded=outcome is Outcome.FOUNDED and event_id == member.event_id
            )
        self.changes.events |= {event_id for event_id in touched if self._events.is_open(event_id)}
        final = self.event_of(article_id)
        return Placement(article_id, final, outcome, (*closed, *sorted(touched - {final}), final))

    # Saving and restoring

    def mark_saved(self) -> None:
        """Everything in `changes` is in the store: forget it, and let closed events leave memory."""
        ended = self._events.forget_ended()
        self._live.forget(ended)
        self._contents.forget(ended)
        self._contents.mark_saved()
        self.changes = Changes()

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
        self._live.restore(articles, shard.term_bits, self._events.find_id)
        for article_id, standing in self._live:
            self._events.members(standing.event_id).add(article_id)

    # Steps

    def _is_embedded_anew(self, embedded: EmbeddedArticle, before: PlacedRecord | None) -> bool:
        """Whether this is a live article's own revision with vectors of another model than it has here."""
        article = embedded.extracted.article
        if before is None or article.article_id not in self._live:
            return False
        standing = self._live.standing(article.article_id)
        return (
            standing.model != embedded.model
            and article.revision == before.revision
            and _is_known(article, before)
            and self._events.is_open(standing.event_id)
        )

    def _settle(self, embedded: EmbeddedArticle, derived: Derived, *, revises: bool) -> tuple[Outcome, Member]:
        """Put an article into the event it fits, or leave it in its own if it is a revision."""
        article = embedded.extracted.article
        assert derived.row is not None
        self._live.take_out(article.article_id)
        pairs = self._live.compare(article.article_id, embedded.model, derived.row)
        if revises:
            outcome = Outcome.REVISED
            membership = self._contents.member(article.article_id).membership
            event_id = self.event_of(article.article_id)
        else:
            choice = choose(embedded.model, pairs, derived.row, self._live.partition)
            outcome = Outcome.FOUNDED if choice.event_id is None else Outcome.JOINED
            event_id = choice.event_id or founded_id(article.article_id)
            if choice.event_id is None:
                self._found(event_id, article.article_id, article)
            nearest = nearest_event(embedded, pairs, choice, self._live.partition)
            membership = chosen_membership(choice, nearest, self._decision.threshold, self._model_name(embedded.model))
        member = Member(event_id, embedded, membership, derived)
        self._add(member, derived, pairs.odds)
        return outcome, member

    def _add(self, member: Member, derived: Derived, near: Mapping[str, Odds]) -> None:
        article_id = member.article.article_id
        self._contents.put(member)
        standing = Standing(member.event_id, member.embedded.model, member.withdrawn, self._sequence)
        assert derived.row is not None
        self._live.add(article_id, standing, derived.row, near)
        self._events.members(member.event_id).add(article_id)
        self.changes.articles.add(article_id)
        self.changes.placed.add(article_id)

    def _touch(self, event_id: str, article: Article, *, anew: bool, founded: bool) -> None:
        if anew:  # nobody published anything: neither the event's time nor its closing moves
            record = self._events.record(event_id)
            self._events.touch(event_id, record.updated_at, record.active_at)
        else:
            self._events.touch(event_id, event_time(article), self._clock, counts=not founded)

    def _found(self, event_id: str, founder_id: str, article: Article) -> None:
        updated_at = event_time(article)
        self._events.found(event_id, founder_id, self._sequence, updated_at=updated_at, clock=self._clock)
        self.changes.events.add(event_id)

    # Closing

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
            self._live.take_out(article_id)
        self.changes.articles -= members
        self.changes.removed_articles |= members
        self.changes.events.discard(event_id)
        self.changes.removed_events.add(event_id)

    def _model_name(self, model: str) -> str:
        return model_name(self._decision.version, model)


def _is_known(article: Article, before: PlacedRecord) -> bool:
    if article.revision != before.revision:
        return article.revision < before.revision
    return article.content_hash == before.content_hash and article.status == before.status
