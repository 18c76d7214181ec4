"""What is new from one view of an event to the next, as the messages of `event.changed.v1`. Pure.

What did not change costs next to nothing: a part that is the same object in both views is not looked into. So it pays
to build a view from the parts of the one before.
"""

from collections.abc import Iterator
from typing import Any

from services.contracts.article import ArticleStatus
from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import EventChange
from services.contracts.event import Event, EventArticle, EventStatus, LineageEntry
from services.dedupe.telling.claim_changes import claim_changes
from services.dedupe.telling.dispute_changes import contradiction_changes, figure_changes
from services.dedupe.telling.views import Views, compare

Told = dict[str, Any]
"""The parts of one change: its kind, and what is not null."""

_LINEAGE = {"merge": ChangeKind.TAKEN_UP, "split": ChangeKind.SPLIT, "move": ChangeKind.MOVED}


def changes_between(before: Event | None, after: Event) -> tuple[EventChange, ...]:
    """All that is new, in a fixed order; nothing if it is the same version.

    Args:
        before: The view that was told last, whole; None if none was.
        after: The view now, whole: a snapshot may lack articles, and lacks why they are in the event.
    """
    if before is not None and before.version == after.version:
        return ()
    told = list(_told(before, after)) or [Told(kind=ChangeKind.RETOLD)]
    return tuple(
        EventChange(
            event_id=after.event_id,
            version=after.version,
            previous_version=0 if before is None else before.version,
            place=place,
            changes=len(told),
            at=after.updated_at,
            counts=after.counts,
            **parts,
        )
        for place, parts in enumerate(told, start=1)
    )


def _told(before: Event | None, after: Event) -> Iterator[Told]:
    views = compare(before, after)
    if before is None:
        founder = next((one.article_id for one in after.articles if one.role == "founder"), None)
        yield Told(kind=ChangeKind.EVENT_FOUNDED, headline=after.headline, article_id=founder)
    yield from _lineage(before, after)
    if after.status is EventStatus.MERGED:
        if before is None or before.status is not EventStatus.MERGED:
            yield _merged(after)
        return
    if before is not None and before.headline != after.headline:
        source = next((one.article_id for one in after.articles if one.title == after.headline), None)
        yield Told(kind=ChangeKind.HEADLINE_CHANGED, headline=after.headline, article_id=source)
    yield from _articles(views)
    yield from claim_changes(views)
    yield from figure_changes(views)
    yield from contradiction_changes(views)
    if after.status is EventStatus.CLOSED and (before is None or before.status is not EventStatus.CLOSED):
        yield Told(kind=ChangeKind.CLOSED)


def _merged(after: Event) -> Told:
    reason = next((entry.reason for entry in reversed(after.lineage) if _is_own_end(entry, after)), None)
    return Told(kind=ChangeKind.MERGED, other_event_id=after.merged_into, reason=reason)


def _is_own_end(entry: LineageEntry, after: Event) -> bool:
    return after.status is EventStatus.MERGED and entry.kind == "merge" and entry.event_id == after.merged_into


def _lineage(before: Event | None, after: Event) -> Iterator[Told]:
    """Entries that were not there; the oldest ones may be gone."""
    known = list(before.lineage) if before is not None else []
    for entry in after.lineage:
        if entry in known:
            known.remove(entry)
        elif entry.kind in _LINEAGE and not _is_own_end(entry, after):
            yield Told(kind=_LINEAGE[entry.kind], other_event_id=entry.event_id, reason=entry.reason)


def _articles(views: Views) -> Iterator[Told]:
    for old, new in views.renamed_origins.items():
        yield Told(kind=ChangeKind.ORIGIN_RENAMED, origin_id=new, previous_origin_id=old)
    now = {article.article_id for article in views.after.articles}
    for article_id in views.articles:
        if article_id not in now:
            yield Told(kind=ChangeKind.ARTICLE_LEFT, article_id=article_id)
    for article in views.after.articles:
        kind = _article_kind(views.articles.get(article.article_id), article)
        if kind is not None:
            yield Told(kind=kind, article_id=article.article_id, article=article)


def _article_kind(old: EventArticle | None, new: EventArticle) -> ChangeKind | None:
    if old is None:
        return ChangeKind.ARTICLE_JOINED
    if old is new or old == new:
        return None
    if old.status is not new.status and new.status is ArticleStatus.WITHDRAWN:
        return ChangeKind.ARTICLE_WITHDRAWN
    if (old.revision, old.status) != (new.revision, new.status):
        return ChangeKind.ARTICLE_CORRECTED
    return ChangeKind.ARTICLE_REGROUPED
