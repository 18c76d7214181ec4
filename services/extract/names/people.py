"""The people and bodies of one article: their fullest names, roles, and what is known of each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice

from services.contracts.claim import NameLink, SpeakerKind
from services.extract.names.explanations import explained
from services.extract.names.first_names import load_first_names
from services.extract.names.linking import Linked, Linker
from services.extract.names.name_forms import Words, in_capitals, in_small_letters, is_acronym
from services.extract.names.name_words import NAMED_AFTER
from services.extract.names.names import Name
from services.extract.names.namesakes import bodies_named_like_people, couples
from services.extract.names.roles import Role, roles_beside
from services.extract.vocabulary.grammar import BELONGS, INSTITUTIONS
from services.extract.vocabulary.lexicon import Lexicon
from services.language.places import load_gazetteer
from services.language.tokens import Token

_BELONGS_TO_A_PERSON = re.compile(r" (?:administration|campaign|presidency|era|team|family|regime|transition|camp)\b")
"""Nouns before which "the" does not belong to the name: "the Reyl campaign"."""
MAX_ROLES = 50
"""Of one name; whoever has more is no person but a pattern."""
_FULL_NAME_WORDS = range(2, 5)
_FAMILY_FIRST_WORDS = range(2, 4)
_WHO = re.compile(r", who\b")
_ACRONYMS = frozenset(("un", "eu", "cia", "fbi", "gop", "kgb", "nsa", "nato"))


@dataclass(frozen=True)
class Mention:
    """A name in the text and whom it means."""

    name: Name
    canonical: str
    sentence: int
    surface: str = ""
    """The name as written, white space squeezed."""
    link: NameLink = NameLink.SAME
    """How the name is known to be short for, or the same as, the canonical form."""


@dataclass(frozen=True)
class Entity:
    """A named person or body."""

    canonical: str
    kind: SpeakerKind | None
    """None: the article does not tell."""
    roles: tuple[Role, ...]
    feminine: bool | None
    """None: neither titles and roles nor the first name tell."""


@dataclass(frozen=True)
class Entities:
    """All mentions in text order, and who is behind them."""

    mentions: tuple[Mention, ...]
    by_name: Mapping[str, Entity]

    def of(self, mention: Mention) -> Entity:
        """Who is meant."""
        return self.by_name[mention.canonical]


def read_entities(
    text: str,
    sentences: Sequence[Sequence[Token]],
    names: Sequence[Sequence[Name]],
    lexicon: Lexicon,
) -> Entities:
    """Join the names of all sentences into people and bodies, each under the fullest form of its name."""
    flat = [(name, number) for number, found in enumerate(names) for name in found]
    beside = [roles_beside(text, sentences[number], name, names[number], lexicon) for name, number in flat]
    namesakes = bodies_named_like_people(text, [name for name, _ in flat], beside)
    mentions = _mentions(text, flat, beside, namesakes, lexicon)
    roles: dict[str, list[Role]] = {}
    marked: set[str] = set()
    for mention, found in zip(mentions, beside, strict=True):
        roles.setdefault(mention.canonical, []).extend(found)
        if _is_marked(text, mention.name):
            marked.add(mention.canonical)
    bodies = {
        mention.canonical
        for index, mention in enumerate(mentions)
        if index in namesakes or _is_body(text, mention, lexicon)
    }
    by_name = {
        key: _entity(key, _distinct(found), key in bodies, key in marked, lexicon) for key, found in roles.items()
    }
    return _in_small_letters(Entities(mentions, by_name))


def _mentions(
    text: str,
    flat: Sequence[tuple[Name, int]],
    beside: Sequence[Sequence[Role]],
    namesakes: AbstractSet[int],
    lexicon: Lexicon,
) -> tuple[Mention, ...]:
    """Each name with whom it means. `namesakes`: indexes of those that stand for no person."""
    names = [name for name, _ in flat]
    persons = _persons(text, names, beside, lexicon)
    linker = Linker(names, explained(text, names), persons, lexicon, load_gazetteer())
    links = [
        Linked(name.words, NameLink.SAME) if index in namesakes else linker.link(name)
        for index, name in enumerate(names)
    ]
    written = {name.words: _squeezed(name.range.of(text)) for name in reversed(names)}
    apart = couples(names, [linked.fullest for linked in links], lexicon)
    return tuple(
        Mention(
            name,
            apart.get((linked.fullest, name.title_word), written[linked.fullest].replace(",", "")),
            number,
            _squeezed(name.range.of(text)),
            linked.link,
        )
        for (name, number), linked in zip(flat, links, strict=True)
    )


def _persons(
    text: str, names: Sequence[Name], beside: Sequence[Sequence[Role]], lexicon: Lexicon
) -> Mapping[Words, bool | None]:
    """Names that must be people's, and whether what stands beside them is said of women (True) or men (False)."""
    persons: dict[Words, bool | None] = {}
    for name, roles in zip(names, beside, strict=True):
        if roles or _is_marked(text, name):
            woman = _woman_by(roles, lexicon)
            persons[name.words] = persons.get(name.words) if woman is None else woman
    return persons


def _is_marked(text: str, name: Name) -> bool:
    """Whether letters, or "who", after a name say that a person bears it."""
    return name.letters is not None or _WHO.match(text, name.range.end) is not None


def _squeezed(written: str) -> str:
    return " ".join(written.split())


def _in_small_letters(entities: Entities) -> Entities:
    """The same with people's names that stand in capitals written as others are: "ADA BRUN" is Ada Brun."""
    small = {
        canonical: in_small_letters(canonical)
        for canonical, entity in entities.by_name.items()
        if entity.kind is SpeakerKind.PERSON and in_capitals((canonical.split()[-1],)) and " " in canonical
    }
    if not small:
        return entities
    mentions = tuple(
        replace(mention, canonical=small.get(mention.canonical, mention.canonical)) for mention in entities.mentions
    )
    renamed = {
        small.get(canonical, canonical): replace(entity, canonical=small.get(canonical, canonical))
        for canonical, entity in entities.by_name.items()
    }
    return Entities(mentions, renamed)


def _distinct(roles: Sequence[Role]) -> tuple[Role, ...]:
    """The first role of each wording."""
    first: dict[tuple[str, str | None, bool], Role] = {}
    for role in roles:
        first.setdefault((role.text, role.organisation, role.is_past), role)
    return tuple(islice(first.values(), MAX_ROLES))


def _is_body(text: str, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether "the", or a word like "company", before the name says that it is not a person's."""
    name = mention.name
    if name.title is not None:
        return False
    bears_the = name.after_the and not is_of_a_body(text, name)
    return bears_the or name.before in lexicon.organisation_nouns


def is_of_a_body(text: str, name: Name) -> bool:
    """Whether a person's name only says whose body it is: "Reyl" of "the Reyl campaign"."""
    return _BELONGS_TO_A_PERSON.match(text, name.range.end) is not None


def _entity(canonical: str, roles: tuple[Role, ...], is_body: bool, is_marked: bool, lexicon: Lexicon) -> Entity:
    kind = _kind(canonical, roles, is_body, lexicon)
    if kind is None and is_marked:
        kind = SpeakerKind.PERSON
    return Entity(canonical, kind, roles, _is_feminine(canonical, kind, roles, lexicon))


def _kind(canonical: str, roles: tuple[Role, ...], is_body: bool, lexicon: Lexicon) -> SpeakerKind | None:
    words = canonical.split()
    lower = canonical.lower()
    if lower.rstrip(".") in lexicon.country_phrases or lower in lexicon.countries:
        return SpeakerKind.ORGANISATION
    titled = any(role.is_title or (role.organisation is None and role.text[0].isupper()) for role in roles)
    if _names_a_body(words[-1], lexicon) and not titled:
        return SpeakerKind.ORGANISATION
    if roles or _has_first_name(words):
        return SpeakerKind.PERSON
    if any(_names_a_body(word, lexicon) for word in words) or is_body:
        return SpeakerKind.ORGANISATION
    return SpeakerKind.ORGANISATION if is_acronym(tuple(words)) else None


def _names_a_body(word: str, lexicon: Lexicon) -> bool:
    """Whether a word of a name says that a body bears it; acronyms only in capitals: "Kim Jong Un" is a person."""
    lower = word.lower()
    return lower in lexicon.name_organisation_words and (word.isupper() or lower not in _ACRONYMS)


def _has_first_name(words: Sequence[str]) -> bool:
    """Whether a name of several words starts with a person's first name and has no word for something else."""
    names = load_first_names()
    is_western = len(words) in _FULL_NAME_WORDS and names.is_firm(words[0])
    if not is_western and not (len(words) in _FAMILY_FIRST_WORDS and names.is_family_first(tuple(words))):
        return False
    return not any(word.lower() in NAMED_AFTER or word.lower() in INSTITUTIONS or word == "of" for word in words[1:])


def _is_feminine(canonical: str, kind: SpeakerKind | None, roles: Sequence[Role], lexicon: Lexicon) -> bool | None:
    """Whether a person is a woman: by titles and roles, else by the first name."""
    if kind is SpeakerKind.ORGANISATION:
        return None
    woman = _woman_by(roles, lexicon)
    if woman is not None:
        return woman
    parts = tuple(canonical.split())
    names = load_first_names()
    certain = kind is SpeakerKind.PERSON or (len(parts) > 1 and names.is_firm(parts[0]))
    if not certain or names.is_family_first(parts):
        return None
    return names.is_feminine(parts[0])


def _woman_by(roles: Sequence[Role], lexicon: Lexicon) -> bool | None:
    """Whether roles are a woman's (True) or a man's (False); None where they tell nothing, or both."""
    words = {word.strip(".").lower() for role in roles for word in _own_words(role.text)}
    feminine, masculine = bool(words & lexicon.feminine), bool(words & lexicon.masculine)
    return None if feminine == masculine else feminine


def _own_words(role: str) -> Iterator[str]:
    """The words of a role before "of": who is wife of a king is none."""
    for word in role.split():
        if word.lower() in BELONGS:
            return
        if not word.endswith("'s"):
            yield word
