"""Every slot that keeps two claims apart, and what must not."""

import pytest

from services.dedupe.merging.vetoes.find import find_vetoes
from services.dedupe.merging.vetoes.veto import VetoKind
from tests.support.propositions import stated

FERRY = "The ferry Solenne left Port Amery on Tuesday with 140 passengers."


def slots(one: str, other: str) -> set[VetoKind]:
    return {objection.kind for objection in find_vetoes(*stated(one, other))}


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
    assert VetoKind.FIGURE in slots(one, other)


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
    assert VetoKind.FIGURE not in slots(one, other)


def test_a_figure_on_top_of_another_is_another_figure() -> None:
    assert slots("Guards arrested another 40 men.", "Guards arrested 40 men.") == {VetoKind.INCREMENT}


def test_more_years_are_years() -> None:
    assert slots("The licence runs for two more years.", "The licence runs for two years.") == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FERRY, FERRY.replace("Tuesday", "Friday")),
        ("The museum opened on March 3.", "The museum opened on 9 March."),
        ("The museum opened in 1951.", "The museum opened in 1963."),
        ("The match starts at 7 p.m.", "The match starts at 9:30 p.m."),
    ],
)
def test_two_dates_of_one_kind_keep_claims_apart(one: str, other: str) -> None:
    assert VetoKind.DATE in slots(one, other)


def test_dates_of_two_kinds_do_not() -> None:
    assert VetoKind.DATE not in slots(FERRY, FERRY.replace("on Tuesday", "on March 3"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ministry closed the port.", "The ministry did not close the port."),
        ("The ministry closed the port.", "The ministry never closed the port."),
        ("The ministry agreed to close the port.", "The ministry refused to close the port."),
        ("The company disclosed the leak.", "The company failed to disclose the leak."),
        ("Officials said the port was closed.", "Officials denied that the port was closed."),
        ("Exports rose in June.", "Exports fell in June."),
        ("Exports climbed in June.", "Exports did not rise in June."),
        ("The guards left before the raid.", "The guards left after the raid."),
        ("Parliament passed the bill on fishing.", "The bill on fishing failed in parliament."),
        ("Passengers were hurt.", "No passengers were hurt."),
        ("The ministry confirmed that two nurses died.", "The ministry declined to confirm that two nurses died."),
    ],
)
def test_what_holds_on_one_side_only_keeps_claims_apart(one: str, other: str) -> None:
    assert VetoKind.POLARITY in slots(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ministry did not close the port.", "The ministry did not shut the port."),
        ("The company failed to disclose the leak.", "The company did not disclose the leak."),
        (
            "The company was sued for failure to disclose the leak.",
            "The company was sued for failing to disclose the leak.",
        ),
        ("The tax falls on the buyer, not the shop.", "The tax falls on the buyer, not on the shop."),
        ("Storm Irma did not lose its strength at sea.", "Storm Irma kept its strength at sea."),
        ("More than 40 homes burned down.", "Fewer than 45 homes burned down."),
        ("Guards neither saw nor heard the men.", "Guards did not see or hear the men."),
    ],
)
def test_negations_that_agree_do_not(one: str, other: str) -> None:
    assert VetoKind.POLARITY not in slots(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The guards opened fire.", "The guards may have opened fire."),
        ("The mill will close in May.", "The mill could close in May."),
        ("Children got the vaccine first.", "If the vaccine is approved, children will get it first."),
    ],
)
def test_a_fact_is_no_possibility(one: str, other: str) -> None:
    assert VetoKind.POSSIBILITY in slots(one, other)


def test_who_does_it_to_whom_matters() -> None:
    assert VetoKind.ROLES in slots("Varga sued Lindholm over the patent.", "Lindholm sued Varga over the patent.")
    assert VetoKind.ROLES not in slots(
        "Varga sued Lindholm over the patent.", "Lindholm was sued by Varga over the patent."
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Senator Ida Varga said the plan was sound.", "Senator Otto Brenn said the plan was sound."),
        ("The plan is sound, Ida Varga told reporters.", "The plan is sound, Otto Brenn told reporters."),
    ],
)
def test_two_named_sources_keep_claims_apart(one: str, other: str) -> None:
    assert VetoKind.SPEAKER in slots(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Senator Ida Varga said the plan was sound.", "Varga said the plan was sound."),
        ("Sergei Petrovsky said the plan was sound.", "Sergey Petrovsky said the plan was sound."),
        ("Officials said the plan was sound.", "Ida Varga said the plan was sound."),
    ],
)
def test_one_source_named_in_two_ways_does_not(one: str, other: str) -> None:
    assert VetoKind.SPEAKER not in slots(one, other)


def test_one_sentence_about_two_people_is_two_claims() -> None:
    told = "{} crossed the strait alone in a small boat in eleven hours, a record for the season."
    assert VetoKind.NAME in slots(told.format("Mirela Vastag"), told.format("Jonas Ekdal"))
