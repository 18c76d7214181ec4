"""What is new about the merged claims of an event, and about who reports them. Pure."""

from collections.abc import Iterator
from typing import Any

from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import ToldClaim, first_reports
from services.contracts.claim import Commitment
from services.contracts.event_claims import MergedClaim, Support
from services.dedupe.telling.views import Views

_READ = tuple(name for name in ToldClaim.model_fields if name != "claim_id")
"""What is told of a claim, beside its id."""


def claim_changes(views: Views) -> Iterator[dict[str, Any]]:
    """Claims that are called otherwise, those that are gone, then each claim of the view in its order."""
    for old, new in views.renamed_claims.items():
        yield {"kind": ChangeKind.CLAIM_RENAMED, "claim_ids": (new,), "previous_claim_id": old}
    for gone, now_in in views.withdrawn.items():
        yield {
            "kind": ChangeKind.CLAIM_WITHDRAWN,
            "article_id": views.only_cause,
            "claim_ids": (gone,),
            "now_in": now_in,
        }
    for claim in views.after.claims:
        old_claim = views.claims.get(claim.claim_id)
        if old_claim is None:
            yield from _added(claim)
        elif old_claim is not claim or views.renamed_origins:
            yield from _changed(old_claim, claim, views)


def _added(claim: MergedClaim) -> Iterator[dict[str, Any]]:
    for at, support in enumerate(first_reports(claim).values()):
        yield _report(ChangeKind.ORIGIN_GAINED if at else ChangeKind.CLAIM_ADDED, claim, support)
        if support.commitment is Commitment.DENIES:
            yield _report(ChangeKind.DENIAL, claim, support)


def _changed(old: MergedClaim, new: MergedClaim, views: Views) -> Iterator[dict[str, Any]]:
    if any(getattr(old, name) != getattr(new, name) for name in _READ):
        articles = {support.article_id for support in new.supports}
        yield {
            "kind": ChangeKind.CLAIM_CHANGED,
            "article_id": views.cause(articles),
            "claim_ids": (new.claim_id,),
            "claim": ToldClaim.of(new),
        }
    renamed = views.renamed_origins
    before = {renamed.get(origin_id, origin_id): support for origin_id, support in first_reports(old).items()}
    now = first_reports(new)
    for origin_id in before:
        if origin_id not in now:
            yield {
                "kind": ChangeKind.ORIGIN_LOST,
                "article_id": views.only_cause,
                "claim_ids": (new.claim_id,),
                "origin_id": origin_id,
            }
    for origin_id, support in now.items():
        told = before.get(origin_id)
        if told is None:
            yield _report(ChangeKind.ORIGIN_GAINED, new, support)
        elif told is not support and _as_named_now(told, origin_id) != support:
            yield _report(ChangeKind.REPORT_CHANGED, new, support)
        if support.commitment is Commitment.DENIES and (told is None or told.commitment is not Commitment.DENIES):
            yield _report(ChangeKind.DENIAL, new, support)


def _as_named_now(support: Support, origin_id: str) -> Support:
    return support if support.origin_id == origin_id else support.model_copy(update={"origin_id": origin_id})


def _report(kind: ChangeKind, claim: MergedClaim, support: Support) -> dict[str, Any]:
    told = {
        "kind": kind,
        "article_id": support.article_id,
        "claim_ids": (claim.claim_id,),
        "origin_id": support.origin_id,
        "support": support,
    }
    return told | {"claim": ToldClaim.of(claim)} if kind in {ChangeKind.CLAIM_ADDED, ChangeKind.DENIAL} else told
