"""How words and names are compared in searches and filters: without case, accents, inflection and marks. Pure."""

from functools import lru_cache

from services.language.spelling import spelling_key, without_accents
from services.language.stems import base_stem
from services.language.stop_words import STOP_WORDS
from services.language.tokens import find_words, list_words

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
def sound(word: str) -> str | None:
    """What two spellings of a name's word have in common ("Zelensky", "Zelenskyy"); None for a short word."""
    return spelling_key((word,)).replace(" ", "") if len(word) >= SHORTEST_SOUND and not word[0].isdigit() else None


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """A name without case, accents and marks: equal for "Müller-Lind" and "muller lind"."""
    plain = without_accents(name.casefold())
    letters = "".join(c if c.isalnum() else "" if c in ".'\u2019" else " " for c in plain)
    return " ".join(letters.split()) or name.casefold().strip()


def query_words(query: str) -> tuple[str, ...]:
    """The words that a query asks for, as written, each once; stop words only where it has no others."""
    words = dict.fromkeys(match.group() for match in find_words(query))
    telling = [word for word in words if word.casefold() not in STOP_WORDS]
    return tuple(telling or words)
