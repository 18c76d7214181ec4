"""Where the words of a search stand in a text. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.api.filters.words import search_word
from services.api.search.terms import Query
from services.language.tokens import find_words

Highlight = dict[str, int]
"""A half-open range of code points: `start` and `end`."""


@dataclass(frozen=True)
class Sought:
    """The words that are marked."""

    tokens: frozenset[str]

    @staticmethod
    def by(queries: Iterable[Query]) -> "Sought":
        """Those of searches, and what they stand for."""
        terms = [term for query in queries for term in query.terms]
        return Sought(frozenset(token for term in terms for token in (term.word, *term.names)))

    def spans_in(self, text: str) -> list[Highlight]:
        """Where they stand in a text."""
        return [
            {"start": match.start(), "end": match.end()}
            for match in find_words(text)
            if search_word(match.group()) in self.tokens
        ]
