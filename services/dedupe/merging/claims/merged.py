"""A merged claim as published: its canonical wording, and every article that supports it, and how."""

from services.contracts.base import Span
from services.contracts.event_claims import MergedClaim, Support, SupportForm
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.quotation_matching import CONTAINED, WHOLE, match, places, within
from services.dedupe.merging.claims.report import FEWEST_SAID, Report, is_full_quotation
from services.dedupe.merging.claims.ultimate_source import ultimate_source


def merged_claim(group: ClaimGroup) -> MergedClaim:
    """Build the published form of a group of reports."""
    claim = group.canonical.claim
    texts = {report.claim.text for report in group.reports} - {claim.text}
    dates = [report.article.published_at for report in group.reports if report.article.published_at is not None]
    return MergedClaim(
        claim_id=group.claim_id,
        kind=claim.kind,
        form=claim.form,
        text=claim.text,
        speaker=claim.speaker,
        cue=claim.cue,
        commitment=claim.commitment,
        negated=claim.negated,
        variants=tuple(sorted(texts, key=lambda text: (-len(text), text))),
        quantities=claim.quantities,
        dates=claim.dates,
        supports=tuple(_support(report, group.canonical) for report in group.reports),
        origins=len({report.origin_id for report in group.reports}),
        ultimate_source=ultimate_source(group.reports),
        first_reported_at=min(dates, default=None),
    )


def _support(report: Report, canonical: Report) -> Support:
    form, words = _form(report, canonical) if is_full_quotation(canonical) else (None, ())
    return Support(
        article_id=report.article.article_id,
        publisher=report.article.publisher,
        origin_id=report.origin_id,
        claim_id=report.claim.claim_id,
        span=report.claim.span,
        text=report.claim.text,
        speaker=report.claim.speaker,
        cue=report.claim.cue,
        attribution=report.claim.attribution,
        commitment=report.claim.commitment,
        form=form,
        words=words,
        published_at=report.article.published_at,
    )


def _form(report: Report, canonical: Report) -> tuple[SupportForm, tuple[Span, ...]]:
    """How much of the canonical quotation a report gives, and where those words stand in its article."""
    whole = canonical.stems
    if match(report.stems, whole).shared >= WHOLE * len(whole):
        return SupportForm.FULL, report.claim.quoted
    spans: list[Span] = []
    for number in dict.fromkeys(word.quotation for word in report.said):
        said = [word for word in report.said if word.quotation == number]
        stems = [word.stem for word in said]
        aligned = match(stems, whole)
        if aligned.shared >= CONTAINED * len(stems) if len(stems) >= FEWEST_SAID else within(stems, whole):
            spans += places(said, aligned.runs)
    return (SupportForm.CUT, tuple(spans)) if spans else (SupportForm.PARAPHRASE, ())
