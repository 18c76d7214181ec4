"""An article as it is compared with others: the odds of its pairs, its day, its event."""

from collections.abc import Sequence
from dataclasses import dataclass

Odds = Sequence[float]
"""Of a pair: log odds in an empty collection, and how they change with the log of the density."""


@dataclass(slots=True)
class ArticleNode:
    """An article that can be compared, the event it is in, and the odds of its pairs by the other article."""

    article_id: str
    day: float | None
    model: str
    event: str
    odds: dict[str, Odds]
    undated: bool
    """Nothing tells when it was published, nor on which day its event was."""
    harm: bool = False
    """It opens with harm that was done (`signals.harm`), of which reports go on for longer."""
