"""What the page of one version of an event adds: which version it is, and what the current one says instead. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.api.history.kept_versions import KeptVersion
from services.api.pages import phrases
from services.api.pages.characters import clipped, shown
from services.api.pages.numbers import count
from services.api.pages.receipt_views import ReceiptView
from services.api.summaries import event_page, version_page
from services.contracts.event import Event
from services.contracts.event_claims import MergedClaim


@dataclass(frozen=True)
class VersionNote:
    """Which version of how many a page shows."""

    number: int
    last: int
    at_iso: str
    at: str
    """Since when the version was to be had."""
    is_current: bool
    merged: bool
    """Whether the event has been merged into another one since."""
    current_page: str
    current_headline: str
    current_counts: str
    """How widely the current version is reported."""
    earlier: str | None
    """Page of the version before; None: none is kept."""
    later: str | None


@dataclass(frozen=True)
class ClaimNow:
    """What the current version of the event says of a claim of an earlier one."""

    sentence: str
    text: str | None
    """Its wording there, where that differs."""
    page: str | None
    """Where it stands; None where it does not."""


@dataclass(frozen=True)
class PageOfVersion:
    """What is shown beside the version itself."""

    note: VersionNote
    receipts: Mapping[str, ReceiptView]
    """By claim."""
    asked_claim: str | None
    """The claim whose receipt is shown with each report."""
    claims_now: Mapping[str, ClaimNow]
    """By claim; empty on the page of the current version."""


def version_note(kept: KeptVersion, current: Event) -> VersionNote:
    """The note on a version that is kept.

    Args:
        kept: The version.
        current: The event as it is, or the one that took it in.
    """
    entry, last = kept.entry, kept.entries[-1]
    neighbours = {
        step: version_page(kept.event_id, kept.entries[kept.place + step].version)
        for step in (-1, 1)
        if 0 <= kept.place + step < len(kept.entries)
    }
    return VersionNote(
        number=entry.version,
        last=last.version,
        at_iso=entry.at.isoformat(),
        at=phrases.at(entry.at),
        is_current=entry.version == last.version and current.event_id == kept.event_id,
        merged=current.event_id != kept.event_id,
        current_page=event_page(current.event_id),
        current_headline=shown(current.headline) or phrases.UNTITLED_EVENT,
        current_counts=phrases.counts_sentence(current.counts),
        earlier=neighbours.get(-1),
        later=neighbours.get(1),
    )


def claims_now(then: Event, current: Event) -> Mapping[str, ClaimNow]:
    """What became of each claim. It is the same one where its id is, or where both have one article's own claim."""
    by_id = {claim.claim_id: claim for claim in current.claims}
    by_report = {support.claim_id: claim for claim in current.claims for support in claim.supports}
    return {claim.claim_id: _now(claim, _same_claim(claim, by_id, by_report), current) for claim in then.claims}


def _same_claim(
    claim: MergedClaim, by_id: Mapping[str, MergedClaim], by_report: Mapping[str, MergedClaim]
) -> MergedClaim | None:
    known = by_id.get(claim.claim_id)
    shared = (by_report[support.claim_id] for support in claim.supports if support.claim_id in by_report)
    return known or next(shared, None)


def _now(then: MergedClaim, now: MergedClaim | None, current: Event) -> ClaimNow:
    if now is None:
        missing = "does not list this claim" if current.omitted.claims else "does not have this claim any more"
        return ClaimNow(f"The current version {missing}.", None, None)
    page = f"{event_page(current.event_id)}#{now.claim_id}"
    origins = count(now.origins, "independent origin")
    same_words = now.text == then.text
    differences = [
        f"gives it to {phrases.speaker(now.speaker)}"
        if phrases.speaker(now.speaker) != phrases.speaker(then.speaker)
        else "",
        f"counts {origins}" if now.origins != then.origins else "",
    ]
    said = " and ".join(filter(None, differences))
    if same_words:
        return ClaimNow(f"The current version {said or 'says the same'}.", None, page)
    return ClaimNow(f"The current version {said + ', and ' if said else ''}says:", clipped(now.text), page)
