"""The probability that two claims of one event are the same proposition: a logistic model fitted to judged pairs.

It weighs the features and the products of any two: a missing source means something else if the claims share words
than if they do not. `python -m lab.merging.weights` fits it and writes the weights file.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from services.dedupe.merging.claims.pair_features import FEATURES

_MOST_LOGIT = 30.0
_ONE, _OTHER = np.triu_indices(len(FEATURES))


@dataclass(frozen=True, slots=True)
class PairModel:
    """Logistic regression over standardised features and their products.

    Attributes:
        means, scales: Of the features, shape (features,).
        coefficients: Of what `with_pairwise_products` gives of them.
        intercept: Log odds of a pair with usual features.
    """

    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    coefficients: NDArray[np.float64]
    intercept: float

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        """Build the model from the content of a weights file.

        Raises:
            ValueError: The file was fitted to other features than this code computes.
        """
        if tuple(content["features"]) != FEATURES:
            raise ValueError(
                f"weights of claim pairs are for {content['features']}, the code computes {list(FEATURES)}: "
                "fit again with `python -m lab.merging.weights`"
            )
        means, scales, coefficients = (
            np.array(content[name], np.float64) for name in ("means", "scales", "coefficients")
        )
        return cls(means, scales, coefficients, float(content["intercept"]))

    def predict_probability(self, features: NDArray[np.float64]) -> float:
        """Return the probability that a pair is one proposition, in (0, 1). `features`: shape (features,)."""
        products = with_pairwise_products((features - self.means) / self.scales)
        # Added up in one order, whatever the processor: `@` does not promise that.
        logit = sum((self.coefficients * products).tolist()) + self.intercept
        return 1 / (1 + exp(-max(-_MOST_LOGIT, min(_MOST_LOGIT, logit))))


def with_pairwise_products(features: NDArray[np.float64]) -> NDArray[np.float64]:
    """Append to standardised features (…, features) the product of any two of them, squares included."""
    return np.concatenate([features, features[..., _ONE] * features[..., _OTHER]], axis=-1)


@cache
def load_pair_model() -> PairModel:
    """Return the model that ships with the service. Read once."""
    return PairModel.from_json(json.loads((files("services.dedupe") / "data" / "pair_model.json").read_text("utf-8")))
