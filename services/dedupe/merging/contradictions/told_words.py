"""Words of a claim inside of a sentence of ours: between marks where its source is quoted, told else."""

import re

from services.contracts.claim import Claim, ClaimKind
from services.dedupe.merging.claims.claim_similarity import is_phrase_claim
from services.dedupe.merging.claims.report import Report
from services.language.calendar import MONTHS, WEEKDAYS
from services.language.negation import NEGATIONS
from services.language.number_words import SMALL_NUMBERS
from services.language.quotation_marks import quote
from services.language.stop_words import STOP_WORDS

_ARTICLES = frozenset(("a", "an", "the"))
_NEVER_NAMES = STOP_WORDS | {*SMALL_NUMBERS, *NEGATIONS}
_CALENDAR = frozenset((*WEEKDAYS, *MONTHS))
_FIRST_WORD = re.compile(r"(?:[A-Z]|[A-Z][a-z]+)(?![^\W\d_])(?=['’]?[a-z]*,? ?(?P<next>\w)?)")
_LAST_STOP = re.compile(r"\.+(?=\u201d?$)")
_MARKED = re.compile(r"\"([^\"]*)\"")


def tell_words(report: Report, verb: str | None = None) -> str:
    """The words of a report: in marks if they are its source's own, else as a clause that continues a sentence.

    Args:
        report: The report.
        verb: What stands before them; "that" joins it to a clause.
    """
    claim = report.claim
    if is_quoted(claim):
        return quote(claim.text)
    words = _begin_small(report)
    is_clause = verb == "said" or (verb is not None and not is_phrase_claim(report))
    return f"that {words}" if is_clause else words


def is_quoted(claim: Claim) -> bool:
    """Whether all of its words are those of its source, as its article gives them."""
    if claim.kind is not ClaimKind.QUOTATION:
        return False
    return '"' not in claim.text or any(span.holds(claim.span) for span in claim.quoted)


def end_small(text: str) -> str:
    """The text as a part of a sentence: one line, with no full stop, and marks as books have them."""
    return _LAST_STOP.sub("", _MARKED.sub("“\\1”", " ".join(text.split())))


def _begin_small(report: Report) -> str:
    """The words with a small letter, unless they begin with a name."""
    text = end_small(report.claim.text)
    first = _FIRST_WORD.match(text)
    if first is None or first.group() == "I" or _begins_with_name(report, first):
        return text
    return text[:1].lower() + text[1:]


def _begins_with_name(report: Report, first: re.Match[str]) -> bool:
    word = first.group().lower()
    if word in _ARTICLES:
        return False
    if any(entity.span.start == report.claim.span.start for entity in report.claim.entities):
        return True
    if word in _NEVER_NAMES:
        return False
    follows_name = (first["next"] or "").isupper()
    return (
        follows_name
        or word in _CALENDAR
        or re.search(rf"\b{word}\b", f"{report.article.title}\n{report.article.text}") is None
    )
