"""Made-up live articles whose vectors, terms and dates lie to each other as those of real news do.

Held to 14,578 real articles (all-MiniLM-L6-v2, 128 tokens): cosine of two articles .21 ± .12, of two reports of one
event .73 in the median, of a title to its lead .84; 18 terms of the title; .08 of the terms of two reports of one event
in common, term cosine .13; terms as frequent as words are (Zipf); half of the pairs of one event share a quotation.
Names and places as in 500 of them: 9 names in a head (7.8), 40 in a text (35), rare ones in .35 of the heads
(.30), places in .72 (.75). Exclusions forbid .09 of the pairs of different events (.07) and none of one event.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.article_signals import ArticleSignals, scale_to_int8
from services.dedupe.signals.background_corpus import BackgroundSimilarity
from services.dedupe.signals.head_names import RARE_IDF, ArticleNames
from services.dedupe.signals.head_places import list_place_ids
from services.dedupe.signals.named_weekdays import NamedWeekdays
from services.dedupe.signals.quotations import MOST_RUNS
from services.dedupe.signals.terms import BODY_TERMS, RARITY_STEPS, ArticleTerms
from services.language.places import load_locations

DIMENSIONS = 384
THEMES, TOPICS = 10, 400
REPORTS_PER_EVENT = 4.0
"""In the mean; sizes are geometric, so a quarter of the events has one report."""
LIVE_DAYS = 7.0
EVENT_DAYS = 0.4
"""Standard deviation of an event's reports around it."""
_COMMON, _THEME, _TOPIC, _EVENT = 0.5, 0.55, 0.4, 0.5
"""Of the directions that all news, a theme, a topic and an event share."""
_NOISE = (0.3, 0.8)
"""Of an article's own direction, from the plainest report to the oddest."""
_COMMON_WORDS, _WORDS = 400, 4_000_000
"""The terms kept of an article are its rarest: words such as "the" are not among them."""
_BODY, _TITLE = BODY_TERMS, 12
_SPREAD = np.uint32(2_654_435_761)
"""Odd, so that no two ids become one: all 32 bits are used, as hashes use them."""
_TITLE_NOISE = 0.72
_QUOTING, _QUOTED, _QUOTED_ALIKE = 0.75, 70, 12
"""Share of the articles that quote; runs of quoted words of one that does, and how many of them are its event's."""
_TOLD_MORE = 0.45
"""What the terms of the event weigh more than others: they are repeated."""
_HEAD_NAMES, _BODY_NAMES, _EVENT_NAMES, _USUAL_NAMES = 10, 60, 20, 400
"""Names in a head and in a text, and from how many of its event, and of all news, they are chosen."""
_FROM_EVENT, _FROM_ALL = 0.45, 0.45
"""Shares of an article's names that are its event's and those of all news; the others are its own."""
_RARITY = (64, 149)
"""Of names, in steps: few are rare enough to tell events apart."""
_PLACED, _EXACT, _PLACES_NEAR = 0.7, 0.5, 3
"""Shares of the heads that name a place, and of these that name the city; other countries that a text names."""
_COUNTRIES, _HOME = 40, 9
"""Countries, and how much oftener the first ones are in the news."""
_OWN, _SHARED = 90, 0.2
"""Terms that an event has of its own, and the share of an article's terms that it draws from them."""


@dataclass(frozen=True)
class World:
    """Directions of themes and topics, and the one that all share."""

    common: NDArray[np.float64]
    themes: NDArray[np.float64]
    topics: NDArray[np.float64]
    seed: int


def make_world(seed: int) -> World:
    """A world; the same seed gives the same."""
    rng = np.random.default_rng(seed)
    themes, topics = (np.stack([_direction(rng) for _ in range(count)]) for count in (THEMES, TOPICS))
    return World(_direction(rng), themes, topics, seed)


def make_article(world: World, event: int, report: int, day: float | None = None) -> ArticleSignals:
    """Report number `report` of an event: depends on nothing else. `day`: publication; None: near the event's."""
    of_event = np.random.default_rng([world.seed, event])
    rng = np.random.default_rng([world.seed, event, report])
    said = np.random.default_rng([world.seed, event, report, 1])
    topic = int(TOPICS * of_event.random() ** 2.5)  # some are in the news more than others
    lead = (
        _COMMON * world.common
        + _THEME * world.themes[int(topic**0.5) % THEMES]
        + _TOPIC * world.topics[topic]
        + _EVENT * _direction(of_event)
        + rng.uniform(*_NOISE) * _direction(rng)
    )
    moment = float(of_event.uniform(0, LIVE_DAYS))
    own = of_event.integers(0, 2**32, _OWN, np.uint32)
    return ArticleSignals(
        lead=(lead / np.sqrt(lead @ lead)).astype(np.float32),
        title=scale_to_int8((lead + _TITLE_NOISE * _direction(said)).astype(np.float32)),
        background=BackgroundSimilarity(0.45, 0.04),
        quoted=_quoted(said, of_event),
        terms=_terms(rng, own),
        day=day if day is not None else moment + float(rng.normal(0, EVENT_DAYS)),
        named_weekdays=NamedWeekdays(int(moment) % 7, int(moment), 1 << int(moment) % 7 | 1 << int(said.integers(7))),
        length=int(rng.lognormal(8.2, 0.6)),
        names=_names(world, event, report),
        places=_places(world, event, report),
    )


def event_sizes(articles: int, seed: int) -> NDArray[np.int64]:
    """Reports of each event, `articles` in all."""
    rng = np.random.default_rng(seed)
    sizes = rng.geometric(1 / REPORTS_PER_EVENT, int(articles / REPORTS_PER_EVENT * 1.5) + 8)
    ends = np.cumsum(sizes)
    count = int(np.searchsorted(ends, articles)) + 1
    kept = sizes[:count].copy()
    kept[-1] -= ends[count - 1] - articles
    return kept


def _quoted(rng: np.random.Generator, of_event: np.random.Generator) -> NDArray[np.uint32]:
    pool = of_event.integers(0, 2**32, 5 * _QUOTED_ALIKE, np.uint32)
    if rng.random() >= _QUOTING:
        return np.empty(0, np.uint32)
    own = rng.integers(0, 2**32, int(rng.exponential(_QUOTED)), np.uint32)
    return np.unique(np.concatenate([own, rng.choice(pool, _QUOTED_ALIKE, replace=False)]))[:MOST_RUNS]


def _names(world: World, event: int, report: int) -> ArticleNames:
    """Names of the head and of the text: the event's, usual ones, and some that no other article has."""
    rng = np.random.default_rng([world.seed, event, report, 2])
    of_event = np.random.default_rng([world.seed, event, 2]).integers(1, 2**32, _EVENT_NAMES, np.uint32)
    of_all = np.random.default_rng([world.seed, 3]).integers(1, 2**32, _USUAL_NAMES, np.uint32)
    # Those that stand first in the lists are named most.
    place = rng.random(_BODY_NAMES) ** 3
    own = rng.integers(1, 2**32, _BODY_NAMES, np.uint32)
    draw = rng.random(_BODY_NAMES)
    usual = np.where(draw < _FROM_EVENT + _FROM_ALL, of_all[(place * _USUAL_NAMES).astype(int)], own)
    named = np.where(draw < _FROM_EVENT, of_event[(place * _EVENT_NAMES).astype(int)], usual)
    head = np.unique(named[:_HEAD_NAMES])
    rarities = (_RARITY[0] + head % np.uint32(_RARITY[1] - _RARITY[0])).astype(np.uint8)
    return ArticleNames(head, rarities, np.unique(named), bool(np.any(rarities >= RARE_IDF * RARITY_STEPS)))


def _places(world: World, event: int, report: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Places of the head and near it: the event's city, or its country, and another country in some texts."""
    rng = np.random.default_rng([world.seed, event, report, 4])
    of_event = np.random.default_rng([world.seed, event, 4])
    country, cities = _draw_country(of_event)
    city = cities[int(of_event.integers(len(cities)))]
    head = [city if rng.random() < _EXACT else country] if rng.random() < _PLACED else []
    near = dict.fromkeys([*head, *(_draw_country(rng)[0] for _ in range(_PLACES_NEAR))])
    return np.array(head, np.uint32), np.array(list(near), np.uint32)


def _draw_country(rng: np.random.Generator) -> tuple[int, list[int]]:
    """A country and its cities."""
    return _cities_by_country()[int(_COUNTRIES * rng.random() ** _HOME)]


@cache
def _cities_by_country() -> list[tuple[int, list[int]]]:
    """The countries that have most cities in the gazetteer, with these: as the numbers that rows hold."""
    countries: dict[str, int] = {}
    cities: defaultdict[str, set[int]] = defaultdict(set)
    for name, at in load_locations().items():
        for number in list_place_ids(name.title()):
            if at.city:
                cities[at.country].add(number)
            elif not at.region:
                countries[at.country] = number
    most = sorted(cities.keys() & countries.keys(), key=lambda code: (-len(cities[code]), code))[:_COUNTRIES]
    return [(countries[code], sorted(cities[code])) for code in most]


def _terms(rng: np.random.Generator, own: NDArray[np.uint32]) -> ArticleTerms:
    shared = rng.choice(own, max(2, int(_SHARED * _BODY)), replace=False)
    drawn = (_COMMON_WORDS * (_WORDS / _COMMON_WORDS) ** rng.random(2 * _BODY)).astype(np.uint32)  # Zipf
    fillers = np.unique(drawn)
    ids = np.unique(np.concatenate([shared, rng.permutation(fillers)[: _BODY - len(shared)]]))
    spread = ids * _SPREAD
    order = np.argsort(spread)
    ranks = ids[order]
    return ArticleTerms(
        ids=spread[order],
        frequencies=(1 + rng.uniform(0, 1, len(ids)) + _TOLD_MORE * np.isin(ranks, shared)).astype(np.float32),
        idf=(2.0 + np.log1p(np.minimum(ranks, _WORDS) / _COMMON_WORDS)).astype(np.float32),
        in_title=np.isin(ranks, own[:24]) | (rng.random(len(ids)) < _TITLE / _BODY),
    )


def _direction(rng: np.random.Generator) -> NDArray[np.float64]:
    vector = rng.standard_normal(DIMENSIONS)
    return np.asarray(vector / np.sqrt(vector @ vector))
