"""How alike two claims of one event are, and what forbids that they are one.

Words and vectors propose, slots decide (`services.dedupe.comparing`). Inside an event two things more are known: who
the sources are in all articles, and how much it tells that two claims have the same one. Where four states speak, two
claims from one of them are far likelier the same than where all sources are of one country.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import exp, log

from services.contracts.claim import ClaimKind, Quantity
from services.dedupe.comparing.alignment import features
from services.dedupe.comparing.comparison import objections_to
from services.dedupe.comparing.decision import load_weights
from services.dedupe.comparing.objections import Slot
from services.dedupe.comparing.propositions import Proposition
from services.dedupe.merging.reports import Report, is_full_quotation, same_source, speakers_conflict
from services.dedupe.merging.stances import Stance, stance_of
from services.language.quantities import same_value
from services.language.stems import short_stem

FROM_ONE_SIDE = 0.3
"""What a common side adds to likeness, for each nat of information in it, up to one."""
FROM_ONE_SOURCE = 0.15
"""What a common source adds at least: it tells less than it seems to, since a speaker says many things."""
_STANDS_APART = frozenset((Stance.WITHHOLDS, Stance.DENIES))


class Likeness:
    """Compares the claims of one event. `reports`: all of them."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._side = FROM_ONE_SIDE * min(1.0, _information(one.side for one in reports))

    def alike(self, one: Report, other: Report, cosine: float) -> float:
        """How alike they are: the mean of cosine and likeness by words, more if one source or side says both."""
        words = _by_words(one.prepared.proposition, other.prepared.proposition)
        added = FROM_ONE_SOURCE if one.source is not None and one.source == other.source else 0.0
        if one.side is not None and one.side == other.side:
            added = max(added, self._side)
        return (words + cosine) / 2 + added

    def forbidden(self, one: Report, other: Report) -> bool:
        """Whether two claims cannot state the same proposition, however alike."""
        return self.excluded(one, other) or self.objected(one, other)

    def excluded(self, one: Report, other: Report) -> bool:
        """Whether sources, stances, figures or their form keep two claims apart."""
        if _sources_differ(one, other) or _stances_differ(one, other) or _two_quotations(one, other):
            return True
        if (is_phrase(one) or is_phrase(other)) and not _said_of_the_same(one, other):
            return True
        return one.tokens != other.tokens and _figures_differ(one.claim.quantities, other.claim.quantities)

    def objected(self, one: Report, other: Report) -> bool:
        """Whether something in what they say keeps two claims apart.

        Who says so is settled by what the whole event knows of its sources (`excluded`). And outlets make "would" of
        one voice's "could", or leave its condition out: that is drift, and another proposition only from another voice.
        """
        if one.tokens == other.tokens:
            return False
        settled = {Slot.SPEAKER, Slot.POSSIBILITY} if self._one_voice(one, other) else {Slot.SPEAKER}
        return any(
            each.slot not in settled for each in objections_to(one.prepared.proposition, other.prepared.proposition)
        )

    def _one_voice(self, one: Report, other: Report) -> bool:
        """Whether one source, or one of several sides, says both."""
        one_side = one.side is not None and one.side == other.side and self._side >= FROM_ONE_SOURCE
        return one_side or same_source(one, other)


def _by_words(one: Proposition, other: Proposition) -> float:
    """Probability that two claims are one, in (0, 1), whatever their length.

    `decision.likeness` goes by cosine alone for short claims. Inside an event all claims are about one thing, and
    that merges most of them.
    """
    weights = load_weights()
    # Added up in one order, whatever the processor: `@` does not promise that.
    logit = sum((weights.coefficients * features(one, other)).tolist()) + weights.intercept
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def _information(values: Iterable[str | None]) -> float:
    """What it tells that two claims agree in it: minus log of the chance that two of the event do, in nats."""
    counts = Counter(value for value in values if value is not None)
    total = sum(counts.values())
    return -log(sum((count / total) ** 2 for count in counts.values())) if total else 0.0


def _figures_differ(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether each side gives a figure that the other does not, or one side alone gives any."""
    if not ours or not theirs:
        return bool(ours) != bool(theirs)
    return not (_among(ours, theirs) or _among(theirs, ours))


def _among(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    return all(any(_same_figure(one, other) for other in theirs) for one in ours)


def _same_figure(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit and one.increment == other.increment and same_value(one.value, other.value)


def _sources_differ(one: Report, other: Report) -> bool:
    if one.side is not None and other.side is not None and one.side != other.side:
        return True
    if one.source is not None and one.source == other.source:
        return False
    return speakers_conflict(one.claim.speaker, other.claim.speaker)


def _stances_differ(one: Report, other: Report) -> bool:
    first, second = stance_of(one), stance_of(other)
    return first is not second and bool({first, second} & _STANDS_APART)


def _two_quotations(one: Report, other: Report) -> bool:
    """Whether both are quotations that their words do not join: nobody paraphrases between quote marks."""
    return is_full_quotation(one) and is_full_quotation(other) and one.stems != other.stems


def is_phrase(report: Report) -> bool:
    """Whether it is no clause ("the revised travel ban", "to close the port"): its cue and source are part of it."""
    claim = report.claim
    if claim.kind is not ClaimKind.STATEMENT or claim.cue is None:
        return False
    return not claim.predicates or claim.text.startswith("to ")


def _said_of_the_same(one: Report, other: Report) -> bool:
    """Whether two phrases may complete one sentence: the same source, or the same cue and one source unknown."""
    if same_source(one, other):
        return True
    first, second = one.claim.cue, other.claim.cue
    two = one.claim.speaker is not None and other.claim.speaker is not None
    return not two and first is not None and second is not None and short_stem(first) == short_stem(second)
