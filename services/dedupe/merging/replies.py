"""What a denial answers where it only points there, and the words that a denier sets against it.

"That account" is what was told last; who "had no part in it" answers an accusation; "contradicting the owner" answers
what the owner is recalled to have said. The quotation right after a denial tells the denier's own version.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.contracts.base import Span
from services.dedupe.merging.rebuttals import rebutted
from services.dedupe.merging.reports import Report, is_full_quotation, same_source
from services.dedupe.merging.stances import BEFORE, Stance, calls_false, stance_of
from services.dedupe.merging.words import stems
from services.language.sentence_ends import last_sentence, sentence_end

AFTER = 800
"""Characters after a claim in which the other side's words are recalled."""
RECALLED = 120
"""Characters before or after a claim in which its cue and that cue's auxiliary stand."""
COMMON_BEHIND = 2
"""Words with meaning that what stands behind "contradicting …" shares with the claim, to be what is contradicted."""
_HEARSAY_PHRASE = re.compile(
    r"(?:that|this|the) (?:account|version|claim|statement|story|assertion|suggestion)"
    r"|(?P<pronoun>it|this|that)"
    r"|(?:that|this|these|those|the) (?P<accusation>accusations?|allegations?|charges?)",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?:neither|nor|no one|nobody|none|no)\b", re.IGNORECASE)
"""Whom a text says did not deny it."""
_ACCUSES = re.compile(r"\b(?:accus|alleg|charg|blam)", re.IGNORECASE)
_SUSPECTS = re.compile(r"\b(?:on suspicion of|suspect\w* of|charg\w+ with|accus\w+ of)\b", re.IGNORECASE)
_DISAVOWS = re.compile(
    r"\b(?:(?:had|has|have|played|took) no (?:part|role|hand|involvement) in|nothing to do with) (?:it|this|that)\b",
    re.IGNORECASE,
)
_CONTRADICTS = re.compile(r"\b(?:contradicting|disputing|rebutting|refuting|contrary to)\b", re.IGNORECASE)
_STATES = re.compile(
    r"\b(?:sa(?:id|ys?)|told|claim|stat|describ|insist|maintain|alleg|blam|accus|call|argu|assert|declar|announc|report"
    r"|suggest|estimat|contend|put)",
    re.IGNORECASE,
)
"""Cues of statements; what was asked or ordered is neither so nor not so."""
_NAME = re.compile(r"\b[^\W\da-z_]\w{3,}")
_BETWEEN = re.compile(r"[\s\"\u201c\u2018']*")


@dataclass(frozen=True, slots=True)
class Reply:
    """A claim that answers another of its article, and the words that its source sets against it, if any."""

    report: Report
    target: Report
    version: Report | None


def replies(reports: Sequence[Report]) -> list[Reply]:
    """All of the claims of one article that answer another."""
    return [
        Reply(report, target, own_version(report, reports))
        for report in reports
        if (target := answered(report, reports)) is not None
    ]


def answered(report: Report, others: Sequence[Report]) -> Report | None:
    """The claim of somebody else that a claim contradicts by pointing at it; None: none, or it is not clear which.

    Args:
        report: A claim.
        others: Claims of the same article.
    """
    if report.claim.speaker is not None and _NOBODY.match(report.claim.speaker.surface):
        return None
    target = rebutted(report, others) or _told_before(report, others) or _recalled_after(report, others)
    if target is None or target.claim.speaker is None or stance_of(target) is not Stance.ASSERTS:
        return None
    return None if same_source(target, report) else target


def own_version(report: Report, others: Sequence[Report]) -> Report | None:
    """The quotation right after the sentence of a denial, by the same voice: what the denier says instead.

    In one paragraph that is whoever is quoted; in the next it must be the same source, or one of its people by name.
    """
    text = report.article.text
    end = sentence_end(text, report.claim.span.end)
    following = [one for one in others if one.claim.span.start >= end]
    first = min(following, key=lambda one: one.order, default=None)
    if first is None or not is_full_quotation(first):
        return None
    between = text[end : first.claim.span.start]
    if _BETWEEN.fullmatch(between) is None:
        return None
    return first if "\n" not in text[end - 1 : first.claim.span.start] or _one_voice(report, first) else None


def disavows(report: Report) -> bool:
    """Whether it says that somebody had nothing to do with it."""
    return stance_of(report) is Stance.ASSERTS and _DISAVOWS.search(report.claim.text) is not None


def _told_before(report: Report, others: Sequence[Report]) -> Report | None:
    """What a denial of "that account", "it", "the accusation", or a disavowal means."""
    claim, text = report.claim, report.article.text
    before = [one for one in others if claim.span.start - BEFORE <= one.claim.span.end <= claim.span.start]
    if disavows(report):
        before = [one for one in before if _SUSPECTS.search(one.claim.text) or _accuses(one)]
        return max(before, key=lambda one: one.order, default=None)
    told = _HEARSAY_PHRASE.fullmatch(claim.text.strip(" ,."))
    if stance_of(report) is not Stance.DENIES or told is None:
        return None
    if told["accusation"]:
        before = [one for one in before if _accuses(one)]
    elif told["pronoun"]:
        before = [one for one in before if "\n" not in text[one.claim.span.end : claim.span.start]]
    last = max(before, key=lambda one: one.order, default=None)
    return last if last is not None and _STATES.match(last.claim.cue or "said") else None


def _accuses(report: Report) -> bool:
    return report.claim.cue is not None and _ACCUSES.search(report.claim.cue) is not None


def _recalled_after(report: Report, others: Sequence[Report]) -> Report | None:
    """What the other side is recalled to have said: "had said", "has described", after a denial or "contradicting"."""
    claim, text = report.claim, report.article.text
    end = sentence_end(text, claim.span.end)
    marked = _CONTRADICTS.search(text, claim.span.end, end)
    if claim.speaker is None or not (calls_false(report) or (marked and stance_of(report) is Stance.ASSERTS)):
        return None
    for one in _recalled(report, others):
        named = marked and marked.end() <= one.claim.span.start < end
        shared = one.content & report.content - set(stems(claim.speaker.canonical))
        if named or shared:
            return one
    return _reported_after(report, others) if marked else None


def _reported_after(report: Report, others: Sequence[Report]) -> Report | None:
    """What stands right after "contradicting …", by another source, if it shares words enough to be what is meant."""
    start = sentence_end(report.article.text, report.claim.span.end)
    behind = [one for one in others if start <= one.claim.span.start <= start + RECALLED]
    first = min(behind, key=lambda one: one.order, default=None)
    return first if first is not None and len(first.content & report.content) >= COMMON_BEHIND else None


def _recalled(report: Report, others: Sequence[Report]) -> Iterator[Report]:
    """Claims of other sources after it, not too far, that are told in a perfect tense."""
    end = report.claim.span.end
    for one in sorted(others, key=lambda one: one.order):
        if end <= one.claim.span.start <= end + AFTER and not same_source(one, report) and _in_perfect(one):
            yield one


def _in_perfect(report: Report) -> bool:
    """Whether its cue has "has" or "had" before it."""
    claim, text = report.claim, report.article.text
    if not claim.cue or _STATES.match(claim.cue) is None:
        return False
    auxiliary = re.compile(rf"\b(?:has|have|had)(?: \w+)? {re.escape(claim.cue)}\b")
    around = Span(start=max(0, claim.span.start - RECALLED), end=claim.span.start).of(text)
    return auxiliary.search(last_sentence(around)) is not None


def _one_voice(one: Report, other: Report) -> bool:
    """Whether two claims have one source, or a name that one has is in what is known of the other."""
    return same_source(one, other) or bool(_names(one) & _names(other))


def _names(report: Report) -> set[str]:
    speaker = report.claim.speaker
    if speaker is None:
        return set()
    told = [speaker.canonical, speaker.role or "", speaker.organisation or ""]
    return {word.casefold() for part in told for word in _NAME.findall(part)}
