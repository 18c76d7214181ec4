"""Words of a search and what they find: themselves, names that sound alike, and names with one letter wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from services.api.filters.words import query_words, search_word
from services.api.search.near_words import NamesOfSearch

MOST_NAMES = 30
"""Words of names that one word of a search stands for."""


@dataclass(frozen=True)
class Term:
    """One word of a search."""

    written: str
    """As the client wrote it."""
    word: str
    """As it is searched by."""
    names: tuple[str, ...]
    """Words of names that it stands for beside itself."""
    corrected: bool
    """Whether nothing has the word, and `names` are those with one letter other."""

    @property
    def names_match(self) -> str | None:
        """Expression of FTS5 that finds `names`; None without any."""
        return any_of(self.names) if self.names else None


@dataclass(frozen=True)
class Query:
    """The words of one `q`: all of them must be there."""

    terms: tuple[Term, ...]


def any_of(tokens: Iterable[str]) -> str:
    """Expression of FTS5 that finds any of the tokens. They have no quote marks."""
    return " OR ".join(f'"{token}"' for token in tokens)


def read_query(text: str, names: NamesOfSearch, is_used: Callable[[str], bool]) -> Query:
    """The words of a search.

    Args:
        text: What the client asks for.
        names: Words of all names.
        is_used: Whether any event has a word.
    """
    return Query(tuple(_term(written, names, is_used) for written in query_words(text)))


def _term(written: str, names: NamesOfSearch, is_used: Callable[[str], bool]) -> Term:
    word = search_word(written)
    alike = tuple(filter(is_used, names.sounding_like(word)))[:MOST_NAMES]
    if alike or is_used(word):
        return Term(written, word, alike, corrected=False)
    near = tuple(filter(is_used, names.near(word)))[:MOST_NAMES]
    return Term(written, word, near, corrected=bool(near))


def forgiving(query: Query, names: NamesOfSearch, is_used: Callable[[str], bool]) -> Query:
    """The same search with each word standing for the words of names that are one letter off as well."""
    terms = []
    for term in query.terms:
        near = tuple(filter(is_used, names.near(term.word)))[:MOST_NAMES]
        known = dict.fromkeys((*term.names, *near))
        terms.append(Term(term.written, term.word, tuple(known), corrected=term.corrected))
    return Query(tuple(terms))


def corrections(queries: Iterable[Query]) -> dict[str, list[str]]:
    """By each word that nothing has, the words that it was taken for."""
    return {term.written: list(term.names) for query in queries for term in query.terms if term.corrected}
