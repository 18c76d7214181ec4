import math
import random
from itertools import combinations, count, product

from hypothesis import given, settings
from hypothesis import strategies as st

from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.grouping import agglomerate_groups
from services.dedupe.clustering.groups import Group
from services.dedupe.clustering.partition import Partition
from services.dedupe.clustering.repair import (
    LOOKS,
    RepairKind,
    RepairStep,
    list_placements_to_revisit,
    needs_no_regrouping,
    regroup_partition_around,
)

DECISION = Decision.load_bundled()
MODEL = "test@1"
Pairs = dict[frozenset[str], float]


def log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def arrive(order: list[str], pairs: Pairs) -> tuple[Partition, list[RepairStep]]:
    """Place articles one by one, as a collection does."""
    partition = Partition(DECISION, lambda _: 0)
    founded = count()
    ages: dict[str, int] = {}
    steps: list[RepairStep] = []

    def found(_: str = "") -> str:
        ages[event := f"e{next(founded)}"] = len(ages)
        return event

    for at, article in enumerate(order):
        near = {other: pairs.get(frozenset((article, other)), 0.001) for other in order[:at]}
        ranked = partition.rank_events_by_affinity(article, None, MODEL, near)
        event = ranked[0][1] if ranked and ranked[0][0] >= DECISION.threshold else found()
        partition.add_article(
            article, event, None, MODEL, {other: (log_odds(value), 0.0) for other, value in near.items()}
        )
        steps += regroup_partition_around(partition, article, ages.__getitem__, found)
    return partition, steps


def companions(partition: Partition, articles: list[str]) -> set[frozenset[str]]:
    return {frozenset(partition.member_ids(partition.event_id_of(article))) for article in articles}


def test_two_pairs_that_a_passing_similarity_tied_together_come_apart() -> None:
    # a and b are one event, c and d another; b and c look alike, and come first.
    pairs: Pairs = {
        frozenset("bc"): 0.6,
        frozenset("ab"): 0.95,
        frozenset("cd"): 0.95,
        frozenset("ac"): 0.05,
        frozenset("bd"): 0.05,
        frozenset("ad"): 0.02,
    }
    partition, steps = arrive(["b", "c", "a", "d"], pairs)
    assert companions(partition, list("abcd")) == {frozenset("ab"), frozenset("cd")}
    assert {step.change for step in steps} & {RepairKind.SPLIT, RepairKind.MOVE}


def test_the_older_event_keeps_its_id_when_two_merge() -> None:
    pairs: Pairs = {frozenset("ac"): 0.95, frozenset("bc"): 0.95, frozenset("ab"): 0.02}
    partition, steps = arrive(["a", "b", "c"], pairs)
    assert partition.event_id_of("a") == partition.event_id_of("b") == partition.event_id_of("c") == "e0"
    assert [(step.change, step.source) for step in steps if step.change is RepairKind.MERGE] == [
        (RepairKind.MERGE, "e1")
    ]


def test_an_article_with_sure_companions_alone_is_settled() -> None:
    partition, _ = arrive(["a", "b", "c"], {frozenset("ab"): 0.97})
    assert needs_no_regrouping(partition, "a")
    doubtful, _ = arrive(["a", "b", "c"], {frozenset("ab"): 0.97, frozenset("bc"): 0.7, frozenset("ac"): 0.3})
    assert not needs_no_regrouping(doubtful, "c")


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_a_few_earlier_placements_are_looked_at_again_the_same_in_each_replay(sequence: int, live: int) -> None:
    found = list_placements_to_revisit(sequence, live)
    assert found == list_placements_to_revisit(sequence, live)
    assert len(found) <= LOOKS
    assert all(1 <= number < sequence for number in found)


matrices = st.integers(2, 9).flatmap(
    lambda size: st.lists(
        st.floats(0.001, 0.999).map(lambda value: round(value, 4)),
        min_size=size * (size - 1) // 2,
        max_size=size * (size - 1) // 2,
        unique=True,
    ).map(lambda values: (size, values))
)


def as_pairs(size: int, values: list[float]) -> tuple[list[str], Pairs]:
    articles = [f"a{at}" for at in range(size)]
    left = iter(values)
    return articles, {frozenset((one, two)): next(left) for one in articles for two in articles if one < two}


@settings(max_examples=150, deadline=None)
@given(matrices, st.randoms(use_true_random=False))
def test_what_hangs_together_is_grouped_the_same_in_any_order(
    matrix: tuple[int, list[float]], shuffle: random.Random
) -> None:
    articles, pairs = as_pairs(*matrix)
    # The last article to come ties all of them together, so that all are grouped anew.
    pairs |= {frozenset((one, "z")): 0.99 for one in articles}
    found = []
    for _ in range(2):
        shuffle.shuffle(articles)
        found.append(companions(arrive([*articles, "z"], pairs)[0], [*articles, "z"]))
    assert found[0] == found[1]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_events_far_apart_come_out_the_same_in_any_order(sizes: list[int], shuffle: random.Random) -> None:
    events = [[f"{event}-{at}" for at in range(size)] for event, size in enumerate(sizes)]
    pairs = {frozenset((one, two)): shuffle.uniform(0.85, 0.99) for event in events for one in event for two in event}
    order = [article for event in events for article in event]
    shuffle.shuffle(order)
    partition, _ = arrive(order, pairs)
    assert companions(partition, order) == {frozenset(event) for event in events}


@settings(max_examples=100, deadline=None)
@given(matrices)
def test_grouping_keeps_every_article_once(matrix: tuple[int, list[float]]) -> None:
    articles, pairs = as_pairs(*matrix)
    partition, steps = arrive(articles, pairs)
    groups = agglomerate_groups(partition, [Group((article,)) for article in articles])
    assert sorted(article for group in groups for article in group) == articles
    assert all(step.articles and step.source != step.target for step in steps)
    assert arrive(articles, pairs)[1] == steps


@settings(max_examples=300, deadline=None)
@given(matrices)
def test_the_numbers_of_a_step_are_those_of_its_decision(matrix: tuple[int, list[float]]) -> None:
    """What fits no more is below the threshold, what fits together is at or above it."""
    for step in arrive(*as_pairs(*matrix))[1]:
        assert step.before < DECISION.threshold
        assert (step.score < DECISION.threshold) is (step.change is RepairKind.SPLIT)


def test_a_bridge_to_an_event_of_a_hundred_articles_merges_it_with_another_in_bounded_work() -> None:
    """What is more than can be grouped one by one moves as a whole, and stays together."""
    many = [f"m{number:03}" for number in range(100)]
    few = ["n1", "n2"]
    bridge = "z"
    pairs: Pairs = {frozenset(pair): 0.95 for pair in combinations(many, 2)} | {frozenset(few): 0.95}
    partition, _ = arrive([*many, *few], pairs)
    assert companions(partition, [*many, *few]) == {frozenset(many), frozenset(few)}
    pairs |= {frozenset((bridge, one)): 0.95 for one in (*many, *few)}
    pairs |= {frozenset(pair): 0.5 for pair in product(many, few)}
    partition, steps = arrive([*many, *few, bridge], pairs)
    assert companions(partition, [*many, *few, bridge]) == {frozenset((*many, *few, bridge))}
    assert all(step.change is not RepairKind.SPLIT for step in steps)
