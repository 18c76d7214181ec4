"""JSON Schema of a topic's value, as a reader sees it (JSON Schema 2020-12)."""

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from services.contracts.open_values import member_docstrings
from services.contracts.topics import Topic

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ENUM_MEANINGS = "x-enum-descriptions"
"""Annotation of an enumeration: from value to meaning. JSON Schema itself has no place for it."""

Schema = Mapping[str, Any]
"""A JSON Schema, or a part of one."""


def schema_id(topic: Topic) -> str:
    """Name of the topic's schema: a URN, since no address serves it."""
    return f"urn:newsweave:{topic.name}"


def schema_of(topic: Topic) -> dict[str, Any]:
    """Schema of what the topic's producer writes: every field is present, a missing value is null.

    Readers ignore fields that it does not name, so it does not close its objects.
    """
    body = topic.value.model_json_schema(mode="serialization", schema_generator=_Generator)
    first = {"$schema": DIALECT, "$id": schema_id(topic), "title": body.pop("title")}
    definitions = {"$defs": body.pop("$defs")} if "$defs" in body else {}
    return first | body | definitions


def field_at(schema: Schema, path: str) -> Schema:
    """Schema of the field at `path`, names parted by dots, through the definitions of `schema`.

    Raises:
        KeyError: there is no such field.
    """
    node: Schema = schema
    for name in path.split("."):
        if "$ref" in node:
            node = schema["$defs"][definition_name(node)]
        node = node["properties"][name]
    return node


def definition_name(node: object) -> str:
    """Name of the definition that `node` refers to; empty if it refers to none."""
    return str(node["$ref"]).rpartition("/")[2] if isinstance(node, Mapping) and "$ref" in node else ""


class _Generator(GenerateJsonSchema):
    """Pydantic's generator without titles that repeat a field's name, and with the meaning of enum members."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 (pydantic's signature)
        return False

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        result = super().enum_schema(schema)
        return result | {ENUM_MEANINGS: member_docstrings(schema["cls"])}
