"""Writes the examples of answers in the OpenAPI document of the api anew: `python -m tests.support.record_examples`.

It asks a stack that has read the samples what the document gives as examples of requests, and shortens the answers.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx

from services.api.manners.openapi import EXAMPLES_FILE
from tests.support.example_requests import example_requests
from tests.support.pipeline import running_pipeline, sample_rows

MOST_ENTRIES = 2
"""Of each list; a contradiction has two sides at least."""
MOST_CHARS = 300
"""Of each text."""
STREAMS = ("/stream",)
"""Paths whose answers do not end."""


def shortened(value: Any) -> Any:
    """A JSON value that shows its form without taking pages."""
    if isinstance(value, dict):
        return {name: shortened(part) for name, part in value.items()}
    if isinstance(value, list):
        return [shortened(part) for part in value[:MOST_ENTRIES]]
    return f"{value[: MOST_CHARS - 1]}…" if isinstance(value, str) and len(value) > MOST_CHARS else value


def main() -> None:
    """Record."""
    examples: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as home, running_pipeline(Path(home)) as pipeline:
        pipeline.submit(sample_rows())
        pipeline.settle()
        with httpx.Client(base_url=pipeline.urls["api"], timeout=30) as client:
            for request in example_requests(client.get("/openapi.json").json()):
                if request.operation in examples or request.path.endswith(STREAMS):
                    continue
                answer = client.request(request.method, request.path, params=request.parameters, json=request.body)
                sys.stderr.write(f"{answer.status_code} {request.operation}\n")
                if answer.is_success and answer.headers.get("content-type") == "application/json":
                    examples[request.operation] = shortened(answer.json())
    text = json.dumps(dict(sorted(examples.items())), ensure_ascii=False, indent=1)
    EXAMPLES_FILE.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
