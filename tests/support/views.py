"""The views of the events that a shard has in memory."""

from services.contracts.event import Event
from services.dedupe.clustering.shard import Shard
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.members import Member, MemberFeatures


def view_of(shard: Shard, event_id: str) -> Event:
    """The view of one event. Raises KeyError if it is not in memory."""
    members = [
        Member(event_id, one.embedded, one.membership, MemberFeatures.from_embedded(one.embedded))
        for one in shard.members(event_id)
    ]
    return build_event(shard.event_record(event_id), members)
