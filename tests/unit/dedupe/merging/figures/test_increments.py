from services.contracts.event_claims import FigureVerdict
from tests.support.figures import AT_LEAST, EXACT, contradictions_of, increments, report_with, table_of, troops


def test_an_increment_by_the_same_source_gives_a_derived_lower_bound() -> None:
    (figure,) = table_of(*increments())
    (sum_,) = [value for value in figure.values if value.derived_from]
    assert (sum_.low, sum_.high, sum_.bound, sum_.surface) == (3000, None, AT_LEAST, "at least 3,000")
    assert sum_.derived_from == ("1,500", "1,500")
    assert [value.increment for value in figure.values] == [False, False, True, False]
    assert figure.verdict is FigureVerdict.COMPATIBLE


def test_a_derived_value_never_conflicts() -> None:
    one, other, _ = increments()
    third = troops("forum", "1,700 Karvelian troops came", 1700, "Karvelian troops", speaker="Pavel Orzan")
    (figure,) = table_of(one, other, third)
    assert figure.verdict is FigureVerdict.COMPATIBLE
    assert contradictions_of(one, other, third) == ()


def test_an_increment_by_another_source_adds_to_nothing() -> None:
    one, other, _ = increments()
    strange = report_with(
        "post",
        "another 1,500 Karvelian troops arrived",
        ("1,500", 1500, "Karvelian troops", EXACT),
        more=["1,500"],
        speaker="Ilya Marchenkov",
    )
    assert not any(value.derived_from for figure in table_of(one, strange) for value in figure.values)
    assert other.claim.quantities[0].increment
