"""The verdict on two figures for one thing: agree, compatible, superseded, conflicting, or not compared.

The cases are tried in a fixed order; `compare` is that order.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from services.contracts.claim import Bound, Quantity
from services.contracts.event_claims import FigureVerdict, Outlook
from services.dedupe.merging.figures.distinct_things import are_of_distinct_things
from services.dedupe.merging.figures.mention import Mention, claim_cosine, have_one_source
from services.dedupe.merging.figures.vocabulary import load_vocabulary
from services.language.quantities import ABOUT, ranges_meet, same_value

CLEARLY_LATER = timedelta(hours=12)
"""Time between two reports from which a higher count is news rather than another opinion. Chosen, not measured."""
COMPARABLE = 0.38
"""Cosine of two claims from which differing figures can be about one thing of which an event has one count."""
OPENING = 2500
"""Characters of an article in which it gives the main counts; later figures are of other places and occasions."""
MEANING = 0.66
"""Cosine for all other things."""
_ONE_COUNT = frozenset(("troops", "protesters"))
_OF_THE_VALUE = (Bound.EXACT, Bound.ABOUT)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of comparing two figures. `because` gives the reason to people, after a colon."""

    verdict: FigureVerdict
    because: str


def verdict_on(one: Mention, other: Mention) -> FigureVerdict | None:
    """Return the verdict on two figures of one row; None: they cannot be compared."""
    comparison = compare(one, other)
    return None if comparison is None else comparison.verdict


def compare(one: Mention, other: Mention) -> Comparison | None:
    """Compare two figures of one row; None: they cannot be compared. The order of the two does not matter."""
    if are_equal(one.quantity, other.quantity):
        return _of_equals(one, other)
    if one.quantity.increment or other.quantity.increment or are_incomparable(one, other):
        return None
    if _may_be(one, other):
        return Comparison(FigureVerdict.COMPATIBLE, "one of them tells only what may be")
    if one.context.outlook is not other.context.outlook:
        comparison = _expected_and_current(one, other)
    elif can_both_hold(one.quantity, other.quantity):
        comparison = Comparison(FigureVerdict.COMPATIBLE, "one true value can satisfy both")
    elif one.context.outlook is Outlook.EXPECTED and not have_one_source(one, other):
        comparison = Comparison(FigureVerdict.COMPATIBLE, "both tell what is to come")
    else:
        comparison = _of_disjoint(one, other)
    if comparison.verdict is FigureVerdict.COMPATIBLE:
        return comparison
    return None if one.derived_from or other.derived_from or not _are_early(one, other) else comparison


def are_equal(one: Quantity, other: Quantity) -> bool:
    """Whether two amounts are one number, rounded."""
    return one.increment == other.increment and same_value(one.value, other.value)


def can_both_hold(one: Quantity, other: Quantity) -> bool:
    """Whether one true value can satisfy both."""
    return ranges_meet(interval(one), interval(other))


def interval(quantity: Quantity) -> tuple[float, float]:
    """Return the range of true values that a figure allows."""
    if quantity.bound is Bound.ABOUT:
        width = abs(quantity.value) * ABOUT
        return quantity.value - width, quantity.value + width
    if quantity.bound is Bound.EXACT:
        return quantity.value, quantity.value
    low = float("-inf") if quantity.low is None else quantity.low
    return low, float("inf") if quantity.high is None else quantity.high


def _of_equals(one: Mention, other: Mention) -> Comparison:
    bounds = {one.quantity.bound, other.quantity.bound}
    may_be = (one.context.outlook is Outlook.POSSIBLE) != (other.context.outlook is Outlook.POSSIBLE)
    if not may_be and (len(bounds) == 1 or bounds <= set(_OF_THE_VALUE)):
        return Comparison(FigureVerdict.AGREE, "the same value")
    return Comparison(FigureVerdict.COMPATIBLE, "the same value, with another limit or outlook")


def are_incomparable(one: Mention, other: Mention) -> bool:
    """Whether differing values cannot be about the same thing.

    Nobody contradicts himself in one breath: an article gives two values for one thing only as those of two sources.
    So where one source gives both values, they are about two things.
    """
    if are_of_distinct_things(one, other) or one.report.claim.claim_id == other.report.claim.claim_id:
        return True
    if not _are_close(one, other):
        return True
    if one.article.article_id == other.article.article_id:
        return one.source is None or other.source in (None, one.source) or have_one_source(one, other)
    return _also_counts(one, other.quantity) or _also_counts(other, one.quantity)


def _also_counts(mention: Mention, quantity: Quantity) -> bool:
    return any(are_equal(count, quantity) for count in mention.other_counts)


def _are_close(one: Mention, other: Mention) -> bool:
    """Whether two claims are close enough for differing figures; less is enough for the main count of an event."""
    main_count = have_one_count(one, other) and _are_early(one, other)
    return claim_cosine(one, other) >= (COMPARABLE if main_count else MEANING)


def _are_early(one: Mention, other: Mention) -> bool:
    return max(one.quantity.span.start, other.quantity.span.start) < OPENING


def have_one_count(one: Mention, other: Mention) -> bool:
    """Whether an event has one count of what they count: its troops, or all to whom one thing happened."""
    return one.thing.fate == other.thing.fate and (one.thing.fate is not None or one.thing.noun in _ONE_COUNT)


def _may_be(one: Mention, other: Mention) -> bool:
    outlooks = [one.context.outlook, other.context.outlook]
    return Outlook.POSSIBLE in outlooks and not (outlooks[0] is outlooks[1] and have_one_source(one, other))


def _expected_and_current(one: Mention, other: Mention) -> Comparison:
    expected, current = (one, other) if one.context.outlook is Outlook.EXPECTED else (other, one)
    if interval(expected.quantity)[1] >= interval(current.quantity)[0]:
        return Comparison(FigureVerdict.COMPATIBLE, "what is expected is no less than what is told now")
    if have_one_source(one, other):
        return Comparison(FigureVerdict.SUPERSEDED, "one source gave both")
    return Comparison(FigureVerdict.CONFLICTING, "what is expected is less than what is already told")


def _of_disjoint(one: Mention, other: Mention) -> Comparison:
    one, other = sorted((one, other), key=lambda mention: mention.order)
    if one.context.former != other.context.former:
        former = one if one.context.former else other
        return Comparison(FigureVerdict.SUPERSEDED, f"{former.quantity.surface} is told as an earlier count")
    order = which_is_later(one, other)
    earlier, last = (other, one) if order < 0 else (one, other)
    if have_one_source(one, other):
        because = f"{last.quantity.surface} is the newer value of one source" if order else "one source gave both"
        return Comparison(FigureVerdict.SUPERSEDED, because)
    grows = one.thing.fate in load_vocabulary().only_grow and earlier.quantity.value < last.quantity.value
    if grows and order:
        because = f"such a count only grows, and {last.quantity.surface} is clearly later"
        return Comparison(FigureVerdict.SUPERSEDED, because)
    return Comparison(FigureVerdict.CONFLICTING, "no value can satisfy both")


def which_is_later(one: Mention, other: Mention) -> int:
    """Return 1 if the second is clearly later, -1 if the first is, 0 if neither is or nobody knows."""
    days = [_day(mention.quantity.as_of) for mention in (one, other)]
    if None not in days and days[0] != days[1]:
        return 1 if str(days[0]) < str(days[1]) else -1
    first, second = one.article.published_at, other.article.published_at
    if first is None or second is None:
        return 0
    return (second - first >= CLEARLY_LATER) - (first - second >= CLEARLY_LATER)


def _day(iso: str | None) -> date | None:
    try:
        return None if iso is None else date.fromisoformat(iso)
    except ValueError:  # a month, or a day of an unknown year
        return None
