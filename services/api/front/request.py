"""What the front page is asked for: the parameters of `GET /v1/events`, as a form of a page sends them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from services.api.filters.parsing import PARAMETERS
from services.api.saved_searches.expanding import SAVED
from services.api.search.event_search import EventRequest
from services.api.search.list_cursors import Sort, read_list_cursor
from services.api.search.list_request import CURSOR, SORT, read_list_request

EVENTS_A_PAGE = 20
_OF_WORDS = frozenset({Sort.RELEVANCE.value, Sort.MEANING.value})
Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class FrontRequest:
    """What is asked for."""

    request: EventRequest
    conditions: tuple[tuple[str, str], ...]
    """The parameters that are conditions, as they were given."""
    sort: str | None
    """The order that was asked for; None: the usual one."""

    @property
    def first_page(self) -> bool:
        """Whether it is the beginning of the list."""
        return self.request.cursor is None

    def address(self, *, without: tuple[str, str | None] | None = None, cursor: str | None = None) -> str:
        """Of the page with these conditions in this order.

        Args:
            without: Name and value of one that is left out; of all values of the name where none is given.
            cursor: Where to go on; None: the first page.
        """
        name_out, value_out = without or ("", None)
        kept = [(name, value) for name, value in self.conditions if name != name_out or value_out not in (None, value)]
        return front_address([*kept, *_if_given(SORT, self.sort), *_if_given(CURSOR, cursor)])

    def feed(self) -> str:
        """The events of these conditions as a web feed."""
        return f"/events.atom?{urlencode(self.conditions)}" if self.conditions else "/events.atom"

    def json(self) -> str:
        """The first part of the list as JSON."""
        asked = [*self.conditions, (SORT, self.request.sort.value)]
        return f"/v1/events?{urlencode(asked)}"


def front_address(parameters: Parameters) -> str:
    """The front page with these parameters."""
    return f"/?{urlencode(parameters)}" if parameters else "/"


def given_parameters(parameters: Parameters) -> list[tuple[str, str]]:
    """What is asked for among the parameters of an address: a form sends its empty fields as well.

    Parameters that are not of the list are passed over, unlike at `/v1/events`: other sites put theirs into links.
    """
    known = {*PARAMETERS, SORT, CURSOR, SAVED}
    return [(name, value.strip()) for name, value in parameters if name in known and value.strip()]


def read_front_request(parameters: Parameters, *, has_index: bool) -> FrontRequest:
    """What is asked for by parameters that `given_parameters` gave.

    Without words the usual order is by growth: most independent origins gained lately first, then the latest change.

    Args:
        parameters: Without names of saved searches.
        has_index: Whether there is an index: without one there is only one order.

    Raises:
        BadParameters: a value cannot be read.
        BadCursor: the cursor is not one of ours, or of another order.
    """
    searched = any(name == "q" for name, _ in parameters)
    orders = [value for name, value in parameters if name == SORT and (searched or value not in _OF_WORDS)]
    cursors = [value for name, value in parameters if name == CURSOR]
    conditions = [(name, value) for name, value in parameters if name not in {SORT, CURSOR}]
    usual = usual_order(searched=searched) if has_index else Sort.UPDATED
    # A page that goes on keeps the order in which it began, also where that was the usual one then.
    order = orders or [(read_list_cursor(cursors[0]).sort if cursors else usual).value]
    asked = read_list_request(
        [*conditions, *((SORT, value) for value in order), *((CURSOR, value) for value in cursors)], EVENTS_A_PAGE
    )
    return FrontRequest(asked.request, tuple(conditions), orders[0] if orders else None)


def usual_order(*, searched: bool) -> Sort:
    """The order in which the page lists events unless another one is asked for."""
    return Sort.RELEVANCE if searched else Sort.GROWTH


def _if_given(name: str, value: str | None) -> list[tuple[str, str]]:
    return [] if value is None else [(name, value)]
