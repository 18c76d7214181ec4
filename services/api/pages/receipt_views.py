"""Receipts of claims as pages show them: each wording once, with all articles that have it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import clipped
from services.api.pages.numbers import count, number
from services.api.receipts.receipt import ClaimReceipt, ReportReceipt
from services.api.verification import Verdict

_VERDICT: Mapping[Verdict, str] = {
    Verdict.VERIFIED: "verified",
    Verdict.MISMATCH: "does not match",
    Verdict.OUTDATED: "not verifiable",
    Verdict.MISSING: "not verifiable",
}
_HASH_DIGITS = 12
"""Digits of a hash that pages show; the JSON receipt has all 64."""


@dataclass(frozen=True)
class ReportLine:
    """One report on a receipt."""

    outlet: str
    page: str
    """Our page of the article, at this claim."""
    outlet_link: str | None
    """The outlet's page at these words."""
    verdict: str
    verified: bool
    problem: str | None
    """Why it is not verified."""
    place: str
    """Where in the text the words stand."""
    received: str | None
    """When the text came to us."""
    hash: str | None
    """The first digits of the text's hash."""


@dataclass(frozen=True)
class ReceiptWording:
    """One wording, and the reports that have it."""

    text: str
    """As far as pages show one text; the JSON receipt has all of it."""
    reports: tuple[ReportLine, ...]


@dataclass(frozen=True)
class ReceiptView:
    """One receipt."""

    result: str
    """How many reports are verified."""
    verified: bool
    wordings: tuple[ReceiptWording, ...]
    further: str | None
    """Reports that are not on this page, in words."""
    json_url: str


def receipt_view(receipt: ClaimReceipt, index: ArticleIndex, further: int, json_url: str) -> ReceiptView:
    """The view of a receipt.

    Args:
        receipt: Of the reports that the page shows.
        index: Names the articles.
        further: Reports of the claim that the page leaves out.
        json_url: Where all of them are, as JSON.
    """
    wordings: dict[str, list[ReportLine]] = {}
    for report in receipt.reports:
        wordings.setdefault(report.text, []).append(_line(report, index))
    total = count(len(receipt.reports), "report")
    return ReceiptView(
        result=f"{total} verified" if receipt.verified else f"{number(receipt.reports_verified)} of {total} verified",
        verified=receipt.verified,
        wordings=tuple(ReceiptWording(clipped(text), tuple(lines)) for text, lines in wordings.items()),
        further=count(further, "more report") if further else None,
        json_url=json_url,
    )


def _line(report: ReportReceipt, index: ArticleIndex) -> ReportLine:
    place = f"characters {number(report.span.start)} to {number(report.span.end)}"
    return ReportLine(
        outlet=index.outlet(report.article_id, report.publisher),
        page=report.page,
        outlet_link=report.outlet_url,
        verdict=_VERDICT[report.verdict],
        verified=report.verdict is Verdict.VERIFIED,
        problem=report.problem,
        place=f"{place} of revision {report.revision}" if report.revision else place,
        received=phrases.at(report.received_at) if report.received_at else None,
        hash=report.content_hash[:_HASH_DIGITS] if report.content_hash else None,
    )
