"""Five real reports of one event, read from a folder outside the repository: nothing of them is stored here."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.contracts.event import Event
from services.local.input_rows import read_sources
from tests.support.pipeline import Pipeline, running_pipeline

FOLDER = os.environ.get("NEWSWEAVE_SEEDS_DIR")
pytestmark = pytest.mark.seeds


@pytest.fixture(scope="module")
def seeds() -> Path:
    return Path(FOLDER or "")


@pytest.fixture(scope="module")
def expected(seeds: Path) -> dict[str, Any]:
    sheet: dict[str, Any] = json.loads((seeds / "expected.json").read_text(encoding="utf-8"))
    return sheet


@pytest.fixture(scope="module")
def events(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Pipeline, list[Event]]]:
    rows = [row.data for row in read_sources([str(path) for path in sorted(seeds.glob("*.txt"))])]
    with running_pipeline(tmp_path_factory.mktemp("seeds")) as pipeline:
        pipeline.submit(rows)
        pipeline.settle()
        yield pipeline, pipeline.events()


def test_five_outlets_become_one_event_with_five_articles(events: tuple[Pipeline, list[Event]]) -> None:
    (event,) = events[1]
    assert event.counts.articles == 5


def test_the_shared_quotation_is_merged_with_at_least_three_supports(
    events: tuple[Pipeline, list[Event]], seeds: Path, expected: dict[str, Any]
) -> None:
    quotation = expected["quotations"][expected["shared_quotation"][0]]
    (file,) = seeds.glob(f"{quotation['article']}_*.txt")
    start, end = quotation["span"]
    words = file.read_text(encoding="utf-8")[start:end].strip(' ,."“”')
    (event,) = events[1]
    (claim,) = [claim for claim in event.claims if words in claim.text.replace("’", "'")]
    assert len({support.article_id for support in claim.supports}) >= 3


def test_readers_see_who_cuts_the_shared_quotation_and_which_agency_carried_it(
    events: tuple[Pipeline, list[Event]], expected: dict[str, Any]
) -> None:
    (event,) = events[1]
    quotation = expected["quotations"][expected["shared_quotation"][0]]
    (claim,) = [
        claim
        for claim in event.claims
        if sum(support.form == "full" for support in claim.supports) == len(expected["shared_quotation"])
    ]
    assert sum(support.form == "cut" for support in claim.supports) >= len(expected["cut_forms"])
    assert claim.ultimate_source is not None
    chain = {step.name for step in claim.ultimate_source.chain}
    forms = next(set(name["forms"]) for name in expected["names"] if quotation["via"][0] in name["forms"])
    assert quotation["speaker"] in chain
    assert chain & forms


def test_readers_see_both_sides_of_the_one_contradiction_of_polarity(events: tuple[Pipeline, list[Event]]) -> None:
    pipeline, (event,) = events
    (contradiction,) = [each for each in event.contradictions if each.kind == "polarity"]
    says = {position.says for position in contradiction.positions}
    assert {"confirms", "declines to confirm"} <= says
    page = httpx.get(f"{pipeline.urls['api']}/events/{event.event_id}").text
    for position in contradiction.positions:
        assert position.says in page
        assert all(f"/articles/{passage.article_id}#" in page for passage in position.passages)
