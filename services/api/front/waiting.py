"""How many events of a list are new or have changed since it was shown."""

from dataclasses import dataclass

from services.api.front.request import FrontRequest
from services.api.pages.front_page import MANY_WAIT, MOST_CHANGES_COUNTED, waiting_words
from services.api.search.event_search import EventRequest
from services.api.search.list_cursors import Sort
from services.api.search.list_finding import EventLister
from services.api.summaries import EventSummary
from services.api.updates.update_log import UpdateLog

MOST_UPDATES_READ = 300


@dataclass(frozen=True)
class Waiting:
    """What waits to be shown."""

    words: str
    """Empty: nothing."""
    position: str
    """Of the update log: up to here it was looked at. Where nothing waits, ask from here on."""


async def waiting_events(lister: EventLister, log: UpdateLog, asked: FrontRequest, after: str) -> Waiting:
    """What waits.

    Args:
        lister: Finds which of the changed events the list has.
        log: The update log.
        asked: The list.
        after: Position up to which the list is.

    Raises:
        BadPosition: `after` is no position.
        Refused: there is no index.
        TransientError: Redis does not answer.
    """
    if not (await log.bounds()).reaches(after):
        return Waiting(MANY_WAIT, after)
    updates = await log.read(after, MOST_UPDATES_READ)
    if not updates:
        return Waiting("", after)
    position = updates[-1].position
    await lister.reach(position)
    is_new = {update.event_id: update.previous_version == 0 for update in reversed(updates)}
    found = await lister.find(EventRequest(asked.request.filter, Sort.UPDATED, len(is_new), event_ids=tuple(is_new)))
    listed = [EventSummary.model_validate_json(event.summary).event_id for event in found.events]
    if listed and (len(updates) == MOST_UPDATES_READ or len(listed) > MOST_CHANGES_COUNTED):
        return Waiting(MANY_WAIT, position)
    new = sum(is_new[event_id] for event_id in listed)
    return Waiting(waiting_words(new, len(listed) - new), position)
