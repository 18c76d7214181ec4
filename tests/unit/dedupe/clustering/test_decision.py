import json
from importlib.resources import files

import numpy as np
import pytest

from services.dedupe.clustering.decision import Decision, affinity_to_event
from services.dedupe.signals.pair_signals import SIGNALS


def test_affinity_is_half_mean_odds_and_half_the_plain_middle() -> None:
    assert affinity_to_event([0.2, 0.4, 0.6, 0.8], 4) == pytest.approx(0.5 / 2 + 0.5 / 4 + 0.35 / 4)
    assert affinity_to_event([0.9], 1) == pytest.approx(0.9)


def test_affinity_does_not_depend_on_the_order_of_members() -> None:
    assert affinity_to_event([0.1, 0.7, 0.30000000000000004], 3) == affinity_to_event(
        [0.7, 0.30000000000000004, 0.1], 3
    )


def test_members_that_were_not_compared_speak_against_joining() -> None:
    assert affinity_to_event([0.9], 4) < affinity_to_event([0.9, 0.5, 0.5, 0.5], 4)
    assert affinity_to_event([], 3) < 0.02


def test_one_similar_member_does_not_carry_a_big_event() -> None:
    assert affinity_to_event([0.99], 8) < Decision.load_bundled().threshold


def test_weights_for_other_signals_are_refused() -> None:
    content = json.loads((files("services.dedupe") / "data" / "weights.json").read_text())
    content["signals"] = content["signals"][:-1]
    with pytest.raises(ValueError, match="fit again"):
        Decision.from_json(content)


def test_a_probability_does_not_depend_on_the_other_rows() -> None:
    decision = Decision.load_bundled()
    rows = np.random.default_rng(1).random((7, len(SIGNALS)))
    together = decision.predict_probabilities(rows)
    assert [float(decision.predict_probabilities(row[None, :])[0]) for row in rows] == together.tolist()


def test_the_weights_file_says_where_it_comes_from() -> None:
    content = json.loads((files("services.dedupe") / "data" / "weights.json").read_text())
    assert content["version"]
    assert content["provenance"]["rows"] > 1000
    assert content["provenance"]["folds"]["full"]["b_cubed"] >= 0.938
    assert content["provenance"]["folds"]["full"]["pairwise"] >= 0.84
