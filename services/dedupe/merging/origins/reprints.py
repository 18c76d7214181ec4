"""Groups of reprints: the articles whose text is one, and the origin they share."""

import hashlib
from collections.abc import Collection, Sequence

from services.contracts.article import UNNAMED_AGENCY
from services.dedupe.signals.fingerprint import Fingerprint, same_text


def reprint_groups(
    fingerprints: Sequence[Fingerprint], credited: Sequence[str | None] = (), stubs: Collection[int] = ()
) -> list[list[int]]:
    """Groups of positions whose texts are one, each ascending, ordered by their first position.

    Args:
        fingerprints: Of the texts.
        credited: The agency that each of them credits; empty: nobody knows. To credit the same agency does not make
            two texts one: they must have much in common, if less than texts without a credit.
        stubs: Positions of those that are no text to speak of: each is a group of its own, whatever it equals.
    """
    agencies = [None if credit == UNNAMED_AGENCY else credit for credit in credited or [None] * len(fingerprints)]
    leader = list(range(len(fingerprints)))

    def root(at: int) -> int:
        while leader[at] != at:
            at = leader[at]
        return at

    for one, other in _candidates(fingerprints):
        if one in stubs or other in stubs:
            continue
        first, second = sorted((root(one), root(other)))
        one_agency = agencies[one] is not None and agencies[one] == agencies[other]
        if first != second and same_text(fingerprints[one], fingerprints[other], one_agency=one_agency):
            leader[second] = first
    groups: dict[int, list[int]] = {}
    for at in range(len(fingerprints)):
        groups.setdefault(root(at), []).append(at)
    return list(groups.values())


def origin_id(article_id: str) -> str:
    """Id of the origin whose earliest article is `article_id`."""
    return "org_" + hashlib.sha256(article_id.encode()).hexdigest()[:20]


def _candidates(fingerprints: Sequence[Fingerprint]) -> list[tuple[int, int]]:
    """Pairs (lower, higher position) that share a band, in ascending order."""
    seen: dict[tuple[int, int], list[int]] = {}
    pairs: set[tuple[int, int]] = set()
    for at, print_ in enumerate(fingerprints):
        for band, value in enumerate(print_.bands.tolist()):
            holders = seen.setdefault((band, value), [])
            pairs.update((holder, at) for holder in holders)
            holders.append(at)
    return sorted(pairs)
