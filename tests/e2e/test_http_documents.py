"""Both HTTP APIs keep what their OpenAPI documents promise: asked by schemathesis, over a real stack."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis

from services.local.ports import free_port
from services.runtime.api_keys import ApiKey, Scope, hash_of, key_text, write_keys
from services.runtime.clock import SystemClock
from tests.support.example_requests import ask_examples, example_requests
from tests.support.ingest_service import running_service
from tests.support.pipeline import Pipeline, running_pipeline, sample_rows
from tests.support.record_examples import EXAMPLES_FILES
from tests.support.stack import ROOT

pytestmark = pytest.mark.timeout(600)

EXAMPLES = 40
"""Generated requests for each operation, beside those that walk through the limits of every parameter."""
STREAM = "/v1/events/stream"
"""Does not end by itself, unless it is asked to."""
SAME_FILTERS = r"^/events\.|/stream$"
"""Paths that take the same forty parameters as the list of events."""
SEED = 1
"""The same requests in every run."""


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    """A stack that has read the samples."""
    with running_pipeline(tmp_path_factory.mktemp("documents")) as running:
        running.submit(sample_rows())
        running.settle()
        yield running


def ask(url: str, folder: Path, *options: str, phases: str = "examples,coverage,fuzzing") -> None:
    """Ask a service whether it keeps its document. Its command, not its pytest plugin, which pytest 9 does not take."""
    run = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", str(ROOT / "tests/support/schemathesis.toml")),
            *("run", f"{url}/openapi.json"),
            *("--max-examples", str(EXAMPLES), "--seed", str(SEED), "--phases", phases),
            *("--workers", "1", "--warnings", "off", "--continue-on-failure", "--no-color", *options),
        ],
        cwd=folder,  # it leaves notes where it is started
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("service", "options", "phases"),
    [
        ("ingest", (), "examples,coverage,fuzzing"),
        ("api", ("--exclude-path-regex", SAME_FILTERS), "examples,coverage,fuzzing"),
        # They take the parameters of the list, whose limits are walked through there.
        ("api", ("--include-path-regex", SAME_FILTERS), "examples,fuzzing"),
    ],
)
def test_a_service_answers_as_its_document_says(
    pipeline: Pipeline, service: str, options: tuple[str, ...], phases: str, tmp_path: Path
) -> None:
    ask(pipeline.urls[service], tmp_path, *options, phases=phases)


@pytest.mark.parametrize("service", ["ingest", "api"])
async def test_a_service_asks_for_keys_as_its_document_says(pipeline: Pipeline, service: str, tmp_path: Path) -> None:
    key = key_text("0123abcd", "5" * 64)
    entry = ApiKey(
        id="0123abcd", name="tests", sha256=hash_of(key), scopes=(Scope.ADMIN,), created_at=SystemClock().now()
    )
    write_keys(tmp_path / "keys.json", [entry])
    broker_and_store = pipeline.settings.model_dump(
        include={"kafka_bootstrap_servers", "kafka_idempotence", "redis_url"}
    )
    settings: dict[str, object] = {
        **broker_and_store,
        **({"roles": "http"} if service == "api" else {}),
        **{f"{name}_url": pipeline.urls[name] for name in ("extract", "dedupe")},
        "exposed": "yes",
        "keys_file": tmp_path / "keys.json",
        "rate_limit_requests": 10_000,
    }
    async with running_service(service, tmp_path, port=free_port(), **settings) as running:
        url, shown = str(running.client.base_url).rstrip("/"), f"Authorization: Bearer {key}"
        await asyncio.to_thread(ask, url, tmp_path, "--header", shown, phases="examples,fuzzing")


@pytest.mark.parametrize("service", ["ingest", "api"])
def test_every_example_of_a_request_is_answered_in_the_form_of_its_example(pipeline: Pipeline, service: str) -> None:
    examples = json.loads(EXAMPLES_FILES[service].read_bytes())
    with httpx.Client(base_url=pipeline.urls[service], timeout=30) as client:
        for request in example_requests(client.get("/openapi.json").json()):
            if request.method == "DELETE":  # what another test left under a name of an example
                client.delete(request.path)
        for asked in ask_examples(client):
            assert asked.answer.is_success, (asked.request, asked.answer.text)
            caching = asked.answer.headers.get("cache-control", "")
            if service == "api" and asked.request.method == "GET" and "no-store" not in caching:
                assert "etag" in asked.answer.headers, asked.request
            if asked.request.operation in examples:
                assert asked.body.keys() >= examples[asked.request.operation].keys(), asked.request


def test_what_is_stored_answers_as_the_document_says(pipeline: Pipeline) -> None:
    event = max(pipeline.events(), key=lambda event: len(event.claims))  # others may have come without claims
    known = {
        "event_id": event.event_id,
        "article_id": event.articles[0].article_id,
        "claim_id": event.claims[0].claim_id,
    }
    document: Any = schemathesis.openapi.from_url(f"{pipeline.urls['api']}/openapi.json")
    asked = {}
    for operation in (found.ok() for found in document.get_all_operations()):
        names = [parameter.name for parameter in operation.path_parameters]
        if operation.method != "get" or not known.keys() >= set(names):
            continue
        query = {"follow": "false"} if operation.path == STREAM else {}
        answer = operation.Case(path_parameters={name: known[name] for name in names}, query=query).call_and_validate()
        asked[operation.path] = answer.status_code
    assert {"/v1/events/{event_id}", "/v1/events/{event_id}/claims/{claim_id}/receipt"} <= asked.keys()
    assert set(asked.values()) == {200}
