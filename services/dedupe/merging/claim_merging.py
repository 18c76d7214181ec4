"""Same proposition? Groups the claims of one event: words and vectors propose, slots decide.

Similarity alone merges contradictions ("12,000 troops", "3,000 troops" are closer than most paraphrases), so
figures, polarity, kind and speaker are vetoes, and a group forms only where no pair in it is vetoed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.contracts.claim import ClaimKind, Quantity
from services.contracts.event_claims import MergedClaim, Support
from services.dedupe.merging.reports import (
    Report,
    containment,
    is_negative,
    numbers,
    similarities,
    speakers_conflict,
)

FEWEST_SAID = 4
"""Words of a quotation that can show it is the same; shorter fragments occur by chance."""
QUOTE_CONTAINED = 0.75
"""Share of the shorter quotation's word pairs inside the longer."""
TEXT_CONTAINED = 0.75
FEWEST_WORDS = 6
SAME_MEANING = 0.85
"""Cosine from which two statements whose slots agree are one. High: a wrong merge hides a disagreement."""
LOOK_CLOSER = 0.4
"""Pairs below this cosine are not compared word by word."""
SAME_VALUE = 0.005
"""Relative difference of two numbers that are one number, rounded."""


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Reports of one proposition, in publication order, and its canonical one."""

    reports: tuple[Report, ...]
    canonical: Report

    @property
    def claim_id(self) -> str:
        """Id of the merged claim: that of the first report."""
        return self.reports[0].claim.claim_id


def group_claims(reports: Sequence[Report]) -> list[ClaimGroup]:
    """Group the reports of one event, whatever order they are listed in. Groups come in publication order.

    Pairs join from the most to the least similar; two groups join only if nothing between them is vetoed.
    """
    ordered = sorted(reports, key=lambda one: one.order)
    if not ordered:
        return []
    groups = {at: [at] for at in range(len(ordered))}
    group_of = list(range(len(ordered)))
    for _, one, other in sorted(_matches(ordered)):
        first, second = sorted((group_of[one], group_of[other]))
        if first == second or any(vetoed(ordered[a], ordered[b]) for a in groups[first] for b in groups[second]):
            continue
        for at in groups.pop(second):
            groups[first].append(at)
            group_of[at] = first
    return [_group([ordered[at] for at in sorted(members)]) for _, members in sorted(groups.items())]


def merged_claim(group: ClaimGroup) -> MergedClaim:
    """The contract's view of a group."""
    claim = group.canonical.claim
    texts = {report.claim.text for report in group.reports} - {claim.text}
    dated = [one.article.published_at for one in group.reports if one.article.published_at is not None]
    return MergedClaim(
        claim_id=group.claim_id,
        kind=claim.kind,
        text=claim.text,
        speaker=claim.speaker,
        negated=claim.negated,
        variants=tuple(sorted(texts, key=lambda text: (-len(text), text))),
        quantities=claim.quantities,
        dates=claim.dates,
        supports=tuple(_support(report) for report in group.reports),
        origins=len({report.origin_id for report in group.reports}),
        first_reported_at=min(dated, default=None),
    )


def vetoed(one: Report, other: Report) -> bool:
    """Whether two claims cannot state the same proposition."""
    if one.tokens == other.tokens and not speakers_conflict(one.claim.speaker, other.claim.speaker):
        return False
    if speakers_conflict(one.claim.speaker, other.claim.speaker):
        return True
    if _same_quotation(one, other) > 0:
        return False
    return (
        _is_quotation(one) != _is_quotation(other)
        or one.denies != other.denies
        or one.negative != other.negative
        or bool(one.claim.quantities) != bool(other.claim.quantities)
        or _figures_clash(one.claim.quantities, other.claim.quantities)
    )


def _matches(reports: Sequence[Report]) -> list[tuple[float, int, int]]:
    """Pairs that may state the same: (minus similarity, lower, higher position)."""
    cosines = similarities(reports)
    found = []
    for one, other in zip(*np.nonzero(np.triu(cosines >= LOOK_CLOSER, 1)), strict=True):
        likeness = _likeness(reports[one], reports[other], float(cosines[one, other]))
        if likeness > 0 and not vetoed(reports[one], reports[other]):
            found.append((-likeness, int(one), int(other)))
    return found


def _likeness(one: Report, other: Report, cosine: float) -> float:
    """How alike two claims are, in (0, 3]; 0: too little to be one proposition."""
    if one.tokens == other.tokens:
        return 3.0
    quoted = _same_quotation(one, other)
    if quoted > 0:
        return 1.0 + quoted
    shorter, longer = _by_length(one, one.tokens, other, other.tokens)
    shared = containment(shorter.pairs, longer.pairs) if len(shorter.tokens) >= FEWEST_WORDS else 0.0
    if shared >= TEXT_CONTAINED:
        return 1.0 + shared
    return cosine if cosine >= SAME_MEANING else 0.0


def _same_quotation(one: Report, other: Report) -> float:
    """Containment of the shorter quotation in the longer; 0 below the threshold. A cut form is the same."""
    if min(len(one.said), len(other.said)) < FEWEST_SAID:
        return 0.0
    shorter, longer = _by_length(one, one.said, other, other.said)
    shared = containment(shorter.said_pairs, longer.said_pairs)
    if shared < QUOTE_CONTAINED or is_negative(False, shorter.said) > is_negative(False, longer.said):
        return 0.0
    return shared


def _by_length(
    one: Report, words: tuple[str, ...], other: Report, other_words: tuple[str, ...]
) -> tuple[Report, Report]:
    """The one with fewer words before the other; ties by the words."""
    return (one, other) if (len(words), words) <= (len(other_words), other_words) else (other, one)


def _is_quotation(report: Report) -> bool:
    return report.claim.kind is ClaimKind.QUOTATION


def _figures_clash(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether, in one unit, each side gives a number that the other does not."""
    first, second = numbers(ours), numbers(theirs)
    return any(
        _unmatched(first[unit], second[unit]) and _unmatched(second[unit], first[unit])
        for unit in first.keys() & second.keys()
    )


def _unmatched(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    return any(not any(_same_number(one, other) for other in theirs) for one in ours)


def _same_number(one: Quantity, other: Quantity) -> bool:
    largest = max(abs(one.value), abs(other.value))
    return one.increment == other.increment and abs(one.value - other.value) <= SAME_VALUE * largest


def _group(reports: Sequence[Report]) -> ClaimGroup:
    """The longest attested form is canonical, a full quotation before a sentence that quotes in part."""
    ranked = sorted(reports, key=lambda one: (not _is_quotation(one), -len(one.claim.text), one.order))
    return ClaimGroup(tuple(reports), ranked[0])


def _support(report: Report) -> Support:
    return Support(
        article_id=report.article.article_id,
        publisher=report.article.publisher,
        origin_id=report.origin_id,
        claim_id=report.claim.claim_id,
        span=report.claim.span,
        text=report.claim.text,
        speaker=report.claim.speaker,
        commitment=report.claim.commitment,
        published_at=report.article.published_at,
    )
