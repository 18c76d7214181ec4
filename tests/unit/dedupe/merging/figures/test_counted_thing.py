import pytest

from services.contracts.event_claims import FigureVerdict
from tests.support.figures import AT_LEAST, EXACT, report_with, table_of, toll, troops


def test_people_killed_and_people_injured_are_two_things() -> None:
    one = report_with(
        "herald",
        "14 people were killed and 61 people were injured",
        ("14", 14, "people", EXACT),
        ("61", 61, "people", EXACT),
    )
    assert [figure.counted for figure in table_of(one)] == ["people injured", "people killed"]


def test_synonyms_count_one_thing() -> None:
    one = troops("herald", "3,000 Karvelian soldiers are there", 3000, "Karvelian soldiers", speaker="Lena Voskamp")
    other = troops("post", "12,000 Karvelian troops are there", 12000, "Karvelian troops", speaker="Pavel Orzan")
    (figure,) = table_of(one, other)
    assert (figure.counted, figure.verdict) == ("Karvelian soldiers", FigureVerdict.CONFLICTING)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("the death toll stands at 14", "death toll"),
        ("14 bodies were brought ashore", "bodies"),
        ("14 deaths were reported", "deaths"),
        ("the flood left 14 dead", "dead"),
        ("14 people lost their lives", "people"),
        ("the flood claimed 14 lives", "lives"),
        ("the flood tore through the valley, killing 14", "killing"),
    ],
)
def test_the_dead_are_counted_under_many_names(text: str, counted: str) -> None:
    one = report_with("herald", text, ("14", 14, counted, EXACT))
    assert [figure.counted for figure in table_of(one, toll("post", 14))] == ["people killed"]


def test_what_happened_is_read_from_the_same_clause() -> None:
    text = "The capsizing killed at least 14 people and injured 58"
    (figure,) = table_of(report_with("herald", text, ("at least 14", 14, "people", AT_LEAST)))
    assert figure.counted == "people killed"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Troops stormed the mill, rescuing no one, and rescued 13 hostages", "hostages rescued"),
        ("Troops stormed the mill, freeing 13 hostages", "hostages released"),
        ("The gunmen hold 13 hostages in the mill", "hostages captured"),
        ("13 hostages were found dead in the mill", "hostages killed"),
    ],
)
def test_hostages_are_counted_by_what_became_of_them(text: str, counted: str) -> None:
    (figure,) = table_of(report_with("herald", text, ("13", 13, "hostages", EXACT)))
    assert figure.counted == counted


def test_the_dead_of_a_hostage_crisis_are_counted_as_dead() -> None:
    text = "A clerk was among the victims of the hostage crisis that left 22 dead"
    (figure,) = table_of(report_with("herald", text, ("22", 22, "dead", EXACT)))
    assert figure.counted == "people killed"


@pytest.mark.parametrize(
    "text",
    ["200 people came from Arlund", "200 people live in Arlund", "200 people killed a guard"],
    ids=["they came", "they live", "they did it"],
)
def test_people_to_whom_nothing_happened_are_not_compared(text: str) -> None:
    assert table_of(report_with("herald", text, ("200", 200, "people", EXACT))) == ()


def test_a_death_sentence_kills_nobody() -> None:
    (figure,) = table_of(report_with("herald", "200 people face the death sentence", ("200", 200, "people", EXACT)))
    assert figure.counted == "people sentenced"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Officials urged 2,000 people to evacuate", "people told to evacuate"),
        ("2,000 people were told to flee", "people told to evacuate"),
        ("2,000 people are under evacuation orders", "people told to evacuate"),
        ("The flood forced 2,000 people to flee", "people fled"),
        ("2,000 people had to be evacuated", "people evacuated"),
        ("2,000 people fled the valley", "people fled"),
    ],
)
def test_who_was_told_to_leave_has_not_left(text: str, counted: str) -> None:
    (figure,) = table_of(report_with("herald", text, ("2,000", 2000, "people", EXACT)))
    assert figure.counted == counted


@pytest.mark.parametrize(
    "text",
    [
        "The gunmen tried to kill 12 people",
        "They had threatened to kill 12 people",
        "None of the 12 people was injured",
        "The 12 people were not hurt",
        "The 12 people have never been arrested",
        "Police deny that 12 people were killed",
        "There were not 12 people killed",
    ],
)
def test_what_did_not_happen_to_people_is_not_counted(text: str) -> None:
    assert table_of(report_with("herald", text, ("12", 12, "people", EXACT))) == ()


@pytest.mark.parametrize(
    ("text", "is_counted"),
    [
        ("These are not 40 distinct quarrels", False),
        ("There never were 40 quarrels", False),
        ("The mayor did not end the 40 quarrels", True),
        ("The mayor has not only begun 40 quarrels", True),
        ("The mayor does not see that he began 40 quarrels", True),
    ],
)
def test_a_figure_under_a_negation_is_not_reported(text: str, is_counted: bool) -> None:
    assert bool(table_of(report_with("herald", text, ("40", 40, "quarrels", EXACT)))) is is_counted


def test_what_happened_stands_also_behind_a_comma() -> None:
    text = "Most of them, 264 people, died in the valley"
    (figure,) = table_of(report_with("herald", text, ("264", 264, "people", EXACT)))
    assert figure.counted == "people killed"


def test_travellers_are_people_to_whom_things_happen() -> None:
    text = "The 14 foreign travelers killed came by train"
    (figure,) = table_of(report_with("herald", text, ("14", 14, "foreign travelers", EXACT)))
    assert figure.counted == "travelers killed"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("only nine out of 12 sailors were injured", []),
        ("nine out of the 12 sailors injured have gone home", ["sailors injured"]),
        ("a photo released by the port shows the 12 sailors", []),
        ("the clerk was killed by 12 sailors", []),
        ("the port released 12 sailors", ["sailors released"]),
    ],
)
def test_what_happened_to_a_part_or_by_the_counted_did_not_happen_to_them(text: str, labels: list[str]) -> None:
    figures = table_of(report_with("herald", text, ("12", 12, "sailors", EXACT)))
    assert [figure.counted for figure in figures if figure.counted.startswith("sailors ")] == labels
