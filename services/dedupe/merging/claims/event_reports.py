"""Reports of an event: the claims of its articles, each with its origin and the source that it has in the event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from services.contracts.event import EventEntity
from services.dedupe.merging.claims.article_reports import build_article_reports
from services.dedupe.merging.claims.claim_memory import ClaimState
from services.dedupe.merging.claims.open_dates import find_median_publication_day
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.members import Member, select_counted_members
from services.dedupe.merging.sources.attributed import AttributedArticle


@dataclass(frozen=True, slots=True)
class SourcedEventClaims:
    """All reports of an event, whom its articles name, and how many claims are left out because there are too many.

    Attributes:
        by_article: The reports of each article that has any, by its id, in publication order; the very same object for
            an article of which nothing has changed.
        entities: People, organisations and places.
        left_out: Claims left out.
    """

    by_article: Mapping[str, Sequence[Report]]
    entities: tuple[EventEntity, ...]
    left_out: int

    def list_first_reports(self, count: int) -> list[Report]:
        """The first of them, so many."""
        return list(islice(chain.from_iterable(self.by_article.values()), count))


def build_event_reports(
    ordered_members: Sequence[Member], origin_ids: Mapping[str, str], memory: ClaimState | None = None
) -> SourcedEventClaims:
    """Build the reports of an event.

    Args:
        ordered_members: The event's articles in publication order, each once.
        origin_ids: Origin of each article's text, by the article's id.
        memory: What is known of its claims from the last time; it saves time and changes nothing.
    """
    memory = ClaimState() if memory is None else memory
    counted = select_counted_members(ordered_members)
    listed = memory.prepare_claims(counted, find_median_publication_day([member.article for member in ordered_members]))
    selected = memory.select_claims(listed)
    attributed = {
        member.article.article_id: AttributedArticle(member, claims)
        for member, claims in zip(counted, selected, strict=True)
    }
    memory.sources.update_articles(attributed)
    memory.reports = {
        article_id: build_article_reports(
            claims, origin_ids[article_id], memory.sources.list_sources(article_id), memory.reports.get(article_id)
        )
        for article_id, claims in zip(attributed, selected, strict=True)
    }
    by_article = {article_id: built.reports for article_id, built in memory.reports.items() if built.reports}
    left_out = sum(map(len, listed)) - sum(map(len, by_article.values()))
    return SourcedEventClaims(by_article, memory.sources.list_entities(), left_out)
