"""Where a stream begins: after the position that a reader gives, at a time, or at the head."""

from datetime import datetime
from http import HTTPStatus

from services.api.errors import Refused
from services.api.updates.positions import BEGINNING, BadPosition, order_of, position_at
from services.api.updates.update_log import LogBounds

_HOW_TO_START_ANEW = (
    "Read the list of events anew at /v1/events and go on after the position in its header Newsweave-Position."
)


def resume_after(bounds: LogBounds, now: str, last_event_id: str | None, since: datetime | None) -> tuple[str, bool]:
    """The position after which a stream begins, and whether nothing is missing since what was asked for.

    A position above the head that is not in the future is taken: a store that lost its last second in a crash gave it
    out, and writes what it lost again with positions above.

    Args:
        bounds: What the log holds.
        now: Position of the store's clock.
        last_event_id: The position that the reader gives. It comes before `since`: a browser that comes back repeats
            its address, and adds the position that it is at.
        since: The time that the reader gives.

    Raises:
        Refused: the position is none, below the floor, or in the future.
    """
    if last_event_id is not None:
        return _after(bounds, now, last_event_id), True
    if since is None:
        return bounds.head, True
    position = position_at(since)
    if not bounds.reaches(position):
        return BEGINNING, False
    return min(position, bounds.head, key=order_of), True


def _after(bounds: LogBounds, now: str, position: str) -> str:
    try:
        if not bounds.reaches(position):
            raise _gone(bounds, position)
        if order_of(position) > max(order_of(bounds.head), order_of(now)):
            raise bad_position(f"{position} is in the future: no update has that position yet")
    except BadPosition as error:
        raise bad_position(str(error)) from error
    return position


def _gone(bounds: LogBounds, position: str) -> Refused:
    return Refused(
        HTTPStatus.GONE,
        "The position is no longer held",
        f"Updates right after {position} are no longer held, or are of a view that was built anew since: the oldest "
        f"position is {bounds.floor}. {_HOW_TO_START_ANEW}",
        floor=bounds.floor,
        head=bounds.head,
    )


def bad_position(reason: str) -> Refused:
    """The position is none of the log."""
    return Refused(
        HTTPStatus.BAD_REQUEST,
        "The position is not valid",
        f"{reason[0].upper()}{reason[1:]}. Send the `id` of a frame as it came. {_HOW_TO_START_ANEW}",
        errors=[{"field": "Last-Event-ID", "message": reason}],
    )
