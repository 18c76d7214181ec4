"""Merged claims as the event page shows them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.links import article_page
from services.contracts.event_claims import MergedClaim, Support


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
    negated: bool
    origins: int
    corroboration: str
    first_reported: str | None
    reports: tuple[Report, ...]
    """One for each outlet, in order of first report."""
    wordings: tuple[Wording, ...]
    """All forms, the canonical one first; empty where there is only that one."""


def claim_views(claims: Sequence[MergedClaim], numbers: Mapping[str, int], times: phrases.Times) -> list[ClaimView]:
    """The claims, the most widely corroborated first, then by first report.

    Args:
        claims: of one event.
        numbers: by article id, its number in the event's list.
        times: tells the event's times.
    """
    ordered = sorted(
        claims,
        key=lambda claim: (
            -claim.origins,
            claim.first_reported_at is None,
            claim.first_reported_at.isoformat() if claim.first_reported_at else "",
            claim.claim_id,
        ),
    )
    return [_view(claim, numbers, times) for claim in ordered]


def _view(claim: MergedClaim, numbers: Mapping[str, int], times: phrases.Times) -> ClaimView:
    outlets: dict[str, Report] = {}
    for support in claim.supports:
        outlets.setdefault(support.publisher.key or support.article_id, _report(support, numbers))
    return ClaimView(
        claim_id=claim.claim_id,
        kind=phrases.CLAIM_KIND[claim.kind],
        quotation=claim.kind.value == "quotation",
        text=claim.text,
        speaker=phrases.speaker(claim.speaker),
        sourced=claim.speaker is not None,
        negated=claim.negated,
        origins=claim.origins,
        corroboration=phrases.count(claim.origins, "independent origin"),
        first_reported=times(claim.first_reported_at),
        reports=tuple(outlets.values()),
        wordings=_wordings(claim, numbers),
    )


def _wordings(claim: MergedClaim, numbers: Mapping[str, int]) -> tuple[Wording, ...]:
    reports: dict[str, list[Report]] = {claim.text: []}
    for text in claim.variants:
        reports.setdefault(text, [])
    for support in claim.supports:
        reports.setdefault(support.text, []).append(_report(support, numbers))
    if len(reports) == 1:
        return ()
    return tuple(Wording(text, tuple(by)) for text, by in reports.items())


def _report(support: Support, numbers: Mapping[str, int]) -> Report:
    return Report(
        outlet=phrases.outlet(support.publisher),
        page=article_page(support.article_id, support.claim_id),
        number=numbers.get(support.article_id),
        commitment=phrases.COMMITMENT[support.commitment],
    )
