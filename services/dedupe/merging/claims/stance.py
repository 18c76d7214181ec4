"""Who confirms, who denies, who leaves it open, and what that is about.

What is left open is often only pointed at ("the reports", "such a deployment", "that account"). Then it is what the
article tells before: in the same sentence, in those just before it, or in its opening.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.contracts.base import Span
from services.contracts.claim import Commitment
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.words import stems
from services.language.negation import NEGATIONS
from services.language.stop_words import STOP_WORDS

NEARBY = 240
"""Characters before or after a claim in which its cue stands."""
BEFORE = 500
"""Characters before a claim that it may point at."""
OPENING = 500
"""Characters of an article that tell what it is about."""
COVERED = 0.6
"""Share of the words of one matter that the other has."""
FEWEST = 2
"""Words that a matter has at least, and at most if it only points at something."""
_CONFIRMS = re.compile(r"\b(?:re)?(?:confirm|acknowledg|admit|admission|conced)", re.IGNORECASE)
_HELD_BACK = re.compile(
    r"\b(?:can(?:not| not|['’]t)|(?:could|would|did|does|do|has|have|is|are|will)(?: not|n['’]t)|won['’]t"
    r"|declin\w+ to|refus\w+ to|stopp\w+ short of|unable to|no need to)"
    r" (?:\w+ ){0,3}?(?:confirm|deny|denie|verif|comment|say|discuss|disclos)[^,;:\n]*",
    re.IGNORECASE,
)
_CALLS_FALSE = re.compile(r"\b(?:deny|deni|disput|refut|rebut|reject|dismiss|contradict|disavow)", re.IGNORECASE)
_WHETHER = re.compile(
    r"\b(?:confirm|verif|corrobor|acknowledg|admit|conced|deny|deni|comment|whether|if\b)", re.IGNORECASE
)
_POINTERS = frozenset(("such", "alleg", "report", "suppos", "purport", "these", "those", "that", "this", "so", "the"))
_HEARSAY = frozenset((
    "account", "accusation", "allegation", "assertion", "charg", "claim", "comment", "information", "matter", "new",
    "remark", "report", "rumor", "rumour", "statement", "story", "suggestion", "version",
))  # fmt: skip
"""Nouns for what others say."""
_HAPPENS = frozenset(("happen", "occur", "occurr", "take", "taken", "took", "place", "plac", "true", "whether", "if"))
"""Words that say of a thing only that it is so."""
_STANDS = frozenset(("confirm", "deny", "denied", "acknowledg", "admit", "directly", "independently"))


class Stance(StrEnum):
    """What a source does with a matter; the values are what readers see. Those who affirm it come first."""

    CONFIRMS = "confirms"
    ASSERTS = "says so"
    OPPOSES = "says otherwise"
    DENIES = "denies"
    WITHHOLDS = "declines to confirm"


def stance_of(report: Report) -> Stance:
    """What a claim's source does with what the claim tells."""
    claim = report.claim
    if claim.commitment is Commitment.DECLINES_TO_CONFIRM:
        return Stance.WITHHOLDS
    if claim.commitment is Commitment.DENIES:
        return Stance.DENIES
    if claim.commitment is Commitment.ASSERTS and not report.negative and claim.cue and _CONFIRMS.search(claim.cue):
        return Stance.CONFIRMS
    return Stance.ASSERTS


def calls_false(report: Report) -> bool:
    """Whether it denies what others say; who refuses or rules something out says nothing of that."""
    return stance_of(report) is Stance.DENIES and _CALLS_FALSE.search(report.claim.cue or "") is not None


def leaves_open(report: Report) -> bool:
    """Whether it leaves open whether something is so, not only which or how: "did not give the name"."""
    if stance_of(report) is not Stance.WITHHOLDS:
        return False
    inside = _held_back_inside(report)
    words = f"{report.claim.cue or ''} {report.claim.text if inside is None else inside.of(report.article.text)}"
    return _WHETHER.search(words) is not None


@dataclass(frozen=True, slots=True)
class Matter:
    """What a stance is about.

    Attributes:
        words: Stems that carry meaning of what it tells.
        told_before: Stems of what it may point at; empty if it points at nothing.
    """

    words: frozenset[str]
    told_before: frozenset[str]


def matter_of(report: Report) -> Matter:
    """What a claim is about, in its own words and, where these only point at something, in those it may point at."""
    text = report.article.text
    inside = _held_back_inside(report)
    own = stems(report.claim.text if inside is None else inside.of(text))
    words = _content(own)
    if not (words <= _HEARSAY or (len(words) <= FEWEST and _POINTERS & set(own))):
        return Matter(words, frozenset())
    before = text[max(0, report.claim.span.start - BEFORE) : report.claim.span.end]
    return Matter(words, _content(stems(before)) | _content(stems(text[:OPENING])))


def same_matter(told: Matter, left_open: Matter) -> bool:
    """Whether what one confirms is what the other leaves open or denies."""
    if len(told.words) < FEWEST:
        return False
    both = told.words & left_open.words
    shorter = min(len(told.words), len(left_open.words))
    if shorter >= FEWEST and len(both) >= COVERED * shorter:
        return True
    return bool(left_open.told_before) and len(told.words & left_open.told_before) >= COVERED * len(told.words)


def decisive(report: Report) -> Span:
    """The words by which a claim takes its stance: from its cue to what it tells, in whatever order they stand."""
    inside = _held_back_inside(report)
    if inside is not None:
        return inside
    return report.claim.span if stance_of(report) is Stance.ASSERTS else with_cue(report)


def with_cue(report: Report) -> Span:
    """The words from a claim's cue to what it tells, in whatever order they stand; without the cue if it is far."""
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


def _held_back_inside(report: Report) -> Span | None:
    """Where a claim says of its own source that it does not confirm: "he said his ministry cannot confirm it"."""
    claim = report.claim
    if stance_of(report) is not Stance.WITHHOLDS:
        return None
    # The cue stands inside where the claim is a whole clause: "The ministry sees no need to confirm the reports".
    inside = claim.text.find(claim.cue) if claim.cue else -1
    if claim.cue and inside < 0 and _HELD_BACK.search(claim.cue):
        return None
    found = _HELD_BACK.search(claim.text)
    if found is None:
        return None
    start = inside if 0 <= inside < found.start() < inside + len(claim.cue or "") else found.start()
    return Span(start=claim.span.start + start, end=claim.span.start + found.end())


def _content(listed: Sequence[str]) -> frozenset[str]:
    return frozenset(listed) - STOP_WORDS - NEGATIONS - _POINTERS - _HAPPENS - _STANDS
