"""What sets the values given for one counted thing apart, beside the numbers: times, places, bounds, sources. Pure."""

from collections.abc import Callable, Iterator

from babel.lists import format_list

from services.api.pages import phrases
from services.api.pages.characters import clipped, shown
from services.api.pages.numbers import ENGLISH
from services.contracts.claim import Bound
from services.contracts.event_claims import Figure, FigureValue, Outlook

_MOST_NAMED = 4
"""Values that a sentence names."""


def differences(figure: Figure) -> tuple[str, ...]:
    """Sentences on why the values may differ; none for one value, and where nothing is known."""
    if len(figure.values) < 2:  # noqa: PLR2004 - two, to compare
        return ()
    return tuple(clipped(sentence) for sentence in _sentences(figure))


def _sentences(figure: Figure) -> Iterator[str]:
    values = figure.values
    if told := _each_its_own(figure, lambda value: phrases.iso_day(value.as_of), "for"):
        yield f"They are told for different times: {told}."
    if told := _each_its_own(figure, lambda value: shown(value.place), "in"):
        yield f"They are told for different places: {told}."
    expected = [value for value in values if value.outlook is not Outlook.CURRENT]
    if expected and len(expected) < len(values):
        yield f"{_listed(expected)} {_is(expected)} expected or possible, the others are given as they stand."
    added = [value for value in values if value.increment]
    if added and len(added) < len(values):
        yield f"{_listed(added)} {'comes' if len(added) == 1 else 'come'} on top of another value."
    open_ended = [value for value in values if value.bound in {Bound.AT_LEAST, Bound.AT_MOST, Bound.ABOUT}]
    if open_ended and len(open_ended) < len(values):
        yield f"{_listed(open_ended)} {'leaves' if len(open_ended) == 1 else 'leave'} room for other numbers."
    sources = [set(value.sources) for value in values if value.sources]
    if len(sources) == len(values) and len(set.union(*sources)) == sum(map(len, sources)):
        yield "Each comes from another source." if len(values) > 2 else "They come from two sources."  # noqa: PLR2004


def _each_its_own(figure: Figure, told: Callable[[FigureValue], str], joint: str) -> str:
    """As in "34 for 14 March 2026, 38 for 17 March 2026"; empty unless two values are told for different ones."""
    known = [(value, told(value)) for value in figure.values if told(value)]
    if len({of for _, of in known}) < 2:  # noqa: PLR2004 - two, to differ
        return ""
    return format_list(
        [f"{shown(value.surface)} {joint} {of}" for value, of in known[:_MOST_NAMED]], style="unit", locale=ENGLISH
    )


def _listed(values: list[FigureValue]) -> str:
    return format_list([f"“{shown(value.surface)}”" for value in values[:_MOST_NAMED]], locale=ENGLISH)


def _is(values: list[FigureValue]) -> str:
    return "is" if len(values) == 1 else "are"
