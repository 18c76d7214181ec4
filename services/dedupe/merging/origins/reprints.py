"""Finds reprints: groups of articles with the same text, which share an origin."""

import hashlib
from collections.abc import Collection, Sequence

from services.contracts.article import UNNAMED_AGENCY
from services.dedupe.signals.fingerprint import Fingerprint, is_same_text


def group_reprints(
    fingerprints: Sequence[Fingerprint],
    credited_agencies: Sequence[str | None] = (),
    stub_positions: Collection[int] = (),
) -> list[list[int]]:
    """Group positions whose texts are the same; groups and their positions are in ascending order.

    Args:
        fingerprints: Of the texts.
        credited_agencies: The agency that each text credits; empty: unknown. To credit the same agency does not make
            two texts one: they must still have much in common, if less than texts without a credit.
        stub_positions: Positions of texts too short to compare: each is a group of its own, whatever it equals.
    """
    agencies = [
        None if credit == UNNAMED_AGENCY else credit for credit in credited_agencies or [None] * len(fingerprints)
    ]
    leader = list(range(len(fingerprints)))

    def root(position: int) -> int:
        while leader[position] != position:
            position = leader[position]
        return position

    for one, other in _find_candidate_pairs(fingerprints):
        if one in stub_positions or other in stub_positions:
            continue
        first, second = sorted((root(one), root(other)))
        one_agency = agencies[one] is not None and agencies[one] == agencies[other]
        if first != second and is_same_text(fingerprints[one], fingerprints[other], same_agency=one_agency):
            leader[second] = first
    groups: dict[int, list[int]] = {}
    for position in range(len(fingerprints)):
        groups.setdefault(root(position), []).append(position)
    return list(groups.values())


def build_origin_id(article_id: str) -> str:
    """Return the id of the origin whose earliest article is `article_id`."""
    return "org_" + hashlib.sha256(article_id.encode()).hexdigest()[:20]


def _find_candidate_pairs(fingerprints: Sequence[Fingerprint]) -> list[tuple[int, int]]:
    """Pairs (lower, higher position) of fingerprints that share a band, in ascending order."""
    seen: dict[tuple[int, int], list[int]] = {}
    pairs: set[tuple[int, int]] = set()
    for position, print_ in enumerate(fingerprints):
        for band, value in enumerate(print_.bands.tolist()):
            holders = seen.setdefault((band, value), [])
            pairs.update((holder, position) for holder in holders)
            holders.append(position)
    return sorted(pairs)
