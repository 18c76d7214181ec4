"""What the list of events is ordered by, as SQL. Pure."""

from collections.abc import Sequence
from typing import Any

from services.api.search.list_cursors import Sort
from services.api.search.terms import Query, any_of

GROWTH_SECONDS = 24 * 60 * 60


def order_keys(sort: Sort, queries: Sequence[Query]) -> tuple[str, list[Any]]:
    """Statement that gives ids of events and what they are ordered by, the highest first; of the others it is 0."""
    if sort is Sort.PUBLISHED:
        return "SELECT id, last_published AS key FROM events", []
    if sort is Sort.ORIGINS:
        return "SELECT id, origins AS key FROM events", []
    if sort is Sort.GROWTH:
        return _GROWTH, []
    tokens = [token for query in queries for term in query.terms for token in (term.word, *term.names)]
    return _RELEVANCE, [any_of(dict.fromkeys(tokens))]


_LATEST = "(SELECT updated / 1000000 FROM events ORDER BY place DESC LIMIT 1)"
_GROWTH = (
    "SELECT event AS id, sum(origin) * 1000000 + count(*) AS key FROM gains"  # noqa: S608 - a constant
    f" WHERE at > {_LATEST} - {GROWTH_SECONDS} GROUP BY event"
)
"""Origins gained, then articles gained: one number."""
_RELEVANCE = "SELECT rowid AS id, -bm25(event_words, 5.0, 4.0, 2.0) AS key FROM event_words WHERE event_words MATCH ?"
"""How well headline, names and titles have the words; events that have them in claims alone come after."""
