"""The verdict on two figures for one thing: agree, compatible, superseded, conflicting, or not compared.

The cases are tried in a fixed order; `compare_mentions` is that order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.contracts.event_claims import FigureVerdict, Outlook
from services.contracts.publication_interval import Interval, interval
from services.contracts.quantity import Bound, Quantity
from services.dedupe.merging.figures.counted_vocabulary import load_vocabulary
from services.dedupe.merging.figures.distinct_things import have_other_scope_place_or_time, names_day_long_before
from services.dedupe.merging.figures.figure_mention import FigureMention, claim_cosine, have_same_figure_source
from services.dedupe.merging.figures.near_counts import are_near_counts
from services.dedupe.merging.figures.whole_counts import may_be_part_of_higher
from services.language.case import amount_in_sentence
from services.language.quantities import ABOUT, can_be_rounded, ranges_meet, same_value, strict_range

CLEARLY_LATER = timedelta(hours=12)
"""Time between two reports from which a higher count is news rather than another opinion. Chosen, not measured."""
COMPARABLE = 0.38
"""Cosine of two claims from which differing figures can be about one thing of which an event has one count."""
OPENING = 2500
"""Characters of an article in which it gives the main counts; later figures are of other places and occasions."""
MEANING = 0.66
"""Cosine for all other things."""
_ONE_COUNT = frozenset(("troops", "protesters"))
_TALLIES = frozenset((
    "ballot", "ballots", "delegate", "delegates", "goal", "goals", "nomination", "nominations", "point", "points",
    "run", "runs", "seat", "seats", "supporter", "supporters", "vote", "votes", "win", "wins",
))  # fmt: skip
"""What each side, place and round has its own count of; the words around do not tell surely of which one it is."""
_OF_THE_VALUE = (Bound.EXACT, Bound.ABOUT)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of comparing two figures. `because` gives the reason to people, after a colon.

    `may_have_grown`: whether the higher count came later, and such counts grow.
    """

    verdict: FigureVerdict
    because: str
    may_have_grown: bool = False


def find_verdict(mention: FigureMention, other_mention: FigureMention) -> FigureVerdict | None:
    """Return the verdict on two figures of one row; None: they cannot be compared."""
    comparison = compare_mentions(mention, other_mention)
    return None if comparison is None else comparison.verdict


def compare_mentions(mention: FigureMention, other_mention: FigureMention) -> Comparison | None:
    """Compare two figures of one row; None: they cannot be compared. The order of the two does not matter."""
    if are_equal_amounts(mention.quantity, other_mention.quantity):
        comparison = _compare_equal_amounts(mention, other_mention)
        if comparison is not None:
            return comparison
    if mention.quantity.increment or other_mention.quantity.increment or cannot_be_same_thing(mention, other_mention):
        return None
    if _is_only_one_certain(mention, other_mention):
        return Comparison(FigureVerdict.COMPATIBLE, "one of them tells only what may be")
    if mention.context.outlook is not other_mention.context.outlook:
        comparison = _compare_expected_with_current(mention, other_mention)
    elif can_both_hold(mention.quantity, other_mention.quantity):
        comparison = Comparison(FigureVerdict.COMPATIBLE, "both can be right")
    elif mention.context.outlook is Outlook.EXPECTED and not have_same_figure_source(mention, other_mention):
        comparison = Comparison(FigureVerdict.COMPATIBLE, "both tell what is to come")
    else:
        comparison = _compare_disjoint_amounts(mention, other_mention)
    if comparison.verdict is FigureVerdict.COMPATIBLE:
        return comparison
    return (
        None
        if mention.derived_from or other_mention.derived_from or not _stand_early_in_articles(mention, other_mention)
        else comparison
    )


def are_equal_amounts(quantity: Quantity, other_quantity: Quantity) -> bool:
    """Whether two amounts are one number, rounded."""
    return quantity.increment == other_quantity.increment and same_value(quantity.value, other_quantity.value)


def can_both_hold(quantity: Quantity, other_quantity: Quantity) -> bool:
    """Whether one true value can satisfy both."""
    return ranges_meet(allowed_range(quantity), allowed_range(other_quantity))


def allowed_range(quantity: Quantity) -> tuple[float, float]:
    """Return the range of true values that a figure allows."""
    if quantity.bound is Bound.ABOUT:
        width = abs(quantity.value) * ABOUT
        return quantity.value - width, quantity.value + width
    if quantity.bound is Bound.EXACT:
        return quantity.value, quantity.value
    low = float("-inf") if quantity.low is None else quantity.low
    return strict_range(low, float("inf") if quantity.high is None else quantity.high, quantity.surface)


def _compare_equal_amounts(mention: FigureMention, other_mention: FigureMention) -> Comparison | None:
    """Compare two amounts of one number; None where one excludes that number, and the other is just that."""
    bounds = {mention.quantity.bound, other_mention.quantity.bound}
    may_be = (mention.context.outlook is Outlook.POSSIBLE) != (other_mention.context.outlook is Outlook.POSSIBLE)
    if not may_be and (len(bounds) == 1 or bounds <= set(_OF_THE_VALUE)):
        is_rounded = mention.quantity.value != other_mention.quantity.value
        return Comparison(FigureVerdict.AGREE, "the same value, rounded" if is_rounded else "the same value")
    if can_both_hold(mention.quantity, other_mention.quantity):
        return Comparison(FigureVerdict.COMPATIBLE, _explain_equal_amounts(mention.quantity, other_mention.quantity))
    for quantity in (mention.quantity, other_mention.quantity):
        if quantity.bound is Bound.EXACT and (quantity.dimension is not None or can_be_rounded(quantity.value)):
            return Comparison(FigureVerdict.COMPATIBLE, f"both can be right if {quantity.surface} is rounded")
    return None


def _explain_equal_amounts(quantity: Quantity, other_quantity: Quantity) -> str:
    """Why two amounts of one number fit together: "at least five" allows five."""
    limited = [one for one in (quantity, other_quantity) if one.bound not in _OF_THE_VALUE]
    if len(limited) != 1:
        return "they agree on the number"
    other = other_quantity if limited[0] is quantity else quantity
    return f"they agree, “{amount_in_sentence(limited[0].surface)}” allows {amount_in_sentence(other.surface)}"


def cannot_be_same_thing(mention: FigureMention, other_mention: FigureMention) -> bool:
    """Whether differing values cannot be about the same thing.

    Nobody contradicts himself in one breath: an article gives two values for one thing only as those of two sources.
    So where one source gives both values, they are about two things.
    """
    if (
        have_other_scope_place_or_time(mention, other_mention)
        or not _TALLIES.isdisjoint((mention.thing.noun, other_mention.thing.noun))
        or mention.report.prepared.claim_id == other_mention.report.prepared.claim_id
    ):
        return True
    if not _have_similar_claims(mention, other_mention):
        return True
    if mention.article.article_id == other_mention.article.article_id:
        return (
            mention.source is None
            or other_mention.source in (None, mention.source)
            or have_same_figure_source(mention, other_mention)
        )
    return _is_among_other_counts(mention, other_mention.quantity) or _is_among_other_counts(
        other_mention, mention.quantity
    )


def _is_among_other_counts(mention: FigureMention, quantity: Quantity) -> bool:
    return any(are_equal_amounts(count, quantity) for count in mention.other_counts)


def _have_similar_claims(mention: FigureMention, other_mention: FigureMention) -> bool:
    """Whether two claims are close enough for differing figures; less is enough for the main count of an event."""
    main_count = are_of_single_count_per_event(mention, other_mention) and _stand_early_in_articles(
        mention, other_mention
    )
    if main_count and are_near_counts(mention.quantity, other_mention.quantity):
        return True
    return claim_cosine(mention, other_mention) >= (COMPARABLE if main_count else MEANING)


def _stand_early_in_articles(mention: FigureMention, other_mention: FigureMention) -> bool:
    return max(mention.quantity.span.start, other_mention.quantity.span.start) < OPENING


def are_of_single_count_per_event(mention: FigureMention, other_mention: FigureMention) -> bool:
    """Whether an event has one count of what they count: its troops, or all to whom one thing happened."""
    return mention.thing.fate == other_mention.thing.fate and (
        mention.thing.fate is not None or mention.thing.noun in _ONE_COUNT
    )


def _is_only_one_certain(mention: FigureMention, other_mention: FigureMention) -> bool:
    outlooks = [mention.context.outlook, other_mention.context.outlook]
    return Outlook.POSSIBLE in outlooks and not (
        outlooks[0] is outlooks[1] and have_same_figure_source(mention, other_mention)
    )


def _compare_expected_with_current(mention: FigureMention, other_mention: FigureMention) -> Comparison:
    expected, current = (
        (mention, other_mention) if mention.context.outlook is Outlook.EXPECTED else (other_mention, mention)
    )
    if allowed_range(expected.quantity)[1] >= allowed_range(current.quantity)[0]:
        return Comparison(FigureVerdict.COMPATIBLE, "what is expected is no less than what is told now")
    if have_same_figure_source(mention, other_mention):
        return Comparison(FigureVerdict.SUPERSEDED, "one source gave both")
    return Comparison(FigureVerdict.CONFLICTING, "what is expected is less than what is already told")


def _compare_disjoint_amounts(first_mention: FigureMention, second_mention: FigureMention) -> Comparison:
    first_mention, second_mention = sorted((first_mention, second_mention), key=lambda mention: mention.order)
    if first_mention.context.former != second_mention.context.former:
        former = first_mention if first_mention.context.former else second_mention
        return Comparison(FigureVerdict.SUPERSEDED, f"{_amount(former)} is told as an earlier count")
    order = compare_times(first_mention, second_mention)
    earlier, last = (second_mention, first_mention) if order < 0 else (first_mention, second_mention)
    if have_same_figure_source(first_mention, second_mention):
        because = f"{_amount(last)} is the newer value of one source" if order else "one source gave both"
        return Comparison(FigureVerdict.SUPERSEDED, because)
    has_grown = bool(order) and earlier.quantity.value < last.quantity.value
    if has_grown and first_mention.thing.fate in load_vocabulary().only_grow:
        because = f"such a count only grows, and {_amount(last)} is clearly later"
        return Comparison(FigureVerdict.SUPERSEDED, because)
    return _compare_counts_of_two_sources(first_mention, second_mention, is_one_later=bool(order))


def _compare_counts_of_two_sources(
    mention: FigureMention, other_mention: FigureMention, *, is_one_later: bool
) -> Comparison:
    """Compare two amounts of which neither replaces the other. `is_one_later`: by more than some hours."""
    is_growing = mention.thing.fate in load_vocabulary().only_grow and not is_one_later
    if is_growing and _may_be_of_different_hours(mention, other_mention):
        return Comparison(FigureVerdict.COMPATIBLE, "such a count grows, and the higher one may be later")
    if may_be_part_of_higher(mention, other_mention):
        return Comparison(FigureVerdict.COMPATIBLE, "the lower one may be a part of the higher")
    may_have_grown = is_growing and _is_published_before(*_order_by_value(mention, other_mention))
    return Comparison(FigureVerdict.CONFLICTING, "they cannot both be right", may_have_grown)


def _amount(mention: FigureMention) -> str:
    return amount_in_sentence(mention.quantity.surface)


def is_lower_only_earlier(mention: FigureMention, other_mention: FigureMention, row: Sequence[FigureMention]) -> bool:
    """Whether all lower counts of a row surely came before the higher of two, so that it may just have grown."""
    _, higher = _order_by_value(mention, other_mention)
    lower = [one for one in row if not one.quantity.increment and one.quantity.value < higher.quantity.value]
    return all(_is_published_before(one, higher) for one in lower)


def _order_by_value(mention: FigureMention, other_mention: FigureMention) -> tuple[FigureMention, FigureMention]:
    """The lower one first."""
    is_lower = mention.quantity.value <= other_mention.quantity.value
    return (mention, other_mention) if is_lower else (other_mention, mention)


def _is_published_before(mention: FigureMention, other_mention: FigureMention) -> bool:
    """Whether one report surely came before another, however soon."""
    first, second = _publication_interval(mention), _publication_interval(other_mention)
    return first is not None and second is not None and first.is_before(second)


def _may_be_of_different_hours(mention: FigureMention, other_mention: FigureMention) -> bool:
    """Whether of two reports of one day only the day is known, and both tell of what has just happened."""
    first, second = _publication_interval(mention), _publication_interval(other_mention)
    if first is None or second is None:
        return False
    is_day_only = first.begin != first.end or second.begin != second.end
    return (
        is_day_only
        and not first.is_before(second)
        and not second.is_before(first)
        and not (names_day_long_before(mention) or names_day_long_before(other_mention))
    )


def compare_times(first_mention: FigureMention, second_mention: FigureMention) -> int:
    """Return 1 if the second is clearly later, -1 if the first is, 0 if neither is or nobody knows."""
    days = [_parse_day(mention.quantity.as_of) for mention in (first_mention, second_mention)]
    if None not in days and days[0] != days[1]:
        return 1 if str(days[0]) < str(days[1]) else -1
    first, second = _publication_interval(first_mention), _publication_interval(second_mention)
    if first is None or second is None:
        return 0
    return _is_clearly_before(first, second) - _is_clearly_before(second, first)


def _publication_interval(mention: FigureMention) -> Interval | None:
    article = mention.article
    return None if article.published_at is None else interval(article.published_at, article.published_precision)


def _is_clearly_before(first: Interval, second: Interval) -> bool:
    """Whether so much time lies between two reports, or a day's end where a time of day is not known."""
    return first.is_before(second) and second.begin - first.begin >= CLEARLY_LATER


def _parse_day(iso_date: str | None) -> date | None:
    try:
        return None if iso_date is None else date.fromisoformat(iso_date)
    except ValueError:  # a month, or a day of an unknown year
        return None
