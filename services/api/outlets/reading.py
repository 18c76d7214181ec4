"""Answers what an outlet did, from the index."""

from http import HTTPStatus

from services.api.cursors import BadCursor, decode_cursor, encode_cursor
from services.api.errors import Refused, bad_cursor
from services.api.outlets.measures import Count
from services.api.outlets.models import FLOOR, CopiedFrom, FoundOutlet, Measure, MeasureName, OutletEvent
from services.api.outlets.outlet_keys import outlet_page, read_outlet_key
from services.api.outlets.outlet_search import FoundCounts, OutletCounts, OutletRequest
from services.api.search.search_index import SearchIndex

_OF: dict[MeasureName, Count] = {
    MeasureName.FIRST: "decided",
    MeasureName.COPIES: "articles",
    MeasureName.NAMED: "claims",
    MeasureName.CORRECTED: "articles",
    MeasureName.WITHDRAWN: "articles",
    MeasureName.SUPERSEDED: "figures",
}
"""What each is counted of."""
MOST_SHOWN = 100
"""Characters of a key in an error."""


async def read_outlet(
    index: SearchIndex, asked: str, limit: int, cursor: str | None, only: MeasureName | None
) -> FoundOutlet:
    """What an outlet did, by domain or name. Raises Refused where there is none or the cursor is none of ours."""
    key = read_outlet_key(asked)
    if key is None:
        raise no_outlet(asked)
    try:
        after = None if cursor is None else decode_cursor(cursor)
    except BadCursor as error:
        raise bad_cursor(error) from error
    found = await index.outlet(OutletRequest(key, limit, after, only))
    if found is None:
        raise no_outlet(asked)
    return FoundOutlet(
        key=key,
        name=found.name,
        page=outlet_page(key),
        articles=found.totals["articles"],
        covered=found.covered,
        floor=FLOOR,
        measures=tuple(_measure(name, found) for name in MeasureName),
        copied_from=tuple(CopiedFrom(name=name, key=of, articles=number) for name, of, number in found.sources),
        events=tuple(map(_event, found.events)),
        next=None if found.next is None else encode_cursor(found.next),
    )


def no_outlet(asked: str) -> Refused:
    """No event has an article of the outlet."""
    shown = asked if len(asked) <= MOST_SHOWN else f"{asked[:MOST_SHOWN]}…"
    return Refused(
        HTTPStatus.NOT_FOUND,
        "No such outlet",
        f"No event has an article of {shown}. Give the domain, such as courier.example, or the name of an outlet whose "
        "domain is not known; /v1/events?facets=publisher lists outlets.",
    )


def _measure(name: MeasureName, found: FoundCounts) -> Measure:
    count, of = found.totals[name.value], found.totals[_OF[name]]
    return Measure(name=name, count=count, of=of, share=round(count / of, 4) if of >= FLOOR else None)


def _event(event: OutletCounts) -> OutletEvent:
    counts = event.counts
    first = bool(counts["first"]) if counts["decided"] else None
    return OutletEvent.model_validate({**event.summary, **counts, "first": first})
