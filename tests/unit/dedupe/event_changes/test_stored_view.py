"""What is kept of a view to tell the next changes."""

import random

from hypothesis import given, settings

from services.contracts.event import Event
from services.dedupe.event_changes.changes import changes_between
from services.dedupe.event_changes.stored_view import build_stored_fields, build_stored_view, restore_view
from tests.support.big_view import big_view
from tests.support.random_views import streams


@settings(max_examples=120, deadline=None)
@given(streams())
def test_what_is_kept_part_by_part_gives_the_changes_that_the_whole_view_gives(events: list[Event]) -> None:
    fields: dict[str, bytes] = {}
    before = None
    for event in events:
        kept = restore_view(fields)
        changes = changes_between(before, event)
        assert changes_between(kept, event) == changes
        put, gone = build_stored_fields(before, event, changes)
        assert build_stored_fields(kept, event, changes) == (put, gone)
        fields = {key: part for key, part in (fields | put).items() if key not in gone}
        before = event
        assert fields == build_stored_fields(None, event, changes_between(None, event))[0]


@settings(max_examples=60, deadline=None)
@given(streams())
def test_a_kept_view_gives_the_same_changes_in_whatever_order_it_lists_its_parts(events: list[Event]) -> None:
    before, after = events[0], events[-1]
    kept = build_stored_view(before)
    mixed = {name: list(getattr(kept, name)) for name in ("articles", "origins", "claims")}
    for listed in mixed.values():
        random.Random(7).shuffle(listed)
    shuffled = kept.model_copy(update={name: tuple(listed) for name, listed in mixed.items()})
    assert changes_between(shuffled, after) == changes_between(before, after)


def test_one_more_claim_writes_little_however_big_the_event_is() -> None:
    after = big_view(500, 300)
    before = after.model_copy(update={"version": 6, "claims": after.claims[:-1]})
    put, gone = build_stored_fields(before, after, changes_between(before, after))
    assert set(put) == {"head", f"claim:{after.claims[-1].claim_id}"}
    assert gone == frozenset()
    assert sum(map(len, put.values())) < 5_000


def test_nothing_is_kept_of_an_event_that_has_no_fields() -> None:
    assert restore_view({}) is None
