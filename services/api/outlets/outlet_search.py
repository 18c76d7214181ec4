"""What an outlet did, summed up over events: statements of SQL, run on one connection of the index."""

import sqlite3
from dataclasses import dataclass
from typing import Any

import orjson

from services.api.outlets.measures import COUNTS, Count
from services.api.outlets.models import MeasureName
from services.api.search.index_row import unpack_names
from services.api.search.one_state import one_state

MOST_SOURCES = 10
"""Of whom an outlet printed texts that are given."""
_COLUMNS = ", ".join(COUNTS)


@dataclass(frozen=True)
class OutletRequest:
    """What a client asks for: an outlet, and its events, those of one measure if one is given."""

    key: str
    limit: int
    after: str | None = None
    only: MeasureName | None = None


@dataclass(frozen=True)
class OutletCounts:
    """An event of the outlet: its summary, and what the outlet did."""

    summary: dict[str, Any]
    counts: dict[Count, int]


@dataclass(frozen=True)
class FoundCounts:
    """What an outlet did. `next`: the place to continue after; None: the events end here."""

    name: str
    covered: int
    totals: dict[Count, int]
    sources: list[tuple[str, str | None, int]]
    """Whose texts it printed: name, key of an outlet, articles."""
    events: list[OutletCounts]
    next: str | None


class OutletSearch:
    """Searches on one connection, which sees one state of the index as long as a search takes."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def find(self, request: OutletRequest) -> FoundCounts | None:
        """What an outlet did, at one state of the index; None where no event has it."""
        with one_state(self._db):
            return self._found(request)

    def is_known(self, key: str) -> bool:
        """Whether any event has an article of the outlet."""
        return self._db.execute("SELECT 1 FROM outlets WHERE outlet = ? LIMIT 1", (key,)).fetchone() is not None

    def _found(self, request: OutletRequest) -> FoundCounts | None:
        sums = ", ".join(f"sum({count})" for count in COUNTS)
        covered, *totals = self._db.execute(
            f"SELECT count(*), {sums} FROM outlets WHERE outlet = ?",  # noqa: S608 - our own names
            (request.key,),
        ).fetchone()
        if not covered:
            return None
        rows = self._events(request)
        listed = rows[: request.limit]
        return FoundCounts(
            name=self._name(request.key),
            covered=covered,
            totals=dict(zip(COUNTS, totals, strict=True)),
            sources=self._sources(request.key),
            events=[OutletCounts(self._summary(event), dict(zip(COUNTS, counts, strict=True)))
                    for _, event, *counts in listed],
            next=listed[-1][0] if len(rows) > request.limit else None,
        )  # fmt: skip

    def _events(self, request: OutletRequest) -> list[tuple[Any, ...]]:
        condition = f"AND {request.only.value} > 0" if request.only is not None else ""
        return self._db.execute(
            f"SELECT place, event, {_COLUMNS} FROM outlets WHERE outlet = ? {condition}"  # noqa: S608 - our own names
            " AND (? IS NULL OR place < ?) ORDER BY place DESC LIMIT ?",
            (request.key, request.after, request.after, request.limit + 1),
        ).fetchall()

    def _sources(self, key: str) -> list[tuple[str, str | None, int]]:
        return self._db.execute(
            "SELECT max(name), source, sum(articles) AS number FROM copied WHERE outlet = ?"
            " GROUP BY coalesce(source, lower(name)) ORDER BY number DESC, 1 LIMIT ?",
            (key, MOST_SOURCES),
        ).fetchall()

    def _summary(self, event: int) -> dict[str, Any]:
        (summary,) = self._db.execute("SELECT summary FROM documents WHERE id = ?", (event,)).fetchone()
        found: dict[str, Any] = orjson.loads(summary)
        return found

    def _name(self, key: str) -> str:
        """As the newest event has it."""
        (row,) = self._db.execute(
            "SELECT row FROM outlets JOIN documents ON id = event WHERE outlet = ? ORDER BY place DESC LIMIT 1", (key,)
        ).fetchone()
        return unpack_names(row)["outlets"][key]
