"""Which quotations of an event have the words of which others, kept while quotations come and go."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

import numpy as np

from services.dedupe.merging.claims.quotation_matching import CONTAINED, same_quotation, within
from services.dedupe.merging.claims.report import FEWEST_SAID
from services.dedupe.signals.terms import TermStatistics, term_id
from services.language.stop_words import STOP_WORDS

Stems = tuple[str, ...]


def longest_first(words: Stems) -> tuple[int, Stems]:
    """The order in which quotations lead others."""
    return -len(words), words


class QuotationForms:
    """The words of whole quotations, and what is quoted in part; which of these is a form of which whole.

    A form of at least `FEWEST_SAID` words has most of them in the whole, a shorter one all of them. Only what shares
    one of its rarer words with a whole is held against it: of these it may lack few.
    """

    def __init__(self) -> None:
        self._of: dict[Stems, set[Stems]] = {}
        self._forms: dict[Stems, set[Stems]] = {}
        self._wholes: dict[str, set[Stems]] = {}
        """Whole quotations by their words."""
        self._sought: dict[str, set[Stems]] = {}
        """All quotations by those words of which a whole has at least one."""

    def wholes_of(self, words: Stems) -> set[Stems]:
        """The whole quotations that it is a form of, but for itself."""
        return self._of[words]

    def forms_of(self, whole: Stems) -> set[Stems]:
        """What is a form of a whole quotation, but for itself."""
        return self._forms.get(whole, set())

    def add(self, words: Stems) -> None:
        """Take in what somebody quotes; it is asked for as `wholes_of`."""
        if words in self._of:
            return
        sought = _sought(words)
        near = {whole for word in sought for whole in self._wholes.get(word, ()) if whole != words}
        self._of[words] = {whole for whole in near if _is_form(words, whole)}
        for whole in self._of[words]:
            self._forms[whole].add(words)
        for word in sought:
            self._sought.setdefault(word, set()).add(words)

    def add_whole(self, whole: Stems) -> None:
        """Take in what others may be forms of."""
        self.add(whole)
        content = set(whole) - STOP_WORDS
        near = {words for word in content for words in self._sought.get(word, ()) if words != whole}
        self._forms[whole] = {words for words in near if _is_form(words, whole)}
        for words in self._forms[whole]:
            self._of[words].add(whole)
        for word in content:
            self._wholes.setdefault(word, set()).add(whole)

    def remove(self, words: Stems) -> None:
        """Nobody quotes it any more, neither whole nor in part."""
        for whole in self._of.pop(words):
            self._forms[whole].discard(words)
        _discard(self._sought, _sought(words), words)

    def remove_whole(self, whole: Stems) -> None:
        """It is not among the whole ones any more."""
        for words in self._forms.pop(whole):
            self._of[words].discard(whole)
        _discard(self._wholes, set(whole) - STOP_WORDS, whole)

    def related(self, whole: Stems) -> Iterator[Stems]:
        """Whole quotations of which one is a form of the other."""
        yield from self._of[whole]
        yield from (words for words in self._forms[whole] if words in self._forms)


def _is_form(words: Stems, whole: Stems) -> bool:
    if len(frozenset(words).difference(whole)) > _lacking(words):
        return False
    return same_quotation(words, whole) if len(words) >= FEWEST_SAID else within(words, whole)


def _sought(words: Stems) -> Sequence[str]:
    """More words than a form may lack: the rarest in news at large, whatever the event is about."""
    content = sorted(set(words) - STOP_WORDS, key=lambda word: (-_rarity(word), word))
    return content[: _lacking(words) + 1]


def _lacking(words: Stems) -> int:
    """How many of its words a form may have that the whole does not have."""
    return int(len(words) * (1 - CONTAINED)) if len(words) >= FEWEST_SAID else 0


@lru_cache(maxsize=16_384)
def _rarity(word: str) -> float:
    return float(_statistics().idf(np.array([term_id(word)], np.uint32))[0])


@cache
def _statistics() -> TermStatistics:
    return TermStatistics.shipped()


def _discard(listed: dict[str, set[Stems]], words: Iterable[str], quotation: Stems) -> None:
    for word in words:
        listed[word].discard(quotation)
        if not listed[word]:
            del listed[word]
