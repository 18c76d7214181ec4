"""One key for the spellings of a name: Zelensky and Zelenskyy, Jong Gyu and Jong-kyu, Müller and Mueller.

The rules undo what transliteration and typography vary, sound by sound. They are few on purpose: Maria and Mario,
Jong Un and Jong Gyu must keep different keys.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})
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
    """The words of a name, hyphens parted, each with its sounds written one way, joined by blanks."""
    return " ".join([_sound(part) for word in words for part in _parts(word)])


def _parts(word: str) -> list[str]:
    if word.isascii() and word.isalpha():
        return [word.lower()]
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    letters = "".join(c if c.isalnum() or c in ".'" else " " for c in plain if not unicodedata.combining(c))
    return letters.replace(".", "").replace("'", "").split()


@lru_cache(maxsize=16_384)
def _sound(word: str) -> str:
    for pattern, written in _SOUNDS:
        word = pattern.sub(written, word)
    return word
