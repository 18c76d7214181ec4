"""Lists what is new about the merged claims of an event, and about who reports them. Pure."""

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any

from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import ClaimWithoutReports, first_reports
from services.contracts.claim import Commitment
from services.contracts.event_claims import MergedClaim, Support
from services.dedupe.event_changes.view_comparison import ViewComparison
from services.dedupe.same_objects import begins_with_same_objects

_ORIGIN_ID = attrgetter("origin_id")
_READ = tuple(name for name in ClaimWithoutReports.model_fields if name != "claim_id")
"""What is told of a claim, beside its id."""


def list_claim_changes(comparison: ViewComparison) -> Iterator[dict[str, Any]]:
    """Claims that are called otherwise, those that are gone, then each that is another, in the order of the view."""
    for old, new in comparison.renamed_claims.items():
        yield {"kind": ChangeKind.CLAIM_RENAMED, "claim_ids": (new,), "previous_claim_id": old}
    for gone, now_in in comparison.withdrawn.items():
        yield {
            "kind": ChangeKind.CLAIM_WITHDRAWN,
            "article_id": comparison.only_changed_article_id,
            "claim_ids": (gone,),
            "now_in": now_in,
        }
    for claim in comparison.parts.claims.new:
        old_claim = comparison.claims.get(claim.claim_id)
        if old_claim is None:
            yield from _list_added_claim_changes(claim)
        else:
            yield from _list_claim_differences(old_claim, claim, comparison)


def _list_added_claim_changes(claim: MergedClaim) -> Iterator[dict[str, Any]]:
    for at, support in enumerate(first_reports(claim).values()):
        yield _build_report_change(ChangeKind.ORIGIN_GAINED if at else ChangeKind.CLAIM_ADDED, claim, support)
        if support.commitment is Commitment.DENIES:
            yield _build_report_change(ChangeKind.DENIAL, claim, support)


def _list_claim_differences(
    old_claim: MergedClaim, new_claim: MergedClaim, comparison: ViewComparison
) -> Iterator[dict[str, Any]]:
    if any(getattr(old_claim, name) != getattr(new_claim, name) for name in _READ):
        articles = {support.article_id for support in new_claim.supports}
        yield {
            "kind": ChangeKind.CLAIM_CHANGED,
            "article_id": comparison.find_causing_article_id(articles),
            "claim_ids": (new_claim.claim_id,),
            "claim": ClaimWithoutReports.of(new_claim),
        }
    before, now = _list_differing_reports(old_claim, new_claim, comparison.renamed_origins)
    for origin_id in before:
        if origin_id not in now:
            yield {
                "kind": ChangeKind.ORIGIN_LOST,
                "article_id": comparison.only_changed_article_id,
                "claim_ids": (new_claim.claim_id,),
                "origin_id": origin_id,
            }
    for origin_id, support in now.items():
        told = before.get(origin_id)
        if told is None:
            yield _build_report_change(ChangeKind.ORIGIN_GAINED, new_claim, support)
        elif told is not support and _replace_origin_id(told, origin_id) != support:
            yield _build_report_change(ChangeKind.REPORT_CHANGED, new_claim, support)
        if support.commitment is Commitment.DENIES and (told is None or told.commitment is not Commitment.DENIES):
            yield _build_report_change(ChangeKind.DENIAL, new_claim, support)


def _list_differing_reports(
    old_claim: MergedClaim, new_claim: MergedClaim, renamed_origins: Mapping[str, str]
) -> tuple[dict[str, Support], dict[str, Support]]:
    """By origin id as it is now, the first reports of two views; without those of before if all are the same objects.

    Those that are the same would show no difference.
    """
    if renamed_origins or not begins_with_same_objects(new_claim.supports, old_claim.supports):
        before = {renamed_origins.get(one, one): support for one, support in first_reports(old_claim).items()}
        return before, first_reports(new_claim)
    known = set(map(_ORIGIN_ID, old_claim.supports))
    new: dict[str, Support] = {}
    for support in new_claim.supports[len(old_claim.supports) :]:
        if support.origin_id not in known:
            new.setdefault(support.origin_id, support)
    return {}, new


def _replace_origin_id(support: Support, origin_id: str) -> Support:
    return support if support.origin_id == origin_id else support.model_copy(update={"origin_id": origin_id})


def _build_report_change(kind: ChangeKind, claim: MergedClaim, support: Support) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "kind": kind,
        "article_id": support.article_id,
        "claim_ids": (claim.claim_id,),
        "origin_id": support.origin_id,
        "support": support,
    }
    if kind in {ChangeKind.CLAIM_ADDED, ChangeKind.DENIAL}:
        parts["claim"] = ClaimWithoutReports.of(claim)
    return parts
