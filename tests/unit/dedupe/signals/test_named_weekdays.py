from datetime import UTC, datetime

import numpy as np
import pytest

from services.dedupe.signals.named_weekdays import (
    UNKNOWN,
    DayAgreement,
    NamedWeekdays,
    compare_event_days,
    read_named_weekdays,
    weekday_overlap_shares,
)

WEDNESDAY = datetime(2026, 3, 4, 10, tzinfo=UTC)


def test_a_weekday_is_resolved_back_from_the_day_of_publication() -> None:
    named = read_named_weekdays(None, "A ferry capsized on Tuesday.", WEDNESDAY)
    assert named.ordinal == WEDNESDAY.toordinal() - 1


def test_the_weekday_of_publication_means_that_day() -> None:
    named = read_named_weekdays(None, "A ferry capsized on Wednesday.", WEDNESDAY)
    assert named.ordinal == WEDNESDAY.toordinal()


def test_today_counts_only_with_a_date() -> None:
    assert read_named_weekdays(None, "A ferry capsized today.", WEDNESDAY).ordinal == WEDNESDAY.toordinal()
    assert read_named_weekdays(None, "A ferry capsized today.", None) == NamedWeekdays()


def test_next_week_is_no_event_day() -> None:
    assert read_named_weekdays(None, "Parliament votes next Friday.", WEDNESDAY) == NamedWeekdays()


def agreement(one: NamedWeekdays, other: NamedWeekdays) -> int:
    (weekday, ordinal), others = (
        [UNKNOWN if number is None else number for number in (day.weekday, day.ordinal)] for day in (one, other)
    )
    return int(compare_event_days(weekday, ordinal, *(np.array([number], np.int8) for number in others))[0])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (NamedWeekdays(1, 100), NamedWeekdays(1, 100), DayAgreement.SAME),
        (NamedWeekdays(1, 100), NamedWeekdays(1, 107), DayAgreement.FAR),
        (NamedWeekdays(6), NamedWeekdays(0), DayAgreement.NEXT),
        (NamedWeekdays(1), NamedWeekdays(1, 107), DayAgreement.SAME),
        (NamedWeekdays(), NamedWeekdays(1, 107), DayAgreement.UNKNOWN),
    ],
)
def test_days_agree_by_date_or_else_around_the_week(
    one: NamedWeekdays, other: NamedWeekdays, expected: DayAgreement
) -> None:
    assert agreement(one, other) == expected
    assert agreement(other, one) == expected


def test_a_story_names_several_days_dated_or_not() -> None:
    text = "It sank on Monday. Divers came on Tuesday; parliament votes next Friday."
    assert read_named_weekdays(None, text, None).story == read_named_weekdays(None, text, WEDNESDAY).story == 0b11


def test_the_days_of_two_stories_overlap_by_their_share() -> None:
    stories = np.array([0b110, 0b11, 0], np.uint8)
    assert weekday_overlap_shares(0b11, stories).tolist() == [pytest.approx(1 / 3), 1, 0]
    assert weekday_overlap_shares(0, stories).tolist() == [0, 0, 0]


def test_a_weekday_written_with_a_long_s_is_that_weekday() -> None:
    assert read_named_weekdays(None, "It opened on ſunday.", None).weekday == 6
