import numpy as np
from sklearn.metrics import average_precision_score

from lab.merging.judged_pairs import JudgedPairs
from lab.merging.weights import are_joined, fit, to_json
from services.dedupe.merging.claims.pair_features import FEATURES
from services.dedupe.merging.claims.pair_model import PairModel


def invented(count: int, seed: int) -> JudgedPairs:
    """Pairs of which those with a high first feature are one; every other feature is noise."""
    features = np.random.default_rng(seed).normal(size=(count, len(FEATURES)))
    return JudgedPairs(features, features[:, 0] > 1)


def test_the_fitted_model_tells_unseen_pairs_apart_and_survives_being_written() -> None:
    model = fit([invented(1_500, 1), invented(1_500, 2)])
    unseen = invented(300, 3)
    values = np.array([model.predict_probability(row) for row in unseen.features])
    assert average_precision_score(unseen.same, values) > 0.8
    again = PairModel.from_json(to_json(model, {}))
    assert np.allclose([again.predict_probability(row) for row in unseen.features], values, atol=1e-3)


def test_pairs_count_as_joined_from_the_threshold_that_the_service_has_for_their_sources() -> None:
    features = np.zeros((4, len(FEATURES)))
    features[:2, FEATURES.index("same_source")] = 1
    features[1, FEATURES.index("both_without_source")] = 1  # both are by one outlet
    assert are_joined(features, np.array([0.7, 0.7, 0.7, 0.8])).tolist() == [True, False, False, True]
