"""What of a big event stands on its page; the rest is counted, and linked to. Pure."""

from collections.abc import Sequence

from services.api.pages.claim_shares import in_turns, newest_first
from services.api.pages.claim_views import reading_order
from services.api.pages.name_views import has_several_forms
from services.api.pages.plots.ends import both_ends
from services.contracts.event import Event, EventArticle
from services.contracts.event_claims import Contradiction, Figure, FigureVerdict, MergedClaim

MOST_ARTICLES = 16
MOST_CLAIMS = 40
MOST_CLAIMS_OF_SMALL = 60
"""Claims of a small event: each with few reports."""
MOST_CLAIM_LINES = 62
"""Claims of a big event and their reports together: few claims with many reports fill a page."""
MOST_DISAGREEMENTS = 4
MOST_SIDES = 5
MOST_FIGURES = 5
"""Rows of figures for which more than one value is given."""
MOST_SINGLE_FIGURES = 40
MOST_VALUES = 6
MOST_REPORTS = 4
"""Reports, and wordings, of one claim of a big event; of a small one all are shown."""
SMALL_EVENT = 10
"""Articles up to which an event is small."""
MOST_NAMES = 10
MOST_MOMENTS = 15
_LATEST = 6
"""Articles that came last, of those that are shown."""
_ORDER = (FigureVerdict.CONFLICTING, FigureVerdict.SUPERSEDED, FigureVerdict.COMPATIBLE, FigureVerdict.AGREE)


def shown_part(event: Event) -> Event:
    """The event as far as its page shows it; `omitted` counts what the snapshot and the page leave out together."""
    contradictions = tuple(map(_fewer_sides, event.contradictions[:MOST_DISAGREEMENTS]))
    figures = _figures(event.figures)
    articles = _articles(event)
    claims = _claims(
        event.claims,
        {side for contradiction in contradictions for side in contradiction.sides},
        newest_first([article.article_id for article in event.articles], [article.article_id for article in articles]),
        small=event.counts.articles <= SMALL_EVENT,
    )
    named = [entity for entity in event.entities if has_several_forms(entity)][:MOST_NAMES]
    omitted = event.omitted
    return event.model_copy(
        update={
            "articles": articles,
            "claims": claims,
            "contradictions": contradictions,
            "figures": figures,
            "entities": tuple(named),
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


def _fewer_sides(contradiction: Contradiction) -> Contradiction:
    if len(contradiction.sides) <= MOST_SIDES:
        return contradiction
    positions = contradiction.positions[:MOST_SIDES]
    sides = tuple(dict.fromkeys(one.claim_id for one in positions)) or contradiction.sides[:MOST_SIDES]
    return contradiction.model_copy(update={"sides": sides, "positions": positions})


def _claims(
    claims: Sequence[MergedClaim], named: set[str], article_ids: Sequence[str], *, small: bool
) -> tuple[MergedClaim, ...]:
    """Those that disagreements name, those of several origins as a reader meets them, then of each article its share.

    Args:
        claims: Of the event.
        named: Ids of those that disagreements name.
        article_ids: The articles in the order in which they take turns.
        small: Whether the event is small.
    """
    most_reports = SMALL_EVENT if small else MOST_REPORTS
    several = sorted((claim for claim in claims if claim.origins > 1), key=reading_order)
    single = in_turns([claim for claim in claims if claim.origins == 1], article_ids)
    ordered = sorted((*several, *single), key=lambda claim: claim.claim_id not in named)
    most_claims = MOST_CLAIMS_OF_SMALL if small else MOST_CLAIMS
    shown: set[str] = set()
    lines = 0
    for claim in ordered:
        lines += 1 + min(len(claim.supports), most_reports)
        if claim.claim_id not in named and (len(shown) >= most_claims or (lines > MOST_CLAIM_LINES and not small)):
            break
        shown.add(claim.claim_id)
    return tuple(_fewer_reports(claim, most_reports) for claim in claims if claim.claim_id in shown)


def _fewer_reports(claim: MergedClaim, most: int) -> MergedClaim:
    if len(claim.supports) <= most and len(claim.variants) <= most:
        return claim
    # The first report of each origin before reprints: how many report it independently is what a reader looks for.
    firsts = {support.origin_id: position for position, support in reversed(list(enumerate(claim.supports)))}
    positions = dict.fromkeys((*sorted(firsts.values()), *range(len(claim.supports))))
    kept = sorted(list(positions)[:most])
    return claim.model_copy(
        update={
            "supports": tuple(claim.supports[position] for position in kept),
            "variants": claim.variants[:most],
        }
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
