"""What the index keeps of an event, as it is stored and read. Pure.

A row is a few kilobytes where a snapshot is 30 KB to 1 MiB. It is JSON, packed with zstd: a rebuild puts what it has
into tables and computes nothing. `row_making` makes it.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, TypedDict

import cramjam
import orjson

from services.api.filters.facts import EventFacts, sounds_of
from services.api.filters.values import Days, Has
from services.api.outlets.measures import Copied, OutletCounts

FORM: Final = 6
"""Raised when rows change: rows of another form are made anew from the event."""


class FactsRow(TypedDict):
    """`EventFacts` without its words and sounds, as JSON."""

    event_id: str
    version: int
    status: str
    languages: list[str]
    updated_at: str
    first_published_at: str | None
    last_published_at: str | None
    origins: int
    publisher_count: int
    publishers: list[str]
    families: list[str]
    entities: list[str]
    speakers: list[str]
    kinds: list[str]
    days: list[tuple[int, int]]
    has: list[str]


class WordsRow(TypedDict):
    """What is searched of an event itself: words, each column joined by blanks."""

    headline: str
    names: str
    titles: str


class NameRow(TypedDict):
    """A name that has a key: see `services.api.names.name_keys`."""

    key: str
    name: str
    type: str
    full: bool
    """Whether it tells who or what is meant."""
    forms: list[str]
    """All forms, as written, the fullest first."""


class ClaimRow(TypedDict):
    """A claim as it is listed."""

    claim_id: str
    kind: str
    form: str | None
    text: str
    speaker: dict[str, Any] | None
    speaker_key: str | None
    cue: str | None
    commitment: str
    negated: bool
    about: list[str]
    origins: int
    first_reported_at: str | None
    report: dict[str, Any]


class Gain(TypedDict):
    """An article that is dated: what growth is counted by."""

    at: int
    """When it was published, in seconds since 1970."""
    origin: bool
    """Whether it is the first of its origin."""


class ClaimKeys(TypedDict):
    """What a claim is found by and ordered by."""

    number: int
    """As `claim_ids.claim_number`."""
    reported: int | None
    """When it was first reported, in microseconds since 1970."""
    origins: int
    tokens: str
    """Words and marks, joined by blanks."""


class IndexRow(TypedDict):
    """What the index keeps of an event, but for its claims as they are listed."""

    form: int
    facts: FactsRow
    labels: dict[str, list[str]]
    """By facet, the values as they are shown."""
    words: WordsRow
    tokens: str
    """What the event is found by, as `event_tokens` makes it."""
    outlets: list[OutletCounts]
    copied: list[Copied]
    claims: list[ClaimKeys]
    """Of each claim, in the order of the event."""
    gains: list[Gain]


class NamesOfEvent(TypedDict):
    """The names of an event that have keys, apart from its row: a rebuild of the index reads none of it."""

    entities: list[NameRow]
    speakers: list[NameRow]
    outlets: dict[str, str]
    """Names of outlets by key."""


def pack_row(row: IndexRow, claims: list[ClaimRow], names: NamesOfEvent) -> bytes:
    """The row as it is stored, then the claims as they are listed, then the names."""
    parts = _BETWEEN.join(map(orjson.dumps, (row, claims, names)))
    return bytes(cramjam.zstd.compress(parts, level=ZSTD_LEVEL))


def unpack_row(packed: bytes) -> IndexRow | None:
    """The row of what is stored; None if it has another form."""
    row: IndexRow = orjson.loads(_parts(packed)[0])
    return row if row["form"] == FORM else None


def unpack_claims(packed: bytes) -> list[ClaimRow]:
    """The claims of what is stored."""
    claims: list[ClaimRow] = orjson.loads(_parts(packed)[1])
    return claims


def unpack_names(packed: bytes) -> NamesOfEvent:
    """The names of what is stored."""
    names: NamesOfEvent = orjson.loads(_parts(packed)[2])
    return names


def claims_with(tokens: frozenset[str], packed: bytes, most: int) -> list[ClaimRow]:
    """Of what is stored those claims that have most of the tokens, and one at least."""
    row, claims, _ = _parts(packed)
    keys: list[ClaimKeys] = orjson.loads(row)["claims"]
    counts = {at: len(tokens.intersection(claim["tokens"].split())) for at, claim in enumerate(keys)}
    best = sorted((at for at, count in counts.items() if count), key=lambda at: -counts[at])[:most]
    if not best:
        return []
    listed: list[ClaimRow] = orjson.loads(claims)
    return [listed[at] for at in best]


def _parts(packed: bytes) -> list[bytes]:
    return bytes(cramjam.zstd.decompress(packed)).split(_BETWEEN)


_BETWEEN = b"\n"
"""Stands in no JSON that orjson writes: there it is escaped."""
ZSTD_LEVEL = 3


def facts_of_row(row: IndexRow) -> EventFacts:
    """What filters look at: as `facts_of` gives it of the event."""
    facts, words = row["facts"], row["words"]
    names = words["names"].split()
    of_claims = (token for claim in row["claims"] for token in claim["tokens"].split() if MARK not in token)
    return EventFacts(
        event_id=facts["event_id"],
        version=facts["version"],
        status=facts["status"],
        languages=frozenset(facts["languages"]),
        updated_at=datetime.fromisoformat(facts["updated_at"]),
        first_published_at=_moment(facts["first_published_at"]),
        last_published_at=_moment(facts["last_published_at"]),
        origins=facts["origins"],
        publisher_count=facts["publisher_count"],
        publishers=frozenset(facts["publishers"]),
        families=frozenset(facts["families"]),
        entities=frozenset(facts["entities"]),
        speakers=frozenset(facts["speakers"]),
        kinds=frozenset(facts["kinds"]),
        days=frozenset(Days(first, last) for first, last in facts["days"]),
        has=frozenset(map(Has, facts["has"])),
        words=frozenset((*words["headline"].split(), *names, *words["titles"].split(), *of_claims)),
        sounds=frozenset(sounds_of(names)),
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


MARK = ":"
"""Stands in what a claim or event is found by besides words, after a letter for the condition; in no word."""
MARKS = {
    "publisher": "p",
    "family": "f",
    "entity": "e",
    "speaker": "s",
    "kind": "k",
    "language": "l",
    "status": "t",
    "has": "h",
    "commitment": "c",
    "entity_key": "m",
    "speaker_key": "n",
    "entity_part": "b",
    "speaker_part": "d",
}
"""The letters."""


@lru_cache(maxsize=65_536)
def mark(condition: str, value: str) -> str:
    """What events or claims that have a value of a condition are found by: one token."""
    return f"{MARKS[condition]}{MARK}{value.replace(' ', '_')}"


def key_mark(condition: str, key: str) -> str:
    """As `mark`, of the key of a name. With `…_part`: of a name that does not tell who or what is meant."""
    return mark(condition, key.replace("-", "_"))


def joined(words: Iterable[str]) -> str:
    """Each word once: how often a name is written in how many ways says nothing."""
    return " ".join(dict.fromkeys(words))
