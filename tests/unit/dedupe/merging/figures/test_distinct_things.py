from services.contracts.event_claims import FigureVerdict
from tests.support.figures import EXACT, contradictions_of, report_with, table_of, toll


def test_troops_of_two_countries_are_two_things() -> None:
    one = report_with("herald", "3,000 Karvelian troops came", ("3,000", 3000, "Karvelian troops", EXACT))
    other = report_with("post", "12,000 Ostrellian troops came", ("12,000", 12000, "Ostrellian troops", EXACT))
    assert [figure.verdict for figure in table_of(one, other)] == [FigureVerdict.SINGLE, FigureVerdict.SINGLE]
    assert contradictions_of(one, other) == ()


def test_differing_figures_are_of_two_things_where_one_report_narrows_it() -> None:
    one = report_with("herald", "40 homes were lost in the fire", ("40", 40, "homes", EXACT))
    other = report_with("post", "nine holiday homes were lost in the fire", ("nine", 9, "holiday homes", EXACT))
    assert {figure.verdict for figure in table_of(one, other)} == {FigureVerdict.SINGLE}


def test_tolls_of_two_places_are_two_things() -> None:
    one = report_with("herald", "14 people died in Arlund", ("14", 14, "people", EXACT), places=["Arlund"])
    other = report_with("post", "20 people died in Tannerby", ("20", 20, "people", EXACT), places=["Tannerby"])
    assert {figure.verdict for figure in table_of(one, other)} == {FigureVerdict.SINGLE}


def test_a_toll_of_long_ago_is_another_thing() -> None:
    text = "A ferry sank in January 2019 and 90 people died"
    other = report_with("post", text, ("90", 90, "people", EXACT), dates=[("January 2019", "2019-01")])
    assert {figure.verdict for figure in table_of(toll("herald", 14), other)} == {FigureVerdict.SINGLE}


def test_other_children_are_not_all_children() -> None:
    one = report_with("herald", "Six children were killed", ("Six", 6, "children", EXACT))
    other = report_with("post", "Two other children were found dead", ("Two", 2, "other children", EXACT))
    assert {figure.verdict for figure in table_of(one, other)} == {FigureVerdict.SINGLE}
