"""One change of an event's membership: the value of `event.placed.v1`, internal to dedupe."""

from pydantic import Field

from services.contracts.base import Contract, UtcDatetime
from services.contracts.claim import ExtractedArticle
from services.contracts.event import EventStatus, LineageEntry, Membership


class PlacedArticle(Contract):
    """An article that joined an event, or a new revision of one that is in it: all that merging its claims needs."""

    extracted: ExtractedArticle
    """The article with its claims."""
    model: str
    """Name and hash of the embedding model."""
    lead_vector: str
    """Of title and opening: base64 of little-endian float16, L2-normalised."""
    membership: Membership
    """Why it is in the event."""


class EventPlaced(Contract):
    """What one placement did to one event. The versions of an event follow each other without a gap."""

    event_id: str
    """The event. Also the key."""
    shard: str
    """Which ordered writer placed it."""
    version: int = Field(ge=1)
    """Counts the event's changes; a reader drops a version that it has."""
    status: EventStatus = EventStatus.OPEN
    """Where the event is in its life."""
    merged_into: str | None = None
    """Id of the event that took it up; null unless `status` is `merged`."""
    founder_id: str
    """The article that the event's id comes from."""
    updated_at: UtcDatetime
    """Publication time of the article that changed it; its arrival, if it is undated or dated after that."""
    lineage: tuple[LineageEntry, ...] = ()
    """Merges, splits and moves, oldest first."""
    joined: tuple[PlacedArticle, ...] = ()
    """Articles that came in, and new revisions of members."""
    left: tuple[str, ...] = ()
    """Ids of articles that went to another event."""
    members: int = Field(ge=0)
    """How many articles are in the event once this version is complete."""
    complete: bool = True
    """Whether this is the last message of its version: what joins in a merge can be too much for one."""
