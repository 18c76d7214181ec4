"""The live articles and events of one shard: places articles one by one, in the order of the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from services.contracts.embedded import EmbeddedArticle
from services.dedupe.clustering.article_cache import ArticleCache, ArticleWithMembership
from services.dedupe.clustering.cells import VectorCells
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.event_table import hash_event_id
from services.dedupe.clustering.live_article import LiveArticleRecord, LivePlacement, signals_of_embedded_article
from services.dedupe.clustering.live_articles import LiveArticles
from services.dedupe.clustering.memberships import build_placement_membership, describe_model
from services.dedupe.clustering.nearest import find_nearest_event
from services.dedupe.clustering.placement import JoinedArticle, Outcome, Placement, UnsavedChanges
from services.dedupe.clustering.placing import choose_event
from services.dedupe.clustering.reclustering import Reclustering
from services.dedupe.clustering.records import ArticleRecord, EventRecord, PlacedRecord, ShardRecord
from services.dedupe.clustering.shard_state import ShardState
from services.dedupe.signals.article_rows import Rows, build_row
from services.dedupe.signals.background_corpus import BackgroundCorpus
from services.dedupe.signals.terms import TermStatistics


@dataclass(frozen=True, slots=True)
class RecordsToLoad:
    """What the store is asked for, by article id, ascending; it need not have it."""

    articles: list[str]
    placed: list[str]


class Shard:
    """State of one shard.

    Deterministic: what comes out depends on the articles and their order alone, neither on how they were cut
    into batches nor on whether the shard was saved and restored in between.

    Who keeps it in a store asks before a batch which records it needs (`list_records_to_recall`), and after it which
    articles (`list_changed_articles_to_recall`); gives it both times what the store has (`add_loaded_records`);
    publishes the changes, saves what `changes` names, and says so (`mark_saved`).
    """

    def __init__(
        self,
        decision: Decision,
        term_statistics: TermStatistics,
        *,
        live_days: float | None = 7.0,
        background_corpus: BackgroundCorpus | None = None,
        cells: VectorCells | None = None,
        kept_articles: int | None = None,
    ) -> None:
        """An empty shard.

        Args:
            decision: Weights and thresholds.
            term_statistics: Background counts of terms.
            live_days: Days on the shard's clock after which an event that got no article closes; None: never.
            background_corpus: What similarities are measured against; None: all articles count as usual.
            cells: What a big collection is searched by; None: it is searched whole.
            kept_articles: Articles whose text and claims stay in memory when they are saved, the latest used. None:
                all stay, and where every article went, so that memory grows with all that ever came.
        """
        self._decision = decision
        self._statistics = term_statistics
        self._background_corpus = background_corpus
        self._live_for = None if live_days is None else timedelta(days=live_days)
        self._state = ShardState(LiveArticles(decision, cells), ArticleCache(kept_articles))

    # Reading

    @property
    def changes(self) -> UnsavedChanges:
        """What changed since the last save."""
        return self._state.changes

    @property
    def live_article_count(self) -> int:
        """How many articles are compared with new ones."""
        return len(self._state.live.index)

    @property
    def shard_record(self) -> ShardRecord:
        """State of the shard as a whole; small, save it every time."""
        state = self._state
        return ShardRecord(clock=state.clock, sequence=state.sequence, term_bits=state.live.terms.bits)

    def event_ids(self) -> tuple[str, ...]:
        """Events in memory, ascending: the open ones, and those that ended since the last save."""
        return tuple(sorted(self._state.events))

    def event_record(self, event_id: str) -> EventRecord:
        """An event in memory. Raises KeyError if it is not (any more)."""
        return self._state.events.event_record(event_id)

    def event_id_of(self, article_id: str) -> str:
        """The event that an article is in. Raises as `placed_record`."""
        live = self._state.live
        return live.event_id_of(article_id) if article_id in live else self.placed_record(article_id).event_id

    def members(self, event_id: str) -> tuple[ArticleWithMembership, ...]:
        """Its articles, by id. Raises KeyError if one has to be recalled first."""
        return tuple(
            self._state.cache.get_article(article_id) for article_id in sorted(self._state.live.member_ids(event_id))
        )

    def article_when_joined(self, joined_article: JoinedArticle) -> ArticleWithMembership:
        """The whole of an article as it was when it joined. Raises KeyError if it has to be recalled first."""
        return self._state.cache.article_when_joined(joined_article)

    def article_record(self, article_id: str) -> ArticleRecord:
        """Record of a live article, for the store. Raises KeyError if it is not in memory; then it has not changed."""
        whole, standing = self._state.cache.get_article(article_id), self._state.live.live_status_of(article_id)
        near = sorted(self._state.live.odds_with_earlier_articles(article_id).items())
        return ArticleRecord(
            event_id=standing.event_id,
            embedded=whole.embedded,
            membership=whole.membership,
            sequence=standing.sequence,
            near={other: (odds[0], odds[1]) for other, odds in near},
        )

    def live_article_record(self, article_id: str) -> LiveArticleRecord:
        """What placing needs of a live article, for the store."""
        return self._state.live.build_live_article_record(article_id)

    def placed_record(self, article_id: str) -> PlacedRecord:
        """Where an article went, live or not. Raises KeyError if it never came, or has to be recalled first."""
        found = self._state.find_placed_record(article_id)
        if found is None:
            raise KeyError(article_id)
        return found

    # Recalling what left memory

    def list_records_to_recall(self, article_ids: Iterable[str]) -> RecordsToLoad:
        """What must be recalled before these articles are placed: known ones may come again, or be revised."""
        ids = sorted({one for one in article_ids if self._state.find_placed_record(one) is None})
        live = self._state.live
        return RecordsToLoad([one for one in ids if one in live], [one for one in ids if one not in live])

    def list_changed_articles_to_recall(self) -> list[str]:
        """Articles that changed their event and must be recalled before that is told and saved; ascending."""
        return sorted(one for one in self.changes.placed if one in self._state.live and one not in self._state.cache)

    def add_loaded_records(
        self, article_records: Iterable[ArticleRecord] = (), placed_records: Iterable[PlacedRecord] = ()
    ) -> None:
        """Take back what the store has of articles; nothing counts as changed."""
        self._state.cache.add_loaded_articles(
            (ArticleWithMembership(record.embedded, record.membership) for record in article_records), placed_records
        )

    def recompute_live_article_record(self, article_record: ArticleRecord) -> LiveArticleRecord:
        """What placing needs of an article, computed anew from its record."""
        withdrawn = article_record.embedded.extracted.article.is_withdrawn
        standing = LivePlacement(
            article_record.event_id, article_record.embedded.model, withdrawn, article_record.sequence
        )
        return LiveArticleRecord.from_parts(
            article_record.article_id, standing, self._build_article_row(article_record.embedded), article_record.near
        )

    # Placing

    def place_article(self, embedded_article: EmbeddedArticle, row: Rows | None = None) -> Placement:
        """Place one article: redelivered, revised, embedded by another model, or new.

        Args:
            embedded_article: The article.
            row: What it is compared by, if somebody has computed that.

        Raises:
            ValueError: A vector in it cannot be read or has other dimensions; nothing has changed then.
        """
        state, article = self._state, embedded_article.extracted.article
        article_id = article.article_id
        before = state.find_placed_record(article_id)
        anew = self._has_only_new_vectors(embedded_article, before)
        if before is not None and before.covers_revision_of(article) and not anew:
            return Placement(article_id, before.event_id, Outcome.UNCHANGED, ())
        row = self._build_article_row(embedded_article) if row is None else row
        state.live.index.check_dimensions(embedded_article.model, row.dtype["lead"].shape[0])
        closed = state.advance_clock_and_close_events(article, self._live_for)
        if before is not None and not (article_id in state.live and state.events.is_open(before.event_id)):
            return Placement(article_id, before.event_id, Outcome.TOO_LATE, tuple(closed))
        state.sequence += 1
        outcome = self._join_or_found_event(embedded_article, row, before)
        settled = state.live.event_id_of(article_id)
        regrouping = Reclustering(state)
        touched = regrouping.recluster_around(article, state.sequence, state.clock)
        if settled in state.events:
            touched.add(settled)
        else:  # what the article founded was taken up at once
            outcome = Outcome.JOINED
        for event_id in sorted(touched):
            state.mark_event_changed(event_id, article, only_new_vectors=anew)
        final = state.live.event_id_of(article_id)
        origins = {**regrouping.moved_from, article_id: None if before is None else before.event_id}
        changes = state.build_event_changes((*sorted(touched - {final}), final), origins)
        return Placement(article_id, final, Outcome.EMBEDDED_ANEW if anew else outcome, (*closed, *changes))

    # Saving and restoring

    def mark_saved(self) -> None:
        """Everything in `changes` is in the store: forget it, and let closed events leave memory."""
        self._state.mark_saved()

    def fill_from_records(
        self,
        shard_record: ShardRecord,
        live_articles: Iterable[LiveArticleRecord],
        event_records: Iterable[EventRecord],
    ) -> None:
        """Fill an empty shard from what the store has, in any order. Nothing counts as changed.

        Texts and placements are not needed: they are recalled when they are.

        Raises:
            ValueError: An article belongs to no event.
        """
        self._state.clock = shard_record.clock
        self._state.sequence = shard_record.sequence
        self._state.events.restore_events(event_records)
        self._state.live.restore_articles(live_articles, shard_record.term_bits, self._state.events.find_interned_id)

    def _build_article_row(self, embedded_article: EmbeddedArticle) -> Rows:
        return build_row(signals_of_embedded_article(embedded_article, self._statistics, self._background_corpus))

    def _has_only_new_vectors(self, embedded_article: EmbeddedArticle, previous_record: PlacedRecord | None) -> bool:
        """Whether this is a live article's own revision with vectors of another model than it has here."""
        article = embedded_article.extracted.article
        if previous_record is None or article.article_id not in self._state.live:
            return False
        return (
            self._state.live.live_status_of(article.article_id).model != embedded_article.model
            and article.revision == previous_record.revision
            and previous_record.covers_revision_of(article)
            and self._state.events.is_open(previous_record.event_id)
        )

    def _join_or_found_event(
        self, embedded_article: EmbeddedArticle, row: Rows, previous_record: PlacedRecord | None
    ) -> Outcome:
        """Put an article into the event it fits, or leave it in its own if it is a revision."""
        live, article = self._state.live, embedded_article.extracted.article
        live.remove_from_comparison(article.article_id)
        pairs = live.count_terms_and_compare(article.article_id, embedded_article.model, row)
        if previous_record is not None:
            outcome, event_id = Outcome.REVISED, previous_record.event_id
            membership = self._state.cache.get_article(article.article_id).membership
        else:
            choice = choose_event(embedded_article.model, pairs, row, live.partition)
            outcome = Outcome.FOUNDED if choice.event_id is None else Outcome.JOINED
            event_id = choice.event_id or hash_event_id(article.article_id)
            if choice.event_id is None:
                self._state.create_event(event_id, article)
            nearest = find_nearest_event(embedded_article, pairs, choice, live.partition)
            model = describe_model(self._decision.version, embedded_article.model)
            membership = build_placement_membership(choice, nearest, self._decision.threshold, model)
        standing = LivePlacement(event_id, embedded_article.model, article.is_withdrawn, self._state.sequence)
        live.add_article(article.article_id, standing, row, pairs.odds_by_article_id)
        self._state.keep_whole_article(embedded_article, membership)
        return outcome
