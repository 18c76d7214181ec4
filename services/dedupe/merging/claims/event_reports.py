"""Reports of an event: the claims of its articles, each with its origin and the source that it has in the event."""

from collections.abc import Mapping, Sequence

from services.dedupe.merging.claims.claim_memory import ClaimState
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.event_members import EventMembers
from services.dedupe.merging.members import Member


def build_event_reports(members: Sequence[Member], origin_ids: Mapping[str, str]) -> dict[str, Sequence[Report]]:
    """Build the reports of an event from nothing; return those of each article that has any, in publication order.

    Args:
        members: The event's articles, each once.
        origin_ids: Origin of each article's text, by the article's id.
    """
    kept, claims = EventMembers(), ClaimState()
    kept.update_members(members)
    claims.update_articles(kept.counted, kept.median_day, origin_ids, (), 0)
    ids = (member.article.article_id for member in kept.counted)
    return {article_id: claims.reports[article_id] for article_id in ids if article_id in claims.reports}
