from services.contracts.base import Span
from services.contracts.quantity import Bound, Quantity
from services.dedupe.merging.claims.quantity_comparison import has_figure_missing_on_both_sides


def quantity(surface: str, value: float, bound: Bound = Bound.EXACT, unit: str | None = None) -> Quantity:
    high = None if bound is Bound.AT_LEAST else value
    span = Span(start=0, end=len(surface))
    return Quantity(value=value, low=value, high=high, bound=bound, unit=unit, surface=surface, span=span)


def test_a_vague_or_rounded_figure_is_the_exact_one() -> None:
    hundreds = quantity("Hundreds", 200, Bound.AT_LEAST)
    assert not has_figure_missing_on_both_sides([hundreds], [quantity("400", 400)])
    assert has_figure_missing_on_both_sides([hundreds], [quantity("three million", 3e6)])
    assert not has_figure_missing_on_both_sides([quantity("4,200", 4200)], [quantity("4,213", 4213)])
    assert has_figure_missing_on_both_sides([quantity("4,000", 4000)], [quantity("4,213", 4213)])
    assert not has_figure_missing_on_both_sides([quantity("some 400", 400, Bound.ABOUT)], [quantity("380", 380)])


def test_a_measure_in_another_unit_is_the_same_measure() -> None:
    miles, kilometres = quantity("211 miles", 211, unit="miles"), quantity("340 kilometres", 340, unit="km")
    assert not has_figure_missing_on_both_sides([miles], [kilometres])
    assert has_figure_missing_on_both_sides([miles], [quantity("211 kilometres", 211, unit="km")])
    assert has_figure_missing_on_both_sides([quantity("$20", 20, unit="USD")], [quantity("20 euros", 20, unit="EUR")])
