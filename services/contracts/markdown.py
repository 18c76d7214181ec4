"""The page of all topics for people: `docs/topics.md`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.contracts.asyncapi import DEAD_LETTER_HEADERS, header_schema
from services.contracts.json_schema import ENUM_MEANINGS, Schema, definition_name
from services.contracts.open_values import KNOWN_VALUES
from services.contracts.topics import DAY_MS, MAX_MESSAGE_BYTES, Topic

LIMITS = {
    "minimum": "≥ {}",
    "maximum": "≤ {}",
    "minLength": "length ≥ {}",
    "maxLength": "length ≤ {}",
    "minItems": "length ≥ {}",
    "maxItems": "length ≤ {}",
}
"""How limits are told."""

INTRODUCTION = f"""\
# Topics

<!-- Generated from services/contracts by `python -m services.contracts.generate`. Do not edit. -->

Every message is a CloudEvent 1.0 in Kafka's binary content mode: attributes in headers, JSON (UTF-8) in the value,
which takes at most {MAX_MESSAGE_BYTES // 1024**2} MiB. Batches are compressed with zstd. Delivery is at least once: a
message sent again has the same `ce_id`. Every field is always present; a missing value is `null`. **Ignore fields
that you do not know**: new ones are added within a major version. Any other change comes as a new topic, `….v2`.
A deployment may put one prefix before all topic names.

JSON Schemas are in [`services/contracts/schemas`](../services/contracts/schemas), the AsyncAPI 3 document in
[`services/contracts/asyncapi.json`](../services/contracts/asyncapi.json), more examples in
[`services/contracts/examples`](../services/contracts/examples).
"""


def topics_page(
    topics: Sequence[Topic], schemas: Mapping[str, Schema], examples: Mapping[str, Mapping[str, Any]]
) -> str:
    """The page in Markdown. `schemas` and `examples` (one each, where there is one) are by topic name."""
    parts: dict[str, Schema] = {}
    for schema in schemas.values():
        parts |= schema.get("$defs", {})
    for topic in topics:  # a whole value has its own section
        parts.pop(topic.value.__name__, None)
    lines = [INTRODUCTION, *_overview(topics), *_headers()]
    for topic in topics:
        lines += _topic(topic, schemas[topic.name], examples.get(topic.name))
    lines += ["## Parts", "", "Objects and enumerations that values hold, in alphabetical order.", ""]
    for name in sorted(parts):
        lines += _part(name, parts[name])
    return "\n".join(lines).rstrip() + "\n"


def _overview(topics: Sequence[Topic]) -> Iterator[str]:
    rows = []
    for topic in topics:
        name = f"[`{topic.name}`](#{_anchor(topic.name)})" + (" (internal)" if topic.internal else "")
        value = f"[{topic.value.__name__}](#{_anchor(topic.value.__name__)})"
        consumers = ", ".join(topic.consumers)
        dead = "<br>".join(f"`{topic.dead_letters(service)}`" for service in topic.consumers)
        retry = "<br>".join(f"`{topic.retry(service)}`" for service in topic.consumers)
        rows.append((name, f"`{topic.key}`", value, topic.producer, consumers, _retention(topic), dead, retry))
    titles = ("Topic", "Key", "Value", "Producer", "Consumers", "Keeps", "Dead letters", "Retry")
    yield from _table(titles, rows)
    yield "An internal topic may change with any release: do not build on it. The retry names are reserved for sending"
    yield "dead letters again to the one service that could not use them, never through the original topic."
    yield ""


def _headers() -> Iterator[str]:
    yield from ("## Headers", "")
    schema = header_schema()
    yield from _fields(schema)
    yield "A dead letter has the key, value and headers of the message it was, and beside them the headers below. A"
    yield "message that is too large to publish becomes a dead letter of its producer, without value and origin. A"
    yield "value above the limit that came in all the same is left out, and so are key and headers of over 32 KiB."
    yield ""
    rows = [(f"`{name}`", meaning) for name, meaning in DEAD_LETTER_HEADERS.items()]
    yield from _table(("Header", "Meaning"), rows)


def _topic(topic: Topic, schema: Schema, example: Mapping[str, Any] | None) -> Iterator[str]:
    name = topic.value.__name__
    yield from (f"## {topic.name}", "", topic.purpose, "")
    yield f"From {topic.producer} to {', '.join(topic.consumers)}. Key: `{topic.key}`. Keeps {_retention(topic)}."
    yield from ("", f'<a id="{_anchor(name)}"></a>**{name}**: {schema["description"]}', "")
    yield from _fields(schema)
    if example is not None:
        yield from ("<details><summary>Example</summary>", "", "```json")
        yield json.dumps(example, indent=2, ensure_ascii=False)
        yield from ("```", "", "</details>", "")


def _part(name: str, schema: Schema) -> Iterator[str]:
    yield from (f"### {name}", "", schema.get("description", ""), "")
    if "properties" in schema:
        yield from _fields(schema)
    if "enum" in schema:
        meanings = schema.get(ENUM_MEANINGS, {})
        rows = [(f"`{value}`", meanings.get(value, "")) for value in schema["enum"]]
        yield from _table(("Value", "Meaning"), rows)


def _fields(schema: Schema) -> Iterator[str]:
    required = schema.get("required", ())
    rows = [
        (f"`{name}`", _type(field) + ("" if name in required else ", optional"), field.get("description", ""))
        for name, field in schema["properties"].items()
    ]
    yield from _table(("Field", "Type", "Meaning"), rows)
    for name, field in schema["properties"].items():
        if KNOWN_VALUES in field:
            values = [(f"`{value}`", meaning) for value, meaning in field[KNOWN_VALUES].items()]
            yield from (f"Values of `{name}`. Others may be added: pass over those that you do not know.", "")
            yield from _table(("Value", "Meaning"), values)


def _type(field: Schema) -> str:
    """The type in words, with its limits: `array of [Span](#span), at least 1 items`."""
    options = field.get("anyOf") or [field]
    told = [" or ".join(_one_type(option) for option in options)]
    told += [text.format(field[limit]) for limit, text in LIMITS.items() if limit in field]
    return ", ".join(told)


def _one_type(field: Schema) -> str:
    name = definition_name(field)
    if name:
        return f"[{name}](#{_anchor(name)})"
    if "const" in field:
        return f"`{field['const']}`"
    if field["type"] == "array":
        return f"array of {_type(field['items'])}"
    if "additionalProperties" in field:
        return f"object with values of {_type(field['additionalProperties'])}"
    return {"date-time": "RFC 3339 time"}.get(field.get("format", ""), str(field["type"]))


def _retention(topic: Topic) -> str:
    if topic.retention_ms is None:
        return "the last message of each key"
    return f"{topic.retention_ms // DAY_MS} days"


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(titles) + " |"
    yield "|" + " --- |" * len(titles)
    for row in rows:
        yield "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |"
    yield ""


def _anchor(heading: str) -> str:
    """The fragment that GitHub gives a heading: lower case, without punctuation."""
    return "".join(letter for letter in heading.lower().replace(" ", "-") if letter.isalnum() or letter in "-_")
