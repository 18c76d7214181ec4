"""The live articles of a shard, and which of them could report the same event as a new one."""

from collections.abc import Iterator, Sequence

import numpy as np

from services.dedupe.clustering.cells import VectorCells
from services.dedupe.clustering.day_counts import DayCounts
from services.dedupe.clustering.vector_search import VectorTable
from services.dedupe.signals.article_rows import Rows
from services.dedupe.signals.density import MOST_DENSE, Density


class LiveIndex:
    """Rows of the live articles: a table for each embedding model, since only articles of one are compared.

    Answers depend on which articles are live, never on the order in which they came or where their rows stand.
    """

    def __init__(self, window_days: float, cells: VectorCells | None = None) -> None:
        """An empty one.

        Args:
            window_days: Days before an article that count for its density.
            cells: For collections too big to be searched whole; None: those always are.
        """
        self._cells = cells
        self._tables: dict[str, VectorTable] = {}
        self._days = DayCounts(window_days)

    def __len__(self) -> int:
        return sum(map(len, self._tables.values()))

    def __contains__(self, article_id: str) -> bool:
        return self._find_table_with_article(article_id) is not None

    def check_dimensions(self, embedding_model: str, dimensions: int) -> None:
        """Check that an article can be added.

        Raises:
            ValueError: Its vector is not of the length that `embedding_model` gives.
        """
        table = self._tables.get(embedding_model)
        if table is not None and table.dimensions != dimensions:
            raise ValueError(f"a vector of {dimensions} dimensions; those of {embedding_model} have {table.dimensions}")

    def add_article(self, article_id: str, embedding_model: str, row: Rows, cell: int | None = None) -> None:
        """Add an article that is not in. `cell`: that of its lead, if known.

        Raises:
            ValueError: as `check_dimensions`.
        """
        dimensions = row.dtype["lead"].shape[0]
        self.check_dimensions(embedding_model, dimensions)
        if embedding_model not in self._tables:
            self._tables[embedding_model] = VectorTable(row.dtype, self._cells)
        self._tables[embedding_model].add_row(article_id, row, cell)
        day = float(row["day"][0])
        if not np.isnan(day):
            self._days.add_timestamp(day)

    def remove_article(self, article_id: str) -> None:
        """Take an article out; unknown ones are no error."""
        table = self._find_table_with_article(article_id)
        if table is not None:
            day = float(table.remove_row(article_id)["day"][0])
            if not np.isnan(day):
                self._days.remove_timestamp(day)

    def get_row(self, article_id: str) -> Rows:
        """The row of a live article, alone in its array, not to be changed. Raises KeyError if it is not live."""
        table = self._find_table_with_article(article_id)
        if table is None:
            raise KeyError(article_id)
        return table.get_row(article_id)

    def get_rows(self, article_ids: Sequence[str]) -> Rows:
        """The rows of live articles of one model, at least one, in the order given. Raises KeyError if one is not."""
        table = self._find_table_with_article(article_ids[0])
        if table is None:
            raise KeyError(article_ids[0])
        return table.rows_at(table.slots_of(article_ids))

    def iterate_rows(self) -> Iterator[Rows]:
        """The rows of all live articles, each alone in its array."""
        return (table.get_row(article_id) for table in self._tables.values() for article_id in table)

    def find_table(self, embedding_model: str) -> VectorTable | None:
        """The articles of one model; None if there never was one. Only these are compared with each other."""
        return self._tables.get(embedding_model)

    def find_cell(self, article_id: str) -> int | None:
        """The cell of a live article, where that is known."""
        table = self._find_table_with_article(article_id)
        return None if table is None else table.find_cell(article_id)

    def density_until(self, until_day: float | None) -> Density:
        """How many live articles were published in the days up to one, and how many there are."""
        return Density(near=0 if until_day is None else self._days.count_in_window_ending_at(until_day), live=len(self))

    def would_change_density(self, publication_day: float | None) -> bool:
        """Whether an article of that day, one more or one less, changes how crowded it is around any live article.

        Asked while it is not in. Around undated articles all live ones count.
        """
        return len(self) < MOST_DENSE or (
            publication_day is not None and self._days.changes_any_count_up_to(publication_day, MOST_DENSE)
        )

    def count_published_in_window(self, until_day: float | None) -> int:
        """How many live articles were published in the days up to `until_day`; without a day: all.

        Not those after it: in publication order they are not there yet, and any order is to give the same.
        """
        return len(self) if until_day is None else self._days.count_in_window_ending_at(until_day)

    def _find_table_with_article(self, article_id: str) -> VectorTable | None:
        # One or two: a second look-up for every article would take more room than it saves time.
        return next((table for table in self._tables.values() if article_id in table), None)
