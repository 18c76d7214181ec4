"""What travels, and how few words it takes."""

import httpx
from httpx_sse import EventSource

from services.api.history.packing import pack_changes, unpack_lines
from services.api.summaries import summarise
from services.api.updates.frames import (
    event_frame,
    goodbye_frame,
    heartbeat_frame,
    position_frame,
    too_slow_frame,
)
from services.api.updates.short_changes import MOST_CHARS, MOST_SHOWN, UNKNOWN, ShortChanges, shorten_changes
from services.api.updates.update_log import LogBounds, Update
from services.dedupe.event_changes.changes import changes_between
from tests.support.big_view import big_view
from tests.unit.api.examples import event

UPDATE = Update("5-1", "evt_a", 3, 2, "", "")
BOUNDS = LogBounds("1-0", "9-0")


def decoded(frame: bytes) -> tuple[str, str, object, int | None]:
    """Name, id, data and pause of the one frame, read by a library."""
    answer = httpx.Response(200, headers={"content-type": "text/event-stream"}, content=frame)
    (read,) = EventSource(answer).iter_sse()
    return read.event, read.id, read.json() if read.data else None, read.retry


def short() -> ShortChanges:
    return shorten_changes(unpack_lines(pack_changes(changes_between(None, big_view(30, 20)))))


def test_frames_are_read_as_they_were_meant() -> None:
    name, position, data, _ = decoded(event_frame(UPDATE, summarise(event()), UNKNOWN))
    assert (name, position) == ("event", "5-1")
    assert isinstance(data, dict)
    assert (data["version"], data["changes"], data["changes_total"]) == (3, [], None)
    assert data["changes_url"] == "/v1/events/evt_a/changes?since=2"
    assert decoded(position_frame("4-0", BOUNDS, whole=True))[:2] == ("position", "4-0")
    assert decoded(too_slow_frame("4-0"))[:2] == ("too_slow", "4-0")
    assert decoded(heartbeat_frame("7-0")) == ("message", "7-0", None, None)


def test_readers_that_are_sent_away_come_back_one_after_the_other() -> None:
    pauses = [decoded(goodbye_frame("1-0", number))[3] for number in range(1, 401)]
    assert all(pause is not None and 1_000 <= pause < 5_000 for pause in pauses)
    assert len(set(pauses)) == len(pauses)


def test_a_frame_names_some_changes_and_counts_the_rest() -> None:
    changes = short()
    assert len(changes.shown) == MOST_SHOWN
    assert (changes.total or 0) > MOST_SHOWN
    assert changes.kinds is not None
    assert "claim_added" in changes.kinds


def test_what_changed_is_told_in_words() -> None:
    every = [shorten_changes([line]) for line in unpack_lines(pack_changes(changes_between(None, big_view(6, 8))))]
    by_kind = {one.shown[0].kind: one.shown[0].text for one in every}
    assert by_kind["claim_added"] is not None
    assert by_kind["article_joined"] is not None
    assert by_kind["contradiction_opened"] is not None
    assert all(len(text) <= MOST_CHARS for text in by_kind.values() if text)
