"""Lists who denies or disputes what, in the sentences that tell it.

A contradiction needs both sides in words of their own. Most denials in news have only one: "the ministry denied the
report". The sentence is shown as it stands, so that nothing has to be guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from services.contracts.base import Span
from services.contracts.event_claims import Contradiction, Passage, SourceDenial
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.stance import Stance, find_span_with_cue
from services.dedupe.merging.contradictions.positions import source_name
from services.dedupe.merging.contradictions.report_stances import ReportStance
from services.language.openings import opening_end, refers_back
from services.language.pointers import is_pointer
from services.language.sentence_ends import sentence_ranges

MOST_DENIALS = 24
"""Denials of one event; those that most origins report come first."""
MOST_OF_SOURCE = 4
"""Denials of one source."""
_LONGEST_PASSAGE = 480
"""Characters of a sentence and the one before it; of a longer one only the denial is shown."""
_PRECEDING = 400
"""Characters in which the sentence before one stands."""
_DISPUTES = re.compile(
    r"\b(?:deny|deni|disput|refut|rebut|rebuff|reject|dismiss|contradict|disavow|challeng|contest|repudiat|denounc)",
    re.IGNORECASE,
)
_FALSE = re.compile(
    r"\b(?:false|falsehoods?|untrue|not (?:true|accurate|correct)|no truth|lies?|baseless|unfounded|groundless|bogus"
    r"|fake|nonsense|hoax|fabricat\w+|fiction|rumou?rs?|myth|smear|inaccurate|unsubstantiated)\b",
    re.IGNORECASE,
)
"""How a claim says of another that it is not so."""
_KNOWS = re.compile(r"(?:know|knew|think|thought|believ|err)", re.IGNORECASE)
_UNREAL = re.compile(
    r"\b(?:to|not|n['\u2019]t|never|can|could|would|might|may|should|if|nor|or)(?: \w+ly)?\s+$", re.IGNORECASE
)
"""Before a verb that nobody has done: "asked her to deny it"."""


def find_source_denials(
    report_stances: Iterable[ReportStance], contradictions: Sequence[Contradiction]
) -> tuple[SourceDenial, ...]:
    """List the denials of an event that no contradiction holds already.

    Args:
        report_stances: What sources do with claims, other than to assert them.
        contradictions: Of the same event.
    """
    shown = {side for contradiction in contradictions for side in contradiction.sides}
    by_group: dict[str, tuple[ClaimGroup, list[Report]]] = {}
    for answer in report_stances:
        if answer.group.claim_id not in shown and _is_denial(answer):
            by_group.setdefault(answer.group.claim_id, (answer.group, []))[1].append(answer.report)
    ranked = sorted(by_group.values(), key=lambda item: _rank(*item))
    return tuple(_keep_few_of_each_source(_build_denial(group, reports) for group, reports in ranked))[:MOST_DENIALS]


def _is_denial(answer: ReportStance) -> bool:
    """Whether somebody who is named or described says that what others say is not so; a refusal is none."""
    claim, text = answer.report.claim, answer.report.article.text
    if answer.stance is not Stance.DENIES or claim.speaker is None or claim.sentence is None or not claim.cue:
        return False
    if not _DISPUTES.search(claim.cue) and (_KNOWS.match(claim.cue) or not _FALSE.search(claim.text)):
        return False
    cue_at = text.find(claim.cue, claim.sentence.start, max(claim.sentence.end, claim.span.end))
    return cue_at < 0 or _UNREAL.search(text[claim.sentence.start : cue_at]) is None


def _rank(group: ClaimGroup, reports: Sequence[Report]) -> tuple[object, ...]:
    return -group.origin_count, is_pointer(group.canonical.claim.text), min(report.order for report in reports)


def _keep_few_of_each_source(denials: Iterable[SourceDenial]) -> Iterator[SourceDenial]:
    counts: dict[str, int] = {}
    for denial in denials:
        key = denial.source.casefold()
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= MOST_OF_SOURCE:
            yield denial


def _build_denial(group: ClaimGroup, reports: Sequence[Report]) -> SourceDenial:
    ordered = sorted(reports, key=lambda report: report.order)
    passages: dict[str, Passage] = {}
    for report in ordered:
        span = _find_telling_span(report)
        passage = Passage(article_id=report.article.article_id, span=span, text=span.of(report.article.text))
        passages.setdefault(report.article.article_id, passage)
    only_points = is_pointer(group.canonical.claim.text)
    return SourceDenial(
        source=source_name(ordered[0]),
        claim_id=None if only_points else group.claim_id,
        passages=tuple(passages.values()),
        origins=len({report.origin_id for report in ordered}),
    )


def _find_telling_span(report: Report) -> Span:
    """The sentence of a denial, with the one before where it only points at what that says."""
    claim, text = report.claim, report.article.text
    sentence = claim.sentence
    if sentence is None:
        return find_span_with_cue(report)
    start, end = sentence.start, max(sentence.end, claim.span.end)
    start += opening_end(text[start:end])
    if end - start > _LONGEST_PASSAGE:
        return find_span_with_cue(report)
    words = text[start:end]
    if is_pointer(claim.text) or refers_back(words):
        before = max(0, start - _PRECEDING)
        preceding = [found for found in sentence_ranges(text[before:start]) if before == 0 or found.start > 0]
        if preceding and end - (before + preceding[-1].start) <= _LONGEST_PASSAGE:
            start = before + preceding[-1].start
    return Span(start=start, end=end)
