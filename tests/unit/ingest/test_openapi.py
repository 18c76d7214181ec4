"""The OpenAPI document of ingest: its examples hold, and there is one of every answer."""

from typing import Any

import pytest

from services.ingest.feeds.routes import FeedsPlace, feeds_router
from services.ingest.push.access import Access
from services.ingest.push.app import create_app
from services.ingest.push.limit import ConcurrencyLimit
from services.ingest.push.openapi import EXAMPLE_ARTICLE_ID
from services.ingest.settings import IngestSettings
from services.ingest.trace import article_of
from tests.support.document_examples import faults_of_examples, find_examples, json_answers_without_example
from tests.support.example_requests import example_requests


@pytest.fixture
def document() -> dict[str, Any]:
    """As the service serves it, feeds included."""
    settings = IngestSettings()
    app = create_app(settings, ConcurrencyLimit(settings.max_requests_in_flight))
    app.include_router(feeds_router(FeedsPlace(), Access(settings)))
    return app.openapi()


def test_every_example_is_valid_by_its_schema(document: dict[str, Any]) -> None:
    assert len(list(find_examples(document))) > 6
    assert faults_of_examples(document) == {}


def test_every_json_answer_has_an_example(document: dict[str, Any]) -> None:
    without = json_answers_without_example(document)
    assert without == set(), "`python -m tests.support.record_examples` writes the examples of new routes"


def test_examples_of_requests_ask_for_the_article_that_the_example_submits(document: dict[str, Any]) -> None:
    requests = {request.operation: request for request in example_requests(document)}
    submitted = requests["POST /v1/articles"].body
    assert article_of(submitted["url"]) == EXAMPLE_ARTICLE_ID
    assert requests["GET /v1/articles/{article_id}/trace"].path == f"/v1/articles/{EXAMPLE_ARTICLE_ID}/trace"
