from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from services.dedupe.signals.article_rows import build_row, build_rows
from services.dedupe.signals.article_signals import ArticleSignals, compute_article_signals, scale_to_int8
from services.dedupe.signals.background_corpus import TYPICAL
from services.dedupe.signals.density import Density
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.pair_signals import SIGNALS, compute_pair_signals
from services.dedupe.signals.terms import TermStatistics
from tests.support.dedupe_articles import direction as made_up

STATISTICS = TermStatistics.load_bundled()
FRIDAY = datetime(2026, 3, 6, 10, tzinfo=UTC)
SAID = "The bow door was closed and locked when she left the harbour"


def signals(
    lead: NDArray[np.float32],
    title: NDArray[np.float32] | None = None,
    text: str = "A ferry sank.",
    published_at: datetime | None = FRIDAY,
) -> ArticleSignals:
    return compute_article_signals(
        lead,
        TYPICAL,
        STATISTICS,
        title_vector=title,
        title="Ferry" if title is not None else None,
        text=text,
        published_at=published_at,
    )


def rows(article: ArticleSignals, *others: ArticleSignals) -> NDArray[np.float64]:
    live = LiveTerms()
    for one in (article, *others):
        live.add_article(one.terms.ids)
    return compute_pair_signals(
        build_row(article), build_rows(others), density=Density(near=3, live=3), live_terms=live
    )


def value(name: str, article: ArticleSignals, other: ArticleSignals) -> float:
    return float(rows(article, other)[0, SIGNALS.index(name)])


def test_a_title_like_the_other_lead_speaks_for_one_event_either_way_round() -> None:
    topic, other = made_up(1), made_up(2)
    titled, plain = signals(other, title=topic), signals(topic, title=made_up(3))
    assert value("title_cosine", titled, plain) == pytest.approx(1, abs=0.002)
    assert value("title_cosine", plain, titled) == pytest.approx(1, abs=0.002)


def test_without_titles_the_leads_are_compared() -> None:
    one, other = signals(made_up(1)), signals(made_up(2, made_up(1)))
    assert value("title_cosine", one, other) == value("cosine", one, other)


def test_a_rounded_title_points_where_its_vector_does() -> None:
    vector = made_up(5)
    rounded = scale_to_int8(vector).astype(np.float64)
    assert rounded @ vector / np.linalg.norm(rounded) == pytest.approx(1, abs=0.002)
    assert len(scale_to_int8(None)) == 0


def test_quotations_in_common_count_up_to_enough() -> None:
    said = signals(made_up(1), text=f'"{SAID}," the minister said.')
    cut = signals(made_up(1), text='"The bow door was closed and locked," she said.')
    much = signals(made_up(1), text=f'"{SAID} {SAID.upper()} {SAID}."')
    assert value("quotations", said, cut) == pytest.approx(np.log(3))
    assert value("quotations", much, much) == pytest.approx(np.log(9))
    assert value("quotations", said, signals(made_up(1))) == 0


def test_quotations_count_once_more_where_a_date_is_missing() -> None:
    text = f'"{SAID}," the minister said.'
    said, pasted = signals(made_up(1), text=text), signals(made_up(1), text=text, published_at=None)
    assert value("quotations_x_undated", said, pasted) == value("quotations", said, pasted) > 0
    assert value("quotations_x_undated", said, said) == 0


def test_weekdays_of_the_story_are_compared_as_sets() -> None:
    first = signals(made_up(1), text="It sank on Monday. Divers came on Tuesday.")
    later = signals(made_up(1), text="Divers came on Tuesday, after it sank on Monday. On Friday it was raised.")
    assert value("story_days", first, later) == pytest.approx(2 / 3)
    assert value("story_days", first, signals(made_up(1))) == 0


def test_a_row_is_the_same_bits_wherever_it_stands() -> None:
    article = signals(made_up(1), title=made_up(2), text=f'"{SAID}," the minister said on Monday.')
    others = [signals(made_up(seed), title=made_up(seed + 9) if seed % 2 else None) for seed in range(3, 7)]
    together, turned = rows(article, *others), rows(article, *others[::-1])
    assert together.tobytes() == turned[::-1].tobytes()
