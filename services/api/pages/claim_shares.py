"""Which claims of single origins a page has: each article its share, those nearest to its lead first. Pure."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, zip_longest

from services.contracts.claim import AssertionForm, ClaimKind
from services.contracts.event_claims import MergedClaim

_LEAD = 800
"""Characters of an article in which an outlet's own words say what has happened; further down they fill in."""


def in_turns(claims: Sequence[MergedClaim], article_ids: Sequence[str]) -> Iterator[MergedClaim]:
    """The first claim of each article, then the second of each, and so on; each claim once.

    Args:
        claims: Any, each of the article that reports it first.
        article_ids: Whose turn comes first; others follow in the order of their claims.
    """
    own: dict[str, list[MergedClaim]] = {article_id: [] for article_id in article_ids}
    for claim in sorted(claims, key=_nearness):
        own.setdefault(claim.supports[0].article_id, []).append(claim)
    rounds = chain.from_iterable(zip_longest(*own.values()))
    return (claim for claim in rounds if claim is not None)


def speakers_together(claims: Sequence[MergedClaim]) -> list[MergedClaim]:
    """Claims of one article as it has them, but those of one speaker under each other."""
    ordered = sorted(claims, key=_nearness)
    firsts: dict[str, int] = {}
    for place, claim in enumerate(ordered):
        firsts.setdefault(_speaker(claim), place)
    return sorted(ordered, key=lambda claim: firsts[_speaker(claim)])


def newest_first(article_ids: Sequence[str], listed: Collection[str]) -> list[str]:
    """Articles in the order in which they take turns: those that the page lists, then others, the newest first.

    Args:
        article_ids: In order of publication.
        listed: Those that the page lists.
    """
    newest = article_ids[::-1]
    return [one for one in newest if one in listed] + [one for one in newest if one not in listed]


def _nearness(claim: MergedClaim) -> tuple[bool, int, str]:
    start = claim.supports[0].span.start
    is_filler = claim.form is AssertionForm.NARRATED and claim.kind is not ClaimKind.FIGURE and start > _LEAD
    return is_filler, start, claim.claim_id


def _speaker(claim: MergedClaim) -> str:
    return claim.speaker.canonical.casefold() if claim.speaker is not None else claim.claim_id
