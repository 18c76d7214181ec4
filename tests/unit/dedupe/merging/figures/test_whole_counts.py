import pytest

from services.contracts.event_claims import FigureVerdict
from services.contracts.quantity import Bound
from services.dedupe.merging.claims.report import Report
from tests.support.figures import AT_LEAST, EXACT, contradictions_of, report_with, table_of, toll

LATER = "Shots were fired in the old mill on Arlund Street. " * 16 + "There "


def hurt(
    outlet: str, surface: str, value: float, *, before: str = "", bound: Bound = EXACT, speaker: str | None = None
) -> Report:
    figure = surface, value, "people", bound
    return report_with(outlet, f"{surface} people were hurt", figure, before=before, speaker=speaker)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (hurt("herald", "14", 14), hurt("post", "27", 27), FigureVerdict.CONFLICTING),
        (hurt("herald", "14", 14), hurt("post", "27", 27, before=LATER), FigureVerdict.CONFLICTING),
        (hurt("herald", "14", 14, before=LATER), hurt("post", "27", 27), FigureVerdict.COMPATIBLE),
        (hurt("herald", "29", 29, before=LATER), hurt("post", "31", 31), FigureVerdict.CONFLICTING),
        (hurt("herald", "14", 14, before=LATER), hurt("post", "32", 32, bound=AT_LEAST), FigureVerdict.COMPATIBLE),
        (
            hurt("herald", "14", 14, before=LATER, speaker="Ada Reyl"),
            hurt("post", "27", 27),
            FigureVerdict.CONFLICTING,
        ),
        (
            hurt("herald", "one", 1, before=LATER, speaker="Ada Reyl"),
            hurt("post", "27", 27),
            FigureVerdict.COMPATIBLE,
        ),
    ],
    ids=["both first", "the higher later", "the lower later", "near counts", "a bound", "somebody's count", "one"],
)
def test_a_lower_toll_that_is_told_late_by_nobody_may_be_a_part_of_a_higher_one(
    one: Report, other: Report, verdict: FigureVerdict
) -> None:
    (figure,) = table_of(one, other)
    assert figure.verdict is verdict
    assert bool(contradictions_of(one, other)) is (verdict is FigureVerdict.CONFLICTING)


@pytest.mark.parametrize(("higher", "value", "count"), [("nine", 9, 0), ("ten", 10, 1)])
def test_few_may_be_a_part_of_a_few_more(higher: str, value: float, count: int) -> None:
    assert len(contradictions_of(hurt("herald", "eight", 8), hurt("post", higher, value))) == count


def test_one_woman_is_not_all_who_were_hurt_and_one_person_is() -> None:
    women = report_with("post", "14 women were hurt", ("14", 14, "women", EXACT))
    woman = report_with("herald", "One woman was hurt", ("One", 1, "woman", EXACT))
    assert contradictions_of(woman, women) == ()
    one, more = (
        report_with(outlet, f"{surface} people were hurt", (surface, value, "people", EXACT))
        for outlet, surface, value in (("herald", "One", 1.0), ("post", "14", 14.0))
    )
    assert len(contradictions_of(one, more)) == 1


def test_the_other_eight_are_not_all_nine() -> None:
    nine = report_with("herald", "nine people were arrested", ("nine", 9, "people", EXACT))
    eight = report_with("post", "The other eight people were arrested", ("eight", 8, "people", EXACT))
    assert {figure.verdict for figure in table_of(nine, eight)} == {FigureVerdict.SINGLE}


def test_those_who_fought_when_others_were_hurt_were_not_hurt() -> None:
    text = "Two men were hurt when shots fell during a fight involving more than 30 people"
    crowd = report_with("post", text, ("more than 30", 30, "people", AT_LEAST))
    assert contradictions_of(hurt("herald", "two", 2), crowd) == ()


def test_the_dead_of_several_fires_are_not_those_of_one() -> None:
    city = report_with("post", "19 people were killed in fires across the city", ("19", 19, "people", EXACT))
    assert {figure.verdict for figure in table_of(toll("herald", 14), city)} == {FigureVerdict.SINGLE}
