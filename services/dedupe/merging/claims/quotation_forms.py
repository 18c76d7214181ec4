"""Which quotations of an event have the words of which others, kept while quotations come and go."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

import numpy as np

from services.dedupe.merging.claims.quotation_matching import CONTAINED, is_fragment_of, is_same_quotation
from services.dedupe.merging.claims.quoted_words import FEWEST_SAID
from services.dedupe.signals.terms import TermStatistics, hash_term
from services.language.stop_words import STOP_WORDS

Stems = tuple[str, ...]


def longest_first_order(stems: Stems) -> tuple[int, Stems]:
    """Return a key that sorts quotations, the longest first."""
    return -len(stems), stems


class QuotationContainment:
    """The words of whole quotations, and what is quoted in part; which of these is a form of which whole.

    A form of at least `FEWEST_SAID` words has most of them in the whole, a shorter one all of them. Only what shares
    one of its rarer words with a whole is held against it: of these it may lack few.
    """

    def __init__(self) -> None:
        self._wholes_by_form: dict[Stems, set[Stems]] = {}
        self._forms_by_whole: dict[Stems, set[Stems]] = {}
        self._wholes_by_stem: dict[str, set[Stems]] = {}
        """Whole quotations by their words."""
        self._forms_by_rare_stem: dict[str, set[Stems]] = {}
        """All quotations by those words of which a whole has at least one."""

    def find_containing_quotations(self, form: Stems) -> set[Stems]:
        """Return the whole quotations that a form belongs to, without itself."""
        return self._wholes_by_form[form]

    def find_forms(self, whole: Stems) -> set[Stems]:
        """Return the forms of a whole quotation, without itself."""
        return self._forms_by_whole.get(whole, set())

    def add_quotation(self, form: Stems) -> None:
        """Add what somebody quotes, whole or in part."""
        if form in self._wholes_by_form:
            return
        sought = _rarest_stems(form)
        near = {whole for word in sought for whole in self._wholes_by_stem.get(word, ()) if whole != form}
        self._wholes_by_form[form] = {whole for whole in near if _is_form_of_whole(form, whole)}
        for whole in self._wholes_by_form[form]:
            self._forms_by_whole[whole].add(form)
        for word in sought:
            self._forms_by_rare_stem.setdefault(word, set()).add(form)

    def add_whole_quotation(self, whole: Stems) -> None:
        """Add a whole quotation, which others may be forms of."""
        self.add_quotation(whole)
        content = set(whole) - STOP_WORDS
        near = {words for word in content for words in self._forms_by_rare_stem.get(word, ()) if words != whole}
        self._forms_by_whole[whole] = {words for words in near if _is_form_of_whole(words, whole)}
        for words in self._forms_by_whole[whole]:
            self._wholes_by_form[words].add(whole)
        for word in content:
            self._wholes_by_stem.setdefault(word, set()).add(whole)

    def remove_quotation(self, form: Stems) -> None:
        """Remove what nobody quotes any more, neither whole nor in part."""
        for whole in self._wholes_by_form.pop(form):
            self._forms_by_whole[whole].discard(form)
        _remove_from_index(self._forms_by_rare_stem, _rarest_stems(form), form)

    def remove_whole_quotation(self, whole: Stems) -> None:
        """Remove a quotation from the whole ones."""
        for words in self._forms_by_whole.pop(whole):
            self._wholes_by_form[words].discard(whole)
        _remove_from_index(self._wholes_by_stem, set(whole) - STOP_WORDS, whole)

    def list_overlapping_whole_quotations(self, whole: Stems) -> Iterator[Stems]:
        """List the whole quotations that are forms of one, or have it as a form."""
        yield from self._wholes_by_form[whole]
        yield from (words for words in self._forms_by_whole[whole] if words in self._forms_by_whole)


def _is_form_of_whole(form: Stems, whole: Stems) -> bool:
    if len(frozenset(form).difference(whole)) > _max_missing_words(form):
        return False
    return is_same_quotation(form, whole) if len(form) >= FEWEST_SAID else is_fragment_of(form, whole)


def _rarest_stems(stems: Stems) -> Sequence[str]:
    """Return the rarest stems of a form, one more than it may lack: a whole has at least one of them."""
    content = sorted(set(stems) - STOP_WORDS, key=lambda word: (-_word_rarity(word), word))
    return content[: _max_missing_words(stems) + 1]


def _max_missing_words(form: Stems) -> int:
    """Count the words of a form that its whole may lack."""
    return int(len(form) * (1 - CONTAINED)) if len(form) >= FEWEST_SAID else 0


@lru_cache(maxsize=16_384)
def _word_rarity(word: str) -> float:
    return float(_load_term_statistics().idf(np.array([hash_term(word)], np.uint32))[0])


@cache
def _load_term_statistics() -> TermStatistics:
    return TermStatistics.load_bundled()


def _remove_from_index(index: dict[str, set[Stems]], words: Iterable[str], quotation: Stems) -> None:
    for word in words:
        index[word].discard(quotation)
        if not index[word]:
            del index[word]
