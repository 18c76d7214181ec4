"""Amounts that reports give in the place of a draft's, and whether they are newer. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from services.api.check.comparison import Comparison
from services.api.check.models import OtherAmount
from services.api.check.passages import passages_of
from services.api.check.proposition import Proposition, words_of
from services.contracts.event import Event
from services.contracts.event_claims import ContradictionKind, Figure, FigureValue, MergedClaim, Outlook
from services.contracts.quantity import Quantity
from services.language.quantities import ranges_meet, same_value


def other_amounts(
    draft: Proposition,
    same: Sequence[MergedClaim],
    otherwise: Sequence[tuple[MergedClaim, Comparison]],
    event: Event,
) -> list[OtherAmount]:
    """Each once, newer ones first.

    Args:
        draft: A claim of a draft.
        same: The event's claims that say the same.
        otherwise: Those that say the same but for an amount.
        event: Its table of figures knows which values stand in one row.
    """
    found = [
        _amount(quantity, claim, newer=False) for claim, comparison in otherwise for quantity in comparison.amounts
    ]
    for figure in event.figures:
        for value in figure.values:
            if _is_drafts(value, figure, draft, same):
                found += _beside(value, figure, event)
        if not same and _is_counted_by(figure, draft):
            found += _instead(figure, draft, event)
    distinct: dict[tuple[float, str | None], OtherAmount] = {}
    for each in sorted(found, key=lambda each: (not each.newer, each.surface)):
        distinct.setdefault((each.value, each.unit), each)
    return list(distinct.values())


def _is_drafts(value: FigureValue, figure: Figure, draft: Proposition, same: Iterable[MergedClaim]) -> bool:
    """Whether a value of a row is the draft's: claims that say the same as the draft give it."""
    given = {claim.claim_id for claim in same}
    return not given.isdisjoint(value.claim_ids) and any(
        each.unit == figure.unit and same_value(each.value, value.value) for each in draft.quantities
    )


def _is_counted_by(figure: Figure, draft: Proposition) -> bool:
    """Whether the draft gives an amount of what a row counts: "82 people were hurt" of "people injured".

    A row that counts but one word is too little: "82 people" of whatever they did.
    """
    counted = words_of(figure.counted)
    return (
        len(counted) > 1
        and counted <= draft.words
        and any(each.unit == figure.unit and words_of(each.counted or "") <= counted for each in draft.quantities)
    )


def _instead(figure: Figure, draft: Proposition, event: Event) -> Iterator[OtherAmount]:
    """The values of a row, where none of them fits what the draft gives."""
    given = [(each.low, each.high) for each in draft.quantities if each.unit == figure.unit]
    values = [value for value in figure.values if value.outlook is Outlook.CURRENT and not value.increment]
    if any(ranges_meet((value.low, value.high), amount) for value in values for amount in given):
        return
    claims = {claim.claim_id: claim for claim in event.claims}
    for value in values:
        claim = next((claims[claim_id] for claim_id in value.claim_ids if claim_id in claims), None)
        if claim is not None:
            yield _of_row(value, figure, claim, newer=False)


def _beside(own: FigureValue, figure: Figure, event: Event) -> Iterator[OtherAmount]:
    """Values of the row that cannot be true beside `own`.

    One replaces it that its own source gave later, or that a count has come to by growing, unless the event holds the
    two to contradict each other.
    """
    claims = {claim.claim_id: claim for claim in event.claims}
    others = [value for value in figure.values if not _fit(value, own) and value.outlook is Outlook.CURRENT]
    later = [value for value in others if _is_later(value, own)]
    grown = figure.unit is None and bool(later) and all(value.value > own.value for value in later)
    for value in others:
        claim = next((claims[claim_id] for claim_id in value.claim_ids if claim_id in claims), None)
        if claim is None:
            continue
        own_source = not set(value.sources).isdisjoint(own.sources)
        replaces = value in later and (own_source or (grown and not _contradict(own, value, event)))
        yield _of_row(value, figure, claim, newer=replaces)


def _of_row(value: FigureValue, figure: Figure, claim: MergedClaim, *, newer: bool) -> OtherAmount:
    return OtherAmount(
        surface=value.surface,
        value=value.value,
        unit=figure.unit,
        source=value.source,
        claim_id=claim.claim_id,
        newer=newer,
        passages=passages_of(claim.supports),
    )


def _contradict(one: FigureValue, other: FigureValue, event: Event) -> bool:
    """Whether the event lists a claim of each on the two sides of one contradiction."""
    here, there = set(one.claim_ids), set(other.claim_ids)
    sides = [set(each.sides) for each in event.contradictions if each.kind is ContradictionKind.FIGURE]
    return any(here & listed and there & listed for listed in sides)


def _is_later(value: FigureValue, old: FigureValue) -> bool:
    if value.first_reported_at is None or old.first_reported_at is None or value.increment:
        return False
    return value.first_reported_at > old.first_reported_at


def _fit(one: FigureValue, other: FigureValue) -> bool:
    return ranges_meet((one.low, one.high), (other.low, other.high))


def _amount(quantity: Quantity, claim: MergedClaim, *, newer: bool) -> OtherAmount:
    return OtherAmount(
        surface=quantity.surface,
        value=quantity.value,
        unit=quantity.unit,
        source=claim.speaker.canonical if claim.speaker else None,
        claim_id=claim.claim_id,
        newer=newer,
        passages=passages_of(claim.supports),
    )
