"""Which merged claims of an event are other objects than in its last view."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.dedupe.merging.claims.grouping import ClaimGroup


@dataclass(frozen=True, slots=True)
class GroupChanges:
    """What is another object than before: a group of which anything has changed is both gone and new.

    Attributes:
        gone: Groups that were there, in their order.
        new: Groups that were not, in theirs.
    """

    gone: Sequence[ClaimGroup]
    new: Sequence[ClaimGroup]

    @classmethod
    def between(cls, previous_groups: Sequence[ClaimGroup], claim_groups: Sequence[ClaimGroup]) -> "GroupChanges":
        """Compare the groups of two views."""
        before, now = set(previous_groups), set(claim_groups)
        return cls(
            gone=[group for group in previous_groups if group not in now],
            new=[group for group in claim_groups if group not in before],
        )
