import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.cursors import CURSOR_PATTERN, BadCursor, decode_cursor, encode_cursor, id_of, index_member

MOMENTS = st.datetimes(timezones=st.just(UTC))
IDS = st.from_regex(r"evt_[0-9a-f]{20}", fullmatch=True)


@given(MOMENTS, IDS, MOMENTS, IDS)
def test_members_sort_by_time_then_id(one: datetime, a: str, other: datetime, b: str) -> None:
    in_bytes = index_member(one, a).encode() < index_member(other, b).encode()
    assert in_bytes == ((one, a) < (other, b))


@given(MOMENTS, IDS)
def test_a_cursor_gives_back_the_member_it_was_made_of(moment: datetime, event_id: str) -> None:
    member = index_member(moment, event_id)
    assert decode_cursor(encode_cursor(member)) == member
    assert id_of(member) == event_id


def test_the_same_moment_in_another_time_zone_is_the_same_place() -> None:
    moment = datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert index_member(moment, "e") == index_member(moment.astimezone(timezone(timedelta(hours=9))), "e")


@pytest.mark.parametrize("cursor", ["", "x", "%%%", "é", "AAAA", encode_cursor("not a place"), "a" * 5000, "=", "+"])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        decode_cursor(cursor)


def test_digits_of_other_scripts_make_no_cursor() -> None:
    member = index_member(datetime(2026, 3, 3, 12, tzinfo=UTC), "evt_a")
    arabic = member.translate({ord("0") + digit: 0x660 + digit for digit in range(10)})
    with pytest.raises(BadCursor):
        decode_cursor(encode_cursor(arabic))


@given(MOMENTS, IDS)
def test_every_cursor_has_the_form_that_the_document_gives(moment: datetime, event_id: str) -> None:
    assert re.fullmatch(CURSOR_PATTERN, encode_cursor(index_member(moment, event_id)))


@given(st.from_regex(CURSOR_PATTERN, fullmatch=True))
def test_every_text_of_that_form_names_a_place(cursor: str) -> None:
    assert encode_cursor(decode_cursor(cursor)) == cursor


@given(st.text(max_size=80))
def test_any_text_is_either_a_cursor_or_refused(text: str) -> None:
    with suppress(BadCursor):
        decode_cursor(text)
