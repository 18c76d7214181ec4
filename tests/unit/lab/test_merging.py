import numpy as np

from lab.merging.judged_pairs import JudgedPairs
from lab.merging.weights import average_precision, fit, to_json
from services.dedupe.merging.pair_features import FEATURES
from services.dedupe.merging.pair_model import PairModel


def invented(count: int, seed: int) -> JudgedPairs:
    """Pairs of which those with a high first feature are one; every other feature is noise."""
    features = np.random.default_rng(seed).normal(size=(count, len(FEATURES)))
    return JudgedPairs(features, features[:, 0] > 1)


def test_average_precision_is_one_where_all_that_are_one_come_first() -> None:
    same = np.array([True, False, True, False])
    assert average_precision(np.array([0.9, 0.2, 0.8, 0.1]), same) == 1.0
    assert average_precision(np.array([0.2, 0.9, 0.1, 0.8]), same) < 0.6


def test_the_fitted_model_tells_unseen_pairs_apart_and_survives_being_written() -> None:
    model = fit([invented(1_500, 1), invented(1_500, 2)])
    unseen = invented(300, 3)
    values = np.array([model.probability(row) for row in unseen.features])
    assert average_precision(values, unseen.same) > 0.8
    again = PairModel.from_json(to_json(model, {}))
    assert np.allclose([again.probability(row) for row in unseen.features], values, atol=1e-3)
