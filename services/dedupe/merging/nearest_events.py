"""The nearest other event, as the view of an event tells it: none that has become this one."""

from collections.abc import Iterable

from services.contracts.event import EventStatus, Membership, NearestEvent
from services.dedupe.clustering.records import EventRecord
from services.dedupe.clustering.repair import Change


def own_events(record: EventRecord) -> frozenset[str]:
    """The event, and those that it took up."""
    if record.status is EventStatus.MERGED:
        return frozenset((record.event_id,))
    taken_up = (entry.event_id for entry in record.lineage if entry.kind == Change.MERGE)
    return frozenset((record.event_id, *taken_up))


def told_membership(membership: Membership, own: frozenset[str]) -> Membership:
    """A membership without a nearest event that is of `own`: what is one event now needs no reason to be two."""
    if membership.nearest is None or membership.nearest.event_id not in own:
        return membership
    return membership.model_copy(update={"nearest": None})


def nearest_of(memberships: Iterable[Membership]) -> NearestEvent | None:
    """The nearest of all: by the pair that is most probable, or the affinity; ties by event and article."""
    found = [one.nearest for one in memberships if one.nearest is not None]
    return min(found, key=lambda one: (-_nearness(one), one.event_id, one.article_id or ""), default=None)


def _nearness(nearest: NearestEvent) -> float:
    return max(nearest.pair_probability or 0.0, nearest.affinity)
