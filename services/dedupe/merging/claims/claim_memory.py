"""What is known of an event's claims from the last time that its view was built. It saves time and changes no byte."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from services.dedupe.merging.claims.article_reports import ArticleClaims, build_article_reports
from services.dedupe.merging.claims.grouping import ClaimGroups
from services.dedupe.merging.claims.limited_claims import ClaimLimiter
from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.claims.prepared_claim_cache import PreparedClaimCache, prepare_claims
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.members import Member
from services.dedupe.merging.size_limits import MOST_CLAIMS
from services.dedupe.merging.sources.attributed import AttributedArticle
from services.dedupe.merging.sources.resolution import EventSources
from services.dedupe.merging.vector_pool import VectorPool


class ClaimState:
    """One event's claims, prepared and grouped.

    Attributes:
        groups: The groups of claims.
        sources: The names and sources of its articles.
        reports: The reports of each article that has any, by its id.
        left_out: Claims left out because there are too many.
    """

    def __init__(self, most_claims: int = MOST_CLAIMS, vectors: VectorPool | None = None) -> None:
        """Set up, empty.

        Args:
            most_claims: See `size_limits.max_new_claims`.
            vectors: Of the event; None: the groups keep their own.
        """
        self.groups = ClaimGroups(vectors=vectors)
        self.sources = EventSources()
        self.reports: dict[str, Sequence[Report]] = {}
        self.left_out = 0
        self._prepared = PreparedClaimCache()
        self._limiter = ClaimLimiter(most_claims)
        self._article_ids: list[str] = []
        self._listed: list[Sequence[PreparedClaim]] = []
        """All claims of each article."""
        self._selected: dict[str, Sequence[PreparedClaim]] = {}
        """Those of them that the article adds."""
        self._built: dict[str, ArticleClaims] = {}

    def update_articles(
        self,
        counted: Sequence[Member],
        event_day: date | None,
        origin_ids: Mapping[str, str],
        changed_origins: Collection[str],
        first_changed: int,
    ) -> dict[str, Sequence[Report]]:
        """Take the articles whose text counts; return the reports of those that have others than before.

        Args:
            counted: The articles in publication order, each once.
            event_day: Day of the event, which completes open dates; None: unknown.
            origin_ids: Origin of each article's text, by the article's id.
            changed_origins: Ids of articles whose origin may be another than before.
            first_changed: The articles before this place are as they were.
        """
        changed, gone = self._select_claims(counted, event_day, first_changed)
        touched = self.sources.update_articles(changed, gone)
        touched |= {article_id for article_id in changed_origins if article_id in self._selected}
        reports: dict[str, Sequence[Report]] = {}
        for article_id in gone:
            self._replace_reports(article_id, None, reports)
        for article_id in sorted(touched | changed.keys()):
            built = build_article_reports(
                self._selected[article_id],
                origin_ids[article_id],
                self.sources.list_sources(article_id),
                self._built.get(article_id),
            )
            self._replace_reports(article_id, built, reports)
        return reports

    def _select_claims(
        self, counted: Sequence[Member], event_day: date | None, first_changed: int
    ) -> tuple[dict[str, AttributedArticle], set[str]]:
        """Prepare and select claims; return the articles that may have others than before, and ids of those gone."""
        if self._prepared.set_event_day(event_day) or len(self._listed) == 1:
            first_changed = 0
        others = counted[first_changed:]
        before = set(self._article_ids[first_changed:])
        self.left_out -= sum(map(len, self._listed[first_changed:]))
        self._article_ids[first_changed:] = [member.article.article_id for member in others]
        gone = before.difference(self._article_ids[first_changed:])
        self._prepared.forget_articles(gone)
        for article_id in gone:
            del self._selected[article_id]
        only = len(counted) == 1  # as most events: its claims are prepared once
        self._listed[first_changed:] = [
            prepare_claims(member, event_day) if only else self._prepared.get_claims(member) for member in others
        ]
        self.left_out += sum(map(len, self._listed[first_changed:]))
        selected = self._limiter.select_claims(self._listed, first_changed)
        changed = {
            article_id: AttributedArticle(member, claims)
            for article_id, member, claims in zip(self._article_ids[first_changed:], others, selected, strict=True)
        }
        self._selected |= zip(changed, selected, strict=True)
        return changed, gone

    def _replace_reports(
        self, article_id: str, built: ArticleClaims | None, changed_reports: dict[str, Sequence[Report]]
    ) -> None:
        """Take the reports of an article, None if it is gone; add them to those that have changed if they have."""
        before = self._built.pop(article_id, None)
        if built is not None:
            self._built[article_id] = built
        if built is before:
            return
        now = () if built is None else built.reports
        self.left_out += len(() if before is None else before.reports) - len(now)
        if now:
            self.reports[article_id] = now
        else:
            self.reports.pop(article_id, None)
        changed_reports[article_id] = now
