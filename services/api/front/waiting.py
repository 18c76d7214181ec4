"""How many events of a list are new or have changed since it was shown."""

from services.api.front.request import FrontRequest
from services.api.pages.front_page import MOST_CHANGES_COUNTED, waiting_words
from services.api.search.event_search import EventRequest
from services.api.search.list_cursors import Sort
from services.api.search.list_finding import EventLister
from services.api.summaries import EventSummary
from services.api.updates.update_log import UpdateLog

MOST_UPDATES_READ = 1_000


async def waiting_events(lister: EventLister, log: UpdateLog, asked: FrontRequest, after: str) -> str:
    """In words; empty: none.

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
        return waiting_words(0, 0, more=True)
    updates = await log.read(after, MOST_UPDATES_READ)
    if not updates:
        return ""
    await lister.reach(updates[-1].position)
    is_new = {update.event_id: update.previous_version == 0 for update in reversed(updates)}
    more = len(is_new) > MOST_CHANGES_COUNTED or len(updates) == MOST_UPDATES_READ
    ids = tuple(is_new)[:MOST_CHANGES_COUNTED]
    found = await lister.find(EventRequest(asked.request.filter, Sort.UPDATED, len(ids), event_ids=ids))
    listed = [EventSummary.model_validate_json(event.summary).event_id for event in found.events]
    new = sum(is_new[event_id] for event_id in listed)
    return waiting_words(new, len(listed) - new, more=more and bool(listed))
