"""Claims of all events by filter and words, the newest first: statements of SQL, run on one connection."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from services.api.filters.words import fold_name
from services.api.search.claim_filter import ClaimFilter
from services.api.search.claim_ids import microseconds
from services.api.search.event_conditions import Conditions
from services.api.search.event_search import EventSearch
from services.api.search.highlights import Highlight, Sought
from services.api.search.index_row import ClaimRow, mark, unpack_claims, unpack_row
from services.api.search.near_words import NamesOfSearch, NameWords
from services.api.search.one_state import one_state
from services.api.search.terms import Query, Term, any_of, corrections, read_query

_NAMES = ("speaker", "entity", "publisher")
_VALUES = ("kind", "commitment")


@dataclass(frozen=True)
class ClaimRequest:
    """What a client asks for. `after`: the number of the claim to continue after."""

    filter: ClaimFilter
    limit: int
    after: int | None = None


@dataclass(frozen=True)
class FoundClaim:
    """A claim, the summary of its event as JSON, and where its text has words of the search."""

    claim: ClaimRow
    summary: dict[str, Any]
    highlights: list[Highlight]


@dataclass(frozen=True)
class FoundClaims:
    """Part of the claims. `next`: the number to continue after; None: they end here."""

    claims: list[FoundClaim]
    next: int | None
    corrected: dict[str, list[str]] = field(default_factory=dict)
    """Words of the search that nothing has, and the words they were taken for."""


class ClaimSearch:
    """Searches on one connection, which sees one state of the index as long as a search takes."""

    def __init__(self, db: sqlite3.Connection, names: NameWords) -> None:
        self._db = db
        self._names = NamesOfSearch(names)
        self._events = EventSearch(db, names)

    def find(self, request: ClaimRequest) -> FoundClaims:
        """Part of the claims, at one state of the index."""
        with one_state(self._db):
            return self._found(request)

    def _found(self, request: ClaimRequest) -> FoundClaims:
        wanted = request.filter
        queries, excluded = (
            [read_query(text, self._names, self._events.is_used) for text in texts]
            for texts in (wanted.q, wanted.not_q)
        )
        conditions = self._conditions(wanted, queries, excluded)
        source, number = _source(conditions)
        if request.after is not None:
            conditions.add(f"{number} < ?", request.after)
        rows = self._db.execute(
            f"SELECT c.id, c.event, c.number FROM {source} WHERE {conditions.text} ORDER BY {number} DESC LIMIT ?",  # noqa: S608
            [*conditions.parameters, request.limit + 1],
        ).fetchall()
        listed = rows[: request.limit]
        return FoundClaims(
            claims=self._documents(listed, Sought.by(queries)),
            next=listed[-1][0] if len(rows) > request.limit else None,
            corrected=corrections(queries),
        )

    def _conditions(self, wanted: ClaimFilter, queries: Sequence[Query], excluded: Sequence[Query]) -> Conditions:
        conditions = Conditions()
        positive = [_any_query(queries)] if queries else []
        positive += list(_marks(wanted, ""))
        negative = [_any_query(excluded)] if excluded else []
        negative += list(_marks(wanted, "not_"))
        if positive:
            match = " AND ".join(f"({text})" for text in positive)
            conditions.add(_MATCHES, match + "".join(f" NOT ({text})" for text in negative))
        elif negative:
            conditions.add(_NOT_AMONG, " OR ".join(f"({text})" for text in negative))
        if wanted.event:
            numbers = [number for event_id in wanted.event for number in self._numbers(event_id)]
            conditions.add("c.id IN (SELECT value FROM json_each(?))", orjson.dumps(numbers).decode())
        if wanted.min_origins is not None:
            conditions.add("c.origins >= ?", wanted.min_origins)
        if wanted.published_since is not None:
            conditions.add("c.reported >= ?", microseconds(wanted.published_since))
        if wanted.published_until is not None:
            conditions.add("c.reported <= ?", microseconds(wanted.published_until))
        return conditions

    def _numbers(self, event_id: str) -> list[int]:
        """Of the claims of an event."""
        stored = self._db.execute(
            "SELECT row FROM events JOIN documents USING (id) WHERE event_id = ?", (event_id,)
        ).fetchone()
        row = None if stored is None else unpack_row(stored[0])
        return [] if row is None else [claim["number"] for claim in row["claims"]]

    def _documents(self, listed: Sequence[tuple[int, int, int]], sought: Sought) -> list[FoundClaim]:
        events: dict[int, tuple[dict[str, Any], list[ClaimRow]]] = {}
        for event in dict.fromkeys(event for _, event, _ in listed):
            summary, row = self._db.execute("SELECT summary, row FROM documents WHERE id = ?", (event,)).fetchone()
            events[event] = orjson.loads(summary), unpack_claims(row)
        found = ((events[event][1][number], events[event][0]) for _, event, number in listed)
        return [FoundClaim(claim, summary, sought.spans_in(claim["text"])) for claim, summary in found]


_MATCHES = "claim_words MATCH ?"
_NOT_AMONG = "c.id NOT IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?)"


def _source(conditions: Conditions) -> tuple[str, str]:
    """The tables that are read, and the claim's number in them.

    By words: that of the words' table, which is read in its order, so that few claims are looked at.
    """
    if _MATCHES in conditions.texts:
        return "claim_words w JOIN claims c ON c.id = w.rowid", "w.rowid"
    return "claims c", "c.id"


def _any_query(queries: Sequence[Query]) -> str:
    return " OR ".join("(" + " AND ".join(f"({_term(term)})" for term in query.terms) + ")" for query in queries)


def _term(term: Term) -> str:
    return any_of(term.names if term.corrected else (term.word, *term.names))


def _marks(wanted: ClaimFilter, prefix: str) -> Iterable[str]:
    for name in (*_NAMES, *_VALUES):
        values = getattr(wanted, prefix + name)
        if values:
            folded = [fold_name(value.removeprefix("www.")) if name in _NAMES else value for value in values]
            yield any_of(mark(name, value) for value in folded)
