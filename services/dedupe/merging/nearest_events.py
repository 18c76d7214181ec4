"""The nearest other event in the view of an event: never one that has been merged into it."""

from collections.abc import Iterable

from services.contracts.event import EventStatus, Membership, NearestEvent
from services.dedupe.clustering.records import EventRecord
from services.dedupe.clustering.repair import Change


def own_events(record: EventRecord) -> frozenset[str]:
    """Return the event and those that were merged into it."""
    if record.status is EventStatus.MERGED:
        return frozenset((record.event_id,))
    taken_up = (entry.event_id for entry in record.lineage if entry.kind == Change.MERGE)
    return frozenset((record.event_id, *taken_up))


def without_own_events(membership: Membership, own: frozenset[str]) -> Membership:
    """Return a membership without a nearest event that is of `own`: one event needs no reason to be two."""
    if membership.nearest is None or membership.nearest.event_id not in own:
        return membership
    return membership.model_copy(update={"nearest": None})


def nearest_of(memberships: Iterable[Membership]) -> NearestEvent | None:
    """Return the nearest of all, by the most probable pair or the affinity; ties are broken by event and article."""
    nearest = [membership.nearest for membership in memberships if membership.nearest is not None]
    return min(nearest, key=lambda one: (-_nearness(one), one.event_id, one.article_id or ""), default=None)


def _nearness(nearest: NearestEvent) -> float:
    return max(nearest.pair_probability or 0.0, nearest.affinity)
