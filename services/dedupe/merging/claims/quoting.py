"""Whose words a quotation is, and when a claim quotes a part of it."""

from collections.abc import Sequence

from services.dedupe.merging.claims.quotation_forms import Stems
from services.dedupe.merging.claims.report import Report, cosine, same_source, speakers_conflict
from services.dedupe.merging.claims.similarity import LONG, signed_otherwise, two_persons
from services.language.stop_words import STOP_WORDS

RELATED = 0.3
"""Cosine from which a claim is about what a quotation is about."""


def is_cut_of(report: Report, whole: Report, words: int) -> bool:
    """Whether a claim that has words of a quotation quotes it. `words`: how many it has in one run of quoted words.

    Long runs show it by themselves, whatever the labels of the speakers. Shorter ones need the same source, or a claim
    that is about the same.
    """
    if words >= LONG and not two_persons(report, whole):
        return True
    return not speakers_conflict(report.claim.speaker, whole.claim.speaker) and _are_related(report, whole)


def others_words(one: Report, other: Report) -> bool:
    """Whether two quotations with the same words are of two persons; those of long ones must be named beside them."""
    if signed_otherwise(one, other):
        return True
    if min(len(one.stems), len(other.stems)) < LONG:
        return speakers_conflict(one.claim.speaker, other.claim.speaker)
    return two_persons(one, other)


def _are_related(one: Report, other: Report) -> bool:
    return same_source(one, other) or cosine(one, other) >= RELATED


def tells_more(report: Report, fragments: Sequence[Stems]) -> bool:
    """Whether it has words that carry meaning besides one: "the crew" alone could be from anywhere."""
    quoted = {word for part in fragments for word in part}
    return len((quoted - STOP_WORDS) | report.content) > 1


def parts_of(report: Report) -> list[Stems]:
    """The stems of each of its quotations."""
    parts: dict[int, list[str]] = {}
    for word in report.said:
        parts.setdefault(word.quotation, []).append(word.stem)
    return [tuple(part) for part in parts.values()]
