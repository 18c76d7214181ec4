"""How crowded the live collection is around a pair of articles: the prior of "same event" depends on it."""

import math
from dataclasses import dataclass

MOST_DENSE = 2_600
"""Articles around a pair, above which the density counts as this: the densest collection that weights were fitted to.
In ten times as many articles the weights would ask for ten times better odds, though more outlets write about the same
events: at 100,000 live articles three of four reports founded events of their own."""


@dataclass(frozen=True, slots=True)
class Density:
    """Numbers of live articles around an article.

    Attributes:
        near: Live articles published in the days up to the article in question.
        live: All live articles, which count where either article is undated.
    """

    near: int
    live: int


def log_density(article_count: int) -> float:
    """Log of the density, as far as it counts."""
    return math.log1p(min(article_count, MOST_DENSE))
