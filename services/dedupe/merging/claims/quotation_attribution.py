"""Whose words a quotation is, and when a claim quotes a part of it."""

from collections.abc import Sequence

from services.dedupe.merging.claims.claim_similarity import (
    LONG,
    are_two_named_persons,
    attributes_one_sentence_to_two_names,
)
from services.dedupe.merging.claims.quotation_forms import Stems
from services.dedupe.merging.claims.quotation_matching import is_fragment_of
from services.dedupe.merging.claims.report import Report, are_different_persons, cosine_similarity, has_same_source
from services.language.stop_words import STOP_WORDS

RELATED = 0.3
"""Cosine from which a claim is about what a quotation is about."""


def is_partial_quotation(report: Report, quotation: Report, common_words: int) -> bool:
    """Whether a claim that has words of a quotation quotes it. `common_words`: how many in one quoted run.

    Long runs show it by themselves, whatever the labels of the speakers. Shorter ones need the same source, or a claim
    that is about the same.
    """
    if common_words >= LONG and not are_two_named_persons(report, quotation):
        return True
    return not are_different_persons(report.claim.speaker, quotation.claim.speaker) and _has_same_source_or_topic(
        report, quotation
    )


def are_quotations_of_two_persons(report: Report, other_report: Report) -> bool:
    """Whether two quotations with the same words are of two persons; those of long ones must be named beside them."""
    if attributes_one_sentence_to_two_names(report, other_report):
        return True
    if min(len(report.quoted_stems), len(other_report.quoted_stems)) < LONG:
        return are_different_persons(report.claim.speaker, other_report.claim.speaker)
    return are_two_named_persons(report, other_report)


def _has_same_source_or_topic(report: Report, other_report: Report) -> bool:
    return has_same_source(report, other_report) or cosine_similarity(report, other_report) >= RELATED


def has_enough_content(report: Report, fragments: Sequence[Stems]) -> bool:
    """Whether a claim has more than one word that carries meaning: "the crew" alone could be from anywhere."""
    quoted = {word for part in fragments for word in part}
    return len((quoted - STOP_WORDS) | report.content_stems) > 1


def has_half_of_fragments(fragments: Sequence[Stems], whole: Stems) -> bool:
    """Whether at least half of what a claim quotes in fragments stands in a quotation.

    Who quotes "shouting," "lying" and "shoving" quotes no sentence in which somebody "never stops lying".
    """
    return 2 * sum(is_fragment_of(fragment, whole) for fragment in fragments) >= len(fragments)


def list_quotation_stems(report: Report) -> list[Stems]:
    """List the stems of each quotation of a claim."""
    parts: dict[int, list[str]] = {}
    for word in report.quoted_words:
        parts.setdefault(word.quotation, []).append(word.stem)
    return [tuple(part) for part in parts.values()]
