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

from services.dedupe.signals.shared_ids import have_shared_ids
from services.dedupe.signals.terms import RARITY_STEPS, TermStatistics, hash_term, hash_terms
from services.language.agencies import IN_HEADS
from services.language.calendar import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from services.language.number_words import SCALES, SMALL_NUMBERS
from services.language.places import load_gazetteer
from services.language.ranges import Range
from services.language.stems import singular

HEAD_CHARACTERS = 400
MOST_READ = 6_000
"""Characters of a text in which a name may stand to be known to it."""
HEAD_NAMES, BODY_NAMES = 24, 96
"""Names kept of the head and of the whole text, those that stand first."""
RARE_IDF = 9.0
"""From this inverse document frequency in the background on a name is rare. In politics a head without the president
and the senate says nothing; a small town does."""
WORD = re.compile(r"(?<![^\W_])[^\W\d_]+")
_MISREAD = "\u00e2"
"""UTF-8 that was read as Latin-1 makes an apostrophe begin with this letter, which is none of the word."""
_MISREAD_MARK = re.compile(r"\u00e2(?=[\x80-\x9f])")
_MAYBE_CAPITALISED = re.compile(r"(?<![^\W_])[^\W\d_a-z][^\W\d_]+")
"""Words that begin with another letter than a to z: most words do, and need no look."""
_NO_NAMES = frozenset((*WEEKDAYS, *MONTHS, *SHORT_WEEKDAYS, *SHORT_MONTHS, *SMALL_NUMBERS, *SCALES, *IN_HEADS))


@dataclass(frozen=True, slots=True)
class ArticleNames:
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


def find_article_names(title: str | None, text: str, term_statistics: TermStatistics) -> ArticleNames:
    """The names of one article."""
    heading = list_name_words(title or "")
    head = _first_distinct_names([*heading, *list_name_words(text[:HEAD_CHARACTERS])], HEAD_NAMES)
    known = _first_distinct_names([*head, *list_name_words(text[:MOST_READ])], BODY_NAMES)
    ids = _hash_names(head)
    idf = term_statistics.idf(ids)
    rarities = np.minimum(np.rint(idf * RARITY_STEPS), 255).astype(np.uint8)
    return ArticleNames(ids, rarities, _hash_names(known), bool(np.any(idf >= RARE_IDF)))


def list_name_words(text: str) -> list[str]:
    """Names in a text, one word each, in order and as often as they stand there."""
    return [name for word in _MAYBE_CAPITALISED.findall(blank_mojibake(text)) if (name := _find_name(word)) is not None]


def blank_mojibake(text: str) -> str:
    """A text in which each mark that was misread as a letter is a blank; as long as before."""
    return _MISREAD_MARK.sub(" ", text) if _MISREAD in text else text


@lru_cache(maxsize=65_536)
def _find_name(word: str) -> str | None:
    """The name that a word is; None if it is none."""
    if not word[0].isupper():
        return None
    plainly = fold_case_and_accents(word)
    name = _load_country_names().get(plainly, plainly)
    return singular(name) if is_name_if_capitalised(name) else None


def list_rarest_names(title: str | None, text: str, names: ArticleNames, max_count: int) -> list[str]:
    """Names of the head as they are written, a run of words as one: the rarest of them, in order.

    `names`: of the same article.
    """
    rarities = dict(zip(names.head.tolist(), names.rarities.tolist(), strict=True))
    found: dict[str, int] = {}
    for part in (title or "", text[:HEAD_CHARACTERS]):
        for run in _group_adjacent_name_words(part):
            rarity = max(rarities.get(hash_term(singular(fold_case_and_accents(word.group()))), 0) for word in run)
            found.setdefault(part[run[0].start() : run[-1].end()], rarity)
    rarest = sorted(found, key=lambda name: (-found[name], list(found).index(name)))[:max_count]
    return [name for name in found if name in rarest]


def find_names(text: str) -> list[Range]:
    """Where names stand in a text, in order; neighbouring words of names are one name."""
    return [Range(run[0].start(), run[-1].end()) for run in _group_adjacent_name_words(text)]


def _group_adjacent_name_words(text: str) -> list[list[re.Match[str]]]:
    """Words of names, those with a single blank between them together."""
    runs: list[list[re.Match[str]]] = []
    for match in _MAYBE_CAPITALISED.finditer(text):
        if not (match.group()[0].isupper() and is_name_if_capitalised(fold_case_and_accents(match.group()))):
            continue
        if runs and text[runs[-1][-1].end() : match.start()] == " ":
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


@lru_cache(maxsize=65_536)
def fold_case_and_accents(word: str) -> str:
    """A word without case and accents."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def list_folded_words(text: str) -> list[str]:
    """Words of a text as `fold_case_and_accents` gives them, without digits."""
    return [fold_case_and_accents(word) for word in WORD.findall(blank_mojibake(text))]


def mask_by_names(article_row: Any, other_rows: Any) -> NDArray[np.bool_]:
    """Which of `other_rows` tell of another happening than the only row in `article_row`, by the names of their heads.

    That is so where both heads hold a rare name, no name of either stands in the other text, and they share no
    quotation.
    """
    own = article_row[0]
    excluded: NDArray[np.bool_] = np.asarray(other_rows["rare_name"] & own["rare_name"], np.bool_)
    at = np.flatnonzero(excluded)
    if len(at) == 0:
        return excluded
    both = other_rows[at]
    known = have_shared_ids(both["known_names"], own["head_names"]) | have_shared_ids(
        both["head_names"], own["known_names"]
    )
    excluded[at] = ~(known | have_shared_ids(both["quoted"], own["quoted"]))
    return excluded


@lru_cache(maxsize=65_536)
def is_name_if_capitalised(folded_word: str) -> bool:
    """Whether a word, as `fold_case_and_accents` gives it, is a name where it begins with a capital."""
    return folded_word not in _NO_NAMES and hash_term(folded_word) not in _load_lowercase_word_ids()


@cache
def _load_country_names() -> dict[str, str]:
    """One name of a country, by each of its names and demonyms that are one word."""
    names = load_gazetteer().names_of_countries()
    return {word: words[0] for words in names.values() for word in words}


@cache
def _load_lowercase_word_ids() -> frozenset[int]:
    """Hashes of words that are mostly written with a small letter, see `lab.events.word_case`."""
    with as_file(files("services.dedupe") / "data" / "lower_words.npz") as path, np.load(path) as stored:
        return frozenset(np.cumsum(stored["id_steps"].astype(np.uint64)).tolist())


def _first_distinct_names(names: list[str], max_count: int) -> list[str]:
    return list(dict.fromkeys(names))[:max_count]


def _hash_names(names: list[str]) -> NDArray[np.uint32]:
    return np.unique(np.fromiter(hash_terms(names), np.uint32, len(names)))
