import pytest

from services.local.evaluation.events import score


def test_a_perfect_partition_scores_one_whatever_the_names() -> None:
    found = score(["x", "x", "y"], ["1", "1", "2"])
    assert (found.b_cubed, found.pairwise, found.adjusted_rand, found.events) == (1, 1, 1, 2)


def test_everything_in_one_event_costs_precision_alone() -> None:
    found = score(["x"] * 4, ["1", "1", "2", "2"])
    assert found.b_cubed_precision == pytest.approx(0.5)
    assert found.b_cubed_recall == 1
    assert found.pairwise_precision == pytest.approx(2 / 6)
    assert found.adjusted_rand == pytest.approx(0)


def test_singletons_cost_recall_alone() -> None:
    found = score(["a", "b", "c", "d"], ["1", "1", "2", "2"])
    assert (found.b_cubed_precision, found.b_cubed_recall) == (1, 0.5)
    assert found.pairwise == 0


def test_partitions_of_different_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="argument"):
        score(["a"], ["1", "2"])
