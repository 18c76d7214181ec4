"""How well canonical addresses fold: pairs that are one article, and pairs that are two. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from services.ingest.addresses.canonical_url import canonical_url


@dataclass(frozen=True)
class Pair:
    """Two addresses, and whether both are of one article."""

    kind: str
    fold: bool
    held: bool
    """Whether it was kept from whoever made the rules."""
    a: str
    b: str

    @classmethod
    def of_row(cls, row: dict[str, Any]) -> "Pair":
        """From a decoded row. Raises KeyError for a field that is not there."""
        return cls(str(row.get("kind", "")), bool(row["fold"]), bool(row.get("held")), str(row["a"]), str(row["b"]))


@dataclass
class AddressScores:
    """Counts of pairs that must fold and of pairs that must not, with those that came out right."""

    fold: int = 0
    folded: int = 0
    apart: int = 0
    kept_apart: int = 0
    wrong: list[Pair] = field(default_factory=list)


def score(pairs: Iterable[Pair]) -> AddressScores:
    """Compare the canonical forms of each pair. What is no address folds with nothing."""
    scores = AddressScores()
    for pair in pairs:
        first = canonical_url(pair.a)
        is_one = first is not None and first == canonical_url(pair.b)
        if pair.fold:
            scores.fold += 1
            scores.folded += is_one
        else:
            scores.apart += 1
            scores.kept_apart += not is_one
        if is_one is not pair.fold:
            scores.wrong.append(pair)
    return scores
