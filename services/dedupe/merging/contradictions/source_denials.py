"""Lists who denies or disputes what, in the sentences that tell it.

A contradiction needs both sides in words of their own. Most denials in news have only one: "the ministry denied the
report". The sentence is shown as it stands, so that nothing has to be guessed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from services.contracts.base import Span
from services.contracts.event_claims import Contradiction, Passage, SourceDenial
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.stance import Stance, classify_stance, find_span_with_cue
from services.dedupe.merging.contradictions.positions import source_name
from services.language.openings import opening_end, refers_back
from services.language.pointers import is_pointer
from services.language.sentence_ends import sentence_ranges
from services.language.stems import singulars

MOST_DENIALS = 24
"""Denials of one event; those that most origins report come first."""
MOST_OF_SOURCE = 4
"""Denials of one source."""
_LONGEST_PASSAGE = 480
"""Characters of a sentence and those before it; of a longer sentence only the denial is shown."""
_MOST_PRECEDING = 2
"""Sentences before a denial that are shown with it."""
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
_INSISTS = re.compile(r"(?:insist|maintain)", re.IGNORECASE)
"""With a negation, these answer what others say: "insists that he was not there"."""
_NO_SUCH = re.compile(r"\bno such\b(?! (?:thing|luck)\b)", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:will|wo|would|should|can|ca|cannot|could|must|may|might|if|needs?|needed|ought|going to|wants?|willing)\b"
    r"|['\u2019](?:ll|d)\b",
    re.IGNORECASE,
)
"""Insisting that something will not or must not be denies nothing."""
_UNREAL = re.compile(
    r"\b(?:to|not|n['\u2019]t|never|can|could|would|might|may|should|if|nor|or)(?: \w+ly)?\s+$", re.IGNORECASE
)
"""Before a verb that nobody has done: "asked her to deny it"."""


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
    denials = (_Denial(claim_id, sorted(reports, key=_order)) for (claim_id, _), reports in listed.items())
    ranked = sorted(denials, key=lambda denial: denial.rank)
    return tuple(islice((denial.to_contract() for denial in _keep_few_of_each_source(ranked)), MOST_DENIALS))


def select_denials(group: ClaimGroup) -> list[Report]:
    """The reports of a merged claim in which somebody denies or disputes something."""
    return [report for report in group.reports if _is_denial(report)]


def _is_denial(report: Report) -> bool:
    """Whether somebody who is named or described says that what others say is not so; a refusal is none."""
    claim, text = report.claim, report.article.text
    if claim.speaker is None or claim.sentence is None or not claim.cue:
        return False
    if classify_stance(report) is Stance.DENIES:
        denies = bool(_DISPUTES.search(claim.cue) or (_FALSE.search(claim.text) and not _KNOWS.match(claim.cue)))
    else:
        insists = _INSISTS.match(claim.cue) and report.is_negative and not _TO_COME.search(claim.text)
        denies = bool(insists or _NO_SUCH.search(claim.text))
    if not denies:
        return False
    cue_at = text.find(claim.cue, claim.sentence.start, max(claim.sentence.end, claim.span.end))
    return cue_at < 0 or _UNREAL.search(text[claim.sentence.start : cue_at]) is None


def _key(group: ClaimGroup, report: Report) -> tuple[str, str]:
    """What makes two reports one denial: the merged claim or, where it only points, who denies it and its noun."""
    if not is_pointer(group.canonical.claim.text):
        return group.claim_id, ""
    return "", f"{source_name(report).casefold()} {singulars(report.claim.text)[-1:]}"


def _order(report: Report) -> tuple[object, ...]:
    return report.order


@dataclass(frozen=True, slots=True)
class _Denial:
    claim_id: str
    """Empty where it only points."""
    reports: Sequence[Report]
    """In publication order."""

    @property
    def rank(self) -> tuple[object, ...]:
        return -self.origins, not self.claim_id, self.reports[0].order

    @property
    def origins(self) -> int:
        return len({report.origin_id for report in self.reports})

    @property
    def source(self) -> str:
        return source_name(self.reports[0])

    def to_contract(self) -> SourceDenial:
        passages: dict[str, Passage] = {}
        for report in self.reports:
            article = report.article
            if article.article_id not in passages:
                span = _find_telling_span(report)
                passage = Passage(article_id=article.article_id, span=span, text=span.of(article.text))
                passages[article.article_id] = passage
        return SourceDenial(
            source=self.source,
            claim_id=self.claim_id or None,
            passages=tuple(passages.values()),
            origins=self.origins,
        )


def _keep_few_of_each_source(denials: Iterable[_Denial]) -> Iterator[_Denial]:
    counts = Counter[str]()
    for denial in denials:
        counts[denial.source.casefold()] += 1
        if counts[denial.source.casefold()] <= MOST_OF_SOURCE:
            yield denial


def _find_telling_span(report: Report) -> Span:
    """The sentence of a denial, with those before where it only points at what they say."""
    claim, text = report.claim, report.article.text
    sentence = claim.sentence
    if sentence is None:
        return find_span_with_cue(report)
    start, end = sentence.start, max(sentence.end, claim.span.end)
    start += opening_end(text[start:end])
    if end - start > _LONGEST_PASSAGE:
        return find_span_with_cue(report)
    first = max(0, end - _LONGEST_PASSAGE)
    preceding = [first + sentence.start for sentence in sentence_ranges(text[first:start])]
    if first > 0:
        preceding = preceding[1:]  # the sentence around `first` is cut
    points = is_pointer(claim.text) or refers_back(text[start:end])
    for before in preceding[: -_MOST_PRECEDING - 1 : -1]:
        if not points:
            break
        points = refers_back(text[before:start])
        start = before
    return Span(start=start, end=end)
