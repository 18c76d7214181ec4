import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from lab.events.background import count_documents
from lab.events.labelled import Labelled, bare, read_labelled, replicas, shortened, sibling_groups
from lab.events.weights import DATED_CROWD, UNDATED_CROWD, leaned, with_fixed_weights
from lab.logistic import Logistic, fit_logistic, fit_monotone
from services.dedupe.clustering.decision import Decision
from services.dedupe.signals.pair_signals import FIXED, SIGNALS
from services.dedupe.signals.terms import hash_term


def test_logistic_regression_finds_the_weights_behind_the_labels() -> None:
    chance = np.random.default_rng(4)
    x = chance.normal(size=(4000, 3))
    y = (chance.random(4000) < 1 / (1 + np.exp(-(2 * x[:, 0] - x[:, 1])))).astype(np.float64)
    fitted = fit_logistic(x, y, np.ones(4000), c=1.0)
    raw = fitted.coefficients / fitted.scales
    assert raw == pytest.approx([2, -1, 0], abs=0.2)
    assert fitted.probabilities(np.array([[3.0, 0, 0]]))[0] > 0.9


def test_columns_that_may_only_rise_never_fall() -> None:
    chance = np.random.default_rng(5)
    x = chance.normal(size=(3000, 1)) + chance.normal(size=(3000, 3)) * 0.1
    y = (chance.random(3000) < 1 / (1 + np.exp(-(3 * x[:, 0] - 2 * x[:, 1])))).astype(np.float64)
    rising = np.array([False, True, True])
    fitted = fit_monotone(x, y, np.ones(3000), 1.0, rising=rising)
    assert (fitted.coefficients[rising] >= 0).all()
    assert fitted.coefficients[0] > 0


def test_siblings_are_the_events_whose_leads_are_alike() -> None:
    some = [Labelled("", "x", None, str(number // 2)) for number in range(12)]
    vectors = np.array([[np.cos(number // 2 / 3), np.sin(number // 2 / 3)] for number in range(12)], np.float32)
    for group in sibling_groups(some, vectors, 3, 2, 1):
        numbers = sorted({int(row.event) for row in group})
        assert len(group) == 6
        assert numbers[-1] - numbers[0] == 2


def test_a_row_that_weighs_twice_is_a_row_that_stands_twice() -> None:
    x = np.array([[0.0], [1.0], [2.0], [3.0]])
    y = np.array([0.0, 1.0, 0.0, 1.0])
    weighed = fit_logistic(x, y, np.array([1.0, 1, 1, 2]), c=1.0)
    repeated = fit_logistic(x[[0, 1, 2, 3, 3]], y[[0, 1, 2, 3, 3]], np.ones(5), c=1.0)
    assert weighed.coefficients == pytest.approx(repeated.coefficients)


def test_a_column_that_never_changes_does_no_harm() -> None:
    x = np.array([[0.0, 5], [1, 5], [2, 5], [3, 5]])
    fitted = fit_logistic(x, np.array([0.0, 0, 1, 1]), np.ones(4), c=1.0)
    assert np.isfinite(fitted.probabilities(x)).all()


def rows() -> list[Labelled]:
    return [
        Labelled(
            f"Title {n}",
            f"First on Monday. Second here. Third {n}.",
            datetime(2016 + n % 4, 3, 7, tzinfo=UTC),
            str(n // 2),
        )
        for n in range(80)
    ]


def test_replicas_vary_length_dates_and_density() -> None:
    found = replicas(rows())
    sizes = {len(replica.rows) for replica in found}
    assert max(sizes) == 80
    assert min(sizes) < 10
    assert any(all(row.published_at is None for row in replica.rows) for replica in found)
    assert replicas(rows()) == found


def test_views_take_off_what_feeds_and_pastes_lack() -> None:
    row = rows()[0]
    assert shortened(row).text == "First on Monday. Second here."
    assert (bare(row).title, bare(row).published_at) == ("", None)


def test_dates_laid_over_each_other_keep_their_weekday() -> None:
    folded = next(
        replica.rows
        for replica in replicas(rows())
        if replica.rows[0].published_at not in (None, rows()[0].published_at)
    )
    assert {row.published_at.weekday() for row in folded if row.published_at} <= {
        row.published_at.weekday() for row in rows() if row.published_at
    }


def test_labelled_rows_come_in_publication_order_undated_last(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    moments = [None, "2016-05-02T00:00:00", "2016-05-01T10:00:00+02:00"]
    with gzip.open(path, "wt") as out:
        for moment in moments:
            out.write(json.dumps({"title": moment, "text": "x", "published_at": moment, "event": 1}) + "\n")
    assert [row.title for row in read_labelled(path)] == ["2016-05-01T10:00:00+02:00", "2016-05-02T00:00:00", ""]


def test_background_counts_a_term_once_a_document(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    with gzip.open(path, "wt") as out:
        for text in ("ferry ferry ferry", "the ferry", "nothing"):
            out.write(json.dumps({"title": None, "text": text}) + "\n")
    documents, total = count_documents(path)
    assert (documents[hash_term("ferry")], total) == (2, 3)


def test_the_weights_that_serve_have_the_fixed_ones_behind_those_that_were_fitted() -> None:
    fitted = len(SIGNALS) - len(FIXED)
    served = with_fixed_weights(Logistic(np.zeros(fitted), np.ones(fitted), np.zeros(fitted), 0.0))
    shipped = Decision.load_bundled()
    assert (shipped.coefficients / shipped.scales)[fitted:].tolist() == served.coefficients[fitted:].tolist()
    assert len(served.means) == len(served.scales) == len(SIGNALS)


def at_density(dated: bool, crowd: float) -> NDArray[np.float64]:
    """Signals of a pair of which nothing is known but how crowded it is around."""
    values = {"density": crowd} if dated else {"density": crowd, "undated": 1.0, "density_x_undated": crowd}
    return np.array([[values.get(name, 0.0) for name in SIGNALS]])


@pytest.mark.parametrize(("dated", "crowd"), [(True, DATED_CROWD), (False, UNDATED_CROWD)])
def test_a_denser_collection_asks_for_better_odds_than_the_fit_gives(dated: bool, crowd: float) -> None:
    chance = np.random.default_rng(6)
    count = len(SIGNALS)
    fitted = Logistic(chance.normal(size=count), chance.random(count) + 0.5, chance.normal(size=count), -0.5)
    for more, expected in ((0.0, 0.0), (1.0, -0.3), (-1.0, 0.3)):
        pair = at_density(dated, crowd + more)
        before, after = (one.probabilities(pair)[0] for one in (fitted, leaned(fitted)))
        gained = np.log(after / (1 - after)) - np.log(before / (1 - before))
        assert gained == pytest.approx(expected)
