"""The weights with which the words of two claims tell how alike they are."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from services.dedupe.comparing.alignment import FEATURES


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the logistic regression over `FEATURES`, shape (features,), for features as they are."""

    coefficients: NDArray[np.float64]
    intercept: float


@cache
def load_weights() -> Weights:
    """The weights that ship with the package.

    Raises:
        ValueError: They are for other features.
    """
    stored = json.loads((files("services.dedupe") / "data" / "comparing.json").read_text(encoding="utf-8"))
    if tuple(stored["features"]) != FEATURES:
        raise ValueError("comparing.json has weights of other features")
    return Weights(np.array(stored["coefficients"], np.float64), float(stored["intercept"]))
