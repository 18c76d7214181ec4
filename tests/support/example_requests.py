"""The requests that an OpenAPI document gives as examples."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from services.api.manners.docs_page import example_of
from services.api.manners.openapi import METHODS


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


def example_requests(document: dict[str, Any]) -> Iterator[ExampleRequest]:
    """For each operation the request with what it must have, and one more for each example that it may have.

    In the order of the document, but what deletes comes last and backwards: each finds what the others made.
    """
    made = [
        request
        for path, methods in document["paths"].items()
        for method in METHODS
        if method in methods
        for request in _of_operation(method.upper(), path, methods[method])
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
    in_query = {each["name"]: example_of(each) for each in parameters if each["in"] == "query"}
    required = {
        each["name"]: in_query[each["name"]] for each in parameters if each["name"] in in_query and each["required"]
    }
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    body = None if content is None else example_of(content)
    assert (content is None) == (body is None), f"{method} {path}: its body has no example"
    yield ExampleRequest(f"{method} {path}", method, filled, required, body)
    for name, example in in_query.items():
        if example is not None and name not in required:
            yield ExampleRequest(f"{method} {path}", method, filled, required | {name: example}, body)
