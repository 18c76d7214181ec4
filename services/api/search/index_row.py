"""What the index keeps of an event: made by the projector, so that a rebuild reads no snapshots. Pure.

A row is a few kilobytes where a snapshot is 30 KB to 1 MiB. It is JSON, packed with zstd: a rebuild puts what it has
into tables and computes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, TypedDict

import cramjam
import orjson

from services.api.filters.facts import (
    EventFacts,
    EventNames,
    claim_words,
    event_titles,
    facts_without_words,
    name_variants,
    publisher_keys,
    sounds_of,
)
from services.api.filters.values import Days, Has
from services.api.filters.words import fold_name, fold_text, search_words
from services.api.search.claim_ids import claim_number, microseconds
from services.contracts.claim import SpeakerKind
from services.contracts.event import Event
from services.contracts.event_claims import MergedClaim, Support

FORM: Final = 1
"""Raised when rows change: rows of another form are made anew from the event."""
MOST_LABELS = 20
"""Labels of one facet that an event has at most; of entities those that most articles use."""


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


class ClaimRow(TypedDict):
    """A claim as it is listed."""

    claim_id: str
    kind: str
    form: str | None
    text: str
    speaker: dict[str, Any] | None
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
    claims: list[ClaimKeys]
    """Of each claim, in the order of the event."""
    gains: list[Gain]


def pack_event(event: Event) -> bytes:
    """What the index keeps of an event, as it is stored: the row, then the claims as they are listed."""
    mentions = Mentions(event)
    about = [mentions.names_in(claim.text) for claim in event.claims]
    row = orjson.dumps(index_row(event, mentions, about))
    claims = orjson.dumps(list(map(_claim_row, event.claims, about)))
    return bytes(cramjam.zstd.compress(row + _BETWEEN + claims, level=ZSTD_LEVEL))


def unpack_row(packed: bytes) -> IndexRow | None:
    """The row of what is stored; None if it has another form."""
    row: IndexRow = orjson.loads(bytes(cramjam.zstd.decompress(packed)).partition(_BETWEEN)[0])
    return row if row["form"] == FORM else None


def unpack_claims(packed: bytes) -> list[ClaimRow]:
    """The claims of what is stored."""
    claims: list[ClaimRow] = orjson.loads(bytes(cramjam.zstd.decompress(packed)).partition(_BETWEEN)[2])
    return claims


def claims_with(tokens: frozenset[str], packed: bytes, most: int) -> list[ClaimRow]:
    """Of what is stored those claims that have most of the tokens, and one at least."""
    row, _, claims = bytes(cramjam.zstd.decompress(packed)).partition(_BETWEEN)
    keys: list[ClaimKeys] = orjson.loads(row)["claims"]
    counts = {at: len(tokens.intersection(claim["tokens"].split())) for at, claim in enumerate(keys)}
    best = sorted((at for at, count in counts.items() if count), key=lambda at: -counts[at])[:most]
    if not best:
        return []
    listed: list[ClaimRow] = orjson.loads(claims)
    return [listed[at] for at in best]


_BETWEEN = b"\n"
"""Stands in no JSON that orjson writes: there it is escaped."""
ZSTD_LEVEL = 3


def index_row(event: Event, mentions: "Mentions", about: Sequence[Sequence[str]]) -> IndexRow:
    """What the index keeps of an event, but for its claims as they are listed.

    Args:
        event: The event.
        mentions: Its names.
        about: Of each of its claims, the names in it.
    """
    names = EventNames.of(event)
    facts = facts_without_words(event, names)
    return IndexRow(
        form=FORM,
        facts=_facts_row(facts),
        labels=_labels(event, facts, names),
        words=WordsRow(
            headline=_joined(search_words(event.headline)),
            names=_joined(word for name in (*names.entities, *names.speakers) for word in search_words(name)),
            titles=_joined(word for title in event_titles(event) for word in search_words(title)),
        ),
        claims=[
            _claim_keys(event.event_id, claim, mentions, names_in)
            for claim, names_in in zip(event.claims, about, strict=True)
        ],
        gains=list(_gains(event)),
    )


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


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _text_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else _text(moment)


def _facts_row(facts: EventFacts) -> FactsRow:
    return FactsRow(
        event_id=facts.event_id,
        version=facts.version,
        status=facts.status,
        languages=sorted(facts.languages),
        updated_at=_text(facts.updated_at),
        first_published_at=_text_or_none(facts.first_published_at),
        last_published_at=_text_or_none(facts.last_published_at),
        origins=facts.origins,
        publisher_count=facts.publisher_count,
        publishers=sorted(facts.publishers),
        families=sorted(facts.families),
        entities=sorted(facts.entities),
        speakers=sorted(facts.speakers),
        kinds=sorted(facts.kinds),
        days=sorted((days.first, days.last) for days in facts.days),
        has=sorted(facts.has),
    )


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
}
"""The letters."""


def mark(condition: str, value: str) -> str:
    """What events or claims that have a value of a condition are found by: one token."""
    return f"{MARKS[condition]}{MARK}{value.replace(' ', '_')}"


def event_tokens(row: IndexRow) -> str:
    """What an event is found by, in any order: the marks of its values, and the words of its claims."""
    words = (token for claim in row["claims"] for token in claim["tokens"].split() if MARK not in token)
    return _joined((*_event_marks(row["facts"]), *words))


def _event_marks(facts: FactsRow) -> Iterator[str]:
    listed = (
        ("publisher", facts["publishers"]),
        ("family", facts["families"]),
        ("entity", facts["entities"]),
        ("speaker", facts["speakers"]),
        ("kind", facts["kinds"]),
        ("language", facts["languages"]),
        ("status", [facts["status"]]),
        ("has", facts["has"]),
    )
    return (mark(condition, value) for condition, values in listed for value in values)


def _joined(words: Iterable[str]) -> str:
    """Each word once: how often a name is written in how many ways says nothing."""
    return " ".join(dict.fromkeys(words))


def _labels(event: Event, facts: EventFacts, names: EventNames) -> dict[str, list[str]]:
    """By facet, the values as they are shown, each once."""
    publishers = [article.publisher for article in event.articles]
    by_use = sorted(event.entities, key=lambda one: -sum(len(variant.article_ids) for variant in one.variants))
    speakers = [claim.speaker.canonical for claim in event.claims if claim.speaker is not None]
    known = frozenset(names.speakers)
    listed: dict[str, Iterable[str | None]] = {
        "publisher": (one.domain or one.name for one in publishers),
        "family": (one.family for one in publishers),
        "language": sorted(facts.languages),
        "entity": (one.name for one in by_use),
        "speaker": (name for name in speakers if name in known),
        "kind": sorted(facts.kinds),
        "status": (facts.status,),
        "has": sorted(facts.has),
    }
    return {
        facet: list(dict.fromkeys(str(value) for value in values if value))[:MOST_LABELS]
        for facet, values in listed.items()
    }


class Mentions:
    """Which names of an event stand in a text."""

    def __init__(self, event: Event) -> None:
        self._forms = name_variants(event)
        self._by_word: dict[str, list[tuple[list[str], str]]] = {}
        for form, forms in self._forms.items():
            words = form.split()
            self._by_word.setdefault(words[0], []).append((words, forms[0]))

    def forms(self, name: str) -> tuple[str, ...]:
        """All forms of a name, as written."""
        return self._forms.get(fold_name(name), (name,))

    def names_in(self, text: str) -> list[str]:
        """The names, each once, in order of mention."""
        words = fold_text(text).split()
        names: dict[str, None] = {}
        for at, word in enumerate(words):
            for form, name in self._by_word.get(word, ()):
                if words[at : at + len(form)] == form:
                    names[name] = None
        return list(names)


def _claim_row(claim: MergedClaim, about: list[str]) -> ClaimRow:
    shown = _shown_report(claim)
    return ClaimRow(
        claim_id=claim.claim_id,
        kind=claim.kind.value,
        form=claim.form.value if claim.form else None,
        text=claim.text,
        speaker=claim.speaker.model_dump(mode="json") if claim.speaker else None,
        cue=claim.cue,
        commitment=claim.commitment.value,
        negated=claim.negated,
        about=about,
        origins=claim.origins,
        first_reported_at=_text_or_none(claim.first_reported_at),
        report={
            "article_id": shown.article_id,
            "publisher": shown.publisher.model_dump(mode="json"),
            "origin_id": shown.origin_id,
            "span": {"start": shown.span.start, "end": shown.span.end},
            "published_at": _text_or_none(shown.published_at),
        },
    )


def _shown_report(claim: MergedClaim) -> Support:
    """The earliest report in the claim's canonical wording; the earliest of all where none has exactly that."""
    return next((support for support in claim.supports if support.text == claim.text), claim.supports[0])


def _claim_keys(event_id: str, claim: MergedClaim, mentions: Mentions, about: Sequence[str]) -> ClaimKeys:
    reported = claim.first_reported_at
    return ClaimKeys(
        number=claim_number(reported, event_id, claim.claim_id),
        reported=None if reported is None else microseconds(reported),
        origins=claim.origins,
        tokens=_claim_tokens(claim, mentions, about),
    )


def _claim_tokens(claim: MergedClaim, mentions: Mentions, about: Sequence[str]) -> str:
    speakers = dict.fromkeys(
        form
        for speaker in (claim.speaker, *(support.speaker for support in claim.supports))
        if speaker is not None and speaker.kind is not SpeakerKind.UNNAMED
        for form in mentions.forms(speaker.canonical)
    )
    entities = dict.fromkeys(form for name in about for form in mentions.forms(name))
    publishers = dict.fromkeys(key for support in claim.supports for key in publisher_keys(support.publisher))
    words = [*claim_words(claim), *(word for name in (speakers | entities) for word in search_words(name))]
    marks = (
        *(mark("speaker", fold_name(name)) for name in speakers),
        *(mark("entity", fold_name(name)) for name in entities),
        *(mark("publisher", name) for name in publishers),
        mark("kind", claim.kind.value),
        mark("commitment", claim.commitment.value),
    )
    return _joined((*words, *marks))


def _gains(event: Event) -> Iterator[Gain]:
    origins: set[str] = set()
    for article in event.articles:
        if article.published_at is not None:
            yield Gain(at=int(article.published_at.timestamp()), origin=article.origin_id not in origins)
            origins.add(article.origin_id)
