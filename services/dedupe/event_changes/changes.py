"""Lists what is new from one view of an event to the next, as the messages of `event.changed.v1`. Pure.

What did not change costs next to nothing: a part that is the same object in both views is not looked into. So it pays
to build a view from the parts of the one before.
"""

from collections.abc import Iterator
from typing import Any

from services.contracts.article import ArticleStatus
from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import EventChange
from services.contracts.event import Event, EventArticle, EventStatus, LineageEntry
from services.dedupe.event_changes.claim_changes import list_claim_changes
from services.dedupe.event_changes.contradiction_changes import list_contradiction_changes
from services.dedupe.event_changes.figure_changes import list_figure_changes
from services.dedupe.event_changes.view_comparison import ViewComparison, compare_views

ChangeParts = dict[str, Any]
"""The parts of one change: its kind, and what is not null."""

_LINEAGE = {"merge": ChangeKind.ABSORBED, "split": ChangeKind.SPLIT, "move": ChangeKind.MOVED}


def changes_between(
    previous_view: Event | None, current_view: Event, comparison: ViewComparison | None = None
) -> tuple[EventChange, ...]:
    """All that is new, in a fixed order; nothing if it is the same version.

    Args:
        previous_view: The view that was told last, whole; None if none was.
        current_view: The view now, whole: a snapshot may lack articles, and lacks why they are in the event.
        comparison: Of the two, where somebody has it already.
    """
    if previous_view is not None and previous_view.version == current_view.version:
        return ()
    views = compare_views(previous_view, current_view) if comparison is None else comparison
    told = list(_list_changes(previous_view, current_view, views)) or [ChangeParts(kind=ChangeKind.UNCHANGED)]
    return tuple(
        EventChange(
            event_id=current_view.event_id,
            version=current_view.version,
            previous_version=0 if previous_view is None else previous_view.version,
            place=place,
            changes=len(told),
            at=current_view.updated_at,
            counts=current_view.counts,
            **parts,
        )
        for place, parts in enumerate(told, start=1)
    )


def _list_changes(previous_view: Event | None, current_view: Event, views: ViewComparison) -> Iterator[ChangeParts]:
    if previous_view is None:
        founder = next((one.article_id for one in current_view.articles if one.role == "founder"), None)
        yield ChangeParts(kind=ChangeKind.EVENT_FOUNDED, headline=current_view.headline, article_id=founder)
    yield from _list_lineage_changes(previous_view, current_view)
    if current_view.status is EventStatus.MERGED:
        if previous_view is None or previous_view.status is not EventStatus.MERGED:
            yield _build_merge_change(current_view)
        return
    if previous_view is not None and previous_view.headline != current_view.headline:
        source = next((one.article_id for one in current_view.articles if one.title == current_view.headline), None)
        yield ChangeParts(kind=ChangeKind.HEADLINE_CHANGED, headline=current_view.headline, article_id=source)
    yield from _list_article_changes(views)
    yield from list_claim_changes(views)
    yield from list_figure_changes(views)
    yield from list_contradiction_changes(views)
    if current_view.status is EventStatus.CLOSED and (
        previous_view is None or previous_view.status is not EventStatus.CLOSED
    ):
        yield ChangeParts(kind=ChangeKind.CLOSED)


def _build_merge_change(current_view: Event) -> ChangeParts:
    reason = next(
        (entry.reason for entry in reversed(current_view.lineage) if _is_entry_of_own_end(entry, current_view)), None
    )
    return ChangeParts(kind=ChangeKind.MERGED, other_event_id=current_view.merged_into, reason=reason)


def _is_entry_of_own_end(lineage_entry: LineageEntry, current_view: Event) -> bool:
    return (
        current_view.status is EventStatus.MERGED
        and lineage_entry.kind == "merge"
        and lineage_entry.event_id == current_view.merged_into
    )


def _list_lineage_changes(previous_view: Event | None, current_view: Event) -> Iterator[ChangeParts]:
    """Entries that were not there; the oldest ones may be gone."""
    known = list(previous_view.lineage) if previous_view is not None else []
    for entry in current_view.lineage:
        if entry in known:
            known.remove(entry)
        elif entry.kind in _LINEAGE and not _is_entry_of_own_end(entry, current_view):
            yield ChangeParts(kind=_LINEAGE[entry.kind], other_event_id=entry.event_id, reason=entry.reason)


def _list_article_changes(comparison: ViewComparison) -> Iterator[ChangeParts]:
    for old, new in comparison.renamed_origins.items():
        yield ChangeParts(kind=ChangeKind.ORIGIN_RENAMED, origin_id=new, previous_origin_id=old)
    now = {article.article_id for article in comparison.parts.articles.new}
    for article_id in comparison.articles:
        if article_id not in now:
            yield ChangeParts(kind=ChangeKind.ARTICLE_LEFT, article_id=article_id)
    for article in comparison.parts.articles.new:
        kind = _find_article_change_kind(comparison.articles.get(article.article_id), article)
        if kind is not None:
            yield ChangeParts(kind=kind, article_id=article.article_id, article=article)


def _find_article_change_kind(old_article: EventArticle | None, new_article: EventArticle) -> ChangeKind | None:
    if old_article is None:
        return ChangeKind.ARTICLE_JOINED
    if old_article == new_article:
        return None
    if old_article.status is not new_article.status and new_article.status is ArticleStatus.WITHDRAWN:
        return ChangeKind.ARTICLE_WITHDRAWN
    if (old_article.revision, old_article.status) != (new_article.revision, new_article.status):
        return ChangeKind.ARTICLE_CORRECTED
    return ChangeKind.ARTICLE_REGROUPED
