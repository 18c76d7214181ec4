"""What is kept of a published view changes nothing of what is told, stored and published of the next one."""

from itertools import pairwise

from hypothesis import given, settings

from services.contracts.event import Event
from services.dedupe.event_changes.changed_parts import ChangedParts
from services.dedupe.event_changes.changes import changes_between
from services.dedupe.event_changes.event_parts import EventParts
from services.dedupe.event_changes.published_view import PublishedView
from services.dedupe.event_changes.snapshot import build_snapshot
from services.dedupe.event_changes.stored_view import build_stored_fields, restore_view
from services.dedupe.event_changes.view_comparison import compare_views
from tests.support.big_view import big_view
from tests.support.random_views import streams


@settings(max_examples=80, deadline=None)
@given(streams())
def test_what_is_new_in_each_view_is_what_two_views_side_by_side_show(events: list[Event]) -> None:
    published, before = PublishedView(), None
    for event in events:
        news = published.replace_view(event)
        changes = changes_between(before, event)
        assert news.changes == changes
        assert (news.stored, news.removed) == build_stored_fields(before, event, changes)
        assert published.build_snapshot() == build_snapshot(event)
        before = event


@settings(max_examples=80, deadline=None)
@given(streams())
def test_parts_that_are_kept_give_the_changes_and_the_snapshot_of_the_whole_view(events: list[Event]) -> None:
    parts = EventParts(events[0])
    for before, event in pairwise(events):
        changed = ChangedParts.between(before, event)
        parts.update_parts(changed)
        assert parts.ranked_claims == EventParts(event).ranked_claims
        comparison = compare_views(before, event, changed, parts)
        assert changes_between(before, event, comparison) == changes_between(before, event)
        assert build_snapshot(event, 20_000, parts) == build_snapshot(event, 20_000)


def test_a_large_view_that_was_restored_is_followed_like_one_that_was_published() -> None:
    views = [big_view(300, claims, seed=1).model_copy(update={"version": claims}) for claims in (20, 21, 24)]
    first = PublishedView().replace_view(views[0])
    restored = PublishedView(restore_view(first.stored))
    whole = PublishedView(views[0])
    for view in views[1:]:
        assert restored.replace_view(view) == whole.replace_view(view)
        assert restored.build_snapshot() == whole.build_snapshot() == build_snapshot(view)
