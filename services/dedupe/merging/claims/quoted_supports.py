"""How much of a quotation each article gives that supports a merged claim."""

from collections.abc import Sequence

from services.contracts.base import Span, share_field_sets
from services.contracts.claim import ClaimKind
from services.contracts.event_claims import Support, SupportForm
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.quotation_matching import (
    WHOLE,
    align_quotations,
    find_word_spans,
    has_words_of,
    is_fragment_of,
)
from services.dedupe.merging.claims.quoted_words import FEWEST_SAID
from services.dedupe.merging.claims.report import Report, is_full_quotation


def join_pieces(group: ClaimGroup, supports: Sequence[Support]) -> Sequence[Support]:
    """The supports of a group; what an article gives in pieces that together are all of a quotation is in full.

    `"The gates held," he said. "Nobody was warned."` is two reports, and leaves out nothing that others print as one.
    """
    if not is_full_quotation(group.canonical):
        return supports
    pieces: dict[str, list[Report]] = {}
    for report, support in zip(group.reports, supports, strict=True):
        if support.form is SupportForm.CUT:
            pieces.setdefault(support.article_id, []).append(report)
    whole = group.canonical.quoted_stems if pieces else ()
    joined = {
        article_id
        for article_id, reports in pieces.items()
        if len(reports) > 1 and align_quotations(_join_stems(reports), whole).shared >= WHOLE * len(whole)
    }
    if not joined:
        return supports
    return [
        _copy_as_full(support) if support.form is SupportForm.CUT and support.article_id in joined else support
        for support in supports
    ]


def _copy_as_full(support: Support) -> Support:
    full = support.model_copy(update={"form": SupportForm.FULL})
    share_field_sets(full)
    return full


def _join_stems(reports: Sequence[Report]) -> list[str]:
    """The stems of what some reports of one article quote, as they stand in its text."""
    words = {(word.start, word.stem) for report in reports for word in report.quoted_words}
    return [stem for _, stem in sorted(words)]


def find_support_form(report: Report, canonical_report: Report) -> tuple[SupportForm | None, tuple[Span, ...]]:
    """Find how much of the canonical quotation a report gives, and where those words stand in its article.

    None for a report that quotes other words of the speaker: these are not the outlet's own.
    """
    whole = canonical_report.quoted_stems
    if align_quotations(report.quoted_stems, whole).shared >= WHOLE * len(whole):
        return SupportForm.FULL, report.claim.quoted
    spans: list[Span] = []
    for number in dict.fromkeys(word.quotation for word in report.quoted_words):
        said = [word for word in report.quoted_words if word.quotation == number]
        stems = [word.stem for word in said]
        if has_words_of(stems, whole) if len(stems) >= FEWEST_SAID else is_fragment_of(stems, whole):
            spans += find_word_spans(said, align_quotations(stems, whole).runs)
    if spans:
        return SupportForm.CUT, tuple(spans)
    return (None if report.claim.kind is ClaimKind.QUOTATION else SupportForm.PARAPHRASE), ()
