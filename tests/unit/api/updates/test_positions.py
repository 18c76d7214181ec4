from datetime import UTC, datetime

import pytest

from services.api.updates.positions import BEGINNING, BadPosition, order_of, position_at

NO_POSITIONS = ["", "5", "5-", "-5", "5-0-0", "a-0", "٣-0", "1844674407370955-0", "00-0", "1-01", "$", "+", "5-0\n"]


@pytest.mark.parametrize("text", NO_POSITIONS)
def test_a_text_that_redis_would_read_otherwise_is_no_position(text: str) -> None:
    with pytest.raises(BadPosition):
        order_of(text)


def test_positions_are_compared_as_numbers_and_not_as_texts() -> None:
    assert order_of("9-0") < order_of("10-0") < order_of("10-9") < order_of("10-10")


def test_the_position_of_a_moment_is_before_all_entries_of_its_millisecond() -> None:
    moment = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
    assert order_of("1772539199999-7") < order_of(position_at(moment)) < order_of("1772539200000-0")


def test_the_position_of_a_moment_before_all_time_is_the_beginning() -> None:
    assert position_at(datetime(1960, 1, 1, tzinfo=UTC)) == BEGINNING
