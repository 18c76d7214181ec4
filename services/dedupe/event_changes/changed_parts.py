"""Which parts of an event are other objects in one view than in another; the same ones are not looked into."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.contracts.event import Event, EventArticle, Origin
from services.contracts.event_claims import MergedClaim
from services.dedupe.same_objects import list_different_objects

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class PartChanges(Generic[P]):
    """Parts that are other objects: one of which anything has changed is both gone and new.

    Attributes:
        gone: Those of the earlier view, in its order.
        new: Those of the later view, likewise.
    """

    gone: Sequence[P]
    new: Sequence[P]

    @classmethod
    def between(cls, previous: Sequence[P], current: Sequence[P]) -> "PartChanges[P]":
        """Compare the parts of two views."""
        return cls(*list_different_objects(previous, current))


@dataclass(frozen=True, slots=True)
class ChangedParts:
    """What an event has much of, and little that changes."""

    articles: PartChanges[EventArticle]
    claims: PartChanges[MergedClaim]
    origins: PartChanges[Origin]

    @classmethod
    def between(cls, previous_view: Event | None, current_view: Event) -> "ChangedParts":
        """Compare two views. `previous_view`: None: there is none, all parts are new."""
        return cls(
            PartChanges.between(() if previous_view is None else previous_view.articles, current_view.articles),
            PartChanges.between(() if previous_view is None else previous_view.claims, current_view.claims),
            PartChanges.between(() if previous_view is None else previous_view.origins, current_view.origins),
        )
