"""The requests that an OpenAPI document gives as examples, and what its service answers to them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from services.api.manners.docs_page import example_of
from services.ingest.push.openapi import EXAMPLE_REQUEST_ID
from services.runtime.openapi_documents import operations
from services.runtime.request_ids import REQUEST_ID

STREAMS = ("/stream",)
"""Paths whose answers do not end."""


@dataclass(frozen=True)
class ExampleRequest:
    """One request made of examples alone."""

    operation: str
    """As `GET /v1/events/{event_id}`."""
    method: str
    path: str
    parameters: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    """JSON; None: no body."""


@dataclass(frozen=True)
class AskedExample:
    """A request made of examples, and its answer."""

    request: ExampleRequest
    answer: httpx.Response
    body: Any
    """Of a JSON answer; the id that the service made up for a request stands in it as it does in the document."""


def ask_examples(client: httpx.Client) -> Iterator[AskedExample]:
    """Send a service every example of a request in its document, but for those whose answers do not end.

    No id of a request is known before it was made: that of the last one that posted something stands in for it.
    """
    posted = EXAMPLE_REQUEST_ID
    for request in example_requests(client.get("/openapi.json").json()):
        if request.path.endswith(STREAMS):
            continue
        path = request.path.replace(EXAMPLE_REQUEST_ID, posted)
        answer = client.request(request.method, path, params=request.parameters, json=request.body)
        if request.method == "POST":
            posted = answer.headers.get(REQUEST_ID, posted)
        is_json = answer.headers.get("content-type") == "application/json"
        yield AskedExample(
            request, answer, json.loads(answer.text.replace(posted, EXAMPLE_REQUEST_ID)) if is_json else None
        )


def example_requests(document: dict[str, Any]) -> Iterator[ExampleRequest]:
    """For each operation the request with what it must have, and one more for each example that it may have.

    In the order of the document, but what deletes comes last and backwards: each finds what the others made.
    """
    made = [
        request
        for method, path, operation in operations(document)
        for request in _of_operation(method, path, operation)
    ]
    yield from (request for request in made if request.method != "DELETE")
    yield from (request for request in reversed(made) if request.method == "DELETE")


def _of_operation(method: str, path: str, operation: dict[str, Any]) -> Iterator[ExampleRequest]:
    parameters = operation.get("parameters", [])
    filled = path
    for parameter in parameters:
        if parameter["in"] == "path":
            example = example_of(parameter)
            assert example is not None, f"{method} {path}: {parameter['name']} has no example"
            filled = filled.replace(f"{{{parameter['name']}}}", str(example))
    in_query = {parameter["name"]: example_of(parameter) for parameter in parameters if parameter["in"] == "query"}
    must_have = {parameter["name"] for parameter in parameters if parameter.get("required")}
    required = {name: example for name, example in in_query.items() if name in must_have}
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    body = None if content is None else example_of(content)
    assert (content is None) == (body is None), f"{method} {path}: its body has no example"
    yield ExampleRequest(f"{method} {path}", method, filled, required, body)
    for name, example in in_query.items():
        if example is not None and name not in required:
            yield ExampleRequest(f"{method} {path}", method, filled, required | {name: example}, body)
