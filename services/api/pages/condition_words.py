"""Conditions of the list of events in words. Pure."""

from babel.dates import format_date

from services.api.filters.event_filter import NEGATION
from services.api.filters.parsing import shown as shortened
from services.api.filters.values import moment_of
from services.api.pages.characters import clipped, shown
from services.api.pages.numbers import ENGLISH

MOST_VALUE_CHARACTERS = 60
_HAS = {
    "contradiction": "with disagreements",
    "conflicting_figure": "figures conflict",
    "denial": "somebody denies something",
    "correction": "an article was corrected",
}
_WORDS = {
    "q": "words “{}”",
    "publisher": "outlet {}",
    "family": "owner of an outlet {}",
    "entity": "about {}",
    "speaker": "{} is quoted",
    "kind": "has a {}",
    "status": "{}",
    "updated_since": "changed since {}",
    "updated_until": "changed until {}",
    "published_since": "reported since {}",
    "published_until": "reported until {}",
    "mentions_date": "mentions {}",
    "min_origins": "independent origins: {} or more",
    "min_publishers": "outlets: {} or more",
}


def condition_words(name: str, value: str) -> str:
    """One condition, such as "outlet Corrow Gazette"."""
    if name.startswith(NEGATION):
        return f"not: {condition_words(name.removeprefix(NEGATION), value)}"
    if name == "has":
        return _HAS.get(value, shortened(value))
    if name == "single_origin":
        return "one origin" if value == "true" else "more than one origin"
    if name == "language":
        return language_name(value)
    return _WORDS[name].format(_day(value) or clipped(shown(value), MOST_VALUE_CHARACTERS))


def language_name(code: str) -> str:
    """A language by its ISO 639 code, in English; the code where it has no name."""
    return str(ENGLISH.languages.get(code) or code)


def _day(value: str) -> str | None:
    """A date in words; None where it is anything else."""
    moment = moment_of(value, ends=False) if "-" in value and "T" not in value else None
    return None if moment is None else str(format_date(moment, "d MMMM y", locale=ENGLISH))
