"""Schemas as readers see them."""

from typing import Any

import pytest

from services.contracts.change_kinds import ChangeKind
from services.contracts.event_claims import FigureVerdict
from services.contracts.json_schema import ENUM_MEANINGS, field_at, schema_of
from services.contracts.open_values import KNOWN_VALUES, member_docstrings
from services.contracts.topics import CLAIMS_EXTRACTED, EVENT_CHANGED, EVENT_UPDATED, TOPICS, Topic

Json = dict[str, Any]


def objects(schema: Json) -> dict[str, Json]:
    """The schema and its definitions, by name, so far as they have fields."""
    found = {schema["title"]: schema} | schema.get("$defs", {})
    return {name: part for name, part in found.items() if "properties" in part}


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_field_is_promised_to_be_present(topic: Topic) -> None:
    for name, part in objects(schema_of(topic)).items():
        assert list(part["properties"]) == part["required"], name


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_field_and_every_enumeration_value_says_what_it_means(topic: Topic) -> None:
    schema = schema_of(topic)
    silent = [
        f"{name}.{field}"
        for name, part in objects(schema).items()
        for field, described in part["properties"].items()
        if not described.get("description")
    ]
    silent += [
        f"{name}.{value}"
        for name, part in schema["$defs"].items()
        for value in part.get("enum", ())
        if value not in part[ENUM_MEANINGS]
    ]
    assert silent == []


def test_a_schema_names_its_topic() -> None:
    schema = schema_of(EVENT_UPDATED)
    assert schema["$id"] == "urn:newsweave:event.updated.v1"
    assert schema["title"] == "Event"
    assert list(schema)[:3] == ["$schema", "$id", "title"]


def test_the_meaning_of_an_enumeration_value_is_the_string_below_it() -> None:
    assert member_docstrings(FigureVerdict)["superseded"] == (
        "The same source gave a newer value, or a count that only grows has grown."
    )


def test_a_path_leads_through_definitions() -> None:
    assert "Stable over revisions" in field_at(schema_of(CLAIMS_EXTRACTED), "article.article_id")["description"]


def test_a_path_to_nowhere_is_refused() -> None:
    with pytest.raises(KeyError):
        field_at(schema_of(CLAIMS_EXTRACTED), "article.colour")


def test_a_text_with_known_values_says_what_each_means_and_allows_others() -> None:
    kind = schema_of(EVENT_CHANGED)["properties"]["kind"]
    assert kind["type"] == "string"
    assert "enum" not in kind
    assert set(kind[KNOWN_VALUES]) == set(ChangeKind)
