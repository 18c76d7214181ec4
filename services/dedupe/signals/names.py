"""Whether two forms of a name can be one: the only place that decides so by the forms alone.

Parts, initials, acronyms and spellings of one sound are one name. Two given names with one family name are two people,
however alike they look ("Maria", "Mario"): a wrong link hides who said what.
"""

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from services.language.spelling import spelling_key

SURNAME_LIKENESS = 0.84
"""From this likeness on two long last names are one, if the given names are the same."""
SURNAME_LETTERS = 6
_TITLES = frozenset((
    "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "gen", "sir", "lord", "lady", "president", "minister", "senator",
    "governor", "judge", "justice", "secretary", "the", "prof", "professor", "attorney", "captain", "capt", "chief",
))  # fmt: skip
"""Words before a name that are none of it."""
_POSSESSIVE = "s"
_ACRONYM_LETTERS = range(2, 8)


@lru_cache(maxsize=16_384)
def same_name(one: str, other: str) -> bool:
    """Whether two forms can name one person, body or place. An empty form can be anybody's."""
    shorter, longer = sorted((_sounds(one), _sounds(other)), key=lambda words: (len(words), words))
    if not shorter or shorter == longer or _is_acronym(one, other) or _is_acronym(other, one):
        return True
    if len(shorter) < len(longer):
        return is_part(shorter, longer)
    if len(shorter) > 1 and sorted(shorter) == sorted(longer):  # the family name first, or last
        return True
    return is_spelling(shorter, longer)


def is_part(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the words of a shorter name start or end a longer one, or leave out what is in the middle of it."""
    if len(short) > 1 and _one_given(short[0], full[0]) and short[-1] == full[-1]:
        return True
    owner = full[len(short) : len(short) + 1] == (_POSSESSIVE,)  # "South Korea" in "South Korea's spy agency"
    return short == full[-len(short) :] or (short == full[: len(short)] and not owner)


def is_spelling(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether names of equally many words have one last name after the same given names or their initials."""
    given = zip(one[:-1], other[:-1], strict=True)
    return all(_one_given(mine, yours) for mine, yours in given) and _alike(one[-1], other[-1])


def _alike(one: str, other: str) -> bool:
    """Whether two last names, spelt otherwise, are one under one given name."""
    if one == other:
        return True
    if min(len(one), len(other)) < SURNAME_LETTERS or one[0] != other[0]:
        return False
    # `autojunk` would make the ratio of long strings depend on letter counts.
    return SequenceMatcher(None, min(one, other), max(one, other), autojunk=False).ratio() >= SURNAME_LIKENESS


@lru_cache(maxsize=16_384)
def name_words(name: str) -> tuple[str, ...]:
    """A name's words without case, accents, hyphens and initials' stops."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return tuple(letters.split())


def _sounds(name: str) -> tuple[str, ...]:
    """The words of a name, each with its sounds written one way, without titles before them."""
    words = name_words(name)
    first = next((at for at, word in enumerate(words) if word not in _TITLES), 0)
    return tuple(part for word in words[first:] for part in spelling_key((word,)).split())


def _one_given(one: str, other: str) -> bool:
    """Whether two given names are one, or one is the initial of the other."""
    return one == other or (1 in (len(one), len(other)) and one[:1] == other[:1])


def _is_acronym(short: str, full: str) -> bool:
    letters = short.replace(".", "")
    if not letters.isupper() or not letters.isalpha() or len(letters) not in _ACRONYM_LETTERS:
        return False
    return letters == "".join(word[0] for word in full.replace("-", " ").split() if word[0].isupper())
