"""Completes the OpenAPI document: keys and rates where they are asked for, and an example of every answer.

The examples are answers that a stack gave to the examples of requests, with the articles in `samples/`
(`python -m tests.support.record_examples` writes them anew). Tests hold each to its schema.
"""

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from services.api.manners.access import needed_scope
from services.runtime.http_access import SECURITY_SCHEME, Access
from services.runtime.problems import problem_responses

EXAMPLES_FILE = Path(__file__).with_name("examples.json")
METHODS = ("get", "post", "put", "patch", "delete")
BASIC_SCHEME = "password"
_SECURITY_SCHEMES = {
    SECURITY_SCHEME: {"type": "http", "scheme": "bearer", "description": "An API key."},
    BASIC_SCHEME: {"type": "http", "scheme": "basic", "description": "The API key as password, with any user name."},
}


def complete_document(app: FastAPI, access: Access) -> None:
    """Let `app` describe what it has of routes when it is asked first, completed."""
    generate = app.openapi
    completed: list[dict[str, Any]] = []

    def complete() -> dict[str, Any]:
        if not completed:
            document = generate()
            examples: dict[str, Any] = json.loads(EXAMPLES_FILE.read_bytes())
            for path, methods in document["paths"].items():
                for method in (name for name in METHODS if name in methods):
                    _complete_operation(method.upper(), path, methods[method], access, examples)
            if access.asks_for_keys:
                document.setdefault("components", {})["securitySchemes"] = _SECURITY_SCHEMES
            completed.append(document)
        return completed[0]

    app.openapi = complete  # type: ignore[method-assign]  # FastAPI's own way to extend the document


def _complete_operation(
    method: str, path: str, operation: dict[str, Any], access: Access, examples: dict[str, Any]
) -> None:
    scope = needed_scope(method, path)
    if access.asks_for_keys and scope is not None:
        operation["security"] = [{SECURITY_SCHEME: []}, {BASIC_SCHEME: []}]
        operation["description"] = f"{operation.get('description', '')}\n\nNeeds the scope `{scope}`.".strip()
    for status, answer in problem_responses(*access.refusals()).items():
        operation["responses"].setdefault(str(status), answer)
    example = examples.get(f"{method} {path}")
    for status, answer in operation["responses"].items():
        body = answer.get("content", {}).get("application/json")
        if example is not None and body is not None and status.startswith("2"):
            body["example"] = example
