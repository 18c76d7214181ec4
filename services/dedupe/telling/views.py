"""Two views of one event side by side: what has another name in the later one, and which articles made it differ.

Nothing hangs on the order in which the earlier view lists its articles and claims, nor on more than the first report of
each origin of its claims: that is all that is kept of it (kept.py).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.contracts.changed import first_reports
from services.contracts.event import Event, EventArticle, EventStatus, Origin
from services.contracts.event_claims import Contradiction, Figure, MergedClaim


@dataclass(frozen=True, slots=True)
class Views:
    """An earlier view and a later one.

    Attributes:
        articles: Of the earlier view, by id, with their origins as these are called now.
        claims: Of the earlier view, by the ids that they have now.
        figures: Rows of the earlier view.
        contradictions: Of the earlier view, by the ids that claims have now.
        headline: Of the earlier view; None: there was none.
        after: The later view.
        renamed_origins: From the id in the earlier view to that in the later one.
        renamed_claims: Likewise.
        withdrawn: Claims of the earlier view that are gone, each with the claim that its first report is in now.
        moved: Articles that joined or are listed otherwise, in the later view's order, then those that left.
    """

    after: Event
    articles: Mapping[str, EventArticle] = field(default_factory=dict)
    claims: Mapping[str, MergedClaim] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    headline: str | None = None
    renamed_origins: Mapping[str, str] = field(default_factory=dict)
    renamed_claims: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, str | None] = field(default_factory=dict)
    moved: tuple[str, ...] = ()

    def cause(self, article_ids: Collection[str]) -> str | None:
        """The last of these articles that moved, in the view's order; None: none of them did."""
        return next((one for one in reversed(self.moved) if one in article_ids), None)

    @property
    def only_cause(self) -> str | None:
        """The one article that moved; None if there is none, or more than one."""
        return self.moved[0] if len(self.moved) == 1 else None


def compare(before: Event | None, after: Event) -> Views:
    """Both side by side. What a merged event had is not its any more."""
    if before is None or before.status is EventStatus.MERGED:
        return Views(after, moved=tuple(article.article_id for article in after.articles))
    origins = _renamed_origins(before.origins, after.origins)
    claims, withdrawn = _renamed_claims(before.claims, after.claims)
    articles = {
        article.article_id: _with_origin(article, origins)
        for article in sorted(before.articles, key=lambda article: article.article_id)
    }
    return Views(
        after,
        articles=articles,
        claims={claims.get(claim.claim_id, claim.claim_id): claim for claim in before.claims},
        figures=before.figures,
        contradictions=tuple(_with_claims(each, claims) for each in before.contradictions),
        headline=before.headline,
        renamed_origins=origins,
        renamed_claims=claims,
        withdrawn=withdrawn,
        moved=tuple(_moved(articles, after.articles)),
    )


def _moved(before: Mapping[str, EventArticle], after: Sequence[EventArticle]) -> Iterable[str]:
    now = {article.article_id: article for article in after}
    for article_id, article in now.items():
        old = before.get(article_id)
        if old is None or (old is not article and (old.revision, old.status) != (article.revision, article.status)):
            yield article_id
    yield from (article_id for article_id in before if article_id not in now)


def _renamed_origins(before: Sequence[Origin], after: Sequence[Origin]) -> dict[str, str]:
    """An origin that is gone is another one that is new, if its first article that is still here, by id, is there."""
    known = {origin.origin_id for origin in before}
    kept = {origin.origin_id for origin in after}
    gone = sorted((one for one in before if one.origin_id not in kept), key=lambda one: one.origin_id)
    if not gone:
        return {}
    now = {article_id: origin.origin_id for origin in after for article_id in origin.article_ids}
    renamed: dict[str, str] = {}
    for origin in gone:
        target = next((now[one] for one in sorted(origin.article_ids) if one in now), None)
        if target is not None and target not in known and target not in renamed.values():
            renamed[origin.origin_id] = target
    return renamed


def _renamed_claims(
    before: Sequence[MergedClaim], after: Sequence[MergedClaim]
) -> tuple[dict[str, str], dict[str, str | None]]:
    """What a claim that is gone is called now; and where those are that have become part of another, if anywhere."""
    known = {claim.claim_id for claim in before}
    kept = {claim.claim_id for claim in after}
    gone = sorted((one for one in before if one.claim_id not in kept), key=lambda one: one.claim_id)
    renamed: dict[str, str] = {}
    withdrawn: dict[str, str | None] = {}
    now: dict[str, str] = {}
    if gone:
        for claim in after:
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


def _with_origin(article: EventArticle, renamed: Mapping[str, str]) -> EventArticle:
    if article.origin_id not in renamed:
        return article
    return article.model_copy(update={"origin_id": renamed[article.origin_id]})


def _with_claims(contradiction: Contradiction, renamed: Mapping[str, str]) -> Contradiction:
    if renamed.keys().isdisjoint(contradiction.sides):
        return contradiction
    positions = tuple(
        one.model_copy(update={"claim_id": renamed.get(one.claim_id, one.claim_id)}) for one in contradiction.positions
    )
    sides = tuple(renamed.get(side, side) for side in contradiction.sides)
    return contradiction.model_copy(update={"sides": sides, "positions": positions})
