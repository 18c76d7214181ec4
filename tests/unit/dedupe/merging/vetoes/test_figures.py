import pytest

from services.dedupe.merging.vetoes.veto import VetoKind
from tests.support.propositions import veto_kinds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rescuers found 31 survivors in the mine.", "Rescuers found 19 survivors in the mine."),
        ("The bridge cost $4.2 billion.", "The bridge cost $6 billion."),
        ("The council voted 5-4 for the plan.", "The council voted 7-2 for the plan."),
        ("The judge gave him eleven years in prison.", "He was given a seven-year term in prison by the judge."),
        ("Lamos paid 7 million in May and 9 million in June.", "Lamos paid 9 million in May and 9 million in June."),
    ],
)
def test_numbers_that_each_side_has_alone_keep_claims_apart(one: str, other: str) -> None:
    assert VetoKind.FIGURE in veto_kinds(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The plant employs 4,200 people.", "The plant employs 4200 people."),
        ("The plant employs about 4,200 people.", "The plant employs 4,213 people."),
        ("Sales fell 12 percent.", "Sales fell twelve per cent."),
        ("The fund has $4.12 billion.", "The fund has $4.1bn."),
        ("The probe passed at 340 kilometres.", "The probe passed at 211 miles."),
        ("At least 60 homes burned down.", "60 homes burned down."),
        ("Some 60 homes burned down in two villages.", "Some 60 homes burned down."),
        ("Lamos will pay between $590 million and $610 million.", "Lamos will pay $600 million."),
    ],
)
def test_one_number_told_in_two_ways_does_not(one: str, other: str) -> None:
    assert VetoKind.FIGURE not in veto_kinds(one, other)


def test_a_figure_on_top_of_another_is_another_figure() -> None:
    assert veto_kinds("Guards arrested another 40 men.", "Guards arrested 40 men.") == {VetoKind.INCREMENT}


def test_more_years_are_years() -> None:
    assert veto_kinds("The licence runs for two more years.", "The licence runs for two years.") == set()
