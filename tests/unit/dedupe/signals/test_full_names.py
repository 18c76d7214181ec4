from datetime import UTC, datetime

import pytest

from services.dedupe.signals.article_rows import build_row
from services.dedupe.signals.article_signals import ArticleSignals, compute_article_signals
from services.dedupe.signals.background_corpus import TYPICAL
from services.dedupe.signals.density import Density
from services.dedupe.signals.full_names import (
    HEAD_FULL_NAMES,
    KNOWN_FULL_NAMES,
    MOST_LIVE,
    compare_full_names,
    find_article_full_names,
)
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.pair_signals import FIXED, SIGNALS, compute_pair_signals
from services.dedupe.signals.terms import TermStatistics
from tests.support.dedupe_articles import direction

STATISTICS = TermStatistics.load_bundled()
SEEN = (
    "Man shot outside a bakery",
    f"A man was shot on Monday.{' Police asked for witnesses.' * 20} He is Orrin Vaskevic.",
)
SOUGHT = ("Arrest in bakery shooting", "Police arrested a woman over the death of Orrin Vaskevic on Thursday.")
OTHER = ("Woman shot outside a bakery", "A woman, Tamsin Quoyle, was shot on Monday.")


def signals(title: str | None, text: str, published_at: datetime | None = None) -> ArticleSignals:
    return compute_article_signals(
        direction(1), TYPICAL, STATISTICS, title_vector=None, title=title, text=text, published_at=published_at
    )


def shared(one: tuple[str | None, str], other: tuple[str | None, str], others_live: int = 0) -> tuple[bool, bool]:
    """Whether both open with a rare full name; whether one does that the other holds."""
    articles = [signals(*one), signals(*other)]
    live = LiveTerms()
    for article in (*articles, *[articles[1]] * others_live):
        live.add_article(article.terms.ids)
    rows = [build_row(article) for article in articles]
    found, mirrored = (
        [bool(told[0]) for told in compare_full_names(first, second, live)] for first, second in (rows, rows[::-1])
    )
    assert found == mirrored
    return found[0], found[1]


def test_a_rare_full_name_that_one_opens_with_and_the_other_holds_is_shared() -> None:
    assert shared(SEEN, SOUGHT) == (False, True)
    assert shared(OTHER, SOUGHT) == (False, False)


def test_a_rare_full_name_that_both_open_with_is_shared() -> None:
    assert shared(SOUGHT, ("Friends mourn Orrin Vaskevic", "Friends laid flowers on Thursday.")) == (True, True)


def test_a_full_name_that_neither_opens_with_is_not_shared() -> None:
    late = ("Shots near a bakery", f"{'Nobody saw who fired. ' * 30}Orrin Vaskevic is dead.")
    assert shared(SEEN, late) == (False, False)


@pytest.mark.parametrize("source", ["officer Orrin Vaskevic said", "said station officer Orrin Vaskevic"])
def test_the_full_name_of_who_tells_of_it_is_not_shared(source: str) -> None:
    hall, yard = ((f"Fire at {place}", f"A fire burned at {place}, {source}.") for place in ("a hall", "a tyre yard"))
    assert shared(hall, yard) == (False, False)


def test_a_full_name_of_common_words_is_not_rare() -> None:
    told = ("Vote delayed", "President Donald Trump and the White House spoke of New York on Monday.")
    assert shared(told, told) == (False, False)


def test_a_surname_alone_is_no_full_name() -> None:
    assert shared(SOUGHT, ("Friends mourn Vaskevic", "Friends of Vaskevic laid flowers.")) == (False, False)


def test_a_full_name_that_many_live_articles_hold_is_not_rare_now() -> None:
    assert shared(SEEN, SOUGHT, others_live=MOST_LIVE - 2) == (False, True)
    assert shared(SEEN, SOUGHT, others_live=MOST_LIVE - 1) == (False, False)


def test_an_article_keeps_the_full_names_that_stand_first() -> None:
    text = " ".join(f"Brannoc Zyl{chr(97 + at // 26)}{chr(97 + at % 26)}ovek spoke." for at in range(60))
    names = find_article_full_names(None, text, STATISTICS)
    assert (len(names.head), len(names.known)) == (HEAD_FULL_NAMES, KNOWN_FULL_NAMES)
    assert set(names.head.tolist()) <= set(names.known.tolist())
    assert find_article_full_names(None, text[:20], STATISTICS).head[0] in names.head


@pytest.mark.parametrize("text", ["", " ", "Orrin", "\u00e2\u0080\u0099 Orrin \n Vaskevic"])
def test_a_text_without_two_names_side_by_side_has_no_full_name(text: str) -> None:
    assert len(find_article_full_names("", text, STATISTICS).known) == 0


def test_articles_without_full_names_share_none() -> None:
    assert shared((None, "nothing here"), (None, "nothing there")) == (False, False)


@pytest.mark.parametrize(("dated", "name"), [(True, "full_name"), (False, "full_name_undated")])
def test_the_signal_of_dated_articles_is_one_and_that_of_others_another(dated: bool, name: str) -> None:
    article = signals(*SOUGHT, published_at=datetime(2026, 3, 6, 10, tzinfo=UTC) if dated else None)
    row, live = build_row(article), LiveTerms()
    found = compute_pair_signals(row, row, density=Density(near=2, live=2), live_terms=live)[0]
    assert [one for one in FIXED if found[SIGNALS.index(one)]] == [name]
