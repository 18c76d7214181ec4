"""Finds the claim that an article itself says is contradicted: "contrary to Tolmar's claims", "that is false".

The text sets two claims of one article against each other and says whose claim is meant, or where it stands. So the two
need not be similar.
"""

import re
from collections.abc import Sequence

from services.contracts.base import Span
from services.contracts.claim import SpeakerKind
from services.dedupe.merging.claims.report import Report, has_same_source
from services.dedupe.merging.claims.stance import is_admission, is_denial_of_other_claims, read_denied_words
from services.dedupe.merging.contradictions.rebuttal_words import FACTS_MARK, read_rebuttal_words
from services.language.falsehood import CALLED_FALSE, FALSELY, IS_FALSE, JUDGING_ADVERBS
from services.language.hearsay import SAYINGS
from services.language.sentence_ends import has_sentence_end, sentence_end

BEFORE, AFTER = 1500, 600
"""Characters before and after a claim in which the claim stands that it names by its source."""
COMMON = 2
"""Words with meaning that both claims share, where only their places show that one answers the other."""
OPENED = 60
"""Characters between the words that open a claim and its start."""
OPENING_FACTS = 200
"""Characters behind "THE FACTS:" in which the correction begins."""
JUST_BEFORE = 120
"""The same where it only points at what was said last."""
FEWEST_WORDS = 4
"""Words of a claim that can be called false; "it did not" says nothing by itself."""
ONE_PARAGRAPH = 300
"""Characters before the sentence of a denial in which "that account" was given."""
_CLAIM = (
    r"(?:claims?|statements?|assertions?|accounts?|version|allegation|accusation|assessment"
    r"|recollection|characteri[sz]ation|description)"
)
"""What one source said; of "her allegations" it is not clear which is meant."""
_NAMED = rf"(?P<whose>[A-Z][\w.-]*(?: [A-Z][\w.-]*){{0,3}})['\u2019]s? (?:\w+ ){{0,2}}?{_CLAIM}"
_SEVERAL = re.compile(r"\b(?:claims|statements|assertions|accounts)$", re.IGNORECASE)
_DENIES_NAMED = re.compile(rf"^{_NAMED}$")
_CONTRARY = re.compile(rf"\b(?:contrary to|contradict(?:s|ed|ing)|despite) {_NAMED}\b")
_STATEMENTS = "|".join(sorted(SAYINGS - {"version"}))
_POINTS_FALSE = re.compile(
    rf"^(?:(?:that|this|the|his|her|their)(?: (?:{_STATEMENTS})s?)?|it)(?:['\u2019]s| is| was| are| were) (?:\w+ly )?"
    rf"(?:{IS_FALSE})\b"
    r"(?! (?:that|to|step|start|dawn|economy|alarm)\b)",
    re.IGNORECASE,
)
_A_STORY = re.compile(r"\b(?:the|this|that) (?:[A-Z]\w+ )?(?:report|story)\b", re.IGNORECASE)
_ASKED_ABOUT = re.compile(
    r"\b(?:asked|questioned|pressed)\b[^.?!\n]* (?:about|whether|if|on)\b|\b(?:rumou?rs?|speculation)\b", re.IGNORECASE
)
"""Between two claims: then the second answers a question, not the first."""
_HAD_NO_PART = re.compile(
    r"^(?:(?:the )?[\w'\u2019-]+ ){1,3}(?:had|has|have|played) no "
    r"(?:role|part|involvement|hand)(?: in (?:it|this|that))?$"
)
_BLAMES = re.compile(r"\b(?:order|behind|responsib|direct|involv|commit|plott|plan)\w*", re.IGNORECASE)
_FACTS = re.compile(rf"(?:^|\n)\W*{FACTS_MARK}")
_FOUND_RIGHT = re.compile(r"\b(?:is|was|are|were)(?: \w+ly)? (?:correct|right|true|accurate)\b")
_CONCEDES = re.compile(r"\W{1,3}(?:but|yet)\b", re.IGNORECASE)
"""Behind a claim that only grants something: "More is made here than is bought, but it is not enough"."""
_IN_FACT = re.compile(r"^\W*(?:But,? |However, )?(?:[Ii]n fact|[Ii]n reality|[Aa]ctually)\b")
_WRONGLY = re.compile(rf"\b(?:{FALSELY}) (?:claim|sa[iy]|stat|suggest|assert|told|tweet|insist|declar|alleg)")
_CLAIMED = re.compile(rf"(?:(?:{'|'.join(sorted(CALLED_FALSE | JUDGING_ADVERBS))}) )?claim")
_REPORTS = r"(?:(?:earlier|previous|initial|media|press|news|some|other) )?(?:media |press |news )?reports?\b(?! from)"
_DESPITE_REPORTS = re.compile(rf"\b(?:despite|contrary to|contradicting) {_REPORTS}", re.IGNORECASE)
_REPORT_CUE = re.compile(r"\breport", re.IGNORECASE)
_PUSHES_BACK = re.compile(
    r"\b(?:push(?:ed|es|ing)? back (?:on|against)|disput|reject|rebut|refut|contest|challeng|dismiss)[a-z]* "
    r"(?:[\w.,'\u2019-]+ ){0,5}?(?:claims?|assertions?|suggestions?|accusations?|allegations?|reports?|notion|idea) "
    r"that (?P<claim>[^.\n]{10,250}?), (?:instead )?"
    r"(?:saying|insisting|arguing|stating|noting|maintaining|countering|asserting|claiming)\b"
)

_POINTS_BACK = re.compile(
    r"\b(?:push(?:ed|es|ing)? back (?:on|against)|disagree[sd]? with|t(?:ook|akes?|aken) issue with|disput\w+|reject\w+"
    r"|rebut\w*|refut\w+|contest\w*|challeng\w+|dismiss\w*|contradict\w*|question(?:s|ed)|den(?:y|ies|ied)) "
    r"(?:that|this|those|these|any such) (?:\w+ )?"
    r"(?:claims?|assertions?|accounts?|allegations?|accusations?|suggestions?|assessment|characteri[sz]ation|notion|idea\b"
    r"|reports?|statements?|version|narrative|description|conclusion)"
    r"(?P<behind>[^.!?\n]{0,60})$"
)
_WHO = re.compile(r"\b(?:who|which)\s+(?:\w+\s+){0,2}$")
"""Before a cue: what it attributes stands in a clause about somebody, and is not what its sentence says."""
_SPEAKS_OF_CLAIM = re.compile(r"\W*(?:it|that|this|they|these|those)\b", re.IGNORECASE)
"""How an answer opens that is about the claim itself: "it never happened"."""
_GOES_ON = re.compile(r"\b(?:saying|said|says|tell(?:ing|s)|told|insist\w*|argu\w+|not(?:ing|ed)|stat\w+|claim\w*)\b|:")
"""How the sentence of a denial goes on to what the denier says instead."""


def find_rebutted_claim(report: Report, article_reports: Sequence[Report]) -> Report | None:
    """Return the claim of the same article that, by its text, a claim contradicts; None: there is none.

    Args:
        report: A claim.
        article_reports: Claims of the same article.
    """
    return (
        _find_claim_of_named_source(report, article_reports)
        or _find_claim_called_false(report, article_reports)
        or _find_claim_disputed_as_that(report, article_reports)
        or _find_claim_pushed_back_on(report, article_reports)
        or _find_fact_checked_claim(report, article_reports)
        or _find_corrected_claim(report, article_reports)
        or _find_earlier_report_claim(report, article_reports)
    )


def _find_claim_of_named_source(report: Report, article_reports: Sequence[Report]) -> Report | None:
    """The nearest claim of the source that a denial, or "contrary to", names."""
    claim, text = report.claim, report.article.text
    named = _DENIES_NAMED.match(read_denied_words(report)) if is_denial_of_other_claims(report) else None
    if named is None and read_rebuttal_words(text).contradicts:
        # "Contrary to" belongs to the claim that it opens or stands in, not to others of the sentence.
        named = _CONTRARY.search(text, max(0, claim.span.start - OPENED), claim.span.end)
        if named is not None and has_sentence_end(text, named.end(), claim.span.start):
            named = None
    if named is None:
        return None
    name = set(re.findall(r"\w{3,}", named["whose"].casefold()))
    theirs = [
        other for other in article_reports if other.claim.span.end <= claim.span.start and _is_by_speaker(other, name)
    ]
    near = [
        other
        for other in theirs
        if claim.span.start - other.claim.span.end <= BEFORE and not has_same_source(other, report)
    ]
    if is_denial_of_other_claims(report):
        in_paragraph = [other for other in near if claim.span.start - other.claim.span.end <= ONE_PARAGRAPH]
        if len(in_paragraph) > 1 and _SEVERAL.search(read_denied_words(report)):
            return None  # which of them is meant is not told
        return max(in_paragraph, key=lambda other: other.order, default=None)
    return _find_most_similar_claim([other for other in near if other.content_stems & report.content_stems], report)


def _find_most_similar_claim(candidates: Sequence[Report], report: Report) -> Report | None:
    """The claim that shares most words with `report`; of equals the last."""
    return max(
        candidates, key=lambda claim: (len(claim.content_stems & report.content_stems), claim.order), default=None
    )


def _is_by_speaker(report: Report, name_words: set[str]) -> bool:
    speaker = report.claim.speaker
    return speaker is not None and name_words <= set(
        re.findall(r"\w{3,}", f"{speaker.canonical} {report.source}".casefold())
    )


def _find_claim_called_false(report: Report, article_reports: Sequence[Report]) -> Report | None:
    """What "that is not true" or "he had no role" points at: what another source said just before."""
    words = report.claim.text.strip(' ,."\u201c\u201d')
    false, no_part = _POINTS_FALSE.match(words), _HAD_NO_PART.match(words)
    if report.claim.speaker is None or not (false or no_part) or is_admission(report):
        return None
    last = _find_last_claim_of_other_source(report, article_reports, report.claim.span.start, JUST_BEFORE)
    if last is None or len(last.claim.text.split()) < FEWEST_WORDS:
        return None
    if _A_STORY.search(words) and (_A_STORY.search(last.claim.text) or _is_by_person(last)):
        return None  # the story is a newspaper's, not what somebody says about it
    if _ASKED_ABOUT.search(report.article.text, last.claim.span.end, report.claim.span.start):
        return None
    return last if false or _BLAMES.search(last.claim.text) else None


def _is_by_person(report: Report) -> bool:
    speaker = report.claim.speaker
    return speaker is not None and speaker.kind is SpeakerKind.PERSON


def _find_last_claim_of_other_source(
    report: Report, article_reports: Sequence[Report], start: int, max_distance: int
) -> Report | None:
    """The last claim that ends before `start`, at most `max_distance` characters, if it is of another known source."""
    before = [other for other in article_reports if start - max_distance <= other.claim.span.end <= start]
    last = max(before, key=lambda claim: claim.claim.span.end, default=None)
    if last is None or last.claim.speaker is None or has_same_source(last, report) or is_in_relative_clause(last):
        return None
    return last


def is_in_relative_clause(report: Report) -> bool:
    """Whether a clause about somebody attributes the claim: "two women who say P" tells of the women first."""
    text, claim = report.article.text, report.claim
    first = max(0, claim.span.start - OPENED) if claim.sentence is None else claim.sentence.start
    cue_at = text.rfind(claim.cue, first, claim.span.start) if claim.cue else -1
    return cue_at >= 0 and _WHO.search(text[first:cue_at]) is not None


def _find_claim_disputed_as_that(report: Report, article_reports: Sequence[Report]) -> Report | None:
    """What another source said last, where this one "disputed that account, saying" what the claim says."""
    claim, text = report.claim, report.article.text
    start = claim.span.start if claim.sentence is None else claim.sentence.start
    pointing = _POINTS_BACK.search(text, start, claim.span.start)
    if claim.speaker is None or pointing is None or not _GOES_ON.search(pointing["behind"]):
        return None
    last = _find_last_claim_of_other_source(report, article_reports, start, ONE_PARAGRAPH)
    if last is None or not (last.content_stems & report.content_stems or _SPEAKS_OF_CLAIM.match(claim.text)):
        return None  # "rejected that claim, saying" goes on to something else
    return last


def _find_claim_pushed_back_on(report: Report, article_reports: Sequence[Report]) -> Report | None:
    """The claim P, where the text pushes back "on the claim that P, saying" what this claim says."""
    text, start = report.article.text, report.claim.span.start
    first = max(0, start - AFTER) if report.claim.sentence is None else report.claim.sentence.start
    for pushback in _PUSHES_BACK.finditer(text, first, start):
        if start - pushback.end() > len(" that \u201c") or start > sentence_end(text, pushback.end()):
            continue
        place = Span(start=pushback.start("claim"), end=pushback.end("claim"))
        whose = text[pushback.start() : place.start]
        inside = [other for other in article_reports if place.holds(other.claim.span) and _is_named_in(other, whose)]
        return min(inside, key=lambda other: other.order, default=None)
    return None


def _is_named_in(report: Report, words: str) -> bool:
    """Whether some words name a claim's speaker: in "disputed reports that P" nobody has said P but the reports."""
    speaker = report.claim.speaker
    return speaker is not None and any(name in words for name in speaker.canonical.split()[-1:])


def _find_fact_checked_claim(report: Report, article_reports: Sequence[Report]) -> Report | None:
    """The quotation before "THE FACTS:", if this is the first claim behind it."""
    if not read_rebuttal_words(report.article.text).marks_facts:
        return None
    start = report.claim.span.start
    marks = list(_FACTS.finditer(report.article.text, max(0, start - AFTER), start))
    if not marks:
        return None
    mark, text = marks[-1], report.article.text
    if start - mark.end() > OPENING_FACTS or any(
        mark.start() <= other.claim.span.start < start for other in article_reports
    ):
        return None
    if _FOUND_RIGHT.search(text, mark.end(), start) or _CONCEDES.match(text, report.claim.span.end):
        return None
    said = [
        other
        for other in article_reports
        if mark.start() - AFTER <= other.claim.span.end <= mark.start() and other.quoted_words
    ]
    last = max(said, key=lambda claim: claim.claim.span.end, default=None)
    if last is None or last.claim.speaker is None or len(last.content_stems & report.content_stems) < COMMON:
        return None
    return last


def _find_corrected_claim(report: Report, article_reports: Sequence[Report]) -> Report | None:
    """What somebody claimed, or said wrongly, in the sentence before one that says what is true "in fact"."""
    text, claim = report.article.text, report.claim
    start = claim.span.start if claim.sentence is None else claim.sentence.start
    if not _IN_FACT.match(text[start : claim.span.end]):
        return None
    last = _find_last_claim_of_other_source(report, article_reports, start, JUST_BEFORE)
    if last is None:
        return None
    if _CLAIMED.match(last.claim.cue or ""):
        return last
    first = max(0, last.claim.span.start - OPENED) if last.claim.sentence is None else last.claim.sentence.start
    return last if _WRONGLY.search(text, first, start) else None


def _find_earlier_report_claim(report: Report, article_reports: Sequence[Report]) -> Report | None:
    """What was reported, where a claim stands "despite earlier reports"."""
    claim, text = report.claim, report.article.text
    first, last = max(0, claim.span.start - JUST_BEFORE), claim.span.end + OPENED
    if not (read_rebuttal_words(text).contradicts and _DESPITE_REPORTS.search(text, first, last)):
        return None
    reported = [
        other
        for other in article_reports
        if other.claim.span.end <= claim.span.start <= other.claim.span.end + BEFORE
        and _REPORT_CUE.search(other.claim.cue or "")
        and not has_same_source(other, report)
        and len(other.content_stems & report.content_stems) >= COMMON
    ]
    return _find_most_similar_claim(reported, report)
