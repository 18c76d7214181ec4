"""Puts events into the index and takes them out. One thread at a time; every method is a transaction of SQLite."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from services.api.cursors import index_member
from services.api.search.claim_ids import microseconds
from services.api.search.index_row import IndexRow, unpack_row
from services.api.search.near_words import NameWords
from services.api.search.schema import BUILDING, FOLLOWING, HASH_BYTES, SCHEMA


@dataclass(frozen=True)
class Entry:
    """An event as the index takes it."""

    row: IndexRow
    packed: bytes
    """The row as it is stored."""
    summary: bytes
    """JSON of EventSummary."""

    @property
    def event_id(self) -> str:
        """The event."""
        return self.row["facts"]["event_id"]


@dataclass(frozen=True)
class Move:
    """An event has left its place in the list, or is new."""

    position: str
    """In the update log, as `sortable` writes it."""
    event_id: str
    moved_from: str
    """The place that it had; empty: it is new."""


class IndexWriter:
    """The writing side of one index."""

    def __init__(self, path: Path, names: NameWords) -> None:
        self._names = names
        self._next = 0
        # Used by one thread at a time, whichever it is: the follower waits for each call.
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.executescript(BUILDING)
        self._db.executescript(SCHEMA)
        for table in ("event_words", "event_tokens", "claim_words"):
            self._db.execute(f"INSERT INTO {table}({table}, rank) VALUES('hashsize', ?)", (HASH_BYTES,))

    def add(self, entries: Sequence[Entry]) -> None:
        """Put in events that are not there: the fast way, while the index is built."""
        with self._transaction():
            self._insert(entries)

    def finish(self, position: str, moves_since: str) -> None:
        """The index is built: it has what the view had at `position`, or later. From now on it is followed.

        Moves are known since `moves_since`, a position as `sortable` writes it.
        """
        self._db.execute("UPDATE state SET position = ?, moves_since = ?", (position, moves_since))
        self._db.executescript(FOLLOWING)

    def apply(self, changed: Sequence[Entry], gone: Iterable[str], moves: Sequence[Move], position: str) -> None:
        """Bring events up to date, with how far the index is then.

        Args:
            changed: Events as they are now, each once.
            gone: Ids of events that are listed no more.
            moves: What has moved since.
            position: How far the update log is read now.
        """
        with self._transaction():
            for event_id in (*gone, *(entry.event_id for entry in changed)):
                self._remove(event_id)
            self._insert(changed)
            self._note(moves)
            self._db.execute("UPDATE state SET position = ?", (position,))

    def note_moves(self, moves: Sequence[Move]) -> None:
        """Note moves from before the index was built."""
        with self._transaction():
            self._note(moves)

    def forget_moves(self, before: str) -> None:
        """Drop the moves before a position, as `sortable` writes it."""
        with self._transaction():
            self._db.execute("DELETE FROM moves WHERE position < ?", (before,))
            self._db.execute("UPDATE state SET moves_since = max(moves_since, ?)", (before,))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _note(self, moves: Sequence[Move]) -> None:
        self._db.executemany(
            "INSERT INTO moves(position, event_id, moved_from) VALUES(?, ?, ?)",
            [(move.position, move.event_id, move.moved_from) for move in moves],
        )

    def _insert(self, entries: Sequence[Entry]) -> None:
        numbered = list(enumerate(entries, start=self._next))
        self._next += len(entries)
        insert = self._db.executemany
        insert(_INSERT_EVENT, [_event(at, entry) for at, entry in numbered])
        insert("INSERT INTO documents VALUES(?, ?, ?)", [(at, entry.summary, entry.packed) for at, entry in numbered])
        insert(_INSERT_WORDS, [(at, *_words(entry.row)) for at, entry in numbered])
        insert(_INSERT_EVENT_TOKENS, [(at, entry.row["tokens"]) for at, entry in numbered])
        insert(_INSERT_LABEL, [label for at, entry in numbered for label in _labels(at, entry.row)])
        insert(_INSERT_DAYS, [(at, *days) for at, entry in numbered for days in entry.row["facts"]["days"]])
        insert(_INSERT_GAIN, [gain for at, entry in numbered for gain in _gains(at, entry.row)])
        insert(_INSERT_OUTLET, [outlet for at, entry in numbered for outlet in _outlets(at, entry.row)])
        insert(_INSERT_COPIED, [copied for at, entry in numbered for copied in _copied(at, entry.row)])
        # In order of their numbers: FTS5 writes out what it has gathered whenever a number is lower than the last.
        claims = sorted(claim for at, entry in numbered for claim in _claims(at, entry.row))
        before = self._db.total_changes
        insert(_INSERT_CLAIM, [claim[:-1] for claim in claims])
        if self._db.total_changes - before < len(claims):
            claims = list(filter(self._has, claims))
        insert(_INSERT_TOKENS, [(claim[0], claim[-1]) for claim in claims])
        for entry in entries:
            self._names.add((entry.row["words"]["names"] + " " + entry.row["words"]["headline"]).split())

    def _remove(self, event_id: str) -> None:
        stored = self._db.execute(
            "SELECT id, row FROM events JOIN documents USING (id) WHERE event_id = ?", (event_id,)
        ).fetchone()
        if stored is None:
            return
        at, row = stored[0], unpack_row(stored[1])
        assert row is not None  # this process put it in
        run, each = self._db.execute, self._db.executemany
        claims = list(filter(self._has, _claims(at, row)))
        each(_DELETE_TOKENS, [(claim[0], claim[-1]) for claim in claims])
        each("DELETE FROM claims WHERE id = ?", [claim[:1] for claim in claims])
        run(_DELETE_EVENT_TOKENS, (at, row["tokens"]))
        each("DELETE FROM gains WHERE at = ? AND event = ? AND number = ?", [gain[:3] for gain in _gains(at, row)])
        each("DELETE FROM outlets WHERE outlet = ? AND place = ?", [outlet[:2] for outlet in _outlets(at, row)])
        each("DELETE FROM copied WHERE outlet = ? AND event = ?", [copied[:2] for copied in _copied(at, row)])
        for table in ("labels", "days"):
            run(f"DELETE FROM {table} WHERE event = ?", (at,))  # noqa: S608 - our own names
        run("DELETE FROM event_words WHERE rowid = ?", (at,))
        run("DELETE FROM documents WHERE id = ?", (at,))
        run("DELETE FROM events WHERE id = ?", (at,))

    def _has(self, claim: "_Claim") -> bool:
        """Whether the claim is in the index. Two claims can have one number: then the second is not in it."""
        held = self._db.execute("SELECT event, number FROM claims WHERE id = ?", claim[:1]).fetchone()
        return bool(held == claim[1:3])


_INSERT_EVENT = "INSERT INTO events VALUES(?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_WORDS = "INSERT INTO event_words(rowid, headline, names, titles) VALUES(?, ?, ?, ?)"
_INSERT_EVENT_TOKENS = "INSERT INTO event_tokens(rowid, tokens) VALUES(?, ?)"
_DELETE_EVENT_TOKENS = "INSERT INTO event_tokens(event_tokens, rowid, tokens) VALUES('delete', ?, ?)"
_INSERT_LABEL = "INSERT INTO labels VALUES(?, ?, ?)"
_INSERT_DAYS = "INSERT INTO days VALUES(?, ?, ?)"
_INSERT_GAIN = "INSERT INTO gains VALUES(?, ?, ?, ?)"
_INSERT_OUTLET = "INSERT INTO outlets VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_COPIED = "INSERT OR IGNORE INTO copied VALUES(?, ?, ?, ?, ?)"
_INSERT_CLAIM = "INSERT OR IGNORE INTO claims VALUES(?, ?, ?, ?, ?)"
# By VALUES, not from a SELECT: that sets a savepoint for each row, at which FTS5 writes out what it has gathered.
_INSERT_TOKENS = "INSERT INTO claim_words(rowid, tokens) VALUES(?, ?)"
_DELETE_TOKENS = "INSERT INTO claim_words(claim_words, rowid, tokens) VALUES('delete', ?, ?)"

_Claim = tuple[int, int, int, int, int | None, str]
"""Number, event, place in the event, origins, time and tokens."""


def _claims(at: int, row: IndexRow) -> Iterator[_Claim]:
    for place, claim in enumerate(row["claims"]):
        yield claim["number"], at, place, claim["origins"], claim["reported"], claim["tokens"]


def _event(at: int, entry: Entry) -> tuple[object, ...]:
    facts = entry.row["facts"]
    updated = datetime.fromisoformat(facts["updated_at"])
    first, last = _parsed(facts["first_published_at"]), _parsed(facts["last_published_at"])
    return (
        at,
        facts["event_id"],
        _place(entry.row),
        microseconds(updated),
        first and microseconds(first),
        last and microseconds(last),
        facts["origins"],
        facts["publisher_count"],
    )


def _place(row: IndexRow) -> str:
    return index_member(datetime.fromisoformat(row["facts"]["updated_at"]), row["facts"]["event_id"])


def _outlets(at: int, row: IndexRow) -> Iterator[tuple[object, ...]]:
    place = _place(row)
    for key, *counts in row["outlets"]:
        yield key, place, at, *counts


def _copied(at: int, row: IndexRow) -> Iterator[tuple[object, ...]]:
    for key, *copied in row["copied"]:
        yield key, at, *copied


def _words(row: IndexRow) -> tuple[str, str, str]:
    words = row["words"]
    return words["headline"], words["names"], words["titles"]


def _labels(at: int, row: IndexRow) -> Iterator[tuple[int, str, str]]:
    for facet, labels in row["labels"].items():
        for label in labels:
            yield at, facet, label


def _gains(at: int, row: IndexRow) -> Iterator[tuple[int, int, int, bool]]:
    for number, gain in enumerate(row["gains"]):
        yield gain["at"], at, number, gain["origin"]


def _parsed(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
