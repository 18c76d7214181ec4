"""Pairs of merged claims that say the opposite of each other, or give the same words to two speakers."""

from collections.abc import Sequence

import numpy as np

from services.contracts.event_claims import Contradiction, ContradictionKind
from services.dedupe.merging.claim_merging import ClaimGroup
from services.dedupe.merging.positions import position, source_name
from services.dedupe.merging.quotations import match
from services.dedupe.merging.reports import Report, same_source, similarities, speakers_conflict

ABOUT_THE_SAME = 0.6
"""Cosine from which two claims are about one thing at all."""
SAME_WORDS = 0.6
"""Share of the shorter claim's content words in the longer."""
FEWEST_CONTENT = 4
SAME_QUOTATION = 0.9
FEWEST_QUOTED = 8


def opposed(groups: Sequence[ClaimGroup]) -> list[Contradiction]:
    """Contradictions between two merged claims each, by first report."""
    if not groups:
        return []
    claims = [group.canonical for group in groups]
    cosines = similarities(claims)
    found = []
    for one, other in zip(*np.nonzero(np.triu(cosines >= ABOUT_THE_SAME, 1)), strict=True):
        pair = groups[one], groups[other]
        if _denied(claims[one], claims[other]):
            told = f"{source_name(claims[one])} and {source_name(claims[other])} say the opposite of each other"
            found.append(_contradiction(ContradictionKind.POLARITY, pair, told))
        elif _two_speakers(claims[one], claims[other]):
            told = f"The same words are given to {source_name(claims[one])} and to {source_name(claims[other])}"
            found.append(_contradiction(ContradictionKind.ATTRIBUTION, pair, told))
    return found


def _denied(one: Report, other: Report) -> bool:
    """Nearly the same words, once affirmed and once denied, by different sources."""
    if one.denies == other.denies or same_source(one, other) or one.article.article_id == other.article.article_id:
        return False
    shorter, longer = sorted((one.content, other.content), key=lambda words: (len(words), sorted(words)))
    return len(shorter) >= FEWEST_CONTENT and len(shorter & longer) >= SAME_WORDS * len(shorter)


def _two_speakers(one: Report, other: Report) -> bool:
    """One quotation, two persons."""
    if min(len(one.said), len(other.said)) < FEWEST_QUOTED:
        return False
    shorter, longer = sorted((one.stems, other.stems), key=lambda stems: (len(stems), stems))
    return match(shorter, longer).shared >= SAME_QUOTATION * len(shorter) and speakers_conflict(
        one.claim.speaker, other.claim.speaker
    )


def _contradiction(kind: ContradictionKind, pair: tuple[ClaimGroup, ClaimGroup], explanation: str) -> Contradiction:
    positions = tuple(
        position(
            group.claim_id,
            _says(kind, group.canonical),
            group.reports,
            {id(one): one.claim.span for one in group.reports},
        )
        for group in pair
    )
    return Contradiction(
        kind=kind,
        sides=tuple(sorted(group.claim_id for group in pair)),
        positions=positions,
        explanation=f"{explanation}.",
    )


def _says(kind: ContradictionKind, report: Report) -> str:
    if kind is ContradictionKind.ATTRIBUTION:
        return source_name(report)
    return "says that it is not so" if report.denies else "says that it is so"
