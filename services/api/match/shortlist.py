"""Which events are worth comparing with a text: those of the articles nearest to it in meaning and time. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from services.api.match.vectors import Neighbour

NEIGHBOURS = 200
"""Articles that are looked at: .995 of held-out articles have one of their own event among them (quality.md)."""
MOST_EVENTS = 30
"""Of these, by whose words rarity is measured."""
COMPARED_EVENTS = 12
"""Of these, that are compared as a whole."""
MOST_ARTICLES = 6
"""Of one event that are compared, the nearest first."""
_COSINE_A_DAY = 0.04
"""What a day between two publications costs, in cosine: reports of one event are mostly a day apart at most."""
_MOST_DAYS = 6.0
_UNDATED_DAYS = 1.5


@dataclass(frozen=True)
class Candidate:
    """An event near a text, with its nearest articles, the nearest first."""

    event_id: str
    articles: tuple[Neighbour, ...]

    @property
    def cosine(self) -> float:
        """Of the nearest article."""
        return self.articles[0].cosine


def shortlist(neighbours: Iterable[Neighbour], day: int | None, without: Collection[str] = ()) -> list[Candidate]:
    """At most `MOST_EVENTS`, the nearest in meaning and time first.

    Args:
        neighbours: Articles near the text, the nearest first.
        day: Of the text's publication, from 1970-01-01; None: not known.
        without: Ids of articles that do not count.
    """
    counted = [each for each in neighbours if each.article_id not in without]
    by_event: dict[str, list[Neighbour]] = {}
    for neighbour in counted:
        by_event.setdefault(neighbour.event_id, []).append(neighbour)
    ranked = sorted(by_event, key=lambda event_id: (-_nearness(by_event[event_id], day), event_id))
    return [Candidate(event_id, tuple(by_event[event_id][:MOST_ARTICLES])) for event_id in islice(ranked, MOST_EVENTS)]


def days_between(one: int | None, other: int | None) -> int | None:
    """None: not known."""
    return None if one is None or other is None else abs(one - other)


def _nearness(articles: Sequence[Neighbour], day: int | None) -> float:
    return max(each.cosine - _COSINE_A_DAY * _days(each.day, day) for each in articles)


def _days(one: int | None, other: int | None) -> float:
    days = days_between(one, other)
    return _UNDATED_DAYS if days is None else min(days, _MOST_DAYS)
