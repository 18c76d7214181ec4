"""The AsyncAPI document: its references lead somewhere, and it says what the services do."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.contracts import dead_letter
from services.contracts.asyncapi import DEAD_LETTER_HEADERS, asyncapi_document, header_schema
from services.contracts.envelope import Envelope
from services.contracts.topics import EVENT_UPDATED, TOPICS

Json = dict[str, Any]

CONTRACTS = Path(__file__).resolve().parents[2] / "services" / "contracts"


@pytest.fixture(scope="module")
def document() -> Json:
    return asyncapi_document(TOPICS)


def references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for inner in node.values():
            yield from references(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from references(inner)


def test_every_reference_leads_somewhere(document: Json) -> None:
    for reference in references(document):
        file, _, pointer = reference.partition("#")
        target = json.loads((CONTRACTS / file).read_text(encoding="utf-8")) if file else document
        for step in pointer.split("/")[1:]:
            target = target[step]
        assert target, reference


def test_every_topic_is_sent_by_its_producer_and_received_by_its_consumers(document: Json) -> None:
    operations = document["operations"].values()
    for topic in TOPICS:
        channel = {"$ref": f"#/channels/{topic.name}"}
        uses = {(use["action"], use["tags"][0]["name"]) for use in operations if use["channel"] == channel}
        assert uses == {("send", topic.producer)} | {("receive", service) for service in topic.consumers}


def test_a_reader_shares_a_topic_in_the_group_that_the_runtime_joins(document: Json) -> None:
    for topic in TOPICS:
        for service in topic.consumers:
            operation = document["operations"][f"{service}.receive.{topic.name}"]
            assert operation["bindings"]["kafka"]["groupId"]["enum"] == [topic.group(service)]


def test_every_service_has_the_dead_letters_of_what_it_reads_and_writes(document: Json) -> None:
    for topic in TOPICS:
        for service in {topic.producer, *topic.consumers}:
            assert topic.dead_letters(service) in document["channels"]
            assert f"{service}.send.{topic.dead_letters(service)}" in document["operations"]


def test_an_operation_names_a_message_of_its_channel(document: Json) -> None:
    for operation in document["operations"].values():
        channel = document["channels"][operation["channel"]["$ref"].rpartition("/")[2]]
        for message in operation["messages"]:
            assert message["$ref"].rpartition("/")[2] in channel["messages"]


def test_a_topic_without_retention_is_compacted(document: Json) -> None:
    for topic in TOPICS:
        configuration = document["channels"][topic.name]["bindings"]["kafka"]["topicConfiguration"]
        if topic is EVENT_UPDATED:
            assert configuration == {"cleanup.policy": ["compact"]}
        else:
            assert configuration == {"cleanup.policy": ["delete"], "retention.ms": topic.retention_ms}


def test_the_headers_described_are_those_that_an_envelope_writes() -> None:
    envelope = Envelope(
        id="1", type="t", source="s", subject="k", time=datetime(2026, 1, 1, tzinfo=UTC), traceparent="00-1-1-01"
    )
    assert {name for name, _ in envelope.to_headers()} == set(header_schema()["properties"])


def test_every_dead_letter_header_is_described() -> None:
    names = {value for name, value in vars(dead_letter).items() if name.isupper()}
    assert set(DEAD_LETTER_HEADERS) == names
