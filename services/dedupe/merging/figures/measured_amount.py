"""What a measured amount is of, where no noun is counted: "cost 3 billion euros", "set aside Rs 45 crore"."""

import re

from services.contracts.base import Span
from services.contracts.claim import Claim, Predicate
from services.contracts.quantity import Quantity
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.figures.counted_thing import FigureSubject
from services.language.stems import short_stem
from services.language.stop_words import STOP_WORDS

LONGEST_SIDE = 60
"""Characters of the clause that a label shows on each side of the amount."""
LONGEST_PHRASE = 20
"""Characters from the start of a clause to its subject's noun that can be the rest of one phrase."""
_BOUNDARY = re.compile(r"[;:(\n\u201d\"]|,(?!\d)")
"""What ends the part of the clause behind the amount; a comma inside a number does not."""
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?][\"\u201d\u2019')]*\s+|\n\s*)[\"\u201c\u2018(]*$")
_PHRASE_BEFORE = re.compile(r"\b(?:the|a|an|by|of|in|on|at|to|from|with|for|and|or|its|their|his|her) $", re.IGNORECASE)
"""Before a claim that begins in the middle of a phrase."""
_NEARBY = 12
_WORD = re.compile(r"[\w'’.-]+")
_MOST_BEFORE_NOUN = 5
_DETERMINERS = frozenset(("the", "a", "an", "its", "their", "his", "her", "all", "more", "most", "many", "several"))
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
    boundary = _BOUNDARY.search(behind)
    behind = behind[: boundary.start()] if boundary is not None else behind
    after = _cut_to_first_words(behind).split()
    while after and after[-1].casefold() in STOP_WORDS:  # "over the course of the": cut in the middle of a phrase
        after.pop()
    return " ".join([*before.split(), "\u2026", *after]).strip(' ,.;:"\u201c\u201d')


def read_whole_clause(report: Report, quantity: Quantity) -> Span | None:
    """Where the clause of an amount stands, from its first word or its subject on; None where it is cut anywhere."""
    text, amount = report.article.text, quantity.span
    end = max(report.claim.span.end, amount.end)
    boundary = _BOUNDARY.search(text, amount.end, end)
    end = end if boundary is None else boundary.start()
    start = _find_clause_start(report, quantity)
    return None if start is None or start >= end else Span(start=start, end=end)


def _find_clause_start(report: Report, quantity: Quantity) -> int | None:
    """The claim's first word; of a longer one the first word of the subject of the verb before the amount."""
    text, start = report.article.text, report.claim.span.start
    before = text[start : quantity.span.start]
    marks = list(dict.fromkeys(_BOUNDARY.findall(before)))
    leads_in = marks == [","] and _SENTENCE_BEFORE.search(text, 0, start) is not None  # "By Monday, 30 homes were dark"
    if len(before) <= LONGEST_SIDE and (not marks or leads_in):
        return None if _PHRASE_BEFORE.search(text, max(start - _NEARBY, 0), start) else start
    verb = _find_verb_of_amount(report.claim, quantity)
    subject = None if verb is None or verb.span.end > quantity.span.start else verb.subject_span
    if subject is None or verb is None or not start <= subject.start < verb.span.start:
        return None
    between = text[subject.start : quantity.span.start]
    if len(between) > LONGEST_SIDE or _BOUNDARY.search(between):
        return None
    return _extend_to_determiner(text, start, subject.start)


def _extend_to_determiner(text: str, start: int, noun: int) -> int | None:
    """Where the noun phrase of a subject begins: at an article, a number or a capital; None where that is not near."""
    words = list(_WORD.finditer(text, start, noun))[-_MOST_BEFORE_NOUN:]
    if text[noun].isupper():
        while words and words[-1].group()[0].isupper() and words[-1].end() + 1 == noun:
            noun = words.pop().start()
        if words and words[-1].group().casefold() in _DETERMINERS:
            noun = words.pop().start()
        return None if _PHRASE_BEFORE.search(text, max(noun - _NEARBY, 0), noun) else noun
    for word in reversed(words):
        if _BOUNDARY.search(text, word.start(), noun):
            return None
        if word.group().casefold() in _DETERMINERS or word.start() == start:
            begins = word.start()
            return None if _PHRASE_BEFORE.search(text, max(begins - _NEARBY, 0), begins) else begins
    return None


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
