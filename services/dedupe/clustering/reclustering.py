"""Carries out what repair finds: articles change their events, and everybody who kept the old state is told."""

from datetime import datetime

from services.contracts.article import Article
from services.contracts.event import Membership
from services.dedupe.clustering.event_clock import event_time
from services.dedupe.clustering.event_table import hash_split_event_id
from services.dedupe.clustering.lineage import build_lineage_entries
from services.dedupe.clustering.memberships import build_repair_membership, describe_model
from services.dedupe.clustering.repair import (
    RepairKind,
    RepairStep,
    list_placements_to_revisit,
    needs_no_regrouping,
    regroup_partition_around,
)
from services.dedupe.clustering.shard_state import ShardState


class Reclustering:
    """What one placement changes beyond the article that came."""

    def __init__(self, state: ShardState) -> None:
        """`state`: of the shard; it is changed."""
        self._live = state.live
        self._events = state.events
        self._cache = state.cache
        self._changes = state.changes
        self.moved_from: dict[str, str] = {}
        """The event in which an article was before, of those that moved."""

    def recluster_around(self, article: Article, sequence: int, clock: datetime | None) -> set[str]:
        """Repair the events around an article that came; returns the ids of those that changed.

        Args:
            article: It is live.
            sequence: Number of its placement.
            clock: Of the shard.
        """

        def split_off(article_id: str) -> str:
            event_id = hash_split_event_id(article_id, sequence)
            while event_id in self._events:  # split off, merged and split off again by one placement
                event_id = hash_split_event_id(event_id, sequence)
            self._events.create_event(event_id, article_id, sequence, updated_at=event_time(article), clock=clock)
            self._changes.events.add(event_id)
            return event_id

        touched: set[str] = set()
        for looked_at in [
            *self._list_articles_to_start_from(article.article_id),
            *self._sample_unsettled_articles(sequence),
        ]:
            for step in regroup_partition_around(
                self._live.partition, looked_at, self._events.founding_sequence, split_off
            ):
                if self._is_merge_of_new_event(step, sequence):
                    self._apply_merge_of_new_event(step)
                else:
                    self._apply_step(step, article.article_id)
                touched |= {step.source, step.target}
        return {event_id for event_id in touched if event_id in self._events}

    def _is_merge_of_new_event(self, step: RepairStep, sequence: int) -> bool:
        """Whether a step takes up an event that this very placement founded, and to which nothing else happened."""
        founded = step.change is RepairKind.MERGE and self._events.founding_sequence(step.source) == sequence
        return founded and not self._events.event_record(step.source).lineage

    def _apply_merge_of_new_event(self, step: RepairStep) -> None:
        """Let an article be where repair wants it, as if it had founded nothing: nobody was told that it did."""
        for article_id in step.articles:
            self._apply_move(article_id, step, self._build_membership(article_id, step))
        self._events.forget_event(step.source)
        self._changes.events.discard(step.source)

    def _list_articles_to_start_from(self, article_id: str) -> list[str]:
        """The article; one of those that it leaves behind if its text was withdrawn."""
        if article_id in self._live.partition:
            return [article_id]
        return self._live.partition.member_ids(self._live.live_status_of(article_id).event_id)[:1]

    def _sample_unsettled_articles(self, sequence: int) -> list[str]:
        """Articles that came earlier, and that grouping anew may put elsewhere."""
        partition = self._live.partition
        found = [
            self._live.find_article_by_sequence(number)
            for number in list_placements_to_revisit(sequence, len(self._live.index))
        ]
        return [
            one for one in found if one is not None and one in partition and not needs_no_regrouping(partition, one)
        ]

    def _apply_step(self, step: RepairStep, cause_article_id: str) -> None:
        merged = step.change is RepairKind.MERGE
        founder = self._events.event_record(step.source).founder_id
        for article_id in sorted(self._live.member_ids(step.source)) if merged else step.articles:
            # What was said of the others when they came still holds.
            retold = not merged or article_id == founder
            self._apply_move(article_id, step, self._build_membership(article_id, step) if retold else None)
        threshold = self._live.decision.threshold
        for event_id, entry in zip(
            (step.source, step.target), build_lineage_entries(step, cause_article_id, threshold), strict=True
        ):
            self._events.add_lineage_entry(event_id, entry)
        if merged:
            self._events.mark_merged(step.source, step.target)
            self._changes.events.discard(step.source)
            self._changes.removed_events.add(step.source)

    def _apply_move(self, article_id: str, step: RepairStep, membership: Membership | None) -> None:
        self.moved_from.setdefault(article_id, step.source)
        self._live.move_article(article_id, step.target)
        if membership is not None:
            self._cache.update_membership(article_id, membership)
        self._changes.articles.add(article_id)
        self._changes.placed.add(article_id)

    def _build_membership(self, article_id: str, step: RepairStep) -> Membership:
        signals = (
            {} if step.change is RepairKind.SPLIT else self._live.signals_with_best_member(article_id, step.target)
        )
        decision = self._live.decision
        model = describe_model(decision.version, self._live.live_status_of(article_id).model)
        return build_repair_membership(step, signals, decision.threshold, model)
