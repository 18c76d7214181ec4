"""The claims that one origin alone makes, under the articles that make them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.claim_shares import speakers_together
from services.api.pages.claim_views import ClaimView, is_left_open
from services.contracts.event_claims import MergedClaim, Support

_FIRST_ONES = 12
"""Claims that all articles together show unfolded, though each shows one."""
_FEWEST_FOLDED = 2
"""One claim more is not worth a fold."""


@dataclass(frozen=True)
class ArticleClaims:
    """The claims of one article."""

    outlet: str
    number: int | None
    """The article's number on the page; None: it is not listed."""
    opinion: bool
    """Whether it is an opinion piece."""
    published: str | None
    claims: tuple[ClaimView, ...]
    """The first ones."""
    folded: tuple[ClaimView, ...]
    """Those that a reader asks for."""


def claims_by_article(
    claims: Sequence[MergedClaim], views: Mapping[str, ClaimView], index: ArticleIndex, times: phrases.Times
) -> tuple[ArticleClaims, ...]:
    """The claims of single origins on the page: the newest listed article first, then unlisted ones; claims by speaker.

    What a source leaves open comes last.

    Args:
        claims: Of the event as far as the page has them.
        views: Those on the page by id.
        index: Names the articles.
        times: Tells the event's times.
    """
    own: dict[str, list[MergedClaim]] = {}
    for claim in claims:
        if claim.origins == 1 and claim.claim_id in views:
            own.setdefault(claim.supports[0].article_id, []).append(claim)
    ordered = [article_id for article_id in index if article_id in own][::-1]
    ordered += [article_id for article_id in own if article_id not in index]
    unfolded = max(1, _FIRST_ONES // max(1, len(ordered)))
    return tuple(
        _of_article(
            own[article_id][0].supports[0],
            [views[claim.claim_id] for claim in sorted(speakers_together(own[article_id]), key=is_left_open)],
            unfolded,
            index,
            times,
        )
        for article_id in ordered
    )


def _of_article(
    support: Support, views: Sequence[ClaimView], unfolded: int, index: ArticleIndex, times: phrases.Times
) -> ArticleClaims:
    cut = unfolded if len(views) >= unfolded + _FEWEST_FOLDED else len(views)
    return ArticleClaims(
        outlet=index.outlet(support.article_id, support.publisher),
        number=index.number(support.article_id),
        opinion=index.is_opinion(support.article_id),
        published=times(support.published_at),
        claims=tuple(views[:cut]),
        folded=tuple(views[cut:]),
    )
