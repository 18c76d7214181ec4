"""Whether two claims give the same figures, by the quantities that extraction read."""

from collections.abc import Sequence

from services.contracts.quantity import Bound, Quantity
from services.language.amounts import FAR
from services.language.number_words import VAGUE
from services.language.quantities import ABOUT, CONVERTED, METRIC, is_rounded, ranges_meet, same_value


def has_figure_missing_on_both_sides(quantities: Sequence[Quantity], other_quantities: Sequence[Quantity]) -> bool:
    """Whether both give figures, and each gives one that the other does not."""
    return bool(quantities and other_quantities) and not (
        _are_all_figures_in(quantities, other_quantities) or _are_all_figures_in(other_quantities, quantities)
    )


def has_compatible_figures(quantities: Sequence[Quantity], other_quantities: Sequence[Quantity]) -> bool:
    """Whether both give figures, and one gives none that the other does not."""
    return bool(quantities and other_quantities) and not has_figure_missing_on_both_sides(quantities, other_quantities)


def have_other_values(values: Sequence[float], other_values: Sequence[float]) -> bool:
    """Whether each of two claims gives a number that the other does not, however near they are: some 70, and 74."""
    return not (_are_all_values_in(values, other_values) or _are_all_values_in(other_values, values))


def _are_all_values_in(values: Sequence[float], other_values: Sequence[float]) -> bool:
    return all(any(same_value(value, other) for other in other_values) for value in values)


def _are_all_figures_in(quantities: Sequence[Quantity], other_quantities: Sequence[Quantity]) -> bool:
    return all(any(_is_same_figure(one, other) for other in other_quantities) for one in quantities)


def _is_same_figure(quantity: Quantity, other_quantity: Quantity) -> bool:
    if quantity.increment != other_quantity.increment:
        return False
    if quantity.unit != other_quantity.unit:
        return _is_unit_conversion(quantity, other_quantity)
    return (
        _have_matching_values(quantity, other_quantity)
        or _may_mean_figure(quantity, other_quantity)
        or _may_mean_figure(other_quantity, quantity)
    )


def _is_unit_conversion(quantity: Quantity, other_quantity: Quantity) -> bool:
    """Whether two measures in different units are one: 211 miles, 340 kilometres."""
    (first, mine), (second, yours) = _value_and_unit_in_metric(quantity), _value_and_unit_in_metric(other_quantity)
    return mine is not None and mine == yours and abs(first - second) <= CONVERTED * max(abs(first), abs(second))


def _value_and_unit_in_metric(quantity: Quantity) -> tuple[float, str | None]:
    unit, factor = METRIC.get(quantity.unit or "", (quantity.unit, 1.0))
    return quantity.value * factor, unit


def _have_matching_values(quantity: Quantity, other_quantity: Quantity) -> bool:
    if (
        same_value(quantity.value, other_quantity.value)
        or is_rounded(quantity.value, other_quantity.value)
        or is_rounded(other_quantity.value, quantity.value)
    ):
        return True
    if Bound.ABOUT in (quantity.bound, other_quantity.bound):
        return abs(quantity.value - other_quantity.value) <= ABOUT * max(abs(quantity.value), abs(other_quantity.value))
    ranged = Bound.RANGE in (quantity.bound, other_quantity.bound)
    return ranged and ranges_meet((quantity.low, quantity.high), (other_quantity.low, other_quantity.high))


def _may_mean_figure(vague_quantity: Quantity, quantity: Quantity) -> bool:
    """Whether a vague figure, which holds the least that it can mean, may mean another: "hundreds", 400."""
    last_word = vague_quantity.surface.casefold().split()[-1:]
    return (
        any(word in VAGUE for word in last_word)
        and vague_quantity.value / 2 <= quantity.value <= FAR * vague_quantity.value
    )
