"""Filters of streams."""

import gc
import weakref

from services.api.filters.event_filter import EventFilter
from services.api.filters.facts import facts_of
from services.api.updates.stream_filter import StreamFilter
from tests.unit.api.examples import event


def test_a_filter_is_forgotten_with_its_reader() -> None:
    wanted = EventFilter(publisher=("nobody.example",))
    assert not StreamFilter(wanted).wants(facts_of(event()), None)
    kept = weakref.ref(wanted)
    del wanted
    gc.collect()
    assert kept() is None
