"""Whether two forms of a name can be one: the only place that decides so by the forms alone.

Parts, initials, acronyms and spellings of one sound are one name. Two given names with one family name are two people,
however alike they look ("Maria", "Mario"): a wrong link hides who said what.
"""

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from services.language.person_names import is_parents, middle_names_agree
from services.language.spelling import spelling_key

SURNAME_LIKENESS = 0.84
"""From this likeness on two long last names are one, if the given names are the same."""
SURNAME_LETTERS = 6
SLIP_LETTERS = 5
"""Shortest last name that can equal one with one more letter inside it."""
_TITLES = frozenset((
    "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "gen", "sir", "lord", "lady", "president", "minister", "senator",
    "governor", "judge", "justice", "secretary", "the", "prof", "professor", "attorney", "captain", "capt", "chief",
))  # fmt: skip
"""Words before a name that are none of it."""
_POSSESSIVE = "s"
_ACRONYM_LETTERS = range(2, 8)


@lru_cache(maxsize=16_384)
def may_be_same_name(name: str, other_name: str) -> bool:
    """Whether two forms can name one person, body or place. An empty form can be anybody's."""
    shorter, longer = sorted(
        (_phonetic_name_words(name), _phonetic_name_words(other_name)), key=lambda words: (len(words), words)
    )
    if not shorter or shorter == longer or _is_acronym(name, other_name) or _is_acronym(other_name, name):
        return True
    if len(shorter) < len(longer):
        return is_part_of_name(shorter, longer)
    if len(shorter) > 1 and sorted(shorter) == sorted(longer):  # the family name first, or last
        return True
    return is_spelling_variant(shorter, longer)


def is_part_of_name(short_name_words: tuple[str, ...], full_name_words: tuple[str, ...]) -> bool:
    """Whether the words of a shorter name start or end a longer one, or leave out what is in the middle of it.

    Not those of the bearer's parent: "Salwan" of "Faris bin Salwan".
    """
    if (
        len(short_name_words) > 1
        and _is_same_given_name(short_name_words[0], full_name_words[0])
        and short_name_words[-1] == full_name_words[-1]
    ):
        return middle_names_agree(short_name_words, full_name_words)
    owner = full_name_words[len(short_name_words) : len(short_name_words) + 1] == (
        _POSSESSIVE,
    )  # "South Korea" in "South Korea's spy agency"
    if short_name_words == full_name_words[-len(short_name_words) :]:
        return not is_parents(full_name_words, len(short_name_words))
    return short_name_words == full_name_words[: len(short_name_words)] and not owner


def is_spelling_variant(words: tuple[str, ...], other_words: tuple[str, ...]) -> bool:
    """Whether names of equally many words have one last name after the same given names or their initials."""
    given = zip(words[:-1], other_words[:-1], strict=True)
    return all(_is_same_given_name(mine, yours) for mine, yours in given) and _are_surnames_alike(
        words[-1], other_words[-1]
    )


def _are_surnames_alike(surname: str, other_surname: str) -> bool:
    """Whether two last names, spelt otherwise, are one under one given name."""
    if surname == other_surname:
        return True
    if _has_one_letter_more(surname, other_surname) or _has_one_letter_more(other_surname, surname):
        return True
    if min(len(surname), len(other_surname)) < SURNAME_LETTERS or surname[0] != other_surname[0]:
        return False
    # `autojunk` would make the ratio of long strings depend on letter counts.
    return (
        SequenceMatcher(None, min(surname, other_surname), max(surname, other_surname), autojunk=False).ratio()
        >= SURNAME_LIKENESS
    )


def _has_one_letter_more(longer: str, shorter: str) -> bool:
    """Whether the longer name is the shorter one with one letter added inside: "Fentton" and "Fetton"."""
    if len(longer) != len(shorter) + 1 or len(shorter) < SLIP_LETTERS:
        return False
    at = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    return 0 < at < len(shorter) and longer[at + 1 :] == shorter[at:]


@lru_cache(maxsize=16_384)
def split_name_words(name: str) -> tuple[str, ...]:
    """A name's words without case, accents, hyphens and initials' stops."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return tuple(letters.split())


def _phonetic_name_words(name: str) -> tuple[str, ...]:
    """The words of a name, each with its sounds written one way, without titles before them."""
    words = split_name_words(name)
    first = next((at for at, word in enumerate(words) if word not in _TITLES), 0)
    return tuple(part for word in words[first:] for part in spelling_key((word,)).split())


def _is_same_given_name(given_name: str, other_given_name: str) -> bool:
    """Whether two given names are one, or one is the initial of the other."""
    return given_name == other_given_name or (
        1 in (len(given_name), len(other_given_name)) and given_name[:1] == other_given_name[:1]
    )


def _is_acronym(short_form: str, full_name: str) -> bool:
    letters = short_form.replace(".", "")
    if not letters.isupper() or not letters.isalpha() or len(letters) not in _ACRONYM_LETTERS:
        return False
    return letters == "".join(word[0] for word in full_name.replace("-", " ").split() if word[0].isupper())
