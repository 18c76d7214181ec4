"""Reports of one crime between which days lie, placed by the shipped weights."""

import numpy as np
import pytest

from services.contracts.embedded import EmbeddedArticle
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.shard import Shard
from services.dedupe.signals.terms import TermStatistics
from tests.support.dedupe_articles import DIMENSIONS, direction, embed, make_article

DECISION = Decision.load_bundled()
STATISTICS = TermStatistics.load_bundled()
AXES = np.eye(DIMENSIONS, dtype=np.float32)
SHOT = "A man was shot dead outside a bakery {}on Monday night, police said. Nobody has been arrested."
CHARGED = "A woman aged 34 has been charged with the murder of a baker{}, a court was told."


def sent(key: str, title: str, text: str, days: float, spread: float) -> EmbeddedArticle:
    """A report; `spread`: how far its vector is from a common one."""
    return embed(make_article(key, text, title=title, days=days), direction(len(key), AXES[0], spread))


def are_one_event(shot: str, charged: str, days: float) -> bool:
    """Whether two reports, so many days apart, come into one event, among others that make the collection dense."""
    shard = Shard(DECISION, STATISTICS)
    for number in range(24):
        shard.place_article(sent(f"other{number}", "Vote", f"A vote on bill {number}.", days=0.1, spread=9.0))
    first = shard.place_article(sent("post", "Shots outside bakery", shot, days=0.0, spread=0.0))
    later = shard.place_article(sent("courier", "Murder charge", charged, days=days, spread=1.2))
    return first.event_id == later.event_id


@pytest.mark.parametrize("days", [2.0, 4.5, 6.0])
def test_the_charge_joins_the_event_of_the_shooting_where_both_name_the_town(days: float) -> None:
    assert are_one_event(SHOT.format("in Quarrenby "), CHARGED.format(" in Quarrenby"), days)
    assert not are_one_event(SHOT.format(""), CHARGED.format(""), days)


def test_the_charge_joins_no_event_more_than_a_week_old() -> None:
    assert not are_one_event(SHOT.format("in Quarrenby "), CHARGED.format(" in Quarrenby"), 7.2)
