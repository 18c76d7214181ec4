"""Reports of an event: the claims of its articles, each with its origin and the source that it has in the event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.contracts.event import EventEntity
from services.dedupe.merging.bounds import MOST_CLAIMS, shares
from services.dedupe.merging.claims.open_dates import event_day
from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.claims.prepared_claim_cache import PreparedClaimCache, prepare_claims
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.members import Member
from services.dedupe.merging.sources.entities import entities
from services.dedupe.merging.sources.resolution import SourceResolver


@dataclass(frozen=True, slots=True)
class EventReports:
    """All reports of an event, whom its articles name, and how many claims are left out because there are too many."""

    reports: tuple[Report, ...]
    entities: tuple[EventEntity, ...]
    left_out: int


def event_reports(
    ordered: Sequence[Member],
    origin_of: Mapping[str, str],
    cache: PreparedClaimCache | None = None,
    most: int = MOST_CLAIMS,
) -> EventReports:
    """Build the reports of an event.

    Args:
        ordered: The event's articles in publication order.
        origin_of: Origin of each article's text, by the article's id.
        cache: Prepared articles; it saves time and changes nothing.
        most: Claims of the event at most.
    """
    counted = counted_members(ordered)
    prepared, left_out = _prepared_claims(ordered, counted, cache, most)
    names = [(member.article.article_id, name) for member in counted for name in member.embedded.extracted.names]
    named = entities(prepared, names)
    sources = SourceResolver(named, names, prepared)
    reports = []
    for claim in prepared:
        source = sources.resolve(claim)
        reports.append(Report(claim, origin_of[claim.article.article_id], source.name, source.side, source.chain))
    return EventReports(tuple(reports), named, left_out)


def counted_members(members: Sequence[Member]) -> list[Member]:
    """Members whose text counts: none that is withdrawn, and no stub beside what is more than a stub."""
    standing = [member for member in members if not member.withdrawn]
    return [member for member in standing if not member.is_stub] or standing


def _prepared_claims(
    ordered: Sequence[Member], counted: Sequence[Member], cache: PreparedClaimCache | None, most: int
) -> tuple[list[PreparedClaim], int]:
    """The claims of the articles that count, bounded by `shares`, and how many are left out."""
    day = event_day([member.article for member in ordered])
    prepare = prepare_claims if cache is None or len(ordered) == 1 else cache.prepare
    by_article = [prepare(member, day) for member in counted]
    counts = [len(claims) for claims in by_article]
    kept = shares(counts, most)
    claims = [claim for listed, share in zip(by_article, kept, strict=True) for claim in listed[:share]]
    return claims, sum(counts) - sum(kept)
