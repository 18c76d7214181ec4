"""Names that a report opens with: two happenings of one kind share all words but these.

A name is a word that begins with a capital and is mostly written so in mid-sentence, or is unknown. Weekdays, months
and numbers are none: they are weighed as days and figures. Agencies are none: they report from everywhere. "French" is
the name of France.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.shared_ids import shared_ids
from services.dedupe.signals.terms import RARITY_STEPS, TermStatistics, term_id
from services.language.calendar import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from services.language.number_words import SCALES, SMALL_NUMBERS
from services.language.places import load_gazetteer
from services.language.stems import singular

HEAD_CHARACTERS = 400
MOST_READ = 6_000
"""Characters of a text in which a name may stand to be known to it."""
HEAD_NAMES, BODY_NAMES = 24, 96
"""Names kept of the head and of the whole text, those that stand first."""
RARE_IDF = 9.0
"""From this inverse document frequency in the background on a name is rare. In politics a head without the president
and the senate says nothing; a small town does."""
WORD = re.compile(r"(?<![^\W_])(?:[^\W\d_]+?(?=\u00e2[\x80-\x9f])|[^\W\d_]+)")
"""UTF-8 that was read as Latin-1 makes an apostrophe begin with a letter, which is none of the word."""
_AGENCIES = ("reuters", "afp", "ap", "bbc", "cnn", "dpa", "upi")
_NO_NAMES = frozenset((*WEEKDAYS, *MONTHS, *SHORT_WEEKDAYS, *SHORT_MONTHS, *SMALL_NUMBERS, *SCALES, *_AGENCIES))
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Names:
    """Hashed names of an article, ascending and distinct.

    Attributes:
        head: Of title and first 400 characters, at most `HEAD_NAMES`.
        rarities: Inverse document frequency of each of them in the background, in 1 / `RARITY_STEPS`.
        known: Of title and first 6,000 characters, at most `BODY_NAMES`; holds those of the head.
        rare: Whether a name of the head is rare.
    """

    head: NDArray[np.uint32] = field(default_factory=lambda: np.empty(0, np.uint32))
    rarities: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    known: NDArray[np.uint32] = field(default_factory=lambda: np.empty(0, np.uint32))
    rare: bool = False


def article_names(title: str | None, text: str, statistics: TermStatistics) -> Names:
    """The names of one article."""
    heading = names_in(title or "")
    head = _first([*heading, *names_in(text[:HEAD_CHARACTERS])], HEAD_NAMES)
    known = _first([*head, *names_in(text[:MOST_READ])], BODY_NAMES)
    ids = _ids(head)
    idf = statistics.idf(ids)
    rarities = np.minimum(np.rint(idf * RARITY_STEPS), 255).astype(np.uint8)
    return Names(ids, rarities, _ids(known), bool(np.any(idf >= RARE_IDF)))


def names_in(text: str) -> list[str]:
    """Names in a text, one word each, in order and as often as they stand there."""
    found = (match.group() for match in WORD.finditer(text))
    countries = _countries()
    words = (countries.get(word, word) for word in map(plain, filter(_is_capitalised, found)))
    return [singular(word) for word in words if is_name(word)]


@lru_cache(maxsize=65_536)
def plain(word: str) -> str:
    """A word without case and accents."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def plain_words(text: str) -> list[str]:
    """Words of a text as `plain` gives them, without digits."""
    return [plain(match.group()) for match in WORD.finditer(text)]


def names_exclude(article: Any, others: Any) -> NDArray[np.bool_]:
    """Which of `others` tell of another happening than the only row in `article`, by the names of their heads.

    That is so where both heads hold a rare name, no name of either stands in the other text, and they share no
    quotation.
    """
    own = article[0]
    excluded: NDArray[np.bool_] = np.asarray(others["rare_name"] & own["rare_name"], np.bool_)
    at = np.flatnonzero(excluded)
    if len(at) == 0:
        return excluded
    both = others[at]
    known = any_shared(both["known_names"], own["head_names"]) | any_shared(both["head_names"], own["known_names"])
    excluded[at] = ~(known | any_shared(both["quoted"], own["quoted"]))
    return excluded


def any_shared(columns: NDArray[np.uint32], own: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which rows of `columns` hold one of `own`; a 0 is nothing."""
    place, _ = shared_ids(np.ascontiguousarray(columns).ravel(), np.sort(own[own > 0]))
    found = np.zeros(len(columns), np.bool_)
    found[place // columns.shape[1]] = True
    return found


def _is_capitalised(word: str) -> bool:
    return len(word) >= _SHORTEST and word[0].isupper()


@lru_cache(maxsize=65_536)
def is_name(word: str) -> bool:
    """Whether a word, as `plain` gives it, is a name where it begins with a capital."""
    return word not in _NO_NAMES and term_id(word) not in _lower_words()


@cache
def _countries() -> dict[str, str]:
    """One name of a country, by each of its names and demonyms that are one word."""
    names = load_gazetteer().names_of_countries()
    return {word: words[0] for words in names.values() for word in words}


@cache
def _lower_words() -> frozenset[int]:
    """Hashes of words that are mostly written with a small letter, see `lab.events.word_case`."""
    with as_file(files("services.dedupe") / "data" / "lower_words.npz") as path, np.load(path) as stored:
        return frozenset(np.cumsum(stored["id_steps"].astype(np.uint64)).tolist())


def _first(names: list[str], most: int) -> list[str]:
    return list(dict.fromkeys(names))[:most]


def _ids(names: list[str]) -> NDArray[np.uint32]:
    return np.unique(np.fromiter(map(term_id, names), np.uint32, len(names)))
