"""Both HTTP APIs keep what their OpenAPI documents promise: asked by schemathesis, over a real stack."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis

from tests.support.pipeline import Pipeline, running_pipeline, sample_rows
from tests.support.stack import ROOT

pytestmark = pytest.mark.timeout(300)

EXAMPLES = 40
"""Generated requests for each operation, beside those that walk through the limits of every parameter."""
SEED = 1
"""The same requests in every run."""


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    """A stack that has read the samples."""
    with running_pipeline(tmp_path_factory.mktemp("documents")) as running:
        running.submit(sample_rows())
        running.settle()
        yield running


@pytest.mark.parametrize("service", ["ingest", "api"])
def test_a_service_answers_as_its_document_says(pipeline: Pipeline, service: str, tmp_path: Path) -> None:
    # Its command, not its pytest plugin, which pytest 9 does not take.
    run = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", str(ROOT / "tests/support/schemathesis.toml")),
            *("run", f"{pipeline.urls[service]}/openapi.json"),
            *("--max-examples", str(EXAMPLES), "--seed", str(SEED), "--phases", "examples,coverage,fuzzing"),
            *("--workers", "1", "--warnings", "off", "--continue-on-failure", "--no-color"),
        ],
        cwd=tmp_path,  # it leaves notes where it is started
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_what_is_stored_answers_as_the_document_says(pipeline: Pipeline) -> None:
    event = pipeline.events()[0]
    known = {"event_id": event.event_id, "article_id": event.articles[0].article_id}
    document: Any = schemathesis.openapi.from_url(f"{pipeline.urls['api']}/openapi.json")
    asked = {}
    for operation in (found.ok() for found in document.get_all_operations()):
        names = [parameter.name for parameter in operation.path_parameters]
        answer = operation.Case(path_parameters={name: known[name] for name in names}).call_and_validate()
        asked[operation.path] = answer.status_code
    assert "/v1/events/{event_id}" in asked
    assert set(asked.values()) == {200}
