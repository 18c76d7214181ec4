"""Whether two claims are one proposition. Conservative: what is not surely the same is not the same. Pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from services.api.check.proposition import Proposition, stem
from services.api.match.terms import TermCounts
from services.contracts.article import Precision
from services.contracts.claim import DateMention
from services.contracts.quantity import Bound, Quantity
from services.language.quantities import ABOUT, is_rounded, same_value
from services.language.stems import singular
from services.language.tokens import list_words

DRAFT_COVERED = 0.65
"""Share of what the draft says, by weight of its words, that the report must say too."""
OPPOSITE_COVERED = 0.75
"""The same, for saying that the report denies it: a wrong denial is worse than a missed one."""
REPORT_COVERED = 0.3
"""Share of what the report says that the draft must say: a report may say more, but be about the same."""
CONTEXT_WEIGHT = 0.25
"""What words count that most reports of the event share: the ferry, its name, the town."""


class Same(StrEnum):
    """What two claims have in common."""

    PROPOSITION = "proposition"
    """They are one proposition."""
    OTHER_AMOUNT = "other_amount"
    """They are, but for an amount."""
    OPPOSITE = "opposite"
    """One says that it is so, the other that it is not."""
    NOTHING = "nothing"
    """Not surely the same."""


@dataclass(frozen=True)
class Comparison:
    """A draft's claim beside a report's."""

    same: Same
    covered: float
    """Share of the draft's words that the report has, by weight."""
    amounts: tuple[Quantity, ...] = ()
    """The report's amounts in the place of those of the draft that it does not give."""


@dataclass(frozen=True)
class Words:
    """How much words weigh in one event."""

    terms: TermCounts
    context: frozenset[str] = field(default_factory=frozenset)
    """Words that most of its reports share."""
    days: frozenset[str] = field(default_factory=frozenset)
    """Days that any report names, or was published on."""
    known: dict[str, float] = field(default_factory=dict)
    """Weights computed so far."""

    def weight(self, words: Iterable[str]) -> float:
        """Of all the words."""
        return math.fsum(map(self._weight_of, words))

    def _weight_of(self, word: str) -> float:
        known = self.known.get(word)
        if known is None:
            rarity = self.terms.weight(singular(word))
            known = self.known[word] = rarity * (CONTEXT_WEIGHT if word in self.context else 1)
        return known


_NOTHING_SHARED = Comparison(Same.NOTHING, 0.0)


def compare(draft: Proposition, report: Proposition, words: Words) -> Comparison:
    """Compare a claim of a draft with one of a report. Whether they have one speaker is left to the caller."""
    shared = draft.words & report.words_and_referents
    if not shared:
        return _NOTHING_SHARED
    covered = _share(words.weight(shared), words.weight(draft.words))
    reverse = _share(words.weight(shared), words.weight(report.words | (shared & report.implied)))
    nothing = Comparison(Same.NOTHING, covered)
    if covered < DRAFT_COVERED or reverse < REPORT_COVERED or not _is_comparable(draft, report, words):
        return nothing
    missing = [each for each in draft.quantities if not _is_given(each, draft, report)]
    if missing:
        instead = _in_their_place(missing, draft, report)
        return Comparison(Same.OTHER_AMOUNT, covered, instead) if instead else nothing
    verb = _shared_verb(draft, report)
    if draft.is_positive(verb) is report.is_positive(verb):
        return Comparison(Same.PROPOSITION, covered)
    return Comparison(Same.OPPOSITE, covered) if covered >= OPPOSITE_COVERED else nothing


def _is_comparable(draft: Proposition, report: Proposition, words: Words) -> bool:
    """Whether both are said for sure, one as surely as the other, of one deed with the same roles, on one day."""
    verb = _shared_verb(draft, report)
    return (
        draft.stands_behind
        and report.stands_behind
        and draft.hedges_of(verb) == report.hedges_of(verb)
        and draft.verbs <= report.words_and_referents
        and draft.numbers <= report.numbers
        and not _roles_swapped(draft, report)
        and _dates_fit(draft.dates, report.dates, words.days)
    )


def _shared_verb(draft: Proposition, report: Proposition) -> str | None:
    """The deed that both tell of, where both were parsed."""
    return next(iter(sorted(draft.verbs & {verb for verb, _ in report.negated_verbs})), None)


def _is_given(quantity: Quantity, draft: Proposition, report: Proposition) -> bool:
    """Whether a report gives an amount of a draft: the same number of the same, not one that merely could be it."""
    return any(
        _is_same_number(quantity, other) for other in report.quantities if _of_one_kind(quantity, draft, other, report)
    )


def _in_their_place(missing: list[Quantity], draft: Proposition, report: Proposition) -> tuple[Quantity, ...]:
    return tuple(
        other for other in report.quantities if any(_of_one_kind(each, draft, other, report) for each in missing)
    )


def _is_same_number(draft: Quantity, report: Quantity) -> bool:
    if same_value(draft.value, report.value) or is_rounded(draft.value, report.value):
        return True
    about = draft.bound is Bound.ABOUT or report.bound is Bound.ABOUT
    return about and abs(draft.value - report.value) <= ABOUT / 2 * max(abs(draft.value), abs(report.value))


def _of_one_kind(one: Quantity, draft: Proposition, other: Quantity, report: Proposition) -> bool:
    """Whether both count or measure one thing: "14 people died" and "14 dead", not 14 cows."""
    if (one.unit, one.increment) != (other.unit, other.increment):
        return False
    if one.unit is not None or one.counted is None or other.counted is None:
        return True
    here, there = _stems(one.counted), _stems(other.counted)
    return not (here.isdisjoint(there | report.words) and there.isdisjoint(draft.words))


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, list_words(text)))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _roles_swapped(draft: Proposition, report: Proposition) -> bool:
    """Whether one verb has subject and object the other way round."""
    return any((verb, object_, subject) in report.roles for verb, subject, object_ in draft.roles if subject != object_)


def _dates_fit(draft: tuple[DateMention, ...], report: tuple[DateMention, ...], known: frozenset[str]) -> bool:
    """Whether the report names each day of the draft; where it names no day, whether any report does."""
    days = {each.iso for each in report if each.precision is Precision.DAY} or known
    return all(each.iso in days for each in draft if each.precision is Precision.DAY)
