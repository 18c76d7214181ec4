"""The claims of an event's articles, with the origin and the source that each has in the event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.contracts.event import EventEntity
from services.dedupe.merging.bounds import MOST_CLAIMS, shares
from services.dedupe.merging.dates import event_day
from services.dedupe.merging.members import Member
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
    ordered: Sequence[Member], origin_of: Mapping[str, str], kept: Preparations | None = None, most: int = MOST_CLAIMS
) -> EventReports:
    """Read the claims of an event.

    Args:
        ordered: The articles in publication order.
        origin_of: Origin of each article's text, by the article's id.
        kept: Prepared articles, which spare time and change nothing.
        most: Claims of the event at most.
    """
    counting = telling(ordered)
    plain, left_out = _plain_reports(ordered, kept, most)
    names = [(member.article.article_id, name) for member in counting for name in member.embedded.extracted.names]
    named = entities(plain, names)
    sources = Sources(named, names, plain)
    reports = tuple(sources.told(one, origin_of[one.article.article_id]) for one in plain)
    return EventReports(reports, named, left_out)


def telling(members: Sequence[Member]) -> list[Member]:
    """Members whose text counts: nothing withdrawn, and no stubs beside what is more than a stub."""
    standing = [member for member in members if not member.withdrawn]
    return [member for member in standing if not member.is_stub] or standing


def _plain_reports(ordered: Sequence[Member], kept: Preparations | None, most: int) -> tuple[list[Report], int]:
    """The claims of all articles that count, without origins and sources, and how many are left out."""
    day = event_day([member.article for member in ordered])
    prepare = prepared if kept is None or len(ordered) == 1 else kept.reports
    brought = [prepare(member, day) for member in telling(ordered)]
    counts = [len(reports) for reports in brought]
    kept_of_each = shares(counts, most)
    reports = [one for reports, share in zip(brought, kept_of_each, strict=True) for one in reports[:share]]
    return reports, sum(counts) - sum(kept_of_each)
