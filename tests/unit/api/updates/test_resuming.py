from datetime import UTC, datetime

import pytest

from services.api.errors import Refused
from services.api.updates.positions import BEGINNING, position_at
from services.api.updates.resuming import resume_after
from services.api.updates.update_log import LogBounds

BOUNDS = LogBounds("1000-0", "5000-3")
NOW = "9000-0"


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


@pytest.mark.parametrize("position", ["1000-0", "3000-0", "5000-3", BEGINNING, "5000-4", "9000-0"])
def test_a_position_that_is_held_or_was_given_out_is_resumed_at(position: str) -> None:
    assert resume_after(BOUNDS, NOW, position, None) == (position, True)


@pytest.mark.parametrize(
    ("position", "status"), [("999-9", 410), ("1-0", 410), ("9000-1", 400), ("99999999-0", 400), ("soon", 400)]
)
def test_any_other_position_is_refused(position: str, status: int) -> None:
    with pytest.raises(Refused) as refused:
        resume_after(BOUNDS, NOW, position, None)
    assert refused.value.status == status
    assert status != 410 or refused.value.extra["floor"] == "1000-0"


def test_without_a_position_the_stream_begins_at_the_head_or_the_time() -> None:
    assert resume_after(BOUNDS, NOW, None, None) == ("5000-3", True)
    assert resume_after(BOUNDS, NOW, None, moment(3000)) == (position_at(moment(3000)), True)
    assert resume_after(BOUNDS, NOW, None, moment(500)) == (BEGINNING, False)
    assert resume_after(BOUNDS, NOW, None, moment(99_000)) == ("5000-3", True)


def test_a_position_comes_before_a_time() -> None:
    assert resume_after(BOUNDS, NOW, "4000-0", moment(3000)) == ("4000-0", True)


def test_an_empty_log_is_followed_from_its_beginning() -> None:
    assert resume_after(LogBounds(BEGINNING, BEGINNING), NOW, None, None) == (BEGINNING, True)
    assert resume_after(LogBounds(BEGINNING, BEGINNING), NOW, BEGINNING, None) == (BEGINNING, True)
