"""Writes the examples of answers in both OpenAPI documents anew: `python -m tests.support.record_examples`.

It asks a stack that has read the samples what the documents give as examples of requests, and shortens the answers.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx

from services.api.manners.openapi import EXAMPLES_FILE as API_EXAMPLES
from services.ingest.push.openapi import EXAMPLES_FILE as INGEST_EXAMPLES
from tests.support.example_requests import ask_examples
from tests.support.pipeline import running_pipeline, sample_rows

EXAMPLES_FILES = {"api": API_EXAMPLES, "ingest": INGEST_EXAMPLES}
MOST_ENTRIES = 2
"""Of each list; a contradiction has two sides at least."""
MOST_CHARS = 300
"""Of each text."""
FEEDS = "feeds:\n  - {url: https://courier.example/rss, publisher: Harbour Courier, paused: true}\n"
FEEDS_FILE = "/etc/newsweave/feeds.yaml"
"""Where operators have it."""


def shortened(value: Any) -> Any:
    """A JSON value that shows its form without taking pages."""
    if isinstance(value, dict):
        return {name: shortened(part) for name, part in value.items()}
    if isinstance(value, list):
        return [shortened(part) for part in value[:MOST_ENTRIES]]
    return f"{value[: MOST_CHARS - 1]}…" if isinstance(value, str) and len(value) > MOST_CHARS else value


def _recorded(client: httpx.Client) -> dict[str, Any]:
    """The first answer of each operation, as JSON."""
    examples: dict[str, Any] = {}
    for asked in ask_examples(client):
        operation = asked.request.operation
        sys.stderr.write(f"{asked.answer.status_code} {operation}\n")
        if asked.answer.is_success and asked.body is not None and operation not in examples:
            examples[operation] = shortened(asked.body)
    return examples


def main() -> None:
    """Record."""
    with tempfile.TemporaryDirectory() as folder:
        feeds = Path(folder) / "feeds.yaml"
        feeds.write_text(FEEDS, encoding="utf-8")
        with running_pipeline(Path(folder), NEWSWEAVE_FEEDS_FILE=str(feeds)) as pipeline:
            pipeline.submit(sample_rows())
            pipeline.settle()
            for service, file in EXAMPLES_FILES.items():
                with httpx.Client(base_url=pipeline.urls[service], timeout=30) as client:
                    examples = _recorded(client)
                text = json.dumps(dict(sorted(examples.items())), ensure_ascii=False, indent=1)
                file.write_text(f"{text.replace(str(feeds), FEEDS_FILE)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
