"""`cluster` and `extract` without their command line."""

import gzip
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from rich.console import Console

from services.contracts.article import Article
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.shard import Shard
from services.dedupe.signals.terms import TermStatistics
from services.ingest.build import first_revision
from services.ingest.submission import parse_submission
from services.language.stems import singulars
from services.local.errors import UserError
from services.local.offline import count_rows, read_rows, row_writer
from services.local.offline_cluster import cluster, publication_order
from services.local.offline_extract import extract_claims
from services.local.progress import Bar, progress

NOW = datetime(2026, 3, 4, tzinfo=UTC)
FERRY = (
    "The ferry Aster capsized off Marl harbour on Tuesday and at least 12 passengers drowned, the coast guard said. "
    "Rescuers in boats pulled 40 passengers of the ferry out of Marl harbour before dark."
)
BANK = (
    "The central bank of Orle raised its key interest rate to 4 percent on Tuesday to slow inflation. "
    "The governor of the bank said that prices had risen too fast since the autumn."
)


class WordEmbedder:
    """Texts with the same words have the same direction."""

    model_id = "words@1"
    dimensions = 256
    max_tokens = 256

    def embed(self, texts: Sequence[str], max_tokens: int | None = None) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in sorted(set(singulars(text))):
                seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8])
                np.add(row, np.random.default_rng(seed).normal(size=self.dimensions), out=row, casting="same_kind")
        normed: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return normed


@pytest.fixture
def bar() -> Iterator[Bar]:
    with progress(Console(file=io.StringIO()), "Test") as bar:
        yield bar


def article(text: str, **fields: Any) -> Article:
    return first_revision(parse_submission({"text": text, **fields}), fetched_at=NOW)


def events(articles: Sequence[Article], bar: Bar) -> list[str]:
    return cluster(articles, WordEmbedder(), Shard(Decision.load_bundled(), TermStatistics.load_bundled()), bar)


def test_reports_of_one_event_have_one_id_and_others_another(bar: Bar) -> None:
    first, second, third = events(
        [
            article(FERRY, title="Ferry capsizes off Marl", publisher="One", published_at="2026-03-03T10:00:00Z"),
            article(BANK, title="Bank raises rate", publisher="Two", published_at="2026-03-03T11:00:00Z"),
            article(FERRY, title="Ferry capsizes off Marl", publisher="Three", published_at="2026-03-03T12:00:00Z"),
        ],
        bar,
    )
    assert first == third != second


def test_the_order_of_the_rows_does_not_change_the_events(bar: Bar) -> None:
    articles = [
        article(f"{text} {number}", publisher=f"Outlet {number}", published_at=f"2026-03-03T1{number}:00:00Z")
        for number, text in enumerate([FERRY, BANK, FERRY, BANK, FERRY])
    ]
    forwards = events(articles, bar)
    assert events(articles[::-1], bar) == forwards[::-1]


def test_two_versions_of_one_article_are_in_one_event(bar: Bar) -> None:
    url = "https://one.example/ferry"
    first, corrected = events(
        [
            article(FERRY, url=url, published_at="2026-03-03T10:00:00Z"),
            article(FERRY.replace("12", "14"), url=url, published_at="2026-03-03T12:00:00Z", status="corrected"),
        ],
        bar,
    )
    assert first == corrected


def test_articles_are_placed_by_publication_and_undated_ones_last_in_their_order() -> None:
    early, late = datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC)
    assert publication_order([None, late, None, early, late]) == [3, 1, 4, 0, 2]


def test_claims_stand_in_the_text_as_it_was_given() -> None:
    quotation = "“We were told nothing until the evening,” said Ada Lind, the mayor of Marl."
    given = (
        "  Skip to content\r\n\r\nAdvertisement\r\n\r\n"
        "The ferry Aster sank off Marl on Tuesday and at least 12 people drowned.\r\n\r\n"
        f"Subscribe to our newsletter\r\n\r\n{quotation}\r\n"
    )
    claims = extract_claims(article(given), given)
    assert [given[claim["start"] : claim["end"]] for claim in claims] == [claim["text"] for claim in claims]
    said = next(claim for claim in claims if claim["kind"] == "quotation")
    speaker = said["speaker"]
    assert (speaker["surface"], speaker["canonical"]) == ("Ada Lind", "Ada Lind")
    assert given[speaker["start"] : speaker["end"]] == "Ada Lind"
    (quoted,) = said["quoted"]
    assert given[quoted["start"] : quoted["end"]].startswith("We were told nothing until the evening")
    quantities = [quantity for claim in claims for quantity in claim["quantities"]]
    assert [given[quantity["start"] : quantity["end"]] for quantity in quantities] == [
        quantity["surface"] for quantity in quantities
    ]
    assert 12 in [quantity["value"] for quantity in quantities]


def test_a_claim_with_a_headline_glued_into_its_words_is_left_out() -> None:
    headlines = " Ada M. LindCouncil votes on 2032 bridge Ferry captains protest Harbour blues MORE"
    first = f"Otto Keld said that Ada Lind{headlines} (Port of Tarn) had sold the ferry."
    given = f"{first} Keld said that the bridge was safe."
    assert [claim["text"] for claim in extract_claims(article(given), given)] == ["the bridge was safe"]


def test_rows_keep_their_own_id_and_others_get_that_of_the_article(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl.gz"
    with gzip.open(source, "wt") as lines:
        lines.write(f"{json.dumps({'id': 7, 'text': FERRY})}\n\n{json.dumps({'text': BANK})}\n")
    assert count_rows(str(source)) == 2
    rows = list(read_rows(str(source), NOW, pytest.fail))
    assert [row.identity for row in rows] == [7, rows[1].article.article_id]
    assert [row.line for row in rows] == [1, 3]


def test_a_row_without_a_date_has_the_day_in_its_address(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    text = "The old harbour bridge reopened to traffic on Monday after two years of repairs."
    rows = [
        {"url": "https://courier.example/2031/mar/01/bridge", "text": text, "published_at": None},
        {"url": "https://courier.example/2031/mar/01/bridge", "text": text, "published_at": "2031-02-28T10:00:00Z"},
        {"url": "https://courier.example/bridge", "text": text},
    ]
    source.write_text("\n".join(map(json.dumps, rows)))
    now = datetime(2031, 3, 3, tzinfo=UTC)
    assert [row.article.published_at for row in read_rows(str(source), now, pytest.fail)] == [
        datetime(2031, 3, 1, tzinfo=UTC),
        datetime(2031, 2, 28, 10, tzinfo=UTC),
        None,
    ]


def test_what_is_wrong_with_a_row_is_told_with_its_line_and_the_others_are_read(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_text('{"text": "Fine."}\nnot JSON\n{"title": "no text"}\n[]\n{"text": "Fine too."}\n')
    bad: list[str] = []
    assert [row.line for row in read_rows(str(source), NOW, bad.append)] == [1, 5]
    assert [message.removeprefix(f"{source}:").split(":")[0] for message in bad] == ["2", "3", "4"]


@pytest.mark.parametrize("name", ["missing.jsonl", "broken.jsonl.gz"])
def test_a_file_that_cannot_be_read_is_a_user_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.jsonl.gz").write_bytes(gzip.compress(b'{"text": "x"}\n' * 100)[:-12])
    with pytest.raises(UserError, match=name):
        list(read_rows(str(tmp_path / name), NOW, pytest.fail))


def test_each_row_is_in_the_file_as_soon_as_it_is_written(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    with row_writer(str(target), "in.jsonl") as write:
        write({"id": 1})
        assert target.read_text() == '{"id":1}\n'


def test_the_input_is_never_written_over(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_text('{"text": "x"}\n')
    with pytest.raises(UserError, match="is the input"), row_writer(str(source), str(source)):
        pass
    assert source.read_text() == '{"text": "x"}\n'
