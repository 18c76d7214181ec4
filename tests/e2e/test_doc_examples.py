"""The Python examples of the docs for users run as they stand."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.pipeline import Pipeline, running_pipeline, sample_rows
from tests.support.stack import ROOT, environment

_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples(name: str) -> list[str]:
    found: list[str] = _BLOCK.findall((ROOT / "docs" / name).read_text("utf-8"))
    return found


EXAMPLES = [
    pytest.param(code, id=f"{name}-{number}")
    for name in ("python-client.md", "mcp.md")
    for number, code in enumerate(examples(name), start=1)
]


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    with running_pipeline(tmp_path_factory.mktemp("stack")) as running:
        running.submit(sample_rows())
        running.settle()
        yield running


def test_both_docs_have_examples() -> None:
    assert len(EXAMPLES) >= 7


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_runs_and_prints(pipeline: Pipeline, code: str) -> None:
    addresses = {f"NEWSWEAVE_{name.upper()}_URL": pipeline.urls[name] for name in ("api", "ingest")}
    commands = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=environment(pipeline.up.home) | addresses | commands,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip()
