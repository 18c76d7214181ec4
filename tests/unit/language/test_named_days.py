from services.language.named_days import find_named_days


def _days(text: str) -> list[tuple[str, str]]:
    return [(day.kind, day.value) for day in find_named_days(text)]


def test_weekdays_are_read_from_names_and_abbreviations() -> None:
    assert _days("It opened on Wednesday (Thurs. at the latest), not on Tues.") == [
        ("weekday", "2"), ("weekday", "3"), ("weekday", "1"),
    ]  # fmt: skip


def test_days_and_months_are_read_from_names_and_abbreviations() -> None:
    assert _days("Sept. 5, 7 March and June") == [("day", "9-5"), ("day", "3-7"), ("month", "3"), ("month", "6")]


def test_a_long_s_stands_for_an_s() -> None:
    assert _days("It opened on ſunday, Auguſt 5.") == [("weekday", "6"), ("day", "8-5")]


def test_a_word_that_starts_like_a_month_is_no_month() -> None:
    assert list(find_named_days("She ran for the office of Mayor, and the Marches of Augusta.")) == []
