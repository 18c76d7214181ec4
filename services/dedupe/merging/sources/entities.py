"""People, organisations and places of an event, with the spellings that the articles use.

Extraction links the forms inside each article and gives every name a key that its spellings share. Across articles
equal keys link, then acronyms to the one name with these initials, then short names to the one person whom they fit.
Two people of one family name are never linked: a form that fits both stays by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from services.contracts.claim import ArticleName, NameForm, NameLink, SpeakerKind
from services.contracts.event import EntityVariant, EventEntity
from services.dedupe.merging.sources.attributed import Attributed
from services.dedupe.signals.name_matching import is_part_of_name, is_spelling_variant, split_name_words

PERSON = "person"
ORGANISATION = "organisation"
UNKNOWN = "unknown"
_SPEAKER_TYPES = {SpeakerKind.PERSON: PERSON, SpeakerKind.ORGANISATION: ORGANISATION}
_ACRONYM_LETTERS = range(2, 8)


@dataclass(slots=True)
class _Form:
    """One surface: the articles that use it, and those that show beside it what it stands for."""

    articles: set[str] = field(default_factory=set)
    shown_in: set[str] = field(default_factory=set)
    links: set[NameLink] = field(default_factory=set)


@dataclass(slots=True)
class _Name:
    """One person or thing under all forms linked so far."""

    key: str
    types: dict[str, int] = field(default_factory=dict)
    forms: dict[str, _Form] = field(default_factory=dict)
    fullest: set[str] = field(default_factory=set)
    """Forms that no article has a fuller one for."""
    parts: tuple[str, ...] = ()
    """The words of the key."""

    def __post_init__(self) -> None:
        self.parts = tuple(self.key.split())

    @property
    def type(self) -> str:
        """The type most often given, any before `unknown`; ties by name."""
        if len(self.types) == 1:
            return next(iter(self.types))
        return min(self.types, key=lambda kind: (kind == UNKNOWN, -self.types[kind], kind))

    def absorb_name(self, other_name: "_Name", link: NameLink) -> None:
        """Add the forms of another name, which stands for this one by `link`."""
        for kind, count in other_name.types.items():
            self.types[kind] = self.types.get(kind, 0) + count
        for surface, form in other_name.forms.items():
            own = self.forms.setdefault(surface, _Form())
            own.articles |= form.articles
            own.shown_in |= form.shown_in
            own.links |= {link} if NameLink.SAME in form.links else form.links
        if link is NameLink.SPELLING:
            self.fullest |= other_name.fullest


def link_entities(
    reports: Sequence[Attributed], article_names: Iterable[tuple[str, ArticleName]] = ()
) -> tuple[EventEntity, ...]:
    """Link the names of an event's articles, those in most articles first.

    Args:
        reports: The claims, whose speakers count where an article lists no names.
        article_names: Names of each article, with the article's id.
    """
    by_key: dict[str, _Name] = {}
    listed = list(article_names)
    speakers = _find_speaker_names(reports, {article_id for article_id, _ in listed})
    for article_id, name in sorted([*listed, *speakers], key=lambda item: (item[0], item[1].name)):
        _add_article_name(by_key.setdefault(name.key, _Name(name.key)), article_id, name)
    linked = _join_short_names(_join_acronyms(list(by_key.values())))
    kept = [_build_entity(name) for name in linked if name.type != UNKNOWN or len(_collect_article_ids(name)) > 1]
    return tuple(sorted(kept, key=_entity_sort_key))


def _find_speaker_names(reports: Sequence[Attributed], listed_article_ids: set[str]) -> list[tuple[str, ArticleName]]:
    """Named sources of claims in articles whose extractor lists no names."""
    speakers = {}
    for one in reports:
        speaker = one.claim.speaker
        if speaker is None or speaker.kind not in _SPEAKER_TYPES or one.article.article_id in listed_article_ids:
            continue
        speakers[one.article.article_id, speaker.canonical] = ArticleName(
            name=speaker.canonical,
            type=_SPEAKER_TYPES[speaker.kind],
            key=" ".join(split_name_words(speaker.canonical)),
            forms=(NameForm(surface=speaker.canonical, span=speaker.span, mentions=1, link=NameLink.SAME),),
        )
    return [(article_id, name) for (article_id, _), name in speakers.items()]


def _add_article_name(event_name: _Name, article_id: str, article_name: ArticleName) -> None:
    event_name.types[article_name.type] = event_name.types.get(article_name.type, 0) + 1
    event_name.fullest.add(article_name.name)
    for form in article_name.forms:
        own = event_name.forms.setdefault(form.surface, _Form())
        own.articles.add(article_id)
        own.links.add(form.link)
        if form.link is not NameLink.SAME:
            own.shown_in.add(article_id)


def _join_acronyms(names: Sequence[_Name]) -> list[_Name]:
    """Acronyms joined to the name that some article explains so, else to the only one with these initials."""
    long = [name for name in names if len(name.parts) > 1]
    by_form: dict[str, dict[int, None]] = {}
    by_initials: dict[str, dict[int, None]] = {}
    for at, name in enumerate(long):
        for surface in name.forms:
            by_form.setdefault(surface, {})[at] = None
        for fullest in name.fullest:
            by_initials.setdefault(_join_initials(fullest), {})[at] = None
    kept = []
    for name in names:
        acronym = next(iter(name.fullest)) if len(name.fullest) == 1 else ""
        if len(name.parts) > 1 or not acronym.isupper() or len(acronym) not in _ACRONYM_LETTERS:
            kept.append(name)
            continue
        explained = list(by_form.get(acronym, ()))
        fitting = explained or [at for at in by_initials.get(acronym, ()) if long[at].type != PERSON]
        if len(fitting) == 1:
            long[fitting[0]].absorb_name(name, NameLink.EXPLAINED if explained else NameLink.ACRONYM)
            for surface in name.forms:
                by_form.setdefault(surface, {})[fitting[0]] = None
        else:
            kept.append(name)
    return kept


class _People:
    """People by those words of their names that a form of the name has as well: few are looked at, not all."""

    def __init__(self) -> None:
        self.listed: list[_Name] = []
        self._at: dict[object, list[int]] = {}

    def add_person(self, name: _Name) -> None:
        """One more."""
        for word in self._index_keys(name.parts):
            self._at.setdefault(word, []).append(len(self.listed))
        self.listed.append(name)

    def find_fitting_people(self, short_name: _Name) -> list[tuple[_Name, NameLink]]:
        """All for whom a name with as many words or fewer may stand, as they were added."""
        near = sorted({at for word in self._index_keys(short_name.parts) for at in self._at.get(word, ())})
        return [
            (self.listed[at], link) for at in near if (link := _find_name_link(short_name, self.listed[at])) is not None
        ]

    @staticmethod
    def _index_keys(name_parts: tuple[str, ...]) -> tuple[object, ...]:
        """The first and the last word, or for another spelling of the last both initials and the number of words."""
        return (0, name_parts[0]), (-1, name_parts[-1]), (len(name_parts), name_parts[0][0], name_parts[-1][0])


def _join_short_names(names: Sequence[_Name]) -> list[_Name]:
    """People by the fullest forms first, so that a short one meets all whom it could fit."""
    people = _People()
    others: list[_Name] = []
    for name in sorted(names, key=lambda one: (-len(one.parts), -len(one.key), one.key)):
        kind = name.type
        if kind not in (PERSON, UNKNOWN) or not name.parts:
            others.append(name)
            continue
        fitting = people.find_fitting_people(name)
        if len(fitting) == 1:
            fitting[0][0].absorb_name(name, fitting[0][1])
        elif kind == PERSON:
            people.add_person(name)
        else:
            others.append(name)
    return [*people.listed, *others]


def _find_name_link(short_name: _Name, full_name: _Name) -> NameLink | None:
    """How a name can stand for a person with as many words or more; None when it cannot."""
    one, other = short_name.parts, full_name.parts
    if one[-1][0] != other[-1][0] and one[0] != other[0]:  # most pairs
        return None
    if len(one) < len(other):
        return NameLink.PART if is_part_of_name(one, other) else None
    if len(one) != len(other) or len(one) == 1 or not is_spelling_variant(one, other):
        return None
    return NameLink.PART if one[-1] == other[-1] else NameLink.SPELLING  # initials


def _join_initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _collect_article_ids(name: _Name) -> set[str]:
    return {article_id for form in name.forms.values() for article_id in form.articles}


def _build_entity(name: _Name) -> EventEntity:
    counts = {surface: len(form.articles) for surface, form in name.forms.items()}
    ordered = sorted(counts, key=lambda surface: (-counts[surface], surface))
    fullest = min(name.fullest, key=lambda surface: (-len(split_name_words(surface)), -counts.get(surface, 0), surface))
    return EventEntity(
        name=fullest,
        type=name.type,
        variants=tuple(_build_variant(surface, name.forms[surface], fullest) for surface in ordered),
    )


def _build_variant(surface: str, form: _Form, fullest_form: str) -> EntityVariant:
    ways = sorted(form.links - {NameLink.SAME})
    link = NameLink.SAME if surface == fullest_form else (ways[0] if ways else NameLink.SPELLING)
    return EntityVariant(
        surface=surface,
        article_ids=tuple(sorted(form.articles)),
        link=link,
        shown_in=tuple(sorted(form.shown_in)),
    )


def _entity_sort_key(entity: EventEntity) -> tuple[int, str, str]:
    used = {article_id for variant in entity.variants for article_id in variant.article_ids}
    return -len(used), entity.name, entity.type
