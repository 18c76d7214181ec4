import numpy as np
import pytest

from services.dedupe.clustering import chances
from services.dedupe.clustering.rivals import Partners, rivalry
from services.dedupe.clustering.shard import Shard
from services.dedupe.signals.terms import TermStatistics
from tests.support.arrivals import Arrival, cosine_decision, embedded

NOTHING = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1000)


def like_articles(first: int, last: int) -> list[Arrival]:
    return [Arrival(number, angle=number % 3, days=number / 400, outlet=number) for number in range(first, last)]


def test_an_article_of_a_big_event_is_placed_without_holding_every_pair_against_its_rivals(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shard = Shard(cosine_decision(), NOTHING)
    for arrival in like_articles(0, 160):
        shard.place(embedded(arrival))
    asked: list[str] = []

    def counted(probability: float, mine: Partners, theirs: Partners, other_id: str) -> float:
        asked.append(other_id)
        return rivalry(probability, mine, theirs, other_id)

    monkeypatch.setattr(chances, "rivalry", counted)
    placements = [shard.place(embedded(arrival)) for arrival in like_articles(160, 170)]
    assert len({placement.event_id for placement in placements}) == 1
    # The 32 articles that are grouped anew make 496 pairs of their own, each asked from both sides.
    assert len(asked) / len(placements) <= 3_000
