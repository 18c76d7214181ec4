"""Compares two views of one event: what has another id in the later one, and which articles made it differ.

Nothing hangs on the order in which the earlier view lists its articles and claims, nor on more than the first report of
each origin of its claims: that is all that is kept of it (stored_view.py).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from services.contracts.changed import first_reports
from services.contracts.event import Event, EventArticle, EventStatus, Origin
from services.contracts.event_claims import Contradiction, Figure, MergedClaim
from services.dedupe.event_changes.changed_parts import ChangedParts, PartChanges
from services.dedupe.event_changes.event_parts import EventParts

_CLAIM_ID = attrgetter("claim_id")


@dataclass(frozen=True, slots=True)
class ViewComparison:
    """An earlier view and a later one.

    Attributes:
        parts: Articles, claims and origins that are other objects in the later view.
        event_parts: The parts of the later view, where they are kept.
        articles: Those of the earlier view among them, by id, with their origins as these are called now.
        claims: Likewise, by the ids that they have now.
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
    parts: ChangedParts
    event_parts: EventParts | None = None
    articles: Mapping[str, EventArticle] = field(default_factory=dict)
    claims: Mapping[str, MergedClaim] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    headline: str | None = None
    renamed_origins: Mapping[str, str] = field(default_factory=dict)
    renamed_claims: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, str | None] = field(default_factory=dict)
    moved: tuple[str, ...] = ()

    def map_current_claims(self) -> Mapping[str, MergedClaim]:
        """The claims of the later view by id."""
        if self.event_parts is not None:
            return self.event_parts.claims
        return {claim.claim_id: claim for claim in self.current_view.claims}

    def find_causing_article_id(self, article_ids: Collection[str]) -> str | None:
        """The last of these articles that moved, in the view's order; None: none of them did."""
        return next((one for one in reversed(self.moved) if one in article_ids), None)

    @property
    def only_changed_article_id(self) -> str | None:
        """The one article that moved; None if there is none, or more than one."""
        return self.moved[0] if len(self.moved) == 1 else None


def compare_views(
    previous_view: Event | None,
    current_view: Event,
    changed_parts: ChangedParts | None = None,
    event_parts: EventParts | None = None,
) -> ViewComparison:
    """Both side by side. What a merged event had is not its any more.

    Args:
        previous_view: The earlier one; None: there is none.
        current_view: The later one.
        changed_parts: What is another object in it, where somebody knows it already.
        event_parts: Its parts, where they are kept.
    """
    parts = ChangedParts.between(previous_view, current_view) if changed_parts is None else changed_parts
    if previous_view is None or previous_view.status is EventStatus.MERGED:
        return ViewComparison(
            current_view,
            parts,
            event_parts,
            moved=tuple(article.article_id for article in current_view.articles),
        )
    origins = _find_renamed_origins(parts.origins)
    claims, withdrawn = _find_renamed_claims(parts.claims, current_view.claims)
    articles = {
        article.article_id: _rename_origin(article, origins)
        for article in sorted(parts.articles.gone, key=lambda article: article.article_id)
    }
    return ViewComparison(
        current_view,
        parts,
        event_parts,
        articles=articles,
        claims={claims.get(claim.claim_id, claim.claim_id): claim for claim in parts.claims.gone},
        figures=previous_view.figures,
        contradictions=tuple(_rename_sides(each, claims) for each in previous_view.contradictions),
        headline=previous_view.headline,
        renamed_origins=origins,
        renamed_claims=claims,
        withdrawn=withdrawn,
        moved=tuple(_find_changed_article_ids(articles, parts.articles.new)),
    )


def _find_changed_article_ids(
    previous_articles: Mapping[str, EventArticle], new_articles: Sequence[EventArticle]
) -> Iterable[str]:
    now = {article.article_id: article for article in new_articles}
    for article_id, article in now.items():
        old = previous_articles.get(article_id)
        if old is None or (old.revision, old.status) != (article.revision, article.status):
            yield article_id
    yield from (article_id for article_id in previous_articles if article_id not in now)


def _find_renamed_origins(origins: PartChanges[Origin]) -> dict[str, str]:
    """An origin that is gone is another one that is new, if its first article that is still here, by id, is there."""
    known = {origin.origin_id for origin in origins.gone}
    kept = {origin.origin_id for origin in origins.new}
    gone = sorted((one for one in origins.gone if one.origin_id not in kept), key=lambda one: one.origin_id)
    if not gone:
        return {}
    now = {article_id: origin.origin_id for origin in origins.new for article_id in origin.article_ids}
    renamed: dict[str, str] = {}
    for origin in gone:
        target = next((now[one] for one in sorted(origin.article_ids) if one in now), None)
        if target is not None and target not in known and target not in renamed.values():
            renamed[origin.origin_id] = target
    return renamed


def _find_renamed_claims(
    claims: PartChanges[MergedClaim], current_claims: Sequence[MergedClaim]
) -> tuple[dict[str, str], dict[str, str | None]]:
    """What a claim that is gone is called now; and where those are that have become part of another, if anywhere."""
    kept = {claim.claim_id for claim in claims.new}
    new = kept - {claim.claim_id for claim in claims.gone}
    gone = sorted((one for one in claims.gone if one.claim_id not in kept), key=lambda one: one.claim_id)
    reports = {claim.claim_id: [one.claim_id for one in first_reports(claim).values()] for claim in gone}
    now = _find_claims_with_reports({one for ids in reports.values() for one in ids}, current_claims)
    renamed: dict[str, str] = {}
    withdrawn: dict[str, str | None] = {}
    taken: set[str] = set()
    for claim in gone:
        target = next((now[one] for one in reports[claim.claim_id] if one in now), None)
        if target is None or target not in new or target in taken:
            withdrawn[claim.claim_id] = target
        else:
            renamed[claim.claim_id] = target
            taken.add(target)
    return renamed, withdrawn


def _find_claims_with_reports(report_ids: set[str], claims: Sequence[MergedClaim]) -> dict[str, str]:
    """The first claim that each report is in, of those that are in any."""
    found: dict[str, str] = {}
    for claim in claims if report_ids else ():
        if not report_ids.isdisjoint(map(_CLAIM_ID, claim.supports)):
            for support in claim.supports:
                if support.claim_id in report_ids:
                    found.setdefault(support.claim_id, claim.claim_id)
    return found


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
