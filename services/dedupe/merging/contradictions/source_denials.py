"""Lists who denies or disputes what, with the sentences that say so.

A contradiction needs both sides in words of their own. Most denials in news have only one: "the ministry denied the
report". So each sentence is shown as it stands, and nothing has to be guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from services.contracts.claim import SpeakerKind
from services.contracts.event_claims import Contradiction, Passage, SourceDenial
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.stance import Stance, classify_stance
from services.dedupe.merging.contradictions.denial_sentences import find_denial_span
from services.dedupe.merging.contradictions.positions import source_name
from services.language.falsehood import CALLING_FALSE, SAYS_FALSE
from services.language.openings import PRONOUNS
from services.language.pointers import is_pointer
from services.language.stems import singulars

MOST_DENIALS = 24
"""Denials of one event; those that most origins report come first."""
MOST_OF_SOURCE = 4
"""Denials of one source."""
REPEATED = 0.5
"""Share of the words of the shorter of two denials of one source from which they are one."""
_DISPUTES = re.compile(rf"\b(?:{CALLING_FALSE}|rebuff|challeng|contest|repudiat)", re.IGNORECASE)
_FALSE = re.compile(rf"\b(?:{SAYS_FALSE})\b", re.IGNORECASE)
"""How a claim says of another that it is not so."""
_FINDS = re.compile(r"(?:know|knew|think|thought|believ|err|rul|find|found|conclud|determin|seem)", re.IGNORECASE)
"""Who finds something false, as a court does, answers nobody."""
_NO_SUCH = re.compile(r"\bno such\b(?! (?:thing|luck)\b)", re.IGNORECASE)
_UNREAL = re.compile(
    r"\b(?:to|not|n['\u2019]t|never|can|could|would|might|may|should|if|nor|or)(?: \w+ly)?\s+$", re.IGNORECASE
)
"""Before a verb that nobody has done: "asked her to deny it"."""
_STAND_FOR_NAMES = PRONOUNS | {"whose", "whom", "his", "her", "their", "its"}
_NO_LABEL = re.compile(
    r"(?:and|as|both|but|few|he|her|his|in|it|its|nobody|none|no one|of|or|other|she|their|they|to|we|with"
    r"|\w+ of (?:them|those|us))\b|.*\b(?:those|who|which|statements?)$",
    re.IGNORECASE,
)
"""A source whose name was cut in two, or that only points at somebody: "she and her campaign", "both men"."""
_REFUSED_TO_SOMEBODY = re.compile(r"[A-Z][\w.'\u2019-]+ (?:a|an|any|the)\b")
"""What somebody is denied: "denying Tolmar the gates"."""


@dataclass(frozen=True, slots=True)
class DenyingReports:
    """The reports of a merged claim in which somebody denies or disputes something, in publication order."""

    group: ClaimGroup
    reports: Sequence[Report]


def find_source_denials(
    denying_reports: Iterable[DenyingReports], contradictions: Sequence[Contradiction]
) -> tuple[SourceDenial, ...]:
    """List the denials of an event that no contradiction holds already.

    Args:
        denying_reports: Of each merged claim that has any.
        contradictions: Of the same event.
    """
    shown = {side for contradiction in contradictions for side in contradiction.sides}
    listed: dict[tuple[str, str], list[Report]] = {}
    for denying in sorted(denying_reports, key=lambda one: one.group.order):
        if denying.group.claim_id not in shown:
            for report in denying.reports:
                listed.setdefault(_key(denying.group, report), []).append(report)
    ranked = sorted((_Denial(claim_id, reports) for (claim_id, _), reports in listed.items()), key=_rank)
    published = filter(None, (denial.to_contract() for denial in _join_repeated(ranked)))
    return tuple(islice(_drop_shown_sentences(published), MOST_DENIALS))


def _drop_shown_sentences(denials: Iterable[SourceDenial]) -> Iterator[SourceDenial]:
    """Two sources may deny something in one sentence: it is shown once."""
    shown: set[tuple[str, int]] = set()
    for denial in denials:
        places = {(passage.article_id, passage.span.end) for passage in denial.passages}
        if shown.isdisjoint(places):
            yield denial
        shown |= places


def select_denials(reports: Iterable[Report]) -> list[Report]:
    """The reports in which somebody denies or disputes something."""
    return [report for report in reports if _is_denial(report)]


def _is_denial(report: Report) -> bool:
    """Whether a report is a denial. A new report asks it of all others of its merged claim again, so it is kept."""
    known = report.prepared.is_denial
    if known is None:
        known = report.prepared.is_denial = _read_denial(report)
    return known


def _read_denial(report: Report) -> bool:
    """Whether somebody named or described says that what others say is not so; to refuse to act is no denial."""
    claim, text = report.claim, report.article.text
    if claim.speaker is None or claim.sentence is None or not claim.cue or not _has_sure_source(report):
        return False
    if classify_stance(report) is Stance.DENIES:
        disputes = _DISPUTES.search(claim.cue) and not _REFUSED_TO_SOMEBODY.match(claim.text)
        denies = bool(disputes or (_FALSE.search(claim.text) and not _FINDS.match(claim.cue)))
    else:
        denies = _NO_SUCH.search(claim.text) is not None
    if not denies:
        return False
    cue_at = text.find(claim.cue, claim.sentence.start, max(claim.sentence.end, claim.span.end))
    return cue_at < 0 or _UNREAL.search(text[claim.sentence.start : cue_at]) is None


def _has_sure_source(report: Report) -> bool:
    """Whether the sentence itself says who denies: to give a denial to the wrong person is the worst error."""
    speaker, sentence = report.claim.speaker, report.claim.sentence
    if speaker is None or sentence is None or not _has_label(report) or _NO_LABEL.match(speaker.canonical):
        return False
    if speaker.surface.casefold() not in _STAND_FOR_NAMES:
        return True
    name = rf"\b{re.escape(speaker.canonical.split()[-1])}\b"
    return speaker.kind is SpeakerKind.PERSON and re.search(name, sentence.of(report.article.text)) is not None


def _has_label(report: Report) -> bool:
    """Whether the names of the speaker are more than spaces."""
    speaker = report.claim.speaker
    return speaker is not None and bool(speaker.canonical.strip() and source_name(report).strip())


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
        return _label_source(self.first)

    def repeats(self, other: "_Denial") -> bool:
        """Whether both deny the same, in most words."""
        mine, yours = self.first.content_stems, other.first.content_stems
        return bool(mine and yours) and len(mine & yours) >= REPEATED * min(len(mine), len(yours))

    def to_contract(self) -> SourceDenial | None:
        """None: no sentence tells what is denied."""
        passages: dict[str, Passage] = {}
        for report in sorted(self.reports, key=lambda report: report.order):
            article = report.article
            span = None if article.article_id in passages else find_denial_span(report)
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


def _label_source(report: Report) -> str:
    """Who denies, in full where the sentence has the last name: "Tolmar" is no short form of "Tolmar Tower"."""
    speaker, name = report.claim.speaker, source_name(report)
    if speaker is None or speaker.surface.casefold() in _STAND_FOR_NAMES or " " in speaker.surface:
        return name
    return name if name.split()[-1] == speaker.surface or speaker.kind is not SpeakerKind.PERSON else speaker.surface


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
