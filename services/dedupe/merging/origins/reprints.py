"""Finds reprints: groups of articles with the same text, which share an origin."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import UNNAMED_AGENCY
from services.dedupe.signals.fingerprint import Fingerprint, is_near_duplicate

MOST_LISTED = 32
"""Articles of one group that are listed under one value of a band: who resembles a ninth resembles one of them."""
MOST_GROUPS = 64
"""Groups that an article is compared with, those first that share most bands with it."""
_FEWEST_ROWS = 4
"""By which room for texts grows."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as it was compared with those before it.

    Attributes:
        fingerprint: What it is recognised by.
        agency: The agency that it credits by name.
        same: Positions of earlier texts that are the same, one for each group that they were in.
    """

    fingerprint: Fingerprint
    agency: str | None
    same: tuple[int, ...]


class ReprintGroups:
    """Groups of texts, kept while an event grows: each text is compared once, with some of those published before.

    Attributes:
        groups: Positions of texts that are the same, by the first of them, in ascending order.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self.groups: dict[int, list[int]] = {}
        self._texts: list[_Text] = []
        self._leaders = np.zeros(0, np.int32)
        """By position, the first text of its group."""
        self._bands = np.zeros((0, 0), np.uint64)
        """By position, the bands of the text."""
        self._is_listed = np.zeros((0, 0), np.bool_)
        """By position, under which of these it is found."""

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self._texts)

    def update_groups(
        self,
        fingerprints: Sequence[Fingerprint],
        credited_agencies: Sequence[str | None] = (),
        stub_positions: Collection[int] = (),
        first_position: int = 0,
    ) -> set[int]:
        """Group positions whose texts are the same; return the firsts of groups that are others than before, or gone.

        The texts before those given cost nothing.

        Args:
            fingerprints: Of the texts from a position on, in publication order.
            credited_agencies: The agency that each text credits; empty: unknown. To credit the same agency does not
                make two texts one: they must still have much in common, if less than texts without a credit.
            stub_positions: Positions of texts too short to compare: each is a group of its own, whatever it equals.
            first_position: Of the first of these texts; those before it are as they were.
        """
        changed = self._forget_from(first_position)
        agencies = credited_agencies or [None] * len(fingerprints)
        for position, (fingerprint, credit) in enumerate(zip(fingerprints, agencies, strict=True), first_position):
            agency = None if credit == UNNAMED_AGENCY else credit
            changed |= self._add_text(fingerprint, agency, is_stub=position in stub_positions)
        return changed

    def _forget_from(self, first_position: int) -> set[int]:
        """Forget the texts from a position on; return the firsts of groups that this changes."""
        if first_position == len(self._texts):
            return set()
        del self._texts[first_position:]
        before, self.groups = self.groups, {}
        for position, text in enumerate(self._texts):
            self._join(position, text.same)
        return {
            first
            for first in before.keys() | self.groups.keys()
            if before.get(first) != self.groups.get(first) or before[first][-1] >= first_position
        }

    def _add_text(self, fingerprint: Fingerprint, agency: str | None, *, is_stub: bool) -> set[int]:
        """Add a text behind the others; return the firsts of the groups that this changes."""
        position = len(self._texts)
        self._allot_row(fingerprint)
        if is_stub:
            self._texts.append(_Text(fingerprint, agency, ()))
            self._is_listed[position] = False
            return self._join(position, ())
        has_band = (self._bands[:position] == fingerprint.bands) & self._is_listed[:position]
        same = tuple(self._find_same_texts(np.count_nonzero(has_band, axis=1), fingerprint, agency))
        changed = self._join(position, same)
        self._texts.append(_Text(fingerprint, agency, same))
        of_group = has_band[self._leaders[:position] == self._leaders[position]]
        self._is_listed[position] = np.count_nonzero(of_group, axis=0) < MOST_LISTED
        self._bands[position] = fingerprint.bands
        return changed

    def _allot_row(self, fingerprint: Fingerprint) -> None:
        """See that there is a row for one more text."""
        position = len(self._texts)
        if position == len(self._leaders):
            more = max(_FEWEST_ROWS, position // 8)
            bands = np.zeros((more, len(fingerprint.bands)), np.uint64)
            self._bands = np.concatenate([self._bands, bands]) if position else bands
            self._is_listed = np.concatenate([self._is_listed, bands != 0]) if position else bands != 0
            self._leaders = np.concatenate([self._leaders, np.zeros(more, np.int32)])

    def _find_same_texts(
        self, shared_bands: NDArray[np.intp], fingerprint: Fingerprint, agency: str | None
    ) -> list[int]:
        """One text of each group that has the same text. `shared_bands`: how many it has in common with each text."""
        near = np.flatnonzero(shared_bands)
        near = near[np.argsort(-shared_bands[near], kind="stable")]
        by_group: dict[int, list[int]] = {}
        for position, leader in zip(near.tolist(), self._leaders[near].tolist(), strict=True):
            by_group.setdefault(leader, []).append(position)
        return [
            found
            for group in list(by_group.values())[:MOST_GROUPS]
            if (found := self._find_same_text(group[:MOST_LISTED], fingerprint, agency)) is not None
        ]

    def _find_same_text(self, positions: Sequence[int], fingerprint: Fingerprint, agency: str | None) -> int | None:
        for position in positions:
            other = self._texts[position]
            one_agency = agency is not None and agency == other.agency
            if is_near_duplicate(fingerprint, other.fingerprint, same_agency=one_agency):
                return position
        return None

    def _join(self, position: int, same_positions: Sequence[int]) -> set[int]:
        """Make one group of a new text and of the groups of those that are the same, which its first text leads.

        Returns the firsts of all these groups.
        """
        self._leaders[position] = position
        self.groups[position] = [position]
        leaders = {int(self._leaders[other]) for other in (position, *same_positions)}
        first = min(leaders)
        for leader in leaders - {first}:
            self._leaders[self.groups[leader]] = first
            self.groups[first] = sorted((*self.groups[first], *self.groups.pop(leader)))
        return leaders


def build_origin_id(article_id: str) -> str:
    """Return the id of the origin whose earliest article is `article_id`."""
    return "org_" + hashlib.sha256(article_id.encode()).hexdigest()[:20]
