"""Finds reprints: groups of articles with the same text, which share an origin."""

import hashlib
from array import array
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.contracts.article import UNNAMED_AGENCY
from services.dedupe.signals.fingerprint import Fingerprint, is_near_duplicate

MOST_LISTED = 32
"""Articles of one group that are listed under one value of a band: who resembles a ninth resembles one of them."""
MOST_GROUPS = 64
"""Groups that an article is compared with, those first that share most bands with it."""
_BAND_BITS = 8
"""That hold the number of a band."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as it was compared with those before it.

    Attributes:
        fingerprint: What it is recognised by.
        agency: The agency that it credits by name.
        same: Positions of earlier texts that are the same, one for each group that they were in.
        listed: Bands under which it is listed, a bit for each.
    """

    fingerprint: Fingerprint
    agency: str | None
    same: tuple[int, ...]
    listed: int


class ReprintGroups:
    """Groups of texts, kept while an event grows: each text is compared once, with some of those published before.

    Attributes:
        groups: Positions of texts that are the same, by the first of them, in ascending order.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self.groups: dict[int, list[int]] = {}
        self._texts: list[_Text] = []
        self._leaders: list[int] = []
        self._positions_by_band: dict[int, int | array[int]] = {}
        """A number alone where only one text has the band, as most often: a list takes four times the room."""

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
        for text in reversed(self._texts[first_position:]):
            for number, band in enumerate(_list_bands(text.fingerprint) if text.listed else ()):
                if text.listed >> number & 1:
                    self._forget_last_position(band)
        del self._texts[first_position:]
        before, self.groups, self._leaders = self.groups, {}, []
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
        if is_stub:
            self._texts.append(_Text(fingerprint, agency, (), 0))
            return self._join(position, ())
        bands = _list_bands(fingerprint)
        same = tuple(
            self._find_same_texts(
                Counter(near for band in bands for near in self._list_positions(band)), fingerprint, agency
            )
        )
        changed = self._join(position, same)
        listed = 0
        for number, band in enumerate(bands):
            if self._has_room_in_band(position, band):
                listed |= 1 << number
                self._add_position(band, position)
        self._texts.append(_Text(fingerprint, agency, same, listed))
        return changed

    def _list_positions(self, band: int) -> Sequence[int]:
        """Positions of the texts that are listed under a band, in ascending order."""
        positions = self._positions_by_band.get(band, ())
        return (positions,) if isinstance(positions, int) else positions

    def _add_position(self, band: int, position: int) -> None:
        positions = self._list_positions(band)
        self._positions_by_band[band] = array("i", (*positions, position)) if positions else position

    def _forget_last_position(self, band: int) -> None:
        positions = self._list_positions(band)[:-1]
        if not positions:
            del self._positions_by_band[band]
        else:
            self._positions_by_band[band] = positions[0] if len(positions) == 1 else array("i", positions)

    def _find_same_texts(self, shared_bands: Counter[int], fingerprint: Fingerprint, agency: str | None) -> list[int]:
        """One text of each group that has the same text. `shared_bands`: bands in common, by position."""
        by_group: dict[int, list[int]] = {}
        for near in sorted(shared_bands, key=lambda near: (-shared_bands[near], near)):
            by_group.setdefault(self._find_root(near), []).append(near)
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

    def _has_room_in_band(self, position: int, band: int) -> bool:
        listed = self._list_positions(band)
        if len(listed) < MOST_LISTED:
            return True
        leader = self._find_root(position)
        return sum(self._find_root(other) == leader for other in listed) < MOST_LISTED

    def _join(self, position: int, same_positions: Sequence[int]) -> set[int]:
        """Make one group of a new text and of the groups of those that are the same, which its first text leads.

        Returns the firsts of all these groups.
        """
        self._leaders.append(position)
        self.groups[position] = [position]
        leaders = {self._find_root(other) for other in (position, *same_positions)}
        first = min(leaders)
        for leader in leaders - {first}:
            self._leaders[leader] = first
            self.groups[first] = sorted((*self.groups[first], *self.groups.pop(leader)))
        return leaders

    def _find_root(self, position: int) -> int:
        while self._leaders[position] != position:
            position = self._leaders[position]
        return position


def _list_bands(fingerprint: Fingerprint) -> list[int]:
    """The bands of a text, each with its number in the last bits."""
    return [band << _BAND_BITS | number for number, band in enumerate(fingerprint.bands.tolist())]


def build_origin_id(article_id: str) -> str:
    """Return the id of the origin whose earliest article is `article_id`."""
    return "org_" + hashlib.sha256(article_id.encode()).hexdigest()[:20]
