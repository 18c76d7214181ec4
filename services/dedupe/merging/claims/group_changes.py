"""Which merged claims of an event are other objects than in its last view."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.same_objects import list_different_objects


@dataclass(frozen=True, slots=True)
class ChangedGroup:
    """A merged claim that is another object than before, or that is gone.

    Attributes:
        claim_id: Its id.
        previous: What it was; None: it was not there.
        group: What it is; None: it is gone.
        gone_reports: Reports that it had.
        new_reports: Reports that it had not, in their order.
    """

    claim_id: str
    previous: ClaimGroup | None
    group: ClaimGroup | None
    gone_reports: Sequence[Report]
    new_reports: Sequence[Report]


@dataclass(frozen=True)
class GroupChanges:
    """What is another object than before: a group of which anything has changed is both gone and new.

    Attributes:
        gone: Groups that were there, in publication order.
        new: Groups that were not, likewise.
    """

    gone: Sequence[ClaimGroup] = ()
    new: Sequence[ClaimGroup] = ()

    @cached_property
    def by_claim(self) -> Sequence[ChangedGroup]:
        """The same by claim: first those that are gone, then those that are there."""
        gone = {group.claim_id: group for group in self.gone}
        new = [_compare_groups(group.claim_id, gone.pop(group.claim_id, None), group) for group in self.new]
        return [*(_compare_groups(claim_id, group, None) for claim_id, group in gone.items()), *new]


def _compare_groups(claim_id: str, previous: ClaimGroup | None, group: ClaimGroup | None) -> ChangedGroup:
    before = () if previous is None else previous.reports
    now = () if group is None else group.reports
    gone_reports, new_reports = list_different_objects(before, now)
    return ChangedGroup(claim_id, previous, group, gone_reports, new_reports)
