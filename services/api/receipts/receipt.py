"""The receipt of one claim: each report held against the stored text of its article. Pure."""

from collections.abc import Iterable, Mapping

from services.api.pages.links import article_page, link_to_words
from services.api.summaries import claim_page
from services.api.verification import Verdict
from services.contracts.article import Article, Publisher, content_hash
from services.contracts.base import Contract, Span, UtcDatetime
from services.contracts.event import Event, EventArticle
from services.contracts.event_claims import MergedClaim, Support


class ReportReceipt(Contract):
    """One report of the claim, held against the text that is stored of its article."""

    article_id: str
    """The article."""
    claim_id: str
    """The article's own claim."""
    publisher: Publisher
    """Who published it."""
    title: str | None
    """Its headline; null where there is none, or the event does not list the article."""
    page: str
    """Path of our page of the article, at this claim."""
    outlet_url: str | None
    """The outlet's page at these words (a text fragment); null without a web address."""
    text: str
    """The words, verbatim."""
    span: Span
    """Where they stand in the article's `text`."""
    published_at: UtcDatetime | None
    """When the article was published; null where that is not known."""
    revision: int | None
    """The revision that the event cites; null where the event does not list the article."""
    stored_revision: int | None
    """The revision whose text is stored; null when none is."""
    received_at: UtcDatetime | None
    """When the stored revision came to us; null when none is stored."""
    content_hash: str | None
    """SHA-256 of the stored title and text, as it was published with the article; null when none is stored."""
    verdict: Verdict
    """What the check came to. `outdated`: another revision is stored than the one that is cited."""
    problem: str | None
    """Why it is not `verified`, in one sentence; null where it is."""


class ClaimReceipt(Contract):
    """Every report of one claim, checked when this was asked for."""

    event_id: str
    """The event."""
    version: int
    """Version of the event that the claim is taken from."""
    claim_id: str
    """The claim."""
    text: str
    """Its canonical wording."""
    page: str
    """Path of the page of this version, at the claim: its lasting address."""
    verified: bool
    """Whether every report is `verified`."""
    reports_verified: int
    """How many are."""
    reports: tuple[ReportReceipt, ...]
    """One by one, the earliest first."""
    omitted: int
    """How many further reports the event may have: those that its snapshot leaves out, over all of its claims."""


def claim_receipts(
    event: Event, claims: Iterable[MergedClaim], stored: Mapping[str, Article]
) -> tuple[ClaimReceipt, ...]:
    """The receipts of claims.

    Args:
        event: The version of the event that has the claims.
        claims: The claims, each with the reports that are to be checked.
        stored: What is stored of their articles, by id.
    """
    listed = {article.article_id: article for article in event.articles}
    is_intact = {
        article_id: content_hash(article.title, article.text) == article.content_hash
        for article_id, article in stored.items()
    }
    return tuple(
        _receipt(
            event,
            claim,
            tuple(
                _report(
                    support,
                    listed.get(support.article_id),
                    stored.get(support.article_id),
                    is_intact=is_intact.get(support.article_id, False),
                )
                for support in claim.supports
            ),
        )
        for claim in claims
    )


def _receipt(event: Event, claim: MergedClaim, reports: tuple[ReportReceipt, ...]) -> ClaimReceipt:
    verified = sum(report.verdict is Verdict.VERIFIED for report in reports)
    return ClaimReceipt(
        event_id=event.event_id,
        version=event.version,
        claim_id=claim.claim_id,
        text=claim.text,
        page=claim_page(event.event_id, event.version, claim.claim_id),
        verified=verified == len(reports),
        reports_verified=verified,
        reports=reports,
        omitted=event.omitted.supports,
    )


def _report(
    support: Support, listed: EventArticle | None, article: Article | None, *, is_intact: bool
) -> ReportReceipt:
    verdict, problem = _check(support, listed.revision if listed else None, article, is_intact=is_intact)
    return ReportReceipt(
        article_id=support.article_id,
        claim_id=support.claim_id,
        publisher=support.publisher,
        title=listed.title if listed else None,
        page=article_page(support.article_id, support.claim_id),
        outlet_url=link_to_words(listed.url, support.text) if listed else None,
        text=support.text,
        span=support.span,
        published_at=support.published_at,
        revision=listed.revision if listed else None,
        stored_revision=article.revision if article else None,
        received_at=article.fetched_at if article else None,
        content_hash=article.content_hash if article else None,
        verdict=verdict,
        problem=problem,
    )


def _check(
    support: Support, revision: int | None, article: Article | None, *, is_intact: bool
) -> tuple[Verdict, str | None]:
    """The verdict on one report, and what is wrong. `is_intact`: whether the stored text has its hash."""
    if article is None:
        return Verdict.MISSING, "Not verifiable: the text is no longer kept."
    stands_there = support.span.end <= len(article.text) and support.span.of(article.text) == support.text
    if revision is not None and revision != article.revision:
        there = "has the same words at this place" if stands_there else "does not have these words at this place"
        kept = f"the text of revision {revision} is no longer kept. Revision {article.revision} {there}"
        return Verdict.OUTDATED, f"Not verifiable: {kept}."
    if not is_intact:
        return Verdict.MISMATCH, "The stored title and text are not those that were published: their hash differs."
    if not stands_there:
        return Verdict.MISMATCH, "The stored text has other words at this place."
    return Verdict.VERIFIED, None
