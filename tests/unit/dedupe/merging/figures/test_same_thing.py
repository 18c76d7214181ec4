from services.contracts.event_claims import FigureVerdict
from tests.support.figures import EXACT, report_with, table_of, troops


def test_a_thing_without_a_name_is_the_one_that_has_a_name_unless_two_have() -> None:
    bare = troops("forum", "3,000 soldiers are there", 3000, "soldiers", speaker="Greta Hallorin")
    karvelian = troops("herald", "12,000 Karvelian troops are there", 12000, "Karvelian troops", speaker="Lena Voskamp")
    ostrellian = troops("post", "900 Ostrellian troops are there", 900, "Ostrellian troops", speaker="Pavel Orzan")
    assert [figure.verdict for figure in table_of(bare, karvelian)] == [FigureVerdict.CONFLICTING]
    assert {figure.verdict for figure in table_of(bare, karvelian, ostrellian)} == {FigureVerdict.SINGLE}


def test_equal_figures_are_of_one_thing_though_one_report_narrows_it() -> None:
    one = report_with("herald", "three generals were among them", ("three", 3, "generals", EXACT))
    other = report_with("post", "three army generals were sent", ("three", 3, "army generals", EXACT))
    (figure,) = table_of(one, other)
    assert figure.verdict is FigureVerdict.AGREE


def test_a_noun_in_common_is_not_enough_for_figures_that_differ() -> None:
    one = report_with("herald", "21 states have sued over the new rule", ("21", 21, "states", EXACT))
    other = report_with("post", "the senator won 15 states in the autumn", ("15", 15, "states", EXACT), near=8)
    assert {figure.verdict for figure in table_of(one, other)} == {FigureVerdict.SINGLE}


def test_things_of_one_sentence_wording_are_compared() -> None:
    one = report_with("herald", "21 states have sued over the new emission rule", ("21", 21, "states", EXACT))
    other = report_with("post", "15 states have sued over that emission rule", ("15", 15, "states", EXACT))
    assert [figure.verdict for figure in table_of(one, other)] == [FigureVerdict.CONFLICTING]
