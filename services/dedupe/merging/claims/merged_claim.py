"""A merged claim as published: its canonical wording, and every article that supports it, and how."""

from collections.abc import Collection, Sequence

from services.contracts.base import Span, share_field_sets, share_own_field_set
from services.contracts.claim import ClaimKind, Speaker
from services.contracts.event_claims import MergedClaim, Support, SupportForm
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.quotation_matching import (
    WHOLE,
    align_quotations,
    find_word_spans,
    has_words_of,
    is_fragment_of,
)
from services.dedupe.merging.claims.quoted_words import FEWEST_SAID
from services.dedupe.merging.claims.report import Report, find_speaker_label, is_full_quotation
from services.dedupe.merging.claims.ultimate_source import find_ultimate_source

_OFTEN_EQUAL = ("span", "text", "speaker", "cue", "attribution", "words")
"""What supports in the same words mostly have in common, reprints nearly always."""
_Supports = dict[str, tuple[Report, Support]]


class MergedClaims:
    """The published claims of one event; the same objects for groups and reports that are as they were."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._claims: dict[str, tuple[ClaimGroup, _Supports, MergedClaim]] = {}
        self._by_text: dict[str, Support] = {}
        """One support of each text: the others share what is equal to its own."""

    def update_claims(self, claim_groups: Sequence[ClaimGroup]) -> tuple[MergedClaim, ...]:
        """Publish each group, in the order given."""
        before, self._claims = self._claims, {}
        for group in claim_groups:
            known = before.get(group.claim_id)
            if known is None or known[0] is not group:
                same = known[1] if known is not None and known[0].canonical is group.canonical else {}
                supports = {
                    report.key: _known_support(same, report) or self._build_support(report, group.canonical)
                    for report in group.reports
                }
                known = group, supports, _build_merged_claim(group, _join_pieces(supports.values(), group.canonical))
                share_field_sets(known[2].ultimate_source)
                share_own_field_set(known[2])
            self._claims[group.claim_id] = known
        return tuple(claim for _, _, claim in self._claims.values())

    def _build_support(self, report: Report, canonical_report: Report) -> tuple[Report, Support]:
        """A report with its published form."""
        claim = report.claim
        form, words = (
            _find_support_form(report, canonical_report) if is_full_quotation(canonical_report) else (None, ())
        )
        support = Support(
            article_id=report.article.article_id,
            publisher=report.article.publisher,
            origin_id=report.origin_id,
            claim_id=claim.claim_id,
            span=claim.span,
            text=claim.text,
            speaker=claim.speaker,
            cue=claim.cue,
            attribution=claim.attribution,
            commitment=claim.commitment,
            form=form,
            words=words,
            published_at=report.article.published_at,
        )
        like = self._by_text.setdefault(claim.text, support)
        if like is not support:
            equal = {
                name: getattr(like, name) for name in _OFTEN_EQUAL if getattr(like, name) == getattr(support, name)
            }
            support = support.model_copy(update=equal)
        share_field_sets(support)
        return report, support


def _build_merged_claim(group: ClaimGroup, supports: Sequence[Support]) -> MergedClaim:
    """The published form of a group of reports."""
    claim = group.canonical.claim
    texts = {support.text for support in supports} - {claim.text}
    dates = [report.article.published_at for report in group.reports if report.article.published_at is not None]
    quoting = {support.article_id for support in supports if support.form in (SupportForm.FULL, SupportForm.CUT)}
    return MergedClaim(
        claim_id=group.claim_id,
        kind=claim.kind,
        form=claim.form,
        text=claim.text,
        speaker=_build_speaker(group.canonical),
        cue=claim.cue,
        commitment=claim.commitment,
        negated=claim.negated,
        variants=tuple(sorted(texts, key=lambda text: (-len(text), text))),
        quantities=claim.quantities,
        dates=claim.dates,
        supports=tuple(supports),
        origins=group.origin_count,
        ultimate_source=find_ultimate_source(
            (group.canonical, *(report for report in group.reports if report is not group.canonical)), quoting
        ),
        first_reported_at=min(dates, default=None),
    )


def _join_pieces(supports: Collection[tuple[Report, Support]], canonical_report: Report) -> list[Support]:
    """The supports in their order; what an article gives in pieces that together are all of a quotation is in full.

    `"The gates held," he said. "Nobody was warned."` is two reports, and leaves out nothing that others print as one.
    """
    pieces: dict[str, list[Report]] = {}
    for report, support in supports:
        if support.form is SupportForm.CUT:
            pieces.setdefault(support.article_id, []).append(report)
    whole = canonical_report.quoted_stems
    joined = {
        article_id
        for article_id, reports in pieces.items()
        if len(reports) > 1 and align_quotations(_join_stems(reports), whole).shared >= WHOLE * len(whole)
    }
    return [
        _copy_as_full(support) if support.form is SupportForm.CUT and support.article_id in joined else support
        for _, support in supports
    ]


def _copy_as_full(support: Support) -> Support:
    full = support.model_copy(update={"form": SupportForm.FULL})
    share_field_sets(full)
    return full


def _join_stems(reports: Sequence[Report]) -> list[str]:
    """The stems of what some reports of one article quote, as they stand in its text."""
    words = {(word.start, word.stem) for report in reports for word in report.quoted_words}
    return [stem for _, stem in sorted(words)]


def _build_speaker(report: Report) -> Speaker | None:
    """The speaker of the canonical report, under the label that the event has for it."""
    speaker, label = report.claim.speaker, find_speaker_label(report)
    if speaker is None or label is None or label == speaker.canonical:
        return speaker
    return speaker.model_copy(update={"canonical": label})


def _known_support(known_supports: _Supports, report: Report) -> tuple[Report, Support] | None:
    """The published form of a report, if it is the same report as before."""
    known = known_supports.get(report.key)
    return known if known is not None and known[0] is report else None


def _find_support_form(report: Report, canonical_report: Report) -> tuple[SupportForm | None, tuple[Span, ...]]:
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
