"""Whether one of two claims says that something is so, and the other that it is not, of the same subject."""

import re
from collections.abc import Iterator, Sequence
from itertools import product

from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.stance import Stance, classify_stance
from services.dedupe.merging.vetoes.predicate_signs import PredicateReading
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.word_overlap import word_overlap_by_commoner_form
from services.dedupe.signals.name_matching import may_be_same_name
from services.language.negation import NEAR_NEGATIONS, NEGATIONS, count_negations
from services.language.openings import PRONOUNS
from services.language.stop_words import STOP_WORDS
from services.language.tokens import find_claim_words

SAID_WORDS = 0.6
"""Share of the weight of the lighter claim's words that the other has, from which both can be about one topic."""
SAID_COSINE = 0.55
"""Cosine from which predicates with the same subject and object are about one thing."""
UNPARSED_COSINE = 0.6
"""The same for claims that are not parsed."""
BEFORE, FEWEST_BEFORE = 7, 2
"""Words before a word that tell of what it is said, and how many that carry meaning must agree."""
_BE = "be"
_TO_COME = frozenset(("will", "won't", "would", "wouldn't", "going", "plan", "expect"))
_BEFORE_THAT = frozenset(("had", "previously", "earlier", "once", "initially"))
_ABLE = frozenset(("can", "can't", "cannot", "could", "couldn't", "able"))
_OUGHT = frozenset((
    "should", "shouldn't", "ought", "must", "mustn't", "need", "needn't", "shall",
))  # fmt: skip
"""Words of advice and duty: two who differ on what ought to be done differ in opinion."""
_NAMED_COMPLEMENT = re.compile(
    r"\b(?P<preposition>with|to|for|from|against|about|on|by)\s+(?:(?:the|former|President|Mr|Mrs|Ms)\.?\s+)*"
    r"(?P<name>[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)*)"
)
"""A name behind a verb without an object: "met with Brandt"."""


def has_any_negation(report: Report) -> bool:
    """Whether a claim denies or negates anything."""
    if report.is_negative or classify_stance(report) is Stance.DENIES or NEGATIONS.intersection(report.claim_stems):
        return True
    return any(predicate.negated for predicate in report.claim.predicates)


def is_direct_negation(report: Report, other_report: Report, cosine: float) -> bool:
    """Whether the one asserts that something is so, the other that it is not."""
    is_parsed = bool(report.claim.predicates)
    # Of many thousand pairs most differ in this, and it costs least to see.
    if is_parsed is not bool(other_report.claim.predicates) or cosine < (SAID_COSINE if is_parsed else UNPARSED_COSINE):
        return False  # one has no main predicate; quotations are not parsed
    if not is_parsed and has_any_negation(report) == has_any_negation(other_report):
        return False  # without a parse it is not known what each of two negations is about
    if not (asserts_or_negates(report) and asserts_or_negates(other_report)):
        return False
    if _differ_in_time_or_mood(report, other_report):
        return False
    if is_parsed and not _have_opposite_predicates(report, other_report):
        return False
    first, second = report.prepared.proposition, other_report.prepared.proposition
    return word_overlap_by_commoner_form(first, second) >= SAID_WORDS and (
        is_parsed or _have_opposite_words_in_same_context(first, second)
    )


def asserts_or_negates(report: Report) -> bool:
    """Whether it does not deny what others say, leave something open, or say "barely": what is barely won is won."""
    stance = classify_stance(report)
    return stance is not Stance.DENIES and stance is not Stance.DECLINES and not _is_only_nearly_negated(report)


def _is_only_nearly_negated(report: Report) -> bool:
    """Whether its only negations are words such as "barely"."""
    stems = report.claim_stems
    if NEAR_NEGATIONS.isdisjoint(stems):
        return False
    return NEGATIONS.isdisjoint(stems) and not count_negations(set(stems))


def _have_opposite_predicates(report: Report, other_report: Report) -> bool:
    """Whether one claim says of the same subject and object that it is so, and the other that it is not."""
    return any(
        _have_same_arguments(mine, yours)
        and _have_same_named_complement(report, mine, other_report, yours)
        and _has_counted_object(report, mine) == _has_counted_object(other_report, yours)
        and _have_compatible_objects(report, mine, other_report, yours)
        for mine, yours in _find_predicates_negated_on_one_side(
            report.prepared.predicate_signs, other_report.prepared.predicate_signs
        )
    )


def _differ_in_time_or_mood(report: Report, other_report: Report) -> bool:
    """Whether they need not be about the same facts.

    Either is advice, or only one is about what will be, what had been, or what somebody can do: what did not happen
    may happen yet, and what the law forbids is done all the same.
    """
    stems, other_stems = report.claim_stems, other_report.claim_stems
    if not (_OUGHT.isdisjoint(stems) and _OUGHT.isdisjoint(other_stems)):
        return True
    return any(words.isdisjoint(stems) != words.isdisjoint(other_stems) for words in (_TO_COME, _BEFORE_THAT, _ABLE))


def _have_opposite_words_in_same_context(proposition: Proposition, other_proposition: Proposition) -> bool:
    """The same for claims that are not parsed: decided by the words before what one of them negates."""
    return any(
        len(_find_words_before(proposition, mine) & _find_words_before(other_proposition, yours)) >= FEWEST_BEFORE
        for mine, yours in _find_predicates_negated_on_one_side(proposition.signs, other_proposition.signs)
    )


def _find_predicates_negated_on_one_side(
    signs: Sequence[PredicateReading], other_signs: Sequence[PredicateReading]
) -> Iterator[tuple[PredicateReading, PredicateReading]]:
    """Predicates that hold by one claim and do not hold by the other."""
    for mine, yours in product(signs, other_signs):
        # "Was on fire" and "was not far behind" have no more in common than "be".
        if mine.stem == yours.stem != _BE and mine.negative != yours.negative and not (mine.possible or yours.possible):
            yield mine, yours


def _has_counted_object(report: Report, sign: PredicateReading) -> bool:
    """Whether a predicate counts its object: "does not follow his account" does not negate "follows 700 accounts"."""
    counted = rf"\d[\d,.]*(?: \w+)? {re.escape(sign.object or '')}"
    return sign.object is not None and re.search(counted, report.claim.text[sign.at :], re.IGNORECASE) is not None


def _have_compatible_objects(
    report: Report, sign: PredicateReading, other_report: Report, other_sign: PredicateReading
) -> bool:
    """Whether nothing tells the objects apart: "public information" and "personal information" are two things."""
    described, other_described = _describe_object(report, sign), _describe_object(other_report, other_sign)
    return not described or not other_described or described == other_described


def _describe_object(report: Report, sign: PredicateReading) -> str:
    """The word between a predicate and its object, in lower case; empty if it is an article or the like."""
    claim = report.claim
    predicate = next((known for known in claim.predicates if known.span.start - claim.span.start == sign.at), None)
    if predicate is None or predicate.object_span is None:
        return ""
    between = report.article.text[predicate.span.end : predicate.object_span.start].split()
    word = between[-1].casefold() if between else ""
    return "" if word in STOP_WORDS or word in NEGATIONS else word


def _have_same_arguments(sign: PredicateReading, other_sign: PredicateReading) -> bool:
    """Whether two main predicates have the same subject and object, and at least one of these is a name."""
    named = {sign.subject, sign.object} - {None} - PRONOUNS
    return (
        sign.main
        and other_sign.main
        and bool(named)
        and sign.subject == other_sign.subject
        and sign.object == other_sign.object
        and sign.subject not in PRONOUNS
    )


def _have_same_named_complement(
    report: Report, sign: PredicateReading, other_report: Report, other_sign: PredicateReading
) -> bool:
    """Whether two verbs without an object have one name behind them, or none: "met with Brandt", "with Tolmar"."""
    if sign.object is not None or other_sign.object is not None:
        return True
    text, other_text = report.claim.text[sign.at :], other_report.claim.text[other_sign.at :]
    named, other_named = _NAMED_COMPLEMENT.search(text), _NAMED_COMPLEMENT.search(other_text)
    if named is not None and other_named is not None:
        return may_be_same_name(named["name"], other_named["name"])
    # "The hotel" may be the one that the other names; where no complement stands, all are meant.
    if named is not None:
        return _has_complement(other_text, named["preposition"])
    return other_named is None or _has_complement(text, other_named["preposition"])


def _has_complement(text: str, preposition: str) -> bool:
    return re.search(rf"\b{preposition} \w", text) is not None


def _find_words_before(proposition: Proposition, sign: PredicateReading) -> set[str]:
    """The words with meaning just before a predicate: they show of what it is said, where nothing was parsed."""
    position = sum(word.start() < sign.at for word in find_claim_words(proposition.claim.text))
    return {word for word in proposition.stems[max(0, position - BEFORE) : position] if word in proposition.weights}
