"""How words and names are compared in searches and filters: without case, accents, inflection and marks. Pure."""

import re
import sys
from functools import lru_cache

from services.language.spelling import spelling_key, without_accents
from services.language.stems import base_stem
from services.language.stop_words import STOP_WORDS
from services.language.tokens import find_words, list_words

_LEFT_OUT = ".'\u2019"
"""Marks inside words: "J.K.", "O'Neil"."""
_FOLDED_WORD = re.compile(r"[^\W_]+")
SHORTEST_SOUND = 4
"""Letters that a word needs to be compared by its sound as well: of shorter ones too many sound alike."""


@lru_cache(maxsize=131_072)
def search_word(word: str) -> str:
    """What a word or number is searched by: its stem without case and accents; a number without its commas."""
    if word[0].isdigit():
        return word.replace(",", "")
    stem = base_stem(without_accents(word)).replace("'", "").strip()
    return stem or word.casefold()


def search_words(text: str) -> list[str]:
    """The words of a text in order, each as it is searched by."""
    return list(map(search_word, list_words(text)))


@lru_cache(maxsize=65_536)
def name_words(name: str) -> tuple[str, ...]:
    """As `search_words`, of a name: names come again and again."""
    return tuple(search_words(name))


@lru_cache(maxsize=16_384)
def telling_words(text: str) -> tuple[str, ...]:
    """As `search_words`, without stop words: what is searched in claims, a third of whose words these are.

    Remembered, since a claim comes again with each version of its event.
    """
    return tuple(filter(None, map(_telling_word, list_words(text))))


@lru_cache(maxsize=131_072)
def _telling_word(word: str) -> str:
    """As `search_word`; empty for a stop word."""
    return "" if word.casefold() in STOP_WORDS else search_word(word)


@lru_cache(maxsize=65_536)
def sound(word: str) -> str | None:
    """What the words of two spellings of a name have in common ("zelensky", "zelenskyy"); None for a short word.

    Args:
        word: As `search_word` gives it.
    """
    return spelling_key((word,)).replace(" ", "") if len(word) >= SHORTEST_SOUND and not word[0].isdigit() else None


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """A name without case, accents and marks: equal for "Müller-Lind" and "muller lind"."""
    return fold_text(name) or name.casefold().strip()


def fold_text(text: str) -> str:
    """As `fold_name`, of a text that names are looked for in."""
    return " ".join(fold_words(text))


@lru_cache(maxsize=16_384)
def fold_words(text: str) -> tuple[str, ...]:
    """The words of what `fold_text` gives. Remembered as those of `telling_words`; equal words are one object."""
    plain = without_accents(text.casefold()) if not text.isascii() else text.lower()
    for mark in _LEFT_OUT:
        plain = plain.replace(mark, "")
    return tuple(map(sys.intern, _FOLDED_WORD.findall(plain)))


def query_words(query: str) -> tuple[str, ...]:
    """The words that a query asks for, as written, each once; stop words only where it has no others."""
    words = dict.fromkeys(match.group() for match in find_words(query))
    telling = [word for word in words if word.casefold() not in STOP_WORDS]
    return tuple(telling or words)
