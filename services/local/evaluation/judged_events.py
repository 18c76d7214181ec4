"""Events as careful readers judge them: which claims state one proposition, and what contradicts what."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from services.language.ranges import Range

Pair = tuple[str, str]
"""Keys of two claims, the lower first."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands, in the text of its article as given."""

    article: str
    range: Range

    def meets(self, other: "Place") -> bool:
        """Whether the two share a character."""
        return self.article == other.article and self.range.meets(other.range)


@dataclass(frozen=True, slots=True)
class JudgedContradiction:
    """Two sides that readers hold against each other, each with the places that say so."""

    kind: str
    sides: tuple[tuple[Place, ...], tuple[Place, ...]]
    why: str = ""


@dataclass(frozen=True)
class JudgedEvent:
    """One judged event.

    Attributes:
        event: Its name.
        articles: Ids of its articles.
        claims: Where each claim stands, by key.
        groups: Keys of the claims that state one proposition.
        neutral: Pairs that may be joined or not: one proposition, by clearly different sources.
        contradictions: All of them, also those of which a side is no claim.
    """

    event: str
    articles: tuple[str, ...]
    claims: Mapping[str, Place]
    groups: tuple[tuple[str, ...], ...]
    neutral: frozenset[Pair]
    contradictions: tuple[JudgedContradiction, ...]

    @property
    def pairs(self) -> frozenset[Pair]:
        """All pairs of claims that state one proposition."""
        return frozenset(pair for group in self.groups for pair in pairs_of(group))

    def is_across(self, pair: Pair) -> bool:
        """Whether the two claims stand in two articles."""
        return self.claims[pair[0]].article != self.claims[pair[1]].article


def pairs_of(keys: Collection[str]) -> Iterator[Pair]:
    """All pairs of some keys, the lower first."""
    return combinations(sorted(keys), 2)


def read_judged_event(row: Mapping[str, Any]) -> JudgedEvent:
    """Read one row {"event", "articles", "claims", "groups", "agree", "contradictions", …}.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: It is not of that form.
    """
    claims = {str(claim["key"]): _place(claim) for claim in row["claims"]}
    told = [*row.get("contradictions", ()), *row.get("contradictions_unextracted", ())]
    groups = tuple(tuple(group) for group in row["groups"])
    unknown = {key for group in groups for key in group} - claims.keys()
    if unknown:
        raise ValueError(f"a group holds {min(unknown)}, which is no key of a claim")
    return JudgedEvent(
        event=str(row["event"]),
        articles=tuple(map(str, row["articles"])),
        claims=claims,
        groups=groups,
        neutral=frozenset(pair for parties in row.get("agree", ()) for pair in _across(parties)),
        contradictions=tuple(
            JudgedContradiction(
                str(each["kind"]), (_side(each["a"], claims), _side(each["b"], claims)), str(each.get("why", ""))
            )
            for each in told
        ),
    )


def _across(parties: Sequence[Sequence[str]]) -> Iterator[Pair]:
    """Pairs of keys of two parties."""
    for one, other in combinations(parties, 2):
        for mine in one:
            for yours in other:
                yield (min(mine, yours), max(mine, yours))


def _side(side: Any, claims: Mapping[str, Place]) -> tuple[Place, ...]:
    """Places of a side: of the claims that it names, or one that it gives itself."""
    if isinstance(side, Mapping):
        return (_place(side),)
    return tuple(claims[one] if isinstance(one, str) else _place(one) for one in side)


def _place(item: Mapping[str, Any]) -> Place:
    start, end = int(item["start"]), int(item["end"])
    if not 0 <= start < end:
        raise ValueError(f"{start} to {end} is no span")
    return Place(str(item["article"]), Range(start, end))
