"""What of a big event stands on its page; the rest is counted, and linked to. Pure."""

from collections.abc import Sequence
from typing import TypeVar

from services.api.pages.claim_views import reading_order
from services.contracts.event import Event, EventArticle
from services.contracts.event_claims import Contradiction, Figure, FigureVerdict, MergedClaim

T = TypeVar("T")

MOST_ARTICLES = 30
MOST_CLAIMS = 50
MOST_DISAGREEMENTS = 12
MOST_SIDES = 5
MOST_FIGURES = 15
"""Rows of figures for which more than one value is given."""
MOST_SINGLE_FIGURES = 30
MOST_VALUES = 8
MOST_REPORTS = 6
"""Reports, and wordings, of one claim."""
MOST_NAMES = 20
MOST_MOMENTS = 40
_LATEST = 10
"""Articles that came last, of those that are shown."""
_ORDER = (FigureVerdict.CONFLICTING, FigureVerdict.SUPERSEDED, FigureVerdict.COMPATIBLE, FigureVerdict.AGREE)


def shown_part(event: Event) -> Event:
    """The event as far as its page shows it; `omitted` counts what the snapshot and the page leave out together."""
    contradictions = tuple(map(_fewer_sides, event.contradictions[:MOST_DISAGREEMENTS]))
    claims = _claims(event.claims, {side for one in contradictions for side in one.sides})
    figures = _figures(event.figures)
    articles = _articles(event)
    spelt = [one for one in event.entities if len(one.variants) > 1][:MOST_NAMES]
    omitted = event.omitted
    return event.model_copy(
        update={
            "articles": articles,
            "claims": claims,
            "contradictions": contradictions,
            "figures": figures,
            "entities": tuple(spelt),
            "timeline": both_ends(event.timeline, MOST_MOMENTS),
            "omitted": omitted.model_copy(
                update={
                    "articles": omitted.articles + len(event.articles) - len(articles),
                    "claims": omitted.claims + len(event.claims) - len(claims),
                    "contradictions": omitted.contradictions + len(event.contradictions) - len(contradictions),
                    "figures": omitted.figures + len(event.figures) - len(figures),
                }
            ),
        }
    )


def both_ends(listed: Sequence[T], most: int) -> tuple[T, ...]:
    """As many as may be shown: the first and the last of them."""
    if len(listed) <= most:
        return tuple(listed)
    return (*listed[: most // 2], *listed[len(listed) - most + most // 2 :])


def _fewer_sides(contradiction: Contradiction) -> Contradiction:
    if len(contradiction.sides) <= MOST_SIDES:
        return contradiction
    positions = contradiction.positions[:MOST_SIDES]
    sides = tuple(dict.fromkeys(one.claim_id for one in positions)) or contradiction.sides[:MOST_SIDES]
    return contradiction.model_copy(update={"sides": sides, "positions": positions})


def _claims(claims: Sequence[MergedClaim], named: set[str]) -> tuple[MergedClaim, ...]:
    """Those that disagreements name, and the first of the others as a reader meets them."""
    ordered = sorted(claims, key=lambda claim: (claim.claim_id not in named, *reading_order(claim)))
    shown = {claim.claim_id for claim in ordered[: max(MOST_CLAIMS, len(named))]}
    return tuple(_fewer_reports(claim) for claim in claims if claim.claim_id in shown)


def _fewer_reports(claim: MergedClaim) -> MergedClaim:
    if len(claim.supports) <= MOST_REPORTS and len(claim.variants) <= MOST_REPORTS:
        return claim
    return claim.model_copy(
        update={"supports": claim.supports[:MOST_REPORTS], "variants": claim.variants[:MOST_REPORTS]}
    )


def _figures(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    rank = {verdict: place for place, verdict in enumerate(_ORDER)}
    ordered = sorted(range(len(figures)), key=lambda at: (rank.get(figures[at].verdict, len(rank)), at))
    several = [at for at in ordered if len(figures[at].values) > 1][:MOST_FIGURES]
    single = [at for at in ordered if len(figures[at].values) == 1][:MOST_SINGLE_FIGURES]
    return tuple(
        figures[at].model_copy(update={"values": both_ends(figures[at].values, MOST_VALUES)})
        for at in sorted((*several, *single))
    )


def _articles(event: Event) -> tuple[EventArticle, ...]:
    """Those that the summary is from, the first ones and the last ones."""
    if len(event.articles) <= MOST_ARTICLES:
        return event.articles
    ids = [one.article_id for one in event.articles]
    firsts = (*(sentence.article_id for sentence in event.summary), *ids[-_LATEST:], *ids)
    shown = set(list(dict.fromkeys(firsts))[:MOST_ARTICLES])
    return tuple(one for one in event.articles if one.article_id in shown)
