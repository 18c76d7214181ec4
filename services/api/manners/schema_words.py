"""A JSON Schema in a few words. Pure."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

_REFERENCE = "#/components/schemas/"
_TYPES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "null": "null"}
_FORMATS = {"date-time": "time (RFC 3339)", "date": "date", "uri": "address"}
_CHOICES = ("anyOf", "oneOf", "allOf")


def kind_of(schema: Mapping[str, Any]) -> str:
    """Which values a schema takes: `text`, `list of Claim`, `whole number, 1 to 100`, `open, closed or null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REFERENCE)
    choices = next((schema[name] for name in _CHOICES if name in schema), None)
    if choices is not None:
        return _either(kind_of(choice) for choice in choices)
    if "enum" in schema or "const" in schema:
        values: list[Any] = schema.get("enum", [schema.get("const")])
        return _either(value if isinstance(value, str) else json.dumps(value) for value in values)
    return _typed(schema)


def _typed(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type")
    if isinstance(kind, list):
        return _either(_TYPES.get(part, str(part)) for part in kind)
    if kind == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    if kind == "object":
        values = schema.get("additionalProperties")
        return f"map to {kind_of(values)}" if isinstance(values, dict) else "object"
    plain = _FORMATS.get(str(schema.get("format")), _TYPES.get(str(kind), "any value"))
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is None:
        return plain if high is None else f"{plain}, at most {high}"
    return f"{plain}, at least {low}" if high is None else f"{plain}, {low} to {high}"


def _either(parts: Iterable[str]) -> str:
    different = list(dict.fromkeys(parts))
    return different[0] if len(different) == 1 else f"{', '.join(different[:-1])} or {different[-1]}"
