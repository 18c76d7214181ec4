"""What is new in an event's table of figures, and about what cannot all hold. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import MOST_CLAIM_IDS, MOST_PASSAGES, ToldFigure
from services.contracts.event_claims import Contradiction, Figure, FigureValue, FigureVerdict, MergedClaim, Passage
from services.dedupe.telling.views import Views

_Row = tuple[str, str | None, int]
"""What is counted, its unit, and which of the rows it is that count so."""

_VERDICTS = {
    FigureVerdict.CONFLICTING: ChangeKind.FIGURE_CONFLICTING,
    FigureVerdict.SUPERSEDED: ChangeKind.FIGURE_SUPERSEDED,
}
_ALIKE = 2
"""Sides that a contradiction keeps, for it to be the one that there was."""


def figure_changes(views: Views) -> Iterator[dict[str, Any]]:
    """Values that are gone, then values that are new and verdicts that changed, row by row."""
    before, now = _rows(views.figures), _rows(views.after.figures)
    claims: Mapping[str, MergedClaim] | None = None
    for row, figure in before.items():
        if now.get(row) is not figure:
            yield from _withdrawn(row, figure, now.get(row))
    for row, figure in now.items():
        old = before.get(row)
        if old is figure:
            continue
        claims = claims if claims is not None else {claim.claim_id: claim for claim in views.after.claims}
        yield from _added(row, old, figure, claims, views)
        verdict = FigureVerdict.SINGLE if old is None else old.verdict
        if figure.verdict is not verdict:
            yield {
                "kind": _VERDICTS.get(figure.verdict, ChangeKind.FIGURE_AGREED),
                "article_id": views.cause({one for value in figure.values for one in value.article_ids}),
                "claim_ids": tuple(dict.fromkeys(one for value in figure.values for one in value.claim_ids))[
                    :MOST_CLAIM_IDS
                ],
                "figure": ToldFigure.of(figure, row[2], None),
                "passages": _passages(figure.values, claims),
            }


def _withdrawn(row: _Row, figure: Figure, now: Figure | None) -> Iterator[dict[str, Any]]:
    kept = {} if now is None else _values(now)
    for key, value in _values(figure).items():
        if key not in kept:
            told = ToldFigure.of(now or figure, row[2], value)
            yield {
                "kind": ChangeKind.FIGURE_WITHDRAWN,
                "figure": told if now else told.model_copy(update={"verdict": None, "explanation": ""}),
            }


def _added(
    row: _Row, old: Figure | None, figure: Figure, claims: Mapping[str, MergedClaim], views: Views
) -> Iterator[dict[str, Any]]:
    known = {} if old is None else _values(old)
    for key, value in _values(figure).items():
        if key not in known:
            yield {
                "kind": ChangeKind.FIGURE_ADDED,
                "article_id": views.cause(value.article_ids),
                "claim_ids": value.claim_ids[:MOST_CLAIM_IDS],
                "figure": ToldFigure.of(figure, row[2], value),
                "passages": _passages([value], claims),
            }


def _rows(figures: Iterable[Figure]) -> dict[_Row, Figure]:
    seen: Counter[tuple[str, str | None]] = Counter()
    rows: dict[_Row, Figure] = {}
    for figure in figures:
        seen[figure.counted, figure.unit] += 1
        rows[figure.counted, figure.unit, seen[figure.counted, figure.unit]] = figure
    return rows


def _values(figure: Figure) -> dict[tuple[object, ...], FigureValue]:
    return {(one.value, one.bound, one.increment, one.derived_from): one for one in figure.values}


def _passages(values: Sequence[FigureValue], claims: Mapping[str, MergedClaim]) -> tuple[Passage, ...]:
    """Where the words stand: of one value its first reports, of several one report each."""
    each = MOST_PASSAGES if len(values) == 1 else 1
    found: list[Passage] = []
    for value in values:
        articles = set(value.article_ids)
        reports = (
            support
            for claim_id in value.claim_ids
            for support in (claims[claim_id].supports if claim_id in claims else ())
            if support.article_id in articles
        )
        for support, _ in zip(reports, range(each), strict=False):
            found.append(Passage(article_id=support.article_id, span=support.span, text=support.text))
        if len(found) >= MOST_PASSAGES:
            break
    return tuple(found[:MOST_PASSAGES])


def contradiction_changes(views: Views) -> Iterator[dict[str, Any]]:
    """Contradictions that are over, those that have other sides, then new ones."""
    now = Counter(map(_key, views.after.contradictions))
    over = _left(views.contradictions, now)
    new = _left(views.after.contradictions, Counter(map(_key, views.contradictions)))
    grown: list[tuple[Contradiction, Contradiction]] = []
    for one in new:
        common = [_common(each, one) for each in over]
        old = over[common.index(max(common))] if common and max(common) >= _ALIKE else None
        if old is not None:
            over.remove(old)
            grown.append((old, one))
    became = {id(one) for _, one in grown}
    for one in over:
        closed = one.model_copy(update={"positions": ()})
        yield _told(ChangeKind.CONTRADICTION_CLOSED, closed, views.only_cause)
    for old, one in grown:
        told = _told(ChangeKind.CONTRADICTION_CHANGED, one, _cause(one, views))
        yield told | {"previous_sides": old.sides}
    for one in new:
        if id(one) not in became:
            yield _told(ChangeKind.CONTRADICTION_OPENED, one, _cause(one, views))


def _key(contradiction: Contradiction) -> tuple[str, frozenset[str]]:
    return contradiction.kind, frozenset(contradiction.sides)


def _left(listed: Iterable[Contradiction], others: Counter[tuple[str, frozenset[str]]]) -> list[Contradiction]:
    """Those that the others do not have."""
    left = []
    for one in listed:
        if others[_key(one)] > 0:
            others[_key(one)] -= 1
        else:
            left.append(one)
    return left


def _common(one: Contradiction, other: Contradiction) -> int:
    return len(set(one.sides) & set(other.sides)) if one.kind is other.kind else 0


def _cause(contradiction: Contradiction, views: Views) -> str | None:
    return views.cause({passage.article_id for one in contradiction.positions for passage in one.passages})


def _told(kind: ChangeKind, contradiction: Contradiction, article_id: str | None) -> dict[str, Any]:
    positions = tuple(
        one.model_copy(update={"passages": one.passages[:MOST_PASSAGES]}) for one in contradiction.positions
    )
    return {
        "kind": kind,
        "article_id": article_id,
        "claim_ids": contradiction.sides,
        "contradiction": contradiction.model_copy(update={"positions": positions}),
    }
