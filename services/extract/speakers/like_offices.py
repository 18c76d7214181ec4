"""Who holds an office that is described in other words: "the director of the city's main hospital". Pure."""

from collections.abc import Iterable, Mapping
from itertools import takewhile

from services.extract.names.people import Entity
from services.extract.names.roles import Role
from services.extract.vocabulary.grammar import POSTPONED

_ANY = frozenset((
    "a", "an", "the", "its", "his", "her", "their", "main", "largest", "biggest", "only", "oldest", "leading", "local",
    "state", "national", "public", "private", "central", "city", "country", "big", "large",
))  # fmt: skip
"""What may be said of a body besides its name."""
_HOUSES = frozenset(("parliament", "chamber", "assembly", "house", "legislature"))
"""Of which somebody is the speaker, with or without that word."""


def holder_of(phrase: str, entities: Iterable[Entity]) -> Entity | None:
    """The only one whose office a description without a name tells in other words; None where it may be several.

    `phrase`: in lower case without its article, "director of the city's main hospital".
    """
    office = _split(phrase)
    if office is None:
        return None
    holders: Mapping[str, Entity] = {
        entity.canonical: entity for entity in entities if any(_is_like(office, role) for role in entity.roles)
    }
    return next(iter(holders.values())) if len(holders) == 1 else None


def _split(phrase: str) -> tuple[str, list[str]] | None:
    """What somebody is, and of what: "director", "the city's main hospital"; None where it is of nothing."""
    title, of, whole = phrase.partition(" of ")
    words = list(takewhile(lambda word: word not in POSTPONED, whole.split()))
    return (title, words) if of and words else None


def _is_like(office: tuple[str, list[str]], role: Role) -> bool:
    """Whether somebody's role is an office, and of a body that is called by the same noun."""
    title, body = office
    if role.is_past:
        return False
    text = role.text.lower()
    if text == title == "speaker":
        return body[-1] in _HOUSES
    other = _split(text)
    if other is None or other[0] != title or other[1][-1] != body[-1]:
        return False
    return all(word.endswith(("'s", "s'")) or word in _ANY or word in other[1] for word in body[:-1])
