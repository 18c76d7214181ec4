"""What is remembered of a feed between polls. Pure."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from services.contracts.base import UtcDatetime
from services.ingest.feeds.outcomes import FeedOutcome
from services.ingest.feeds.registry import FeedEntry
from services.ingest.feeds.websub.hub_links import HubLinks
from services.ingest.fetching.fetched import Outcome, Validators

DEAD_WEIGHT = 5.0
"""Weight of failures in a row from which a feed is reported as dead: five hard ones, or twenty that pass."""


class FeedStatus(StrEnum):
    """How a feed stands, for people."""

    NEW = "new"
    """Not polled yet."""
    OK = "ok"
    """The last poll went well."""
    FAILING = "failing"
    """The last poll failed."""
    DEAD = "dead"
    """It has failed for long. It is tried once a day."""
    STOPPED = "stopped"
    """The server said that it is gone for good (410). It is not tried again until it was paused and resumed."""
    PAUSED = "paused"
    """Its entry says so."""


class Cursor(BaseModel):
    """What to compare with at the next fetch of one address."""

    model_config = ConfigDict(frozen=True)

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    """Of the body that was read last, for servers that give neither of the others."""

    @property
    def validators(self) -> Validators:
        """As fetching wants them."""
        return Validators(self.etag, self.last_modified)


class FeedState(BaseModel):
    """One feed between polls."""

    model_config = ConfigDict(frozen=True)

    url: str
    """The address in the file."""
    moved_to: str | None = None
    """Where a permanent redirect led; asked instead."""
    cursor: Cursor = Cursor()
    sitemaps: dict[str, Cursor] = Field(default_factory=dict)
    """Of an index: the cursors of its sitemaps."""
    interval_seconds: float | None = None
    had_news: bool = False
    """Whether a poll after the first found something new."""
    due_at: UtcDatetime | None = None
    """When it is to be polled again; None: not."""
    leave_until: UtcDatetime | None = None
    """The server asked not to be asked sooner: no push changes that."""
    hub_url: str | None = None
    """The WebSub hub that the feed named last."""
    topic_url: str | None = None
    """By which the hub knows the feed."""
    is_stopped: bool = False
    weight: float = 0.0
    """Of the failures since the last success."""
    polls: int = 0
    unchanged_polls: int = 0
    """Of these, how many cost a 304 or no reading."""
    outcome: Outcome | FeedOutcome | None = None
    """Of the last poll."""
    reason: str | None = None
    """What went wrong in it, in one line."""
    problems: tuple[str, ...] = ()
    """Of the feed as it was last read."""
    title: str | None = None
    kind: str | None = None
    items: int = 0
    """In the feed as it was last read."""
    new_items: int = 0
    """In the last poll."""
    published_items: int = 0
    """Since ever."""
    pending_items: int = 0
    """Whose pages are to be tried again."""
    given_up_items: int = 0
    """Since ever: whose pages never came, or hold no article."""
    polled_at: UtcDatetime | None = None
    succeeded_at: UtcDatetime | None = None
    new_item_at: UtcDatetime | None = None
    """When a poll last found something new."""

    @property
    def hub_links(self) -> HubLinks | None:
        """Where to subscribe to the feed, if it has a hub."""
        return HubLinks(self.hub_url, self.topic_url) if self.hub_url and self.topic_url else None

    @property
    def address(self) -> str:
        """Where to ask."""
        return self.moved_to or self.url

    @property
    def status(self) -> FeedStatus:
        """How it stands, its entry aside."""
        if self.is_stopped:
            return FeedStatus.STOPPED
        if self.polls == 0:
            return FeedStatus.NEW
        if self.weight >= DEAD_WEIGHT:
            return FeedStatus.DEAD
        return FeedStatus.FAILING if self.weight else FeedStatus.OK


def status_of(entry: FeedEntry, state: FeedState | None) -> FeedStatus:
    """How a feed stands, with what its entry says."""
    if entry.paused:
        return FeedStatus.PAUSED
    return state.status if state is not None else FeedStatus.NEW
