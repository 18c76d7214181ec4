"""What the reports say of each counted thing: a table of values, and whether they can all be true."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from services.contracts.claim import Bound, Quantity
from services.contracts.event_claims import Figure, FigureValue, FigureVerdict
from services.dedupe.merging.claim_merging import ClaimGroup
from services.dedupe.merging.reports import Report, same_source
from services.dedupe.signals.terms import words

ABOUT = 0.1
"""Relative width of "about"."""
SAME_VALUE = 0.005
_NEARBY = 60
"""Characters around a figure in which the word stands that says what happened to those counted."""
_PEOPLE = frozenset(
    [
        "people",
        "person",
        "passenger",
        "civilian",
        "resident",
        "man",
        "woman",
        "child",
        "men",
        "women",
        "children",
        "other",
        "body",
        "villager",
        "worker",
        "victim",
        "survivor",
        "evacuee",
        "protester",
        "demonstrator",
        "toll",
    ]
)
"""Counted on their own they could be anybody: only with what happened to them are two figures about the same."""
_FATES = {
    "killed": "kill killed dead died dying death body fatal fatality lives",
    "injured": "injured injury hurt wounded treated injure hospital",
    "missing": "missing unaccounted",
    "evacuated": "evacuated evacuee fled displaced left",
    "arrested": "arrested detained custody",
    "rescued": "rescued saved survivor survived",
    "aboard": "aboard board",
    "gathered": "gathered protest protester rally demonstrator crowd joined marched",
    "destroyed": "destroyed burned burnt gutted razed",
    "damaged": "damaged",
}
_FATE_OF = {word: fate for fate, listed in _FATES.items() for word in listed.split()}
_BOUNDARY = re.compile(r"[,;:()\n]|\b(?:and|but|while|with|of whom)\b|\d")
_HEDGE = re.compile(r"\b(could|may|might|expected|plans?|planned|would|up to|feared|by the end of)\b", re.IGNORECASE)
_SEVERITY = (
    FigureVerdict.CONFLICTING,
    FigureVerdict.SUPERSEDED,
    FigureVerdict.COMPATIBLE,
    FigureVerdict.AGREE,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure counts: two figures are compared only if all of this is equal. `fate`: what happened to it."""

    noun: str
    names: tuple[str, ...]
    fate: str | None
    unit: str | None

    @property
    def order(self) -> tuple[str, tuple[str, ...], str, str]:
        """For sorting; total."""
        return self.noun, self.names, self.fate or "", self.unit or ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure in one report of a merged claim."""

    group: ClaimGroup
    report: Report
    quantity: Quantity

    @property
    def source(self) -> str | None:
        """Who gives the figure, if the report says."""
        speaker = self.report.claim.speaker
        return None if speaker is None else speaker.canonical

    @property
    def hedged(self) -> bool:
        """Whether it tells what may come to be rather than what is."""
        return _HEDGE.search(self.report.claim.text) is not None


def mentions(groups: Sequence[ClaimGroup]) -> dict[Counted, list[Mention]]:
    """All figures whose counted thing is known, by counted thing, in publication order."""
    found: dict[Counted, list[Mention]] = {}
    for group in groups:
        for one in group.reports:
            for quantity in one.claim.quantities:
                counted = _counted(one, quantity)
                if counted is not None:
                    found.setdefault(counted, []).append(Mention(group, one, quantity))
    for listed in found.values():
        listed.sort(key=lambda mention: (mention.report.order, mention.quantity.span.start))
    return found


def figure_table(found: dict[Counted, list[Mention]]) -> tuple[Figure, ...]:
    """One row for each counted thing, by what is counted."""
    return tuple(
        Figure(
            counted=label(counted, found[counted]),
            unit=counted.unit,
            values=tuple(_value(same) for same in _by_value(found[counted])),
            verdict=_verdict(found[counted]),
        )
        for counted in sorted(found, key=lambda one: one.order)
    )


def label(counted: Counted, listed: Sequence[Mention]) -> str:
    """What is counted, for readers, with the noun as first written: `North Korean troops`, `people killed`."""
    noun = counted.noun
    if noun != "people":
        noun = (listed[0].quantity.counted or noun).split()[-1]
    return " ".join(part for part in (*counted.names, noun, counted.fate) if part)


def relation(one: Mention, other: Mention) -> FigureVerdict:
    """What two figures for one counted thing amount to."""
    if _equal(one.quantity, other.quantity):
        return FigureVerdict.AGREE
    if one.report.claim.claim_id == other.report.claim.claim_id or (
        one.report.article.article_id == other.report.article.article_id and same_source(one.report, other.report)
    ):
        # Nobody contradicts himself in one breath: the one is a part of the other.
        return FigureVerdict.COMPATIBLE
    if one.quantity.increment or other.quantity.increment or one.hedged or other.hedged:
        return FigureVerdict.COMPATIBLE
    low, high = interval(one.quantity)
    other_low, other_high = interval(other.quantity)
    if low <= other_high and other_low <= high:
        return FigureVerdict.COMPATIBLE
    return FigureVerdict.SUPERSEDED if same_source(one.report, other.report) else FigureVerdict.CONFLICTING


def interval(quantity: Quantity) -> tuple[float, float]:
    """Range of the true value that a figure allows."""
    if quantity.bound is Bound.ABOUT:
        width = abs(quantity.value) * ABOUT
        return quantity.value - width, quantity.value + width
    if quantity.bound is Bound.EXACT:
        return quantity.value, quantity.value
    low = float("-inf") if quantity.low is None else quantity.low
    return low, float("inf") if quantity.high is None else quantity.high


def _counted(report: Report, quantity: Quantity) -> Counted | None:
    tokens = words(quantity.counted or "")
    if not tokens:
        return None
    fate = _fate(report, quantity)
    noun = tokens[-1]
    if noun in _FATE_OF:
        noun = "people"
    if noun in _PEOPLE and fate is None:
        # "200 people" without what happened to them could be anybody.
        return None
    if fate is not None and noun in _PEOPLE:
        noun = "people"
    surfaces = (quantity.counted or "").split()
    names = tuple(word for word in surfaces[:-1] if word[:1].isupper()) if noun != "people" else ()
    return Counted(noun, names, fate, quantity.unit)


def _fate(report: Report, quantity: Quantity) -> str | None:
    """The nearest word after the figure that says what happened, else the nearest before it."""
    text = report.article.text
    after = text[quantity.span.end : min(report.claim.span.end, quantity.span.end + _NEARBY)]
    before = text[max(report.claim.span.start, quantity.span.start - _NEARBY) : quantity.span.start]
    clause_after, clause_before = _BOUNDARY.split(after)[0], _BOUNDARY.split(before)[-1]
    for token in (*words(quantity.counted or ""), *words(clause_after), *reversed(words(clause_before))):
        if token in _FATE_OF:
            return _FATE_OF[token]
    return None


def _equal(one: Quantity, other: Quantity) -> bool:
    largest = max(abs(one.value), abs(other.value))
    return one.increment == other.increment and abs(one.value - other.value) <= SAME_VALUE * largest


def _by_value(listed: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions of the same value, bound and source together, in publication order of the first."""
    found: dict[tuple[float, Bound, bool, str | None], list[Mention]] = {}
    for one in listed:
        quantity = one.quantity
        found.setdefault((quantity.value, quantity.bound, quantity.increment, one.source), []).append(one)
    return list(found.values())


def _value(same: Sequence[Mention]) -> FigureValue:
    first = same[0]
    dated = [one.report.article.published_at for one in same if one.report.article.published_at]
    return FigureValue(
        surface=first.quantity.surface,
        value=first.quantity.value,
        low=first.quantity.low,
        high=first.quantity.high,
        bound=first.quantity.bound,
        source=first.source,
        claim_ids=tuple(sorted({one.group.claim_id for one in same})),
        article_ids=tuple(sorted({one.report.article.article_id for one in same})),
        origins=len({one.report.origin_id for one in same}),
        first_reported_at=min(dated, default=None),
    )


def _verdict(listed: Sequence[Mention]) -> FigureVerdict:
    """The most serious relation between any two; one mention, or one origin's alone, is single."""
    if len({one.report.origin_id for one in listed}) == 1 and len(_by_value(listed)) == 1:
        return FigureVerdict.SINGLE
    relations = {relation(one, other) for one, other in combinations(_first_of_each(listed), 2)}
    return next((verdict for verdict in _SEVERITY if verdict in relations), FigureVerdict.AGREE)


def _first_of_each(listed: Sequence[Mention]) -> list[Mention]:
    """One mention for each value and source: all that verdicts need, however many reprints there are."""
    seen: dict[tuple[float, Bound, bool, str | None, str | None], Mention] = {}
    for one in listed:
        quantity = one.quantity
        publisher = one.report.article.publisher.key
        key = (quantity.value, quantity.bound, quantity.increment, one.source, publisher)
        seen.setdefault(key, one)
    return list(seen.values())
