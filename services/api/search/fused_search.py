"""The list of events by words and meaning together: reciprocal ranks of both."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import orjson

from services.api.search.event_search import EventRequest, FoundEvents, ListedEvent
from services.api.search.fusing import fuse
from services.api.search.list_cursors import Sort
from services.api.search.search_index import SearchIndex

RANKED = 100
"""Events of each ranking that are fused. The list ends with them."""


async def search_fused(index: SearchIndex, request: EventRequest, meaning: Sequence[Sequence[str]]) -> FoundEvents:
    """The events that fit best by words and meaning, without a cursor to continue.

    Args:
        index: Has the words, and knows which events meet the filter.
        request: What is asked for. An event near in meaning need not have the words of `q`, but meets all else.
        meaning: Ids of events near in meaning, the nearest first; several for several texts.
    """
    by_words = await index.events(replace(request, sort=Sort.RELEVANCE, limit=RANKED, cursor=None))
    listed = {_id(event): event for event in by_words.events}
    wanted = tuple(dict.fromkeys(each for ranking in meaning for each in ranking))
    words = list(listed)
    if wanted:
        others = request.filter.model_copy(update={"q": ()})
        near = await index.events(EventRequest(others, Sort.UPDATED, len(wanted), event_ids=wanted))
        listed = {_id(event): event for event in near.events} | listed
    rankings = [[each for each in ranking if each in listed] for ranking in meaning]
    ordered = fuse(words, *rankings)
    return replace(by_words, events=[listed[each] for each in islice(ordered, request.limit)], next=None)


def _id(event: ListedEvent) -> str:
    return str(orjson.loads(event.summary)["event_id"])
