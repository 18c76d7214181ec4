"""The stance of a source on what its claim says - it confirms, denies, or declines to confirm - and the topic of that.

What is left open is often only pointed at ("the reports", "such a deployment", "that account"). Then the topic is what
the article says before: in the same sentence, in those just before it, or in its opening.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.contracts.base import Span
from services.contracts.claim import Commitment
from services.dedupe.merging.claims.quoted_words import stem_words
from services.dedupe.merging.claims.report import Report
from services.language.calendar import WEEKDAYS
from services.language.falsehood import CALLING_FALSE
from services.language.hearsay import LEFT_OPEN
from services.language.negation import NEGATIONS
from services.language.stop_words import STOP_WORDS

NEARBY = 240
"""Characters before or after a claim in which its cue stands."""
BEFORE = 500
"""Characters before a claim that it may point at."""
OPENING = 500
"""Characters of an article that show what it is about."""
COVERED = 0.6
"""Share of the words of one topic that the other has."""
FEWEST = 2
"""Words that a topic has at least, and at most if it only points at something."""
_CONFIRMS = re.compile(r"\b(?:re)?(?:confirm|acknowledg|admit|admission|conced)", re.IGNORECASE)
_ADMITS = re.compile(r"\b(?:acknowledg|admit|admission|conced)", re.IGNORECASE)
_DECLINED = re.compile(
    r"\b(?:can(?:not| not|['’]t)|(?:could|would|did|does|do|has|have|is|are|will)(?: not|n['’]t)|won['’]t"
    r"|declin\w+ to|refus\w+ to|stopp\w+ short of|unable to|no need to)"
    r" (?:\w+ ){0,3}?(?:confirm|deny|denie|verif|comment|say|discuss|disclos)[^,;:\n]*",
    re.IGNORECASE,
)
_CALLS_FALSE = re.compile(rf"\b(?:{CALLING_FALSE})", re.IGNORECASE)
_WHETHER = re.compile(
    r"\b(?:confirm|verif|corrobor|acknowledg|admit|conced|deny|deni|comment|whether|if\b)", re.IGNORECASE
)
_WHEN = re.compile(
    rf",? (?:(?:on|late|early) )*(?:{'|'.join(WEEKDAYS)})(?: (?:morning|afternoon|evening|night))?\W*$", re.IGNORECASE
)
"""The day of a denial, behind what is denied."""
_POINTERS = frozenset(("such", "alleg", "report", "suppos", "purport", "these", "those", "that", "this", "so", "the"))
_HEARSAY = frozenset(stem for noun in LEFT_OPEN for stem in stem_words(noun))
"""Stems of nouns for what others say."""
_HAPPENS = frozenset(("happen", "occur", "occurr", "take", "taken", "took", "place", "plac", "true", "whether", "if"))
"""Words that only say that something is the case."""
_STANDS = frozenset(("confirm", "deny", "denied", "acknowledg", "admit", "directly", "independently"))


class Stance(StrEnum):
    """What a source does with what its claim says. The values are what readers see; those that affirm it come first."""

    CONFIRMS = "confirms"
    ASSERTS = "says so"
    OPPOSES = "says otherwise"
    DENIES = "denies"
    DECLINES = "declines to confirm"


def classify_stance(report: Report) -> Stance:
    """Return the stance of a claim's source on what the claim says."""
    known = report.prepared.stance
    if isinstance(known, Stance):
        return known
    report.prepared.stance = found = _read_stance(report)
    return found


def _read_stance(report: Report) -> Stance:
    claim = report.claim
    if claim.commitment is Commitment.DECLINES_TO_CONFIRM:
        return Stance.DECLINES
    if claim.commitment is Commitment.DENIES:
        return Stance.DENIES
    if claim.commitment is Commitment.ASSERTS and not report.is_negative and claim.cue and _CONFIRMS.search(claim.cue):
        return Stance.CONFIRMS
    return Stance.ASSERTS


def is_admission(report: Report) -> bool:
    """Whether the source admits it: who admits that something was false has said it."""
    return _ADMITS.search(report.claim.cue or "") is not None


def is_denial_of_other_claims(report: Report) -> bool:
    """Whether a claim denies what others say; to refuse something or rule it out is not such a denial."""
    return classify_stance(report) is Stance.DENIES and _CALLS_FALSE.search(report.claim.cue or "") is not None


def read_denied_words(report: Report) -> str:
    """What a denial denies: of a whole clause ("Reyl disputed Keld's claim on Monday") the words behind its cue."""
    claim = report.claim
    _, _, behind = claim.text.partition(claim.cue) if claim.cue else ("", "", "")
    return _WHEN.sub("", behind or claim.text).strip(" ,.")


def is_noncommittal(report: Report) -> bool:
    """Whether a claim leaves open whether something is so, not only which or how ("did not give the name")."""
    if classify_stance(report) is not Stance.DECLINES:
        return False
    inside = _find_declining_span(report)
    words = f"{report.claim.cue or ''} {report.claim.text if inside is None else inside.of(report.article.text)}"
    return _WHETHER.search(words) is not None


@dataclass(frozen=True, slots=True)
class Topic:
    """What a stance is about.

    Attributes:
        words: Stems with meaning of what the claim says.
        pointed_at: Stems with meaning of what it may point at; empty if it points at nothing.
    """

    words: frozenset[str]
    pointed_at: frozenset[str]


def read_topic(report: Report) -> Topic:
    """Return what a claim is about: its own words and, where these only point at something, those it may point at."""
    text = report.article.text
    inside = _find_declining_span(report)
    own = stem_words(report.claim.text if inside is None else inside.of(text))
    words = _topic_stems(own)
    if not (words <= _HEARSAY or (len(words) <= FEWEST and _POINTERS & set(own))):
        return Topic(words, frozenset())
    before = text[max(0, report.claim.span.start - BEFORE) : report.claim.span.end]
    return Topic(words, _topic_stems(stem_words(before)) | _topic_stems(stem_words(text[:OPENING])))


def confirms_what_is_left_open(confirmed_topic: Topic, open_topic: Topic) -> bool:
    """Whether what one claim confirms is what the other leaves open or denies."""
    if len(confirmed_topic.words) < FEWEST:
        return False
    both = confirmed_topic.words & open_topic.words
    shorter = min(len(confirmed_topic.words), len(open_topic.words))
    if shorter >= FEWEST and len(both) >= COVERED * shorter:
        return True
    return bool(open_topic.pointed_at) and len(confirmed_topic.words & open_topic.pointed_at) >= COVERED * len(
        confirmed_topic.words
    )


def find_stance_span(report: Report) -> Span:
    """Return the words that take the stance: from a claim's cue to what it says, in whatever order they stand."""
    inside = _find_declining_span(report)
    if inside is not None:
        return inside
    return report.claim.span if classify_stance(report) is Stance.ASSERTS else find_span_with_cue(report)


def find_span_with_cue(report: Report) -> Span:
    """Return the words from a claim's cue to what it says, in whatever order they stand; a cue far away is left out."""
    claim, text = report.claim, report.article.text
    if not claim.cue:
        return claim.span
    before = text.rfind(claim.cue, max(0, claim.span.start - NEARBY), claim.span.start)
    if before >= 0 and "\n" not in text[before : claim.span.start]:
        return Span(start=before, end=claim.span.end)
    after = text.find(claim.cue, claim.span.end, claim.span.end + NEARBY)
    if after >= 0 and "\n" not in text[claim.span.end : after]:
        return Span(start=claim.span.start, end=after + len(claim.cue))
    return claim.span


def _find_declining_span(report: Report) -> Span | None:
    """Find where a claim says that its own source does not confirm: "he said his ministry cannot confirm it"."""
    claim = report.claim
    if classify_stance(report) is not Stance.DECLINES:
        return None
    # The cue stands inside where the claim is a whole clause: "The ministry sees no need to confirm the reports".
    inside = claim.text.find(claim.cue) if claim.cue else -1
    if claim.cue and inside < 0 and _DECLINED.search(claim.cue):
        return None
    declined = _DECLINED.search(claim.text)
    if declined is None:
        return None
    start = inside if 0 <= inside < declined.start() < inside + len(claim.cue or "") else declined.start()
    return Span(start=claim.span.start + start, end=claim.span.start + declined.end())


def _topic_stems(all_stems: Sequence[str]) -> frozenset[str]:
    return frozenset(all_stems) - STOP_WORDS - NEGATIONS - _POINTERS - _HAPPENS - _STANDS
