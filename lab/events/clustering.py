"""Clusters labelled articles by the rule of the running service."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lab.events.pairs import WINDOW_DAYS, Pairs
from services.dedupe.clustering.article_node import Odds
from services.dedupe.clustering.day_counts import DayCounts
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.partition import FAINT, Partition
from services.dedupe.clustering.repair import list_placements_to_revisit, needs_no_regrouping, regroup_partition_around
from services.dedupe.signals.article_rows import build_rows
from services.dedupe.signals.article_signals import ArticleSignals


def cluster(
    signals: Sequence[ArticleSignals],
    pairs: Pairs,
    decisions: Sequence[Decision],
    judges: NDArray[np.intp] | None = None,
) -> list[str]:
    """Event of each article, placed one by one in the order given and repaired after each.

    Args:
        signals: Of the articles.
        pairs: All that are compared.
        decisions: Weights; threshold and windows are those of the first.
        judges: Which of the decisions judges the pairs that each article makes when it comes; None: the first.
    """
    each = [
        (one.predict_probabilities(pairs.signals), one.log_odds_and_density_slopes(pairs.signals)) for one in decisions
    ]
    chances: list[dict[str, float]] = [{} for _ in signals]
    near: list[dict[str, Odds]] = [{} for _ in signals]
    for at, (later, earlier) in enumerate(zip(pairs.later.tolist(), pairs.earlier.tolist(), strict=True)):
        probabilities, odds = each[0 if judges is None else judges[later]]
        if probabilities[at] > FAINT:
            chances[later][_name(earlier)] = float(probabilities[at])
            near[later][_name(earlier)] = odds[at].tolist()
    days = DayCounts(WINDOW_DAYS)
    undated = [one.day is None and one.named_weekdays.ordinal is None for one in signals]
    placed = 0
    rows = build_rows(signals)
    place_of = {_name(at): at for at in range(len(signals))}
    partition = Partition(
        decisions[0],
        lambda day: placed if day is None else days.count_in_window_ending_at(day),
        lambda article_ids: rows[[place_of[one] for one in article_ids]],
    )
    ages: dict[str, int] = {}

    def new_event(_: str) -> str:
        ages[f"event {len(ages)}"] = len(ages)
        return f"event {len(ages) - 1}"

    for at, one in enumerate(signals):
        ranked = partition.rank_events_by_affinity(
            _name(at), one.day, "", chances[at], near[at] if undated[at] else None, harm=one.harm
        )
        joins = bool(ranked) and ranked[0][0] >= decisions[0].threshold
        event = ranked[0][1] if joins else new_event("")
        placed += 1
        if one.day is not None:
            days.add_timestamp(one.day)
        partition.invalidate_after_density_change()
        partition.add_article(_name(at), event, one.day, "", near[at], undated=undated[at], harm=one.harm)
        regroup_partition_around(partition, _name(at), ages.__getitem__, new_event)
        for number in list_placements_to_revisit(at + 1, at + 1):
            if not needs_no_regrouping(partition, _name(number - 1)):
                regroup_partition_around(partition, _name(number - 1), ages.__getitem__, new_event)
    return [partition.event_id_of(_name(at)) for at in range(len(signals))]


def _name(at: int) -> str:
    # Ids are hashes in the service: their order must not be that of arrival.
    return f"{at * 2_654_435_761 % 2**32:010}-{at}"
