"""Pairs of claims that contradict: they say the opposite, name different days, or give one quotation to two speakers.

All claims of an event are about one thing, so similarity proves nothing: what one source affirms and another negates
must be said of the same subject, and a denial must deny those very words.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product

from services.contracts.article import Precision
from services.contracts.event_claims import ContradictionKind
from services.dedupe.merging.claims.quotation_matching import match
from services.dedupe.merging.claims.report import Report, same_source
from services.dedupe.merging.claims.similarity import two_persons
from services.dedupe.merging.claims.stance import Stance, stance_of
from services.dedupe.merging.vetoes.find import find_vetoes
from services.dedupe.merging.vetoes.overlap import containment
from services.dedupe.merging.vetoes.predicate_signs import PredicateSign
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import VetoKind
from services.language.negation import NEGATIONS
from services.language.tokens import find_claim_words

SAID_WORDS = 0.6
"""Share of the weight of the lighter claim's words that the other has, from which both can be about one topic."""
SAID_COSINE = 0.55
"""Cosine from which predicates with the same subject and object are about one thing."""
UNPARSED_COSINE = 0.6
"""The same for claims that are not parsed."""
BEFORE, FEWEST_BEFORE = 7, 2
"""Words before a word that tell of what it is said, and how many that carry meaning must agree."""
DATED_COSINE, DATED_WORDS = 0.8, 0.5
"""Cosine and share of words from which two claims that differ in nothing but their day tell one thing."""
SAME_QUOTATION, FEWEST_QUOTED = 0.9, 8
"""Share of the shorter quotation's words in the longer, and how many there must be, to be one quotation."""
_TO_COME = frozenset(("will", "won't", "would", "wouldn't", "going", "plan", "expect"))
_BEFORE_THAT = frozenset(("had", "previously", "earlier", "once", "initially"))
_PRONOUNS = frozenset(("i", "you", "he", "she", "it", "we", "they", "who", "which", "that", "this", "there", "one"))


def pairwise_contradiction(one: Report, other: Report, cosine: float) -> ContradictionKind | None:
    """Return in what two claims exclude each other; None: they do not, or it is not clear.

    Args:
        one: A claim.
        other: A claim of the same event.
        cosine: Of the two.
    """
    if _has_two_speakers(one, other):
        return ContradictionKind.ATTRIBUTION
    if not _may_differ(one, other) or same_source(one, other):
        return None
    # Reading propositions costs most: what can be decided without them comes first.
    if _one_is_negated(one, other, cosine):
        return ContradictionKind.POLARITY
    if cosine >= DATED_COSINE and _days_differ(one, other):
        first, second = one.prepared.proposition, other.prepared.proposition
        if containment(first, second) >= DATED_WORDS and _differ_only_in_date(first, second):
            return ContradictionKind.DATE
    return None


def _may_differ(one: Report, other: Report) -> bool:
    """Whether either denies or negates anything, or both name days: most pairs need no closer look."""
    return _says_no(one) or _says_no(other) or bool(one.claim.dates and other.claim.dates)


def _says_no(report: Report) -> bool:
    if report.negative or stance_of(report) is Stance.DENIES or NEGATIONS.intersection(report.tokens):
        return True
    return any(predicate.negated for predicate in report.claim.predicates)


def _one_is_negated(one: Report, other: Report, cosine: float) -> bool:
    """Whether both assert something: the one that it is so, the other that it is not."""
    if {stance_of(one), stance_of(other)} & {Stance.DENIES, Stance.DECLINES} or _differ_in_time(one, other):
        return False
    if containment(one.prepared.proposition, other.prepared.proposition) < SAID_WORDS:
        return False
    # Quotations are not parsed.
    if not one.claim.predicates and not other.claim.predicates:
        return cosine >= UNPARSED_COSINE and _negated_in_words(one.prepared.proposition, other.prepared.proposition)
    if cosine < SAID_COSINE or not one.claim.predicates or not other.claim.predicates:  # one has no main predicate
        return False
    return any(
        _have_same_arguments(mine, yours) and _counts_its_object(one, mine) == _counts_its_object(other, yours)
        for mine, yours in _opposite_signs(one.prepared.signs, other.prepared.signs)
    )


def _differ_in_time(one: Report, other: Report) -> bool:
    """Whether only one is about what will be, or about what had been: what did not happen may happen yet."""
    return any(bool(times & set(one.tokens)) != bool(times & set(other.tokens)) for times in (_TO_COME, _BEFORE_THAT))


def _negated_in_words(first: Proposition, second: Proposition) -> bool:
    """The same for claims that are not parsed: decided by the words before what one of them negates."""
    return any(
        len(_words_before(first, mine) & _words_before(second, yours)) >= FEWEST_BEFORE
        for mine, yours in _opposite_signs(first.signs, second.signs)
    )


def _opposite_signs(
    ours: Sequence[PredicateSign], theirs: Sequence[PredicateSign]
) -> Iterator[tuple[PredicateSign, PredicateSign]]:
    """Predicates that hold by one claim and do not hold by the other."""
    for mine, yours in product(ours, theirs):
        if mine.stem == yours.stem and mine.negative != yours.negative and not (mine.possible or yours.possible):
            yield mine, yours


def _counts_its_object(report: Report, sign: PredicateSign) -> bool:
    """Whether a predicate counts its object: "does not follow his account" does not negate "follows 700 accounts"."""
    counted = rf"\d[\d,.]*(?: \w+)? {re.escape(sign.object or '')}"
    return sign.object is not None and re.search(counted, report.claim.text[sign.at :], re.IGNORECASE) is not None


def _have_same_arguments(mine: PredicateSign, yours: PredicateSign) -> bool:
    """Whether two main predicates have the same subject and object, and at least one of these is a name."""
    named = {mine.subject, mine.object} - {None} - _PRONOUNS
    return (
        mine.main
        and yours.main
        and bool(named)
        and mine.subject == yours.subject
        and mine.object == yours.object
        and mine.subject not in _PRONOUNS
    )


def _words_before(proposition: Proposition, sign: PredicateSign) -> set[str]:
    """The words with meaning just before a predicate: they show of what it is said, where nothing was parsed."""
    position = sum(word.start() < sign.at for word in find_claim_words(proposition.claim.text))
    return {word for word in proposition.stems[max(0, position - BEFORE) : position] if word in proposition.weights}


def _differ_only_in_date(first: Proposition, second: Proposition) -> bool:
    """Whether nothing but a date, and the speaker, keeps two claims from being one."""
    return {veto.kind for veto in find_vetoes(first, second)} - {VetoKind.SPEAKER} == {VetoKind.DATE}


def _days_differ(one: Report, other: Report) -> bool:
    """Whether both name days, and they have none in common."""
    ours, theirs = (
        [day.iso for day in report.claim.dates if day.precision is Precision.DAY] for report in (one, other)
    )
    return bool(ours) and bool(theirs) and not any(_days_overlap(mine, yours) for mine, yours in product(ours, theirs))


def _days_overlap(one: str, other: str) -> bool:
    (start, end), (other_start, other_end) = ((iso.split("/")[0], iso.split("/")[-1]) for iso in (one, other))
    return start <= other_end and other_start <= end


def _has_two_speakers(one: Report, other: Report) -> bool:
    """One quotation, two persons whose names have nothing in common, and neither of whom it names."""
    # Who only stands below a quotation may have passed it on, and so may all whom one text names.
    if one.claim.cue is None or other.claim.cue is None or not two_persons(one, other):
        return False
    if _names_the_speaker_of(one, other) or _names_the_speaker_of(other, one):
        return False
    if min(len(one.said), len(other.said)) < FEWEST_QUOTED:
        return False
    shorter, longer = sorted((one.stems, other.stems), key=lambda stems: (len(stems), stems))
    return match(shorter, longer).shared >= SAME_QUOTATION * len(shorter)


def _names_the_speaker_of(one: Report, other: Report) -> bool:
    """Whether one's article names the other's speaker anywhere."""
    speaker = other.claim.speaker
    return speaker is not None and speaker.canonical.split()[-1] in one.article.text
