import pytest

from services.api.pages.plots.opposition import Dispute, disputes_by_claim
from services.contracts.event_claims import Contradiction, ContradictionKind, Position
from services.contracts.quantity import Bound
from tests.unit.api.pages.plots.test_figure_plot import figure, value


def contradiction(kind: ContradictionKind, *positions: tuple[str, str]) -> Contradiction:
    return Contradiction(
        kind=kind,
        sides=tuple(dict.fromkeys(claim_id for claim_id, _ in positions)),
        positions=tuple(Position(claim_id=claim_id, says=says) for claim_id, says in positions),
        explanation="?",
    )


def dispute(opponents: str, side: str) -> tuple[Dispute, ...]:
    return (Dispute(frozenset(opponents.split()), frozenset(side.split())),)


@pytest.mark.parametrize("kind", list(ContradictionKind))
def test_positions_with_the_same_words_are_one_side(kind: ContradictionKind) -> None:
    disputes = disputes_by_claim([contradiction(kind, ("a", "says so"), ("b", "says so"), ("c", "denies"))], ())
    assert disputes == {"a": dispute("c", "a b"), "b": dispute("c", "a b"), "c": dispute("a b", "c")}


def test_who_says_otherwise_and_who_denies_are_one_side() -> None:
    stances = (("a", "says so"), ("b", "says otherwise"), ("c", "denies"), ("d", "confirms"))
    disputes = disputes_by_claim([contradiction(ContradictionKind.POLARITY, *stances)], ())
    assert disputes["a"] == dispute("b c", "a d")
    assert disputes["b"] == dispute("a d", "b c")


def test_figures_that_can_both_be_right_are_one_side() -> None:
    given = contradiction(ContradictionKind.FIGURE, ("a", "about 3,000"), ("b", "3,000"), ("c", "5,000"))
    table = figure(
        value(3000, Bound.ABOUT, claim_ids=("a",)), value(3000, claim_ids=("b",)), value(5000, claim_ids=("c",))
    )
    assert disputes_by_claim([given], [table]) == {
        "a": dispute("c", "a b"),
        "b": dispute("c", "a b"),
        "c": dispute("a b", "c"),
    }


def test_a_figure_that_is_in_no_disagreement_is_on_the_side_that_it_fits() -> None:
    given = contradiction(ContradictionKind.FIGURE, ("a", "about 3,000"), ("c", "10,000"))
    table = figure(
        value(3000, Bound.ABOUT, claim_ids=("a",)), value(3000, claim_ids=("b",)), value(10_000, claim_ids=("c",))
    )
    assert disputes_by_claim([given], [table]) == {"a": dispute("c", "a b"), "c": dispute("a", "c")}


def test_each_disagreement_of_a_claim_is_told_by_itself() -> None:
    killed = contradiction(ContradictionKind.FIGURE, ("a", "14"), ("b", "14"), ("c", "9"))
    injured = contradiction(ContradictionKind.FIGURE, ("a", "61"), ("b", "58"))
    assert disputes_by_claim([killed, injured], ())["a"] == (*dispute("c", "a b"), *dispute("b", "a"))


def test_a_claim_without_opponents_is_in_no_disagreement() -> None:
    assert disputes_by_claim([contradiction(ContradictionKind.DATE, ("a", "Monday"), ("b", "monday"))], ()) == {}
