"""What stands on `/docs`: the OpenAPI document, laid out for people. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.api.manners.schema_words import kind_of
from services.runtime.openapi_documents import METHODS


@dataclass(frozen=True)
class Parameter:
    """One parameter of an operation."""

    name: str
    place: str
    """`path`, `query` or `header`."""
    kind: str
    """Which values it takes, in words."""
    required: bool
    description: str
    default: str | None
    """As JSON; None: there is none."""
    example: str | None


@dataclass(frozen=True)
class Answer:
    """One status that an operation answers with."""

    status: str
    description: str
    media_types: tuple[str, ...]
    schema: str | None
    """Name of what its body is; None: no body, or one without a name."""
    example: str | None
    """JSON, indented."""


@dataclass(frozen=True)
class Operation:
    """One method at one path."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    request: str
    """Its example as a command line."""
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Group:
    """Operations on one subject."""

    name: str
    description: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Field:
    """One field of a schema."""

    name: str
    kind: str
    required: bool
    description: str


@dataclass(frozen=True)
class Schema:
    """One named body, or part of one."""

    name: str
    description: str
    kind: str
    """In words, where it has no fields."""
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Docs:
    """The whole page."""

    title: str
    version: str
    description: str
    groups: tuple[Group, ...]
    schemas: tuple[Schema, ...]


def docs_of(document: Mapping[str, Any], base_url: str) -> Docs:
    """The page of an OpenAPI document; `base_url` is where its example requests go."""
    operations = [
        (operation.get("tags", ["other"])[0], _operation(method, path, operation, base_url))
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    ]
    known = {tag["name"]: tag.get("description", "") for tag in document.get("tags", [])}
    names = [*known, *sorted({tag for tag, _ in operations} - known.keys())]
    groups = (Group(name, known.get(name, ""), tuple(one for tag, one in operations if tag == name)) for name in names)
    schemas = document.get("components", {}).get("schemas", {})
    info = document["info"]
    return Docs(
        title=info["title"],
        version=info["version"],
        description=info.get("description", ""),
        groups=tuple(group for group in groups if group.operations),
        schemas=tuple(_schema(name, schemas[name]) for name in sorted(schemas)),
    )


def _operation(method: str, path: str, operation: Mapping[str, Any], base_url: str) -> Operation:
    parameters = tuple(_parameter(each) for each in operation.get("parameters", []))
    return Operation(
        anchor=f"{method}{path}".replace("/", "-").replace("{", "").replace("}", ""),
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=parameters,
        request=_command(method, path, operation, base_url),
        answers=tuple(_answer(status, answer) for status, answer in sorted(operation["responses"].items())),
    )


def _parameter(parameter: Mapping[str, Any]) -> Parameter:
    schema = parameter.get("schema", {})
    example = example_of(parameter)
    return Parameter(
        name=parameter["name"],
        place=parameter["in"],
        kind=kind_of(schema),
        required=parameter.get("required", False),
        description=parameter.get("description") or schema.get("description", ""),
        default=json.dumps(schema["default"], ensure_ascii=False) if schema.get("default") is not None else None,
        example=None if example is None else str(example),
    )


def example_of(described: Mapping[str, Any]) -> Any:
    """The first example of a parameter, a body or a schema; None where there is none."""
    examples = described.get("examples")
    if isinstance(examples, dict):  # as OpenAPI has them: by name
        first: Mapping[str, Any] = next(iter(examples.values()), {})
        return first.get("value")
    if isinstance(examples, list) and examples:  # as JSON Schema has them
        return examples[0]
    if "example" in described:
        return described["example"]
    return example_of(described["schema"]) if "schema" in described else None


def _command(method: str, path: str, operation: Mapping[str, Any], base_url: str) -> str:
    examples = {each["name"]: example_of(each) for each in operation.get("parameters", []) if each["in"] == "path"}
    filled = path
    for name, value in examples.items():
        filled = filled.replace(f"{{{name}}}", name.upper() if value is None else str(value))
    content = operation.get("requestBody", {}).get("content", {})
    verb = "" if method in {"get", "post"} and (content or method == "get") else f"-X {method.upper()} "
    command = f"curl {verb}'{base_url}{filled}'"
    for media_type, body in content.items():
        example = example_of(body)
        data = "" if example is None else f" -d '{json.dumps(example, ensure_ascii=False)}'"
        return f"{command} -H 'Content-Type: {media_type}'{data}"
    return command


def _answer(status: str, answer: Mapping[str, Any]) -> Answer:
    content: Mapping[str, Any] = answer.get("content", {})
    body: Mapping[str, Any] = next(iter(content.values()), {})
    example = example_of({name: value for name, value in body.items() if name != "schema"})
    schema = body.get("schema", {})
    return Answer(
        status=status,
        description=answer.get("description", ""),
        media_types=tuple(content),
        schema=kind_of(schema) if "$ref" in schema else None,
        example=None if example is None else json.dumps(example, ensure_ascii=False, indent=2),
    )


def _schema(name: str, schema: Mapping[str, Any]) -> Schema:
    required = set(schema.get("required", []))
    properties: Mapping[str, Any] = schema.get("properties", {})
    return Schema(
        name=name,
        description=schema.get("description", ""),
        kind="" if properties else kind_of(schema),
        fields=tuple(
            Field(field, kind_of(described), field in required, described.get("description", ""))
            for field, described in properties.items()
        ),
    )
