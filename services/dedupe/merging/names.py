"""People, organisations and places of an event, with the spellings that the articles use."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.contracts.claim import SpeakerKind
from services.contracts.event import EntityVariant, EventEntity
from services.dedupe.merging.reports import Report, name_words, same_name

PERSON = "person"
UNKNOWN = "unknown"
_SPEAKER_TYPES = {SpeakerKind.PERSON: PERSON, SpeakerKind.ORGANISATION: "organisation"}


@dataclass(slots=True)
class _Name:
    type: str
    articles: dict[str, set[str]] = field(default_factory=dict)
    """Articles by the form they use."""


@dataclass(slots=True)
class _Form:
    types: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)

    @property
    def type(self) -> str:
        """The type most often given, any before `unknown`; ties by name."""
        return min(self.types, key=lambda kind: (kind == UNKNOWN, -self.types[kind], kind))


def entities(reports: Sequence[Report]) -> tuple[EventEntity, ...]:
    """Names with their variants, those in most articles first. Two forms are linked only if they fit nobody else."""
    forms = _forms(reports)
    people: list[_Name] = []
    others: dict[tuple[str, tuple[str, ...]], _Name] = {}
    for surface in sorted(forms, key=lambda form: (-len(name_words(form)), form)):
        kind = forms[surface].type
        if kind == PERSON:
            name = _person(surface, people)
        else:  # only people are called by a part of their name
            name = others.setdefault((kind, name_words(surface)), _Name(kind))
        name.articles[surface] = forms[surface].articles
    return tuple(sorted(map(_entity, [*people, *others.values()]), key=_rank))


def _person(surface: str, people: list[_Name]) -> _Name:
    """The one whom a form fits; a new one if it fits nobody, or several."""
    fitting = [name for name in people if all(same_name(surface, form) for form in name.articles)]
    if len(fitting) == 1:
        return fitting[0]
    people.append(_Name(PERSON))
    return people[-1]


def _forms(reports: Sequence[Report]) -> dict[str, _Form]:
    """How each surface is used."""
    used: dict[str, _Form] = {}
    for one in reports:
        found = [(mention.type, mention.name) for mention in one.claim.entities]
        speaker = one.claim.speaker
        if speaker is not None and speaker.kind in _SPEAKER_TYPES:
            found.append((_SPEAKER_TYPES[speaker.kind], speaker.canonical))
        for kind, surface in found:
            form = used.setdefault(surface, _Form())
            form.types[kind] += 1
            form.articles.add(one.article.article_id)
    return used


def _entity(name: _Name) -> EventEntity:
    counts = Counter({form: len(articles) for form, articles in name.articles.items()})
    ordered = sorted(counts, key=lambda form: (-counts[form], form))
    fullest = min(ordered, key=lambda form: (-len(name_words(form)), -counts[form], form))
    return EventEntity(
        name=fullest,
        type=name.type,
        variants=tuple(EntityVariant(surface=form, article_ids=tuple(sorted(name.articles[form]))) for form in ordered),
    )


def _rank(entity: EventEntity) -> tuple[int, str, str]:
    used = {article_id for variant in entity.variants for article_id in variant.article_ids}
    return -len(used), entity.name, entity.type
