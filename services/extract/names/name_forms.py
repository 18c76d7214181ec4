"""Forms of one name: short and full, with initials, in capitals, with "Jr."."""

from services.language.person_names import middle_names_agree
from services.language.spelling import AFTER_NAMES, spelling_key

Words = tuple[str, ...]
_ACRONYM_LETTERS = range(2, 8)
_FEWEST_CAPITALS = 3
"""Letters of a word in capitals that may be a name: "UN" is none."""


def initials(words: Words) -> str:
    """Initial letters of the capitalised words."""
    return "".join(word[0] for word in words if word[0].isupper())


def is_acronym(words: Words) -> bool:
    """Whether a name is one word of capitals."""
    letters = words[0].replace(".", "")
    return len(words) == 1 and letters.isalpha() and letters.isupper() and len(letters) in _ACRONYM_LETTERS


def in_capitals(words: Words) -> bool:
    """Whether all words of a name are in capitals: "ADA BRUN"."""
    return all(word.isupper() for word in words) and any(len(word) >= _FEWEST_CAPITALS for word in words)


def in_small_letters(name: str) -> str:
    """A person's name whose family name, or all of it, is in capitals, as others are written: "Ada Brun"."""
    return " ".join(_small(word) for word in name.split())


def core(parts: list[str]) -> list[str]:
    """The words of a name without "Jr."."""
    return parts[:-1] if len(parts) > 1 and parts[-1] in AFTER_NAMES else parts


def same_person(one: Words, other: Words) -> bool:
    """Whether two full forms agree: "Ada Reyl", "Ada M. Reyl"; not "Ada B. Reyl", "Ada M. Reyl"."""
    first, second = spelling_key(one).split(), spelling_key(other).split()
    if {first[-1], second[-1]} <= AFTER_NAMES and first[-1] != second[-1]:
        return False
    first, second = core(first), core(second)
    if first[-1] != second[-1]:
        return False
    if first[0] == second[0]:
        return middle_names_agree(first, second)
    return first == second[-len(first) :] or second == first[-len(second) :]


def abbreviates(parts: list[str], whole: list[str]) -> bool:
    """Whether initials and a family name stand for a full name: "J. Marn" for "Joan Kay Marn"."""
    given, full = parts[:-1], core(whole)[:-1]
    if not given or not full or parts[-1] != core(whole)[-1] or len(given[0]) > 3:  # noqa: PLR2004
        return False
    letters = "".join(given)
    first_letters = "".join(word[0] for word in full)
    short = len(given) == 1 and (len(letters) == 1 or letters == first_letters)
    return short and first_letters.startswith(letters) and any(len(word) > 1 for word in full)


def _small(word: str) -> str:
    if not word.isupper() or len(word.replace(".", "")) == 1 or "." in word or word.lower() in AFTER_NAMES:
        return word
    small = word.title()
    return f"Mc{small[2:].capitalize()}" if small.startswith("Mc") else small
