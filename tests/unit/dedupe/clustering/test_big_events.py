import numpy as np
import pytest

from services.dedupe.clustering import pair_probabilities
from services.dedupe.clustering.collection import Collection
from services.dedupe.clustering.competitors import Partners, competition
from services.dedupe.signals.terms import TermStatistics
from tests.support.arrivals import Arrival, cosine_decision, embedded

NOTHING = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1000)


def like_articles(first: int, last: int) -> list[Arrival]:
    return [Arrival(number, angle=number % 3, days=number / 400, outlet=number) for number in range(first, last)]


def test_an_article_of_a_big_event_is_placed_without_holding_every_pair_against_its_competitors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    collection = Collection(cosine_decision(), NOTHING)
    for arrival in like_articles(0, 160):
        collection.place(embedded(arrival))
    asked: list[str] = []

    def counted(probability: float, mine: Partners, theirs: Partners, other_id: str) -> float:
        asked.append(other_id)
        return competition(probability, mine, theirs, other_id)

    monkeypatch.setattr(pair_probabilities, "competition", counted)
    placements = [collection.place(embedded(arrival)) for arrival in like_articles(160, 170)]
    assert len({placement.event_id for placement in placements}) == 1
    # The 32 articles that are grouped anew make 496 pairs of their own, each asked from both sides.
    assert len(asked) / len(placements) <= 3_000
