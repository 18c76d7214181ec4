"""Query parameters of `GET /v1/events` and `GET /v1/claims`, beside their filters. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.api.cursors import BadCursor, CursorOfOtherList
from services.api.filters.parsing import BadParameters, Fault, parse_filter, read_name, read_value, split_values
from services.api.search.claim_filter import parse_claim_filter
from services.api.search.claim_ids import HIGHEST_NUMBER
from services.api.search.claim_search import ClaimRequest
from services.api.search.event_search import FACETS, EventRequest
from services.api.search.list_cursors import Sort, read_list_cursor
from services.api.search.models import SUMMARY_FIELDS

LIMIT, CURSOR, SORT, FACET, FIELDS = "limit", "cursor", "sort", "facets", "fields"
CLAIM_CURSOR_PATTERN = "^claims~[0-9]{1,19}$"
_CLAIM_CURSOR = re.compile(CLAIM_CURSOR_PATTERN, re.ASCII)
Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ListRequest:
    """What is asked for, and what of each event is wanted: all without `fields`."""

    request: EventRequest
    fields: tuple[str, ...]


def read_list_request(parameters: Parameters, limit: int) -> ListRequest:
    """The request for a part of the list of events.

    Raises:
        BadParameters: a parameter is unknown, or its value cannot be read.
        BadCursor: the cursor is not one of ours, or of another order.
    """
    event_filter = parse_filter(parameters, (LIMIT, CURSOR, SORT, FACET, FIELDS))
    faults: list[Fault] = []
    sort = _sort(_values(parameters, SORT), faults, searched=bool(event_filter.q))
    facets = _chosen(FACET, _values(parameters, FACET), FACETS, faults)
    fields = _chosen(FIELDS, _values(parameters, FIELDS), SUMMARY_FIELDS, faults)
    texts = _values(parameters, CURSOR)
    if len(texts) > 1:
        faults.append(Fault(CURSOR, "give it once"))
    if faults:
        raise BadParameters(faults)
    cursor = read_list_cursor(texts[0]) if texts else None
    if cursor is not None and cursor.sort is not sort:
        raise CursorOfOtherList(f"it continues a list in the order {cursor.sort.value}")
    return ListRequest(EventRequest(event_filter, sort, limit, cursor, facets), fields)


def read_claim_request(parameters: Parameters, limit: int) -> ClaimRequest:
    """The request for a part of the claims.

    Raises:
        BadParameters: a parameter is unknown, or its value cannot be read.
        BadCursor: the cursor is not one of ours.
    """
    claim_filter = parse_claim_filter(parameters, (LIMIT, CURSOR))
    texts = _values(parameters, CURSOR)
    if len(texts) > 1:
        raise BadParameters([Fault(CURSOR, "give it once")])
    return ClaimRequest(claim_filter, limit, _read_claim_cursor(texts[0]) if texts else None)


def write_claim_cursor(number: int | None) -> str | None:
    """The cursor that continues after a claim."""
    return None if number is None else f"claims~{number}"


def _read_claim_cursor(text: str) -> int:
    if not _CLAIM_CURSOR.fullmatch(text):
        raise BadCursor("it names no place among the claims")
    return min(int(text.removeprefix("claims~")), HIGHEST_NUMBER)


def _values(parameters: Parameters, name: str) -> list[str]:
    return [value for given, value in parameters if given == name]


def _sort(values: Sequence[str], faults: list[Fault], *, searched: bool) -> Sort:
    if not values:
        return Sort.RELEVANCE if searched else Sort.UPDATED
    try:
        sort = Sort(read_value(Sort, values[0]))
    except ValueError as error:
        faults.append(Fault(SORT, str(error)))
        return Sort.UPDATED
    if len(values) > 1:
        faults.append(Fault(SORT, "give it once"))
    if sort in {Sort.RELEVANCE, Sort.MEANING} and not searched:
        faults.append(Fault(SORT, f"{sort} is to words: give q as well"))
    return sort


def _chosen(name: str, values: Sequence[str], known: Sequence[str], faults: list[Fault]) -> tuple[str, ...]:
    """The names that a parameter lists, each once."""
    if not values:
        return ()
    try:
        return tuple(dict.fromkeys(read_name(text, known) for text in split_values(values)))
    except ValueError as error:
        faults.append(Fault(name, str(error)))
        return ()
