"""The order in which claims of single origins are listed: the articles take turns. Pure."""

from collections.abc import Sequence
from itertools import chain, zip_longest

from services.api.pages.claim_views import ClaimView


def in_turn(claims: Sequence[ClaimView]) -> tuple[ClaimView, ...]:
    """One claim of each article, then the second of each, and so on: articles as they are numbered, unlisted ones last.

    Args:
        claims: In the order that those of one article keep.
    """
    by_article: dict[int | None, list[ClaimView]] = {}
    for claim in claims:
        by_article.setdefault(claim.reports[0].number if claim.reports else None, []).append(claim)
    ordered = sorted(by_article, key=lambda number: (number is None, number))
    rounds = zip_longest(*(by_article[number] for number in ordered))
    return tuple(claim for claim in chain.from_iterable(rounds) if claim is not None)
