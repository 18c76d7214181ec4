"""Finds the claim that a denial is about where it only points at it, and what the denier says instead.

"That account" is what was said last; "had no part in it" answers an accusation; "contradicting the owner" answers what
the owner is recalled to have said. The quotation right after a denial gives the denier's own version.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.contracts.base import Span
from services.dedupe.merging.claims.quoted_words import stem_words
from services.dedupe.merging.claims.report import Report, has_same_source, is_full_quotation
from services.dedupe.merging.claims.stance import (
    BEFORE,
    Stance,
    classify_stance,
    is_denial_of_other_claims,
    read_denied_words,
)
from services.dedupe.merging.contradictions.rebuttals import find_rebutted_claim, is_in_relative_clause
from services.language.falsehood import JUDGING_ADVERBS
from services.language.sentence_ends import last_sentence, sentence_end

AROUND = 250
"""Characters after a denial that tell what it denies."""
AFTER = 800
"""Characters after a claim in which the other side's words are recalled."""
RECALLED = 120
"""Characters before or after a claim in which its cue and that cue's auxiliary stand."""
COMMON_BEHIND = 2
"""Words with meaning that what stands behind a denial shares with it at least, to be what is contradicted."""
_HEARSAY_PHRASE = re.compile(
    r"(?:that|this|the) (?:account|version|claim|statement|story|assertion|suggestion)"
    r"|(?P<pronoun>it|this|that)"
    r"|(?:that|this|these|those|the) (?P<accusation>accusations?|allegations?|charges?)",
    re.IGNORECASE,
)
_ACCOUNTS = frozenset(("account", "version", "story"))
"""Words for all that a source tells, which an article opens with, and not for what it told last."""
_NOBODY = re.compile(r"(?:neither|nor|no one|nobody|none|no)\b", re.IGNORECASE)
"""Speakers of whom a text says that they did not deny it."""
_ACCUSES = re.compile(r"\b(?:accus|alleg|charg|blam)", re.IGNORECASE)
_OTHER_ACCUSATION = re.compile(r"\b(?:accusations?|allegations?|charges?) (?:of|that)\b", re.IGNORECASE)
_SUSPECTS = re.compile(r"\b(?:on suspicion of|suspect\w* of|charg\w+ with|accus\w+ of)\b", re.IGNORECASE)
_DISAVOWS = re.compile(
    r"\b(?=[hpnt])(?:(?:had|has|have|played|took) no (?:part|role|hand|involvement) in|nothing to do with)"
    r" (?:it|this|that)\b",
    re.IGNORECASE,
)
_CONTRADICTS = re.compile(
    r"\b(?:contradicting|disputing|rebutting|refuting|(?P<contrary>contrary to))\b(?! (?:his|her|its|their) own\b)",
    re.IGNORECASE,
)
_STATES = re.compile(
    rf"(?:(?:{'|'.join(sorted(JUDGING_ADVERBS))}) )?\b(?:sa(?:id|ys?)|told|claim|stat|describ|insist|maintain|alleg"
    r"|blam|accus|call|argu|assert|declar|announc|report|suggest|estimat|contend|put)",
    re.IGNORECASE,
)
"""Cues of statements; a question or an order is neither true nor false."""
_REPORTS = re.compile(r"\b(?:said|says|told|reported|claim(?:s|ed)|alleg(?:es|ed)|accus(?:es|ed)|suggest(?:s|ed))\b")
_QUESTION = re.compile(r"\?\W*$")
"""How what somebody asks ends: it states nothing that could be denied."""
_NAME = re.compile(r"\b[^\W\da-z_]\w{3,}")
_PARAGRAPH_END = re.compile(r"\n\s*")
_BETWEEN = re.compile(r"[\s\"\u201c\u2018']*")


@dataclass(frozen=True, slots=True)
class Reply:
    """A claim that answers another of its article, and the words that its source sets against it, if any."""

    report: Report
    target: Report
    version: Report | None


def find_replies(article_reports: Sequence[Report]) -> list[Reply]:
    """All of the claims of one article that answer another."""
    return [
        Reply(report, target, find_deniers_own_version(report, article_reports))
        for report in article_reports
        if (target := find_denied_claim(report, article_reports)) is not None
    ]


def find_denied_claim(report: Report, article_reports: Sequence[Report]) -> Report | None:
    """Return the claim of another source that a claim contradicts by pointing at it; None: none, or it is not clear.

    Args:
        report: A claim.
        article_reports: Claims of the same article.
    """
    if report.claim.speaker is not None and _NOBODY.match(report.claim.speaker.surface):
        return None
    target = (
        find_rebutted_claim(report, article_reports)
        or _find_antecedent_of_denial(report, article_reports)
        or _find_earlier_claim_told_after(report, article_reports)
    )
    if target is None or target.claim.speaker is None or classify_stance(target) is not Stance.ASSERTS:
        return None
    if _QUESTION.search(target.claim.text):
        return None
    return None if has_same_source(target, report) or _are_described_alike(target, report) else target


def find_deniers_own_version(report: Report, article_reports: Sequence[Report]) -> Report | None:
    """Return the quotation right after the sentence of a denial by the same speaker: what the denier says instead.

    In the same paragraph that is whoever is quoted; in the next one it must be the same source, or share its name.
    """
    text = report.article.text
    end = sentence_end(text, report.claim.span.end)
    following = [claim for claim in article_reports if claim.claim.span.start >= end]
    first = min(following, key=lambda claim: claim.order, default=None)
    if first is None or not is_full_quotation(first):
        return None
    between = text[end : first.claim.span.start]
    if _BETWEEN.fullmatch(between) is None:
        return None
    return first if "\n" not in text[end - 1 : first.claim.span.start] or _share_source_name(report, first) else None


def is_disavowal(report: Report) -> bool:
    """Whether a claim says that somebody had nothing to do with it."""
    return classify_stance(report) is Stance.ASSERTS and _DISAVOWS.search(report.claim.text) is not None


def _find_antecedent_of_denial(report: Report, article_reports: Sequence[Report]) -> Report | None:
    """The claim that a disavowal, or a denial of "that account", "it" or "the accusation", points back at."""
    claim, text = report.claim, report.article.text
    if is_disavowal(report):
        before = _list_claims_before(report, article_reports)
        before = [other for other in before if _SUSPECTS.search(other.claim.text) or _is_accusation(other)]
        return max(before, key=lambda other: other.order, default=None)
    if classify_stance(report) is not Stance.DENIES:
        return None
    pointer = _HEARSAY_PHRASE.fullmatch(read_denied_words(report))
    if pointer is None:
        return None
    before = _list_claims_before(report, article_reports)
    if pointer["accusation"]:
        before = [other for other in before if _may_be_accusation_denied(other, report)]
    elif pointer["pronoun"]:
        before = [other for other in before if "\n" not in text[other.claim.span.end : claim.span.start]]
    last = _choose_of_one_speaker(before, report)
    if last is None or not _may_be_what_is_meant(last, report, pointer):
        return None
    is_account = pointer.group().split()[-1].casefold() in _ACCOUNTS
    return _find_account_in_opening(last, article_reports) if is_account else last


def _may_be_what_is_meant(last: Report, denial: Report, pointer: re.Match[str]) -> bool:
    """Whether "that account" or "it" may mean what was told last."""
    if not _STATES.match(last.claim.cue or "said"):
        return False
    if not (pointer["accusation"] or pointer["pronoun"]) and is_in_relative_clause(last):
        return False
    noun = pointer.group().split()[-1]
    if re.search(rf"\b{noun}\b", last.claim.text, re.IGNORECASE):
        return False
    return bool(pointer["accusation"]) or not _is_anything_reported_between(last, denial)


def _find_account_in_opening(last: Report, article_reports: Sequence[Report]) -> Report:
    """What the source of a claim says in the first sentence of its article, if anything: that is its account."""
    opening = [
        other
        for other in article_reports
        if _opens_article(other) and (has_same_source(other, last) or _are_described_alike(other, last))
    ]
    return min(opening, key=lambda other: other.order, default=last)


def _list_claims_before(report: Report, article_reports: Sequence[Report]) -> list[Report]:
    """The claims that end at most `BEFORE` characters before another begins."""
    start = report.claim.span.start
    return [other for other in article_reports if start - BEFORE <= other.claim.span.end <= start]


def _may_be_accusation_denied(report: Report, denial: Report) -> bool:
    """Whether a claim accuses, at most a paragraph before a denial, with no other accusation named in between."""
    text, end = denial.article.text, report.claim.span.end
    between = text[end : denial.claim.span.start]
    return (
        _is_accusation(report)
        and len(_PARAGRAPH_END.findall(between)) <= 1
        and _OTHER_ACCUSATION.search(between) is None
    )


def _choose_of_one_speaker(candidates: Sequence[Report], denial: Report) -> Report | None:
    """The last claim, or of several by its source in that paragraph the one that the denial's next words mention."""
    last = max(candidates, key=lambda other: other.order, default=None)
    if last is None:
        return None
    text, start = denial.article.text, last.claim.span.start
    same_speaker = [
        other
        for other in candidates
        if other is last
        or (has_same_source(other, last) and "\n" not in text[other.claim.span.end : max(start, other.claim.span.end)])
    ]
    if len(same_speaker) <= 1:
        return last
    stems_behind = frozenset(stem_words(text[denial.claim.span.end : denial.claim.span.end + AROUND]))
    shared = {other.key: len(other.content_stems & stems_behind) for other in same_speaker}
    best = max(same_speaker, key=lambda other: (shared[other.key], other.order))
    return best if shared[best.key] or best is last else None


def _is_anything_reported_between(first_report: Report, last_report: Report) -> bool:
    """Whether a sentence between two claims tells what somebody says: "that story" then means what it tells."""
    text, last = first_report.article.text, last_report.claim
    start = last.span.start if last.sentence is None else last.sentence.start
    return _REPORTS.search(text, sentence_end(text, first_report.claim.span.end), start) is not None


def _is_accusation(report: Report) -> bool:
    return report.claim.cue is not None and _ACCUSES.search(report.claim.cue) is not None


def _find_earlier_claim_told_after(report: Report, article_reports: Sequence[Report]) -> Report | None:
    """The claim that the other side is recalled to have made ("had said"), after a denial or "contradicting"."""
    claim, text = report.claim, report.article.text
    end = sentence_end(text, claim.span.end)
    marked = _CONTRADICTS.search(text, claim.span.end, end)
    if claim.speaker is None or not (
        is_denial_of_other_claims(report) or (marked and classify_stance(report) is Stance.ASSERTS)
    ):
        return None
    own = report.content_stems - set(stem_words(claim.speaker.canonical))
    # An article that opens with a denial recalls what is denied; others tell of much with some words in common.
    is_recalled = not marked["contrary"] if marked else _opens_article(report)
    fewest = 1 if is_recalled else max(COMMON_BEHIND, 2 * len(own) // 3 + 1)
    for recalled in _list_claims_in_perfect_tense(report, article_reports):
        named = marked and marked.end() <= recalled.claim.span.start < end
        if named or len(recalled.content_stems & own) >= fewest:
            return recalled
    return _find_contradicted_claim_after(report, article_reports) if marked and not marked["contrary"] else None


def _opens_article(report: Report) -> bool:
    """Whether a claim stands in the first sentence of its article's text."""
    return report.claim.span.start < sentence_end(report.article.text, 0)


def _find_contradicted_claim_after(report: Report, article_reports: Sequence[Report]) -> Report | None:
    """The claim right after "contradicting …", if it shares enough words to be what is contradicted."""
    start = sentence_end(report.article.text, report.claim.span.end)
    behind = [other for other in article_reports if start <= other.claim.span.start <= start + RECALLED]
    first = min(behind, key=lambda other: other.order, default=None)
    return first if first is not None and len(first.content_stems & report.content_stems) >= COMMON_BEHIND else None


def _list_claims_in_perfect_tense(report: Report, article_reports: Sequence[Report]) -> Iterator[Report]:
    """Claims of other sources that follow not too far behind, with their cue in a perfect tense."""
    end = report.claim.span.end
    for other in sorted(article_reports, key=lambda other: other.order):
        if (
            end <= other.claim.span.start <= end + AFTER
            and not has_same_source(other, report)
            and _has_perfect_tense_cue(other)
        ):
            yield other


def _has_perfect_tense_cue(report: Report) -> bool:
    """Whether "has", "have" or "had" stands before a claim's cue."""
    claim, text = report.claim, report.article.text
    if not claim.cue or _STATES.match(claim.cue) is None:
        return False
    auxiliary = re.compile(rf"\b(?:has|have|had)(?: \w+)? {re.escape(claim.cue)}\b")
    around = Span(start=max(0, claim.span.start - RECALLED), end=claim.span.start).of(text)
    return auxiliary.search(last_sentence(around)) is not None


def _are_described_alike(report: Report, other_report: Report) -> bool:
    """Whether two sources without a name are described in the same words: "two people", "the two people"."""
    speaker, other_speaker = report.claim.speaker, other_report.claim.speaker
    if speaker is None or other_speaker is None:
        return False
    described, other_described = (each.canonical.casefold().removeprefix("the ") for each in (speaker, other_speaker))
    return described == other_described


def _share_source_name(report: Report, other_report: Report) -> bool:
    """Whether two claims have one source, or sources that share a name."""
    return has_same_source(report, other_report) or bool(_source_name_words(report) & _source_name_words(other_report))


def _source_name_words(report: Report) -> set[str]:
    speaker = report.claim.speaker
    if speaker is None:
        return set()
    described = [speaker.canonical, speaker.role or "", speaker.organisation or ""]
    return {word.casefold() for part in described for word in _NAME.findall(part)}
