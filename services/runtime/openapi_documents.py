"""Completes the OpenAPI documents of the HTTP APIs with what FastAPI does not read off their routes."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI

METHODS = ("get", "post", "put", "patch", "delete")


def complete_document(app: FastAPI, complete: Callable[[dict[str, Any]], None]) -> None:
    """Let `app` describe the routes that it has when it is first asked, completed in place."""
    generate = app.openapi
    completed: list[dict[str, Any]] = []

    def complete_once() -> dict[str, Any]:
        if not completed:
            document = generate()
            complete(document)
            completed.append(document)
        return completed[0]

    app.openapi = complete_once  # type: ignore[method-assign]  # FastAPI's own way to extend the document


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each operation of a document: its method in capitals, its path, its description."""
    for path, methods in document["paths"].items():
        for method in (name for name in METHODS if name in methods):
            yield method.upper(), path, methods[method]


def add_answer_examples(document: dict[str, Any], file: Path) -> None:
    """Put recorded answers into a document as the examples of its JSON answers.

    Args:
        document: changed in place.
        file: JSON; by operation, as `GET /v1/events`, what a running service answered to the examples of requests.
            `python -m tests.support.record_examples` writes it. Tests hold each example to its schema.
    """
    examples: dict[str, Any] = json.loads(file.read_bytes())
    for method, path, operation in operations(document):
        example = examples.get(f"{method} {path}")
        for status, answer in operation["responses"].items():
            body = answer.get("content", {}).get("application/json")
            if example is not None and body is not None and status.startswith("2"):
                body["example"] = example
