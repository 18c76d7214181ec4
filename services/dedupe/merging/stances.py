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
from services.dedupe.merging.reports import Report, same_source
from services.dedupe.merging.words import NEGATORS, STOP_WORDS, stems

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
_HEARSAY_PHRASE = re.compile(
    r"(?:that|this) (?:account|version|claim|statement|story|assertion|suggestion)"
    r"|(?:that|this|these|those|the) (?P<accusation>accusations?|allegations?|charges?)",
    re.IGNORECASE,
)
_ACCUSES = re.compile(r"\b(?:accus|alleg|charg|blam)", re.IGNORECASE)
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
    claim, text = report.claim, report.article.text
    inside = _held_back_inside(report)
    if inside is not None:
        return inside
    if stance_of(report) is Stance.ASSERTS or not claim.cue:
        return claim.span
    before = text.rfind(claim.cue, max(0, claim.span.start - NEARBY), claim.span.start)
    if before >= 0 and "\n" not in text[before : claim.span.start]:
        return Span(start=before, end=claim.span.end)
    after = text.find(claim.cue, claim.span.end, claim.span.end + NEARBY)
    if after >= 0 and "\n" not in text[claim.span.end : after]:
        return Span(start=claim.span.start, end=after + len(claim.cue))
    return claim.span


def pointed_at(report: Report, others: Sequence[Report]) -> Report | None:
    """The claim of somebody else that a denial of "that account" or "the accusation" means; None: not clear.

    "That account" is what was told last; an accusation is the last claim before it whose cue accuses.

    Args:
        report: A claim.
        others: Claims of the same article.
    """
    if stance_of(report) is not Stance.DENIES:
        return None
    told = _HEARSAY_PHRASE.fullmatch(report.claim.text.strip(" ,."))
    if told is None:
        return None
    start = report.claim.span.start
    before = [one for one in others if start - BEFORE <= one.claim.span.end <= start]
    if told["accusation"]:
        before = [one for one in before if one.claim.cue and _ACCUSES.search(one.claim.cue)]
    last = max(before, key=lambda one: one.order, default=None)
    if last is None or last.claim.speaker is None or stance_of(last) is not Stance.ASSERTS or same_source(last, report):
        return None
    return last


def _held_back_inside(report: Report) -> Span | None:
    """Where a claim says of its own source that it does not confirm: "he said his ministry cannot confirm it"."""
    claim = report.claim
    if stance_of(report) is not Stance.WITHHOLDS or (claim.cue and _HELD_BACK.search(claim.cue)):
        return None
    found = _HELD_BACK.search(claim.text)
    if found is None:
        return None
    return Span(start=claim.span.start + found.start(), end=claim.span.start + found.end())


def _content(listed: Sequence[str]) -> frozenset[str]:
    return frozenset(listed) - STOP_WORDS - NEGATORS - _POINTERS - _HAPPENS - _STANDS
