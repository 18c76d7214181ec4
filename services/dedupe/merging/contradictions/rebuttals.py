"""Whom a text says is contradicted: "contrary to Tolmar's claims", "that is false", "pushed back on the claim that".

Here the text itself sets two claims of one article against each other, and tells whose claim is meant or where it
stands: nothing need be alike.
"""

import re
from collections.abc import Sequence

from services.contracts.base import Span
from services.dedupe.merging.claims.report import Report, same_source
from services.dedupe.merging.claims.stance import calls_false
from services.language.sentence_ends import sentence_end

BEFORE, AFTER = 1500, 600
"""Characters before and behind a claim in which a claim stands that it names by its source."""
COMMON = 2
"""Words with meaning that both claims have where nothing but their place tells that one answers the other."""
OPENED = 60
"""Characters between the words that open a claim and its start."""
OPENING_FACTS = 200
"""Characters behind "THE FACTS:" in which the correction begins."""
JUST_BEFORE = 120
"""The same where it only points at what was told last."""
_CLAIM = r"(?:claims?|statements?|assertions?|accounts?|version|allegation|accusation|assessment)"
"""What one source said; "her allegations" are too many to tell which is meant."""
_NAMED = rf"(?P<whose>[A-Z][\w.-]*(?: [A-Z][\w.-]*){{0,3}})['\u2019]s? (?:\w+ ){{0,2}}?{_CLAIM}"
_DENIES_NAMED = re.compile(rf"^{_NAMED}$")
_CONTRARY = re.compile(rf"\b(?:contrary to|contradict(?:s|ed|ing)|despite) {_NAMED}\b")
_POINTS_FALSE = re.compile(
    r"^(?:(?:that|this|the|it|his|her|their)(?: (?:claim|statement|report|story|account|allegation|accusation|assertion"
    r"|suggestion)s?)?(?:['\u2019]s| is| was| are| were|)) (?:\w+ly )?"
    r"(?:false|untrue|not true|incorrect|inaccurate|not accurate|not correct|fabricated|a lie|nonsense)\b"
    r"(?! (?:that|to|step|start|dawn|economy|alarm)\b)",
    re.IGNORECASE,
)
_HAD_NO_PART = re.compile(
    r"^(?:(?:the )?[\w'\u2019-]+ ){1,3}(?:had|has|have|played) no "
    r"(?:role|part|involvement|hand)(?: in (?:it|this|that))?$"
)
_BLAMES = re.compile(r"\b(?:order|behind|responsib|direct|involv|commit|plott|plan)\w*", re.IGNORECASE)
_FACTS = re.compile(r"(?:^|\n)\W*THE FACTS: ")
"""How fact checks of agencies set off what is so from what was said."""
_IN_FACT = re.compile(r"^\W*(?:But,? |However, )?(?:[Ii]n fact|[Ii]n reality|[Aa]ctually)\b")
_WRONGLY = re.compile(
    r"\b(?:falsely|wrongly|incorrectly|erroneously|mistakenly|inaccurately|misleadingly) "
    r"(?:claim|sa[iy]|stat|suggest|assert|told|tweet|insist|declar|alleg)|\bclaim(?:s|ed|ing)?\b"
)
_REPORTS = r"(?:(?:earlier|previous|initial|media|press|news|some|other) )?(?:media |press |news )?reports?\b(?! from)"
_DESPITE_REPORTS = re.compile(rf"\b(?:despite|contrary to|contradicting) {_REPORTS}", re.IGNORECASE)
_REPORT_CUE = re.compile(r"\breport", re.IGNORECASE)
_PUSHES_BACK = re.compile(
    r"\b(?:push(?:ed|es|ing)? back (?:on|against)|disput|reject|rebut|refut|contest|challeng|dismiss)[a-z]* "
    r"(?:[\w.,'\u2019-]+ ){0,5}?(?:claims?|assertions?|suggestions?|accusations?|allegations?|reports?|notion|idea) "
    r"that (?P<claim>[^.\n]{10,250}?), (?:instead )?"
    r"(?:saying|insisting|arguing|stating|noting|maintaining|countering|asserting|claiming)\b"
)


def rebutted(report: Report, others: Sequence[Report]) -> Report | None:
    """The claim of the same article that the text says a claim contradicts; None: it says so of none.

    Args:
        report: A claim.
        others: Claims of the same article.
    """
    return (
        _of_the_one_named(report, others)
        or _told_just_before(report, others)
        or _that_is_pushed_back_on(report, others)
        or _that_is_checked(report, others)
        or _that_is_corrected(report, others)
        or _reported_otherwise(report, others)
    )


def _of_the_one_named(report: Report, others: Sequence[Report]) -> Report | None:
    """The nearest claim of whom a denial, or "contrary to", names."""
    claim, text = report.claim, report.article.text
    named = _DENIES_NAMED.match(claim.text.strip(" ,.")) if calls_false(report) else None
    if named is None:
        # "Contrary to" belongs to the claim that it opens or stands in, not to others of the sentence.
        named = _CONTRARY.search(text, max(0, claim.span.start - OPENED), claim.span.end)
        if named is not None and "\n" in text[named.start() : claim.span.start]:
            named = None
    if named is None:
        return None
    name = set(re.findall(r"\w{3,}", named["whose"].casefold()))
    theirs = [one for one in others if one.claim.span.end <= claim.span.start and _is_by(one, name)]
    near = [one for one in theirs if claim.span.start - one.claim.span.end <= BEFORE and not same_source(one, report)]
    if calls_false(report):
        return max(near, key=lambda one: one.order, default=None)
    alike = [one for one in near if one.content & report.content]
    return max(alike, key=lambda one: (len(one.content & report.content), one.order), default=None)


def _is_by(report: Report, name: set[str]) -> bool:
    speaker = report.claim.speaker
    return speaker is not None and name <= set(re.findall(r"\w{3,}", f"{speaker.canonical} {report.source}".casefold()))


def _told_just_before(report: Report, others: Sequence[Report]) -> Report | None:
    """What "that is not true" and "he had no role" point at: what another source said just before."""
    words = report.claim.text.strip(' ,."\u201c\u201d')
    false, no_part = _POINTS_FALSE.match(words), _HAD_NO_PART.match(words)
    if report.claim.speaker is None or not (false or no_part):
        return None
    start = report.claim.span.start
    before = [one for one in others if start - JUST_BEFORE <= one.claim.span.end <= start]
    last = max(before, key=lambda one: one.claim.span.end, default=None)
    if last is None or last.claim.speaker is None or same_source(last, report):
        return None
    return last if false or _BLAMES.search(last.claim.text) else None


def _that_is_pushed_back_on(report: Report, others: Sequence[Report]) -> Report | None:
    """P, where the text pushes back "on the claim that P, saying" what this claim says."""
    text, start = report.article.text, report.claim.span.start
    first = max(0, start - AFTER) if report.claim.sentence is None else report.claim.sentence.start
    for found in _PUSHES_BACK.finditer(text, first, start):
        if start - found.end() > len(" that \u201c") or start > sentence_end(text, found.end()):
            continue
        place = Span(start=found.start("claim"), end=found.end("claim"))
        inside = [one for one in others if place.holds(one.claim.span)]
        return min(inside, key=lambda one: one.order, default=None)
    return None


def _that_is_checked(report: Report, others: Sequence[Report]) -> Report | None:
    """The quotation before "THE FACTS:", if this is the first claim behind it."""
    start = report.claim.span.start
    marks = list(_FACTS.finditer(report.article.text, max(0, start - AFTER), start))
    if not marks:
        return None
    mark = marks[-1]
    if start - mark.end() > OPENING_FACTS or any(mark.start() <= one.claim.span.start < start for one in others):
        return None
    said = [one for one in others if mark.start() - AFTER <= one.claim.span.end <= mark.start() and one.said]
    last = max(said, key=lambda one: one.claim.span.end, default=None)
    if last is None or last.claim.speaker is None or len(last.content & report.content) < COMMON:
        return None
    return last


def _that_is_corrected(report: Report, others: Sequence[Report]) -> Report | None:
    """What somebody claimed, or said wrongly, in the sentence before one that tells what is so "in fact"."""
    text, claim = report.article.text, report.claim
    start = claim.span.start if claim.sentence is None else claim.sentence.start
    if not _IN_FACT.match(text[start : claim.span.end]):
        return None
    before = [one for one in others if start - JUST_BEFORE <= one.claim.span.end <= start]
    last = max(before, key=lambda one: one.claim.span.end, default=None)
    if last is None or last.claim.speaker is None or same_source(last, report):
        return None
    first = max(0, last.claim.span.start - OPENED) if last.claim.sentence is None else last.claim.sentence.start
    return last if _WRONGLY.search(text, first, start) else None


def _reported_otherwise(report: Report, others: Sequence[Report]) -> Report | None:
    """What was reported, where a claim is told "despite earlier reports"."""
    claim = report.claim
    first, last = max(0, claim.span.start - JUST_BEFORE), claim.span.end + OPENED
    if not _DESPITE_REPORTS.search(report.article.text, first, last):
        return None
    reported = [
        one
        for one in others
        if one.claim.span.end <= claim.span.start <= one.claim.span.end + BEFORE
        and _REPORT_CUE.search(one.claim.cue or "")
        and not same_source(one, report)
        and len(one.content & report.content) >= COMMON
    ]
    return max(reported, key=lambda one: (len(one.content & report.content), one.order), default=None)
