"""The claims of an event's articles, with the origin and the source that each has in the event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.contracts.event import EventEntity
from services.dedupe.clustering.members import Member
from services.dedupe.merging.bounds import MOST_CLAIMS
from services.dedupe.merging.brought import Brought
from services.dedupe.merging.dates import event_day
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.names import entities
from services.dedupe.merging.preparing import Preparations, prepared
from services.dedupe.merging.reports import Report
from services.dedupe.merging.sources import Sources


@dataclass(frozen=True, slots=True)
class EventReports:
    """The claims of all articles that count, whom they name, and how many claims are left out."""

    reports: tuple[Report, ...]
    entities: tuple[EventEntity, ...]
    left_out: int


def event_reports(
    ordered: Sequence[Member],
    origin_of: Mapping[str, str],
    kept: Preparations | None = None,
    most: int = MOST_CLAIMS,
    memory: EventMemory | None = None,
) -> EventReports:
    """Read the claims of an event.

    Args:
        ordered: The articles in publication order.
        origin_of: Origin of each article's text, by the article's id.
        kept: Prepared articles, which spare time and change nothing.
        most: See `bounds.most_new`.
        memory: What is known of the event, which spares more time and changes nothing.
    """
    counting = telling(ordered)
    plain, left_out = _plain_reports(ordered, kept, most, memory)
    names = [(member.article.article_id, name) for member in counting for name in member.embedded.extracted.names]
    named = entities(plain, names)
    sources = Sources(named, names, plain, None if memory is None else memory.within(most).near)
    before = {} if memory is None else memory.within(most).told
    reports = tuple(sources.told(one, origin_of[one.article.article_id], before.get(one.key)) for one in plain)
    if memory is not None:
        memory.within(most).told = {one.key: one for one in reports}
    return EventReports(reports, named, left_out)


def telling(members: Sequence[Member]) -> list[Member]:
    """Members whose text counts: nothing withdrawn, and no stubs beside what is more than a stub."""
    standing = [member for member in members if not member.withdrawn]
    return [member for member in standing if not member.is_stub] or standing


def _plain_reports(
    ordered: Sequence[Member], kept: Preparations | None, most: int, memory: EventMemory | None
) -> tuple[list[Report], int]:
    """The claims of all articles that count, without origins and sources, and how many are left out."""
    day = event_day([member.article for member in ordered])
    counting = telling(ordered)
    if memory is not None and len(ordered) > 1:
        listed = memory.reports(counting, day)
        chosen = memory.within(most).brought.of(listed)
    else:
        prepare = prepared if kept is None or len(ordered) == 1 else kept.reports
        listed = [prepare(member, day) for member in counting]
        chosen = Brought(most).of(listed)
    reports = [one for of_article in chosen for one in of_article]
    return reports, sum(map(len, listed)) - len(reports)
