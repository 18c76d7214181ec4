"""Claims of one event that cannot all hold: few but right. Stricter than what keeps claims from merging."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from services.contracts.claim import SpeakerKind
from services.contracts.event_claims import Contradiction, ContradictionKind, FigureVerdict
from services.dedupe.merging.claim_merging import ClaimGroup
from services.dedupe.merging.figures import Counted, Mention, label, relation
from services.dedupe.merging.quotations import match
from services.dedupe.merging.reports import Report, same_source, similarities, speakers_conflict

ABOUT_THE_SAME = 0.6
"""Cosine from which two claims are about one thing at all."""
SAME_WORDS = 0.6
"""Share of the shorter claim's content words in the longer."""
FEWEST_CONTENT = 4
SAME_QUOTATION = 0.9
FEWEST_QUOTED = 8


def contradictions(groups: Sequence[ClaimGroup], figures: dict[Counted, list[Mention]]) -> tuple[Contradiction, ...]:
    """All contradictions, by kind, figures first."""
    return (*_figures(figures), *_between_claims(groups))


def _figures(figures: dict[Counted, list[Mention]]) -> list[Contradiction]:
    """One for each counted thing with values that exclude each other."""
    found = []
    for counted in sorted(figures, key=lambda one: one.order):
        listed = figures[counted]
        clashing = [
            pair
            for pair in combinations(listed, 2)
            if pair[0].group.claim_id != pair[1].group.claim_id and relation(*pair) is FigureVerdict.CONFLICTING
        ]
        if clashing:
            sides = {one.group.claim_id for pair in clashing for one in pair}
            values = {one.quantity.value: one for pair in reversed(clashing) for one in reversed(pair)}
            told = " against ".join(_told(values[value]) for value in sorted(values))
            found.append(_contradiction(ContradictionKind.FIGURE, sides, f"{label(counted, listed)}: {told}"))
    return found


def _between_claims(groups: Sequence[ClaimGroup]) -> list[Contradiction]:
    if not groups:
        return []
    claims = [group.canonical for group in groups]
    cosines = similarities(claims)
    found = []
    for one, other in zip(*np.nonzero(np.triu(cosines >= ABOUT_THE_SAME, 1)), strict=True):
        sides = {groups[one].claim_id, groups[other].claim_id}
        if _denied(claims[one], claims[other]):
            told = f"{_source(claims[one])} and {_source(claims[other])} say the opposite of each other"
            found.append(_contradiction(ContradictionKind.POLARITY, sides, told))
        elif _two_speakers(claims[one], claims[other]):
            told = f"the same words are given to {_source(claims[one])} and to {_source(claims[other])}"
            found.append(_contradiction(ContradictionKind.ATTRIBUTION, sides, told))
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


def _contradiction(kind: ContradictionKind, sides: set[str], explanation: str) -> Contradiction:
    return Contradiction(kind=kind, sides=tuple(sorted(sides)), explanation=explanation)


def _told(mention: Mention) -> str:
    return f"{mention.quantity.surface} ({_source(mention.report)})"


def _source(report: Report) -> str:
    speaker = report.claim.speaker
    if speaker is not None:
        return speaker.canonical if speaker.kind is not SpeakerKind.UNNAMED else speaker.surface
    publisher = report.article.publisher
    return publisher.name or publisher.domain or "an article without a publisher"
