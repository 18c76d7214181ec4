"""Carries out what repair finds: articles change their events, and everybody who kept the old state is told."""

from datetime import datetime

from services.contracts.article import Article
from services.contracts.event import Membership
from services.dedupe.clustering.event_clock import event_time
from services.dedupe.clustering.event_table import split_id
from services.dedupe.clustering.lineage import lineage_entries
from services.dedupe.clustering.memberships import model_name, moved_membership
from services.dedupe.clustering.repair import Change, Step, is_settled, repair, revisited
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

    def around(self, article: Article, sequence: int, clock: datetime | None) -> set[str]:
        """Look again at what is around an article that came; ids of the events that changed.

        Args:
            article: It is live.
            sequence: Number of its placement.
            clock: Of the shard.
        """

        def split_off(article_id: str) -> str:
            event_id = split_id(article_id, sequence)
            while event_id in self._events:  # split off, merged and split off again by one placement
                event_id = split_id(event_id, sequence)
            self._events.found(event_id, article_id, sequence, updated_at=event_time(article), clock=clock)
            self._changes.events.add(event_id)
            return event_id

        touched: set[str] = set()
        for looked_at in [*self._nearby(article.article_id), *self._in_doubt(sequence)]:
            for step in repair(self._live.partition, looked_at, self._events.age, split_off):
                if self._takes_up_unheard_of(step, sequence):
                    self._take_up(step)
                else:
                    self._apply(step, article.article_id)
                touched |= {step.source, step.target}
        return {event_id for event_id in touched if event_id in self._events}

    def _takes_up_unheard_of(self, step: Step, sequence: int) -> bool:
        """Whether a step takes up an event that this very placement founded, and to which nothing else happened."""
        founded = step.change is Change.MERGE and self._events.age(step.source) == sequence
        return founded and not self._events.record(step.source).lineage

    def _take_up(self, step: Step) -> None:
        """Let an article be where repair wants it, as if it had founded nothing: nobody was told that it did."""
        for article_id in step.articles:
            self._move(article_id, step, self._membership(article_id, step))
        self._events.drop(step.source)
        self._changes.events.discard(step.source)

    def _nearby(self, article_id: str) -> list[str]:
        """The article; one of those that it leaves behind if its text was withdrawn."""
        if article_id in self._live.partition:
            return [article_id]
        return self._live.partition.members(self._live.standing(article_id).event_id)[:1]

    def _in_doubt(self, sequence: int) -> list[str]:
        """Articles that came earlier, and that grouping anew may put elsewhere."""
        partition = self._live.partition
        found = [self._live.placed_as(number) for number in revisited(sequence, len(self._live.index))]
        return [one for one in found if one is not None and one in partition and not is_settled(partition, one)]

    def _apply(self, step: Step, because: str) -> None:
        merged = step.change is Change.MERGE
        founder = self._events.record(step.source).founder_id
        for article_id in sorted(self._live.members(step.source)) if merged else step.articles:
            # What was said of the others when they came still holds.
            retold = not merged or article_id == founder
            self._move(article_id, step, self._membership(article_id, step) if retold else None)
        threshold = self._live.decision.threshold
        for event_id, entry in zip((step.source, step.target), lineage_entries(step, because, threshold), strict=True):
            self._events.add_lineage(event_id, entry)
        if merged:
            self._events.merge(step.source, step.target)
            self._changes.events.discard(step.source)
            self._changes.removed_events.add(step.source)

    def _move(self, article_id: str, step: Step, membership: Membership | None) -> None:
        self.moved_from.setdefault(article_id, step.source)
        self._live.put(article_id, step.target)
        if membership is not None:
            self._cache.retell(article_id, membership)
        self._changes.articles.add(article_id)
        self._changes.placed.add(article_id)

    def _membership(self, article_id: str, step: Step) -> Membership:
        signals = {} if step.change is Change.SPLIT else self._live.signals_with(article_id, step.target)
        decision = self._live.decision
        model = model_name(decision.version, self._live.standing(article_id).model)
        return moved_membership(step, signals, decision.threshold, model)
