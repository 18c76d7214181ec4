"""Submitting: batches, refusals, a service that is away, and waiting."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from services.local.client import Client
from services.local.errors import UserError
from services.local.input_rows import count_articles, read_sources
from services.local.progress import Bar, progress
from services.local.submission import Accepted, submit, wait_until_visible
from tests.support.http_server import Answer, Request, http_server


@pytest.fixture
def bar() -> Iterator[Bar]:
    with progress(Console(file=io.StringIO()), "Test") as bar:
        yield bar


def no_pause(_seconds: float) -> None:
    pass


def accept(request: Request) -> Answer:
    rows = [json.loads(line) for line in request.body.splitlines()]
    articles = [{"article_id": f"art_{row['title']}", "revision": 1} for row in rows]
    return Answer(202, {"articles": articles})


def write_rows(path: Path, count: int, **fields: Any) -> str:
    rows = [{"title": str(number), "text": f"Text {number}.", **fields} for number in range(count)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_all_rows_arrive_in_order_over_several_requests(tmp_path: Path, bar: Bar) -> None:
    source = write_rows(tmp_path / "rows.jsonl", 120)
    with http_server(accept) as server, Client(server.url, timeout_seconds=5) as client:
        accepted = submit(client, read_sources([source]), bar=bar)
    assert accepted == [Accepted(f"art_{number}", 1) for number in range(120)]
    assert len(server.requests) > 1
    assert {request.content_type for request in server.requests} == {"application/x-ndjson"}


def test_a_service_that_says_when_to_come_back_is_left_alone_until_then(tmp_path: Path, bar: Bar) -> None:
    answers = [Answer(429, {"title": "Too Many Requests"}, headers={"Retry-After": "17"})]
    source = write_rows(tmp_path / "rows.jsonl", 1)
    paused: list[float] = []
    with (
        http_server(lambda request: answers.pop() if answers else accept(request)) as server,
        Client(server.url, timeout_seconds=5) as client,
    ):
        assert len(submit(client, read_sources([source]), bar=bar, pause=paused.append)) == 1
    assert paused == [17.0]


def test_large_rows_are_spread_over_more_requests(tmp_path: Path, bar: Bar) -> None:
    source = write_rows(tmp_path / "rows.jsonl", 10, language="en", authors=["x" * 1900] * 100, extra="y" * 900_000)
    with http_server(accept) as server, Client(server.url, timeout_seconds=5) as client:
        assert len(submit(client, read_sources([source]), bar=bar)) == 10
    assert max(len(request.body) for request in server.requests) <= 4 * 1024 * 1024


def test_a_publisher_is_given_to_articles_that_name_none(tmp_path: Path, bar: Bar) -> None:
    first = write_rows(tmp_path / "a.jsonl", 1)
    second = write_rows(tmp_path / "b.jsonl", 1, publisher="Harbour Post")
    with http_server(accept) as server, Client(server.url, timeout_seconds=5) as client:
        submit(client, read_sources([first, second]), bar=bar, publisher="Given")
    rows = [json.loads(line) for line in server.requests[0].body.splitlines()]
    assert [row["publisher"] for row in rows] == ["Given", "Harbour Post"]


def test_a_service_that_is_away_for_a_moment_is_asked_again(tmp_path: Path, bar: Bar) -> None:
    answers = iter([Answer(503, {"title": "Starting"})] * 2)
    with (
        http_server(lambda request: next(answers, None) or accept(request)) as server,
        Client(server.url, timeout_seconds=5) as client,
    ):
        source = write_rows(tmp_path / "rows.jsonl", 1)
        assert len(submit(client, read_sources([source]), bar=bar, pause=no_pause)) == 1
    assert len(server.requests) == 3


def test_a_service_that_stays_away_ends_it(tmp_path: Path, bar: Bar) -> None:
    source = write_rows(tmp_path / "rows.jsonl", 1)
    with (
        http_server(lambda _request: Answer(503, {"title": "Starting"})) as server,
        Client(server.url, timeout_seconds=5) as client,
        pytest.raises(UserError, match="Starting"),
    ):
        submit(client, read_sources([source]), bar=bar, pause=no_pause)


def test_a_refusal_names_file_and_line_and_says_what_was_accepted(tmp_path: Path, bar: Bar) -> None:
    def refuse_the_second_request(request: Request) -> Answer:
        if len(server.requests) == 1:
            return accept(request)
        return Answer(422, {"title": "No", "errors": [{"line": 2, "field": "html", "message": "no article"}]})

    source = write_rows(tmp_path / "rows.jsonl", 60)
    with (
        http_server(refuse_the_second_request) as server,
        Client(server.url, timeout_seconds=5) as client,
        pytest.raises(UserError) as caught,
    ):
        submit(client, read_sources([source]), bar=bar)
    assert str(caught.value).startswith(f"{source}:52: html: no article\nThe 50 rows before are accepted")


def test_a_fault_in_a_file_shows_before_anything_is_sent(tmp_path: Path) -> None:
    source = Path(write_rows(tmp_path / "rows.jsonl", 3))
    source.write_text(source.read_text() + '{"title": "no text"}\n')
    with pytest.raises(UserError, match=r"rows\.jsonl:4: text: give exactly one of text and html"):
        count_articles([str(source)])


def test_a_folder_gives_its_articles_but_not_every_json_file(tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.jsonl", 2)
    (tmp_path / "one.txt").write_text("A text of a few words.")
    (tmp_path / "expected.json").write_text("{}")
    (tmp_path / "README.md").write_text("# Not an article")
    assert count_articles([str(tmp_path)]) == 3
    assert count_articles([str(tmp_path), "-"]) is None


def test_a_folder_with_nothing_to_submit_is_a_user_error(tmp_path: Path) -> None:
    (tmp_path / "expected.json").write_text("{}")
    with pytest.raises(UserError, match=r"name \.json files one by one"):
        count_articles([str(tmp_path)])


def test_waiting_ends_when_every_article_is_in_an_event(bar: Bar) -> None:
    asked: list[str] = []

    def answer(request: Request) -> Answer:
        asked.append(request.path)
        if request.path.endswith("art_new") and asked.count(request.path) < 2:
            return Answer(404, {"title": "No such article"})
        if request.path.endswith("art_revised") and asked.count(request.path) < 3:
            return Answer(body={"event_id": "evt_1", "article": {"revision": 1}})
        if request.path.endswith("art_unplaced") and asked.count(request.path) < 4:
            return Answer(body={"event_id": None, "article": {"revision": 1}})
        return Answer(body={"event_id": "evt_1", "article": {"revision": 2}})

    accepted = [Accepted("art_new", 1), Accepted("art_revised", 2), Accepted("art_unplaced", 1)]
    with http_server(answer) as server, Client(server.url, timeout_seconds=5) as client:
        wait_until_visible(client, accepted, bar=bar, patience_seconds=30, pause=no_pause)
    assert asked.count("/v1/articles/art_unplaced") == 4


def test_waiting_gives_up_when_nothing_appears_any_more(bar: Bar) -> None:
    with (
        http_server(lambda _request: Answer(404, {"title": "No such article"})) as server,
        Client(server.url, timeout_seconds=5) as client,
        pytest.raises(UserError, match=r"1 of 1 articles did not become visible.*art_lost"),
    ):
        wait_until_visible(client, [Accepted("art_lost", 1)], bar=bar, patience_seconds=0.05, pause=no_pause)
