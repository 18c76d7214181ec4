"""A browser, and a stack that has read the samples, for each file of tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser import running_browser
from tests.support.pipeline import Pipeline, running_pipeline, sample_rows


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, started once for a file."""
    with running_browser() as running:
        yield running


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    """A stack that has read the samples."""
    with running_pipeline(tmp_path_factory.mktemp("browser")) as running:
        running.submit(sample_rows())
        running.settle()
        yield running


@pytest.fixture
def site(pipeline: Pipeline) -> str:
    """The address of the pages."""
    return pipeline.urls["api"]
