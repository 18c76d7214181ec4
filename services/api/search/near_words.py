"""Words of names that a word of a search may stand for: by sound, or with one letter wrong."""

from collections.abc import Iterable
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from services.api.filters.words import sound

SHORTEST = 4
"""Letters of a word in which a typo is looked for: of shorter ones too many lie within one letter."""


class NameWords:
    """The words of all names and headlines, by length. Words only come in: one that no event has finds nothing."""

    def __init__(self) -> None:
        self._by_length: dict[int, dict[str, None]] = {}
        self._by_sound: dict[str, dict[str, None]] = {}

    def add(self, words: Iterable[str]) -> None:
        """Note words, each as `search_word` gives it."""
        for word in words:
            heard = sound(word)
            if heard is not None:
                self._by_length.setdefault(len(word), {})[word] = None
                self._by_sound.setdefault(heard, {})[word] = None

    def sounding_like(self, word: str) -> tuple[str, ...]:
        """Other words that sound like this one, in order."""
        heard = sound(word)
        alike = () if heard is None else tuple(self._by_sound.get(heard, ()))
        return tuple(sorted(known for known in alike if known != word))

    def near(self, word: str) -> tuple[str, ...]:
        """Words that a letter put in, left out, changed or swapped with its neighbour makes of this one, in order.

        Source: optimal string alignment distance, https://rapidfuzz.github.io/RapidFuzz/Usage/distance/OSA.html
        """
        if len(word) < SHORTEST or word[0].isdigit():
            return ()
        words = [
            known
            for length in range(len(word) - 1, len(word) + 2)
            # A copy: the index is kept up to date in another thread.
            for known in tuple(self._by_length.get(length, ()))
        ]
        found = process.extract(word, words, scorer=OSA.distance, score_cutoff=1, limit=None)
        return tuple(sorted(known for known, _, _ in found))


class NamesOfSearch:
    """Words of names for one search, which looks once for those near each of its words: it scans all names."""

    def __init__(self, names: NameWords) -> None:
        self.sounding_like = names.sounding_like
        self.near = cache(names.near)
