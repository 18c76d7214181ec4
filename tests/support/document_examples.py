"""Whether the examples in an OpenAPI document hold."""

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from services.runtime.openapi_documents import operations


def find_examples(node: Any, where: str = "") -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Each example anywhere in a document: where it stands, the example, its schema."""
    if isinstance(node, dict):
        # Parameters and bodies hold a schema; a schema is its own.
        schema = node.get("schema", node)
        for example in _examples_of(node) if "properties" not in where.rpartition("/")[2] else []:
            yield where, example, schema
        for name, part in node.items():
            if name not in {"example", "examples", "default"}:
                yield from find_examples(part, f"{where}/{name}")
    elif isinstance(node, list):
        for number, part in enumerate(node):
            yield from find_examples(part, f"{where}/{number}")


def faults_of_examples(document: dict[str, Any]) -> dict[str, list[str]]:
    """By place, what is wrong with an example by its schema."""
    faults = {}
    for where, example, schema in find_examples(document):
        validator = Draft202012Validator({**schema, "components": document["components"]})
        messages = [f"{fault.json_path}: {fault.message[:200]}" for fault in validator.iter_errors(example)]
        if messages:
            faults[where] = messages
    return faults


def json_answers_without_example(document: dict[str, Any]) -> set[str]:
    """The operations, as `GET /v1/events`, whose success is JSON and has no example."""
    return {
        f"{method} {path}"
        for method, path, operation in operations(document)
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        and "application/json" in answer.get("content", {})
        and "example" not in answer["content"]["application/json"]
    }


def _examples_of(described: dict[str, Any]) -> list[Any]:
    named = described.get("examples", [])
    examples = [example["value"] for example in named.values()] if isinstance(named, dict) else list(named)
    return examples + ([described["example"]] if "example" in described else [])
