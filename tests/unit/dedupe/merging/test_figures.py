import pytest

from services.contracts.claim import Bound
from services.contracts.event_claims import Contradiction, ContradictionKind, Figure, FigureVerdict
from services.dedupe.merging.claim_merging import group_claims
from services.dedupe.merging.contradictions import contradictions
from services.dedupe.merging.figures import figure_table, mentions
from services.dedupe.merging.reports import Report, report, whole_numbers
from tests.support.dedupe_articles import direction, make_article, make_claim


def told(
    outlet: str,
    text: str,
    *figures: tuple[str, float, str | None, Bound],
    speaker: str | None = None,
    days: float = 0.0,
) -> Report:
    article = make_article(outlet, f"{text}, said {speaker}." if speaker else f"{text}.", days=days)
    claim = make_claim(article, text, figures=figures, speaker=speaker)
    return report(article, f"org_{outlet}", claim, whole_numbers(direction(7)))


def table(*reports: Report) -> tuple[Figure, ...]:
    return figure_table(mentions(group_claims(reports)))


def found(*reports: Report) -> tuple[Contradiction, ...]:
    groups = group_claims(reports)
    return contradictions(groups, mentions(groups))


def toll(outlet: str, value: float, bound: Bound = Bound.EXACT, speaker: str | None = None) -> Report:
    surface = f"{value:g}"
    return told(outlet, f"{surface} people were killed", (surface, value, "people", bound), speaker=speaker)


def test_a_figure_of_one_report_is_single() -> None:
    (figure,) = table(toll("herald", 14))
    assert (figure.counted, figure.verdict) == ("people killed", FigureVerdict.SINGLE)
    assert figure.values[0].surface == "14"


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (toll("herald", 14), toll("post", 14), FigureVerdict.AGREE),
        (toll("herald", 14, Bound.AT_LEAST), toll("post", 20), FigureVerdict.COMPATIBLE),
        (toll("herald", 19, Bound.ABOUT), toll("post", 20), FigureVerdict.COMPATIBLE),
        (toll("herald", 14), toll("post", 20), FigureVerdict.CONFLICTING),
        (
            toll("herald", 14, speaker="Lena Voskamp"),
            toll("post", 20, speaker="Lena Voskamp"),
            FigureVerdict.SUPERSEDED,
        ),
        (
            toll("herald", 14),
            told("post", "20 people may have been killed", ("20", 20, "people", Bound.EXACT)),
            FigureVerdict.COMPATIBLE,
        ),
    ],
    ids=["equal", "open interval", "about", "disjoint", "same source", "hedged"],
)
def test_figures_for_one_thing_get_a_verdict(one: Report, other: Report, verdict: FigureVerdict) -> None:
    (figure,) = table(one, other)
    assert figure.verdict is verdict
    assert bool(found(one, other)) is (verdict is FigureVerdict.CONFLICTING)


def test_people_killed_and_people_injured_are_two_things() -> None:
    one = told(
        "herald",
        "14 people were killed and 61 people were injured",
        ("14", 14, "people", Bound.EXACT),
        ("61", 61, "people", Bound.EXACT),
    )
    assert [figure.counted for figure in table(one)] == ["people injured", "people killed"]


def test_what_happened_is_read_from_the_same_clause() -> None:
    text = "The capsizing killed at least 14 people and injured 58"
    (figure,) = table(told("herald", text, ("at least 14", 14, "people", Bound.AT_LEAST)))
    assert figure.counted == "people killed"


def test_people_without_a_fate_are_not_compared() -> None:
    assert table(told("herald", "200 people came from Arlund", ("200", 200, "people", Bound.EXACT))) == ()


def test_troops_of_two_countries_are_two_things() -> None:
    one = told("herald", "3,000 Karvelian troops came", ("3,000", 3000, "Karvelian troops", Bound.EXACT))
    other = told("post", "12,000 Ostrellian troops came", ("12,000", 12000, "Ostrellian troops", Bound.EXACT))
    assert [figure.verdict for figure in table(one, other)] == [FigureVerdict.SINGLE, FigureVerdict.SINGLE]
    assert found(one, other) == ()


def test_a_part_and_its_whole_in_one_claim_do_not_conflict() -> None:
    text = "Three members of the council of nine members voted against"
    one = told("herald", text, ("Three", 3, "members", Bound.EXACT), ("nine", 9, "members", Bound.EXACT))
    assert [figure.verdict for figure in table(one)] == [FigureVerdict.COMPATIBLE]


def test_a_contradiction_names_both_figures_and_who_gives_them() -> None:
    (contradiction,) = found(toll("herald", 14, speaker="Lena Voskamp"), toll("post", 20, speaker="Pavel Orzan"))
    assert contradiction.kind is ContradictionKind.FIGURE
    assert contradiction.explanation == "people killed: 14 (Lena Voskamp) against 20 (Pavel Orzan)"
    assert len(contradiction.sides) == 2


def test_an_affirmation_and_a_denial_by_two_sources_contradict() -> None:
    one = told("herald", "The bow door of the ferry was closed on departure", speaker="Greta Hallorin")
    other = told("post", "The bow door of the ferry was not closed on departure", speaker="Ilya Marchenkov")
    (contradiction,) = found(one, other)
    assert contradiction.kind is ContradictionKind.POLARITY


def test_a_source_does_not_contradict_itself_by_a_denial() -> None:
    one = told("herald", "The bow door of the ferry was closed on departure", speaker="Greta Hallorin")
    other = told("post", "The bow door of the ferry was not closed on departure", speaker="Greta Hallorin")
    assert found(one, other) == ()
