"""One key for the spellings of a name: Zelensky and Zelenskyy, Jong Gyu and Jong-kyu, Müller and Mueller.

The rules undo what transliteration and typography vary, sound by sound. They are few on purpose: Maria and Mario,
Jong Un and Jong Gyu must keep different keys.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a"}
)
AFTER_NAMES = frozenset(("jr", "sr", "ii", "iii", "iv"))
"""What tells father from son; not pronounced as written."""
_SOUNDS = (
    (re.compile("[jy]"), "i"),
    (re.compile("ph"), "f"),
    (re.compile("ck|q|kh"), "k"),
    (re.compile("tz|cz"), "ts"),
    (re.compile("w"), "v"),
    (re.compile("(?<=o)ff$|(?<=e)ff$"), "v"),
    (re.compile("ou|oo"), "u"),
    (re.compile("[aou]e(?=[a-z])"), lambda match: match.group()[0]),
    (re.compile("ee|ie|ei(?!n)"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("^g(?=i)"), "k"),
)
"""In order. The last: Korean g before y is written k as well."""


@lru_cache(maxsize=16_384)
def spelling_key(words: tuple[str, ...]) -> str:
    """The words of a name, hyphens parted, each with its sounds written one way, joined by blanks.

    Initials are one word however they are set: "J. K. Marn" and "J.K. Marn".
    """
    return " ".join(_joined_initials([_sound(part) for word in words for part in _parts(word)]))


@lru_cache(maxsize=16_384)
def without_accents(word: str) -> str:
    """A word in lower case without accents."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    for accent in filter(unicodedata.combining, set(letters)):
        letters = letters.replace(accent, "")
    return letters


def _joined_initials(parts: list[str]) -> list[str]:
    if len(parts) == 1 or all(len(part) > 1 for part in parts):
        return parts
    joined: list[str] = []
    after_initial = False
    for part in parts:
        is_initial = len(part) == 1
        if is_initial and after_initial:
            joined[-1] += part
        else:
            joined.append(part)
        after_initial = is_initial
    return joined


def _parts(word: str) -> list[str]:
    if word.isascii() and word.isalpha():
        return [word.lower()]
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    letters = "".join(c if c.isalnum() or c in ".'" else " " for c in plain if not unicodedata.combining(c))
    return letters.replace(".", "").replace("'", "").split()


@lru_cache(maxsize=16_384)
def _sound(word: str) -> str:
    if word in AFTER_NAMES:
        return word
    for pattern, written in _SOUNDS:
        word = pattern.sub(written, word)
    return word
