"""Same proposition? Groups the claims of one event: quotations by their words, then what tells the same in others.

A quotation that several articles carry is one claim, whatever else surrounds it. Statements, and paraphrases of a
quotation, join where readers would probably call them one and no veto forbids it (see `similarity`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.dedupe.merging.claims.clustering import link
from services.dedupe.merging.claims.quotation_matching import leaders, same_quotation, within
from services.dedupe.merging.claims.report import (
    FEWEST_SAID,
    Report,
    cosine,
    is_full_quotation,
    same_source,
    speakers_conflict,
)
from services.dedupe.merging.claims.similarity import LONG, Similarity, signed_otherwise, two_persons
from services.language.stop_words import STOP_WORDS

RELATED = 0.3
"""Cosine from which a claim is about what a quotation is about."""


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Reports of one proposition, in publication order, and its canonical one."""

    reports: tuple[Report, ...]
    canonical: Report

    @property
    def claim_id(self) -> str:
        """Id of the merged claim: that of the first report."""
        return self.reports[0].key


def group_claims(reports: Sequence[Report]) -> list[ClaimGroup]:
    """Group the reports of one event, whatever order they are listed in. Groups come in publication order."""
    ordered = sorted(reports, key=lambda one: one.order)
    quotations = _quotations([one for one in ordered if is_full_quotation(one)])
    left = []
    for one in ordered:
        if is_full_quotation(one):
            continue
        head = _cut_of(one, quotations)
        if head is None:
            left.append([one])
        else:
            head.append(one)
    units = sorted((sorted(unit, key=lambda one: one.order) for unit in (*quotations, *left)), key=_first)
    return [_group(unit) for unit in sorted(link(units, Similarity()), key=_first)]


def _quotations(reports: Sequence[Report]) -> list[list[Report]]:
    """Quotations with the same words, each group begun by its longest form; two speakers of few words make two."""
    led_by = leaders([one.stems for one in reports])
    groups: dict[int, list[list[Report]]] = {}
    # The longest form first, so that a group begins with it.
    for at in sorted(range(len(reports)), key=lambda at: (at != led_by[at], reports[at].order)):
        same_words = groups.setdefault(led_by[at], [])
        for group in same_words:
            if not any(_others_words(reports[at], other) for other in group):
                group.append(reports[at])
                break
        else:
            same_words.append([reports[at]])
    return [group for same_words in groups.values() for group in same_words]


def _others_words(one: Report, other: Report) -> bool:
    """Whether two quotations with the same words are of two persons; those of long ones must be named beside them."""
    if signed_otherwise(one, other):
        return True
    if min(len(one.stems), len(other.stems)) < LONG:
        return speakers_conflict(one.claim.speaker, other.claim.speaker)
    return two_persons(one, other)


def _cut_of(report: Report, quotations: Sequence[list[Report]]) -> list[Report] | None:
    """The group of the quotation that a claim quotes in part; None: of none, or it is not clear of which.

    Long runs of words show it by themselves, whatever the labels of the speakers. Shorter ones need the same source, or
    a claim that is about the same; fragments of fewer than four words the same source, words around them, and no
    second quotation of the event that they could be from.
    """
    parts = _parts(report)
    if not parts:
        return None
    heads = [group for group in quotations if not speakers_conflict(report.claim.speaker, group[0].claim.speaker)]
    for group in quotations:
        cut = [part for part in parts if same_quotation(part, group[0].stems)]
        if cut and (_is_long(cut, report, group[0]) or (group in heads and _related(report, group[0]))):
            return group
    fragments = [part for part in parts if len(part) < FEWEST_SAID]
    if not fragments or not _tells_more(report, fragments):
        return None
    fitting = [
        group
        for group in heads
        if same_source(report, group[0]) and any(within(part, group[0].stems) for part in fragments)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _is_long(cut: Sequence[tuple[str, ...]], report: Report, whole: Report) -> bool:
    return max(map(len, cut)) >= LONG and not two_persons(report, whole)


def _related(one: Report, other: Report) -> bool:
    return same_source(one, other) or cosine(one, other) >= RELATED


def _tells_more(report: Report, fragments: Sequence[tuple[str, ...]]) -> bool:
    """Whether it has words that carry meaning besides one: "the crew" alone could be from anywhere."""
    quoted = {word for part in fragments for word in part}
    return len((quoted - STOP_WORDS) | report.content) > 1


def _parts(report: Report) -> list[tuple[str, ...]]:
    """The stems of each of its quotations."""
    parts: dict[int, list[str]] = {}
    for word in report.said:
        parts.setdefault(word.quotation, []).append(word.stem)
    return [tuple(part) for part in parts.values()]


def _first(unit: Sequence[Report]) -> tuple[object, ...]:
    return unit[0].order


def _group(reports: Sequence[Report]) -> ClaimGroup:
    """The longest attested form is canonical, a full quotation before a sentence that quotes in part."""
    ranked = sorted(reports, key=lambda one: (not is_full_quotation(one), -len(one.claim.text), one.order))
    return ClaimGroup(tuple(reports), ranked[0])
