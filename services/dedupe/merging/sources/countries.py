"""The country that a source speaks for (its side), by its name and office, else by the countries named around it."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from services.contracts.claim import ArticleName
from services.dedupe.merging.sources.event_names import PLACE
from services.language.places import load_gazetteer

K = TypeVar("K", bound=Hashable)
Run = tuple[str, ...]
"""Words in a row."""
_Given = AbstractSet[tuple[K, str]]
"""Names that one article gives to places, each with the country of its place."""
NEARBY_WORDS = 6
"""Words around a mention of somebody in which a country may be named that he speaks for."""
_CODE = re.compile(r"[A-Z]{2}")
_JOINED = re.compile(r"\b(?:and|or)\b|,|&")
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = ("the", "a", "an")


@dataclass(frozen=True, slots=True)
class CountryNameChanges:
    """Names of countries that are other countries' now, or nobody's, or were nobody's.

    Attributes:
        surfaces: Whole names, without a leading article.
        runs: Words in a row.
    """

    surfaces: frozenset[str]
    runs: frozenset[Run]

    def __bool__(self) -> bool:
        return bool(self.surfaces or self.runs)

    def concern(self, names: frozenset[str], has_words: Callable[[Run], bool]) -> bool:
        """Whether they are one of some names, or can stand in a text. `has_words`: whether it has all of some words."""
        return not self.surfaces.isdisjoint(names) or any(map(has_words, self.runs))


class Countries:
    """The countries that an event's articles name, by country, capital, other known place, or demonym.

    Where articles give one name to places of two countries, it is that of more articles; ties by country.
    """

    def __init__(self) -> None:
        self._surfaces = _MajorityCountries[str]()
        self._runs = _MajorityCountries[Run]()
        self._codes = dict(_load_demonym_runs())
        # As written: "US" is a country, "us" is not.
        self._longest = dict(_load_demonym_lengths())
        self._by_article: dict[str, tuple[_Given[str], _Given[Run]]] = {}

    def update_articles(self, names_by_article: Mapping[str, Iterable[ArticleName]]) -> CountryNameChanges:
        """Take the names of articles, and return which texts may name other countries than before.

        Args:
            names_by_article: The names of each new or changed article; none: it is gone.
        """
        surfaces: set[str] = set()
        runs: set[Run] = set()
        for article_id, names in names_by_article.items():
            before = self._by_article.pop(article_id, (frozenset(), frozenset()))
            given = _list_places(names)
            after = given, {(run, code) for surface, code in given if (run := split_words(surface))}
            surfaces |= self._surfaces.replace(before[0], after[0])
            runs |= self._runs.replace(before[1], after[1])
            if given:
                self._by_article[article_id] = after
        changed = {run for run in runs if self._set_country_of_phrase(run)}
        return CountryNameChanges(frozenset(surfaces), frozenset(changed))

    def _set_country_of_phrase(self, run: Run) -> bool:
        code = self._runs.best.get(run) or _load_demonym_runs().get(run)
        before = self._codes.get(run)
        if code is None:
            self._codes.pop(run, None)
        else:
            self._codes[run] = code
            # It is never less again: a run that is looked for in vain costs a little time.
            self._longest[run[0]] = max(self._longest.get(run[0], 0), len(run))
        return code != before

    def find_country_by_name(self, name: str) -> str | None:
        """Return the country whose own name, or whose capital or other place, a name is: then a state speaks."""
        return self._surfaces.best.get(strip_leading_determiner(name))

    def find_first_country(self, text: str) -> str | None:
        """Return the country named first in `text`; None if two are joined ("Ukraine and Western governments")."""
        if self._longest.keys().isdisjoint(_WORD.findall(text)):  # most texts
            return None
        words = list(_WORD.finditer(text))
        hit = next(_find_known_phrases([word.group() for word in words], self._codes, self._longest), None)
        if hit is None or (_JOINED.search(text) and words[hit[1]].end() != text.find("'s")):
            return None
        return hit[2]

    def find_leading_country(self, text: str) -> str | None:
        """Return the country that `text` begins with ("Russian President", but not "minister for Russian affairs")."""
        plain = strip_leading_determiner(text)
        start = _WORD.search(plain)
        if start is None or start.group() not in self._longest:  # most texts
            return None
        words = list(_WORD.finditer(plain))
        hit = next(_find_known_phrases([word.group() for word in words], self._codes, self._longest), None)
        if hit is None or hit[0] > 0 or _JOINED.match(plain, words[hit[1]].end() + 1):
            return None
        return hit[2]

    def count_countries_near(
        self, words: Sequence[str], forms_by_source: Mapping[str, set[str]]
    ) -> dict[str, Counter[str]]:
        """Count for each source how often each country is named near one of its forms, not inside it.

        Args:
            words: The words of a text, in order.
            forms_by_source: The forms that the text has of each source.
        """
        countries = list(_find_known_phrases(words, self._codes, self._longest))
        runs = {split_words(form): name for name in sorted(forms_by_source) for form in sorted(forms_by_source[name])}
        places = [at for at, _, _ in countries]
        counts: dict[str, Counter[str]] = {}
        for first, last, name in _find_known_phrases(words, runs, _longest_by_first_word(runs)):
            counted = counts.setdefault(name, Counter())
            before = bisect_left(places, first - NEARBY_WORDS), bisect_left(places, first)
            after = bisect_right(places, last), bisect_right(places, last + NEARBY_WORDS)
            for _, _, code in (*countries[slice(*before)], *countries[slice(*after)]):
                counted[code] += 1
        return counts


class _MajorityCountries(Generic[K]):
    """The country that most articles give to each of some names.

    Attributes:
        best: That country, by the name.
    """

    def __init__(self) -> None:
        self.best: dict[K, str] = {}
        self._counts: dict[K, dict[str, int]] = {}

    def replace(self, previously_given: _Given[K], now_given: _Given[K]) -> set[K]:
        """Take what an article gives now in the place of what it gave; return the names with another country now."""
        for name, code in previously_given - now_given:
            counts = self._counts[name]
            counts[code] -= 1
            if not counts[code]:
                del counts[code]
        for name, code in now_given - previously_given:
            counts = self._counts.setdefault(name, {})
            counts[code] = counts.get(code, 0) + 1
        return {name for name in {name for name, _ in previously_given ^ now_given} if self._update_majority(name)}

    def _update_majority(self, name: K) -> bool:
        before, counts = self.best.get(name), self._counts[name]
        if not counts:
            del self._counts[name]
            return self.best.pop(name, None) is not None
        self.best[name] = min(counts, key=lambda code: (-counts[code], code))
        return self.best[name] != before


def _list_places(names: Iterable[ArticleName]) -> set[tuple[str, str]]:
    """The places that an article names, each with its country."""
    places = set()
    for name in names:
        code = name.key.split("/")[0]
        if name.type == PLACE and _CODE.fullmatch(code):
            places |= {
                (strip_leading_determiner(surface), code)
                for surface in (name.name, *(form.surface for form in name.forms))
            }
    return places


def _find_known_phrases(
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


def split_words(surface: str) -> Run:
    """Return the words of a text, in order, as countries are found by them."""
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
    return {split_words(word): code for word, code in _title_case_demonyms().items()}


@cache
def _load_demonym_lengths() -> Mapping[str, int]:
    return _longest_by_first_word(_load_demonym_runs())


@cache
def _title_case_demonyms() -> Mapping[str, str]:
    """Country code by demonym ("Ukrainian")."""
    return {word.title(): country for word, country in load_gazetteer().demonyms.items()}


def strip_leading_determiner(text: str) -> str:
    """Return a text without the article ("the", "a") that it may begin with."""
    words = text.replace("\u2019", "'").split()
    return " ".join(words[1:] if words[:1] and words[0].casefold() in _ARTICLES else words)
