"""The people and bodies of one article: their fullest names, roles, and what is known of each."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice

from services.contracts.claim import NameLink, SpeakerKind
from services.extract.names.explanations import explained
from services.extract.names.kinds import is_feminine, kind_of, woman_by
from services.extract.names.linking import Linked, Linker
from services.extract.names.name_forms import Words, in_capitals, in_small_letters
from services.extract.names.names import Name
from services.extract.names.namesakes import bodies_named_like_people, couples
from services.extract.names.roles import Role, roles_beside
from services.extract.vocabulary.lexicon import Lexicon
from services.language.places import load_gazetteer
from services.language.tokens import Token

_BELONGS_TO_A_PERSON = re.compile(r" (?:administration|campaign|presidency|era|team|family|regime|transition|camp)\b")
"""Nouns before which "the" does not belong to the name: "the Reyl campaign"."""
MAX_ROLES = 50
"""Of one name; whoever has more is no person but a pattern."""
_WHO = re.compile(r", who\b")


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

    def only_person(self, mentions: Iterable[Mention]) -> Mention | None:
        """The last mention of the only person among `mentions`; None where they name nobody, or perhaps another."""
        people: dict[str, Mention] = {}
        for mention in mentions:
            kind = self.of(mention).kind
            if kind is SpeakerKind.PERSON or (kind is None and " " in mention.canonical):
                people[mention.canonical] = mention
        only = next(iter(people.values())) if len(people) == 1 else None
        return only if only is not None and self.of(only).kind is SpeakerKind.PERSON else None


def read_entities(
    text: str,
    sentences: Sequence[Sequence[Token]],
    names: Sequence[Sequence[Name]],
    lexicon: Lexicon,
) -> Entities:
    """Join the names of all sentences into people and bodies, each under the fullest form of its name."""
    flat = [(name, number) for number, in_sentence in enumerate(names) for name in in_sentence]
    beside = [roles_beside(text, sentences[number], name, names[number], lexicon) for name, number in flat]
    namesakes = bodies_named_like_people(text, [name for name, _ in flat], beside)
    small = frozenset(token.text for tokens in sentences for token in tokens if token.text.islower())
    mentions = _mentions(text, flat, beside, namesakes, lexicon, small=small)
    roles: dict[str, list[Role]] = {}
    marked: set[str] = set()
    for mention, own_roles in zip(mentions, beside, strict=True):
        roles.setdefault(mention.canonical, []).extend(own_roles)
        if _is_marked(text, mention.name):
            marked.add(mention.canonical)
    bodies = {
        mention.canonical
        for index, mention in enumerate(mentions)
        if index in namesakes or _is_body(text, mention, lexicon)
    }
    by_name = {key: _entity(key, _distinct(held), key in bodies, key in marked, lexicon) for key, held in roles.items()}
    return _in_small_letters(Entities(mentions, by_name))


def _mentions(
    text: str,
    flat: Sequence[tuple[Name, int]],
    beside: Sequence[Sequence[Role]],
    namesakes: AbstractSet[int],
    lexicon: Lexicon,
    *,
    small: AbstractSet[str],
) -> tuple[Mention, ...]:
    """Each name with whom it means. `namesakes`: indexes of those that stand for no person.

    `small`: words that the article has in small letters.
    """
    names = [name for name, _ in flat]
    persons = _persons(text, names, beside, lexicon)
    linker = Linker(names, explained(text, names), persons, lexicon, load_gazetteer(), small=small)
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
            woman = woman_by(roles, lexicon)
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
    kind = kind_of(canonical, roles, is_body, lexicon)
    if kind is None and is_marked:
        kind = SpeakerKind.PERSON
    return Entity(canonical, kind, roles, is_feminine(canonical, kind, roles, lexicon))
