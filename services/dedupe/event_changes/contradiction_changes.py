"""Lists which contradictions of an event are over, have other sides, or are new. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import MOST_PASSAGES
from services.contracts.event_claims import Contradiction
from services.dedupe.event_changes.view_comparison import ViewComparison

_ALIKE = 2
"""Sides that a contradiction keeps, for it to be the one that there was."""


def list_contradiction_changes(comparison: ViewComparison) -> Iterator[dict[str, Any]]:
    """Contradictions that are over, those that have other sides, then new ones."""
    now = Counter(map(_contradiction_key, comparison.current_view.contradictions))
    over = _list_without_counterpart(comparison.contradictions, now)
    new = _list_without_counterpart(
        comparison.current_view.contradictions, Counter(map(_contradiction_key, comparison.contradictions))
    )
    grown: list[tuple[Contradiction, Contradiction]] = []
    for one in new:
        common = [_count_common_sides(each, one) for each in over]
        old = over[common.index(max(common))] if common and max(common) >= _ALIKE else None
        if old is not None:
            over.remove(old)
            grown.append((old, one))
    became = {id(one) for _, one in grown}
    for one in over:
        closed = one.model_copy(update={"positions": ()})
        yield _build_contradiction_change(ChangeKind.CONTRADICTION_CLOSED, closed, comparison.only_changed_article_id)
    for old, one in grown:
        told = _build_contradiction_change(
            ChangeKind.CONTRADICTION_CHANGED, one, _find_causing_article_id(one, comparison)
        )
        yield told | {"previous_sides": old.sides}
    for one in new:
        if id(one) not in became:
            yield _build_contradiction_change(
                ChangeKind.CONTRADICTION_OPENED, one, _find_causing_article_id(one, comparison)
            )


def _contradiction_key(contradiction: Contradiction) -> tuple[str, frozenset[str]]:
    return contradiction.kind, frozenset(contradiction.sides)


def _list_without_counterpart(
    contradictions: Iterable[Contradiction], counts_by_key: Counter[tuple[str, frozenset[str]]]
) -> list[Contradiction]:
    """Those that the others do not have."""
    left = []
    for one in contradictions:
        if counts_by_key[_contradiction_key(one)] > 0:
            counts_by_key[_contradiction_key(one)] -= 1
        else:
            left.append(one)
    return left


def _count_common_sides(contradiction: Contradiction, other_contradiction: Contradiction) -> int:
    return (
        len(set(contradiction.sides) & set(other_contradiction.sides))
        if contradiction.kind is other_contradiction.kind
        else 0
    )


def _find_causing_article_id(contradiction: Contradiction, comparison: ViewComparison) -> str | None:
    return comparison.find_causing_article_id(
        {passage.article_id for one in contradiction.positions for passage in one.passages}
    )


def _build_contradiction_change(
    kind: ChangeKind, contradiction: Contradiction, article_id: str | None
) -> dict[str, Any]:
    positions = tuple(
        one.model_copy(update={"passages": one.passages[:MOST_PASSAGES]}) for one in contradiction.positions
    )
    return {
        "kind": kind,
        "article_id": article_id,
        "claim_ids": contradiction.sides,
        "contradiction": contradiction.model_copy(update={"positions": positions}),
    }
