"""Filters as conditions of SQL on the table `events e`. Pure: the values stand apart, as parameters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.api.filters.event_filter import CONDITIONS, NEGATION, EventFilter
from services.api.filters.values import days_of
from services.api.filters.words import fold_name
from services.api.search.claim_ids import microseconds
from services.api.search.index_row import mark
from services.api.search.terms import Query, Term, any_of

_MARKED_NAMES = ("publisher", "family", "entity", "speaker")
_MARKED_VALUES = ("language", "kind", "status", "has")
_BOUNDS: dict[str, tuple[str, str]] = {
    "updated_since": ("updated", ">="),
    "updated_until": ("updated", "<="),
    "published_since": ("last_published", ">="),
    "published_until": ("first_published", "<="),
    "min_origins": ("origins", ">="),
    "min_publishers": ("publishers", ">="),
}


@dataclass
class Conditions:
    """Conditions, all of which must hold, and the parameters of their question marks in order."""

    texts: list[str] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)

    def add(self, text: str, *parameters: Any) -> None:
        """Require one more."""
        self.texts.append(text)
        self.parameters += parameters

    @property
    def text(self) -> str:
        """All of them, as they stand behind WHERE."""
        return " AND ".join(self.texts) or "1"


def event_conditions(event_filter: EventFilter, queries: Sequence[Query], excluded: Sequence[Query]) -> Conditions:
    """What an event must be.

    Args:
        event_filter: The filter.
        queries: Its `q`, read.
        excluded: Its `not_q`, read.
    """
    conditions = Conditions()
    for read, negated in ((queries, False), (excluded, True)):
        if read:
            text, parameters = _of_queries(read)
            conditions.add(f"e.id {'NOT ' if negated else ''}IN ({text})", *parameters)
    for name in CONDITIONS:
        for prefix, negated in (("", False), (NEGATION, True)):
            wanted = getattr(event_filter, prefix + name)
            if name != "q" and wanted not in ((), None):
                _add(conditions, name, wanted, negated=negated)
    return conditions


def _add(conditions: Conditions, name: str, wanted: Any, *, negated: bool) -> None:
    text, parameters = _CONDITIONS[name](name, wanted)
    conditions.add(f"NOT ({text})" if negated else text, *parameters)


_Condition = tuple[str, list[Any]]


def _of_queries(queries: Sequence[Query]) -> _Condition:
    """Ids of the events that have all words of one of the queries."""
    texts, parameters = [], []
    for query in queries:
        sets = [_events_with(term) for term in query.terms]
        texts.append(" INTERSECT ".join(f"SELECT id FROM ({text})" for text, _ in sets))  # noqa: S608 - our texts
        parameters += [parameter for _, of_set in sets for parameter in of_set]
    return " UNION ".join(f"SELECT id FROM ({text})" for text in texts), parameters  # noqa: S608 - our texts


def _events_with(term: Term) -> _Condition:
    """Ids of the events that have a word: in themselves, in a claim, or as the name that it stands for."""
    if term.corrected:
        return _IN_WORDS, [f"{{headline names}} : ({term.names_match})"]
    own = f'"{term.word}"' if term.names_match is None else f'"{term.word}" OR names : ({term.names_match})'
    return f"{_IN_WORDS} UNION {_IN_CLAIMS}", [own, f'"{term.word}"']


_IN_WORDS = "SELECT rowid AS id FROM event_words WHERE event_words MATCH ?"
_IN_CLAIMS = "SELECT rowid AS id FROM event_tokens WHERE event_tokens MATCH ?"
_IN_MARKS = "e.id IN (SELECT rowid FROM event_tokens WHERE event_tokens MATCH ?)"


def _marked_name(name: str, wanted: Sequence[str]) -> _Condition:
    return _IN_MARKS, [any_of(mark(name, fold_name(value.removeprefix("www."))) for value in wanted)]


def _marked_value(name: str, wanted: Sequence[str]) -> _Condition:
    return _IN_MARKS, [any_of(mark(name, value) for value in wanted)]


def _bound(name: str, wanted: Any) -> _Condition:
    column, comparison = _BOUNDS[name]
    value = wanted if isinstance(wanted, int) else microseconds(wanted)
    return f"e.{column} IS NOT NULL AND e.{column} {comparison} ?", [value]


def _single_origin(_name: str, wanted: bool) -> _Condition:
    return f"e.origins {'=' if wanted else '!='} 1", []


def _mentions(_name: str, wanted: Sequence[str]) -> _Condition:
    spans = [days for text in wanted if (days := days_of(text)) is not None]
    within = " OR ".join("(first >= ? AND last <= ?)" for _ in spans)
    text = f"EXISTS (SELECT 1 FROM days WHERE event = e.id AND ({within}))"  # noqa: S608 - question marks alone
    return text, [day for span in spans for day in span]


_CONDITIONS: Mapping[str, Callable[[str, Any], _Condition]] = {
    **dict.fromkeys(_MARKED_NAMES, _marked_name),
    **dict.fromkeys(_MARKED_VALUES, _marked_value),
    **dict.fromkeys(_BOUNDS, _bound),
    "single_origin": _single_origin,
    "mentions_date": _mentions,
}
