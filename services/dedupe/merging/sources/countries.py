"""The country that a source speaks for (its side), by its name and office, else by the countries named around it."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from services.contracts.claim import ArticleName
from services.language.places import load_gazetteer

Run = tuple[str, ...]
"""Words in a row."""
NEARBY_WORDS = 6
"""Words around a mention of somebody in which a country may be named that he speaks for."""
PLACE = "place"
_CODE = re.compile(r"[A-Z]{2}")
_JOINED = re.compile(r"\b(?:and|or)\b|,|&")
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = ("the", "a", "an")


class Countries:
    """The countries that an event's articles name, by country, capital, other known place, or demonym."""

    def __init__(self, names: Iterable[ArticleName]) -> None:
        self._places: dict[str, str] = {}
        for name in names:
            code = name.key.split("/")[0]
            if name.type == PLACE and _CODE.fullmatch(code):
                for surface in (name.name, *(form.surface for form in name.forms)):
                    self._places[strip_leading_article(surface)] = code
        # As written: "US" is a country, "us" is not.
        places = {_split_words(surface): code for surface, code in self._places.items()}
        self._codes = {**_load_demonym_runs(), **places}
        self._longest = _longest_by_first_word(places, _load_demonym_lengths())

    @property
    def runs(self) -> Mapping[Run, str]:
        """Countries by the words that name them."""
        return self._codes

    def find_country_by_name(self, name: str) -> str | None:
        """Return the country whose own name, or whose capital or other place, a name is: then a state speaks."""
        return self._places.get(strip_leading_article(name))

    def find_first_country(self, text: str) -> str | None:
        """Return the country named first in `text`; None if two are joined ("Ukraine and Western governments")."""
        if self._longest.keys().isdisjoint(_WORD.findall(text)):  # most texts
            return None
        words = list(_WORD.finditer(text))
        hit = next(_find_runs([word.group() for word in words], self._codes, self._longest), None)
        if hit is None or (_JOINED.search(text) and words[hit[1]].end() != text.find("'s")):
            return None
        return hit[2]

    def find_leading_country(self, text: str) -> str | None:
        """Return the country that `text` begins with ("Russian President", but not "minister for Russian affairs")."""
        plain = strip_leading_article(text)
        start = _WORD.search(plain)
        if start is None or start.group() not in self._longest:  # most texts
            return None
        words = list(_WORD.finditer(plain))
        hit = next(_find_runs([word.group() for word in words], self._codes, self._longest), None)
        if hit is None or hit[0] > 0 or _JOINED.match(plain, words[hit[1]].end() + 1):
            return None
        return hit[2]

    def count_countries_near(self, text: str, forms_by_source: Mapping[str, set[str]]) -> dict[str, Counter[str]]:
        """Count for each source how often each country is named near one of its forms, not inside it."""
        words = _WORD.findall(text)
        countries = list(_find_runs(words, self._codes, self._longest))
        runs = {_split_words(form): name for name in sorted(forms_by_source) for form in sorted(forms_by_source[name])}
        places = [at for at, _, _ in countries]
        counts: dict[str, Counter[str]] = {}
        for first, last, name in _find_runs(words, runs, _longest_by_first_word(runs)):
            counted = counts.setdefault(name, Counter())
            before = bisect_left(places, first - NEARBY_WORDS), bisect_left(places, first)
            after = bisect_right(places, last), bisect_right(places, last + NEARBY_WORDS)
            for _, _, code in (*countries[slice(*before)], *countries[slice(*after)]):
                counted[code] += 1
        return counts


class NearCountries:
    """Which countries stand near which sources in an event's articles; read again only where it may be another."""

    def __init__(self) -> None:
        self._runs: Mapping[Run, str] = {}
        self._countries: Countries | None = None
        self._changed_words: frozenset[str] = frozenset()
        self._previous: dict[str, _ArticleCounts] = {}
        self._current: dict[str, _ArticleCounts] = {}

    def begin_view(self, countries: Countries) -> None:
        """Take the countries as all names of the event give them now; articles not asked for since are forgotten."""
        runs = countries.runs
        self._changed_words = frozenset(run[0] for run, _ in runs.items() ^ self._runs.items() if run)
        self._previous, self._current = self._current, {}
        self._runs, self._countries = runs, countries

    def count_countries_near(
        self, article_id: str, text: str, forms: Mapping[str, set[str]]
    ) -> Mapping[str, Counter[str]]:
        """See `Countries.count_countries_near`."""
        if self._countries is None:
            return {}
        known = self._previous.get(article_id)
        words = known.words if known is not None and known.text == text else frozenset(_WORD.findall(text))
        if known is None or (known.text, known.forms) != (text, forms) or not self._changed_words.isdisjoint(words):
            known = _ArticleCounts(text, words, forms, self._countries.count_countries_near(text, forms))
        self._current[article_id] = known
        return known.counts


@dataclass(frozen=True, slots=True)
class _ArticleCounts:
    text: str
    words: frozenset[str]
    forms: Mapping[str, set[str]]
    counts: Mapping[str, Counter[str]]


def _find_runs(
    words: Sequence[str], meaning_by_run: Mapping[Run, str], longest_by_first_word: Mapping[str, int]
) -> Iterator[tuple[int, int, str]]:
    """Find runs of words: (first, last, what the run means), the longest run at each place, none overlapping."""
    free = 0
    for at in [at for at, word in enumerate(words) if word in longest_by_first_word]:
        for size in range(min(longest_by_first_word[words[at]], len(words) - at), 0, -1) if at >= free else ():
            meant = meaning_by_run.get(tuple(words[at : at + size]))
            if meant is not None:
                yield at, at + size - 1, meant
                free = at + size
                break


def _split_words(surface: str) -> Run:
    return tuple(_WORD.findall(surface))


def _longest_by_first_word(runs: Iterable[Run], known_sizes: Mapping[str, int] | None = None) -> dict[str, int]:
    """Size of the longest run by its first word. `known_sizes`: the same of other runs."""
    sizes = dict(known_sizes or {})
    for run in runs:
        if run:
            sizes[run[0]] = max(sizes.get(run[0], 0), len(run))
    return sizes


@cache
def _load_demonym_runs() -> Mapping[Run, str]:
    return {_split_words(word): code for word, code in load_demonyms().items()}


@cache
def _load_demonym_lengths() -> Mapping[str, int]:
    return _longest_by_first_word(_load_demonym_runs())


@cache
def load_demonyms() -> Mapping[str, str]:
    """Country code by demonym ("Ukrainian")."""
    return {word.title(): country for word, country in load_gazetteer().demonyms.items()}


def strip_leading_article(text: str) -> str:
    """Return a text without the article ("the", "a") that it may begin with."""
    words = text.replace("\u2019", "'").split()
    return " ".join(words[1:] if words[:1] and words[0].casefold() in _ARTICLES else words)
