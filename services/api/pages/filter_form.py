"""The form of the front page: what is asked for, and what could be. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.api.filters.values import Has
from services.api.front.request import FrontRequest, Parameters
from services.api.pages.condition_words import language_name
from services.api.search.list_cursors import Sort

ORDERS: dict[Sort, str] = {
    Sort.GROWTH: "Most new independent origins in the last day first",
    Sort.UPDATED: "Latest change first",
    Sort.ORIGINS: "Most independent origins first",
    Sort.PUBLISHED: "Latest article first",
    Sort.RELEVANCE: "Best match of the words first",
    Sort.MEANING: "Best match by words and meaning first",
}
_FIELDS = ("q", "language", "publisher", "entity", "published_since", "published_until", "min_origins", "has")
_ISO_DAY_CHARACTERS = len("2026-03-04")


@dataclass(frozen=True)
class Suggestions:
    """Values that events have, the most frequent ones first."""

    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


NO_SUGGESTIONS = Suggestions()


@dataclass(frozen=True)
class Choice:
    """An entry of a menu."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class FilterForm:
    """The form."""

    values: Mapping[str, str]
    """By field, what stands in it; empty: nothing."""
    hidden: tuple[tuple[str, str], ...]
    """Conditions that hold and that have no field."""
    orders: tuple[Choice, ...]
    """Beside the usual one."""
    languages: tuple[Choice, ...]
    suggestions: Suggestions


def filter_form(parameters: Parameters, suggestions: Suggestions) -> FilterForm:
    """The form for parameters of the page, whether they can be read or not."""
    values = dict.fromkeys(_FIELDS, "")
    hidden, order = [], ""
    for name, value in parameters:
        if name == "sort":
            order = value
        elif name != "cursor":
            if name in values and not values[name] and _fits(name, value):
                values[name] = value
            else:
                hidden.append((name, value))
    codes = dict.fromkeys((*suggestions.languages, *filter(None, (values["language"],))))
    return FilterForm(
        values=values,
        hidden=tuple(hidden),
        orders=tuple(Choice(sort.value, words, sort.value == order) for sort, words in ORDERS.items()),
        languages=tuple(Choice(code, language_name(code), code == values["language"]) for code in codes),
        suggestions=suggestions,
    )


def _fits(name: str, value: str) -> bool:
    """Whether the field can show the value: one that it cannot is kept beside it."""
    if name == "has":
        return value == Has.CONTRADICTION
    if name in {"published_since", "published_until"}:
        return len(value) == _ISO_DAY_CHARACTERS
    return True


def order_words(asked: FrontRequest) -> str:
    """The order of the list, plainly."""
    sort = asked.request.sort
    words = ORDERS[sort].lower()
    return f"{words}, then the latest change" if sort is Sort.GROWTH else words
