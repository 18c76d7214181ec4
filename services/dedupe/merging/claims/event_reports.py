"""Reports of an event: the claims of its articles, each with its origin and the source that it has in the event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.contracts.event import EventEntity
from services.dedupe.merging.claims.claim_memory import ClaimMemory
from services.dedupe.merging.claims.open_dates import find_event_day
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.members import Member
from services.dedupe.merging.sources.entities import link_entities
from services.dedupe.merging.sources.resolution import SourceResolver


@dataclass(frozen=True, slots=True)
class EventReports:
    """All reports of an event, whom its articles name, and how many claims are left out because there are too many."""

    reports: tuple[Report, ...]
    entities: tuple[EventEntity, ...]
    left_out: int


def build_event_reports(
    ordered_members: Sequence[Member], origin_ids: Mapping[str, str], memory: ClaimMemory | None = None
) -> EventReports:
    """Build the reports of an event.

    Args:
        ordered_members: The event's articles in publication order.
        origin_ids: Origin of each article's text, by the article's id.
        memory: What is known of its claims from the last time; it saves time and changes nothing.
    """
    memory = ClaimMemory() if memory is None else memory
    counted = select_counted_members(ordered_members)
    listed = memory.prepare_claims(counted, find_event_day([member.article for member in ordered_members]))
    prepared = [claim for claims in memory.select_claims(listed) for claim in claims]
    names = [(member.article.article_id, name) for member in counted for name in member.embedded.extracted.names]
    named = link_entities(prepared, names)
    sources = SourceResolver(named, names, prepared, memory.near_countries)
    reports = []
    for claim in prepared:
        source = sources.resolve_source(claim)
        report = Report(claim, origin_ids[claim.article.article_id], source.name, source.side, source.chain)
        before = memory.reports.get(report.key)
        # The very same object where nothing changed: claims that are the same objects are not grouped anew.
        reports.append(before if before is not None and _is_unchanged_report(report, before) else report)
    memory.reports = {report.key: report for report in reports}
    return EventReports(tuple(reports), named, sum(map(len, listed)) - len(reports))


def _is_unchanged_report(report: Report, previous_report: Report) -> bool:
    return previous_report.prepared is report.prepared and (
        previous_report.origin_id,
        previous_report.source,
        previous_report.side,
        previous_report.chain,
    ) == (
        report.origin_id,
        report.source,
        report.side,
        report.chain,
    )


def select_counted_members(members: Sequence[Member]) -> list[Member]:
    """Members whose text counts: none that is withdrawn, and no stub beside what is more than a stub."""
    standing = [member for member in members if not member.is_withdrawn]
    return [member for member in standing if not member.is_stub] or standing
