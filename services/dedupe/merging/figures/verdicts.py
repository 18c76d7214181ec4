"""What two figures for one thing amount to: the cases in the order in which they are decided."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.contracts.claim import Bound, Quantity
from services.contracts.event_claims import FigureVerdict, Outlook
from services.dedupe.merging.figures.distinct_things import apart
from services.dedupe.merging.figures.mention import Mention, cosine, one_source
from services.dedupe.merging.figures.vocabulary import load_vocabulary
from services.language.quantities import ABOUT, ranges_meet, same_value

CLEARLY_LATER = timedelta(hours=12)
"""Between two reports, from which on a higher count is news rather than another opinion. Chosen, not measured."""
COMPARABLE = 0.38
"""Cosine of two claims from which figures that differ can be about one thing, if an event has one count of it."""
OPENING = 2500
"""Characters of an article in which it tells the main counts; what differs later is of other places and occasions."""
MEANING = 0.66
"""The same for all other things."""
_ONE_COUNT = frozenset(("troops", "protesters"))
_OF_THE_VALUE = (Bound.EXACT, Bound.ABOUT)


@dataclass(frozen=True, slots=True)
class Relation:
    """What two figures amount to. `because` completes "…: " for people."""

    verdict: FigureVerdict
    because: str


def relation(one: Mention, other: Mention) -> FigureVerdict | None:
    """The verdict on two figures of one row; None: they cannot be compared."""
    found = compare(one, other)
    return None if found is None else found.verdict


def compare(one: Mention, other: Mention) -> Relation | None:
    """What two figures of one row amount to; None: they are not compared. The order of the two does not matter."""
    if equal(one.quantity, other.quantity):
        return _of_equals(one, other)
    if one.quantity.increment or other.quantity.increment or incomparable(one, other):
        return None
    if _may_be(one, other):
        return Relation(FigureVerdict.COMPATIBLE, "one of them tells only what may be")
    if one.clause.outlook is not other.clause.outlook:
        found = _expected_and_current(one, other)
    elif meet(one.quantity, other.quantity):
        found = Relation(FigureVerdict.COMPATIBLE, "one true value can satisfy both")
    elif one.clause.outlook is Outlook.EXPECTED and not one_source(one, other):
        found = Relation(FigureVerdict.COMPATIBLE, "both tell what is to come")
    else:
        found = _of_disjoint(one, other)
    if found.verdict is FigureVerdict.COMPATIBLE:
        return found
    return None if one.derived_from or other.derived_from or not _told_early(one, other) else found


def equal(one: Quantity, other: Quantity) -> bool:
    """Whether two amounts are one number, rounded."""
    return one.increment == other.increment and same_value(one.value, other.value)


def meet(one: Quantity, other: Quantity) -> bool:
    """Whether one true value satisfies both."""
    return ranges_meet(interval(one), interval(other))


def interval(quantity: Quantity) -> tuple[float, float]:
    """Range of the true value that a figure allows."""
    if quantity.bound is Bound.ABOUT:
        width = abs(quantity.value) * ABOUT
        return quantity.value - width, quantity.value + width
    if quantity.bound is Bound.EXACT:
        return quantity.value, quantity.value
    low = float("-inf") if quantity.low is None else quantity.low
    return low, float("inf") if quantity.high is None else quantity.high


def _of_equals(one: Mention, other: Mention) -> Relation:
    bounds = {one.quantity.bound, other.quantity.bound}
    may_be = (one.clause.outlook is Outlook.POSSIBLE) != (other.clause.outlook is Outlook.POSSIBLE)
    if not may_be and (len(bounds) == 1 or bounds <= set(_OF_THE_VALUE)):
        return Relation(FigureVerdict.AGREE, "the same value")
    return Relation(FigureVerdict.COMPATIBLE, "the same value, with another limit or outlook")


def incomparable(one: Mention, other: Mention) -> bool:
    """Whether differing values cannot be about the same.

    Nobody contradicts himself in one breath: an article gives two values for one thing only as those of two sources.
    So what gives both values, here or there, tells of two things.
    """
    if apart(one, other) or one.report.claim.claim_id == other.report.claim.claim_id:
        return True
    if not _near_enough(one, other):
        return True
    if one.article.article_id == other.article.article_id:
        return one.source is None or other.source in (None, one.source) or one_source(one, other)
    return _gives(one, other.quantity) or _gives(other, one.quantity)


def _gives(mention: Mention, quantity: Quantity) -> bool:
    return any(equal(beside, quantity) for beside in mention.beside)


def _near_enough(one: Mention, other: Mention) -> bool:
    """Whether the claims are close enough for figures that differ: less will do for the main count of an event."""
    main = one_count(one, other) and _told_early(one, other)
    return cosine(one, other) >= (COMPARABLE if main else MEANING)


def _told_early(one: Mention, other: Mention) -> bool:
    return max(one.quantity.span.start, other.quantity.span.start) < OPENING


def one_count(one: Mention, other: Mention) -> bool:
    """Whether they count what an event has one count of: its troops, or all to whom one thing happened."""
    return one.thing.fate == other.thing.fate and (one.thing.fate is not None or one.thing.noun in _ONE_COUNT)


def _may_be(one: Mention, other: Mention) -> bool:
    outlooks = [one.clause.outlook, other.clause.outlook]
    return Outlook.POSSIBLE in outlooks and not (outlooks[0] is outlooks[1] and one_source(one, other))


def _expected_and_current(one: Mention, other: Mention) -> Relation:
    expected, current = (one, other) if one.clause.outlook is Outlook.EXPECTED else (other, one)
    if interval(expected.quantity)[1] >= interval(current.quantity)[0]:
        return Relation(FigureVerdict.COMPATIBLE, "what is expected is no less than what is told now")
    if one_source(one, other):
        return Relation(FigureVerdict.SUPERSEDED, "one source gave both")
    return Relation(FigureVerdict.CONFLICTING, "what is expected is less than what is already told")


def _of_disjoint(one: Mention, other: Mention) -> Relation:
    one, other = sorted((one, other), key=lambda mention: mention.order)
    if one.clause.former != other.clause.former:
        former = one if one.clause.former else other
        return Relation(FigureVerdict.SUPERSEDED, f"{former.quantity.surface} is told as an earlier count")
    order = later(one, other)
    earlier, last = (other, one) if order < 0 else (one, other)
    if one_source(one, other):
        because = f"{last.quantity.surface} is the newer value of one source" if order else "one source gave both"
        return Relation(FigureVerdict.SUPERSEDED, because)
    grows = one.thing.fate in load_vocabulary().only_grow and earlier.quantity.value < last.quantity.value
    if grows and order:
        because = f"such a count only grows, and {last.quantity.surface} is clearly later"
        return Relation(FigureVerdict.SUPERSEDED, because)
    return Relation(FigureVerdict.CONFLICTING, "no value can satisfy both")


def later(one: Mention, other: Mention) -> int:
    """1: the second is clearly later; -1: the first is; 0: neither, or nobody knows."""
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
