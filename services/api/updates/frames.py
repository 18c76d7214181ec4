"""The stream of updates as server-sent events: what travels, byte by byte. Pure.

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html. A field `id` also counts where an event has no
data and so is not handed to the page: a heartbeat moves the position of a reader whom no event concerns.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from services.api.summaries import EventSummary, event_url
from services.api.updates.short_changes import ShortChanges
from services.api.updates.update_log import LogBounds, Update

MEDIA_TYPE = "text/event-stream"
RECONNECT_MS = 1_000
"""Least pause before a reader comes back."""
RECONNECT_SPREAD_MS = 4_000
"""Readers that are sent away together come back over so long a time."""
_SPREAD_STEP = 997
"""Prime: neighbours in number are sent back at different times."""


def event_frame(update: Update, summary: EventSummary, changes: ShortChanges) -> bytes:
    """That an event has a newer version."""
    data = {
        "event": summary.model_dump(mode="json"),
        "version": update.version,
        "previous_version": update.previous_version,
        "merged_into": update.merged_into or None,
        "changes": [change.model_dump(mode="json") for change in changes.shown],
        "changes_total": changes.total,
        "changes_url": f"{event_url(update.event_id)}/changes?since={update.previous_version}",
    }
    return _frame("event", data, update.position)


def position_frame(resumed_after: str, bounds: LogBounds, *, whole: bool) -> bytes:
    """Where a reader is now: the first frame of every stream. `whole`: nothing is missing since what it asked for."""
    data = {"resumed_after": resumed_after, "floor": bounds.floor, "head": bounds.head, "whole": whole}
    return b"retry: %d\n" % RECONNECT_MS + _frame("position", data, resumed_after)


def heartbeat_frame(position: str) -> bytes:
    """A sign of life, with the position up to which nothing else concerned the reader."""
    return f": heartbeat\nid: {position}\n\n".encode()


def too_slow_frame(resume_after: str) -> bytes:
    """That the reader is cut since it does not keep up, and where it can go on."""
    detail = "This reader takes frames more slowly than they come. Read faster, or ask for less with filters."
    return _frame("too_slow", {"resume_after": resume_after, "detail": detail}, resume_after)


def goodbye_frame(resume_after: str, number: int) -> bytes:
    """That the service stops: come back in a while that is another one for each reader's `number`."""
    pause = RECONNECT_MS + number * _SPREAD_STEP % RECONNECT_SPREAD_MS
    return b"retry: %d\n" % pause + _frame("reconnect", {"resume_after": resume_after}, resume_after)


def _frame(name: str, data: Mapping[str, Any], position: str) -> bytes:
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (position.encode(), name.encode(), orjson.dumps(data))


def joined(frames: Sequence[bytes]) -> bytes:
    """Several frames at once."""
    return frames[0] if len(frames) == 1 else b"".join(frames)
