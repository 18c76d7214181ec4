"""The parameters of filters as an OpenAPI document describes them."""

import inspect
from typing import Any

from services.api.filters.event_filter import CONDITIONS, HAS_WORD, LONGEST_VALUE, MOST_VALUES, NEGATION, VALUES
from services.api.filters.event_filter import EventConditions as Conditions

_DAY = "[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
_TIME = r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])"
MOMENT_PATTERN = f"^{_DAY}({_TIME})?$"
"""Texts that are a date or a time for certain; a few days at ends of months are beside it."""
_MONTH = "[12][0-9]{3}(-(0[1-9]|1[0-2]))?"

_NAME = {"type": "string", "minLength": 1, "maxLength": LONGEST_VALUE, "pattern": HAS_WORD}
_COUNT = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
_MOMENT = {"type": "string", "pattern": MOMENT_PATTERN}
_SCHEMAS: dict[str, dict[str, Any]] = {
    "language": {"type": "string", "pattern": "^[a-zA-Z]{2,3}$"},
    "updated_since": _MOMENT,
    "updated_until": _MOMENT,
    "published_since": _MOMENT,
    "published_until": _MOMENT,
    "mentions_date": {"type": "string", "pattern": f"^({_MONTH}|{_DAY})$"},
    "min_origins": _COUNT,
    "min_publishers": _COUNT,
    "single_origin": {"type": "boolean"},
    **{name: {"type": "string", "enum": [value.value for value in values]} for name, values in VALUES.items()},
}
"""Of one value, by condition; of the others: a name."""
_SINGLE = frozenset(name for name, schema in _SCHEMAS.items() if schema in (_COUNT, _MOMENT, {"type": "boolean"}))
EXAMPLES: dict[str, Any] = {
    "q": ["ferry capsized"],
    "publisher": ["corrowgazette.example"],
    "family": ["Harbour Media"],
    "language": ["en"],
    "entity": ["Ilya Marchenkov"],
    "speaker": ["Marchenkov"],
    "kind": ["quotation"],
    "status": ["open"],
    "updated_since": "2026-03-04T16:00:00Z",
    "updated_until": "2026-03-05",
    "published_since": "2026-03-01",
    "published_until": "2026-03-28",
    "mentions_date": ["2026-03-04"],
    "min_origins": 2,
    "min_publishers": 3,
    "single_origin": True,
    "has": ["contradiction", "denial"],
}
"""A value of each condition."""


def filter_parameters() -> list[dict[str, Any]]:
    """A parameter object for each condition, then for each negation."""
    return [_parameter(name, EXAMPLES[name], _meaning(name)) for name in CONDITIONS] + [
        _parameter(NEGATION + name, EXAMPLES[name], f"Exactly the events that `{name}` with this value leaves out.")
        for name in CONDITIONS
    ]


def _meaning(name: str) -> str:
    return inspect.cleandoc(str(Conditions.model_fields[name].description)).replace("\n", " ")


def _parameter(name: str, example: Any, description: str) -> dict[str, Any]:
    condition = name.removeprefix(NEGATION)
    value = _SCHEMAS.get(condition, _NAME)
    single = condition in _SINGLE
    schema = value if single else {"type": "array", "items": value, "minItems": 1, "maxItems": MOST_VALUES}
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
        "example": example,
        **({} if single else {"style": "form", "explode": True}),
    }
