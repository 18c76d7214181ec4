"""What a measured amount is of, where no noun is counted: "cost 3 billion euros", "set aside Rs 45 crore"."""

from services.contracts.claim import Claim, Predicate, Quantity
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.figures.counted_thing import FigureSubject
from services.language.stems import short_stem
from services.language.stop_words import STOP_WORDS

LONGEST_SIDE = 60
"""Characters of the clause that a label shows on each side of the amount."""
_BOUNDARIES = (",", ";", ":", "(", "\n", "\u201d", '"')
"""What ends the part of the clause behind the amount."""
_SAYS_LITTLE = frozenset(("be", "have", "do", "get", "make", "take", "go", "come", "give", "put"))
"""Verbs that tell nothing of what is measured without their subject."""


def read_measured_subject(report: Report, quantity: Quantity) -> FigureSubject | None:
    """Read the verb that an amount of money, a share or a length belongs to, and who or what it is said of.

    Return None where nothing is measured, where the amount counts something, or where no verb with a known subject or
    object stands in its clause.
    """
    if quantity.dimension is None or quantity.unit is None or quantity.counted is not None:
        return None
    verb = _find_verb_of_amount(report.claim, quantity)
    if verb is None:
        return None
    heads = {word for word in (verb.subject, verb.object) if word is not None and not word[:1].isdigit()}
    parties = frozenset(short_stem(word) for word in heads)
    if not parties or (verb.lemma in _SAYS_LITTLE and verb.subject is None):
        return None
    none: frozenset[str] = frozenset()
    return FigureSubject(noun=verb.lemma, names=none, narrowed=none, fate=None, unit=quantity.unit, of=parties)


def _find_verb_of_amount(claim: Claim, quantity: Quantity) -> Predicate | None:
    """The last verb before the amount, else the first one after it that has the amount for its subject or object."""
    before = [verb for verb in claim.predicates if verb.span.end <= quantity.span.start]
    if before:
        return max(before, key=lambda verb: (verb.span.end, verb.span.start))
    behind = [verb for verb in claim.predicates if verb.span.start >= quantity.span.end]
    return min(behind, key=lambda verb: (verb.span.start, verb.span.end), default=None)


def build_clause_label(report: Report, quantity: Quantity) -> str:
    """The clause with an ellipsis in place of the amount: "The quake will cost …". A label for readers."""
    verb = _find_verb_of_amount(report.claim, quantity)
    start = report.claim.span.start
    if verb is not None and verb.span.end <= quantity.span.start:
        opening = verb.span.start if verb.subject_span is None else min(verb.span.start, verb.subject_span.start)
        start = max(start, opening) if quantity.span.start - start > LONGEST_SIDE else start
    before = _cut_to_last_words(report.article.text[start : quantity.span.start])
    behind = report.article.text[quantity.span.end : max(report.claim.span.end, quantity.span.end)]
    for boundary in _BOUNDARIES:
        behind = behind.partition(boundary)[0]
    after = _cut_to_first_words(behind).split()
    while after and after[-1].casefold() in STOP_WORDS:  # "over the course of the": cut in the middle of a phrase
        after.pop()
    return " ".join([*before.split(), "\u2026", *after]).strip(' ,.;:"\u201c\u201d')


def _cut_to_last_words(text: str) -> str:
    return text if len(text) <= LONGEST_SIDE else text[-LONGEST_SIDE:].partition(" ")[2]


def _cut_to_first_words(text: str) -> str:
    return text if len(text) <= LONGEST_SIDE else text[:LONGEST_SIDE].rpartition(" ")[0]
