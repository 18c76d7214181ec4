"""The claims of an event that several origins report, the best reported first."""

from typing import Any

from services.dedupe.kept_order import KeptOrder
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.group_changes import GroupChanges

MOST_CLAIMS = 32
"""Claims whose sentences are compared for a summary."""


class SharedClaims:
    """These claims of one event, kept in order while it grows."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._in_order = KeptOrder[ClaimGroup]()
        self._keys: dict[ClaimGroup, Any] = {}

    def update_groups(self, changes: GroupChanges) -> None:
        """Take in what has changed. `changes`: which of all merged claims are others than the last time."""
        for group in changes.gone:
            if group in self._keys:
                self._in_order.remove(self._keys.pop(group), group)
        for group in changes.new:
            if group.origin_count > 1:
                self._keys[group] = _rank(group)
                self._in_order.add(self._keys[group], group)

    def list_best_reported(self) -> list[ClaimGroup]:
        """The first of them."""
        return self._in_order.values[:MOST_CLAIMS]


def _rank(group: ClaimGroup) -> tuple[object, ...]:
    """By origins, then by how far from the beginning of an article it stands: what is news stands at the top of one."""
    nearest_to_lead = min(report.prepared.start for report in group.reports)
    return -group.origin_count, nearest_to_lead, group.canonical.order
