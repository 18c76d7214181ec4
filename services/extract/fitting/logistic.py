"""Logistic regression over named features, by Newton's method, as small as can be shipped."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from services.extract.attributions.scoring import Weights

ROUNDS = 30
TOLERANCE = 1e-6
DECIMALS = 2


def fit(
    rows: Sequence[Mapping[str, float]],
    right: Sequence[bool],
    *,
    importance: Sequence[float] | None = None,
    fewest: int,
    penalty: float = 10.0,
) -> Weights:
    """Weights that make `right` likeliest, under `penalty` / 2 times the sum of their squares.

    Args:
        rows: Features of each case, by name.
        right: Whether the case is one.
        importance: What each case counts; None is 1.
        fewest: Features of fewer cases are left out.
        penalty: What keeps weights of rare features small. The intercept is free.
    """
    seen = Counter(name for row in rows for name, value in row.items() if value)
    names = sorted(name for name, count in seen.items() if count >= fewest)
    at = {name: column for column, name in enumerate(names)}
    design = np.zeros((len(rows), len(names) + 1))
    design[:, -1] = 1.0
    for number, row in enumerate(rows):
        for name, value in row.items():
            if name in at:
                design[number, at[name]] = value
    target = np.asarray(right, np.float64)
    counted = np.ones(len(rows)) if importance is None else np.asarray(importance, np.float64)
    shrink = np.full(len(names) + 1, penalty)
    shrink[-1] = 0.0
    coefficients = np.zeros(len(names) + 1)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-(design @ coefficients)))
        slope = design.T @ (counted * (target - chance)) - shrink * coefficients
        curve = (design.T * (counted * chance * (1 - chance))) @ design + np.diag(shrink + 1e-9)
        step = np.linalg.solve(curve, slope)
        coefficients += step
        if np.abs(step).max() < TOLERANCE:
            break
    rounded = {name: round(float(coefficients[column]), DECIMALS) for name, column in at.items()}
    return Weights(
        round(float(coefficients[-1]), DECIMALS), {name: weight for name, weight in rounded.items() if weight}
    )
