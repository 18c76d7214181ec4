"""The live articles of a shard by all that placing asks of them: rows, counts of terms, pairs and events."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray

from services.dedupe.clustering.cells import Cells
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.live_article import LiveArticle, Standing
from services.dedupe.clustering.live_index import LiveIndex
from services.dedupe.clustering.pair_probabilities import Odds
from services.dedupe.clustering.partition import Partition
from services.dedupe.clustering.placing import Pairs, compare, day_of, is_undated
from services.dedupe.signals.article_rows import Rows
from services.dedupe.signals.live_terms import MOST_BITS, LiveTerms


class LiveArticles:
    """Keeps index, counts of terms, members and partition in step.

    Which event an article is in is kept here, with the article (`Standing.event_id`). The members of an event are an
    index of that, and the partition has a copy, of what can be compared, which repair changes step by step.

    An article whose text was withdrawn, or whose event has closed, stands here until it is forgotten, and is in none
    of the three: it says nothing about which articles belong together.
    """

    def __init__(self, decision: Decision, cells: Cells | None) -> None:
        self.decision = decision
        self._cells = cells
        self._standing: dict[str, Standing] = {}
        self._by_sequence: dict[int, str] = {}
        self._members: dict[str, set[str]] = {}
        self.index = LiveIndex(decision.window_days, cells)
        self.terms = LiveTerms()
        self.partition = Partition(decision, self.index.around)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._standing

    def __iter__(self) -> Iterator[tuple[str, Standing]]:
        return iter(self._standing.items())

    def standing(self, article_id: str) -> Standing:
        """Where an article stands. Raises KeyError if it is not live."""
        return self._standing[article_id]

    def event_of(self, article_id: str) -> str:
        """The event that an article is in. Raises KeyError if it is not live."""
        return self._standing[article_id].event_id

    def members(self, event_id: str) -> AbstractSet[str]:
        """Ids of the articles in an event; none if there is no such event."""
        return self._members.get(event_id, frozenset())

    def put(self, article_id: str, event_id: str) -> None:
        """Let an article be in another event. Where it can be compared, repair has told the partition."""
        standing = self._standing[article_id]
        self._leave(article_id, standing.event_id)
        standing.event_id = event_id
        self._members.setdefault(event_id, set()).add(article_id)

    def placed_as(self, sequence: int) -> str | None:
        """The live article that placement number `sequence` put in; None if it has gone or come again since."""
        return self._by_sequence.get(sequence)

    def compare(self, article_id: str, model: str, row: Rows) -> Pairs:
        """Compare an article that is not in with those that are. From now on its terms count."""
        self._count(row)
        return compare(article_id, model, row, self.index, terms=self.terms, partition=self.partition)

    def add(self, article_id: str, standing: Standing, row: Rows, odds: Mapping[str, Odds]) -> None:
        """Put an article in that was compared. `odds`: of the pairs that this gave."""
        self._keep(article_id, standing)
        if standing.withdrawn:
            self.terms.remove(_term_ids(row))
            return
        self._note_crowding(row)
        self.index.add(article_id, standing.model, row)
        self._link(article_id, standing, row, odds)

    def take_out(self, article_id: str) -> None:
        """Compare an article no more; it stands here until it is put in again or forgotten. Unknown: no error."""
        if article_id in self.index:
            row = self.index.row(article_id).copy()
            self.terms.remove(_term_ids(row))
            self.index.remove(article_id)
            self.partition.remove(article_id)
            self._note_crowding(row)

    def forget(self, article_ids: Iterable[str]) -> None:
        """Forget articles that were taken out."""
        for article_id in article_ids:
            standing = self._standing.pop(article_id)
            del self._by_sequence[standing.sequence]
            self._leave(article_id, standing.event_id)

    def signals_with(self, article_id: str, event_id: str) -> dict[str, float]:
        """Signals of an article that is in against the most probable member of an event, if there is one."""
        if article_id not in self.partition:
            return {}
        row, model = self.index.row(article_id), self._standing[article_id].model
        table, density = self.index.table(model), self.index.density(day_of(row))
        pairs = Pairs(article_id, row, table, terms=self.terms, density=density, decision=self.decision)
        representatives = self.partition.representatives(event_id, article_id, day_of(row), model)
        raw = self.partition.raw_probabilities(article_id)
        best = [other for _, other in sorted((-raw[other], other) for other in representatives if other in raw)[:1]]
        if table is not None:
            pairs.compare(table.slots_of(best))
        return pairs.signals_with(representatives)

    def earlier_pairs(self, article_id: str) -> dict[str, Odds]:
        """Pairs of an article with those that came before it; the pairs with later ones are theirs."""
        if article_id not in self.partition:
            return {}
        sequence = self._standing[article_id].sequence
        pairs = self.partition.odds(article_id)
        return {other: odds for other, odds in pairs.items() if self._standing[other].sequence < sequence}

    def stored(self, article_id: str) -> LiveArticle:
        """An article as the store keeps it."""
        standing = self._standing[article_id]
        if article_id not in self.index:
            return LiveArticle.of(article_id, standing, None, {})
        cell = self.index.cell(article_id)
        return LiveArticle.of(
            article_id,
            standing,
            self.index.row(article_id),
            self.earlier_pairs(article_id),
            cell=cell,
            cells=None if cell is None or self._cells is None else self._cells.mark,
        )

    def restore(self, articles: Iterable[LiveArticle], term_bits: int, find_event: Callable[[str], str | None]) -> None:
        """Fill it with what the store has, in any order.

        Args:
            articles: As the store keeps them.
            term_bits: As when they were saved.
            find_event: The one object that stands for an event id; None if there is no such event.

        Raises:
            ValueError: An article belongs to no event.
        """
        self.terms = LiveTerms(term_bits)
        models: dict[str, str] = {}
        linked: list[tuple[int, str, dict[str, Odds]]] = []
        for live in articles:
            event_id = find_event(live.event_id)
            if event_id is None:
                raise ValueError(f"article {live.article_id} is of event {live.event_id}, which is not there")
            # One object for all that are equal: memory.
            standing = Standing(event_id, models.setdefault(live.model, live.model), live.withdrawn, live.sequence)
            self._keep(live.article_id, standing)
            if not live.withdrawn:
                row = live.rows()
                known = live.cell if self._cells is not None and live.cells == self._cells.mark else None
                self._count(row)
                self.index.add(live.article_id, live.model, row, known)
                linked.append((live.sequence, live.article_id, live.near))
        # In the order in which they came: each knows its pairs with those before it.
        for _, article_id, near in sorted(linked, key=lambda one: one[:2]):
            standing = self._standing[article_id]
            self._link(article_id, standing, self.index.row(article_id), near)

    def _keep(self, article_id: str, standing: Standing) -> None:
        before = self._standing.get(article_id)
        if before is not None:
            del self._by_sequence[before.sequence]
            self._leave(article_id, before.event_id)
        self._standing[article_id] = standing
        self._by_sequence[standing.sequence] = article_id
        self._members.setdefault(standing.event_id, set()).add(article_id)

    def _leave(self, article_id: str, event_id: str) -> None:
        members = self._members[event_id]
        members.discard(article_id)
        if not members:
            del self._members[event_id]

    def _link(self, article_id: str, standing: Standing, row: Rows, odds: Mapping[str, Odds]) -> None:
        self.partition.add(article_id, standing.event_id, day_of(row), standing.model, odds, undated=is_undated(row))

    def _note_crowding(self, row: Rows) -> None:
        """Take note that an article comes or has gone, if that changes any probability."""
        if self.index.changes_crowding(day_of(row)):
            self.partition.forget_density()

    def _count(self, row: Rows) -> None:
        """Count the terms of an article that is not in the index."""
        self.terms.add(_term_ids(row))
        if self.terms.crowded:
            grown = LiveTerms(MOST_BITS)
            for other in (*self.index.each_row(), row):
                grown.add(_term_ids(other))
            self.terms = grown


def _term_ids(row: Rows) -> NDArray[np.uint32]:
    ids: NDArray[np.uint32] = row["term_ids"][0][: row["terms"][0]]
    return ids
