"""What is known of one event from the last time that its view was built. It spares time and changes no byte.

Whoever builds the views of growing events keeps one for each of them, and may drop it at any time. What follows from
one group of claims, or from one article's claims, is computed again only if that is another object than the last time.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Generic, TypeVar

from services.contracts.event_claims import MergedClaim
from services.dedupe.clustering.members import Member
from services.dedupe.merging.bounds import MOST_CLAIMS
from services.dedupe.merging.brought import Brought
from services.dedupe.merging.claim_merging import ClaimGroup, ClaimGroups
from services.dedupe.merging.countries import NearCountries
from services.dedupe.merging.disputes import Told, stances_in
from services.dedupe.merging.figures import Mention, mentions_in
from services.dedupe.merging.merged_claims import merged_claim
from services.dedupe.merging.one_text import SharedPairs
from services.dedupe.merging.opposed import OpposedClaims
from services.dedupe.merging.preparing import Preparations
from services.dedupe.merging.replies import Reply
from services.dedupe.merging.reports import Report

Given = TypeVar("Given")
Found = TypeVar("Found")


class Remembered(Generic[Given, Found]):
    """What was computed from objects, as long as they are used from one time to the next."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[Given, Found]] = {}
        self._now: dict[str, tuple[Given, Found]] = {}

    def turn(self) -> None:
        """Begin anew: what is not asked for until the next time is forgotten."""
        self._last, self._now = self._now, {}

    def of(self, key: str, given: Given, compute: Callable[[Given], Found]) -> Found:
        """The result for an object: the one of the last time if it is the very same object."""
        before = self._last.get(key)
        found = before[1] if before is not None and before[0] is given else compute(given)
        self._now[key] = given, found
        return found


class BoundMemory:
    """What is known of an event as far as one bound on its claims lets it be read.

    Attributes:
        brought: What of its claims each article brings.
        claims: The groups of claims.
        counted: Groups in which what rests on one text has one origin.
        replies: What the claims of an article answer in it.
        opposed: Pairs of groups that exclude each other.
        told: The claims with their sources, by key.
        near: Which countries the articles name near whom.
    """

    def __init__(self, most: int = MOST_CLAIMS) -> None:
        self.brought = Brought(most)
        self.claims = ClaimGroups()
        self.counted: Remembered[ClaimGroup, ClaimGroup] = Remembered()
        self._merged: Remembered[ClaimGroup, MergedClaim] = Remembered()
        self._figures: Remembered[ClaimGroup, list[Mention]] = Remembered()
        self._stances: Remembered[ClaimGroup, list[Told]] = Remembered()
        self.replies: dict[str, tuple[Sequence[Report], Sequence[Reply]]] = {}
        self.opposed = OpposedClaims()
        self.told: dict[str, Report] = {}
        self.near = NearCountries()

    def turn(self) -> None:
        """Begin to build a view."""
        self.counted.turn()
        self._merged.turn()
        self._figures.turn()
        self._stances.turn()

    def merged_claim(self, group: ClaimGroup) -> MergedClaim:
        """A group as it is published."""
        return self._merged.of(group.claim_id, group, merged_claim)

    def figures_in(self, group: ClaimGroup) -> list[Mention]:
        """The figures of a group."""
        return self._figures.of(group.claim_id, group, mentions_in)

    def stances_in(self, group: ClaimGroup) -> list[Told]:
        """What its reports do with what they tell."""
        return self._stances.of(group.claim_id, group, stances_in)


class EventMemory:
    """One event's prepared articles, and what is known of it within each bound.

    Attributes:
        shared: What pairs of its articles tell in the same words.
    """

    def __init__(self) -> None:
        self._preparations = Preparations()
        self._bounds: dict[int, BoundMemory] = {}
        self.shared: SharedPairs = {}

    def reports(self, members: Sequence[Member], day: date | None) -> list[tuple[Report, ...]]:
        """All claims of each article, prepared. What is known of articles that are not among them is forgotten."""
        held = {member.article.article_id for member in members}
        self.shared = {pair: found for pair, found in self.shared.items() if held.issuperset(pair)}
        self._preparations.keep(len(members))
        return [self._preparations.reports(member, day) for member in members]

    def within(self, most: int) -> BoundMemory:
        """What is known of it within a bound (see `bounds.most_new`)."""
        return self._bounds.setdefault(most, BoundMemory(most))
