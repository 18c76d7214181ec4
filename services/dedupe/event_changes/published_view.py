"""The view of an event that was published last, with what is kept to tell fast what is new in the next one."""

from dataclasses import dataclass

from services.contracts.changed import EventChange
from services.contracts.event import Event
from services.dedupe.event_changes.changed_parts import ChangedParts
from services.dedupe.event_changes.changes import changes_between
from services.dedupe.event_changes.event_parts import EventParts
from services.dedupe.event_changes.snapshot import build_snapshot
from services.dedupe.event_changes.stored_view import StoredFigures, build_stored_fields
from services.dedupe.event_changes.view_comparison import compare_views

MOST_UNKEPT = 256
"""Articles up to which the parts of a view are not kept: to go through them costs little, and most events have few."""


@dataclass(frozen=True, slots=True)
class ViewNews:
    """What is new in a view.

    Attributes:
        changes: The changes, one by one.
        stored: Fields to write, by name, so that the same changes follow from what is stored.
        removed: Names of fields to remove.
    """

    changes: tuple[EventChange, ...]
    stored: dict[str, bytes]
    removed: frozenset[str]


class PublishedView:
    """The last view of one event.

    Attributes:
        view: The view, or the parts of it that changes depend on; None before the first.
    """

    def __init__(self, view: Event | None = None) -> None:
        """`view`: that was published last; None: none was."""
        self.view = view
        self._parts: EventParts | None = None
        self._stored_figures: StoredFigures | None = None

    def replace_view(self, view: Event) -> ViewNews:
        """Take the next view; return what is new in it."""
        before, self.view = self.view, view
        changed = ChangedParts.between(before, view)
        if self._parts is not None:
            self._parts.update_parts(changed)
        elif len(view.articles) > MOST_UNKEPT:
            self._parts, self._stored_figures = EventParts(view), StoredFigures(before)
        comparison = compare_views(before, view, changed, self._parts)
        changes = changes_between(before, view, comparison)
        stored, removed = build_stored_fields(before, view, changes, changed, self._stored_figures)
        return ViewNews(changes, stored, removed)

    def build_snapshot(self) -> Event:
        """As much of the view as a snapshot holds. Raises ValueError before the first."""
        if self.view is None:
            raise ValueError("an event without a view")
        return build_snapshot(self.view, parts=self._parts)
