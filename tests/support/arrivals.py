"""Streams of articles for property tests, made so that events are founded, joined, merged, split and closed.

Leads lie on a circle, and the decision is a made-up one that hangs on their cosine and a little on how much is live:
articles up to a third of a right angle apart belong together, others do not. Where a stream puts its angles decides
whether it bridges two events, pulls one apart, or lets articles change sides; the shipped weights have no say in it.
"""

import math
import random
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from hypothesis import strategies as st

from services.contracts.article import Article, ArticleStatus, Publisher
from services.contracts.claim import ClaimKind
from services.contracts.embedded import EmbeddedArticle
from services.dedupe.clustering.decision import Decision
from services.dedupe.signals.pair_signals import SIGNALS
from tests.support.dedupe_articles import DIMENSIONS, embed, make_article, make_claim

SAID = tuple(
    " ".join(f"{subject}{number}" for number in range(40)) + "."
    for subject in ("harbour", "ballot", "wildfire", "interest")
)
"""Long enough that two articles with the same are reprints of each other."""
DEGREES = 10
"""Steps in which the leads lie on the circle."""


@dataclass(frozen=True)
class Arrival:
    """One article as it comes; the same `number` with another `revision` is a revision of it."""

    number: int
    angle: int
    """Of its lead, in steps."""
    days: float | None
    """Publication, in days after the first; None: undated."""
    revision: int = 1
    status: ArticleStatus = ArticleStatus.USABLE
    said: int = 0
    """Which of the texts it carries."""
    outlet: int | None = 0
    """Who published it; None: nobody says."""
    newer_model: bool = False
    """Whether its vectors come from another model than most: after a change of model, or before one."""


def arrivals(numbers: int = 14, *, days: float = 12.0) -> st.SearchStrategy[list[Arrival]]:
    """Streams of articles, revisions and withdrawals among them, in any order of publication."""
    one = st.builds(
        Arrival,
        number=st.integers(0, numbers - 1),
        angle=st.integers(0, 15),
        days=st.one_of(st.none(), st.floats(0, days).map(lambda value: round(value, 1))),
        revision=st.sampled_from((1, 1, 1, 2, 3)),
        status=st.sampled_from((*[ArticleStatus.USABLE] * 4, ArticleStatus.CORRECTED, ArticleStatus.WITHDRAWN)),
        said=st.integers(0, len(SAID) - 1),
        outlet=st.one_of(st.none(), st.integers(0, 4)),
        newer_model=st.sampled_from((False, False, False, True)),
    )
    return st.lists(one, min_size=1, max_size=2 * numbers)


def any_arrival(chance: random.Random) -> Arrival:
    """One of such a stream, at random."""
    return Arrival(
        number=chance.randrange(14),
        angle=chance.randrange(16),
        days=chance.choice((None, *(round(chance.uniform(0, 12), 1) for _ in range(3)))),
        revision=chance.choice((1, 1, 1, 2, 3)),
        status=chance.choice((*[ArticleStatus.USABLE] * 4, ArticleStatus.WITHDRAWN)),
        said=chance.randrange(4),
        outlet=chance.choice((None, 0, 1, 2, 3)),
        newer_model=chance.random() < 1 / 8,
    )


def title_of(number: int) -> str:
    """Title of an article: its number in letters, since titles that differ in a figure alone would be a series."""
    return f"Report {chr(ord('a') + number)}"


@cache
def embedded(arrival: Arrival) -> EmbeddedArticle:
    """The article with its vectors and one claim."""
    article = _article(arrival)
    quotation = make_claim(article, SAID[arrival.said], kind=ClaimKind.QUOTATION, speaker="Ada Lind")
    made = embed(article, _on_circle(arrival.angle), [(quotation, _on_circle(9 * arrival.said))])
    return made.model_copy(update={"model": "newer"}) if arrival.newer_model else made


def cosine_decision() -> Decision:
    """Probability of a pair: one half at 35 degrees, and a little less the more is live."""
    coefficients = np.zeros(len(SIGNALS))
    coefficients[SIGNALS.index("cosine")] = 25.0
    coefficients[SIGNALS.index("density")] = -0.4
    return replace(
        Decision.load_bundled(),
        version="test",
        means=np.zeros(len(SIGNALS)),
        scales=np.ones(len(SIGNALS)),
        coefficients=coefficients,
        intercept=-25.0 * math.cos(math.radians(35)) + 0.6,
        threshold=0.35,
    )


def _on_circle(step: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    vector = np.zeros(DIMENSIONS, np.float32)
    vector[:2] = math.cos(math.radians(step * DEGREES)), math.sin(math.radians(step * DEGREES))
    return vector


def _article(arrival: Arrival) -> Article:
    key = f"outlet{arrival.number}"
    text = f"{SAID[arrival.said]} So said Ada Lind, in report {arrival.number} of revision {arrival.revision}."
    title = title_of(arrival.number)
    article = make_article(key, text, title=title, days=arrival.days, revision=arrival.revision, status=arrival.status)
    publisher = Publisher() if arrival.outlet is None else Publisher(domain=f"outlet{arrival.outlet}.example")
    return article.model_copy(update={"publisher": publisher})
