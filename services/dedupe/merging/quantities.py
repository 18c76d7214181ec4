"""Whether two claims give the same figures."""

from collections.abc import Sequence

from services.contracts.claim import Quantity
from services.language.quantities import same_value


def figures_differ(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether both give figures, and each gives one that the other does not."""
    return bool(ours and theirs) and not (_among(ours, theirs) or _among(theirs, ours))


def figures_agree(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether both give figures, and one gives none that the other does not."""
    return bool(ours and theirs) and not figures_differ(ours, theirs)


def _among(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    return all(any(_same_figure(one, other) for other in theirs) for one in ours)


def _same_figure(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit and one.increment == other.increment and same_value(one.value, other.value)
