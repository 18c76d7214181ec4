import numpy as np
import pytest

from services.dedupe.clustering import pair_probabilities
from services.dedupe.clustering.competitors import ArticlePartners, adjust_for_competition, strongest_competition
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.partition import MOST_COMPARED, Partition
from services.dedupe.clustering.repair import RepairKind, regroup_partition_around
from services.dedupe.clustering.shard import Shard
from services.dedupe.signals.terms import TermStatistics
from tests.support.arrivals import Arrival, cosine_decision, embedded

NOTHING = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1000)


def like_articles(first: int, last: int) -> list[Arrival]:
    return [Arrival(number, angle=number % 3, days=number / 400, outlet=number) for number in range(first, last)]


def members_of(size: int) -> Partition:
    """An event of articles each of which was compared with its sample when it came, as placing does."""
    partition = Partition(Decision.load_bundled(), lambda _: 0)
    ids = [f"{number * 2_654_435_761 % 2**32:010}" for number in range(size)]
    for article in ids:
        sample = partition.sample_members_to_compare("e1", article, 0.0, "m")
        partition.add_article(article, "e1", 0.0, "m", dict.fromkeys(sample, (3.0, 0.0)))
    return partition


@pytest.mark.parametrize("size", [200, 2_000])
def test_no_article_of_a_big_event_is_compared_with_more_than_a_bounded_sample(size: int) -> None:
    partition = members_of(size)
    assert len(partition.sample_members_to_compare("e1", "5", 0.0, "m")) == MOST_COMPARED
    # The first to come are in the samples of some later ones, not of all.
    assert max(len(partition.pair_odds(article)) for article in partition.member_ids("e1")) <= 12 * MOST_COMPARED


def test_members_of_a_big_event_that_were_never_compared_do_not_compete() -> None:
    partition = members_of(400)
    first = partition.member_ids("e1")[0]
    second = next(iter(partition.pair_odds(first)))
    third = next(
        other for other in partition.pair_odds(first) if other not in partition.pair_odds(second) and other != second
    )
    assert third
    partition.add_article("x", "e1", 0.0, "m", {first: (9.0, 0.0)})
    assert partition.pair_probability(first, second) == adjust_for_competition(
        partition.raw_probabilities(first)[second], 0.0
    )


def test_a_better_partner_in_another_event_competes_in_a_big_event_too() -> None:
    partition = members_of(400)
    first = partition.member_ids("e1")[0]
    second = next(iter(partition.pair_odds(first)))
    before = partition.pair_probability(first, second)
    partition.add_article("x", "e2", 0.0, "m", {first: (9.0, 0.0)})
    assert partition.pair_probability(first, second) < before


def test_an_article_that_fits_a_big_event_and_no_other_is_not_grouped_anew() -> None:
    partition = members_of(400)
    sample = partition.sample_members_to_compare("e1", "5", 0.0, "m")
    partition.add_article("5", "e1", 0.0, "m", dict.fromkeys(sample, (3.0, 0.0)))
    assert regroup_partition_around(partition, "5", lambda _: 0, lambda split: split) == []


def test_a_big_event_takes_up_a_small_one_whose_articles_fit() -> None:
    partition = members_of(200)
    for article in ("5a", "5b"):
        sample = partition.sample_members_to_compare("e1", article, 0.0, "m")
        odds = dict.fromkeys([*sample, *partition.member_ids("e2")], (3.0, 0.0))
        partition.add_article(article, "e2", 0.0, "m", odds)
    steps = regroup_partition_around(partition, "5b", ["e1", "e2"].index, lambda split: split)
    assert [(step.change, step.articles, step.target) for step in steps] == [(RepairKind.MERGE, ("5a", "5b"), "e1")]


def test_an_article_of_a_big_event_is_placed_without_holding_every_pair_against_its_competitors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shard = Shard(cosine_decision(), NOTHING)
    for arrival in like_articles(0, 160):
        shard.place_article(embedded(arrival))
    asked: list[str] = []

    def counted(probability: float, mine: ArticlePartners, theirs: ArticlePartners, other_id: str) -> float:
        asked.append(other_id)
        return strongest_competition(probability, mine, theirs, other_id)

    monkeypatch.setattr(pair_probabilities, "strongest_competition", counted)
    placements = [shard.place_article(embedded(arrival)) for arrival in like_articles(160, 170)]
    assert len({placement.event_id for placement in placements}) == 1
    # The 32 articles that are grouped anew make 496 pairs of their own, each asked from both sides.
    assert len(asked) / len(placements) <= 3_000
