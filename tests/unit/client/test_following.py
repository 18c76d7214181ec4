"""A reader of the stream, over breaks of every kind."""

import json

import pytest
from httpx_sse import ServerSentEvent

from services.client.calls import read_update
from services.client.errors import BusyError, GoneError, NotReachableError, UnreadableAnswerError
from services.client.following import LEAST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, MOST_ASKED_SECONDS, Following


def following(*, position: str | None = None, is_endless: bool = True) -> Following[str]:
    query = (("has", "denial"), ("since", "2026-03-04"))
    return Following(query, lambda at, data: f"{at} {json.loads(data)}", position, is_endless)


def frame(position: str, event: str = "event", data: str = "1", retry: int | None = None) -> ServerSentEvent:
    return ServerSentEvent(event=event, data=data, id=position, retry=retry)


def test_it_begins_as_asked_and_goes_on_after_the_last_frame() -> None:
    ours = following()
    assert ours.request().query == (("has", "denial"), ("since", "2026-03-04"))
    assert ours.take(frame("1-0", "position", "{}")) is None
    assert ours.take(frame("2-0")) == "2-0 1"
    assert ours.pause_after(NotReachableError("cut")) == 1.0
    request = ours.request()
    assert (request.query, dict(request.headers)) == ((("has", "denial"),), {"Last-Event-ID": "2-0"})


def test_a_heartbeat_moves_the_position() -> None:
    ours = following()
    assert ours.take(frame("9-0", "", "")) is None
    assert ours.position == "9-0"


def test_a_position_that_is_given_comes_before_a_time() -> None:
    request = following(position="5-0").request()
    assert (request.query, dict(request.headers)) == ((("has", "denial"),), {"Last-Event-ID": "5-0"})


def test_pauses_grow_up_to_a_bound_and_begin_anew_with_a_frame() -> None:
    ours = following()
    ours.take(frame("1-0", "position", "{}"))
    pauses = [ours.pause_after(NotReachableError("away")) for _ in range(7)]
    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS]
    ours.take(frame("2-0"))
    assert ours.pause_after(None) == 1.0


def test_a_service_that_stays_away_for_hours_is_waited_for() -> None:
    ours = following()
    ours.take(frame("1-0", "position", "{}"))
    pauses = [ours.pause_after(NotReachableError("away")) for _ in range(1_100)]
    assert pauses[-1] == LONGEST_PAUSE_SECONDS


def test_the_service_says_how_long_to_wait() -> None:
    ours = following()
    ours.take(frame("1-0", "reconnect", "{}", retry=2_500))
    assert ours.pause_after(None) == 2.5
    assert ours.pause_after(BusyError("too many streams", retry_after=40)) == 40


@pytest.mark.parametrize(("milliseconds", "seconds"), [(0, LEAST_PAUSE_SECONDS), (10**400, LONGEST_PAUSE_SECONDS)])
def test_a_pause_that_a_service_asks_for_is_kept_within_bounds(milliseconds: int, seconds: float) -> None:
    ours = following()
    ours.take(frame("1-0", "reconnect", "{}", retry=milliseconds))
    assert ours.pause_after(None) == seconds
    assert ours.pause_after(BusyError("busy", retry_after=float("inf"))) == MOST_ASKED_SECONDS


@pytest.mark.parametrize("data", ["<html>", "[]", "7"])
def test_a_beginning_that_cannot_be_read_is_an_error_of_the_client(data: str) -> None:
    ours = following()
    with pytest.raises(UnreadableAnswerError, match="the beginning of the stream is not"):
        ours.take(frame("1-0", "position", data))
    assert ours.position is None


def test_who_never_got_through_is_told() -> None:
    with pytest.raises(NotReachableError):
        following(position="5-0").pause_after(NotReachableError("nobody there"))


def test_that_the_beginning_is_no_longer_held_is_known() -> None:
    ours = following()
    ours.take(frame("1-0", "position", '{"whole": true}'))
    assert ours.is_whole
    ours.take(frame("1-0", "position", '{"whole": false}'))
    assert not ours.is_whole


def test_what_is_refused_ends_it() -> None:
    ours = following()
    ours.take(frame("1-0", "position", "{}"))
    with pytest.raises(GoneError) as caught:
        ours.pause_after(GoneError(410, "gone", {"floor": "7-0"}))
    assert caught.value.floor == "7-0"


def test_without_following_it_ends_when_all_is_sent() -> None:
    ours = following(is_endless=False)
    assert ours.request().query[-1] == ("follow", "false")
    ours.take(frame("1-0", "position", "{}"))
    ours.take(frame("2-0"))
    assert ours.pause_after(NotReachableError("cut")) > 0
    assert not ours.is_finished
    ours.request()
    ours.take(frame("3-0"))
    ours.pause_after(None)
    assert ours.is_finished


@pytest.mark.parametrize("name", ["reconnect", "too_slow"])
def test_a_reader_that_is_sent_away_before_all_is_sent_comes_back(name: str) -> None:
    ours = following(is_endless=False)
    ours.request()
    ours.take(frame("2-0"))
    ours.take(frame("2-0", name, "{}"))
    ours.pause_after(None)
    assert not ours.is_finished


def test_an_update_that_cannot_be_read_is_told_and_not_waited_out() -> None:
    ours = Following((), read_update)
    ours.take(frame("1-0", "position", "{}"))
    with pytest.raises(UnreadableAnswerError, match="the update at 2-0") as caught:
        ours.take(frame("2-0"))
    with pytest.raises(UnreadableAnswerError):
        ours.pause_after(caught.value)
