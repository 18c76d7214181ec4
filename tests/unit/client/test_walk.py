"""Lists by their cursors."""

from typing import Any

import pytest

from services.client.errors import UnreadableAnswerError
from services.client.exchange import Answer
from services.client.walk import Walk
from services.client.walks import anything

Json = dict[str, Any]


def asked(walk: Walk[Json, Json]) -> dict[str, str] | None:
    call = walk.next_call()
    return None if call is None else dict(call.request.query)


def part(*numbers: int, after: str | None) -> Json:
    return {"things": [{"n": number} for number in numbers], "next": after}


def test_parts_follow_each_other_to_the_end() -> None:
    walk = anything("/v1/things", "things", (("q", "x"),))
    assert asked(walk) == {"q": "x", "limit": "100"}
    assert walk.take(part(1, 2, after="c")) == [{"n": 1}, {"n": 2}]
    assert asked(walk) == {"q": "x", "limit": "100", "cursor": "c"}
    assert walk.take(part(after="d")) == []  # a part may be empty and not the last
    assert asked(walk) == {"q": "x", "limit": "100", "cursor": "d"}
    walk.take(part(3, after=None))
    assert asked(walk) is None
    assert walk.count == 3


def test_no_more_is_asked_for_than_is_wanted() -> None:
    walk = anything("/v1/things", "things", (), limit=103)
    assert asked(walk) == {"limit": "100"}
    walk.take(part(*range(100), after="c"))
    assert asked(walk) == {"limit": "3", "cursor": "c"}
    walk.take(part(1, 2, 3, after="d"))
    assert asked(walk) is None


def test_no_more_is_given_than_is_wanted() -> None:
    walk = anything("/v1/things", "things", (), limit=2)
    walk.next_call()
    assert walk.take(part(1, 2, 3, after="c")) == [{"n": 1}, {"n": 2}]
    assert asked(walk) is None


def test_a_list_that_leads_back_to_the_same_place_ends_with_an_error() -> None:
    walk = anything("/v1/things", "things", ())
    walk.take(part(1, after="c"))
    walk.take(part(2, after="c"))
    with pytest.raises(UnreadableAnswerError, match="the list does not end"):
        walk.next_call()


@pytest.mark.parametrize("answer", [{}, [], None, {"things": []}, {"next": None}])
def test_an_answer_that_is_not_a_part_of_a_list_is_an_error_of_the_client(answer: Any) -> None:
    with pytest.raises(UnreadableAnswerError, match=r"the answer has no `(things|next)`"):
        anything("/v1/things", "things", ()).take(answer)


def test_the_calls_read_json() -> None:
    call = anything("/v1/things", "things", ()).next_call()
    assert call is not None
    assert call.read(Answer(200, {}, b'{"things": [], "next": null}')) == {"things": [], "next": None}
