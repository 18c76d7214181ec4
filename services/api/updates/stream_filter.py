"""Which frames of the stream a reader wants. Pure."""

from dataclasses import dataclass
from functools import cached_property

from services.api.filters.event_filter import EVERY_EVENT, EventFilter
from services.api.filters.facts import EventFacts
from services.api.filters.matching import Test, tests_of


@dataclass(frozen=True)
class StreamFilter:
    """A filter of events, and kinds of changes of which an update must have one."""

    events: EventFilter = EVERY_EVENT
    changes: frozenset[str] = frozenset()
    """Kinds; empty: whatever changed."""

    @cached_property
    def _tests(self) -> tuple[Test, ...]:
        return tests_of(self.events)

    def wants(self, facts: EventFacts, kinds: frozenset[str] | None) -> bool:
        """Whether an update is wanted: `facts` of the event as it is now, `kinds` of the changes that led to it.

        Where the changes are not known, the update is given: rather one too many than one too few.
        """
        if self.changes and kinds is not None and self.changes.isdisjoint(kinds):
            return False
        return all(test(facts) for test in self._tests)
