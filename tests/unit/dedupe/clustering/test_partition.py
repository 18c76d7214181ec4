import math
from collections.abc import Mapping
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.partition import Partition
from services.dedupe.clustering.repair import RepairKind, RepairStep, regroup_partition_around

DECISION = Decision.load_bundled()
MODEL = "test@1"


def log_odds(probability: float) -> float:
    kept = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))


def place(
    partition: Partition, article_id: str, event_id: str, near: Mapping[str, float], *, day: float | None = 0.0
) -> list[RepairStep]:
    odds = {other: (log_odds(value), 0.0) for other, value in near.items()}
    partition.add_article(article_id, event_id, day, MODEL, odds)
    splits = count()
    # Each split of a placement founds an event of its own.
    return regroup_partition_around(
        partition,
        article_id,
        lambda event: int(event[1:]),
        lambda split: f"e9{article_id[1:]:0>3}{split[1:]:0>3}{next(splits)}",
    )


def test_a_bridge_merges_two_events_into_the_older_one() -> None:
    partition = Partition(DECISION, lambda _: 0)
    place(partition, "a1", "e2", {})
    place(partition, "a2", "e1", {"a1": 0.02})
    steps = place(partition, "a3", "e2", {"a1": 0.95, "a2": 0.95})
    assert [(step.change, step.source, step.target, step.articles) for step in steps] == [
        (RepairKind.MERGE, "e2", "e1", ("a1", "a3"))
    ]
    assert partition.member_ids("e1") == ["a1", "a2", "a3"]
    assert partition.member_ids("e2") == []


def test_an_article_moves_to_the_event_that_fits_it_better() -> None:
    partition = Partition(DECISION, lambda _: 0)
    place(partition, "a1", "e1", {})
    place(partition, "a2", "e1", {"a1": 0.5})
    steps = place(partition, "a3", "e3", {"a2": 0.97, "a1": 0.01})
    assert [(step.change, step.articles, step.target) for step in steps] == [(RepairKind.MOVE, ("a2",), "e3")]


def test_an_article_that_fits_no_more_is_split_off() -> None:
    partition = Partition(DECISION, lambda _: 0)
    place(partition, "a1", "e1", {})
    place(partition, "a2", "e1", {"a1": 0.45})
    steps = place(partition, "a3", "e1", {"a1": 0.9, "a2": 0.02})
    assert [(step.change, step.articles) for step in steps] == [(RepairKind.SPLIT, ("a2",))]
    assert partition.event_id_of("a2") != partition.event_id_of("a1") == partition.event_id_of("a3")


def test_an_undated_article_does_not_tie_together_what_lies_months_apart() -> None:
    partition = Partition(DECISION, lambda _: 0)
    place(partition, "a1", "e1", {}, day=0.0)
    place(partition, "a2", "e1", {"a1": 0.9}, day=None)
    assert partition.rank_events_by_affinity("a9", 90.0, MODEL, {"a2": 0.9}) == []
    assert partition.rank_events_by_affinity("a9", 1.0, MODEL, {"a1": 0.9, "a2": 0.9})


@pytest.mark.parametrize(("harm", "days", "joins"), [(True, 6.0, True), (False, 6.0, False), (True, 7.2, False)])
def test_reports_of_harm_may_lie_further_apart_than_others(harm: bool, days: float, joins: bool) -> None:
    partition = Partition(DECISION, lambda _: 0)
    partition.add_article("a1", "e1", 0.0, MODEL, {}, harm=harm)
    assert bool(partition.rank_events_by_affinity("a2", days, MODEL, {"a1": 0.9}, harm=True)) == joins
    assert not partition.rank_events_by_affinity("a2", days, MODEL, {"a1": 0.9})


@pytest.mark.parametrize("harm", [True, False])
def test_events_of_harm_that_lie_further_apart_are_joined_in_repair(harm: bool) -> None:
    partition = Partition(DECISION, lambda _: 0)
    partition.add_article("a1", "e1", 0.0, MODEL, {}, harm=True)
    partition.add_article("a2", "e2", 6.0, MODEL, {"a1": (3.0, 0.0)}, harm=harm)
    steps = regroup_partition_around(partition, "a2", {"e1": 0, "e2": 1}.__getitem__, lambda event: f"{event}/split")
    assert [step.change for step in steps] == [RepairKind.MERGE] * harm


def test_vectors_of_other_models_say_nothing() -> None:
    partition = Partition(DECISION, lambda _: 0)
    place(partition, "a1", "e1", {})
    assert partition.rank_events_by_affinity("a9", 0.0, "other@1", {"a1": 0.9}) == []


def test_probabilities_follow_the_density() -> None:
    live = 0
    partition = Partition(DECISION, lambda _: live)
    partition.add_article("a1", "e1", 0.0, MODEL, {})
    partition.add_article("a2", "e1", 0.0, MODEL, {"a1": (1.0, -0.5)})
    before = partition.raw_probabilities("a1")["a2"]
    live = 100
    partition.invalidate_after_density_change()
    assert partition.raw_probabilities("a1")["a2"] == partition.raw_probabilities("a2")["a1"] < before


chances = st.lists(st.floats(0, 1).map(lambda value: round(value, 3)), min_size=12, max_size=12)
arrivals = st.lists(st.tuples(chances, st.one_of(st.none(), st.floats(0, 9))), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(arrivals)
def test_no_step_loses_an_article_and_a_replay_is_identical(arrived: list[tuple[list[float], float | None]]) -> None:
    def run() -> tuple[list[RepairStep], dict[str, str]]:
        partition = Partition(DECISION, lambda _: 0)
        steps: list[RepairStep] = []
        mirror: dict[str, str] = {}
        for at, (row, day) in enumerate(arrived):
            near = {f"a{other}": row[other] for other in range(at)}
            ranked = partition.rank_events_by_affinity(f"a{at}", day, MODEL, near)
            event = ranked[0][1] if ranked and ranked[0][0] >= DECISION.threshold else f"e{at}"
            mirror[f"a{at}"] = event
            for step in place(partition, f"a{at}", event, near, day=day):
                assert step.source != step.target
                assert {mirror[article] for article in step.articles} == {step.source}
                mirror |= dict.fromkeys(step.articles, step.target)
                steps.append(step)
        assert mirror == {article: partition.event_id_of(article) for article in mirror}
        listed = [article for event in set(mirror.values()) for article in partition.member_ids(event)]
        assert sorted(listed) == sorted(mirror)
        return steps, mirror

    assert run() == run()


def test_an_article_among_members_of_another_model_stays() -> None:
    partition = Partition(DECISION, lambda _: 0)
    place(partition, "a1", "e1", {})
    partition.add_article("a2", "e1", 0.0, "test@2", {})
    assert regroup_partition_around(partition, "a2", lambda event: int(event[1:]), lambda split: f"e9{split}") == []
    assert partition.event_id_of("a2") == "e1"
