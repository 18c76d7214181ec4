"""The live articles and events of one shard: places articles one by one, in the order of the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from services.contracts.embedded import EmbeddedArticle
from services.dedupe.clustering.article_cache import ArticleCache, WholeArticle
from services.dedupe.clustering.cells import Cells
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.event_table import founded_id
from services.dedupe.clustering.live_article import LiveArticle, Standing, is_withdrawn, signals_of
from services.dedupe.clustering.live_articles import LiveArticles
from services.dedupe.clustering.memberships import chosen_membership, model_name
from services.dedupe.clustering.nearest import nearest_event
from services.dedupe.clustering.placement import Changes, Joined, Outcome, Placement
from services.dedupe.clustering.placing import choose
from services.dedupe.clustering.reclustering import Reclustering
from services.dedupe.clustering.records import ArticleRecord, EventRecord, PlacedRecord, ShardRecord
from services.dedupe.clustering.shard_state import ShardState
from services.dedupe.signals.article_rows import Rows, row_of
from services.dedupe.signals.background_corpus import BackgroundCorpus
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
        at_large: BackgroundCorpus | None = None,
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
        self._state = ShardState(LiveArticles(decision, cells), ArticleCache(kept_articles))

    # Reading

    @property
    def changes(self) -> Changes:
        """What changed since the last save."""
        return self._state.changes

    @property
    def live_articles(self) -> int:
        """How many articles are compared with new ones."""
        return len(self._state.live.index)

    @property
    def record(self) -> ShardRecord:
        """State of the shard as a whole; small, save it every time."""
        state = self._state
        return ShardRecord(clock=state.clock, sequence=state.sequence, term_bits=state.live.terms.bits)

    def event_ids(self) -> tuple[str, ...]:
        """Events in memory, ascending: the open ones, and those that ended since the last save."""
        return tuple(sorted(self._state.events))

    def event(self, event_id: str) -> EventRecord:
        """An event in memory. Raises KeyError if it is not (any more)."""
        return self._state.events.record(event_id)

    def event_of(self, article_id: str) -> str:
        """The event that an article is in. Raises as `placed_record`."""
        live = self._state.live
        return live.event_of(article_id) if article_id in live else self.placed_record(article_id).event_id

    def members(self, event_id: str) -> tuple[WholeArticle, ...]:
        """Its articles, by id. Raises KeyError if one has to be recalled first."""
        return tuple(self._state.cache.get(article_id) for article_id in sorted(self._state.live.members(event_id)))

    def then(self, joined: Joined) -> WholeArticle:
        """The whole of an article as it was when it joined. Raises KeyError if it has to be recalled first."""
        return self._state.cache.then(joined)

    def article_record(self, article_id: str) -> ArticleRecord:
        """Record of a live article, for the store. Raises KeyError if it is not in memory; then it has not changed."""
        whole, standing = self._state.cache.get(article_id), self._state.live.standing(article_id)
        near = sorted(self._state.live.earlier_pairs(article_id).items())
        return ArticleRecord(
            event_id=standing.event_id,
            embedded=whole.embedded,
            membership=whole.membership,
            sequence=standing.sequence,
            near={other: (odds[0], odds[1]) for other, odds in near},
        )

    def live_article(self, article_id: str) -> LiveArticle:
        """What placing needs of a live article, for the store."""
        return self._state.live.stored(article_id)

    def placed_record(self, article_id: str) -> PlacedRecord:
        """Where an article went, live or not. Raises KeyError if it never came, or has to be recalled first."""
        found = self._state.find_placed(article_id)
        if found is None:
            raise KeyError(article_id)
        return found

    # Recalling what left memory

    def wanted(self, article_ids: Iterable[str]) -> Wanted:
        """What must be recalled before these articles are placed: known ones may come again, or be revised."""
        ids = sorted({one for one in article_ids if self._state.find_placed(one) is None})
        live = self._state.live
        return Wanted([one for one in ids if one in live], [one for one in ids if one not in live])

    def absent(self) -> list[str]:
        """Articles that changed their event and must be recalled before that is told and saved; ascending."""
        return sorted(one for one in self.changes.placed if one in self._state.live and one not in self._state.cache)

    def recall(self, articles: Iterable[ArticleRecord] = (), placed: Iterable[PlacedRecord] = ()) -> None:
        """Take back what the store has of articles; nothing counts as changed."""
        self._state.cache.recall((WholeArticle(record.embedded, record.membership) for record in articles), placed)

    def derive(self, record: ArticleRecord) -> LiveArticle:
        """What placing needs of an article, computed anew from its record."""
        withdrawn = is_withdrawn(record.embedded.extracted.article)
        standing = Standing(record.event_id, record.embedded.model, withdrawn, record.sequence)
        return LiveArticle.of(record.article_id, standing, self._row(record.embedded), record.near)

    # Placing

    def place(self, embedded: EmbeddedArticle, row: Rows | None = None) -> Placement:
        """Place one article: redelivered, revised, embedded by another model, or new.

        Args:
            embedded: The article.
            row: What it is compared by, if somebody has computed that.

        Raises:
            ValueError: A vector in it cannot be read or has other dimensions; nothing has changed then.
        """
        state, article = self._state, embedded.extracted.article
        article_id = article.article_id
        before = state.find_placed(article_id)
        anew = self._is_embedded_anew(embedded, before)
        if before is not None and before.covers(article) and not anew:
            return Placement(article_id, before.event_id, Outcome.UNCHANGED, ())
        row = self._row(embedded) if row is None else row
        state.live.index.check(embedded.model, row.dtype["lead"].shape[0])
        closed = state.advance_clock(article, self._live_for)
        if before is not None and not (article_id in state.live and state.events.is_open(before.event_id)):
            return Placement(article_id, before.event_id, Outcome.TOO_LATE, tuple(closed))
        state.sequence += 1
        outcome = self._settle(embedded, row, before)
        settled = state.live.event_of(article_id)
        regrouping = Reclustering(state)
        touched = regrouping.around(article, state.sequence, state.clock)
        if settled in state.events:
            touched.add(settled)
        else:  # what the article founded was taken up at once
            outcome = Outcome.JOINED
        for event_id in sorted(touched):
            state.touch(event_id, article, anew=anew)
        final = state.live.event_of(article_id)
        origins = {**regrouping.moved_from, article_id: None if before is None else before.event_id}
        changes = state.told((*sorted(touched - {final}), final), origins)
        return Placement(article_id, final, Outcome.EMBEDDED_ANEW if anew else outcome, (*closed, *changes))

    # Saving and restoring

    def mark_saved(self) -> None:
        """Everything in `changes` is in the store: forget it, and let closed events leave memory."""
        self._state.mark_saved()

    def restore(self, shard: ShardRecord, articles: Iterable[LiveArticle], events: Iterable[EventRecord]) -> None:
        """Fill an empty shard from what the store has, in any order. Nothing counts as changed.

        Texts and placements are not needed: they are recalled when they are.

        Raises:
            ValueError: An article belongs to no event.
        """
        self._state.clock = shard.clock
        self._state.sequence = shard.sequence
        self._state.events.restore(events)
        self._state.live.restore(articles, shard.term_bits, self._state.events.find_id)

    def _row(self, embedded: EmbeddedArticle) -> Rows:
        return row_of(signals_of(embedded, self._statistics, self._at_large))

    def _is_embedded_anew(self, embedded: EmbeddedArticle, before: PlacedRecord | None) -> bool:
        """Whether this is a live article's own revision with vectors of another model than it has here."""
        article = embedded.extracted.article
        if before is None or article.article_id not in self._state.live:
            return False
        return (
            self._state.live.standing(article.article_id).model != embedded.model
            and article.revision == before.revision
            and before.covers(article)
            and self._state.events.is_open(before.event_id)
        )

    def _settle(self, embedded: EmbeddedArticle, row: Rows, before: PlacedRecord | None) -> Outcome:
        """Put an article into the event it fits, or leave it in its own if it is a revision."""
        live, article = self._state.live, embedded.extracted.article
        live.take_out(article.article_id)
        pairs = live.compare(article.article_id, embedded.model, row)
        if before is not None:
            outcome, event_id = Outcome.REVISED, before.event_id
            membership = self._state.cache.get(article.article_id).membership
        else:
            choice = choose(embedded.model, pairs, row, live.partition)
            outcome = Outcome.FOUNDED if choice.event_id is None else Outcome.JOINED
            event_id = choice.event_id or founded_id(article.article_id)
            if choice.event_id is None:
                self._state.found(event_id, article)
            nearest = nearest_event(embedded, pairs, choice, live.partition)
            model = model_name(self._decision.version, embedded.model)
            membership = chosen_membership(choice, nearest, self._decision.threshold, model)
        standing = Standing(event_id, embedded.model, is_withdrawn(article), self._state.sequence)
        live.add(article.article_id, standing, row, pairs.odds)
        self._state.keep(embedded, membership)
        return outcome
