"""One version of an event that is kept, and what a client is told where it is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from services.api.errors import Refused, no_event
from services.api.history.entries import VersionEntry, place_after, place_of
from services.api.history.history_store import HistoryStore
from services.api.summaries import event_page, version_page


@dataclass(frozen=True)
class KeptVersion:
    """A version of an event that is kept."""

    event_id: str
    entries: Sequence[VersionEntry]
    """Of all versions that are kept, in order."""
    place: int
    """Where this one stands among them."""

    @property
    def entry(self) -> VersionEntry:
        """Of this version."""
        return self.entries[self.place]


async def find_version(history: HistoryStore, event_id: str, version: int) -> KeptVersion:
    """The version of exactly this event, merged or not.

    Raises:
        Refused: there is no such event, or the version is not kept.
        TransientError: Redis does not answer.
    """
    entries = await history.versions(event_id)
    if not entries:
        raise no_event(event_id)
    place = place_of(entries, version)
    if place is None:
        raise no_version(event_id, version, entries)
    return KeptVersion(event_id, entries, place)


def no_version(event_id: str, version: int, entries: Sequence[VersionEntry]) -> Refused:
    """The version is not kept."""
    if not entries:
        return no_event(event_id)
    after = place_after(entries, version)
    near = [entries[at].version for at in (after - 1, after) if 0 <= at < len(entries)]
    first, last = entries[0].version, entries[-1].version
    if version < first:
        reason = f"Version {version} is no longer kept: the history of the event {event_id} begins at version {first}."
    elif version > last:
        reason = f"Of the event {event_id} there is no version {version} yet: the latest is {last}."
    else:
        reason = f"Of the event {event_id} there is no version {version}: an event that changes often passes some over."
    pages = [(version_page(event_id, number), f"Version {number}") for number in near if number != last]
    return Refused(
        HTTPStatus.NOT_FOUND,
        "No such version",
        f"{reason} The nearest that are kept: {' and '.join(map(str, near))}.",
        links=((event_page(event_id), f"The current version, {last}"), *pages),
        first_version=first,
        last_version=last,
    )
