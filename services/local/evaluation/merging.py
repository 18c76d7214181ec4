"""How well the views of events merge claims and tell contradictions, against events that careful readers judged.

The judged claims may be those of another build: they are found again by their spans, in one of the ways of `Matching`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.local.evaluation.judged_events import JudgedEvent, Pair, Place, pairs_of
from services.local.evaluation.matching import Matching, Support, holding_claims, place_of


class Verdict(StrEnum):
    """What became of a pair of judged claims."""

    RIGHT = "right"
    """Joined, and one proposition."""
    WRONG = "wrong"
    """Joined, and not one proposition."""
    MISSED = "missed"
    """Not joined, and one proposition."""


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """A pair that counts. `unclaimed`: a side of it is in no claim of today."""

    event: str
    pair: Pair
    verdict: Verdict
    across: bool
    unclaimed: bool


@dataclass
class PairCounts:
    """Precision and recall of pairs."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Counts and shares under plain names."""
        precision, recall = _share(self.right, self.right + self.wrong), _share(self.right, self.right + self.missed)
        return {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
            "right": self.right,
            "wrong": self.wrong,
            "missed": self.missed,
        }


@dataclass
class GroupCounts:
    """Groups whose claims stand in more than one article.

    Attributes:
        groups: All of them.
        joined: Two claims of two articles are in one merged claim.
        torn: Two claims are not in one merged claim.
        polluted: A merged claim that joins two of its claims also holds a judged claim that states something else.
    """

    groups: int = 0
    joined: int = 0
    torn: int = 0
    polluted: int = 0


@dataclass
class ContradictionCounts:
    """Contradictions. One that is told is right if two of its sides meet the two sides of a judged one."""

    judged: int = 0
    found: int = 0
    told: int = 0
    right: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    """Told ones by kind and whether they are right: `figure right`, `figure wrong`."""


@dataclass
class MergingScores:
    """Scores of all events added."""

    matching: Matching = Matching.COVERED
    pairs: list[ScoredPair] = field(default_factory=list)
    groups: GroupCounts = field(default_factory=GroupCounts)
    contradictions: ContradictionCounts = field(default_factory=ContradictionCounts)
    events: int = 0
    judged_claims: int = 0
    unclaimed: int = 0
    """Judged claims that are in no claim of today."""
    unjudged: int = 0
    """Supports of today that hold no judged claim but are merged with one that does: they count neither way."""
    one_claim: int = 0
    """Pairs that one claim of today covers. Nothing was merged there: they count only if they are one proposition."""

    def add(self, judged: JudgedEvent, view: Mapping[str, Any]) -> None:
        """Score one event. `view`: a row as `newsweave view` writes it."""
        supports = [
            Support(number, at, place_of(support))
            for number, claim in enumerate(view["claims"])
            for at, support in enumerate(claim["supports"])
        ]
        holding = {key: holding_claims(place, supports, self.matching) for key, place in judged.claims.items()}
        self.events += 1
        self.judged_claims += len(holding)
        self.unclaimed += sum(not held for held in holding.values())
        self.unjudged += _unjudged(supports, holding)
        joined = self._score_pairs(judged, holding)
        self._score_groups(judged, joined)
        self._score_contradictions(judged, view["contradictions"])

    def counts(self, *, across: bool | None = None) -> PairCounts:
        """Of all pairs, or those across articles, or those within one."""
        chosen = Counter(one.verdict for one in self.pairs if across is None or one.across == across)
        return PairCounts(chosen[Verdict.RIGHT], chosen[Verdict.WRONG], chosen[Verdict.MISSED])

    def as_dict(self) -> dict[str, Any]:
        """The figures under plain names."""
        told = self.contradictions
        return {
            "events": self.events,
            "matching": self.matching.value,
            "claims": {"judged": self.judged_claims, "unclaimed": self.unclaimed, "unjudged_merged": self.unjudged},
            "pairs": self.counts().as_dict() | {"one_claim": self.one_claim, "unclaimed": self._missed_unclaimed()},
            "pairs_across": self.counts(across=True).as_dict(),
            "pairs_within": self.counts(across=False).as_dict(),
            "groups_across": vars(self.groups),
            "contradictions": {
                "judged": told.judged,
                "found": told.found,
                "told": told.told,
                "right": told.right,
                "kinds": dict(sorted(told.kinds.items())),
            },
        }

    def _missed_unclaimed(self) -> int:
        return sum(one.unclaimed for one in self.pairs)

    def _score_pairs(self, judged: JudgedEvent, holding: Mapping[str, Mapping[int, frozenset[int]]]) -> set[Pair]:
        """Add the verdicts on all pairs that count; the pairs that are joined."""
        same, joined = judged.pairs, set()
        for pair in pairs_of(holding):
            one, other = holding[pair[0]], holding[pair[1]]
            common = one.keys() & other.keys()
            merged = any(len(one[claim] | other[claim]) > 1 for claim in common)
            if common and not merged:
                self.one_claim += 1
            if merged or (common and pair in same):
                joined.add(pair)
            if pair in same:
                verdict = Verdict.RIGHT if pair in joined else Verdict.MISSED
            elif merged and pair not in judged.neutral:
                verdict = Verdict.WRONG
            else:
                continue
            self.pairs.append(ScoredPair(judged.event, pair, verdict, judged.is_across(pair), not (one and other)))
        return joined

    def _score_groups(self, judged: JudgedEvent, joined: set[Pair]) -> None:
        wrong = joined - judged.pairs - judged.neutral
        for group in judged.groups:
            pairs = set(pairs_of(group))
            across = {pair for pair in pairs if judged.is_across(pair)}
            if across:
                inside = {key for pair in pairs & joined for key in pair}
                self.groups.groups += 1
                self.groups.joined += bool(across & joined)
                self.groups.torn += not pairs <= joined
                self.groups.polluted += any(inside.intersection(pair) for pair in wrong)

    def _score_contradictions(self, judged: JudgedEvent, told: Sequence[Mapping[str, Any]]) -> None:
        found: set[int] = set()
        for each in told:
            sides = [[place_of(passage) for passage in side] for side in each["sides"]]
            matched = {
                number
                for number, contradiction in enumerate(judged.contradictions)
                if _are_opposed(sides, *contradiction.sides)
            }
            found |= matched
            self.contradictions.right += bool(matched)
            self.contradictions.kinds[f"{each['kind']} {'right' if matched else 'wrong'}"] += 1
        self.contradictions.judged += len(judged.contradictions)
        self.contradictions.told += len(told)
        self.contradictions.found += len(found)


def _are_opposed(sides: Sequence[Sequence[Place]], one: Sequence[Place], other: Sequence[Place]) -> bool:
    """Whether two different sides meet the two."""
    meeting = [{at for at, side in enumerate(sides) if _meet(side, judged)} for judged in (one, other)]
    return any(first != second for first in meeting[0] for second in meeting[1])


def _meet(side: Sequence[Place], judged: Sequence[Place]) -> bool:
    return any(mine.meets(yours) for mine in side for yours in judged)


def _unjudged(supports: Sequence[Support], holding: Mapping[str, Mapping[int, frozenset[int]]]) -> int:
    """How many supports without a judged claim are merged with one that holds one."""
    known = {(claim, number) for held in holding.values() for claim, numbers in held.items() for number in numbers}
    claims = {claim for claim, _ in known}
    return sum(one.claim in claims and (one.claim, one.number) not in known for one in supports)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
