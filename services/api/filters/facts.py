"""What filters look at in an event. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from services.api.filters.values import Days, Has, days_of
from services.api.filters.words import fold_name, search_words, sound, telling_words
from services.contracts.article import ArticleStatus, Publisher
from services.contracts.claim import Commitment, Speaker, SpeakerKind
from services.contracts.event import Event, EventEntity
from services.contracts.event_claims import FigureVerdict, MergedClaim


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What filters look at in one version of an event. Names are folded (`words.fold_name`).

    Of a big event it has what the snapshot lists; counts and the presence of contradictions are of the whole event.
    """

    event_id: str
    version: int
    status: str
    languages: frozenset[str]
    updated_at: datetime
    first_published_at: datetime | None
    last_published_at: datetime | None
    origins: int
    """How many independent origins tell it."""
    publisher_count: int
    """How many publishers tell it."""
    publishers: frozenset[str]
    """Domains and names of its publishers."""
    families: frozenset[str]
    """Owners of its publishers."""
    entities: frozenset[str]
    """Names of people, organisations and places in it, in all their variants."""
    speakers: frozenset[str]
    """Names of those whose words it reports, in all their variants."""
    kinds: frozenset[str]
    """Kinds of its claims."""
    days: frozenset[Days]
    """Days, months and intervals that its claims mention."""
    has: frozenset[Has]
    """What it has."""
    words: frozenset[str]
    """Words of its headline, titles and names, and of its claims those that are no stop words, as they are searched
    by."""
    sounds: frozenset[str]
    """How the words of its names sound."""


def facts_of(event: Event) -> EventFacts:
    """What filters look at in an event."""
    names = EventNames.of(event)
    words = (*_title_words(event, names), *(word for claim in event.claims for word in claim_words(claim)))
    heard = sounds_of(word for name in (*names.entities, *names.speakers) for word in search_words(name))
    return replace(facts_without_words(event, names), words=frozenset(words), sounds=frozenset(heard))


def facts_without_words(event: Event, names: "EventNames") -> EventFacts:
    """As `facts_of`, `words` and `sounds` left empty."""
    return EventFacts(
        event_id=event.event_id,
        version=event.version,
        status=event.status.value,
        languages=frozenset((event.language,) if event.language else ()),
        updated_at=event.updated_at,
        first_published_at=event.first_published_at,
        last_published_at=event.last_published_at,
        origins=event.counts.origins,
        publisher_count=event.counts.publishers,
        publishers=frozenset(key for article in event.articles for key in publisher_keys(article.publisher)),
        families=frozenset(fold_name(one.publisher.family) for one in event.articles if one.publisher.family),
        entities=frozenset(map(fold_name, names.entities)),
        speakers=frozenset(map(fold_name, names.speakers)),
        kinds=frozenset(claim.kind.value for claim in event.claims),
        days=frozenset(days for claim in event.claims for mention in claim.dates if (days := days_of(mention.iso))),
        has=frozenset(_has(event)),
        words=frozenset(),
        sounds=frozenset(),
    )


@dataclass(frozen=True)
class EventNames:
    """The names in an event, as written, each once, in order."""

    entities: tuple[str, ...]
    speakers: tuple[str, ...]

    @staticmethod
    def of(event: Event) -> "EventNames":
        """Those of an event. A speaker has all the variants of the entity that he or she is."""
        variants = name_variants(event.entities)
        entities = dict.fromkeys(form for forms in variants.values() for form in forms)
        speakers: dict[str, None] = {}
        for name in dict.fromkeys(name for speaker in _speakers(event) for name in _speaker_names(speaker)):
            speakers |= dict.fromkeys((name, *variants.get(fold_name(name), ())))
        return EventNames(tuple(entities), tuple(speakers))


def name_variants(entities: Iterable[EventEntity]) -> dict[str, tuple[str, ...]]:
    """By each folded form of a name, all forms of it; of a form that several names share, those of the first."""
    found: dict[str, tuple[str, ...]] = {}
    for entity in entities:
        forms = tuple(dict.fromkeys((entity.name, *(variant.surface for variant in entity.variants))))
        for form in forms:
            found.setdefault(fold_name(form), forms)
    return found


def _speakers(event: Event) -> Iterator[Speaker]:
    for claim in event.claims:
        for speaker in (claim.speaker, *(support.speaker for support in claim.supports)):
            if speaker is not None:
                yield speaker


def _speaker_names(speaker: Speaker) -> tuple[str, ...]:
    """His or her name. What stands in the text may be a pronoun or a description: it is no name."""
    return () if speaker.kind is SpeakerKind.UNNAMED else (speaker.canonical,)


def publisher_keys(publisher: Publisher) -> Iterator[str]:
    """What a publisher is found by: domain and name, folded."""
    for name in (publisher.domain, publisher.name):
        if name:
            yield fold_name(name)


def _title_words(event: Event, names: EventNames) -> Iterator[str]:
    for text in (event.headline, *names.entities, *names.speakers, *event_titles(event)):
        yield from search_words(text)


def event_titles(event: Event) -> Iterator[str]:
    """The titles of its articles, each once."""
    yield from dict.fromkeys(article.title for article in event.articles if article.title)


def claim_words(claim: MergedClaim) -> Iterator[str]:
    """What is searched of a claim: the words of all its wordings that are no stop words."""
    for text in (claim.text, *claim.variants):
        yield from telling_words(text)


def sounds_of(words: Iterable[str]) -> Iterator[str]:
    """How the words of names sound; those that are too short are left out."""
    return (heard for heard in map(sound, words) if heard is not None)


def is_denied(event: Event) -> bool:
    """Whether somebody denies something: in a claim, or in a denial that only points at what others say."""
    return bool(event.denials) or any(
        Commitment.DENIES in (claim.commitment, *(support.commitment for support in claim.supports))
        for claim in event.claims
    )


def _has(event: Event) -> Iterator[Has]:
    if event.contradictions or event.omitted.contradictions:
        yield Has.CONTRADICTION
    if any(figure.verdict is FigureVerdict.CONFLICTING for figure in event.figures):
        yield Has.CONFLICTING_FIGURE
    if is_denied(event):
        yield Has.DENIAL
    if any(article.status is ArticleStatus.CORRECTED for article in event.articles):
        yield Has.CORRECTION
