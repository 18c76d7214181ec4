"""A filter with a name. Pure."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from services.api.filters.event_filter import EventFilter
from services.api.filters.word_bounds import MOST_WORDS, has_too_many_words, wordless
from services.contracts.base import Contract, UtcDatetime

NAME_PATTERN = "^[a-z0-9][a-z0-9_-]{0,62}$"
SearchName = Annotated[
    str, StringConstraints(pattern=NAME_PATTERN), Field(examples=["ferry"], description="Name of the search.")
]
LONGEST_DESCRIPTION = 500
EXAMPLE = {"filter": {"q": ["ferry"], "language": ["en"]}, "alerts": ["first_denial"], "description": "The ferry"}


class Alert(StrEnum):
    """Something that becomes known of an event. A search with alerts is told of just these, not of every change."""

    FIRST_DENIAL = "first_denial"
    """A source denies something, and none did before."""
    SECOND_ORIGIN = "second_origin"
    """A second independent origin tells the event, which had one."""
    FIGURE_CONFLICT = "figure_conflict"
    """The values of a figure, such as the toll, exclude each other, and did not before."""
    SINGLE_ORIGIN_6H = "single_origin_6h"
    """Six hours after its first article the event still goes back to one origin. The hours are those of the news: they
    have passed when an article of any event was published so much later, and so a replay tells the same."""
    CORRECTION = "correction"
    """A publisher corrected an article."""


def _searchable(event_filter: EventFilter) -> EventFilter:
    """Every channel takes the words of a search that is saved: the list refuses some that a stream could compare."""
    texts = {"q": event_filter.q, "not_q": event_filter.not_q}
    if names := wordless(texts):
        raise ValueError(f"give a word or a number to search for in each {' and '.join(names)}")
    if has_too_many_words(texts):
        raise ValueError(f"give at most {MOST_WORDS} words in all q and not_q together")
    return event_filter


class SearchDefinition(Contract):
    """What a search is: which events it is about, and what of them it wants to be told."""

    model_config = ConfigDict(extra="forbid")

    filter: Annotated[EventFilter, AfterValidator(_searchable)] = Field(default_factory=EventFilter)
    """Which events. Its fields are the parameters of the list, and take the same values."""
    alerts: Annotated[tuple[Alert, ...], Field(max_length=len(Alert))] = ()
    """What webhooks are to be told of these events; none: every change. Lists, streams and feeds show events whatever
    is said here."""
    description: Annotated[str, StringConstraints(max_length=LONGEST_DESCRIPTION)] = ""
    """For people."""


class NewSearch(SearchDefinition):
    """A search that is to be saved."""

    name: SearchName
    """By this name every channel takes it."""


class SavedSearch(SearchDefinition):
    """A search that is saved."""

    # What was saved by a newer version of the service stays readable.
    model_config = ConfigDict(extra="ignore")

    filter: EventFilter = Field(default_factory=EventFilter)
    """Which events. What was saved before its words were bounded stays readable too."""
    name: str
    """Its name."""
    created_at: UtcDatetime
    """When the name was first saved."""
    changed_at: UtcDatetime
    """When it was saved last."""


class SavedSearchList(Contract):
    """All saved searches."""

    searches: tuple[SavedSearch, ...]
    """In order of their names."""
