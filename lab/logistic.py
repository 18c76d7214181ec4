"""Logistic regression with an L2 penalty, by Newton's method (IRLS)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 50
_TOLERANCE = 1e-8


@dataclass(frozen=True, slots=True)
class Logistic:
    """Fitted model over standardised columns: sigmoid(((x - means) / scales) @ coefficients + intercept)."""

    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    coefficients: NDArray[np.float64]
    intercept: float

    def probabilities(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability of the positive class for each row of `x`."""
        logits = ((x - self.means) / self.scales) @ self.coefficients + self.intercept
        return 1 / (1 + np.exp(-logits))


def fit_monotone(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    weights: NDArray[np.float64],
    c: float,
    *,
    balance: float = 1.0,
    rising: NDArray[np.bool_],
) -> Logistic:
    """As `fit_logistic`, but no coefficient of a column marked `rising` is negative: those that would be are 0.

    Columns that measure nearly the same would otherwise be played off against each other, which goes wrong for pairs
    that are more alike than any in the data, such as reprints.
    """
    used = np.ones(x.shape[1], np.bool_)
    while True:
        fitted = fit_logistic(x[:, used], y, weights, c, balance)
        coefficients = np.zeros(x.shape[1])
        coefficients[used] = fitted.coefficients
        falling = rising & (coefficients < 0)
        if not falling.any():
            means, scales = np.zeros(x.shape[1]), np.ones(x.shape[1])
            means[used], scales[used] = fitted.means, fitted.scales
            return Logistic(means, scales, coefficients, fitted.intercept)
        # The worst first: the others may turn when it has gone.
        used[np.argmin(np.where(falling, coefficients, 0.0))] = False


def fit_logistic(
    x: NDArray[np.float64], y: NDArray[np.float64], weights: NDArray[np.float64], c: float, balance: float = 1.0
) -> Logistic:
    """Fit to rows `x` (n, k), labels `y` (0 or 1) and row `weights`, all but the intercept shrunk by 1 / `c`.

    The positive class weighs `balance` times what the negative class weighs in total.
    """
    means = np.average(x, axis=0, weights=weights)
    scales = np.sqrt(np.average((x - means) ** 2, axis=0, weights=weights))
    scales[scales < _TOLERANCE] = 1.0
    design = np.column_stack([(x - means) / scales, np.ones(len(x))])
    total = weights.sum()
    share = np.where(y > 0, balance * total / (2 * weights[y > 0].sum()), total / (2 * weights[y == 0].sum()))
    balanced = weights * share
    penalty = np.full(design.shape[1], 1 / c)
    penalty[-1] = 0.0
    beta = np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        probability = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        gradient = design.T @ (balanced * (y - probability)) - penalty * beta
        curvature = np.maximum(balanced * probability * (1 - probability), 1e-10)
        step = np.linalg.solve(design.T @ (curvature[:, None] * design) + np.diag(penalty), gradient)
        beta += step
        if np.abs(step).max() < _TOLERANCE:
            break
    return Logistic(means, scales, beta[:-1], float(beta[-1]))
