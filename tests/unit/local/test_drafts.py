"""`newsweave match` and `newsweave check`."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.api.manners.openapi import EXAMPLES_FILE
from services.local.main import main
from tests.support.http_server import Answer, Request, http_server

EXAMPLES = json.loads(EXAMPLES_FILE.read_bytes())
MATCH: dict[str, Any] = EXAMPLES["POST /v1/match"]
CHECK: dict[str, Any] = EXAMPLES["POST /v1/check"]


def newsweave(*arguments: str) -> int:
    try:
        main(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    file = tmp_path / "draft.txt"
    file.write_text("At least 14 people died when a ferry capsized.\n", encoding="utf-8")
    return file


def body_of(request: Request) -> Any:
    return json.loads(request.body)


def test_match_sends_the_text_and_names_the_event_and_the_second(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with http_server(lambda _: Answer(body=MATCH)) as server:
        code = newsweave("match", str(draft), "--title", "Ferry capsizes", "--url", server.url)
    assert code == 0
    assert body_of(server.requests[0]) == {"title": "Ferry capsizes", "text": draft.read_text()}
    told = capsys.readouterr().out
    assert MATCH["best"]["event"]["event_id"] in told
    assert f"second: {MATCH['runner_up']['event']['event_id']}" in told
    assert MATCH["reason"] in told


def test_a_first_line_that_stands_alone_is_the_headline(tmp_path: Path) -> None:
    file = tmp_path / "draft.txt"
    file.write_text("Ferry capsizes\n\nAt least 14 people died.\n\nMore follows.\n", encoding="utf-8")
    with http_server(lambda _: Answer(body=MATCH)) as server:
        newsweave("match", str(file), "--url", server.url)
        file.write_text("At least 14 people died.\n\nMore follows.", encoding="utf-8")
        newsweave("match", str(file), "--url", server.url)
    first, second = map(body_of, server.requests)
    assert first == {"title": "Ferry capsizes", "text": "At least 14 people died.\n\nMore follows."}
    assert second == {"text": "At least 14 people died.\n\nMore follows."}


def test_match_fails_for_a_text_that_is_about_no_event_here(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none = MATCH | {"matched": False, "best": None, "runner_up": None, "reason": "Nothing is near."}
    with http_server(lambda _: Answer(body=none)) as server:
        assert newsweave("match", str(draft), "--url", server.url) == 1
    assert capsys.readouterr().out.strip() == "No event. Nothing is near."


def test_match_sends_the_rows_of_a_file_fifty_at_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": number, "text": f"Text {number}", "publisher": "Courier", "title": None} for number in range(60)]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    def answer(request: Request) -> Answer:
        return Answer(body={"matches": [MATCH] * len(body_of(request)["drafts"])})

    with http_server(answer) as server:
        assert newsweave("match", str(tmp_path / "rows.jsonl"), "--json", "--url", server.url) == 0
    assert [len(body_of(request)["drafts"]) for request in server.requests] == [50, 10]
    assert body_of(server.requests[0])["drafts"][0] == {"text": "Text 0"}
    assert len(json.loads(capsys.readouterr().out)["matches"]) == 60


def test_check_shows_each_claim_with_the_words_of_the_articles(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with http_server(lambda _: Answer(body=CHECK)) as server:
        code = newsweave("check", str(draft), "--event", "evt_1", "--url", server.url)
    assert body_of(server.requests[0]) == {"text": draft.read_text(), "event_id": "evt_1"}
    assert code == 0
    told = " ".join(capsys.readouterr().out.split())
    for claim in CHECK["claims"]:
        assert claim["text"] in told
        assert claim["explanation"] in told
        for passage in claim["passages"]:
            assert passage["text"][:60] in told


def test_check_fails_where_something_is_denied(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    denied = CHECK | {"counts": CHECK["counts"] | {"denied": 1}}
    with http_server(lambda _: Answer(body=denied)) as server:
        assert newsweave("check", str(draft), "--json", "--url", server.url) == 1
    assert json.loads(capsys.readouterr().out)["counts"]["denied"] == 1


@pytest.mark.parametrize("command", ["match", "check"])
def test_a_file_that_is_not_there_or_empty_is_an_error_in_words(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert newsweave(command, str(tmp_path / "none.txt"), "--url", "http://127.0.0.1:1") == 1
    assert "cannot read" in capsys.readouterr().err
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    assert newsweave(command, str(tmp_path / "empty.txt"), "--url", "http://127.0.0.1:1") == 1
    assert "has no text" in capsys.readouterr().err
