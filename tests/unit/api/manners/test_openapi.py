"""The OpenAPI document: its examples hold, and it says which keys are asked for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from redis.asyncio import Redis

from services.runtime.api_keys import Scope
from tests.support.example_requests import example_requests
from tests.unit.api.manners.clients import client_of, write_key_file

NO_JSON = frozenset({"GET /v1/events/stream"})
"""Operations whose answers are no JSON."""


def examples_of(described: dict[str, Any]) -> list[Any]:
    named = described.get("examples", [])
    several = [each["value"] for each in named.values()] if isinstance(named, dict) else list(named)
    return several + ([described["example"]] if "example" in described else [])


def with_schemas(node: Any, where: str = "") -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Each example anywhere in the document: where it stands, the example, its schema."""
    if isinstance(node, dict):
        # Parameters and bodies hold a schema; a schema is its own.
        schema = node.get("schema", node)
        for example in examples_of(node) if "properties" not in where.rpartition("/")[2] else []:
            yield where, example, schema
        for name, part in node.items():
            if name not in {"example", "examples", "default"}:
                yield from with_schemas(part, f"{where}/{name}")
    elif isinstance(node, list):
        for number, part in enumerate(node):
            yield from with_schemas(part, f"{where}/{number}")


async def test_every_example_is_valid_by_its_schema(http: httpx.AsyncClient) -> None:
    document = (await http.get("/openapi.json")).json()
    found = list(with_schemas(document))
    assert len(found) > 10
    for where, example, schema in found:
        validator = Draft202012Validator({**schema, "components": document["components"]})
        faults = [f"{where}: {fault.json_path}: {fault.message[:200]}" for fault in validator.iter_errors(example)]
        assert not faults


async def test_a_wrong_example_would_be_noticed(http: httpx.AsyncClient) -> None:
    document = (await http.get("/openapi.json")).json()
    body = document["paths"]["/v1/events"]["get"]["responses"]["200"]["content"]["application/json"]
    body["example"]["events"][0]["version"] = 0
    faulty = [
        where
        for where, example, schema in with_schemas(document)
        if not Draft202012Validator({**schema, "components": document["components"]}).is_valid(example)
    ]
    assert faulty == ["/paths//v1/events/get/responses/200/content/application/json"]


async def test_every_json_answer_and_every_path_has_an_example(http: httpx.AsyncClient) -> None:
    document = (await http.get("/openapi.json")).json()
    operations = {request.operation for request in example_requests(document)}  # asserts the examples of requests
    without = [
        f"{method.upper()} {path}"
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        and "application/json" in answer.get("content", {})
        and "example" not in answer["content"]["application/json"]
    ]
    assert operations
    assert set(without) <= NO_JSON, "`python -m tests.support.record_examples` writes the examples of new routes"


async def test_without_keys_the_document_asks_for_none(http: httpx.AsyncClient) -> None:
    document = (await http.get("/openapi.json")).json()
    assert "securitySchemes" not in document["components"]
    assert all("security" not in operation for path in document["paths"].values() for operation in path.values())


@pytest.mark.parametrize("path", ["/v1/events", "/v1/limits"])
async def test_with_keys_it_says_how_to_show_one_and_what_refuses(redis: Redis, tmp_path: Path, path: str) -> None:
    write_key_file(tmp_path / "keys.json", Scope.EVENTS_READ)
    client = client_of(redis, exposed="yes", keys_file=tmp_path / "keys.json")
    document = (await client.get("/openapi.json")).json()
    operation = document["paths"][path]["get"]
    assert operation["security"] == [{"key": []}, {"password": []}]
    assert operation["description"].endswith("Needs the scope `events:read`.")
    assert {"401", "403", "429"} <= operation["responses"].keys()
    assert document["components"]["securitySchemes"].keys() == {"key", "password"}
