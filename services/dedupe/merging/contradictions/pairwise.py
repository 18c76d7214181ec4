"""Finds in what two claims contradict: they say the opposite, name other days, or give one quotation to two speakers.

All claims of an event are about one thing, so similarity proves nothing: what one source affirms and another negates
must be said of the same subject, and a denial must deny those very words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Self

from services.contracts.event_claims import ContradictionKind
from services.dedupe.merging.claims.claim_similarity import are_two_named_persons
from services.dedupe.merging.claims.quotation_matching import align_quotations
from services.dedupe.merging.claims.report import Report, has_same_source
from services.dedupe.merging.claims.stance import Stance, classify_stance
from services.dedupe.merging.contradictions.other_days import name_different_days_for_one_thing
from services.dedupe.merging.vetoes.predicate_signs import PredicateReading
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.word_overlap import word_overlap_by_commoner_form
from services.dedupe.signals.name_matching import may_be_same_name
from services.language.negation import NEAR_NEGATIONS, NEGATIONS, count_negations
from services.language.openings import PRONOUNS
from services.language.source_names import is_spokesperson
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
SAME_QUOTATION, FEWEST_QUOTED = 0.9, 8
"""Share of the shorter quotation's words in the longer, and how many there must be, to be one quotation."""
_BE = "be"
_TO_COME = frozenset(("will", "won't", "would", "wouldn't", "going", "plan", "expect"))
_BEFORE_THAT = frozenset(("had", "previously", "earlier", "once", "initially"))
_ABLE = frozenset(("can", "can't", "cannot", "could", "couldn't", "able"))
_OUGHT = frozenset((
    "should", "shouldn't", "ought", "must", "mustn't", "need", "needn't", "shall",
))  # fmt: skip
"""Words of advice and duty: two who differ on what ought to be done differ in opinion."""
_SHARE_OF_PEOPLE = re.compile(
    r"\d|%|\b(?:percent|per cent|majority|minority|plurality|most|half|thirds?|quarters?|fifths?|many|some|few(?:er)?"
    r"|voters|respondents|those polled)\b",
    re.IGNORECASE,
)
_NAMED_COMPLEMENT = re.compile(
    r"\b(?P<preposition>with|to|for|from|against|about|on|by)\s+(?:(?:the|former|President|Mr|Mrs|Ms)\.?\s+)*"
    r"(?P<name>[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)*)"
)
"""A name behind a verb without an object: "met with Brandt"."""


@dataclass(frozen=True, slots=True)
class ContradictionPrefilter:
    """What of one claim shows whether it can contradict another at all: most pairs need no closer look.

    Attributes:
        negative: Whether it denies or negates anything.
        asserts: Whether it says that something is so or is not so, and does not only deny what others say.
        parsed: Whether its predicates are known.
        dated: Whether it names days.
        quotes: Whether it is a quotation long enough to be known again, with who says it.
    """

    negative: bool
    asserts: bool
    parsed: bool
    dated: bool
    quotes: bool

    @classmethod
    def of(cls, report: Report) -> Self:
        """Read them off a claim."""
        return cls(
            negative=_has_any_negation(report),
            asserts=_asserts_or_negates(report),
            parsed=bool(report.claim.predicates),
            dated=bool(report.claim.dates),
            quotes=report.claim.cue is not None and len(report.quoted_words) >= FEWEST_QUOTED,
        )

    def may_clash(self, other_signs: "ContradictionPrefilter") -> bool:
        """Whether two claims with these signs may contradict each other."""
        return (
            self._may_be_opposite(other_signs)
            or (self.dated and other_signs.dated)
            or (self.quotes and other_signs.quotes)
        )

    def _may_be_opposite(self, other_signs: "ContradictionPrefilter") -> bool:
        """Whether one may assert what the other negates: what `_is_direct_negation` asks first."""
        if self.parsed is not other_signs.parsed or not (self.asserts and other_signs.asserts):
            return False
        negated_on_one_side = self.negative is not other_signs.negative
        return negated_on_one_side or (self.parsed and self.negative)


def classify_contradiction(report: Report, other_report: Report, cosine: float) -> ContradictionKind | None:
    """Return in what two claims exclude each other; None: they do not, or it is not clear.

    Args:
        report: A claim.
        other_report: A claim of the same event, which may clash with it by the signs of both.
        cosine: Of the two.
    """
    if _is_quotation_of_two_speakers(report, other_report):
        return ContradictionKind.ATTRIBUTION
    if has_same_source(report, other_report):
        return None
    if _is_by_share_of_people(report) and _is_by_share_of_people(other_report):
        return None  # one part of the voters thinks so, another does not
    # Reading propositions costs most: what can be decided without them comes first.
    if _is_direct_negation(report, other_report, cosine):
        return ContradictionKind.POLARITY
    if name_different_days_for_one_thing(report, other_report, cosine):
        return ContradictionKind.DATE
    return None


def _is_by_share_of_people(report: Report) -> bool:
    speaker = report.claim.speaker
    return speaker is not None and _SHARE_OF_PEOPLE.search(speaker.surface) is not None


def _has_any_negation(report: Report) -> bool:
    if report.is_negative or classify_stance(report) is Stance.DENIES or NEGATIONS.intersection(report.claim_stems):
        return True
    return any(predicate.negated for predicate in report.claim.predicates)


def _is_direct_negation(report: Report, other_report: Report, cosine: float) -> bool:
    """Whether the one asserts that something is so, the other that it is not."""
    is_parsed = bool(report.claim.predicates)
    # Of many thousand pairs most differ in this, and it costs least to see.
    if is_parsed is not bool(other_report.claim.predicates) or cosine < (SAID_COSINE if is_parsed else UNPARSED_COSINE):
        return False  # one has no main predicate; quotations are not parsed
    if not is_parsed and _has_any_negation(report) == _has_any_negation(other_report):
        return False  # without a parse it is not known what each of two negations is about
    if not _assert_or_negate(report, other_report) or _differ_in_time_or_mood(report, other_report):
        return False
    if is_parsed and not _have_opposite_predicates(report, other_report):
        return False
    first, second = report.prepared.proposition, other_report.prepared.proposition
    return word_overlap_by_commoner_form(first, second) >= SAID_WORDS and (
        is_parsed or _have_opposite_words_in_same_context(first, second)
    )


def _assert_or_negate(report: Report, other_report: Report) -> bool:
    return _asserts_or_negates(report) and _asserts_or_negates(other_report)


def _asserts_or_negates(report: Report) -> bool:
    """Whether it does not deny what others say, leave something open, or say "barely": what is barely won is won."""
    stance = classify_stance(report)
    return stance is not Stance.DENIES and stance is not Stance.DECLINES and not _is_only_nearly_negated(report)


def _is_only_nearly_negated(report: Report) -> bool:
    """Whether its only negations are words such as "barely"."""
    stems = set(report.claim_stems)
    return not NEAR_NEGATIONS.isdisjoint(stems) and NEGATIONS.isdisjoint(stems) and not count_negations(stems)


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
    stems, other_stems = set(report.claim_stems), set(other_report.claim_stems)
    return not _OUGHT.isdisjoint(stems | other_stems) or any(
        words.isdisjoint(stems) != words.isdisjoint(other_stems) for words in (_TO_COME, _BEFORE_THAT, _ABLE)
    )


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


def _is_quotation_of_two_speakers(report: Report, other_report: Report) -> bool:
    """One quotation, two persons whose names have nothing in common, and neither of whom it names."""
    # Who only stands below a quotation may have passed it on, and so may all whom one text names.
    if report.claim.cue is None or other_report.claim.cue is None:
        return False
    if min(len(report.quoted_words), len(other_report.quoted_words)) < FEWEST_QUOTED:
        return False
    if not are_two_named_persons(report, other_report):
        return False
    if _speaks_for_body(report) and _speaks_for_body(other_report):
        return False
    if _names_other_speaker(report, other_report) or _names_other_speaker(other_report, report):
        return False
    shorter, longer = sorted((report.quoted_stems, other_report.quoted_stems), key=lambda stems: (len(stems), stems))
    return align_quotations(shorter, longer).shared >= SAME_QUOTATION * len(shorter)


def _speaks_for_body(report: Report) -> bool:
    """Whether its speaker gives out what a body says: a statement of a company is sent by several."""
    speaker = report.claim.speaker
    return speaker is not None and is_spokesperson(speaker.role or "")


def _names_other_speaker(report: Report, other_report: Report) -> bool:
    """Whether one's article names the other's speaker anywhere."""
    speaker = other_report.claim.speaker
    return speaker is not None and speaker.canonical.split()[-1] in report.article.text
