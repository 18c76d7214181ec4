"""The command line: exit codes, help, results apart from progress."""

import gzip
import io
import json
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from services.local.commands import (
    canonical,
    changes,
    check,
    claims,
    cluster,
    demo,
    events,
    explain,
    extract,
    feed,
    html,
    keys,
    match,
    mcp,
    merge,
    saved_searches,
    search,
    show,
    submit,
    topics,
    trace,
    up,
    verify,
    watch,
    webhooks,
)
from services.local.folder import DataFolder, RunningStack
from services.local.main import main
from services.local.ports import free_port
from services.runtime.backlog import Backlog
from services.runtime.settings import RuntimeSettings
from tests.support.http_server import Answer, Request, http_server

COMMANDS = {
    module.__name__.rpartition(".")[2].replace("_", "-"): module.EXAMPLES
    for module in (
        canonical,
        changes,
        check,
        claims,
        cluster,
        demo,
        events,
        explain,
        extract,
        feed,
        html,
        keys,
        match,
        mcp,
        merge,
        saved_searches,
        search,
        show,
        submit,
        topics,
        trace,
        up,
        verify,
        watch,
        webhooks,
    )
}


@dataclass(frozen=True)
class Told:
    returncode: int
    stdout: str
    stderr: str


class Newsweave(Protocol):
    def __call__(self, *arguments: str, stdin: str = "", **environment: str) -> Told: ...


@pytest.fixture
def newsweave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Newsweave:
    """Runs a command line without a terminal, and without any stack of the developer's own."""
    for name in ("NEWSWEAVE_API_URL", "NEWSWEAVE_INGEST_URL", "KAFKA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NEWSWEAVE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NEWSWEAVE_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(sys, "argv", ["newsweave"])

    def run(*arguments: str, stdin: str = "", **environment: str) -> Told:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capsys.readouterr()
        try:
            main(arguments)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        else:
            code = 0
        return Told(code, *capsys.readouterr())

    return run


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_help_of_a_command_ends_with_its_examples(command: str, newsweave: Newsweave) -> None:
    told = newsweave(command, "--help")
    assert told.returncode == 0
    assert told.stdout.rstrip().splitlines()[-len(COMMANDS[command]) :] == [
        f"    {example}" for example in COMMANDS[command]
    ]


def test_every_command_is_in_the_help(newsweave: Newsweave) -> None:
    told = newsweave("--help")
    assert told.returncode == 0
    listed = {line.split()[0] for line in told.stdout.partition("Commands:")[2].splitlines() if line.strip()}
    assert set(COMMANDS) <= listed


def test_wrong_usage_is_exit_code_2(newsweave: Newsweave) -> None:
    assert newsweave("no-such-command").returncode == 2
    assert newsweave("events", "--limit", "0").returncode == 2


@pytest.mark.parametrize("arguments", [["events"], ["show", "evt_1"], ["submit", "-"]])
def test_without_a_stack_a_command_says_how_to_start_one(arguments: list[str], newsweave: Newsweave) -> None:
    told = newsweave(*arguments)
    assert told.returncode == 1
    assert "newsweave up" in told.stderr
    assert "Traceback" not in told.stderr
    assert told.stdout == ""


def test_a_folder_of_rubbish_for_apache_kafka_ends_up_with_an_error(newsweave: Newsweave, tmp_path: Path) -> None:
    told = newsweave("up", KAFKA_HOME=str(tmp_path))
    assert told.returncode == 1
    assert "is no Apache Kafka folder" in told.stderr
    assert not (tmp_path / "data" / "stack.json").exists()


@pytest.mark.parametrize("address", ["8765", ":8765", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "localhost:²"])
def test_an_address_to_serve_models_at_that_is_none_is_refused(address: str, newsweave: Newsweave) -> None:
    told = newsweave("mcp", "--http", address)
    assert (told.returncode, "give HOST:PORT" in told.stderr) == (1, True)


def test_a_port_that_is_taken_is_told(newsweave: Newsweave) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = newsweave("mcp", "--http", f"127.0.0.1:{taken.getsockname()[1]}")
    assert (told.returncode, "cannot listen" in told.stderr) == (1, True)


def test_topics_are_listed_without_a_stack(newsweave: Newsweave) -> None:
    told = newsweave("topics", "--json")
    assert {topic["name"] for topic in json.loads(told.stdout)} >= {"article.ingested.v1", "event.updated.v1"}
    assert {topic["backlogs"] for topic in json.loads(told.stdout)} == {None}


@pytest.fixture
def _stack(tmp_path: Path) -> None:
    """A note that a stack runs, whose broker is nowhere."""
    urls = {"kafka": f"127.0.0.1:{free_port()}"}
    (tmp_path / "data").mkdir()
    DataFolder(tmp_path / "data").write_running(RunningStack(data=tmp_path, pid=1, ports={}, pids={}, urls=urls))


@pytest.mark.usefixtures("_stack")
def test_topics_of_a_stack_show_how_much_waits_for_whom(newsweave: Newsweave, monkeypatch: pytest.MonkeyPatch) -> None:
    async def found(_settings: RuntimeSettings) -> list[Backlog]:
        return [
            Backlog("claims.extracted.v1", "dedupe", messages=1200, waiting=7),
            Backlog("claims.extracted.v1", "api", messages=1200, waiting=0),
        ]

    monkeypatch.setattr(topics, "backlogs", found)
    assert "1,200 messages; dedupe has 7 waiting, api has 0 waiting" in newsweave("topics").stdout
    by_name = {topic["name"]: topic["backlogs"] for topic in json.loads(newsweave("topics", "--json").stdout)}
    assert by_name["claims.extracted.v1"][0] == {"service": "dedupe", "messages": 1200, "waiting": 7}
    assert by_name["event.updated.v1"] == []


@pytest.mark.usefixtures("_stack")
def test_topics_of_a_stack_whose_broker_is_away_are_listed_with_a_remark(newsweave: Newsweave) -> None:
    told = newsweave("topics")
    assert told.returncode == 0
    assert "event.updated.v1" in told.stdout
    assert "does not answer: no numbers" in told.stderr
    assert "Traceback" not in told.stderr


def test_rows_from_standard_input_are_submitted(newsweave: Newsweave) -> None:
    def accept(request: Request) -> Answer:
        count = len(request.body.splitlines())
        return Answer(202, {"articles": [{"article_id": f"art_{n}", "revision": 1} for n in range(count)]})

    with http_server(accept) as server:
        told = newsweave("submit", "-", "--url", server.url, stdin='{"text": "One."}\n{"text": "Two."}\n')
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("2 rows accepted: 2 articles.")
    assert told.stderr == "Submitting: 2 (standard input)\n"


def test_events_follow_the_cursor_up_to_the_limit(newsweave: Newsweave) -> None:
    def answer(request: Request) -> Answer:
        first = "cursor" not in request.path
        found = [{"event_id": f"evt_{'a' if first else 'b'}{n}"} for n in range(100 if first else 20)]
        return Answer(body={"events": found, "next": "more"})

    with http_server(answer) as server:
        told = newsweave("events", "--json", "-n", "120", NEWSWEAVE_API_URL=server.url)
    assert len(json.loads(told.stdout)["events"]) == 120
    assert [request.path for request in server.requests] == [
        "/v1/events?limit=100",
        "/v1/events?limit=20&cursor=more",
    ]


def test_an_event_that_does_not_exist_is_a_user_error(newsweave: Newsweave) -> None:
    with http_server(lambda _request: Answer(404, {"title": "No such event"})) as server:
        told = newsweave("show", "evt_none", "--url", server.url)
    assert told.returncode == 1
    assert told.stderr.strip().endswith("there is no event evt_none: `newsweave events` lists those there are")


@pytest.fixture
def answered() -> dict[str, object]:
    """What the api says of an event of two articles, of which one was tampered with."""
    mismatch = {
        "path": "claims[0].supports[1].span",
        "problem": "The article has other words there.",
        "span": {"start": 0, "end": 11},
        "expected": "Nine people",
        "found": 'Four "men"',
    }
    article = {"article_id": "art_1", "revision": 1, "stored_revision": 1, "content_hash": "00", "mismatches": []}
    return {
        "event_id": "evt_1",
        "version": 3,
        "status": "open",
        "verified": False,
        "spans": 2_001,
        "spans_verified": 2_000,
        "articles": [
            article | {"verdict": "verified", "spans": 1_200},
            article | {"article_id": "art_2", "verdict": "mismatch", "spans": 800, "mismatches": [mismatch]},
            article | {"article_id": "art_3", "verdict": "outdated", "spans": 0, "stored_revision": 2},
            article | {"article_id": "art_4", "verdict": "missing", "spans": 0, "stored_revision": None},
        ],
        "mismatches": [{"path": "claims[4].text", "problem": "No support has this wording.", "expected": "Ten people"}],
    }


def test_verify_says_what_differs_where_and_ends_with_1(newsweave: Newsweave, answered: dict[str, object]) -> None:
    with http_server(lambda _request: Answer(body=answered)) as server:
        told = newsweave("verify", "evt_1", "--url", server.url)
    assert [request.path for request in server.requests] == ["/v1/events/evt_1/verification"]
    assert told.returncode == 1
    assert told.stdout.splitlines() == [
        "verified  art_1  revision 1, 1,200 spans right",
        "mismatch  art_2  revision 1, 800 spans right",
        "  claims[0].supports[1].span [0, 11): The article has other words there.",
        '    expected "Nine people"',
        '    found    "Four \\"men\\""',
        "outdated  art_3  the event shows revision 1, stored is 2",
        "missing   art_4  no text of it is stored",
        "not in any article",
        "  claims[4].text: No support has this wording.",
        '    expected "Ten people"',
        "The event may catch up: ask again soon.",
        "evt_1 version 3: 2,000 of 2,001 spans verified, 1 of 4 articles.",
    ]


def test_verify_says_when_an_event_will_not_catch_up_with_a_revision(
    newsweave: Newsweave, answered: dict[str, object]
) -> None:
    with http_server(lambda _request: Answer(body=answered | {"status": "closed"})) as server:
        told = newsweave("verify", "evt_1", "--url", server.url)
    assert "The event is closed and takes no revisions." in told.stdout.splitlines()


def test_verify_as_json_is_the_answer_of_the_api_and_the_exit_code_the_same(
    newsweave: Newsweave, answered: dict[str, object]
) -> None:
    with http_server(lambda _request: Answer(body=answered)) as server:
        told = newsweave("verify", "evt_1", "--json", "--url", server.url)
    assert (told.returncode, json.loads(told.stdout)) == (1, answered)


def test_verify_ends_with_0_when_all_is_right_and_names_the_event_a_merged_one_went_into(
    newsweave: Newsweave, answered: dict[str, object]
) -> None:
    with http_server(lambda _request: Answer(body=answered | {"verified": True})) as server:
        told = newsweave("verify", "evt_old", "--url", server.url)
    assert told.returncode == 0
    assert told.stdout.splitlines()[0] == "evt_old was merged into evt_1."


def test_verify_of_an_unknown_event_is_a_user_error(newsweave: Newsweave) -> None:
    with http_server(lambda _request: Answer(404, {"title": "No such event"})) as server:
        told = newsweave("verify", "evt_none", "--url", server.url)
    assert told.returncode == 1
    assert "there is no event evt_none" in told.stderr


def test_verify_of_an_event_whose_successor_has_not_come_says_so(newsweave: Newsweave) -> None:
    problem = {"title": "Its successor is not there yet", "detail": "evt_1 was merged into evt_2: ask again."}
    with http_server(lambda _request: Answer(409, problem)) as server:
        told = newsweave("verify", "evt_1", "--url", server.url)
    assert told.returncode == 1
    assert "evt_1 was merged into evt_2: ask again." in told.stderr


def test_extract_writes_a_row_for_each_row_to_standard_output(newsweave: Newsweave) -> None:
    text = "“The bridge is safe,” said Ada Lind, the mayor."
    told = newsweave("extract", "-", "--out", "-", stdin=json.dumps({"id": "one", "text": text}) + "\n")
    assert told.returncode == 0, told.stderr
    row = json.loads(told.stdout)
    assert row["id"] == "one"
    assert row["claims"][0]["speaker"]["canonical"] == "Ada Lind"


def test_a_row_that_cannot_be_used_stops_extract_unless_it_may_be_left_out(newsweave: Newsweave) -> None:
    rows = '{"text": "Fine."}\nnot JSON\n{"html": "<p>No</p>"}\n'
    stopped = newsweave("extract", "-", "--out", "-", stdin=rows)
    assert stopped.returncode == 1
    assert "-:2: not JSON" in stopped.stderr
    went_on = newsweave("extract", "-", "--out", "-", "--skip-bad", stdin=rows)
    assert went_on.returncode == 0
    assert "2 rows left out" in went_on.stderr
    assert len(went_on.stdout.splitlines()) == 1


def labelled_row(text: str, *attributions: tuple[str, str | None]) -> str:
    """A row for `newsweave evaluate claims`: each attribution a content and its source, as words of the text."""

    def part(words: str) -> list[dict[str, object]]:
        return [{"spans": [[text.index(words), text.index(words) + len(words)]]}]

    labels = [{"content": part(content), "source": part(source) if source else []} for content, source in attributions]
    return json.dumps({"id": "1", "text": text, "attributions": labels})


def test_evaluate_claims_tells_how_many_attributions_are_found_with_their_sources(
    newsweave: Newsweave, tmp_path: Path
) -> None:
    rows = tmp_path / "labelled.jsonl"
    rows.write_text(
        labelled_row(
            'Ada Reyl said that the bridge was safe. "I walked over it today," she said.',
            ("that the bridge was safe", "Ada Reyl"),
            ('"I walked over it today,"', "she"),
        )
        + "\n"
        + labelled_row("The mayor denied that the ferry had been sold.", ("that the ferry had been sold", "ferry"))
        + "\n",
        encoding="utf-8",
    )
    told = newsweave("evaluate", "claims", str(rows), "--json")
    assert told.returncode == 0, told.stderr
    scores = json.loads(told.stdout)
    assert (scores["articles"], scores["f1"], scores["quoted_recall"]) == (2, 1.0, 1.0)
    assert scores["source_accuracy"] == pytest.approx(2 / 3)
    assert scores["kinds"]["quotation"] == {"precision": 1.0, "source_accuracy": 1.0}
    assert "right source    0.667 (2 of 3)" in newsweave("evaluate", "claims", str(rows)).stdout


def test_evaluate_claims_refuses_rows_without_spans(newsweave: Newsweave, tmp_path: Path) -> None:
    rows = tmp_path / "labelled.jsonl"
    rows.write_text(
        '{"text": "Ada Reyl said so.", "attributions": [{"content": [{"words": "so"}]}]}\n', encoding="utf-8"
    )
    told = newsweave("evaluate", "claims", str(rows))
    assert told.returncode == 1
    assert "labelled.jsonl:1: no attributions with text and spans" in told.stderr


def judged_files(folder: Path) -> tuple[Path, Path]:
    """An article, and verdicts of a reader on it."""
    text = "Ada Reyl said that the bridge was safe. The mayor denied that the ferry had been sold."
    place = {"start": text.index("the bridge"), "end": text.index("the bridge") + len("the bridge was safe")}
    claim = {"article": "1", **place, "speaker": "Ada Reyl", "commitment": "asserts", "verdict": "good"}
    judged, articles = folder / "judged.jsonl", folder / "events-own.jsonl.gz"
    judged.write_text(json.dumps({"articles": ["1"], "claims": [claim], "missed": []}) + "\n", encoding="utf-8")
    with gzip.open(articles, "wt", encoding="utf-8") as lines:
        lines.write('["no row"]\n' + json.dumps({"id": "1", "text": text}) + "\n")
    return judged, articles


def test_evaluate_claims_tells_what_readers_accept(newsweave: Newsweave, tmp_path: Path) -> None:
    judged, articles = judged_files(tmp_path)
    told = newsweave("evaluate", "claims", str(articles), "--judged", str(judged))
    assert told.returncode == 0, told.stderr
    assert "claims     2, of them 1 unjudged" in told.stdout
    assert "kept       1.000 (1 of 1 judged good)" in told.stdout
    beside = newsweave("evaluate", "claims", "--judged", str(judged), "--json")
    scores = json.loads(beside.stdout)
    assert (scores["accepted"], scores["kinds"]["statement"]) == (1.0, {"unjudged": 1, "good": 1})


def test_evaluate_claims_says_what_is_missing(newsweave: Newsweave, tmp_path: Path) -> None:
    judged, articles = judged_files(tmp_path)
    articles.unlink()
    assert "name the file with the articles" in newsweave("evaluate", "claims", "--judged", str(judged)).stderr
    judged.write_text('{"articles": ["1"]}\n', encoding="utf-8")
    assert "judged.jsonl:1: no verdicts" in newsweave("evaluate", "claims", "x", "--judged", str(judged)).stderr
    assert "--judged FILE" in newsweave("evaluate", "claims").stderr


NEAREST = {
    "event_id": "evt_2",
    "affinity": 0.12,
    "threshold": 0.27,
    "against": "places",
    "reason": "the two open with other places (Port Eldrin; Sorrel Vale)",
}
NEAREST_SENTENCE = (
    "Nearest other event: evt_2 (affinity 0.120; 0.27 is needed): "
    "the two open with other places (Port Eldrin; Sorrel Vale)."
)


def test_an_article_is_explained_with_the_nearest_event_that_it_is_not_in(newsweave: Newsweave) -> None:
    membership = {"score": None, "threshold": 0.27, "signals": {}, "model": "m1", "nearest": NEAREST}
    found = {"article_id": "art_1", "event_id": "evt_1", "headline": "Ferry sinks", "membership": membership}
    with http_server(lambda _request: Answer(body=found)) as server:
        told = newsweave("explain", "art_1", "--url", server.url)
    assert server.requests[0].path == "/v1/articles/art_1/membership"
    assert NEAREST_SENTENCE in " ".join(told.stdout.split())


@pytest.mark.parametrize(("runner_up", "times"), [("evt_2", 0), ("evt_3", 1)])
def test_a_runner_up_that_is_the_nearest_event_is_told_once(runner_up: str, times: int, newsweave: Newsweave) -> None:
    placed = {"score": 0.8, "threshold": 0.27, "runner_up": runner_up, "runner_up_score": 0.12, "model": "m1"}
    membership = placed | {"signals": {}, "nearest": NEAREST}
    found = {"article_id": "art_1", "event_id": "evt_1", "headline": "Ferry sinks", "membership": membership}
    with http_server(lambda _request: Answer(body=found)) as server:
        told = newsweave("explain", "art_1", "--url", server.url)
    assert told.stdout.count("Runner-up") == times


def test_an_event_is_explained_by_the_nearest_other_and_its_lineage(newsweave: Newsweave) -> None:
    found = {
        "event_id": "evt_1",
        "version": 3,
        "headline": "Ferry sinks",
        "updated_at": "2031-03-03T07:30:00Z",
        "counts": {"articles": 1, "publishers": 1, "origins": 1},
        "lineage": [{"kind": "merge", "event_id": "evt_9", "reason": "Took up evt_9: they fit."}],
    }
    with http_server(lambda _request: Answer(body=found | {"nearest": NEAREST})) as server:
        told = " ".join(newsweave("explain", "evt_1", "--url", server.url).stdout.split())
        as_json = json.loads(newsweave("explain", "evt_1", "--json", "--url", server.url).stdout)
    assert server.requests[0].path == "/v1/events/evt_1"
    assert NEAREST_SENTENCE in told
    assert "Merge: Took up evt_9: they fit." in told
    assert list(as_json) == ["event_id", "version", "headline", "nearest", "lineage"]
    with http_server(lambda _request: Answer(body=found)) as server:
        told = newsweave("explain", "evt_1", "--url", server.url).stdout
    assert "No other event came near" in told
