"""The table of figures of five real reports, read from a folder outside the repository: nothing of them is here."""

import json
import os
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Event, EventStatus, Membership
from services.contracts.event_claims import Figure, FigureValue, FigureVerdict, Outlook
from services.dedupe.claim_vectors import embed_claims
from services.dedupe.clustering.records import EventRecord
from services.dedupe.embed_handler import embed_articles
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.model_files import MODEL_NAME
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.members import Member, MemberFeatures
from services.extract.extraction import extract
from services.ingest.build import FROM_FILE, first_revision
from services.ingest.submission import parse_submission

pytestmark = pytest.mark.seeds
NOW = datetime(2026, 4, 1, tzinfo=UTC)
TROOPS = "North Korean troops"
INCREMENT = "additional"
EXPECTED = 10_000


@pytest.fixture(scope="module")
def sheet() -> dict[str, Any]:
    folder = Path(os.environ["NEWSWEAVE_SEEDS_DIR"])
    read: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module", params=["with their dates", "undated"])
def articles(sheet: dict[str, Any], request: pytest.FixtureRequest) -> dict[str, EmbeddedArticle]:
    """By number; as pasted, and with the days on which they were published."""
    folder = Path(os.environ["NEWSWEAVE_SEEDS_DIR"])
    extracted = []
    for one in sheet["articles"]:
        row = {"text": (folder / one["file"]).read_text(encoding="utf-8"), "publisher": f"{one['article']}.example"}
        if request.param != "undated":
            row["published_at"] = one["published"]
        extracted.append(extract(first_revision(parse_submission(row), fetched_at=NOW, source=FROM_FILE)))
    embedder = load_embedder("openvino", MODEL_NAME, None, threads=1)
    embedded = embed_claims(embed_articles(embedder, extracted, shard="main"), embedder)
    return dict(zip((one["article"] for one in sheet["articles"]), embedded, strict=True))


def event_of(embedded: Sequence[EmbeddedArticle]) -> Event:
    members = [
        Member("evt", one, Membership(threshold=0.4, model="test"), MemberFeatures.from_embedded(one))
        for one in embedded
    ]
    founder = min(member.article.article_id for member in members)
    record = EventRecord(
        event_id="evt", version=1, status=EventStatus.OPEN, founder_id=founder, updated_at=NOW, active_at=NOW
    )
    return build_event(record, members)


@pytest.fixture(scope="module")
def event(articles: dict[str, EmbeddedArticle]) -> Event:
    return event_of(list(articles.values()))


def row_of(event: Event, counted: str) -> Figure:
    (figure,) = [figure for figure in event.figures if figure.counted == counted]
    return figure


def value_of(event: Event, articles: dict[str, EmbeddedArticle], wanted: dict[str, Any]) -> FigureValue:
    """The value of the table for a figure of the sheet."""
    article_id = articles[wanted["article"]].extracted.article.article_id
    (value,) = [
        value
        for figure in event.figures
        for value in figure.values
        if article_id in value.article_ids
        and not value.derived_from
        and wanted["counted"].split()[-1] in figure.counted.split()
        and (value.low, value.high) == (wanted["low"], wanted["high"])
        and value.increment == (wanted["bound"] == INCREMENT)
    ]
    return value


def one_name(event: Event, one: str, other: str) -> bool:
    """Whether the event knows both as names of one."""
    return any({one, other} <= {entity.name, *(form.surface for form in entity.variants)} for entity in event.entities)


def test_each_figure_is_in_the_table_with_its_bound_and_source(
    event: Event, articles: dict[str, EmbeddedArticle], sheet: dict[str, Any]
) -> None:
    sources = {one["source"] for one in sheet["statements"]}
    for wanted in sheet["figures"]:
        value = value_of(event, articles, wanted)
        if wanted["bound"] != INCREMENT:
            assert value.bound.value == wanted["bound"]
        if wanted["source"] in sources:
            assert any(one == wanted["source"] or one_name(event, one, wanted["source"]) for one in value.sources)


def test_all_counts_of_the_troops_stand_in_one_row(
    event: Event, articles: dict[str, EmbeddedArticle], sheet: dict[str, Any]
) -> None:
    troops = row_of(event, TROOPS)
    wanted = [one for one in sheet["figures"] if one["counted"] == TROOPS]
    assert all(value_of(event, articles, one) in troops.values for one in wanted)
    assert Outlook.EXPECTED in {value.outlook for value in troops.values if value.value == EXPECTED}


def test_officers_and_generals_agree(event: Event, articles: dict[str, EmbeddedArticle], sheet: dict[str, Any]) -> None:
    for noun in ("officers", "generals"):
        first, second = [value_of(event, articles, one) for one in sheet["figures"] if one["counted"] == noun]
        assert first == second
        assert len(first.sources) == 2
        (figure,) = [figure for figure in event.figures if first in figure.values]
        assert figure.verdict is FigureVerdict.AGREE


def test_twelve_thousand_against_three_thousand_is_the_conflict(event: Event) -> None:
    troops = row_of(event, TROOPS)
    assert troops.verdict is FigureVerdict.CONFLICTING
    (contradiction,) = [one for one in event.contradictions if one.kind.value == "figure"]
    for told in (troops.explanation, contradiction.explanation):
        assert "12,000" in told
        assert "3,000" in told
    others = [figure for figure in event.figures if figure is not troops]
    assert not any(figure.verdict is FigureVerdict.CONFLICTING for figure in others)


def test_two_counts_of_one_source_add_up_to_a_bound_that_fits_the_third(event: Event) -> None:
    troops = row_of(event, TROOPS)
    (sum_,) = [value for value in troops.values if value.derived_from]
    (around,) = [value for value in troops.values if value.value == 3_000 and not value.derived_from]
    assert (sum_.low, sum_.high) == (3_000, None)
    assert around.sources != sum_.sources
    assert sum_.sources == next(value for value in troops.values if value.increment).sources


def test_any_order_of_the_articles_gives_the_same_table(articles: dict[str, EmbeddedArticle]) -> None:
    listed = list(articles.values())
    expected = [figure.model_dump_json() for figure in event_of(listed).figures]
    for seed in range(4):
        shuffled = random.Random(seed).sample(listed, len(listed))
        assert [figure.model_dump_json() for figure in event_of(shuffled).figures] == expected
