"""The AsyncAPI 3.0 document: every topic as a channel, every publishing and consuming service as an operation.

Sources: https://www.asyncapi.com/docs/reference/specification/v3.0.0 and its Kafka bindings 0.5.0,
https://www.asyncapi.com/docs/reference/bindings/kafka
"""

from collections.abc import Iterator, Sequence
from typing import Any

from services.contracts import dead_letter
from services.contracts.envelope import CONTENT_TYPE, CONTRACT_VERSION_HEADER, SPEC_VERSION, Envelope
from services.contracts.json_schema import Schema, field_at, schema_of
from services.contracts.topics import MAX_MESSAGE_BYTES, Topic

BINDING_VERSION = "0.5.0"
OPTIONAL_HEADERS = frozenset({"traceparent", CONTRACT_VERSION_HEADER})

DEAD_LETTER = "dead-letter"
DEAD_LETTER_HEADERS = {
    dead_letter.REASON: "What is wrong with it, in words.",
    dead_letter.SERVICE: "The service that could not use the message.",
    dead_letter.EXCEPTION: "Class name of the error.",
    dead_letter.ORIGIN_TOPIC: "The topic it came from.",
    dead_letter.ORIGIN_PARTITION: "Its partition there, in decimal digits.",
    dead_letter.ORIGIN_OFFSET: "Its offset there, in decimal digits.",
}
"""Meaning of each header that a dead letter has beside those of the message it was. Only the first is always there:
a message that its producer found too large comes from no topic."""

INTRODUCTION = (
    "Messages between the services of Newsweave. CloudEvents 1.0 in Kafka's binary content mode: attributes in "
    f"headers, JSON in the value, which takes at most {MAX_MESSAGE_BYTES} bytes. Delivery is at least once; a message "
    "sent again has the same `ce_id`. A deployment may put one prefix before all topic names."
)


def asyncapi_document(topics: Sequence[Topic]) -> dict[str, Any]:
    """The document for `topics`. Payloads refer to `schemas/<topic>.json` beside it."""
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Newsweave topics", "version": "1.0.0", "description": INTRODUCTION},
        "defaultContentType": CONTENT_TYPE,
        "channels": {name: channel for topic in topics for name, channel in _channels(topic)},
        "operations": {name: operation for topic in topics for name, operation in _operations(topic)},
        "components": {
            "messages": {topic.name: _message(topic) for topic in topics} | {DEAD_LETTER: _dead_letter()},
            "schemas": {"headers": header_schema()},
        },
    }


def header_schema() -> dict[str, Any]:
    """JSON Schema of a message's headers, each value read as UTF-8."""
    fields = Envelope.model_json_schema(mode="serialization")["properties"]
    properties: dict[str, Schema] = {
        "ce_specversion": _text("Version of CloudEvents.") | {"const": SPEC_VERSION},
        **{_header_name(name): _text(field["description"]) for name, field in fields.items()},
        CONTRACT_VERSION_HEADER: _text("Number of the release of the schemas that the value follows, in digits."),
        "content-type": _text("How the value is written.") | {"const": CONTENT_TYPE},
    }
    properties["ce_time"] = {**properties["ce_time"], "format": "date-time"}
    required = [name for name in properties if name not in OPTIONAL_HEADERS]
    return {"type": "object", "properties": properties, "required": required}


def _header_name(attribute: str) -> str:
    """Header of an envelope's attribute: `traceparent` is W3C's own, the others are CloudEvents'."""
    return attribute if attribute in OPTIONAL_HEADERS else f"ce_{attribute}"


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


def _channels(topic: Topic) -> Iterator[tuple[str, dict[str, Any]]]:
    """The topic, and the dead letters of the services that read or write it."""
    yield topic.name, _channel(topic.name, topic.name, topic.purpose) | {"bindings": _channel_binding(topic)}
    for service in _services(topic):
        dead = topic.dead_letters(service)
        uses = [f"could not use from {topic.name}"] * (service in topic.consumers)
        uses += [f"found too large for {topic.name}"] * (service == topic.producer)
        yield dead, _channel(dead, DEAD_LETTER, f"What {service} {' or '.join(uses)}.")


def _services(topic: Topic) -> list[str]:
    """All that read or write the topic, each once."""
    return list(dict.fromkeys((*topic.consumers, topic.producer)))


def _channel(name: str, message: str, description: str) -> dict[str, Any]:
    return {
        "address": name,
        "description": description,
        "messages": {message: {"$ref": f"#/components/messages/{message}"}},
    }


def _channel_binding(topic: Topic) -> dict[str, Any]:
    """Only what is part of the contract: the number of partitions is the deployment's to choose."""
    configuration: dict[str, Any] = (
        {"cleanup.policy": ["compact"]}
        if topic.retention_ms is None
        else {"cleanup.policy": ["delete"], "retention.ms": topic.retention_ms}
    )
    return {"kafka": {"topicConfiguration": configuration, "bindingVersion": BINDING_VERSION}}


def _operations(topic: Topic) -> Iterator[tuple[str, dict[str, Any]]]:
    yield _operation("send", topic.producer, topic.name, topic.name)
    for service in topic.consumers:
        name, operation = _operation("receive", service, topic.name, topic.name)
        group = {"type": "string", "enum": [topic.group(service)]}
        yield name, operation | {"bindings": {"kafka": {"groupId": group, "bindingVersion": BINDING_VERSION}}}
    for service in _services(topic):
        yield _operation("send", service, topic.dead_letters(service), DEAD_LETTER)


def _operation(action: str, service: str, channel: str, message: str) -> tuple[str, dict[str, Any]]:
    """One operation under a name that tells it from all others."""
    operation = {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "messages": [{"$ref": f"#/channels/{channel}/messages/{message}"}],
        "tags": [{"name": service}],
    }
    return f"{service}.{action}.{channel}", operation


def _message(topic: Topic) -> dict[str, Any]:
    key = _text(f"The value's `{topic.key}`. {field_at(schema_of(topic), topic.key)['description']}")
    return {
        "name": topic.name,
        "title": topic.value.__name__,
        "summary": topic.purpose,
        "contentType": CONTENT_TYPE,
        "headers": {"$ref": "#/components/schemas/headers"},
        "payload": {"$ref": f"schemas/{topic.name}.json"},
        "bindings": {"kafka": {"key": key, "bindingVersion": BINDING_VERSION}},
    }


def _dead_letter() -> dict[str, Any]:
    properties = {name: _text(meaning) for name, meaning in DEAD_LETTER_HEADERS.items()}
    return {
        "name": DEAD_LETTER,
        "title": "Dead letter",
        "summary": "A message that could not be used: its key, value and headers untouched as far as they fit, and the "
        "reason.",
        "headers": {"type": "object", "properties": properties, "required": [dead_letter.REASON]},
        "payload": {"description": "The value as it came: any bytes. Null if it is above the limit."},
    }
