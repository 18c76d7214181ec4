"""What sets the values given for one counted thing apart, beside the numbers: times, places, bounds, sources. Pure."""

from collections.abc import Callable, Iterator, Sequence

from babel.lists import format_list

from services.api.pages import phrases
from services.api.pages.characters import clipped, shown
from services.api.pages.numbers import ENGLISH
from services.api.pages.plots.figure_plot import can_both_hold
from services.contracts.event_claims import Figure, FigureValue, FigureVerdict, Outlook
from services.contracts.quantity import Bound
from services.language.case import amount_in_sentence

_MOST_NAMED = 4
"""Values that a sentence names."""
_OPEN_ENDED = frozenset((Bound.AT_LEAST, Bound.AT_MOST, Bound.ABOUT))


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
    if figure.verdict is FigureVerdict.CONFLICTING:  # elsewhere, nobody asks which values oppose each other
        yield from _that_can_both_hold(values)
    sources = [set(value.sources) for value in values if value.sources]
    if len(sources) == len(values) and len(set.union(*sources)) == sum(map(len, sources)):
        yield "Each comes from another source." if len(values) > 2 else "They come from two sources."  # noqa: PLR2004


def _that_can_both_hold(values: Sequence[FigureValue]) -> Iterator[str]:
    """Which values an "at least", "at most" or "about" allows, beside others that exclude each other."""
    paired: set[frozenset[int]] = set()
    for place, value in enumerate(values):
        if value.bound not in _OPEN_ENDED:
            continue
        allowed = [
            other_place
            for other_place, other in enumerate(values)
            if other_place != place
            and frozenset((place, other_place)) not in paired
            and (other.outlook, other.increment, other.place) == (value.outlook, value.increment, value.place)
            and other.value != value.value  # "about 3,000" allows 3,000: nobody asks
            and can_both_hold(value, other)
        ]
        paired |= {frozenset((place, other_place)) for other_place in allowed}
        if allowed:
            yield f"“{shown(value.surface)}” allows {_listed([values[other_place] for other_place in allowed])}."


def _each_its_own(figure: Figure, told: Callable[[FigureValue], str], joint: str) -> str:
    """As in "34 for 14 March 2026, 38 for 17 March 2026"; empty unless two values are told for different ones."""
    known = [(value, told(value)) for value in figure.values if told(value)]
    if len({of for _, of in known}) < 2:  # noqa: PLR2004 - two, to differ
        return ""
    amounts = [f"{_amount(value)} {joint} {of}" for value, of in known[:_MOST_NAMED]]
    return format_list(amounts, style="unit", locale=ENGLISH)


def _listed(values: list[FigureValue]) -> str:
    return format_list([f"“{_amount(value)}”" for value in values[:_MOST_NAMED]], locale=ENGLISH)


def _amount(value: FigureValue) -> str:
    return amount_in_sentence(shown(value.surface))


def _is(values: list[FigureValue]) -> str:
    return "is" if len(values) == 1 else "are"
