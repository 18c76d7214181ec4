"""Whether an event meets a filter: pure, and fast enough to ask for every change and every reader of a stream."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from services.api.filters.event_filter import CONDITIONS, NEGATION, EventFilter
from services.api.filters.facts import EventFacts
from services.api.filters.values import Has, days_of
from services.api.filters.words import fold_name, query_words, search_word, sound

Test = Callable[[EventFacts], bool]
MOST_KEPT = 1_024
"""Filters of saved searches whose tests are kept."""


def matches(event_filter: EventFilter, facts: EventFacts) -> bool:
    """Whether the event meets the filter."""
    return all(test(facts) for test in _kept_tests(event_filter))


def tests_of(event_filter: EventFilter) -> tuple[Test, ...]:
    """What is asked of every event. A reader of a stream keeps them: to look them up costs more than to ask them."""
    return tuple(_tests(event_filter))


@lru_cache(maxsize=MOST_KEPT)
def _kept_tests(event_filter: EventFilter) -> tuple[Test, ...]:
    return tests_of(event_filter)


def _tests(event_filter: EventFilter) -> Iterator[Test]:
    for name in CONDITIONS:
        wanted = getattr(event_filter, name)
        if wanted not in ((), None):
            yield _TESTS[name](wanted)
        unwanted = getattr(event_filter, NEGATION + name)
        if unwanted not in ((), None):
            yield _negated(_TESTS[name](unwanted))


def _negated(test: Test) -> Test:
    return lambda facts: not test(facts)


def _words(queries: tuple[str, ...]) -> Test:
    """Whether all words of one of the queries are there."""
    words_of = [[search_word(word) for word in query_words(query)] for query in queries]
    wanted = [[(word, sound(word)) for word in words] for words in words_of]

    def test(facts: EventFacts) -> bool:
        return any(
            all(word in facts.words or heard in facts.sounds for word, heard in words) for words in wanted if words
        )

    return test


def _names(attribute: str) -> Callable[[tuple[str, ...]], Test]:
    """Whether one of the names is among those that the facts have there."""

    def made(names: tuple[str, ...]) -> Test:
        wanted = frozenset(fold_name(name.removeprefix("www.")) for name in names)
        return lambda facts: not wanted.isdisjoint(getattr(facts, attribute))

    return made


def _any_of(attribute: str) -> Callable[[tuple[str, ...]], Test]:
    """Whether one of the values is among those that the facts have there."""

    def made(values: tuple[str, ...]) -> Test:
        wanted = frozenset(values)
        return lambda facts: not wanted.isdisjoint(getattr(facts, attribute))

    return made


def _status(values: tuple[str, ...]) -> Test:
    wanted = frozenset(values)
    return lambda facts: facts.status in wanted


def _at_least(attribute: str) -> Callable[[Any], Test]:
    """Whether a number or time is known and not below a bound."""

    def made(bound: Any) -> Test:
        def test(facts: EventFacts) -> bool:
            value = getattr(facts, attribute)
            return value is not None and bool(value >= bound)

        return test

    return made


def _at_most(attribute: str) -> Callable[[Any], Test]:
    """Whether a number or time is known and not above a bound."""

    def made(bound: Any) -> Test:
        def test(facts: EventFacts) -> bool:
            value = getattr(facts, attribute)
            return value is not None and bool(value <= bound)

        return test

    return made


def _mentions(texts: tuple[str, ...]) -> Test:
    wanted = [days for text in texts if (days := days_of(text)) is not None]

    def test(facts: EventFacts) -> bool:
        return any(
            days.first <= mentioned.first and mentioned.last <= days.last for mentioned in facts.days for days in wanted
        )

    return test


def _single_origin(wanted: bool) -> Test:
    return lambda facts: (facts.origins == 1) is wanted


def _has(values: tuple[Has, ...]) -> Test:
    wanted = frozenset(values)
    return lambda facts: not wanted.isdisjoint(facts.has)


_TESTS: dict[str, Callable[[Any], Test]] = {
    "q": _words,
    "publisher": _names("publishers"),
    "family": _names("families"),
    "language": _any_of("languages"),
    "entity": _names("entities"),
    "speaker": _names("speakers"),
    "kind": _any_of("kinds"),
    "status": _status,
    "updated_since": _at_least("updated_at"),
    "updated_until": _at_most("updated_at"),
    "published_since": _at_least("last_published_at"),
    "published_until": _at_most("first_published_at"),
    "mentions_date": _mentions,
    "min_origins": _at_least("origins"),
    "min_publishers": _at_least("publisher_count"),
    "single_origin": _single_origin,
    "has": _has,
}
"""By condition, what makes its test from the value asked for."""
