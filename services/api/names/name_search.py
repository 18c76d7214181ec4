"""Events by the key of a name: statements of SQL, run on one connection of the index."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import orjson

from services.api.names.name_keys import name_key
from services.api.search.index_row import ClaimRow, NameRow, key_mark, mark, unpack_claims, unpack_names
from services.api.search.one_state import one_state

MOST_LOOKED_THROUGH = 30
"""Events, the newest ones, in which it is looked up what a form of a name stands for."""


class Role(StrEnum):
    """What names are looked for as."""

    SPEAKER = "speaker"
    """Of those who say something."""
    ENTITY = "entity"
    """Of whom or what is named."""


@dataclass(frozen=True)
class NameRequest:
    """What a client asks for: the events in which a name has this key, after a place in the list of events."""

    role: Role
    key: str
    limit: int
    after: str | None = None


@dataclass(frozen=True)
class NamedEvent:
    """An event that has the name."""

    summary: dict[str, Any]
    name: NameRow
    claims: list[ClaimRow]
    """By it, or naming it, in the order of the event."""
    speaker_keys: dict[str, str | None]
    """Of every claim of the event, by id, the key of who says it."""


@dataclass(frozen=True)
class OtherName:
    """A fuller name that the form asked for stands for in some events."""

    key: str
    name: str
    type: str
    events: int
    form: str
    """What was asked for, as the newest of these events writes it."""


@dataclass(frozen=True)
class PartOfName:
    """Events that have the name and nothing fuller, where it does not tell who or what is meant."""

    form: str
    """As the newest of them writes it."""
    summaries: list[dict[str, Any]]
    """Of the newest."""
    total: int


@dataclass(frozen=True)
class FoundName:
    """Part of what is known of a name. `next`: the place to continue after; None: the events end here."""

    events: list[NamedEvent]
    next: str | None
    total: int
    """Events that have it, all parts together."""
    counts: dict[str, int] = field(default_factory=dict)
    """Of a speaker: statements, and how many of them are of a kind or a commitment."""
    stands_for: list[OtherName] = field(default_factory=list)
    part: PartOfName | None = None


class NameSearch:
    """Searches on one connection, which sees one state of the index as long as a search takes."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def find(self, request: NameRequest) -> FoundName:
        """What is known of a name, at one state of the index."""
        with one_state(self._db):
            return self._found(request)

    def known(self, role: Role, keys: Iterable[str]) -> frozenset[str]:
        """Those of the keys of which anything is known."""
        with one_state(self._db):
            return frozenset(key for key in keys if self._is_known(NameRequest(role, key, 1)))

    def _is_known(self, request: NameRequest) -> bool:
        role, key = request.role, request.key
        by_key, by_part = _quoted(key_mark(f"{role}_key", key)), _quoted(key_mark(f"{role}_part", key))
        form = _quoted(mark(role, key.replace("-", " ")))
        return bool(self._events(f"{by_key} OR {by_part}", None, 1) or self._stands_for(form, request))

    def _found(self, request: NameRequest) -> FoundName:
        role, key = request.role, request.key
        by_key, by_part = _quoted(key_mark(f"{role}_key", key)), _quoted(key_mark(f"{role}_part", key))
        rows = self._events(by_key, request.after, request.limit + 1)
        listed = rows[: request.limit]
        form = _quoted(mark(role, key.replace("-", " ")))
        return FoundName(
            events=[self._event(event, request) for event, _ in listed],
            next=listed[-1][1] if len(rows) > request.limit else None,
            total=self._count("event_tokens", by_key),
            counts=self._statements(by_key) if role is Role.SPEAKER else {},
            stands_for=self._stands_for(f"{form} NOT {by_key}", request),
            part=self._part(by_part, request),
        )

    def _events(self, match: str, after: str | None, limit: int) -> list[tuple[int, str]]:
        return self._db.execute(
            "SELECT e.id, e.place FROM events e WHERE e.id IN"
            " (SELECT rowid FROM event_tokens WHERE event_tokens MATCH ?)"
            " AND (? IS NULL OR e.place < ?) ORDER BY e.place DESC LIMIT ?",
            (match, after, after, limit),
        ).fetchall()

    def _event(self, event: int, request: NameRequest) -> NamedEvent:
        summary, row = self._db.execute("SELECT summary, row FROM documents WHERE id = ?", (event,)).fetchone()
        claims = unpack_claims(row)
        return NamedEvent(
            summary=orjson.loads(summary),
            name=next(name for name in self._names(row, request.role) if name["key"] == request.key),
            claims=[claim for claim in claims if _concerns(claim, request)],
            speaker_keys={claim["claim_id"]: claim["speaker_key"] for claim in claims},
        )

    def _part(self, match: str, request: NameRequest) -> PartOfName | None:
        events = [event for event, _ in self._events(match, None, MOST_LOOKED_THROUGH)]
        if not events:
            return None
        (row,) = self._db.execute("SELECT row FROM documents WHERE id = ?", (events[0],)).fetchone()
        form = next(name["name"] for name in self._names(row, request.role) if name["key"] == request.key)
        return PartOfName(form, [self._summary(event) for event in events], self._count("event_tokens", match))

    def _summary(self, event: int) -> dict[str, Any]:
        (summary,) = self._db.execute("SELECT summary FROM documents WHERE id = ?", (event,)).fetchone()
        found: dict[str, Any] = orjson.loads(summary)
        return found

    def _stands_for(self, match: str, request: NameRequest) -> list[OtherName]:
        """Fuller names that have the key as one of their forms, those in most of the newest events first."""
        names: dict[str, list[NameRow]] = {}
        for event, _ in self._events(match, None, MOST_LOOKED_THROUGH):
            (row,) = self._db.execute("SELECT row FROM documents WHERE id = ?", (event,)).fetchone()
            for name in self._names(row, request.role):
                if name["full"] and name["key"] != request.key and request.key in map(name_key, name["forms"]):
                    names.setdefault(name["key"], []).append(name)
        ordered = sorted(names.items(), key=lambda item: (-len(item[1]), item[0]))
        return [
            OtherName(key, rows[0]["name"], rows[0]["type"], len(rows), _form(rows[0], request.key))
            for key, rows in ordered
        ]

    @staticmethod
    def _names(row: bytes, role: Role) -> Sequence[NameRow]:
        names = unpack_names(row)
        return names["speakers"] if role is Role.SPEAKER else names["entities"]

    def _statements(self, by_key: str) -> dict[str, int]:
        marks = {
            "quotations": mark("kind", "quotation"),
            "denials": mark("commitment", "denies"),
            "unconfirmed": mark("commitment", "declines_to_confirm"),
            "conditional": mark("commitment", "conditional"),
        }
        counts = {name: self._count("claim_words", f"{by_key} AND {_quoted(one)}") for name, one in marks.items()}
        return {"statements": self._count("claim_words", by_key)} | counts

    def _count(self, table: str, match: str) -> int:
        (number,) = self._db.execute(
            f"SELECT count(*) FROM {table} WHERE {table} MATCH ?",  # noqa: S608 - our own names
            (match,),
        ).fetchone()
        return int(number)


def _form(name: NameRow, key: str) -> str:
    return next(form for form in name["forms"] if name_key(form) == key)


def _quoted(token: str) -> str:
    return f'"{token}"'


def _concerns(claim: ClaimRow, request: NameRequest) -> bool:
    if request.role is Role.SPEAKER:
        return claim["speaker_key"] == request.key
    return request.key in map(name_key, claim["about"])
