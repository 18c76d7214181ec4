"""Lists who denies or disputes what, in the sentences that tell it.

A contradiction needs both sides in words of their own. Most denials in news have only one: "the ministry denied the
report". The sentence is shown as it stands, so that nothing has to be guessed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from services.contracts.base import Span
from services.contracts.event_claims import Contradiction, Passage, SourceDenial
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.stance import Stance, classify_stance
from services.dedupe.merging.contradictions.positions import source_name
from services.language.openings import PRONOUNS, opening_end, refers_back
from services.language.pointers import is_pointer
from services.language.sentence_ends import sentence_ranges
from services.language.stems import singulars

MOST_DENIALS = 24
"""Denials of one event; those that most origins report come first."""
MOST_OF_SOURCE = 4
"""Denials of one source."""
REPEATED = 0.5
"""Share of the words of the shorter of two denials of one source from which they are one."""
_LONGEST_PASSAGE = 480
"""Characters of a sentence and those before it; a longer sentence tells no denial in short."""
_MOST_PRECEDING = 2
"""Sentences before a denial that are shown with it."""
_FEW_WORDS = 6
"""Words of a claim that may only point at what somebody said: "the minister's account of it"."""
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
_NO_SUCH = re.compile(r"\bno such\b(?! (?:thing|luck)\b)", re.IGNORECASE)
_UNREAL = re.compile(
    r"\b(?:to|not|n['\u2019]t|never|can|could|would|might|may|should|if|nor|or)(?: \w+ly)?\s+$", re.IGNORECASE
)
"""Before a verb that nobody has done: "asked her to deny it"."""
_POINTS = re.compile(r"\W*(?:that|this|it|these|those)(?:['\u2019]s| (?:is|was|are|were|had|has|did))\b", re.IGNORECASE)
_SAYING = re.compile(
    r"\b(?:accounts?|accusations?|allegations?|arguments?|assertions?|assessments?|charges|claims?|figures?|reports?"
    r"|statements?|stor(?:y|ies)|suggestions?|versions?)\b(?! that\b)",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:accord|accus|alleg|argu|assert|blam|call|charg|claim|question|report|said|say|stat|suggest|tell|testif|told"
    r"|wr[io]t)",
    re.IGNORECASE,
)
"""What somebody denies has been said by somebody."""
_NO_LABEL = re.compile(r"(?:and|as|but|in|of|or|to|with)\b")
"""The beginning of a source whose name was cut in two."""


def find_source_denials(
    reports_by_group: Mapping[ClaimGroup, Sequence[Report]], contradictions: Sequence[Contradiction]
) -> tuple[SourceDenial, ...]:
    """List the denials of an event that no contradiction holds already.

    Args:
        reports_by_group: Of each merged claim the reports in which somebody denies something (`select_denials`).
        contradictions: Of the same event.
    """
    shown = {side for contradiction in contradictions for side in contradiction.sides}
    listed: dict[tuple[str, str], list[Report]] = {}
    for group, reports in reports_by_group.items():
        if group.claim_id not in shown:
            for report in reports:
                listed.setdefault(_key(group, report), []).append(report)
    ranked = sorted((_Denial(claim_id, reports) for (claim_id, _), reports in listed.items()), key=_rank)
    told = (denial.to_contract() for denial in _join_repeated(ranked))
    return tuple(islice(filter(None, told), MOST_DENIALS))


def select_denials(group: ClaimGroup) -> list[Report]:
    """The reports of a merged claim in which somebody denies or disputes something."""
    return [report for report in group.reports if _is_denial(report)]


def _is_denial(report: Report) -> bool:
    """Whether somebody who is named or described says that what others say is not so; a refusal is none."""
    claim, text = report.claim, report.article.text
    if claim.speaker is None or claim.sentence is None or not claim.cue or not _has_sure_source(report):
        return False
    if classify_stance(report) is Stance.DENIES:
        denies = bool(_DISPUTES.search(claim.cue) or (_FALSE.search(claim.text) and not _KNOWS.match(claim.cue)))
    else:
        denies = _NO_SUCH.search(claim.text) is not None
    if not denies:
        return False
    cue_at = text.find(claim.cue, claim.sentence.start, max(claim.sentence.end, claim.span.end))
    return cue_at < 0 or _UNREAL.search(text[claim.sentence.start : cue_at]) is None


def _has_sure_source(report: Report) -> bool:
    """Whether the sentence itself tells who denies: a denial given to the wrong person is the worst error."""
    speaker, sentence = report.claim.speaker, report.claim.sentence
    if speaker is None or sentence is None or _NO_LABEL.match(speaker.canonical):
        return False
    if speaker.surface.casefold() not in PRONOUNS:
        return True
    return speaker.canonical.split()[-1] in sentence.of(report.article.text)


def _key(group: ClaimGroup, report: Report) -> tuple[str, str]:
    """What makes two reports one denial: the merged claim or, where it only points, who denies it and its noun."""
    if not is_pointer(group.canonical.claim.text):
        return group.claim_id, ""
    return "", f"{source_name(report).casefold()} {singulars(report.claim.text)[-1:]}"


@dataclass(slots=True)
class _Denial:
    claim_id: str
    """Empty where it only points."""
    reports: list[Report]

    @property
    def first(self) -> Report:
        return min(self.reports, key=lambda report: report.order)

    @property
    def origins(self) -> int:
        return len({report.origin_id for report in self.reports})

    @property
    def source(self) -> str:
        return source_name(self.first)

    def repeats(self, other: "_Denial") -> bool:
        """Whether both deny the same, in most words."""
        mine, yours = self.first.content_stems, other.first.content_stems
        return bool(mine and yours) and len(mine & yours) >= REPEATED * min(len(mine), len(yours))

    def to_contract(self) -> SourceDenial | None:
        """None: no sentence tells what is denied."""
        passages: dict[str, Passage] = {}
        for report in sorted(self.reports, key=lambda report: report.order):
            article = report.article
            span = None if article.article_id in passages else _find_telling_span(report)
            if span is not None:
                passage = Passage(article_id=article.article_id, span=span, text=span.of(article.text))
                passages[article.article_id] = passage
        if not passages:
            return None
        return SourceDenial(
            source=self.source,
            claim_id=self.claim_id or None,
            passages=tuple(passages.values()),
            origins=len({report.origin_id for report in self.reports if report.article.article_id in passages}),
        )


def _rank(denial: _Denial) -> tuple[object, ...]:
    return -denial.origins, not denial.claim_id, denial.first.order


def _join_repeated(ranked: Iterable[_Denial]) -> list[_Denial]:
    """The denials in the order given, with what one source denies twice joined, and few of each source."""
    kept: list[_Denial] = []
    by_source: dict[str, list[_Denial]] = {}
    for denial in ranked:
        known = by_source.setdefault(denial.source.casefold(), [])
        twin = next((earlier for earlier in known if earlier.repeats(denial)), None)
        if twin is not None:
            twin.reports += denial.reports
        elif len(known) < MOST_OF_SOURCE:
            known.append(denial)
            kept.append(denial)
    return sorted(kept, key=_rank)


def _find_telling_span(report: Report) -> Span | None:
    """The sentence of a denial, with those before where it only points at what they say; None: it tells too little."""
    claim, text, sentence = report.claim, report.article.text, report.claim.sentence
    if sentence is None:
        return None
    start, end = sentence.start, max(sentence.end, claim.span.end)
    start += opening_end(text[start:end])
    if end - start > _LONGEST_PASSAGE or _is_torn(text[start:end]):
        return None
    only_points = _only_points(claim.text)
    if not only_points and not refers_back(text[start:end]):
        return Span(start=start, end=end)
    first = _find_preceding_start(text, start, end)
    if _is_torn(text[first:start]):
        first = start
    if only_points and not _SAID.search(text, first, start):
        return None
    return Span(start=first, end=end)


def _only_points(claim_text: str) -> bool:
    """Whether it leaves open what is denied: "that was false", "the minister's account"."""
    if is_pointer(claim_text) or _POINTS.match(claim_text):
        return True
    return len(claim_text.split()) <= _FEW_WORDS and _SAYING.search(claim_text) is not None


def _find_preceding_start(text: str, start: int, end: int) -> int:
    """Where the sentence before starts, or the one before that where it points back as well."""
    first = max(0, end - _LONGEST_PASSAGE)
    preceding = [first + sentence.start for sentence in sentence_ranges(text[first:start])]
    if first > 0:
        preceding = preceding[1:]  # the sentence around `first` is cut
    for before in preceding[: -_MOST_PRECEDING - 1 : -1]:
        points = refers_back(text[before:start])
        start = before
        if not points:
            break
    return start


def _is_torn(passage: str) -> bool:
    """Whether a quotation begins or ends outside of it, or something is announced that does not follow."""
    return (
        passage.count("\u201c") != passage.count("\u201d")
        or passage.count('"') % 2 == 1
        or passage.rstrip().endswith(":")
    )
