"""The claims of an event that several origins report, the best reported first."""

from typing import Any

from services.dedupe.kept_order import KeptOrder
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.group_changes import ChangedGroup, GroupChanges

MOST_CLAIMS = 32
"""Claims whose sentences are compared for a summary."""
_Rank = tuple[int, int, Any]


class SharedClaims:
    """These claims of one event, kept in order while it grows."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._in_order = KeptOrder[ClaimGroup]()
        self._keys: dict[ClaimGroup, _Rank] = {}

    def update_groups(self, changes: GroupChanges) -> None:
        """Take in what has changed. `changes`: which of all merged claims are others than the last time."""
        for changed in changes.by_claim:
            before = None if changed.previous is None else self._keys.pop(changed.previous, None)
            if changed.previous is not None and before is not None:
                self._in_order.remove(before, changed.previous)
            group = changed.group
            if group is not None and group.origin_count > 1:
                self._keys[group] = _rank(group, changed, before)
                self._in_order.add(self._keys[group], group)

    def list_best_reported(self) -> list[ClaimGroup]:
        """The first of them."""
        return self._in_order.values[:MOST_CLAIMS]


def _rank(group: ClaimGroup, changed: ChangedGroup, before: _Rank | None) -> _Rank:
    """By origins, then by how far from the beginning of an article it stands: what is news stands at the top of one."""
    is_known = before is not None and not changed.gone_reports
    starts = [report.prepared.start for report in (changed.new_reports if is_known else group.reports)]
    if before is not None and is_known:
        starts.append(before[1])
    return -group.origin_count, min(starts), group.canonical.order
