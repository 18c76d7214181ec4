"""The query parameters of the list of events and of the claims, as the OpenAPI document describes them."""

import inspect
from typing import Any

from services.api.filters.event_filter import HAS_WORD, LONGEST_VALUE, MOST_VALUES, NEGATION, VALUES
from services.api.filters.openapi import EXAMPLES, MOMENT_PATTERN, filter_parameters
from services.api.search.claim_filter import CLAIM_PARAMETERS, ClaimFilter
from services.api.search.event_search import FACETS
from services.api.search.list_cursors import LIST_CURSOR_PATTERN, Sort
from services.api.search.list_request import CLAIM_CURSOR_PATTERN, CURSOR, FACET, FIELDS, SORT
from services.api.search.models import SUMMARY_FIELDS
from services.contracts.claim import Commitment


def _list_of(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": value, "minItems": 1, "maxItems": MOST_VALUES}


def _parameter(name: str, description: str, schema: dict[str, Any], example: Any = None) -> dict[str, Any]:
    shown = {} if example is None else {"example": example}
    form = {"style": "form", "explode": True} if schema["type"] == "array" else {}
    return {
        "name": name, "in": "query", "required": False, "description": description, "schema": schema, **shown, **form,
    }  # fmt: skip


_NAME = {"type": "string", "minLength": 1, "maxLength": LONGEST_VALUE, "pattern": HAS_WORD}
_MOMENT = {"type": "string", "pattern": MOMENT_PATTERN}
_CONTINUES = "The `next` of the answer to continue."

EVENT_QUERY: list[dict[str, Any]] = [
    _parameter(CURSOR, _CONTINUES, {"type": "string", "pattern": LIST_CURSOR_PATTERN}),
    _parameter(
        SORT,
        "The order; `relevance` where `q` is given, else `updated`. `relevance` needs `q`.",
        {"type": "string", "enum": [sort.value for sort in Sort]},
        "origins",
    ),
    _parameter(
        FACET,
        "Count the matching events by these.",
        _list_of({"type": "string", "enum": list(FACETS)}),
        ["publisher", "has"],
    ),
    _parameter(
        FIELDS,
        "Give only these of each event.",
        _list_of({"type": "string", "enum": list(SUMMARY_FIELDS)}),
        ["event_id", "headline"],
    ),
    *filter_parameters(),
]
_CLAIM_SCHEMAS: dict[str, dict[str, Any]] = {
    "kind": _list_of({"type": "string", "enum": [value.value for value in VALUES["kind"]]}),
    "commitment": _list_of({"type": "string", "enum": [value.value for value in Commitment]}),
    "min_origins": {"type": "integer", "minimum": 1, "maximum": 999_999_999},
    "published_since": _MOMENT,
    "published_until": _MOMENT,
}
_CLAIM_EXAMPLES = EXAMPLES | {"commitment": ["denies"], "event": ["evt_4be1d0a7c39f52e6810b"]}


def _claim_parameter(name: str) -> dict[str, Any]:
    condition = name.removeprefix(NEGATION)
    described = ClaimFilter.model_fields[name].description
    meaning = (
        inspect.cleandoc(described).replace("\n", " ")
        if described
        else f"Exactly the claims that `{condition}` with this value leaves out."
    )
    return _parameter(name, meaning, _CLAIM_SCHEMAS.get(condition, _list_of(_NAME)), _CLAIM_EXAMPLES[condition])


CLAIM_QUERY: list[dict[str, Any]] = [
    _parameter(CURSOR, _CONTINUES, {"type": "string", "pattern": CLAIM_CURSOR_PATTERN}),
    *map(_claim_parameter, CLAIM_PARAMETERS),
]
