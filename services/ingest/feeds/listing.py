"""How all feeds stand, for operators: rows of JSON and a page. The page has no script and nothing unescaped."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from services.contracts.base import UtcDatetime
from services.ingest.feeds.feeds_file import FeedsFile
from services.ingest.feeds.registry import FeedContent, FeedEntry
from services.ingest.feeds.state import FeedState, FeedStatus, status_of
from services.ingest.feeds.store import FeedStore
from services.ingest.feeds.websub.store import SubscriptionStore
from services.ingest.feeds.websub.subscription import Subscription, SubscriptionStatus

NO_FEEDS = "No feeds are polled here: NEWSWEAVE_FEEDS_FILE names no file, or the service is starting."
NO_SUBSCRIPTIONS: Mapping[str, Subscription] = MappingProxyType({})
_WORST_FIRST = (
    FeedStatus.DEAD,
    FeedStatus.STOPPED,
    FeedStatus.FAILING,
    FeedStatus.NEW,
    FeedStatus.OK,
    FeedStatus.PAUSED,
)


class ListedFeed(BaseModel):
    """One feed of the file, and what came of it."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    url: str
    """Address in the file."""
    publisher: str | None
    """Name in the file."""
    status: FeedStatus
    """How it stands."""
    outcome: str | None
    """Of the last poll; null before the first."""
    reason: str | None
    """What went wrong in it."""
    problems: tuple[str, ...]
    """Of the feed as it was last read."""
    title: str | None
    """As the feed gives it."""
    kind: str | None
    """Its format."""
    content: FeedContent
    """Whether its items carry their text."""
    moved_to: str | None
    """Where a permanent redirect led: asked there. Correct the file."""
    failure_weight: float
    """Of the failures since the last success; from 5 on it is dead."""
    interval_seconds: float | None
    """Its rhythm."""
    polls: int
    """Since ever."""
    unchanged_polls: int
    """Of these, how many found it unchanged."""
    items: int
    """In the feed as it was last read."""
    new_items: int
    """In the last poll."""
    published_items: int
    """Since ever."""
    pending_items: int
    """Whose pages are to be tried again."""
    given_up_items: int
    """Since ever: whose pages never came, or hold no article."""
    polled_at: UtcDatetime | None
    """The last poll."""
    succeeded_at: UtcDatetime | None
    """The last poll that went well."""
    new_item_at: UtcDatetime | None
    """The last poll that found something new."""
    due_at: UtcDatetime | None
    """The next poll; null: not for now."""
    hub_url: str | None = None
    """The WebSub hub that it names."""
    subscription: SubscriptionStatus | None = None
    """How our subscription there stands; null: there is none."""
    subscription_reason: str | None = None
    """What went wrong with it."""
    lease_ends_at: UtcDatetime | None = None
    """When it ends unless it is renewed; null: the hub has not verified it."""
    pushed_at: UtcDatetime | None = None
    """When the hub pushed last."""


class FeedList(BaseModel):
    """All feeds of the file."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    file: str
    """The file."""
    problem: str | None
    """What is wrong with the file as it stands: then the feeds are those of the last good one."""
    feeds: tuple[ListedFeed, ...]
    """Those that need somebody first, then by address."""


class FeedListing:
    """Lists feeds with what is remembered of them."""

    def __init__(self, file: FeedsFile, store: FeedStore, subscriptions: SubscriptionStore | None = None) -> None:
        self._file = file
        self._store = store
        self._subscriptions = subscriptions

    async def read(self) -> FeedList:
        """All feeds as they stand now. Raises TransientError when the store does not answer."""
        entries = dict(self._file.feeds)
        states = await self._store.states(entries)
        subscriptions = await self._subscriptions.subscriptions(list(entries)) if self._subscriptions else {}
        listed = list_feeds(list(entries.values()), states, subscriptions)
        return FeedList(file=str(self._file.path), problem=self._file.problem, feeds=tuple(listed))


def list_feeds(
    entries: Sequence[FeedEntry],
    states: Mapping[str, FeedState],
    subscriptions: Mapping[str, Subscription] = NO_SUBSCRIPTIONS,
) -> list[ListedFeed]:
    """The rows, those that need somebody first."""
    listed = [_listed(entry, states.get(entry.id), subscriptions.get(entry.id)) for entry in entries]
    return sorted(listed, key=lambda feed: (_WORST_FIRST.index(feed.status), feed.url))


def _listed(entry: FeedEntry, known: FeedState | None, subscription: Subscription | None) -> ListedFeed:
    state = known or FeedState(url=entry.url)
    status = status_of(entry, known)
    same = {name: getattr(state, name) for name in ListedFeed.model_fields if name in FeedState.model_fields}
    return ListedFeed(
        **same
        | {
            "url": entry.url,
            "publisher": entry.publisher,
            "content": entry.content,
            "status": status,
            "failure_weight": state.weight,
            "due_at": None if status in {FeedStatus.PAUSED, FeedStatus.STOPPED} else state.due_at,
        }
        | _subscribed(subscription)
    )


def _subscribed(subscription: Subscription | None) -> dict[str, object]:
    if subscription is None:
        return {}
    return {
        "subscription": subscription.status,
        "subscription_reason": subscription.reason,
        "lease_ends_at": subscription.lease_ends_at,
        "pushed_at": subscription.pushed_at,
    }


_HEAD = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Feeds</title>"
    '<meta name=viewport content="width=device-width">'
    "</head><body><h1>Feeds</h1>"
)
_COLUMNS = (
    "status",
    "outcome",
    "feed",
    "polled",
    "next",
    "items",
    "new",
    "published",
    "waiting",
    "given up",
    "hub",
    "what is wrong",
)


def page(feeds: FeedList) -> str:
    """The list as an HTML page."""
    if not feeds.file:
        return f"{_HEAD}<p>{NO_FEEDS}</p></body></html>"
    counts = Counter(feed.status for feed in feeds.feeds)
    said = ", ".join(f"{counts[status]} {status}" for status in _WORST_FIRST if counts[status]) or "none"
    file = escape(feeds.file)
    problem = escape(feeds.problem or "")
    warning = f"<p><strong>{file} cannot be used:</strong></p><pre>{problem}</pre>" if problem else ""
    head = "".join(f"<th scope=col>{column}</th>" for column in _COLUMNS)
    rows = "".join(map(_row, feeds.feeds))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"{_HEAD}{warning}<p>{len(feeds.feeds)} in {file}: {said}.</p>{table}</body></html>"


def _row(feed: ListedFeed) -> str:
    wrong = [feed.reason or "", f"moved to {feed.moved_to}" if feed.moved_to else "", *feed.problems]
    wrong += [f"hub: {feed.subscription_reason}"] if feed.subscription_reason else []
    name = feed.title or feed.publisher
    cells = (
        feed.status,
        feed.outcome or "",
        f"{name}: {feed.url}" if name else feed.url,
        _time(feed.polled_at),
        _time(feed.due_at),
        feed.items,
        feed.new_items,
        feed.published_items,
        feed.pending_items,
        feed.given_up_items,
        feed.subscription or "",
        "; ".join(filter(None, wrong)),
    )
    return "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"


def _time(moment: UtcDatetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S") if moment else ""
