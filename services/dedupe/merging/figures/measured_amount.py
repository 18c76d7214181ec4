"""What a measured amount is of, where no noun is counted: "cost 3 billion euros", "set aside Rs 45 crore"."""

from services.contracts.claim import Claim, Predicate, Quantity
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.figures.counted_thing import FigureSubject
from services.language.stems import short_stem
from services.language.stop_words import STOP_WORDS

LONGEST_SIDE = 60
"""Characters of the clause that a label shows on each side of the amount."""
LONGEST_PHRASE = 20
"""Characters from the start of a clause to its subject's noun that can be the rest of one phrase."""
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
    before = _cut_to_last_words(_find_words_before(report, quantity))
    behind = report.article.text[quantity.span.end : max(report.claim.span.end, quantity.span.end)]
    for boundary in _BOUNDARIES:
        behind = behind.partition(boundary)[0]
    after = _cut_to_first_words(behind).split()
    while after and after[-1].casefold() in STOP_WORDS:  # "over the course of the": cut in the middle of a phrase
        after.pop()
    return " ".join([*before.split(), "\u2026", *after]).strip(' ,.;:"\u201c\u201d')


def _find_words_before(report: Report, quantity: Quantity) -> str:
    """What stands before the amount; of a long clause its subject and what begins with its verb."""
    text, start, end = report.article.text, report.claim.span.start, quantity.span.start
    verb = _find_verb_of_amount(report.claim, quantity)
    if end - start <= LONGEST_SIDE or verb is None or verb.span.end > end:
        return text[start:end]
    subject = verb.subject_span
    if subject is None or subject.start >= verb.span.start:
        return text[max(start, verb.span.start) : end]
    if end - subject.start <= LONGEST_SIDE:
        return text[max(start, subject.start) : end]
    # With its article and adjectives where the clause begins with them.
    opening = start if subject.start - start <= LONGEST_PHRASE else subject.start
    return f"{text[opening : subject.end]} {text[verb.span.start : end]}"


def _cut_to_last_words(text: str) -> str:
    return text if len(text) <= LONGEST_SIDE else text[-LONGEST_SIDE:].partition(" ")[2]


def _cut_to_first_words(text: str) -> str:
    return text if len(text) <= LONGEST_SIDE else text[:LONGEST_SIDE].rpartition(" ")[0]
