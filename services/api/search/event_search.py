"""The list of events by filter, words and order: statements of SQL, run on one connection."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from services.api.cursors import CursorTooOld, id_of
from services.api.filters.event_filter import EVERY_EVENT, EventFilter
from services.api.search.event_conditions import Conditions, event_conditions
from services.api.search.event_orders import order_keys
from services.api.search.highlights import Highlight, Sought
from services.api.search.index_row import ClaimRow, claims_with
from services.api.search.list_cursors import ListCursor, Sort, sortable
from services.api.search.near_words import NamesOfSearch, NameWords
from services.api.search.one_state import one_state
from services.api.search.terms import Query, corrections, forgiving, read_query

MOST_FACET_VALUES = 50
"""Values of a facet that are given, the most frequent ones."""
MOST_CLAIMS = 3
"""Claims of an event that are shown because they have words of the search."""
FACETS = ("publisher", "family", "language", "entity", "speaker", "kind", "status", "has")


@dataclass(frozen=True)
class EventRequest:
    """What a client asks the list for."""

    filter: EventFilter
    sort: Sort
    limit: int
    cursor: ListCursor | None = None
    facets: tuple[str, ...] = ()
    event_ids: tuple[str, ...] = ()
    """Only these; without any: all."""
    counted: bool = False
    """Whether it is wanted how many events match, all parts together."""

    @property
    def needs_index(self) -> bool:
        """Whether only the index can answer it."""
        return not self.filter.is_empty or self.sort is not Sort.UPDATED or bool(self.facets) or bool(self.event_ids)


@dataclass(frozen=True)
class MatchingClaim:
    """A claim of a listed event that has words of the search."""

    claim: ClaimRow
    highlights: list[Highlight]


@dataclass(frozen=True)
class ListedEvent:
    """One event of the list. `summary` is JSON; highlights and claims only where words were searched."""

    summary: bytes
    headline: list[Highlight]
    claims: list[MatchingClaim]


@dataclass(frozen=True)
class FoundEvents:
    """Part of the list."""

    events: list[ListedEvent]
    next: ListCursor | None
    position: str
    """How far the index was in the update log."""
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """By facet, values with the number of matching events that have them."""
    total: int | None = None
    """How many events match, all parts together; None: not asked for."""
    corrected: dict[str, list[str]] = field(default_factory=dict)
    """Words of the search that no event has, and the words they were taken for."""
    searched_by: tuple[str, ...] = ()
    """How, where that can differ: by words alone, or by words and meaning."""
    left_out: int = 0
    """How many events match but are in no part, because the list ends before them."""


class EventSearch:
    """Searches on one connection, which sees one state of the index as long as a search takes."""

    def __init__(self, db: sqlite3.Connection, names: NameWords) -> None:
        self._db = db
        self._names = NamesOfSearch(names)

    def find(self, request: EventRequest) -> FoundEvents:
        """Part of the list, at one state of the index.

        Raises:
            CursorTooOld: the walk began before the moves that are known.
        """
        with one_state(self._db):
            return self.found(request)

    def ranked(self, request: EventRequest) -> list[str]:
        """Ids of the events of a part, in their order; whoever asks sees to it that the index stands still."""
        queries, conditions = self._asked(request)
        rows = self._page(request, conditions, queries, self._position())
        return [id_of(place) for _, place, _ in rows[: request.limit]]

    def found(self, request: EventRequest) -> FoundEvents:
        """As `find`; whoever asks sees to it that the index stands still."""
        queries, conditions = self._asked(request)
        position = self._position()
        rows = self._page(request, conditions, queries, position)
        listed = rows[: request.limit]
        more = len(rows) > request.limit
        facets = self._facets(request.facets, conditions) if request.facets else {}
        return FoundEvents(
            events=self._documents([row[0] for row in listed], Sought.by(queries) if queries else None),
            next=self._next(request, listed[-1], position) if more else None,
            position=position,
            facets=facets,
            total=self._total(conditions) if request.facets or request.counted else None,
            corrected=corrections(queries),
        )

    def _asked(self, request: EventRequest) -> tuple[list[Query], Conditions]:
        queries = self._read(request.filter.q)
        if queries and not self._any_event_has(queries):
            queries = [forgiving(query, self._names, self.is_used) for query in queries]
        conditions = event_conditions(request.filter, queries, self._read(request.filter.not_q))
        if request.event_ids:
            marks = ",".join("?" * len(request.event_ids))
            conditions.add(f"e.event_id IN ({marks})", *request.event_ids)
        return queries, conditions

    def _any_event_has(self, queries: Sequence[Query]) -> bool:
        """Whether any event has all words of one of the searches, whatever else is asked of it."""
        conditions = event_conditions(EVERY_EVENT, queries, ())
        found = self._db.execute(f"SELECT 1 FROM events e WHERE {conditions.text} LIMIT 1", conditions.parameters)  # noqa: S608
        return found.fetchone() is not None

    def _read(self, texts: Sequence[str]) -> list[Query]:
        return [read_query(text, self._names, self.is_used) for text in texts]

    def is_used(self, word: str) -> bool:
        """Whether any event has a word, in itself or in a claim."""
        return any(
            self._db.execute(f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1", (f'"{word}"',)).fetchone()  # noqa: S608 - our names
            for table in ("event_words", "event_tokens")
        )

    def _position(self) -> str:
        (position,) = self._db.execute("SELECT position FROM state").fetchone()
        return str(position)

    def _moves_since(self) -> str:
        (since,) = self._db.execute("SELECT moves_since FROM state").fetchone()
        return str(since)

    def _next(self, request: EventRequest, last: Any, position: str) -> ListCursor:
        began = request.cursor.position if request.cursor is not None else position
        is_walk = request.sort is Sort.UPDATED
        return ListCursor(request.sort, last[1], position=began if is_walk else None, key=last[2])

    def _page(
        self, request: EventRequest, conditions: Conditions, queries: Sequence[Query], position: str
    ) -> list[tuple[int, str, float]]:
        """Id, place and key of at most one event more than asked for."""
        if request.sort is Sort.UPDATED:
            return self._walk(request, conditions, position)
        keys, key_parameters = order_keys(request.sort, queries)
        text = (
            f"WITH keys AS MATERIALIZED ({keys}), keyed AS (SELECT e.id AS id, e.place AS place,"  # noqa: S608
            " coalesce(keys.key, 0) AS key FROM events e LEFT JOIN keys ON keys.id = e.id"
            f" WHERE {conditions.text}) SELECT id, place, key FROM keyed"
        )
        parameters = [*key_parameters, *conditions.parameters]
        if request.cursor is not None:
            text += " WHERE (key, place) < (?, ?)"
            parameters += [request.cursor.key, request.cursor.place]
        return self._db.execute(
            f"{text} ORDER BY key DESC, place DESC LIMIT ?", [*parameters, request.limit + 1]
        ).fetchall()

    def _walk(self, request: EventRequest, conditions: Conditions, position: str) -> list[tuple[int, str, float]]:
        """The default order, at the places that events had when the walk began."""
        cursor, limit = request.cursor, request.limit + 1
        text, parameters = conditions.text, list(conditions.parameters)
        if cursor is None:
            return self._db.execute(_FIRST.format(text), [*parameters, limit]).fetchall()
        began = None if cursor.position is None else sortable(cursor.position)
        if began is None or began >= sortable(position):
            return self._db.execute(_PLACED.format(text), [*parameters, cursor.place, limit]).fetchall()
        if began < self._moves_since():
            raise CursorTooOld("the walk began too long ago: what moved in the list since then is known for six hours")
        stayed = [*parameters, cursor.place, began]
        moved = [began, cursor.place, *parameters, began]
        return self._db.execute(_WALKED.format(text, text), [*stayed, *moved, limit]).fetchall()

    def _documents(self, ids: Sequence[int], sought: Sought | None) -> list[ListedEvent]:
        marks = ",".join("?" * len(ids))
        rows = self._db.execute(f"SELECT id, summary, row FROM documents WHERE id IN ({marks})", ids).fetchall()  # noqa: S608
        by_id = {row[0]: row[1:] for row in rows}
        return [_listed(by_id[event][0], by_id[event][1], sought) for event in ids]

    def _total(self, conditions: Conditions) -> int:
        text = f"SELECT count(*) FROM events e WHERE {conditions.text}"  # noqa: S608
        (total,) = self._db.execute(text, conditions.parameters).fetchone()
        return int(total)

    def _facets(self, facets: Sequence[str], conditions: Conditions) -> dict[str, list[tuple[str, int]]]:
        wanted = ",".join("?" * len(facets))
        rows = self._db.execute(
            f"SELECT facet, min(label) AS shown, count(*) AS events FROM labels WHERE facet IN ({wanted})"  # noqa: S608
            f" AND event IN (SELECT e.id FROM events e WHERE {conditions.text})"
            # No event has two labels that differ in case alone.
            " GROUP BY facet, label COLLATE NOCASE ORDER BY facet, events DESC, shown",
            [*facets, *conditions.parameters],
        )
        counted: dict[str, list[tuple[str, int]]] = {facet: [] for facet in facets}
        for facet, label, events in rows:
            if len(counted[facet]) < MOST_FACET_VALUES:
                counted[facet].append((label, events))
        return counted


_FIRST = "SELECT e.id, e.place, 0 FROM events e WHERE {} ORDER BY e.place DESC LIMIT ?"
_PLACED = "SELECT e.id, e.place, 0 FROM events e WHERE {} AND e.place < ? ORDER BY e.place DESC LIMIT ?"
_WALKED = """
SELECT e.id AS id, e.place AS place, 0 AS key FROM events e WHERE {} AND e.place < ?
    AND NOT EXISTS (SELECT 1 FROM moves m WHERE m.event_id = e.event_id AND m.position > ?)
UNION ALL
SELECT e.id, m.moved_from, 0 FROM moves m JOIN events e ON e.event_id = m.event_id
    WHERE m.position > ? AND m.moved_from < ? AND m.moved_from != '' AND {} AND NOT EXISTS
    (SELECT 1 FROM moves f WHERE f.event_id = m.event_id AND f.position < m.position AND f.position > ?)
ORDER BY place DESC LIMIT ?
"""
"""Events that have stayed since the walk began, and those that have moved, where their first move took them from."""


def _listed(summary: bytes, packed: bytes, sought: Sought | None) -> ListedEvent:
    if sought is None:
        return ListedEvent(summary, [], [])
    claims = claims_with(sought.tokens, packed, MOST_CLAIMS)
    shown = [MatchingClaim(claim, sought.spans_in(claim["text"])) for claim in claims]
    return ListedEvent(summary, sought.spans_in(orjson.loads(summary)["headline"]), shown)
