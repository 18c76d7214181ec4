import math
import random
from collections.abc import Sequence
from itertools import combinations, count

import pytest

from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.partition import Partition
from services.dedupe.clustering.repair import regroup_partition_around
from services.dedupe.clustering.shared_neighbours import (
    MOST_BY_CHANCE,
    find_undated_neighbours,
    raise_probability_by_shared_neighbours,
)
from services.dedupe.signals.density import MOST_DENSE, log_density

MODEL = "test@1"
SLOPE = -0.7
LIVE = 700


def odds(probability: float) -> tuple[float, float]:
    """Of a pair that is this probable among `LIVE` articles."""
    return math.log(probability / (1 - probability)) - SLOPE * log_density(LIVE), SLOPE


def affair(size: int, name: str) -> dict[tuple[str, str], float]:
    """Reports of one affair: each pair by itself far below the threshold."""
    return dict.fromkeys(combinations([f"{name}{number:02}" for number in range(size)], 2), 0.05)


def events(
    articles: Sequence[str],
    pairs: dict[tuple[str, str], float],
    *,
    day: float | None = None,
    undated: bool | None = None,
) -> list[list[str]]:
    """Articles placed one by one in the order given, as events in no order."""
    partition = Partition(Decision.load_bundled(), lambda _: LIVE)
    numbers = count()
    for at, article in enumerate(articles):
        probable = {
            other: value
            for other in articles[:at]
            if (value := pairs.get((min(article, other), max(article, other)))) is not None
        }
        kept = {other: odds(value) for other, value in probable.items()}
        ranked = partition.rank_events_by_affinity(
            article, day, MODEL, probable, kept if undated is not False and day is None else None
        )
        joins = bool(ranked) and ranked[0][0] >= partition.decision.threshold
        partition.add_article(
            article, ranked[0][1] if joins else f"e{next(numbers):04}", day, MODEL, kept, undated=undated
        )
        regroup_partition_around(partition, article, lambda event: int(event[1:]), lambda _: f"e{next(numbers):04}")
    return sorted(partition.member_ids(one) for one in {partition.event_id_of(one) for one in articles})


def test_undated_reports_of_one_affair_are_one_event_though_no_pair_of_them_is_probable() -> None:
    pairs = affair(18, "a")
    articles = sorted({one for pair in pairs for one in pair})
    assert events(articles, pairs) == [articles]


def test_reports_whose_address_tells_the_day_stay_apart() -> None:
    pairs = affair(18, "a")
    articles = sorted({one for pair in pairs for one in pair})
    assert events(articles, pairs, undated=False) == [[one] for one in articles]


def test_dated_reports_of_one_affair_stay_apart() -> None:
    pairs = affair(18, "a")
    articles = sorted({one for pair in pairs for one in pair})
    assert events(articles, pairs, day=3.0) == [[one] for one in articles]


def test_a_few_articles_are_no_affair() -> None:
    pairs = affair(MOST_BY_CHANCE, "a")
    articles = sorted({one for pair in pairs for one in pair})
    assert events(articles, pairs) == [[one] for one in articles]


def test_a_bridge_between_two_affairs_does_not_make_them_one() -> None:
    one, other = affair(16, "a"), affair(16, "b")
    bridge = {("a00", "b00"): 0.1, ("a00", "b01"): 0.05, ("a01", "b00"): 0.05}
    articles = sorted({one for pair in one | other for one in pair})
    assert events(articles, one | other | bridge) == [articles[:16], articles[16:]]


def test_an_affair_is_one_event_in_any_order_of_arrival() -> None:
    pairs = affair(16, "a") | affair(20, "b")
    articles = sorted({one for pair in pairs for one in pair})
    chance = random.Random(3)
    for _ in range(5):
        shuffled = chance.sample(articles, len(articles))
        assert events(shuffled, pairs) == [articles[:16], articles[16:]]


def test_who_is_a_neighbour_is_the_same_in_a_thin_and_in_a_dense_collection() -> None:
    near, far = (
        (-math.log(60) - SLOPE * log_density(MOST_DENSE), SLOPE),
        (-math.log(90) - SLOPE * log_density(MOST_DENSE), SLOPE),
    )
    assert find_undated_neighbours({"a": near, "b": far, "c": near}, lambda other: other != "c") == {"a"}


def test_siblings_with_neighbours_of_their_own_gain_nothing() -> None:
    common = frozenset(f"c{number}" for number in range(8))
    mine = common | {f"m{number}" for number in range(12)}
    theirs = common | {f"t{number}" for number in range(12)}
    assert raise_probability_by_shared_neighbours(0.2, mine, theirs) == 0.2


@pytest.mark.parametrize("alone", [0.0, 0.05, 0.95])
def test_more_shared_neighbours_never_makes_a_pair_less_probable(alone: float) -> None:
    companies = [frozenset(f"c{number}" for number in range(size)) for size in range(30)]
    values = [raise_probability_by_shared_neighbours(alone, one, one) for one in companies]
    assert values == sorted(values)
    assert all(0 <= value <= 1 for value in values)
