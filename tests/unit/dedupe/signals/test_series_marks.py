from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.article import TextKind
from services.dedupe.signals.article_rows import Rows, build_row
from services.dedupe.signals.article_signals import compute_article_signals
from services.dedupe.signals.background_corpus import TYPICAL
from services.dedupe.signals.exclusions import mask_by_kind_or_series
from services.dedupe.signals.series_marks import build_series_marks
from services.dedupe.signals.terms import TermStatistics
from tests.support.dedupe_articles import DAY_ONE, direction

STATISTICS = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 100)


def row(
    title: str | None,
    *,
    publisher: str | None = "post.example",
    kind: TextKind | None = None,
    days: float | None = 0.0,
    text: str = "",
) -> Rows:
    moment = None if days is None else DAY_ONE + timedelta(days=days)
    form = build_series_marks(title, publisher, kind, text)
    return build_row(
        compute_article_signals(
            direction(1),
            TYPICAL,
            STATISTICS,
            title_vector=None,
            title=title,
            text="Text.",
            published_at=moment,
            series_marks=form,
        )
    )


def excluded(one: Rows, other: Rows) -> bool:
    (found,), (again,) = mask_by_kind_or_series(one, other).tolist(), mask_by_kind_or_series(other, one).tolist()
    assert found == again
    return bool(found)


@pytest.mark.parametrize("kind", [TextKind.STUB, TextKind.ROUND_UP, TextKind.LIVE_BLOG, TextKind.NEWSLETTER])
def test_a_text_that_tells_of_no_one_event_makes_no_pair(kind: TextKind) -> None:
    assert excluded(row("Quota cut by a fifth", kind=kind), row("School roof shut", publisher="times.example"))


@pytest.mark.parametrize("kind", [None, TextKind.OPINION, TextKind.OBITUARY])
def test_reports_opinions_and_obituaries_make_pairs(kind: TextKind | None) -> None:
    assert not excluded(row("Brolin bridge shut", kind=kind), row("Engineers shut bridge at Brolin"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ostmark shares close higher on Monday", "Ostmark shares close lower on Tuesday"),
        ("Weather for Mon., 2 March: dry", "Weather for Tue, 31 April: dry"),
        ("Lake level at 4.2 metres", "Lake level at 12 metres"),
        ("Week 12 of the dock strike", "Week 13 of the dock strike"),
        ("Deaths on Monday: 12", "Deaths on Tuesday: 9"),
        ("Ostmark bourse ends up as mills gain", "Ostmark bourse closes sharply lower after bank's warning"),
        ("Oil falls 2% on glut fears", "Oil slips 1%, led by tanker news"),
    ],
)
def test_titles_of_one_publisher_that_differ_by_day_number_or_direction_are_no_pair(one: str, other: str) -> None:
    assert excluded(row(one), row(other, days=1))
    assert not excluded(row(one), row(other, publisher="times.example", days=1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferry toll rises to 12", "Ferry toll climbs to 30"),
        ("12 killed as quay collapses", "14 killed as quay collapses"),
        ("Bank shares fall after quake", "Bridges fall after quake"),
        ("Ostmark bourse ends up as mills gain", "Ostmark bourse names new head as old one retires"),
    ],
)
def test_a_toll_that_grows_and_other_words_are_no_series(one: str, other: str) -> None:
    assert not excluded(row(one), row(other, days=0.3))


def test_one_title_on_two_days_is_a_series_of_its_publisher_alone() -> None:
    title = "Court list for Mirrow"
    assert excluded(row(title), row(title, days=1))
    assert not excluded(row(title), row(title, days=0.5))
    assert not excluded(row(title), row(title, days=1, publisher="times.example"))
    assert not excluded(row(title), row(title, days=None))


def test_a_text_known_to_be_of_a_series_makes_no_pair_with_its_own_publisher() -> None:
    forecast = row("Rain reaches Mirrow", kind=TextKind.SERIES)
    assert excluded(forecast, row("Storm fells trees", days=0.1))
    assert not excluded(forecast, row("Storm fells trees", publisher="times.example"))


def test_a_short_text_under_two_titles_of_one_publisher_tells_of_neither() -> None:
    frame = "This video cannot be shown here. More videos below."
    one, other = "Watch: otters learn to swim", "Watch: minister trips on stage"
    assert excluded(row(one, text=frame), row(other, text=frame))
    assert not excluded(row(one, text=frame), row(one, text=frame))
    assert not excluded(row(one, text=frame), row(other, text=frame, publisher="times.example"))
    assert not excluded(row(one, text=frame), row(other, text="The minister tripped."))
    report = "The dam at Mirrow held through the night. " * 10
    assert not excluded(row(one, text=report), row(other, text=report))
    assert not excluded(row(one), row(other))


@pytest.mark.parametrize(
    ("one", "other", "two_days"),
    [
        ("Day 400: shells fall on Besham", "Day 401: drones hit Besham", True),
        ("Day 12 of the dock strike", "Day 13 of the dock strike", True),
        ("Strike enters day 3 as talks stall", "Rail strike, Day 4: what we know", True),
        ("Day 400: shells fall on Besham", "Shells kill three in Besham on day 400 of the war", False),
        ("Day 400: shells fall on Besham", "Drones hit Besham", False),
        ("Election Day 2024 in pictures", "Polls open on Election Day 2025", False),
        ("Sunday 12 dead", "Monday 13 dead", False),
    ],
)
def test_two_numbered_days_are_two_whoever_counts_them(one: str, other: str, two_days: bool) -> None:
    assert excluded(row(one), row(other, publisher="echo.example")) == two_days


def test_without_publisher_or_title_nothing_is_a_series() -> None:
    assert not excluded(row("Level at 4", publisher=None), row("Level at 5", publisher=None, days=1))
    assert not excluded(row(None), row(None, days=1))
    assert not excluded(row("?"), row("!", days=1))


@given(st.text(), st.text())
def test_any_title_and_publisher_has_a_form(title: str, publisher: str) -> None:
    form = build_series_marks(title, publisher, None)
    assert form == build_series_marks(title, publisher, None)
    assert not form.apart
    assert all(0 <= value < 1 << 32 for value in (form.publisher, form.title, form.template))


def test_a_row_keeps_what_its_article_is() -> None:
    made = row("Level at 4", kind=TextKind.SERIES)
    assert made["series"][0]
    assert not made["apart"][0]
    assert made["publisher"][0] != 0
    assert made["day"][0] == DAY_ONE.astimezone(UTC).timestamp() / 86_400
    assert datetime.fromtimestamp(made["day"][0] * 86_400, UTC) == DAY_ONE
