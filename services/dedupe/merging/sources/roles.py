"""How roles of people, and descriptions of bodies, are compared across the articles of an event. Pure."""

import re
from collections.abc import Iterable, Iterator

from services.contracts.claim import SpeakerKind
from services.dedupe.merging.sources.article_speakers import ArticleSpeaker
from services.dedupe.merging.sources.countries import strip_leading_determiner
from services.dedupe.signals.name_matching import split_name_words
from services.language.places import load_gazetteer

_OWNED = re.compile(r"[^\W\d_][\w .-]*?'s (?P<role>\w.+)")
_FEWEST_WORDS = 2
_EVERYWHERE = frozenset((
    "ministry", "government", "parliament", "police", "court", "army", "military", "navy", "embassy", "forces", "party",
    "campaign", "council", "senate", "house", "administration",
))  # fmt: skip
"""Bodies that any place has: which one is meant, only the article itself tells."""
_BODY = "body: "
"""Keeps descriptions of bodies apart from roles of people."""


def normalise_role(text: str) -> str:
    """Return a role as roles are compared: "Turkey's prime minister" and "Turkish Prime Minister" are one."""
    words = strip_leading_determiner(text).split()
    for size in (2, 1):
        whose = " ".join(words[:size]).removesuffix("'s")
        country = _find_country(whose) if len(words) > size and whose[:1].isupper() else None
        if country is not None:
            return " ".join((country, *words[size:])).casefold()
    return " ".join(words).casefold()


def drop_owner(role: str) -> str | None:
    """Return a normalised role without its place, "fire chief" of "varn's fire chief"; None: it has none."""
    owned = _OWNED.fullmatch(role)
    return None if owned is None else owned["role"]


def describe_body(name: str) -> str | None:
    """Return how a body is described, "tourist board", to be compared; None where any place has such a one."""
    words = strip_leading_determiner(name).casefold().split()
    is_one = len(words) >= _FEWEST_WORDS and words[-1] not in _EVERYWHERE and "'" not in name
    return _BODY + " ".join(words) if is_one else None


def list_descriptions(name: str) -> Iterator[str]:
    """Return all by which a body with this name may be described elsewhere: "tourist board" of "Varn tourist board"."""
    words = strip_leading_determiner(name).split()
    for at in range(1, len(words) - _FEWEST_WORDS + 1):
        description = describe_body(" ".join(words[at:]))
        if description is not None:
            yield description


def find_owner_of_body(name: str, description: str) -> str:
    """Return what a body's name has before its description: "Varn" of "Varn tourist board"."""
    words = strip_leading_determiner(name).split()
    return " ".join(words[: len(words) - len(description.removeprefix(_BODY).split())])


def is_last_name_of(name: str, full_name: str) -> bool:
    """Whether a name is the last one of a fuller name, alone."""
    words, full_words = split_name_words(name), split_name_words(full_name)
    return len(words) == 1 < len(full_words) and words == full_words[-1:]


def list_roles(speakers: Iterable[ArticleSpeaker]) -> Iterator[str]:
    """The roles of those without a name, and how bodies are described."""
    for speaker in speakers:
        if speaker.kind is SpeakerKind.UNNAMED:
            role = normalise_role(speaker.canonical)
            yield from filter(None, (role, drop_owner(role)))
        elif speaker.kind is SpeakerKind.ORGANISATION and (description := describe_body(speaker.canonical)) is not None:
            yield description


def group_roles_by_name(speakers: Iterable[ArticleSpeaker]) -> dict[str, set[str]]:
    """The roles of people whom the article knows by a last name alone, by that name."""
    roles: dict[str, set[str]] = {}
    for speaker in speakers:
        if speaker.kind is SpeakerKind.PERSON and speaker.role and len(split_name_words(speaker.canonical)) == 1:
            roles.setdefault(speaker.canonical, set()).add(normalise_role(speaker.role))
    return roles


def _find_country(name: str) -> str | None:
    """The country that a name or a demonym is of; None for a state or a city: each has its own mayor or governor."""
    gazetteer = load_gazetteer()
    place = gazetteer.place_of(name)
    is_country = gazetteer.is_demonym(name) or (place is not None and "/" not in place)
    return gazetteer.country_of(name) if is_country else None
