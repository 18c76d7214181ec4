"""What bears a name, a person or a body, and whether the person is a woman: by the name's own words and by roles."""

from collections.abc import Iterator, Sequence

from services.contracts.claim import SpeakerKind
from services.extract.names.first_names import load_first_names
from services.extract.names.name_forms import is_acronym
from services.extract.names.name_words import NAMED_AFTER
from services.extract.names.roles import Role
from services.extract.vocabulary.grammar import BELONGS, INSTITUTIONS
from services.extract.vocabulary.lexicon import Lexicon

_FULL_NAME_WORDS = range(2, 5)
_FAMILY_FIRST_WORDS = range(2, 4)
_ACRONYMS = frozenset(("un", "eu", "cia", "fbi", "gop", "kgb", "nsa", "nato"))


def kind_of(canonical: str, roles: tuple[Role, ...], is_body: bool, lexicon: Lexicon) -> SpeakerKind | None:
    """What bears a name; None where neither its words nor its roles tell. `is_body`: what stands before it says so."""
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


def is_feminine(canonical: str, kind: SpeakerKind | None, roles: Sequence[Role], lexicon: Lexicon) -> bool | None:
    """Whether a person is a woman: by titles and roles, else by the first name."""
    if kind is SpeakerKind.ORGANISATION:
        return None
    woman = woman_by(roles, lexicon)
    if woman is not None:
        return woman
    parts = tuple(canonical.split())
    names = load_first_names()
    certain = kind is SpeakerKind.PERSON or (len(parts) > 1 and names.is_firm(parts[0]))
    if not certain or names.is_family_first(parts):
        return None
    return names.is_feminine(parts[0])


def woman_by(roles: Sequence[Role], lexicon: Lexicon) -> bool | None:
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
