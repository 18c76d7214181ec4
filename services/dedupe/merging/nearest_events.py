"""The nearest other event in the view of an event: never one that has been merged into it."""

from collections.abc import Iterable

from services.contracts.event import EventStatus, Membership, NearestEvent
from services.dedupe.clustering.records import EventRecord
from services.dedupe.clustering.repair import RepairKind


def find_own_event_ids(event_record: EventRecord) -> frozenset[str]:
    """Return the event and those that were merged into it."""
    if event_record.status is EventStatus.MERGED:
        return frozenset((event_record.event_id,))
    taken_up = (entry.event_id for entry in event_record.lineage if entry.kind == RepairKind.MERGE)
    return frozenset((event_record.event_id, *taken_up))


def remove_own_nearest_event(membership: Membership, own_event_ids: frozenset[str]) -> Membership:
    """Return a membership without a nearest event that is of `own_event_ids`: one event needs no reason to be two."""
    if membership.nearest is None or membership.nearest.event_id not in own_event_ids:
        return membership
    return membership.model_copy(update={"nearest": None})


def choose_nearest_event(memberships: Iterable[Membership]) -> NearestEvent | None:
    """Return the nearest of all, by the most probable pair or the affinity; ties are broken by event and article."""
    nearest = [membership.nearest for membership in memberships if membership.nearest is not None]
    return min(nearest, key=lambda one: (-_nearness_score(one), one.event_id, one.article_id or ""), default=None)


def _nearness_score(nearest_event: NearestEvent) -> float:
    return max(nearest_event.pair_probability or 0.0, nearest_event.affinity)
