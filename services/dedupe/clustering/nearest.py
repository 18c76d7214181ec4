"""The nearest event that an article is not in, and what spoke against it: why two events are two.

Told when an article is placed, once the choice is made: nothing here decides anything. The words come from the article
itself and from the rows of the others, never from texts that may have left memory.
"""

import math

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import NearestEvent
from services.dedupe.clustering.competitors import adjust_for_competition
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.division import describe_division
from services.dedupe.clustering.partition import Partition
from services.dedupe.clustering.placing import ArticlePairs, ClosestArticle, EventChoice, publication_day
from services.dedupe.clustering.repair import RepairKind, RepairStep
from services.dedupe.signals.article_rows import Rows
from services.dedupe.signals.exclusions import Exclusion, find_exclusion
from services.dedupe.signals.head_names import ArticleNames, list_rarest_names
from services.dedupe.signals.head_places import list_place_names
from services.dedupe.signals.pair_signals import SIGNALS

_DECIMALS = 6
_MOST_NAMED = 2
"""Names or places of one side, and signals: more would be a list, not a reason."""
_AT_EASE = 2.0
"""Standard deviations above the usual pair: what a signal lacks to that pulls the pair down."""
_COSINE, _GAP, _UNDATED, _NEXT, _FAR = map(
    SIGNALS.index, ("cosine", "gap", "undated", "event_day_next", "event_day_far")
)
_OPENINGS = [SIGNALS.index(name) for name in ("cosine", "cosine_normalised", "title_cosine")]
_WORDS = [SIGNALS.index(name) for name in ("terms", "title_terms")]
_TIMES = [SIGNALS.index(name) for name in ("gap", "gap_in_a_day")]
_EVENT_DAYS = [SIGNALS.index(name) for name in ("event_day_same", "event_day_next", "event_day_far", "story_days")]

Against = tuple[str, str]
"""What spoke against an event, see `NearestEvent.against`, and the words for it."""


def find_nearest_event(
    embedded_article: EmbeddedArticle, pairs: ArticlePairs, choice: EventChoice, partition: Partition
) -> NearestEvent | None:
    """The nearest of the events that an article did not join; None if nothing came near.

    That is the runner-up, unless an exclusion parts the article from a nearer event.
    """
    closest = pairs.find_closest(lambda other: partition.event_id_of(other) != choice.event_id)
    if closest is None:
        return None
    if closest.row is None and choice.runner_up not in (None, partition.event_id_of(closest.article_id)):
        closest = pairs.find_closest(lambda other: partition.event_id_of(other) == choice.runner_up) or closest
    event_id = partition.event_id_of(closest.article_id)
    against, reason = (
        _explain_low_affinity(embedded_article.model, pairs, closest, choice, partition)
        if closest.row is None
        else _explain_exclusion(embedded_article.extracted.article, pairs.row, closest.row, closest.signals)
    )
    return NearestEvent(
        event_id=event_id,
        affinity=choice.affinities.get(event_id, 0.0),
        threshold=partition.decision.threshold,
        article_id=closest.article_id,
        pair_probability=round(closest.probability, _DECIMALS),
        against=against,
        reason=reason,
    )


def build_nearest_event_after_move(step: RepairStep, threshold: float) -> NearestEvent | None:
    """The event that an article was taken out of; None if that is no more."""
    if step.change is RepairKind.MERGE:
        return None
    if step.division is not None:
        words = describe_division(step.division)
        against, reason = "division", f"its own event shares words that the articles there lack ({words})"
    elif step.change is RepairKind.MOVE:
        against, reason = "fits_better", f"it fits {step.target} better ({step.score:.2f})"
    else:
        against, reason = "members", "it fits the other articles there no more"
    affinity = round(step.before, _DECIMALS)
    return NearestEvent(event_id=step.source, affinity=affinity, threshold=threshold, against=against, reason=reason)


def _explain_exclusion(article: Article, own_row: Rows, other_row: Rows, signals: NDArray[np.float64]) -> Against:
    exclusion = find_exclusion(own_row, other_row, signals)
    assert exclusion is not None
    if exclusion is Exclusion.KIND:
        reason = f"{'this' if own_row['apart'][0] else 'that'} text tells of no one event"
    elif exclusion is Exclusion.SERIES:
        reason = "the two are texts of one series"
    elif exclusion is Exclusion.PLACES:
        here, there = (", ".join(list_place_names(row["head_places"][0], _MOST_NAMED)) for row in (own_row, other_row))
        reason = f"the two open with other places ({here}; {there})"
    else:
        names = ArticleNames(own_row["head_names"][0], own_row["head_rarities"][0])
        named = ", ".join(list_rarest_names(article.title, article.text, names, _MOST_NAMED))
        reason = f"neither holds a name that the other opens with (this one: {named})"
    return exclusion.value, reason


def _explain_low_affinity(
    embedding_model: str, pairs: ArticlePairs, closest: ClosestArticle, choice: EventChoice, partition: Partition
) -> Against:
    decision = partition.decision
    event_id = partition.event_id_of(closest.article_id)
    signals = closest.signals[0]
    if choice.event_id is not None and choice.affinities.get(event_id, 0.0) >= decision.threshold:
        return "fits_better", f"it fits {choice.event_id} better ({choice.score:.2f})"
    apart = math.expm1(signals[_GAP])
    most = partition.max_days_between(closest.article_id, harm=bool(pairs.row["harm"][0]))
    if event_id not in choice.affinities and apart > most:
        return "days", f"{apart:.1f} days lie between them, {most:.0f} at most may"
    representatives = partition.sample_members_to_compare(
        event_id, pairs.article_id, publication_day(pairs.row), embedding_model
    )
    joining = sum(
        adjust_for_competition(pairs.probable.get(one, 0.0), 0.0) >= decision.threshold for one in representatives
    )
    if joining == 0:
        return "signals", ", ".join(describe_weakest_signals(decision, signals)[:_MOST_NAMED])
    if joining < len(representatives):
        return "members", f"only {joining} of the {len(representatives)} articles compared there would do"
    return "rivals", "the articles there, or this one, are more like others"


def describe_weakest_signals(decision: Decision, signals: NDArray[np.float64]) -> list[str]:
    """What pulls a pair down, in words, the strongest first. `signals`: of the pair.

    How crowded the collection is pulls at all pairs alike, and says nothing of this one.
    """
    strength = (signals - decision.means) / decision.scales * decision.coefficients
    lacking = (_AT_EASE * np.abs(decision.coefficients) - strength).tolist()
    found = [
        (_sum_at_indexes(lacking, _OPENINGS), f"the openings are little alike ({signals[_COSINE]:.2f})"),
        (_sum_at_indexes(lacking, _WORDS), "they share few rare words"),
    ]
    if signals[_FAR] or signals[_NEXT]:
        days = "days far apart" if signals[_FAR] else "one day and the next"
        found.append((_sum_at_indexes(lacking, _EVENT_DAYS), f"they tell of {days}"))
    if not signals[_UNDATED] and (apart := math.expm1(signals[_GAP])) >= 1:
        found.append((_sum_at_indexes(lacking, _TIMES), f"{apart:.1f} days lie between them"))
    strongest = sorted([(-value, words) for value, words in found if value > 0])
    return [words for _, words in strongest] or ["too little speaks for it"]


def _sum_at_indexes(values: list[float], indexes: list[int]) -> float:
    return math.fsum(values[place] for place in indexes)
