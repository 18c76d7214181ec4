"""The live articles of a shard, and which of them could report the same event as a new one."""

from collections.abc import Iterator

import numpy as np

from services.dedupe.clustering.cells import Cells
from services.dedupe.clustering.day_counts import DayCounts
from services.dedupe.clustering.vector_search import VectorSearch
from services.dedupe.signals.article_rows import Rows
from services.dedupe.signals.density import MOST_DENSE, Density


class LiveIndex:
    """Rows of the live articles: a table for each embedding model, since only articles of one are compared.

    Answers depend on which articles are live, never on the order in which they came or where their rows stand.
    """

    def __init__(self, window_days: float, cells: Cells | None = None) -> None:
        """An empty one.

        Args:
            window_days: Days before an article that count for its density.
            cells: For collections too big to be searched whole; None: those always are.
        """
        self._cells = cells
        self._tables: dict[str, VectorSearch] = {}
        self._days = DayCounts(window_days)

    def __len__(self) -> int:
        return sum(map(len, self._tables.values()))

    def __contains__(self, article_id: str) -> bool:
        return self._table_of(article_id) is not None

    def check(self, model: str, dimensions: int) -> None:
        """See that an article can be added.

        Raises:
            ValueError: Its vector is not of the length that `model` gives.
        """
        table = self._tables.get(model)
        if table is not None and table.dimensions != dimensions:
            raise ValueError(f"a vector of {dimensions} dimensions; those of {model} have {table.dimensions}")

    def add(self, article_id: str, model: str, row: Rows, cell: int | None = None) -> None:
        """Add an article that is not in. `cell`: that of its lead, if known. Raises ValueError as `check` does."""
        dimensions = row.dtype["lead"].shape[0]
        self.check(model, dimensions)
        if model not in self._tables:
            self._tables[model] = VectorSearch(row.dtype, self._cells)
        self._tables[model].add(article_id, row, cell)
        day = float(row["day"][0])
        if not np.isnan(day):
            self._days.add(day)

    def remove(self, article_id: str) -> None:
        """Take an article out; unknown ones are no error."""
        table = self._table_of(article_id)
        if table is not None:
            day = float(table.remove(article_id)["day"][0])
            if not np.isnan(day):
                self._days.remove(day)

    def row(self, article_id: str) -> Rows:
        """The row of a live article, alone in its array, not to be changed. Raises KeyError if it is not live."""
        table = self._table_of(article_id)
        if table is None:
            raise KeyError(article_id)
        return table.row(article_id)

    def each_row(self) -> Iterator[Rows]:
        """The rows of all live articles, each alone in its array."""
        return (table.row(article_id) for table in self._tables.values() for article_id in table)

    def table(self, model: str) -> VectorSearch | None:
        """The articles of one model; None if there never was one. Only these are compared with each other."""
        return self._tables.get(model)

    def cell(self, article_id: str) -> int | None:
        """The cell of a live article, where that is known."""
        table = self._table_of(article_id)
        return None if table is None else table.cell(article_id)

    def density(self, day: float | None) -> Density:
        """How many live articles stand around one published then."""
        return Density(near=0 if day is None else self._days.until(day), live=len(self))

    def changes_crowding(self, day: float | None) -> bool:
        """Whether an article of that day, one more or one less, changes how crowded it is around any live article.

        Asked while it is not in. Around undated articles all live ones count.
        """
        return len(self) < MOST_DENSE or (day is not None and self._days.shows(day, MOST_DENSE))

    def around(self, day: float | None) -> int:
        """How many live articles were published in the days up to `day`; without a day: all.

        Not those after it: in publication order they are not there yet, and any order is to give the same.
        """
        return len(self) if day is None else self._days.until(day)

    def _table_of(self, article_id: str) -> VectorSearch | None:
        # One or two: a second look-up for every article would take more room than it saves time.
        return next((table for table in self._tables.values() if article_id in table), None)
