"""Somebody who reads `event.placed.v1`: what such a reader may rely on, and where that leads."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from services.contracts.event import EventStatus
from services.contracts.placed import EventPlaced, PlacedArticle


@dataclass
class FollowedEvent:
    """One event as its messages tell it."""

    last: EventPlaced
    articles: dict[str, PlacedArticle]


@dataclass
class Follower:
    """Keeps the events up to date, and fails where a message does not follow from those before it."""

    events: dict[str, FollowedEvent] = field(default_factory=dict)
    happened: Counter[str] = field(default_factory=Counter)
    """Statuses, kinds of changes, and messages that were cut into parts."""
    _parts: dict[str, list[EventPlaced]] = field(default_factory=dict)

    def read(self, messages: Iterable[EventPlaced]) -> None:
        """Take messages in, in the order of their publication."""
        for message in messages:
            parts = self._parts.setdefault(message.event_id, [])
            parts.append(message)
            assert {part.version for part in parts} == {message.version}
            self.happened["part"] += not message.complete
            if message.complete:
                self._take(self._parts.pop(message.event_id))

    def _take(self, parts: list[EventPlaced]) -> None:
        last = parts[-1]
        before = self.events.get(last.event_id)
        assert last.version == (1 if before is None else before.last.version + 1), "a version is missing"
        assert before is None or before.last.status is EventStatus.OPEN, "nothing happens to an event that has ended"
        articles = {} if before is None else dict(before.articles)
        joined = [one for part in parts for one in part.joined]
        left = [one for part in parts for one in part.left]
        ids = [one.extracted.article.article_id for one in joined]
        assert (ids, left) == (sorted(set(ids)), sorted(set(left)))
        assert set(left) <= articles.keys()
        for article_id in left:
            del articles[article_id]
        articles |= zip(ids, joined, strict=True)
        assert last.members == len(articles)
        assert not articles or last.founder_id in articles
        assert (last.status is EventStatus.MERGED) == (last.merged_into is not None) == (not articles)
        assert last.status is not EventStatus.CLOSED or not joined + left
        new = last.lineage[0 if before is None else len(before.last.lineage) :]
        self.happened.update(entry.kind for entry in new)
        self.happened[last.status] += 1
        self.events[last.event_id] = FollowedEvent(last, articles)

    def event_of(self) -> dict[str, str]:
        """The event of each article; fails if one is in two, or a message is not complete."""
        assert not self._parts
        found = [(article_id, event_id) for event_id, event in self.events.items() for article_id in event.articles]
        assert len(dict(found)) == len(found)
        return dict(found)
