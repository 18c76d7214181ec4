"""What counts as breaking the readers of a topic."""

from copy import deepcopy
from typing import Any

import pytest

from services.contracts.compatibility import advice, breaking_changes
from services.contracts.json_schema import schema_of
from services.contracts.topics import EVENT_UPDATED, TOPICS, Topic

Json = dict[str, Any]


def one_field(field: Json, **definitions: Json) -> Json:
    """Schema of an object that has the field `f` always."""
    return {
        "title": "Value",
        "type": "object",
        "properties": {"f": field},
        "required": ["f"],
        "$defs": definitions,
    }


STRING = {"type": "string"}
NULLABLE = {"anyOf": [STRING, {"type": "null"}]}
NODE: Json = {
    "type": "object",
    "properties": {"name": STRING, "children": {"type": "array", "items": {"$ref": "#/$defs/Node"}}},
    "required": ["name", "children"],
}


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_a_schema_does_not_break_its_own_readers(topic: Topic) -> None:
    assert breaking_changes(schema_of(topic), schema_of(topic)) == []


def test_an_added_field_breaks_nobody() -> None:
    old = schema_of(EVENT_UPDATED)
    new = deepcopy(old)
    new["properties"]["mood"] = {"type": "string"}
    new["required"].append("mood")
    new["$defs"]["Support"]["properties"]["weight"] = {"type": "number"}
    assert breaking_changes(old, new) == []


def test_a_removed_field_is_named_with_its_place() -> None:
    old = schema_of(EVENT_UPDATED)
    new = deepcopy(old)
    del new["properties"]["headline"]
    del new["$defs"]["Speaker"]["properties"]["canonical"]
    assert breaking_changes(old, new) == [
        "Event.headline: the field is removed",
        "Speaker.canonical: the field is removed",
    ]


def test_a_field_that_is_no_longer_always_present_breaks_readers() -> None:
    new = one_field(STRING) | {"required": []}
    assert breaking_changes(one_field(STRING), new) == ["Value.f: the field is no longer always present"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (STRING, {"type": "integer"}, "Value.f: was string, is now integer"),
        (STRING, NULLABLE, "Value.f: may now also be null"),
        (STRING, {"type": ["string", "null"]}, "Value.f: may now also be null"),
        (STRING, {}, "Value.f: may now also be array or boolean or null or number or object"),
        ({"type": "integer"}, {"type": "number"}, "Value.f: was integer, is now number"),
        (
            {"type": "string", "enum": ["a", "b"]},
            {"type": "string", "enum": ["a", "b", "c"]},
            "Value.f: the value `c` is added",
        ),
        ({"type": "string", "enum": ["a", "b"]}, STRING, "Value.f: any value is allowed now, not only `a`, `b`"),
        ({"type": "string", "const": "a"}, {"type": "string", "const": "b"}, "Value.f: the value `b` is added"),
        (
            {"type": "integer", "minimum": 1},
            {"type": "integer", "minimum": 0},
            "Value.f: the limit minimum was 1, is now 0",
        ),
        ({"type": "string", "maxLength": 9}, STRING, "Value.f: the limit maxLength 9 is gone"),
        ({"type": "string", "format": "date-time"}, STRING, "Value.f: format 'date-time' is gone"),
        (
            {"type": "string", "pattern": "^a"},
            {"type": "string", "pattern": "^b"},
            "Value.f: pattern was '^a', is now '^b'",
        ),
        (
            {"type": "array", "items": STRING},
            {"type": "array", "items": NULLABLE},
            "Value.f[]: may now also be null",
        ),
        (
            {"type": "array", "items": STRING},
            {"type": "array"},
            "Value.f[]: may now also be array or boolean or null or number or object",
        ),
        (
            {"type": "object", "additionalProperties": {"type": "number"}},
            {"type": "object", "additionalProperties": STRING},
            "Value.f{}: was number, is now string",
        ),
        (
            {"type": "object", "additionalProperties": {"type": "number"}},
            {"type": "object", "properties": {"x": STRING}, "additionalProperties": {"type": "number"}},
            "Value.f.x: was number, is now string",
        ),
        (
            {"type": "object", "additionalProperties": False},
            {"type": "object", "properties": {"x": STRING}, "additionalProperties": False},
            "Value.f.x: was nothing, is now string",
        ),
        (
            {"anyOf": [{"type": "array", "items": STRING}, {"type": "null"}]},
            {"anyOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "null"}]},
            "Value.f[]: was string, is now integer",
        ),
    ],
)
def test_a_change_that_old_readers_cannot_read_is_told(old: Json, new: Json, told: str) -> None:
    assert breaking_changes(one_field(old), one_field(new)) == [told]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (NULLABLE, STRING),
        ({"type": "number"}, {"type": "integer"}),
        ({"anyOf": [{"type": "number"}, {"type": "null"}]}, {"anyOf": [{"type": "null"}, {"type": "integer"}]}),
        ({"type": "string", "enum": ["a", "b"]}, {"type": "string", "enum": ["b"]}),
        ({"type": "string", "enum": ["a", "b"]}, {"type": "string", "const": "a"}),
        ({"type": "integer", "minimum": 0, "maximum": 9}, {"type": "integer", "minimum": 1, "maximum": 8}),
        (STRING, {"type": "string", "format": "date-time", "minLength": 1}),
        (STRING | {"default": "a", "description": "One."}, STRING | {"default": "b", "description": "Two."}),
        ({}, STRING),
        ({"type": "array", "items": {}}, {"type": "array", "items": STRING}),
        ({"type": "string", "x-note": "one"}, {"type": "string", "x-note": "two"}),
    ],
)
def test_a_change_that_old_readers_do_not_notice_breaks_nobody(old: Json, new: Json) -> None:
    assert breaking_changes(one_field(old), one_field(new)) == []


def test_a_definition_written_in_place_is_the_same_as_a_reference_to_it() -> None:
    in_place = one_field({"type": "object", "properties": {"name": STRING}, "required": ["name"]})
    referred = one_field(
        {"$ref": "#/$defs/Part", "description": "A part."},
        Part={"type": "object", "properties": {"name": STRING}, "required": ["name"]},
    )
    assert breaking_changes(in_place, referred) == []
    assert breaking_changes(referred, in_place) == []


def test_a_definition_that_holds_itself_is_compared_once() -> None:
    wider = deepcopy(NODE)
    wider["properties"]["name"] = NULLABLE
    old = one_field({"$ref": "#/$defs/Node"}, Node=NODE)
    assert breaking_changes(old, old) == []
    new = one_field({"$ref": "#/$defs/Node"}, Node=wider)
    assert breaking_changes(old, new) == ["Node.name: may now also be null"]


def test_definitions_that_hold_themselves_at_different_depths_are_compared_to_the_end() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}
    deeper = {"type": "object", "properties": {"next": {"type": "object", "properties": node["properties"]}}}
    old = one_field({"$ref": "#/$defs/Node"}, Node=node)
    new = one_field({"$ref": "#/$defs/Node"}, Node=deeper)
    assert breaking_changes(old, new) == []


def test_a_part_of_a_union_is_compared_with_its_namesake() -> None:
    dog = {"type": "object", "properties": {"kind": {"type": "string", "const": "dog"}, "barks": STRING}}
    cat = {"type": "object", "properties": {"kind": {"type": "string", "const": "cat"}}}
    quiet = {"type": "object", "properties": {"kind": {"type": "string", "const": "dog"}}}
    union = {"oneOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}]}
    old, new = one_field(union, Cat=cat, Dog=dog), one_field(union, Cat=cat, Dog=quiet)
    assert breaking_changes(old, new) == ["Dog.barks: the field is removed"]


def test_a_keyword_that_cannot_be_judged_breaks_when_what_it_refers_to_changes() -> None:
    field = {"type": "array", "contains": {"$ref": "#/$defs/Part"}}
    old, new = one_field(field, Part=STRING), one_field(field, Part={"type": "integer"})
    assert breaking_changes(old, old) == []
    assert len(breaking_changes(old, new)) == 1


def test_a_reference_out_of_the_schema_is_refused() -> None:
    schema = one_field({"$ref": "https://other.example/schema"})
    with pytest.raises(LookupError, match="points out of the schema"):
        breaking_changes(schema, one_field(STRING))


def test_the_advice_names_the_next_major_version_and_who_deploys_first() -> None:
    told = advice("event.updated.v1")
    assert "event.updated.v2" in told
    assert "consumers of the new topic first" in told
