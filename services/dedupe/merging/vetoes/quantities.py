"""Whether two claims give the same figures, by the quantities that extraction read."""

from collections.abc import Sequence

from services.contracts.claim import Bound, Quantity
from services.language.amounts import FAR
from services.language.number_words import VAGUE
from services.language.quantities import ABOUT, CONVERTED, METRIC, is_rounded, ranges_meet, same_value


def figures_differ(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether both give figures, and each gives one that the other does not."""
    return bool(ours and theirs) and not (_among(ours, theirs) or _among(theirs, ours))


def figures_agree(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether both give figures, and one gives none that the other does not."""
    return bool(ours and theirs) and not figures_differ(ours, theirs)


def _among(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    return all(any(_same_figure(one, other) for other in theirs) for one in ours)


def _same_figure(one: Quantity, other: Quantity) -> bool:
    if one.increment != other.increment:
        return False
    if one.unit != other.unit:
        return _converted(one, other)
    return _same_amount(one, other) or _means(one, other) or _means(other, one)


def _converted(one: Quantity, other: Quantity) -> bool:
    """Whether two measures in different units are one: 211 miles, 340 kilometres."""
    (first, mine), (second, yours) = _metric(one), _metric(other)
    return mine is not None and mine == yours and abs(first - second) <= CONVERTED * max(abs(first), abs(second))


def _metric(quantity: Quantity) -> tuple[float, str | None]:
    unit, factor = METRIC.get(quantity.unit or "", (quantity.unit, 1.0))
    return quantity.value * factor, unit


def _same_amount(one: Quantity, other: Quantity) -> bool:
    if same_value(one.value, other.value) or is_rounded(one.value, other.value) or is_rounded(other.value, one.value):
        return True
    if Bound.ABOUT in (one.bound, other.bound):
        return abs(one.value - other.value) <= ABOUT * max(abs(one.value), abs(other.value))
    ranged = Bound.RANGE in (one.bound, other.bound)
    return ranged and ranges_meet((one.low, one.high), (other.low, other.high))


def _means(vague: Quantity, other: Quantity) -> bool:
    """Whether a vague figure, which holds the least that it can mean, may mean another: "hundreds", 400."""
    return vague.surface.split()[-1].casefold() in VAGUE and vague.value / 2 <= other.value <= FAR * vague.value
