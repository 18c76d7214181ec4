"""Merged claims as the event page shows them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.highlight import Segment, marked
from services.api.pages.links import article_page
from services.contracts.base import Span
from services.contracts.claim import AssertionForm, ClaimKind
from services.contracts.event_claims import MergedClaim, Support, SupportForm


@dataclass(frozen=True)
class Report:
    """One article that makes a claim."""

    outlet: str
    page: str
    """The article's page, at this claim."""
    number: int | None
    """Its number in the event's list of articles."""
    commitment: str | None


@dataclass(frozen=True)
class Wording:
    """One form in which the claim is told, and who tells it so."""

    text: str
    reports: tuple[Report, ...]
    segments: tuple[Segment, ...] = ()
    """The text, with the words of the quotation that it gives in part marked."""
    form: str | None = None
    """How much of the quotation it gives; null where that is nothing to tell."""


@dataclass(frozen=True)
class ClaimView:
    """One merged claim."""

    claim_id: str
    kind: str
    quotation: bool
    text: str
    speaker: str
    sourced: bool
    """Whether a source is named."""
    narrated: bool
    """Whether it is an outlet's own."""
    stance: str | None
    """What the source does with it, unless it asserts it."""
    negated: bool
    origins: int
    corroboration: str
    one_source: str | None
    """The source that all reports go back to, and by what way."""
    first_reported: str | None
    reports: tuple[Report, ...]
    """One for each outlet, in order of first report."""
    wordings: tuple[Wording, ...]
    """All forms, the canonical one first; empty where there is only that one."""


def claim_views(claims: Sequence[MergedClaim], numbers: Mapping[str, int], times: phrases.Times) -> list[ClaimView]:
    """The claims, the most widely corroborated first, the outlets' own after others, then by first report.

    Args:
        claims: of one event.
        numbers: by article id, its number in the event's list.
        times: tells the event's times.
    """
    return [claim_view(claim, numbers, times) for claim in sorted(claims, key=reading_order)]


def reading_order(claim: MergedClaim) -> tuple[int, int, bool, str, str]:
    """Sorts claims: the most widely corroborated first, the outlets' own after others, then by first report."""
    first = claim.first_reported_at
    return -claim.origins, _own_rank(claim), first is None, first.isoformat() if first else "", claim.claim_id


def _own_rank(claim: MergedClaim) -> int:
    """After what somebody says: an outlet's own figures, then all else that it tells itself."""
    if claim.form is not AssertionForm.NARRATED:
        return 0
    return 1 if claim.kind is ClaimKind.FIGURE else 2


def claim_view(claim: MergedClaim, numbers: Mapping[str, int], times: phrases.Times) -> ClaimView:
    """One claim."""
    outlets: dict[str, Report] = {}
    for support in claim.supports:
        outlets.setdefault(support.publisher.key or support.article_id, claim_report(support, numbers))
    return ClaimView(
        claim_id=claim.claim_id,
        kind=phrases.CLAIM_KIND[claim.kind],
        quotation=claim.kind.value == "quotation",
        text=claim.text,
        speaker=phrases.speaker(claim.speaker),
        sourced=claim.speaker is not None,
        narrated=claim.form is AssertionForm.NARRATED,
        stance=phrases.COMMITMENT[claim.commitment],
        negated=claim.negated,
        origins=claim.origins,
        corroboration=phrases.count(claim.origins, "independent origin"),
        one_source=phrases.one_source(claim),
        first_reported=times(claim.first_reported_at),
        reports=tuple(outlets.values()),
        wordings=_wordings(claim, numbers),
    )


def _wordings(claim: MergedClaim, numbers: Mapping[str, int]) -> tuple[Wording, ...]:
    supports: dict[str, list[Support]] = {claim.text: []}
    for text in claim.variants:
        supports.setdefault(text, [])
    for support in claim.supports:
        supports.setdefault(support.text, []).append(support)
    if len(supports) == 1:
        return ()
    return tuple(_wording(text, by, numbers) for text, by in supports.items())


def _wording(text: str, supports: Sequence[Support], numbers: Mapping[str, int]) -> Wording:
    """One wording; of a quotation, how much of it this gives, with its own words marked where they are a part."""
    first = supports[0] if supports else None
    spans: tuple[Span, ...] = ()
    if first is not None and first.form is SupportForm.CUT:
        start = first.span.start
        spans = tuple(
            Span(start=each.start - start, end=each.end - start) for each in first.words if first.span.holds(each)
        )
    return Wording(
        text=text,
        reports=tuple(claim_report(support, numbers) for support in supports),
        segments=marked(text, spans),
        form=None if first is None or first.form is None else phrases.FORM[first.form],
    )


def claim_report(support: Support, numbers: Mapping[str, int]) -> Report:
    """One report of a claim."""
    return Report(
        outlet=phrases.outlet(support.publisher),
        page=article_page(support.article_id, support.claim_id),
        number=numbers.get(support.article_id),
        commitment=phrases.COMMITMENT[support.commitment],
    )
