"""Makes what the index keeps of an event: in the projector, so that a rebuild reads no snapshots. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice

from pydantic import TypeAdapter

from services.api.filters.facts import (
    EventFacts,
    EventNames,
    claim_words,
    event_titles,
    facts_without_words,
    publisher_keys,
)
from services.api.filters.words import name_words, search_words
from services.api.names.name_keys import KnownName, NameKeys
from services.api.outlets.measures import OutletInEvent, outlet_rows
from services.api.search.claim_ids import claim_number, microseconds
from services.api.search.event_tokens import event_tokens
from services.api.search.index_row import (
    FORM,
    ClaimKeys,
    ClaimRow,
    FactsRow,
    Gain,
    IndexRow,
    NameRow,
    NamesOfEvent,
    WordsRow,
    joined,
    key_mark,
    mark,
    pack_row,
)
from services.api.search.mentions import Mentions
from services.contracts.claim import Speaker, SpeakerKind
from services.contracts.event import Event
from services.contracts.event_claims import MergedClaim, Support

_speaker = TypeAdapter(Speaker)
MOST_LABELS = 20
"""Labels of one facet that an event has at most; of entities those that most articles use."""
MOST_NAMES = 200
"""Names with a key that an event is found by, of entities and of speakers each: those in most articles."""


def pack_event(event: Event) -> bytes:
    """What the index keeps of an event, as it is stored."""
    mentions, keys = Mentions(event), NameKeys(event.entities)
    about = [mentions.names_in(claim.text) for claim in event.claims]
    speakers = [keys.speaker(claim.speaker) for claim in event.claims]
    claims = [
        _claim_keys(event.event_id, claim, mentions, names_in, _key_of(speaker))
        for claim, names_in, speaker in zip(event.claims, about, speakers, strict=True)
    ]
    outlets = outlet_rows(event)
    names = NamesOfEvent(
        entities=_name_rows(keys.entities()),
        speakers=_name_rows(filter(None, speakers)),
        outlets={outlet.key: outlet.name for outlet in outlets},
    )
    row = _index_row(event, claims, names, outlets)
    return pack_row(row, list(map(_claim_row, event.claims, about, map(_key_of, speakers))), names)


def _index_row(
    event: Event, claims: list[ClaimKeys], known: NamesOfEvent, outlets: Sequence[OutletInEvent]
) -> IndexRow:
    """What the index keeps of an event, but for its claims as they are listed."""
    names = EventNames.of(event)
    facts = facts_without_words(event, names)
    facts_row = _facts_row(facts)
    return IndexRow(
        form=FORM,
        facts=facts_row,
        labels=_labels(event, facts, names),
        words=WordsRow(
            headline=joined(search_words(event.headline)),
            names=joined(chain.from_iterable(map(name_words, (*names.entities, *names.speakers)))),
            titles=joined(word for title in event_titles(event) for word in search_words(title)),
        ),
        tokens=event_tokens(facts_row, known, claims),
        outlets=[outlet.counts for outlet in outlets],
        copied=[copied for outlet in outlets for copied in outlet.copied],
        claims=claims,
        gains=list(_gains(event)),
    )


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


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _text_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else _text(moment)


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
    return {facet: _in_one_case(filter(None, values))[:MOST_LABELS] for facet, values in listed.items()}


def _in_one_case(values: Iterable[str]) -> list[str]:
    """Each value once, in order; of those that differ in case alone the one with capitals, "Police" of "police"."""
    spellings: dict[str, str] = {}
    for value in values:
        folded = value.casefold()
        spellings[folded] = min(value, spellings.get(folded, value))
    return list(spellings.values())


def _name_rows(names: Iterable[KnownName]) -> list[NameRow]:
    by_key: dict[str, KnownName] = {}
    for name in names:
        by_key.setdefault(name.key, name)
    return [
        NameRow(key=name.key, name=name.name, type=name.type, full=name.full, forms=list(name.forms))
        for name in islice(by_key.values(), MOST_NAMES)
    ]


def _key_of(speaker: KnownName | None) -> str | None:
    return speaker.key if speaker is not None and speaker.full else None


def _claim_row(claim: MergedClaim, about: list[str], speaker_key: str | None) -> ClaimRow:
    shown = _shown_report(claim)
    return ClaimRow(
        claim_id=claim.claim_id,
        kind=claim.kind.value,
        form=claim.form.value if claim.form else None,
        text=claim.text,
        speaker=_speaker.dump_python(claim.speaker, mode="json") if claim.speaker else None,
        speaker_key=speaker_key,
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


def _claim_keys(
    event_id: str, claim: MergedClaim, mentions: Mentions, about: Sequence[str], speaker_key: str | None
) -> ClaimKeys:
    by = [] if speaker_key is None else [key_mark("speaker_key", speaker_key)]
    reported = claim.first_reported_at
    return ClaimKeys(
        number=claim_number(reported, event_id, claim.claim_id),
        reported=None if reported is None else microseconds(reported),
        origins=claim.origins,
        tokens=joined((_claim_tokens(claim, mentions, about), *by)),
    )


def _claim_tokens(claim: MergedClaim, mentions: Mentions, about: Sequence[str]) -> str:
    names = dict.fromkeys(
        speaker.canonical
        for speaker in (claim.speaker, *(support.speaker for support in claim.supports))
        if speaker is not None and speaker.kind is not SpeakerKind.UNNAMED
    )
    speakers, entities = list(map(mentions.tokens, names)), list(map(mentions.tokens, about))
    publishers = dict.fromkeys(key for support in claim.supports for key in publisher_keys(support.publisher))
    tokens = list(claim_words(claim))
    for name in (*speakers, *entities):
        tokens += name.words
    for name in speakers:
        tokens += name.as_speaker
    for name in entities:
        tokens += name.as_entity
    tokens += (mark("publisher", key) for key in publishers)
    tokens += (mark("kind", claim.kind.value), mark("commitment", claim.commitment.value))
    return joined(tokens)


def _gains(event: Event) -> Iterator[Gain]:
    origins: set[str] = set()
    for article in event.articles:
        if article.published_at is not None:
            yield Gain(at=int(article.published_at.timestamp()), origin=article.origin_id not in origins)
            origins.add(article.origin_id)
