"""The garbage collector rests, and still comes."""

import gc
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import services.contracts
from services.contracts.claim import ExtractedArticle
from services.runtime.garbage import COLLECTED_OBJECTS, let_collector_rest
from services.runtime.settings import RuntimeSettings

EXAMPLE = Path(services.contracts.__path__[0]) / "examples" / "claims.extracted.v1" / "agency-report.json"
CLAIMS = 24
"""Of an article, in the mean of a stream."""


@pytest.fixture(autouse=True)
def _collector_as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.enable()
    gc.unfreeze()
    gc.set_threshold(*before)


def test_the_collector_leaves_what_is_loaded_alone_and_comes_seldom() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    let_collector_rest()
    assert gc.get_threshold() == (COLLECTED_OBJECTS, *before[1:])
    assert gc.get_freeze_count() > frozen
    assert gc.isenabled()


def test_the_collector_does_not_come_while_a_batch_of_articles_with_their_claims_is_read() -> None:
    article = json.loads(EXAMPLE.read_text(encoding="utf-8"))["value"]
    article["claims"] = (article["claims"] * CLAIMS)[:CLAIMS]
    message = json.dumps(article)
    let_collector_rest()
    collections = [generation["collections"] for generation in gc.get_stats()]
    batch = [ExtractedArticle.model_validate_json(message) for _ in range(RuntimeSettings().max_batch_messages)]
    assert [generation["collections"] for generation in gc.get_stats()] == collections
    assert gc.get_count()[0] > len(batch) * CLAIMS
