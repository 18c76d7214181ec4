"""The page of one version of an event: the event page of then, with receipts and what became of its claims. Pure."""

from collections.abc import Mapping

from services.api.history.kept_versions import KeptVersion
from services.api.pages.article_index import ArticleIndex
from services.api.pages.receipt_views import ReceiptView, receipt_view
from services.api.pages.shown_part import shown_part
from services.api.pages.version_views import PageOfVersion, claims_now, version_note
from services.api.receipts.receipt import claim_receipts
from services.api.summaries import receipt_url
from services.contracts.article import Article
from services.contracts.event import Event


def page_of_version(
    event: Event, kept: KeptVersion, current: Event, stored: Mapping[str, Article], asked_claim: str | None = None
) -> PageOfVersion:
    """What the page of a version shows beside the version itself.

    Args:
        event: The version.
        kept: Its place in the event's history.
        current: The event as it is, or the one that took it in.
        stored: The texts that are stored of its articles, by id.
        asked_claim: The claim whose receipt is shown with each report; those of all claims would double the page.
    """
    note = version_note(kept, current)
    return PageOfVersion(
        note=note,
        receipts=_receipts(event, stored),
        asked_claim=asked_claim,
        claims_now={} if note.is_current else claims_now(event, current),
    )


def _receipts(event: Event, stored: Mapping[str, Article]) -> Mapping[str, ReceiptView]:
    """Of the claims on the page, by id."""
    reports = {claim.claim_id: len(claim.supports) for claim in event.claims}
    part = shown_part(event)
    index = ArticleIndex(part.articles)
    # Checked against the whole event: articles of a big one stand in no list of its page.
    receipts = claim_receipts(event, part.claims, stored)
    return {
        receipt.claim_id: receipt_view(
            receipt,
            index,
            reports[receipt.claim_id] - len(receipt.reports),
            receipt_url(event.event_id, receipt.claim_id, event.version),
        )
        for receipt in receipts
    }
