"""The live articles of a shard by all that placing asks of them: rows, counts of terms, pairs and events."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray

from services.dedupe.clustering.article_node import Odds
from services.dedupe.clustering.cells import VectorCells
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.live_article import LiveArticleRecord, LivePlacement
from services.dedupe.clustering.live_index import LiveIndex
from services.dedupe.clustering.partition import Partition
from services.dedupe.clustering.placing import (
    ArticlePairs,
    compare_with_live_articles,
    has_no_known_day,
    publication_day,
)
from services.dedupe.signals.article_rows import Rows
from services.dedupe.signals.live_terms import MOST_BITS, LiveTerms


class LiveArticles:
    """Keeps index, counts of terms, members and partition in step.

    Which event an article is in is kept here, with the article (`LivePlacement.event_id`). The members of an event are
    an index of that, and the partition has a copy, of what can be compared, which repair changes step by step.

    An article whose text was withdrawn, or whose event has closed, stands here until it is forgotten, and is in none
    of the three: it says nothing about which articles belong together.
    """

    def __init__(self, decision: Decision, cells: VectorCells | None) -> None:
        self.decision = decision
        self._cells = cells
        self._standing: dict[str, LivePlacement] = {}
        self._by_sequence: dict[int, str] = {}
        self._members: dict[str, set[str]] = {}
        self.index = LiveIndex(decision.window_days, cells)
        self.terms = LiveTerms()
        self.partition = Partition(decision, self.index.count_published_in_window, self.index.get_rows)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._standing

    def __iter__(self) -> Iterator[tuple[str, LivePlacement]]:
        return iter(self._standing.items())

    def live_status_of(self, article_id: str) -> LivePlacement:
        """The event of an article, and what else is kept of it. Raises KeyError if it is not live."""
        return self._standing[article_id]

    def event_id_of(self, article_id: str) -> str:
        """The event that an article is in. Raises KeyError if it is not live."""
        return self._standing[article_id].event_id

    def member_ids(self, event_id: str) -> AbstractSet[str]:
        """Ids of the articles in an event; none if there is no such event."""
        return self._members.get(event_id, frozenset())

    def move_article(self, article_id: str, event_id: str) -> None:
        """Let an article be in another event. Where it can be compared, repair has told the partition."""
        standing = self._standing[article_id]
        self._remove_from_event(article_id, standing.event_id)
        standing.event_id = event_id
        self._members.setdefault(event_id, set()).add(article_id)

    def find_article_by_sequence(self, sequence: int) -> str | None:
        """The live article that placement number `sequence` put in; None if it has gone or come again since."""
        return self._by_sequence.get(sequence)

    def count_terms_and_compare(self, article_id: str, embedding_model: str, row: Rows) -> ArticlePairs:
        """Compare an article that is not in with those that are. From now on its terms count."""
        self._count_terms(row)
        return compare_with_live_articles(
            article_id, embedding_model, row, self.index, live_terms=self.terms, partition=self.partition
        )

    def add_article(
        self, article_id: str, live_status: LivePlacement, row: Rows, pair_odds: Mapping[str, Odds]
    ) -> None:
        """Put an article in that was compared. `pair_odds`: of the pairs that this gave."""
        self._set_live_status(article_id, live_status)
        if live_status.withdrawn:
            self.terms.remove_article(_term_ids_of_row(row))
            return
        self._forget_pair_probabilities_if_density_changes(row)
        self.index.add_article(article_id, live_status.model, row)
        self._add_to_partition(article_id, live_status, row, pair_odds)

    def remove_from_comparison(self, article_id: str) -> None:
        """Compare an article no more; it stands here until it is put in again or forgotten. Unknown: no error."""
        if article_id in self.index:
            row = self.index.get_row(article_id).copy()
            self.terms.remove_article(_term_ids_of_row(row))
            self.index.remove_article(article_id)
            self.partition.remove_article(article_id)
            self._forget_pair_probabilities_if_density_changes(row)

    def forget_articles(self, article_ids: Iterable[str]) -> None:
        """Forget articles that were taken out."""
        for article_id in article_ids:
            standing = self._standing.pop(article_id)
            del self._by_sequence[standing.sequence]
            self._remove_from_event(article_id, standing.event_id)

    def signals_with_best_member(self, article_id: str, event_id: str) -> dict[str, float]:
        """Signals of an article that is in against the most probable member of an event, if there is one."""
        if article_id not in self.partition:
            return {}
        row, model = self.index.get_row(article_id), self._standing[article_id].model
        table, density = self.index.find_table(model), self.index.density_until(publication_day(row))
        pairs = ArticlePairs(article_id, row, table, live_terms=self.terms, density=density, decision=self.decision)
        representatives = self.partition.sample_members_to_compare(event_id, article_id, publication_day(row), model)
        raw = self.partition.raw_probabilities(article_id)
        best = [other for _, other in sorted((-raw[other], other) for other in representatives if other in raw)[:1]]
        if table is not None:
            pairs.add_comparisons(table.slots_of(best))
        return pairs.signals_with_best_member(representatives)

    def odds_with_earlier_articles(self, article_id: str) -> dict[str, Odds]:
        """Pairs of an article with those that came before it; the pairs with later ones are theirs."""
        if article_id not in self.partition:
            return {}
        sequence = self._standing[article_id].sequence
        pairs = self.partition.pair_odds(article_id)
        return {other: odds for other, odds in pairs.items() if self._standing[other].sequence < sequence}

    def build_live_article_record(self, article_id: str) -> LiveArticleRecord:
        """An article as the store keeps it."""
        standing = self._standing[article_id]
        if article_id not in self.index:
            return LiveArticleRecord.from_parts(article_id, standing, None, {})
        cell = self.index.find_cell(article_id)
        return LiveArticleRecord.from_parts(
            article_id,
            standing,
            self.index.get_row(article_id),
            self.odds_with_earlier_articles(article_id),
            cell=cell,
            cells=None if cell is None or self._cells is None else self._cells.mark,
        )

    def restore_articles(
        self, articles: Iterable[LiveArticleRecord], term_bits: int, find_event_id: Callable[[str], str | None]
    ) -> None:
        """Fill it with what the store has, in any order.

        Args:
            articles: As the store keeps them.
            term_bits: As when they were saved.
            find_event_id: The one object that stands for an event id; None if there is no such event.

        Raises:
            ValueError: An article belongs to no event.
        """
        self.terms = LiveTerms(term_bits)
        models: dict[str, str] = {}
        linked: list[tuple[int, str, dict[str, Odds]]] = []
        for live in articles:
            event_id = find_event_id(live.event_id)
            if event_id is None:
                raise ValueError(f"article {live.article_id} is of event {live.event_id}, which is not there")
            # One object for all that are equal: memory.
            standing = LivePlacement(event_id, models.setdefault(live.model, live.model), live.withdrawn, live.sequence)
            self._set_live_status(live.article_id, standing)
            if not live.withdrawn:
                row = live.to_row()
                known = live.cell if self._cells is not None and live.cells == self._cells.mark else None
                self._count_terms(row)
                self.index.add_article(live.article_id, live.model, row, known)
                linked.append((live.sequence, live.article_id, live.near))
        # In the order in which they came: each knows its pairs with those before it.
        for _, article_id, near in sorted(linked, key=lambda one: one[:2]):
            standing = self._standing[article_id]
            self._add_to_partition(article_id, standing, self.index.get_row(article_id), near)

    def _set_live_status(self, article_id: str, live_status: LivePlacement) -> None:
        before = self._standing.get(article_id)
        if before is not None:
            del self._by_sequence[before.sequence]
            self._remove_from_event(article_id, before.event_id)
        self._standing[article_id] = live_status
        self._by_sequence[live_status.sequence] = article_id
        self._members.setdefault(live_status.event_id, set()).add(article_id)

    def _remove_from_event(self, article_id: str, event_id: str) -> None:
        members = self._members[event_id]
        members.discard(article_id)
        if not members:
            del self._members[event_id]

    def _add_to_partition(
        self, article_id: str, live_status: LivePlacement, row: Rows, pair_odds: Mapping[str, Odds]
    ) -> None:
        self.partition.add_article(
            article_id,
            live_status.event_id,
            publication_day(row),
            live_status.model,
            pair_odds,
            undated=has_no_known_day(row),
            harm=bool(row["harm"][0]),
        )

    def _forget_pair_probabilities_if_density_changes(self, row: Rows) -> None:
        """Take note that an article comes or has gone, if that changes any probability."""
        if self.index.would_change_density(publication_day(row)):
            self.partition.invalidate_after_density_change()

    def _count_terms(self, row: Rows) -> None:
        """Count the terms of an article that is not in the index."""
        self.terms.add_article(_term_ids_of_row(row))
        if self.terms.needs_more_counters:
            grown = LiveTerms(MOST_BITS)
            for other in (*self.index.iterate_rows(), row):
                grown.add_article(_term_ids_of_row(other))
            self.terms = grown


def _term_ids_of_row(row: Rows) -> NDArray[np.uint32]:
    ids: NDArray[np.uint32] = row["term_ids"][0][: row["terms"][0]]
    return ids
