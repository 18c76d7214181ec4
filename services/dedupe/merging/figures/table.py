"""The table of figures: one row for each counted thing, its values with who gives them, and its verdict."""

from collections.abc import Sequence
from itertools import combinations

from services.contracts.event_claims import Figure, FigureValue, FigureVerdict, Outlook
from services.dedupe.merging.bounds import both_ends
from services.dedupe.merging.figures.mention import Counted, Mention, Value, label
from services.dedupe.merging.figures.verdicts import Relation, compare

_SEVERITY = (
    FigureVerdict.CONFLICTING,
    FigureVerdict.SUPERSEDED,
    FigureVerdict.COMPATIBLE,
    FigureVerdict.AGREE,
)
_SUREST = (Outlook.CURRENT, Outlook.EXPECTED, Outlook.POSSIBLE)


def figure_table(found: dict[Counted, list[Mention]]) -> tuple[Figure, ...]:
    """One row for each counted thing, by what is counted."""
    return tuple(_figure(counted, found[counted]) for counted in sorted(found, key=lambda one: one.order))


def _figure(counted: Counted, listed: Sequence[Mention]) -> Figure:
    verdict, explanation = _verdict(listed)
    return Figure(
        counted=label(counted, listed),
        unit=counted.unit,
        values=tuple(_value(same) for same in _by_value(listed)),
        verdict=verdict,
        explanation=explanation,
    )


def _by_value(listed: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions of one value together, in order of first report."""
    found: dict[Value, list[Mention]] = {}
    for one in listed:
        found.setdefault(one.value, []).append(one)
    return list(found.values())


def _value(same: Sequence[Mention]) -> FigureValue:
    first = same[0]
    dated = [one.article.published_at for one in same if one.article.published_at]
    sources = tuple(dict.fromkeys(one.source for one in same if one.source is not None))
    return FigureValue(
        surface=first.quantity.surface,
        value=first.quantity.value,
        low=first.quantity.low,
        high=first.quantity.high,
        bound=first.quantity.bound,
        source=sources[0] if sources else None,
        sources=sources,
        outlook=min((one.clause.outlook for one in same), key=_SUREST.index),
        increment=first.quantity.increment,
        place=next((one.quantity.place for one in same if one.quantity.place), None),
        as_of=max((one.quantity.as_of for one in same if one.quantity.as_of), default=None),
        derived_from=first.derived_from,
        claim_ids=tuple(sorted({one.group.claim_id for one in same})),
        article_ids=tuple(sorted({one.article.article_id for one in same})),
        origins=len({one.report.origin_id for one in same}),
        first_reported_at=min(dated, default=None),
    )


def _verdict(listed: Sequence[Mention]) -> tuple[FigureVerdict, str]:
    """The most serious relation between any two, and which two. One origin does not agree with itself."""
    worst: tuple[Mention, Mention, Relation] | None = None
    for one, other in combinations(both_ends(_first_of_each(listed)), 2):
        found = compare(one, other)
        if found is None or not _counts(one, other, found):
            continue
        if worst is None or _SEVERITY.index(found.verdict) < _SEVERITY.index(worst[2].verdict):
            worst = one, other, found
        if found.verdict is _SEVERITY[0]:
            break
    return (FigureVerdict.SINGLE, "") if worst is None else (worst[2].verdict, _told(*worst))


def _counts(one: Mention, other: Mention, found: Relation) -> bool:
    return found.verdict is not FigureVerdict.AGREE or one.report.origin_id != other.report.origin_id


def _told(one: Mention, other: Mention, found: Relation) -> str:
    if found.verdict is FigureVerdict.AGREE:
        return f"{_given(one)} and {_given(other)}: {found.because}."
    joined = "against" if found.verdict is FigureVerdict.CONFLICTING else "and"
    return f"{_given(one)} {joined} {_given(other)}: {found.because}."


def _given(mention: Mention) -> str:
    who = mention.source or mention.article.publisher.name or mention.article.publisher.domain
    return f"{mention.quantity.surface} ({who})" if who else mention.quantity.surface


def _first_of_each(listed: Sequence[Mention]) -> list[Mention]:
    """One mention for each value, outlook, source and origin: all that verdicts need, whatever is reprinted."""
    seen: dict[tuple[Value, Outlook, str | None, str], Mention] = {}
    for one in listed:
        seen.setdefault((one.value, one.clause.outlook, one.source, one.report.origin_id), one)
    return list(seen.values())
