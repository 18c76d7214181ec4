from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from services.dedupe.signals.article_rows import build_row
from services.dedupe.signals.article_signals import ArticleSignals, compute_article_signals
from services.dedupe.signals.background_corpus import TYPICAL
from services.dedupe.signals.density import Density
from services.dedupe.signals.full_names import MOST_LIVE
from services.dedupe.signals.harm import mask_by_harm, opens_with_harm
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.pair_signals import FIXED, SIGNALS, compute_pair_signals
from services.dedupe.signals.terms import TermStatistics
from tests.support.dedupe_articles import direction

STATISTICS = TermStatistics.load_bundled()
MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
SHOT = ("Man shot outside a bakery", "A man was shot dead in Quarrenby on Monday, police said.")
CHARGED = ("Woman charged with murder", "A woman was charged with killing a baker in Quarrenby.")
ELSEWHERE = ("Woman charged with murder", "A woman was charged with killing a baker in Ostrevik.")
MAYOR = ("Mayor opens a bakery", "The mayor of Quarrenby opened a bakery on Monday.")
PADDING = "Nobody saw who it was. " * 30


def signals(title: str | None, text: str, days: float | None = 0.0) -> ArticleSignals:
    return compute_article_signals(
        direction(1),
        TYPICAL,
        STATISTICS,
        title_vector=None,
        title=title,
        text=text,
        published_at=None if days is None else MONDAY + timedelta(days=days),
    )


def shared(one: tuple[str | None, str], other: tuple[str | None, str], others_live: int = 0) -> bool:
    """Whether two reports, days apart, share a rare name and tell of harm."""
    articles = [signals(*one), signals(*other)]
    live = LiveTerms()
    for article in (*articles, *[articles[1]] * others_live):
        live.add_article(article.terms.ids)
    first, second = (build_row(article) for article in articles)
    apart = np.ones(1, np.bool_)
    found, mirrored = (
        bool(mask_by_harm(row, others, apart, live)[0]) for row, others in ((first, second), (second, first))
    )
    assert found == mirrored
    return found


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Man shot outside a bakery", "It happened on Monday. Police ask for witnesses."),
        ("Two dead after crash", "A lorry left the road."),
        (None, "A blaze broke out in a hall. Firefighters came at once."),
        ("Boy, 9, drowned in a mill pond", "His sister was taken to hospital."),
        ("Explosion at a mill", "Three people were injured."),
    ],
)
def test_a_report_of_a_crime_a_fire_or_an_accident_opens_with_harm(title: str | None, text: str) -> None:
    assert opens_with_harm(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Minister under fire over a bill", "He will answer questions on Monday."),
        ("Police get a new budget", "The council voted for it. Nobody was charged for the meal."),
        ("Harbour opens", f"{PADDING}A man was shot dead by police."),
        (None, ""),
        ("", " "),
    ],
)
def test_a_figure_of_speech_police_alone_or_what_stands_far_below_is_no_opening_with_harm(
    title: str | None, text: str
) -> None:
    assert not opens_with_harm(title, text)


def test_two_reports_of_harm_share_a_rare_name_that_one_opens_with_and_the_other_holds() -> None:
    late = (CHARGED[0], f"A woman was charged with killing a baker. {PADDING}She lives in Quarrenby.")
    assert shared(SHOT, CHARGED)
    assert shared(SHOT, late)
    assert not shared(SHOT, ELSEWHERE)


def test_a_single_name_that_neither_opens_with_is_not_shared() -> None:
    text = f"A man was killed, police said. {PADDING}It was in Quarrenby."
    assert not shared(("Death", text), ("Arrest", text))


def test_a_full_name_that_both_hold_is_shared_wherever_it_stands() -> None:
    text = f"A man was killed, police said. {PADDING}He is Orrin Vaskevic."
    assert shared(("Death", text), ("Arrest", text))


def test_a_name_of_a_big_city_or_a_country_is_not_rare() -> None:
    shot, charged = ((title, f"{text} It was in Chicago, Texas, France.") for title, text in (SHOT, ELSEWHERE))
    assert not shared(shot, charged)


def test_a_name_that_many_live_articles_hold_is_not_rare_now() -> None:
    assert shared(SHOT, CHARGED, others_live=MOST_LIVE - 2)
    assert not shared(SHOT, CHARGED, others_live=MOST_LIVE - 1)


def test_a_report_without_harm_shares_nothing() -> None:
    assert not shared(SHOT, MAYOR)
    assert not shared(MAYOR, MAYOR)


@pytest.mark.parametrize(("days", "counted"), [(3.0, True), (-3.0, True), (1.0, False), (0.0, False), (None, False)])
def test_a_rare_name_of_harm_counts_where_days_lie_between(days: float | None, counted: bool) -> None:
    row, other, live = build_row(signals(*SHOT)), build_row(signals(*CHARGED, days=days)), LiveTerms()
    found = compute_pair_signals(row, other, density=Density(near=2, live=2), live_terms=live)[0]
    assert [name for name in FIXED if found[SIGNALS.index(name)]] == ["harm_name"] * counted


def test_each_of_many_others_is_compared_by_itself() -> None:
    others = np.concatenate([build_row(signals(*one)) for one in (ELSEWHERE, CHARGED, MAYOR, CHARGED)])
    apart = np.array([True, True, True, False])
    found = mask_by_harm(build_row(signals(*SHOT)), others, apart, LiveTerms())
    assert found.tolist() == [False, True, False, False]
