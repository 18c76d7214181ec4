"""The live articles and events of one shard: places articles one by one, in the order of the log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.contracts.article import Article
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Membership
from services.dedupe.clustering.article_cache import ArticleCache, WholeArticle
from services.dedupe.clustering.cells import Cells
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.event_clock import advanced, event_time
from services.dedupe.clustering.event_table import EventTable, founded_id
from services.dedupe.clustering.live_article import LiveArticle, Standing, is_withdrawn, signals_of
from services.dedupe.clustering.live_articles import LiveArticles
from services.dedupe.clustering.memberships import chosen_membership, model_name
from services.dedupe.clustering.nearest import nearest_event
from services.dedupe.clustering.placement import Changes, EventChange, Joined, Outcome, Placement
from services.dedupe.clustering.placing import choose
from services.dedupe.clustering.records import ArticleRecord, EventRecord, PlacedRecord, ShardRecord
from services.dedupe.clustering.regrouping import Regrouping
from services.dedupe.signals.article_rows import row_of
from services.dedupe.signals.news_at_large import NewsAtLarge
from services.dedupe.signals.pair_signals import Rows
from services.dedupe.signals.terms import TermStatistics


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the store is asked for, by article id, ascending; it need not have it."""

    articles: list[str]
    placed: list[str]


class Shard:
    """State of one shard.

    Deterministic: what comes out depends on the articles and their order alone, neither on how they were cut
    into batches nor on whether the shard was saved and restored in between.

    Who keeps it in a store asks `wanted` before a batch, places it, asks `absent` after it, gives back both times what
    the store has (`recall`), tells the changes, saves what `changes` names, and says so (`mark_saved`).
    """

    def __init__(
        self,
        decision: Decision,
        statistics: TermStatistics,
        *,
        live_days: float | None = 7.0,
        at_large: NewsAtLarge | None = None,
        cells: Cells | None = None,
        kept_articles: int | None = None,
    ) -> None:
        """An empty shard.

        Args:
            decision: Weights and thresholds.
            statistics: Background counts of terms.
            live_days: Days on the shard's clock after which an event that got no article closes; None: never.
            at_large: What similarities are measured against; None: all articles count as usual.
            cells: What a big collection is searched by; None: it is searched whole.
            kept_articles: Articles whose text and claims stay in memory when they are saved, the latest used. None:
                all stay, and where every article went, so that memory grows with all that ever came.
        """
        self._decision = decision
        self._statistics = statistics
        self._at_large = at_large
        self._live_for = None if live_days is None else timedelta(days=live_days)
        self._live = LiveArticles(decision, cells)
        self._cache = ArticleCache(kept_articles)
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
    def record(self) -> ShardRecord:
        """State of the shard as a whole; small, save it every time."""
        return ShardRecord(clock=self._clock, sequence=self._sequence, term_bits=self._live.terms.bits)

    def event_ids(self) -> tuple[str, ...]:
        """Events in memory, ascending: the open ones, and those that ended since the last save."""
        return tuple(sorted(self._events))

    def event(self, event_id: str) -> EventRecord:
        """An event in memory. Raises KeyError if it is not (any more)."""
        return self._events.record(event_id)

    def event_of(self, article_id: str) -> str:
        """The event that an article is in. Raises as `placed_record`."""
        return self._live.event_of(article_id) if article_id in self._live else self.placed_record(article_id).event_id

    def members(self, event_id: str) -> tuple[WholeArticle, ...]:
        """Its articles, by id. Raises KeyError if one has to be recalled first."""
        return tuple(self._cache.get(article_id) for article_id in sorted(self._live.members(event_id)))

    def then(self, joined: Joined) -> WholeArticle:
        """The whole of an article as it was when it joined. Raises KeyError if it has to be recalled first."""
        return self._cache.then(joined)

    def article_record(self, article_id: str) -> ArticleRecord:
        """Record of a live article, for the store. Raises KeyError if it is not in memory; then it has not changed."""
        whole, standing = self._cache.get(article_id), self._live.standing(article_id)
        return ArticleRecord(
            event_id=standing.event_id,
            embedded=whole.embedded,
            membership=whole.membership,
            sequence=standing.sequence,
            near={other: (odds[0], odds[1]) for other, odds in sorted(self._live.earlier_pairs(article_id).items())},
        )

    def live_article(self, article_id: str) -> LiveArticle:
        """What placing needs of a live article, for the store."""
        return self._live.stored(article_id)

    def placed_record(self, article_id: str) -> PlacedRecord:
        """Where an article went, live or not. Raises KeyError if it never came, or has to be recalled first."""
        found = self._find_placed(article_id)
        if found is None:
            raise KeyError(article_id)
        return found

    # Recalling what left memory

    def wanted(self, article_ids: Iterable[str]) -> Wanted:
        """What must be recalled before these articles are placed: known ones may come again, or be revised."""
        ids = {one for one in article_ids if self._find_placed(one) is None}
        return Wanted(
            sorted(one for one in ids if one in self._live), sorted(one for one in ids if one not in self._live)
        )

    def absent(self) -> list[str]:
        """Articles that changed their event and must be recalled before that is told and saved; ascending."""
        return sorted(one for one in self.changes.placed if one in self._live and one not in self._cache)

    def recall(self, articles: Iterable[ArticleRecord] = (), placed: Iterable[PlacedRecord] = ()) -> None:
        """Take back what the store has of articles; nothing counts as changed."""
        self._cache.recall((WholeArticle(record.embedded, record.membership) for record in articles), placed)

    def derive(self, record: ArticleRecord) -> LiveArticle:
        """What placing needs of an article, computed anew from its record."""
        embedded = record.embedded
        withdrawn = is_withdrawn(embedded.extracted.article)
        standing = Standing(record.event_id, embedded.model, withdrawn, record.sequence)
        return LiveArticle.of(record.article_id, standing, self._row(embedded), record.near)

    # Placing

    def place(self, embedded: EmbeddedArticle, row: Rows | None = None) -> Placement:
        """Place one article: redelivered, revised, embedded by another model, or new.

        Args:
            embedded: The article.
            row: What it is compared by, if somebody has computed that.

        Raises:
            ValueError: A vector in it cannot be read or has other dimensions; nothing has changed then.
        """
        article = embedded.extracted.article
        article_id = article.article_id
        before = self._find_placed(article_id)
        anew = self._is_embedded_anew(embedded, before)
        if before is not None and _is_known(article, before) and not anew:
            return Placement(article_id, before.event_id, Outcome.UNCHANGED, ())
        row = self._row(embedded) if row is None else row
        self._live.index.check(embedded.model, row.dtype["lead"].shape[0])
        closed = self._advance_clock(article)
        if before is not None and not (article_id in self._live and self._events.is_open(before.event_id)):
            return Placement(article_id, before.event_id, Outcome.TOO_LATE, closed)
        self._sequence += 1
        outcome = self._settle(embedded, row, before)
        regrouping = Regrouping(self._live, self._events, self._cache, self.changes)
        settled = self._live.event_of(article_id)
        touched = regrouping.around(article, self._sequence, self._clock)
        if settled in self._events:
            touched.add(settled)
        else:  # what the article founded was taken up at once
            outcome = Outcome.JOINED
        for event_id in sorted(touched):
            self._touch(event_id, article, anew=anew)
        self.changes.events |= {event_id for event_id in touched if self._events.is_open(event_id)}
        final = self._live.event_of(article_id)
        origins = {**regrouping.moved_from, article_id: None if before is None else before.event_id}
        changes = self._told((*sorted(touched - {final}), final), origins)
        return Placement(article_id, final, Outcome.EMBEDDED_ANEW if anew else outcome, (*closed, *changes))

    # Saving and restoring

    def mark_saved(self) -> None:
        """Everything in `changes` is in the store: forget it, and let closed events leave memory."""
        for event_id in self._events.forget_ended():
            members = sorted(self._live.members(event_id))
            self._live.forget(members)
            for article_id in members:
                self._cache.end(article_id, event_id)
        self._cache.mark_saved()
        self.changes = Changes()

    def restore(self, shard: ShardRecord, articles: Iterable[LiveArticle], events: Iterable[EventRecord]) -> None:
        """Fill an empty shard from what the store has, in any order. Nothing counts as changed.

        Texts and placements are not needed: they are recalled when they are.

        Raises:
            ValueError: An article belongs to no event.
        """
        self._clock = shard.clock
        self._sequence = shard.sequence
        self._events.restore(events)
        self._live.restore(articles, shard.term_bits, self._events.find_id)

    # Steps

    def _row(self, embedded: EmbeddedArticle) -> Rows:
        return row_of(signals_of(embedded, self._statistics, self._at_large))

    def _find_placed(self, article_id: str) -> PlacedRecord | None:
        if article_id not in self._live:
            return self._cache.find_placed(article_id)
        if article_id not in self._cache:
            return None
        return self._cache.get(article_id).placed(self._live.event_of(article_id))

    def _is_embedded_anew(self, embedded: EmbeddedArticle, before: PlacedRecord | None) -> bool:
        """Whether this is a live article's own revision with vectors of another model than it has here."""
        article = embedded.extracted.article
        if before is None or article.article_id not in self._live:
            return False
        return (
            self._live.standing(article.article_id).model != embedded.model
            and article.revision == before.revision
            and _is_known(article, before)
            and self._events.is_open(before.event_id)
        )

    def _settle(self, embedded: EmbeddedArticle, row: Rows, before: PlacedRecord | None) -> Outcome:
        """Put an article into the event it fits, or leave it in its own if it is a revision."""
        article = embedded.extracted.article
        self._live.take_out(article.article_id)
        pairs = self._live.compare(embedded.model, row)
        if before is not None:
            outcome, event_id = Outcome.REVISED, before.event_id
            membership = self._cache.get(article.article_id).membership
        else:
            choice = choose(embedded.model, pairs, row, self._live.partition)
            outcome = Outcome.FOUNDED if choice.event_id is None else Outcome.JOINED
            event_id = choice.event_id or founded_id(article.article_id)
            if choice.event_id is None:
                self._found(event_id, article)
            nearest = nearest_event(embedded, pairs, choice, self._live.partition)
            model = model_name(self._decision.version, embedded.model)
            membership = chosen_membership(choice, nearest, self._decision.threshold, model)
        standing = Standing(event_id, embedded.model, is_withdrawn(article), self._sequence)
        self._live.add(article.article_id, standing, row, pairs.near)
        self._keep(embedded, membership)
        return outcome

    def _keep(self, embedded: EmbeddedArticle, membership: Membership) -> None:
        article_id = embedded.extracted.article.article_id
        self._cache.put(embedded, membership)
        self.changes.articles.add(article_id)
        self.changes.placed.add(article_id)

    def _found(self, event_id: str, article: Article) -> None:
        updated_at = event_time(article)
        self._events.found(event_id, article.article_id, self._sequence, updated_at=updated_at, clock=self._clock)
        self.changes.events.add(event_id)

    def _touch(self, event_id: str, article: Article, *, anew: bool) -> None:
        updated_at, clock = event_time(article), self._clock
        if anew:  # nobody published anything: neither the event's time nor its closing moves
            record = self._events.record(event_id)
            updated_at, clock = record.updated_at, record.active_at
        self._events.touch(event_id, updated_at, clock, self._live.members(event_id), sequence=self._sequence)

    def _told(self, event_ids: Iterable[str], origins: Mapping[str, str | None]) -> list[EventChange]:
        """What a placement did to each of the events. `origins`: where articles that came or moved were before."""
        joined: dict[str, list[Joined]] = {}
        left: dict[str, list[str]] = {}
        for article_id, origin in sorted(origins.items()):
            event_id = self._live.event_of(article_id)
            joined.setdefault(event_id, []).append(self._cache.now(article_id))
            if origin is not None and origin != event_id:
                left.setdefault(origin, []).append(article_id)
        return [self._change(one, joined.get(one, ()), left.get(one, ())) for one in event_ids]

    def _change(self, event_id: str, joined: Iterable[Joined] = (), left: Iterable[str] = ()) -> EventChange:
        members = len(self._live.members(event_id))
        return EventChange(self._events.record(event_id), tuple(joined), tuple(left), members)

    # Closing

    def _advance_clock(self, article: Article) -> list[EventChange]:
        """Move the clock and close what it has passed; the events that closed, by id."""
        clock = advanced(self._clock, article)
        if clock == self._clock or clock is None:
            return []
        self._clock = clock
        if self._live_for is None:
            return []
        return [self._close(event_id) for event_id in self._events.ended(clock, self._live_for)]

    def _close(self, event_id: str) -> EventChange:
        self._events.close(event_id)
        members = self._live.members(event_id)
        for article_id in sorted(members):
            self._live.take_out(article_id)
        self.changes.articles -= members
        self.changes.removed_articles |= members
        self.changes.events.discard(event_id)
        self.changes.removed_events.add(event_id)
        return self._change(event_id)


def _is_known(article: Article, before: PlacedRecord) -> bool:
    if article.revision != before.revision:
        return article.revision < before.revision
    return article.content_hash == before.content_hash and article.status == before.status
