from collections.abc import Sequence

from services.contracts.event_claims import ContradictionKind
from services.dedupe.merging.claims.report import Report
from tests.support.contradictions import (
    DOOR,
    confirming,
    contradictions_of,
    declining,
    quoted,
)
from tests.support.figures import contradictions_of as figure_contradictions_of
from tests.support.figures import toll


def test_nothing_contradicts_where_nothing_is_claimed() -> None:
    assert contradictions_of() == ()


def test_contradictions_are_the_same_in_any_order() -> None:
    reports: Sequence[Report] = [
        confirming(),
        declining(),
        quoted("a", DOOR, "Ilya Marchenkov"),
        quoted("b", DOOR, "Greta Hallorin"),
        declining("gazette", cue="stopped short of confirming"),
    ]
    assert contradictions_of(*reports) == contradictions_of(*reversed(reports))
    assert len(contradictions_of(*reports)) == 2


def test_a_contradiction_names_both_figures_and_who_gives_them() -> None:
    (contradiction,) = figure_contradictions_of(
        toll("herald", 14, speaker="Lena Voskamp"), toll("post", 20, speaker="Pavel Orzan")
    )
    assert contradiction.kind is ContradictionKind.FIGURE
    assert contradiction.explanation == "people killed: 14 (Lena Voskamp) against 20 (Pavel Orzan)"
    assert len(contradiction.sides) == 2


def test_of_one_value_the_report_that_names_a_source_is_told() -> None:
    (contradiction,) = figure_contradictions_of(
        toll("herald", 14), toll("mail", 14, speaker="Lena Voskamp"), toll("post", 20, speaker="Pavel Orzan")
    )
    assert contradiction.explanation == "people killed: 14 (Lena Voskamp) against 20 (Pavel Orzan)"
