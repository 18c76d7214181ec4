"""Compares two views of one event: what has another id in the later one, and which articles made it differ.

Nothing hangs on the order in which the earlier view lists its articles and claims, nor on more than the first report of
each origin of its claims: that is all that is kept of it (stored_view.py).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.contracts.changed import first_reports
from services.contracts.event import Event, EventArticle, EventStatus, Origin
from services.contracts.event_claims import Contradiction, Figure, MergedClaim


@dataclass(frozen=True, slots=True)
class ViewComparison:
    """An earlier view and a later one.

    Attributes:
        articles: Of the earlier view, by id, with their origins as these are called now.
        claims: Of the earlier view, by the ids that they have now.
        figures: Rows of the earlier view.
        contradictions: Of the earlier view, by the ids that claims have now.
        headline: Of the earlier view; None: there was none.
        current_view: The later view.
        renamed_origins: From the id in the earlier view to that in the later one.
        renamed_claims: Likewise.
        withdrawn: Claims of the earlier view that are gone, each with the claim that its first report is in now.
        moved: Articles that joined or are listed otherwise, in the later view's order, then those that left.
    """

    current_view: Event
    articles: Mapping[str, EventArticle] = field(default_factory=dict)
    claims: Mapping[str, MergedClaim] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    headline: str | None = None
    renamed_origins: Mapping[str, str] = field(default_factory=dict)
    renamed_claims: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, str | None] = field(default_factory=dict)
    moved: tuple[str, ...] = ()

    def find_causing_article_id(self, article_ids: Collection[str]) -> str | None:
        """The last of these articles that moved, in the view's order; None: none of them did."""
        return next((one for one in reversed(self.moved) if one in article_ids), None)

    @property
    def only_changed_article_id(self) -> str | None:
        """The one article that moved; None if there is none, or more than one."""
        return self.moved[0] if len(self.moved) == 1 else None


def compare_views(previous_view: Event | None, current_view: Event) -> ViewComparison:
    """Both side by side. What a merged event had is not its any more."""
    if previous_view is None or previous_view.status is EventStatus.MERGED:
        return ViewComparison(current_view, moved=tuple(article.article_id for article in current_view.articles))
    origins = _find_renamed_origins(previous_view.origins, current_view.origins)
    claims, withdrawn = _find_renamed_claims(previous_view.claims, current_view.claims)
    articles = {
        article.article_id: _rename_origin(article, origins)
        for article in sorted(previous_view.articles, key=lambda article: article.article_id)
    }
    return ViewComparison(
        current_view,
        articles=articles,
        claims={claims.get(claim.claim_id, claim.claim_id): claim for claim in previous_view.claims},
        figures=previous_view.figures,
        contradictions=tuple(_rename_sides(each, claims) for each in previous_view.contradictions),
        headline=previous_view.headline,
        renamed_origins=origins,
        renamed_claims=claims,
        withdrawn=withdrawn,
        moved=tuple(_find_changed_article_ids(articles, current_view.articles)),
    )


def _find_changed_article_ids(
    previous_articles: Mapping[str, EventArticle], current_articles: Sequence[EventArticle]
) -> Iterable[str]:
    now = {article.article_id: article for article in current_articles}
    for article_id, article in now.items():
        old = previous_articles.get(article_id)
        if old is None or (old is not article and (old.revision, old.status) != (article.revision, article.status)):
            yield article_id
    yield from (article_id for article_id in previous_articles if article_id not in now)


def _find_renamed_origins(previous_origins: Sequence[Origin], current_origins: Sequence[Origin]) -> dict[str, str]:
    """An origin that is gone is another one that is new, if its first article that is still here, by id, is there."""
    known = {origin.origin_id for origin in previous_origins}
    kept = {origin.origin_id for origin in current_origins}
    gone = sorted((one for one in previous_origins if one.origin_id not in kept), key=lambda one: one.origin_id)
    if not gone:
        return {}
    now = {article_id: origin.origin_id for origin in current_origins for article_id in origin.article_ids}
    renamed: dict[str, str] = {}
    for origin in gone:
        target = next((now[one] for one in sorted(origin.article_ids) if one in now), None)
        if target is not None and target not in known and target not in renamed.values():
            renamed[origin.origin_id] = target
    return renamed


def _find_renamed_claims(
    previous_claims: Sequence[MergedClaim], current_claims: Sequence[MergedClaim]
) -> tuple[dict[str, str], dict[str, str | None]]:
    """What a claim that is gone is called now; and where those are that have become part of another, if anywhere."""
    known = {claim.claim_id for claim in previous_claims}
    kept = {claim.claim_id for claim in current_claims}
    gone = sorted((one for one in previous_claims if one.claim_id not in kept), key=lambda one: one.claim_id)
    renamed: dict[str, str] = {}
    withdrawn: dict[str, str | None] = {}
    now: dict[str, str] = {}
    if gone:
        for claim in current_claims:
            for support in claim.supports:
                now.setdefault(support.claim_id, claim.claim_id)
    taken: set[str] = set()
    for claim in gone:
        reports = first_reports(claim).values()
        target = next((now[one.claim_id] for one in reports if one.claim_id in now), None)
        if target is None or target in known or target in taken:
            withdrawn[claim.claim_id] = target
        else:
            renamed[claim.claim_id] = target
            taken.add(target)
    return renamed, withdrawn


def _rename_origin(article: EventArticle, renamed_origins: Mapping[str, str]) -> EventArticle:
    if article.origin_id not in renamed_origins:
        return article
    return article.model_copy(update={"origin_id": renamed_origins[article.origin_id]})


def _rename_sides(contradiction: Contradiction, renamed_claims: Mapping[str, str]) -> Contradiction:
    if renamed_claims.keys().isdisjoint(contradiction.sides):
        return contradiction
    positions = tuple(
        one.model_copy(update={"claim_id": renamed_claims.get(one.claim_id, one.claim_id)})
        for one in contradiction.positions
    )
    sides = tuple(renamed_claims.get(side, side) for side in contradiction.sides)
    return contradiction.model_copy(update={"sides": sides, "positions": positions})
