"""Which items of a feed are new. Pure.

An item is known when any of its keys is: outlets change ids when they change their software, and addresses when they
change a headline. A key that several items of one feed share says nothing of any of them.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.ingest.addresses.canonical_url import canonical_url
from services.ingest.feeds.feed import Item

MAX_CHANGED = 10
"""Items of a poll that are taken again because they changed: a feed may change all of its items each time."""
SEEN_TIMES_ITEMS = 3
MIN_SEEN = 1_000
"""At least so many keys of a feed are remembered, and always three times those of its items."""
KEYS_OF_ITEM = 2
_KEY_DIGITS = 16
_FINGERPRINT_DIGITS = 8


@dataclass(frozen=True)
class Seen:
    """What is remembered of an item under one of its keys."""

    fingerprint: str
    day: int
    """When it was last in the feed, in days since 1970."""


@dataclass(frozen=True)
class KeyedItem:
    """An item with the keys it is known by, and a fingerprint of what it says."""

    item: Item
    keys: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True)
class Choice:
    """What to do with the items of a feed."""

    new: tuple[KeyedItem, ...] = ()
    """Never seen; the oldest first."""
    changed: tuple[KeyedItem, ...] = ()
    """Seen, and they say something else now."""
    known: tuple[KeyedItem, ...] = ()
    """Seen, and the same; and those changed beyond the limit, as they were seen: they come with the next poll."""
    left_out: int = 0
    """Never seen, and more than are taken at a time."""
    too_old: tuple[KeyedItem, ...] = ()
    """Never seen, and older than the feed's entry wants."""

    @property
    def count_of_new(self) -> int:
        """How many were never seen."""
        return len(self.new) + self.left_out + len(self.too_old)


def keyed(items: Sequence[Item]) -> list[KeyedItem]:
    """The items of one feed with their keys. Two that share all keys are one: the first of them stays."""
    candidates = [_candidates(item) for item in items]
    often = Counter(key for keys in candidates for key in set(keys))
    by_keys: dict[tuple[str, ...], KeyedItem] = {}
    for item, keys in zip(items, candidates, strict=True):
        own = tuple(key for key in keys if often[key] == 1) or (_hash("text", _said(item)),)
        by_keys.setdefault(own, KeyedItem(item, own, _hash("print", _said(item))[:_FINGERPRINT_DIGITS]))
    return list(by_keys.values())


def choose(
    items: Sequence[KeyedItem],
    seen: Mapping[str, Seen],
    pending: AbstractSet[str],
    *,
    cap: int,
    at: datetime,
    newest_days: float | None = None,
) -> Choice:
    """Sort the items of a feed.

    Args:
        items: of `keyed`, in the feed's order.
        seen: what is remembered, by key.
        pending: keys of items whose pages are waited for.
        cap: most new items to take; the newest are.
        at: now.
        newest_days: see `FeedEntry`.
    """
    new: list[KeyedItem] = []
    changed: list[KeyedItem] = []
    known: list[KeyedItem] = []
    too_old: list[KeyedItem] = []
    for item in items:
        prints = [seen[key].fingerprint for key in item.keys if key in seen]
        if any(key in pending for key in item.keys):
            continue
        if not prints:
            (too_old if _is_older(item.item, at, newest_days) else new).append(item)
        elif item.fingerprint in prints:
            known.append(item)
        elif len(changed) >= MAX_CHANGED:
            known.append(replace(item, fingerprint=prints[0]))
        else:
            changed.append(item)
    # Feeds have the newest first where they have no times; a stable sort keeps that.
    newest_first = sorted(new, key=lambda item: -_time(item.item))
    taken = newest_first[:cap]
    return Choice(tuple(reversed(taken)), tuple(changed), tuple(known), len(new) - len(taken), tuple(too_old))


def remembered(items: Iterable[KeyedItem], day: int) -> dict[str, Seen]:
    """What to remember of these items, by key."""
    return {key: Seen(item.fingerprint, day) for item in items for key in item.keys}


def forgotten(seen: Mapping[str, Seen], current: Mapping[str, Seen], count_of_items: int) -> list[str]:
    """Keys to forget: of those that are not in the feed any more, the ones that left it first."""
    too_many = len(seen.keys() | current.keys()) - most_seen(count_of_items)
    if too_many <= 0:
        return []
    gone = sorted((known.day, key) for key, known in seen.items() if key not in current)
    return [key for _, key in gone[:too_many]]


def most_seen(count_of_items: int) -> int:
    """How many keys to remember of a feed with so many items: never so few that one still in it is forgotten."""
    return max(MIN_SEEN, SEEN_TIMES_ITEMS * KEYS_OF_ITEM * count_of_items)


def _candidates(item: Item) -> tuple[str, ...]:
    keys = []
    if item.guid:
        keys.append(_hash("guid", item.guid))
    if item.url:
        keys.append(_hash("url", canonical_url(item.url) or item.url))
    return tuple(keys)


def _said(item: Item) -> str:
    """What the item says, times aside: some feeds give every item the time of the fetch."""
    return "\x1f".join((item.title or "", item.summary or "", item.content_html or ""))


def _hash(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}\x1f{text}".encode()).hexdigest()[:_KEY_DIGITS]


def _time(item: Item) -> float:
    moment = item.published_at or item.updated_at
    return moment.at.timestamp() if moment else 0.0


def _is_older(item: Item, at: datetime, newest_days: float | None) -> bool:
    moment = item.published_at or item.updated_at
    return newest_days is not None and moment is not None and moment.at < at - timedelta(days=newest_days)
