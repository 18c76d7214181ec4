"""Join or new: the learned decision whether an article belongs to an event."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.pair_signals import SIGNALS

_DENSITY, _DENSITY_UNDATED, _DENSITY_COSINE, _UNDATED, _COSINE = (
    SIGNALS.index(name) for name in ("density", "density_x_undated", "density_x_cosine", "undated", "cosine")
)


@dataclass(frozen=True, slots=True)
class Decision:
    """Logistic regression over pair signals, and the rule that turns pairs into membership."""

    version: str
    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    coefficients: NDArray[np.float64]
    intercept: float
    threshold: float
    """Affinity needed to join."""
    window_days: float
    """An article joins an event only with a member this near in time."""
    harm_window_days: float
    """The same where both tell of harm (decision 0068)."""
    reach_days: float
    """Members further away say nothing for or against."""
    cosine_floor: float
    """Pairs below this cosine of lead vectors count as different without a closer look."""

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        """From the content of a weights file.

        Raises:
            ValueError: The file was fitted to other signals than this code computes.
        """
        if tuple(content["signals"]) != SIGNALS:
            raise ValueError(
                f"weights {content['version']} are for signals {content['signals']}, the code computes "
                f"{list(SIGNALS)}: fit again with `python -m lab.events.weights`"
            )
        return cls(
            version=content["version"],
            means=np.array(content["means"], np.float64),
            scales=np.array(content["scales"], np.float64),
            coefficients=np.array(content["coefficients"], np.float64),
            intercept=float(content["intercept"]),
            threshold=float(content["threshold"]),
            window_days=float(content["window_days"]),
            harm_window_days=float(content["harm_window_days"]),
            reach_days=float(content["reach_days"]),
            cosine_floor=float(content["cosine_floor"]),
        )

    @classmethod
    def load_bundled(cls) -> Self:
        """The weights that come with the service."""
        return cls.from_json(json.loads((files("services.dedupe") / "data" / "weights.json").read_text()))

    def predict_probabilities(self, signals: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability that each pair reports one event. `signals`: (n, len(SIGNALS)); result: (n,)."""
        # Summed row by row: a matrix product may round a row differently by where it stands.
        logits = np.sum((signals - self.means) / self.scales * self.coefficients, axis=1) + self.intercept
        return np.asarray(1 / (1 + np.exp(-logits)))

    def log_odds_and_density_slopes(self, signals: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log odds of pairs apart from the density, and what they gain with each unit of its log: (n, 2)."""
        weights = self.coefficients / self.scales
        crowd = signals[:, _DENSITY]
        slope = (
            weights[_DENSITY]
            + weights[_DENSITY_UNDATED] * signals[:, _UNDATED]
            + weights[_DENSITY_COSINE] * signals[:, _COSINE]
        )
        logits = np.sum((signals - self.means) * weights, axis=1) + self.intercept
        return np.stack([logits - slope * crowd, slope], axis=1)


_LEAST = 0.02
"""No pair counts as less or more certain than this and its opposite in the geometric mean."""
_LEAST_LOGIT = math.log(_LEAST / (1 - _LEAST))


def affinity_to_event(member_probabilities: Sequence[float], member_count: int) -> float:
    """How well an article fits an event: of its members' probabilities, half the mean of odds, half the plain middle.

    The mean of log odds resists chaining: one similar member does not carry an event that else is about something
    different. The plain middle, mean and lower quartile in equal parts, keeps one odd report from closing an event.

    Args:
        member_probabilities: Of the members that were compared, in any order.
        member_count: How many members count; the others have probability 0.
    """
    missing = member_count - len(member_probabilities)
    filled = [0.0] * missing + sorted(member_probabilities)
    # By hand: numpy's quantiles took more than half of the time that placing an article takes.
    below, share = divmod((member_count - 1) / 4, 1)
    low = filled[int(below)]
    quartile = low + (filled[min(int(below) + 1, member_count - 1)] - low) * share
    logits = [math.log(p / (1 - p)) for p in (min(max(one, _LEAST), 1 - _LEAST) for one in member_probabilities)]
    odds = math.exp((math.fsum(logits) + missing * _LEAST_LOGIT) / member_count)
    return math.fsum(filled) / member_count / 4 + quartile / 4 + odds / (1 + odds) / 2
