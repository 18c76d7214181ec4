"""Where the judged claims of another build are found again in the merged claims of today: by their spans."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from services.language.ranges import Range
from services.local.evaluation.judged_events import Place

HALF = 0.5
"""Least share of characters."""


class Matching(StrEnum):
    """How a judged claim is found again."""

    COVERED = "covered"
    """Supports of one merged claim cover at least half of its characters."""
    ALIKE = "alike"
    """A support shares at least half of the characters that the two have together."""
    IN_PIECES = "in_pieces"
    """A support covers at least half of it, or stands in it with at least half of its own characters: a long judged
    claim may be several claims of today."""


class Support(NamedTuple):
    """One support of a merged claim: the number of the claim, its own number in it, and where it stands."""

    claim: int
    number: int
    place: Place


def holding_claims(place: Place, supports: Sequence[Support], matching: Matching) -> dict[int, frozenset[int]]:
    """The merged claims that hold a judged claim, each with the numbers of the supports that do."""
    near: dict[int, list[Support]] = {}
    for support in supports:
        if support.place.meets(place):
            near.setdefault(support.claim, []).append(support)
    found = {}
    for claim, listed in near.items():
        if matching is Matching.COVERED:
            holds = _covered(place.range, [one.place.range for one in listed]) >= HALF
            chosen = listed if holds else []
        else:
            chosen = [one for one in listed if _is_found(matching, place.range, one.place.range)]
        if chosen:
            found[claim] = frozenset(one.number for one in chosen)
    return found


def _is_found(matching: Matching, judged: Range, support: Range) -> bool:
    """Whether a support by itself shows that the judged claim is in its merged claim."""
    if matching is Matching.ALIKE:
        return _overlap(judged, support) >= HALF
    return max(_covered(judged, [support]), _covered(support, [judged])) >= HALF


def place_of(item: Mapping[str, Any]) -> Place:
    """The place that a row of JSON gives."""
    return Place(str(item["article"]), Range(item["start"], item["end"]))


def _covered(area: Range, ranges: Iterable[Range]) -> float:
    """Share of the characters of `area` that are in any of the ranges."""
    at, covered = area.start, 0
    for start, end in sorted(ranges):
        first, last = max(at, start), min(end, area.end)
        if first < last:
            covered += last - first
            at = last
    return covered / (area.end - area.start)


def _overlap(one: Range, other: Range) -> float:
    """Characters in both over those in either."""
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(0, both) / (max(one.end, other.end) - min(one.start, other.start))
