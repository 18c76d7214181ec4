"""The table of figures: one row for each counted thing, its values with who gives them, and its verdict."""

from collections.abc import Sequence
from itertools import combinations

from services.contracts.event_claims import Figure, FigureValue, FigureVerdict, Outlook
from services.dedupe.merging.bounds import both_ends
from services.dedupe.merging.figures.mention import Mention, RowKey, Value, row_label
from services.dedupe.merging.figures.verdicts import Comparison, compare

_SEVERITY = (
    FigureVerdict.CONFLICTING,
    FigureVerdict.SUPERSEDED,
    FigureVerdict.COMPATIBLE,
    FigureVerdict.AGREE,
)
_SUREST = (Outlook.CURRENT, Outlook.EXPECTED, Outlook.POSSIBLE)


def figure_table(rows: dict[RowKey, list[Mention]]) -> tuple[Figure, ...]:
    """Build the table: one figure for each row, ordered by what is counted."""
    return tuple(_figure(key, rows[key]) for key in sorted(rows, key=lambda key: key.order))


def _figure(key: RowKey, mentions: Sequence[Mention]) -> Figure:
    verdict, explanation = _verdict(mentions)
    return Figure(
        counted=row_label(key, mentions),
        unit=key.unit,
        values=tuple(_value(same) for same in _by_value(mentions)),
        verdict=verdict,
        explanation=explanation,
    )


def _by_value(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions of one value together, in order of first report."""
    by_value: dict[Value, list[Mention]] = {}
    for mention in mentions:
        by_value.setdefault(mention.value, []).append(mention)
    return list(by_value.values())


def _value(same: Sequence[Mention]) -> FigureValue:
    first = same[0]
    dated = [mention.article.published_at for mention in same if mention.article.published_at]
    sources = tuple(dict.fromkeys(mention.source for mention in same if mention.source is not None))
    return FigureValue(
        surface=first.quantity.surface,
        value=first.quantity.value,
        low=first.quantity.low,
        high=first.quantity.high,
        bound=first.quantity.bound,
        source=sources[0] if sources else None,
        sources=sources,
        outlook=min((mention.context.outlook for mention in same), key=_SUREST.index),
        increment=first.quantity.increment,
        place=next((mention.quantity.place for mention in same if mention.quantity.place), None),
        as_of=max((mention.quantity.as_of for mention in same if mention.quantity.as_of), default=None),
        derived_from=first.derived_from,
        claim_ids=tuple(sorted({mention.group.claim_id for mention in same})),
        article_ids=tuple(sorted({mention.article.article_id for mention in same})),
        origins=len({mention.report.origin_id for mention in same}),
        first_reported_at=min(dated, default=None),
    )


def _verdict(mentions: Sequence[Mention]) -> tuple[FigureVerdict, str]:
    """The most serious verdict on any two values, with its reason. One origin does not agree with itself."""
    worst: tuple[Mention, Mention, Comparison] | None = None
    for one, other in combinations(both_ends(_first_of_each(mentions)), 2):
        comparison = compare(one, other)
        if comparison is None or not _counts(one, other, comparison):
            continue
        if worst is None or _SEVERITY.index(comparison.verdict) < _SEVERITY.index(worst[2].verdict):
            worst = one, other, comparison
        if comparison.verdict is _SEVERITY[0]:
            break
    return (FigureVerdict.SINGLE, "") if worst is None else (worst[2].verdict, _explanation(*worst))


def _counts(one: Mention, other: Mention, comparison: Comparison) -> bool:
    return comparison.verdict is not FigureVerdict.AGREE or one.report.origin_id != other.report.origin_id


def _explanation(one: Mention, other: Mention, comparison: Comparison) -> str:
    if comparison.verdict is FigureVerdict.AGREE:
        return f"{_with_source(one)} and {_with_source(other)}: {comparison.because}."
    joined = "against" if comparison.verdict is FigureVerdict.CONFLICTING else "and"
    return f"{_with_source(one)} {joined} {_with_source(other)}: {comparison.because}."


def _with_source(mention: Mention) -> str:
    who = mention.source or mention.article.publisher.name or mention.article.publisher.domain
    return f"{mention.quantity.surface} ({who})" if who else mention.quantity.surface


def _first_of_each(mentions: Sequence[Mention]) -> list[Mention]:
    """One mention for each value, outlook, source and origin: verdicts need no more, however often it is reprinted."""
    seen: dict[tuple[Value, Outlook, str | None, str], Mention] = {}
    for mention in mentions:
        key = mention.value, mention.context.outlook, mention.source, mention.report.origin_id
        seen.setdefault(key, mention)
    return list(seen.values())
