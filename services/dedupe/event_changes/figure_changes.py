"""Lists what is new in an event's table of figures: values that came or went, verdicts that changed. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import MOST_CLAIM_IDS, MOST_PASSAGES, ToldFigure
from services.contracts.event_claims import Figure, FigureValue, FigureVerdict, MergedClaim, Passage
from services.dedupe.event_changes.view_comparison import ViewComparison

_Row = tuple[str, str | None, int]
"""What is counted, its unit, and which of the rows it is that count so."""

_VERDICTS = {
    FigureVerdict.CONFLICTING: ChangeKind.FIGURE_CONFLICTING,
    FigureVerdict.SUPERSEDED: ChangeKind.FIGURE_SUPERSEDED,
}


def list_figure_changes(comparison: ViewComparison) -> Iterator[dict[str, Any]]:
    """Values that are gone, then values that are new and verdicts that changed, row by row."""
    before, now = _rows_by_key(comparison.figures), _rows_by_key(comparison.current_view.figures)
    claims: Mapping[str, MergedClaim] | None = None
    for row, figure in before.items():
        if now.get(row) is not figure:
            yield from _list_withdrawn_values(row, figure, now.get(row))
    for row, figure in now.items():
        old = before.get(row)
        if old is figure:
            continue
        claims = claims if claims is not None else comparison.map_current_claims()
        yield from _list_added_values(row, old, figure, claims, comparison)
        verdict = FigureVerdict.SINGLE if old is None else old.verdict
        if figure.verdict is not verdict:
            yield {
                "kind": _VERDICTS.get(figure.verdict, ChangeKind.FIGURE_AGREED),
                "article_id": comparison.find_causing_article_id(
                    {one for value in figure.values for one in value.article_ids}
                ),
                "claim_ids": tuple(dict.fromkeys(one for value in figure.values for one in value.claim_ids))[
                    :MOST_CLAIM_IDS
                ],
                "figure": ToldFigure.of(figure, row[2], None),
                "passages": _find_passages(figure.values, claims),
            }


def _list_withdrawn_values(row: _Row, old_figure: Figure, new_figure: Figure | None) -> Iterator[dict[str, Any]]:
    kept = {} if new_figure is None else _map_values_by_key(new_figure)
    for key, value in _map_values_by_key(old_figure).items():
        if key not in kept:
            told = ToldFigure.of(new_figure or old_figure, row[2], value)
            yield {
                "kind": ChangeKind.FIGURE_WITHDRAWN,
                "figure": told if new_figure else told.model_copy(update={"verdict": None, "explanation": ""}),
            }


def _list_added_values(
    row: _Row,
    old_figure: Figure | None,
    new_figure: Figure,
    claims_by_id: Mapping[str, MergedClaim],
    comparison: ViewComparison,
) -> Iterator[dict[str, Any]]:
    known = {} if old_figure is None else _map_values_by_key(old_figure)
    for key, value in _map_values_by_key(new_figure).items():
        if key not in known:
            yield {
                "kind": ChangeKind.FIGURE_ADDED,
                "article_id": comparison.find_causing_article_id(value.article_ids),
                "claim_ids": value.claim_ids[:MOST_CLAIM_IDS],
                "figure": ToldFigure.of(new_figure, row[2], value),
                "passages": _find_passages([value], claims_by_id),
            }


def _rows_by_key(figures: Iterable[Figure]) -> dict[_Row, Figure]:
    seen: Counter[tuple[str, str | None]] = Counter()
    rows: dict[_Row, Figure] = {}
    for figure in figures:
        seen[figure.counted, figure.unit] += 1
        rows[figure.counted, figure.unit, seen[figure.counted, figure.unit]] = figure
    return rows


def _map_values_by_key(figure: Figure) -> dict[tuple[object, ...], FigureValue]:
    return {(one.value, one.bound, one.increment, one.derived_from): one for one in figure.values}


def _find_passages(values: Sequence[FigureValue], claims_by_id: Mapping[str, MergedClaim]) -> tuple[Passage, ...]:
    """Where the words stand: of one value its first reports, of several one report each."""
    each = MOST_PASSAGES if len(values) == 1 else 1
    found: list[Passage] = []
    for value in values:
        articles = set(value.article_ids)
        reports = (
            support
            for claim_id in value.claim_ids
            for support in (claims_by_id[claim_id].supports if claim_id in claims_by_id else ())
            if support.article_id in articles
        )
        for support, _ in zip(reports, range(each), strict=False):
            found.append(Passage(article_id=support.article_id, span=support.span, text=support.text))
        if len(found) >= MOST_PASSAGES:
            break
    return tuple(found[:MOST_PASSAGES])
