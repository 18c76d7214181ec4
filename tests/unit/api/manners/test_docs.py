"""The page that describes the API."""

import re

import httpx
import pytest

from services.api.manners.docs_page import docs_of
from services.api.manners.schema_words import kind_of
from services.api.pages.rendering import HEADERS, Pages


async def test_every_operation_stands_on_the_page_with_its_parameters_and_errors(http: httpx.AsyncClient) -> None:
    document = (await http.get("/openapi.json")).json()
    page = (await http.get("/docs")).text
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in page
            assert operation["summary"] in page.replace("&#39;", "'")
            for parameter in operation.get("parameters", []):
                assert f"<code>{parameter['name']}</code>" in page
    assert all(f'id="schema-{name}"' in page for name in document["components"]["schemas"])


async def test_the_page_runs_and_loads_nothing_from_elsewhere(http: httpx.AsyncClient) -> None:
    answer = await http.get("/docs")
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    assert set(re.findall(r'(?:src|href)="(?!#)([^"?]*)', answer.text)) == {
        *("/", "/docs", "/openapi.json", f"{Pages().static_path}/newsweave.css", "/static/newsweave.svg"),
        *("/events.atom", "/events.json"),
    }


async def test_an_example_request_names_an_event_that_can_be_there(http: httpx.AsyncClient) -> None:
    page = (await http.get("/docs")).text
    assert re.search(r"curl &#39;http://127\.0\.0\.1:8000/v1/events/evt_[0-9a-f]{20}&#39;", page)


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "text"),
        ({"type": "string", "format": "date-time"}, "time (RFC 3339)"),
        ({"type": "integer", "minimum": 1, "maximum": 100}, "whole number, 1 to 100"),
        ({"type": "number", "minimum": 0}, "number, at least 0"),
        ({"type": "number", "maximum": 1}, "number, at most 1"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "text or null"),
        ({"enum": ["open", "closed", "merged"]}, "open, closed or merged"),
        ({"const": 1}, "1"),
        ({"type": ["string", "null"]}, "text or null"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Claim"}}, "list of Claim"),
        ({"type": "object", "additionalProperties": {"type": "number"}}, "map to number"),
        ({"type": "object"}, "object"),
        ({}, "any value"),
    ],
)
def test_a_schema_is_said_in_a_few_words(schema: dict[str, object], words: str) -> None:
    assert kind_of(schema) == words


def test_a_post_is_shown_with_its_body() -> None:
    operation = {
        "summary": "Match",
        "requestBody": {"content": {"application/json": {"schema": {}, "example": {"texts": ["A"]}}}},
        "responses": {"200": {"description": "ok"}},
    }
    document = {"info": {"title": "T", "version": "1"}, "paths": {"/v1/match": {"post": operation}}}
    (group,) = docs_of(document, "http://api").groups
    assert group.name == "other"
    assert group.operations[0].request == (
        "curl 'http://api/v1/match' -H 'Content-Type: application/json' -d '{\"texts\": [\"A\"]}'"
    )
