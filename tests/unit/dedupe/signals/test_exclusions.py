from itertools import product

import numpy as np
import pytest

from services.contracts.article import TextKind
from services.dedupe.signals.article_rows import Rows, build_row
from services.dedupe.signals.article_signals import compute_article_signals
from services.dedupe.signals.background_corpus import TYPICAL
from services.dedupe.signals.exclusions import exclusion_mask, find_exclusion
from services.dedupe.signals.pair_signals import SIGNALS
from services.dedupe.signals.series_marks import build_series_marks
from services.dedupe.signals.terms import TermStatistics
from tests.support.dedupe_articles import direction

STATISTICS = TermStatistics.load_bundled()
TITLES = (
    "Fire at depot in Quillorn",
    "Fire at depot in Cusco",
    "Fire at depot in Pokhara",
    "Markets: 3 things to know",
)
KINDS = (None, TextKind.ROUND_UP, TextKind.SERIES)


def row(title: str, kind: TextKind | None) -> Rows:
    return build_row(
        compute_article_signals(
            direction(1),
            TYPICAL,
            STATISTICS,
            title_vector=direction(2),
            title=title,
            text=f"{title}, the fire service said.",
            published_at=None,
            series_marks=build_series_marks(title, "post", kind),
        )
    )


@pytest.mark.parametrize("cosine", [0.4, 0.9])
def test_every_pair_that_is_excluded_has_a_reason_and_no_other(cosine: float) -> None:
    rows = [row(title, kind) for title, kind in product(TITLES, KINDS)]
    signals = np.zeros((1, len(SIGNALS)))
    signals[0, SIGNALS.index("title_cosine")] = cosine
    reasons = set()
    for one, other in product(rows, rows):
        reason = find_exclusion(one, other, signals)
        assert (reason is not None) == bool(exclusion_mask(one, other, signals)[0])
        assert reason == find_exclusion(other, one, signals)
        reasons.add(reason)
    assert {None, "kind", "series", "names"} <= reasons
