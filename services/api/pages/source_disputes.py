"""Whether reports differ, or agree that their sources do: an accusation and its denial in one article. Pure."""

from collections.abc import Mapping
from itertools import combinations

from services.contracts.event_claims import Contradiction, ContradictionKind, MergedClaim

AFFIRMS = frozenset(("confirms", "says so"))


def is_between_sources(contradiction: Contradiction, claims: Mapping[str, MergedClaim]) -> bool:
    """Whether only sources contradict each other: of any two sides, one is only in articles that report the other too.

    An outlet that has the accusation alone then leaves the denial out; it does not contradict who reports both.

    Args:
        contradiction: Of the event.
        claims: Its claims by id, with all reports that are known.
    """
    articles: dict[str, set[str]] = {}
    sources: dict[str, set[str]] = {}
    for position in contradiction.positions:
        claim = claims.get(position.claim_id)
        if claim is not None:
            says = "" if position.says in AFFIRMS else position.says.casefold()
            articles.setdefault(says, set()).update(support.article_id for support in claim.supports)
            sources.setdefault(says, set()).add((position.source or "").casefold())
    return (
        contradiction.kind is ContradictionKind.POLARITY
        and len(articles) > 1
        and all(
            _are_nested(articles[one], articles[other]) and "" not in sources[one] | sources[other]
            for one, other in combinations(articles, 2)
        )
    )


def _are_nested(article_ids: set[str], other_article_ids: set[str]) -> bool:
    return article_ids <= other_article_ids or other_article_ids <= article_ids
