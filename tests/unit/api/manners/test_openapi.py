"""The OpenAPI document: its examples hold, and it says which keys are asked for."""

from pathlib import Path

import httpx
import pytest
from redis.asyncio import Redis

from services.runtime.api_keys import Scope
from tests.support.document_examples import faults_of_examples, find_examples, json_answers_without_example
from tests.support.example_requests import example_requests
from tests.unit.api.manners.clients import client_of, write_key_file

NO_JSON = frozenset({"GET /v1/events/stream"})
"""Operations whose answers are no JSON."""


async def test_every_example_is_valid_by_its_schema(http: httpx.AsyncClient) -> None:
    document = (await http.get("/openapi.json")).json()
    assert len(list(find_examples(document))) > 10
    assert faults_of_examples(document) == {}


async def test_a_wrong_example_would_be_noticed(http: httpx.AsyncClient) -> None:
    document = (await http.get("/openapi.json")).json()
    body = document["paths"]["/v1/events"]["get"]["responses"]["200"]["content"]["application/json"]
    body["example"]["events"][0]["version"] = 0
    assert faults_of_examples(document).keys() == {"/paths//v1/events/get/responses/200/content/application/json"}


async def test_every_json_answer_and_every_path_has_an_example(http: httpx.AsyncClient) -> None:
    document = (await http.get("/openapi.json")).json()
    assert list(example_requests(document))  # asserts the examples of requests
    without = json_answers_without_example(document)
    assert without <= NO_JSON, "`python -m tests.support.record_examples` writes the examples of new routes"


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
