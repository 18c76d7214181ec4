"""`saved=NAME` among the parameters of a query: what the saved search asks for takes its place."""

import re
from collections.abc import Collection, Sequence
from http import HTTPStatus

from services.api.errors import Refused, bad_parameters
from services.api.filters.parsing import BadParameters, Fault, as_parameters
from services.api.saved_searches.saved_search import NAME_PATTERN
from services.api.saved_searches.saved_search_store import SavedSearchStore

SAVED = "saved"
_NAME = re.compile(NAME_PATTERN)
Parameters = list[tuple[str, str]]
SAVED_PARAMETER = {
    "name": SAVED,
    "in": "query",
    "required": False,
    "description": "Name of a saved search, whose filter holds. A condition that is given beside it takes the place of "
    "that condition of the search.",
    "schema": {"type": "string", "pattern": NAME_PATTERN},
}
"""As OpenAPI documents describe it."""


class SavedSearchExpander:
    """Expands parameters by what is saved."""

    def __init__(self, searches: SavedSearchStore) -> None:
        self._searches = searches

    async def __call__(self, parameters: Sequence[tuple[str, str]]) -> Parameters:
        """The parameters without `saved`, and those of the search that none of them replaces.

        Raises:
            Refused: there is no such search, or two are named.
            TransientError: Redis does not answer.
        """
        names = [value for name, value in parameters if name == SAVED]
        own = [(name, value) for name, value in parameters if name != SAVED]
        if not names:
            return own
        if len(names) > 1 or not _NAME.fullmatch(names[0]):
            raise bad_parameters(BadParameters([Fault(SAVED, "give one name, of a-z, 0-9, - and _")]))
        search = await self._searches.find(names[0])
        if search is None:
            raise no_search(names[0])
        return [*_beside(as_parameters(search.filter), {name for name, _ in own}), *own]


def _beside(saved: Parameters, given: Collection[str]) -> Parameters:
    return [(name, value) for name, value in saved if name not in given]


def no_search(name: str) -> Refused:
    """There is no saved search of this name."""
    detail = f"There is no saved search {name}. /v1/saved-searches lists all."
    return Refused(HTTPStatus.NOT_FOUND, "No such saved search", detail)
