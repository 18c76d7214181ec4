"""Clusters labelled articles by given probabilities, by the rule of the running service."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.dedupe.decision import Decision
from services.dedupe.fitting.pairs import Pairs
from services.dedupe.partition import Partition
from services.dedupe.signals import ArticleSignals


def cluster(
    signals: Sequence[ArticleSignals], pairs: Pairs, probabilities: NDArray[np.float64], decision: Decision
) -> list[str]:
    """Event of each article, placed one by one in the order given and repaired after each."""
    near: list[dict[str, float]] = [{} for _ in signals]
    for later, earlier, p in zip(pairs.later.tolist(), pairs.earlier.tolist(), probabilities.tolist(), strict=True):
        near[later][_name(earlier)] = p
    partition = Partition(decision)
    founded = 0
    ages: dict[str, int] = {}

    def new_event(_: str) -> str:
        nonlocal founded
        founded += 1
        ages[f"event {founded}"] = founded
        return f"event {founded}"

    for at, one in enumerate(signals):
        ranked = partition.fits(_name(at), one.day, "", near[at])
        joins = bool(ranked) and ranked[0][0] >= decision.threshold
        event = ranked[0][1] if joins else new_event("")
        partition.add(_name(at), event, one.day, "", near[at])
        partition.repair(_name(at), ages.__getitem__, new_event)
    return [partition.event_of(_name(at)) for at in range(len(signals))]


def _name(at: int) -> str:
    # Ids are hashes in the service: their order must not be that of arrival.
    return f"{at * 2_654_435_761 % 2**32:010}-{at}"
