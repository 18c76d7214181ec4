"""`newsweave submit` of much: its pace, going on after a stop, bad rows among good ones."""

import gzip
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from services.local.client import Client
from services.local.errors import UserError
from services.local.input_rows import read_sources
from services.local.main import main
from services.local.pace import Pace
from services.local.progress import Bar, progress
from services.local.submission import submit
from services.local.submitted import Submitted
from tests.support.http_server import Answer, Request, http_server
from tests.unit.ingest.test_archives import PAGE, record
from tests.unit.local.test_submission import accept, write_rows

Command = Callable[..., tuple[int, str]]


def titles(requests: list[Request]) -> list[str]:
    return [json.loads(line).get("title", "page") for request in requests for line in request.body.splitlines()]


@pytest.fixture
def bar() -> Iterator[Bar]:
    with progress(Console(file=io.StringIO()), "Test") as bar:
        yield bar


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("NEWSWEAVE_STATE", str(tmp_path / "state"))

    def run(*arguments: str) -> tuple[int, str]:
        try:
            main(["submit", *arguments])
        except SystemExit as end:
            told = capsys.readouterr()
            return int(end.code or 0), told.out + told.err
        raise AssertionError

    return run


class Time:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def clock(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize(("rate", "rows", "seconds"), [(10, 10, 9.0), (0.5, 1, 18.0), (1000, 50, 0.45)])
def test_rows_are_spread_over_time(rate: float, rows: int, seconds: float) -> None:
    time = Time()
    pace = Pace(rate, pause=time.pause, clock=time.clock)
    assert pace.most_rows(50) == rows
    for _ in range(10):
        pace.wait(rows)
    assert time.now == pytest.approx(seconds)


def test_time_that_the_service_took_is_not_caught_up_on() -> None:
    time = Time()
    pace = Pace(10, pause=time.pause, clock=time.clock)
    pace.wait(10)
    time.now += 60
    pace.wait(10)
    pace.wait(10)
    assert time.now == 61


def test_a_busy_service_is_asked_again_when_it_says_so(tmp_path: Path, bar: Bar) -> None:
    answers = iter([Answer(503, {"title": "Busy"}, headers={"Retry-After": "7"})] * 9)
    waited: list[float] = []
    with (
        http_server(lambda request: next(answers, None) or accept(request)) as server,
        Client(server.url, timeout_seconds=5) as client,
    ):
        rows = read_sources([write_rows(tmp_path / "rows.jsonl", 1)])
        assert len(submit(client, rows, bar=bar, pause=waited.append)) == 1
    assert waited == [7.0] * 9


def test_a_service_that_is_busy_for_ever_ends_it(tmp_path: Path, bar: Bar) -> None:
    waited: list[float] = []
    with (
        http_server(lambda _request: Answer(429, {"title": "Busy"}, headers={"Retry-After": "60"})) as server,
        Client(server.url, timeout_seconds=5) as client,
        pytest.raises(UserError, match="Busy"),
    ):
        submit(client, read_sources([write_rows(tmp_path / "rows.jsonl", 1)]), bar=bar, pause=waited.append)
    assert 600 <= sum(waited) <= 700


def test_a_run_that_was_stopped_goes_on_where_it_stopped(tmp_path: Path, command: Command) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    write_rows(folder / "a.jsonl", 60)
    write_rows(folder / "b.jsonl", 60)
    fails = [True]

    def once(request: Request) -> Answer:
        if fails[0] and len(server.requests) == 3:
            return Answer(500, {"title": "Stopped"})
        return accept(request)

    with http_server(once) as server:
        code, told = command(str(folder), "--url", server.url)
        assert (code, "Stopped" in told) == (1, True)
        sent = len(server.requests)
        fails[0] = False
        code, told = command(str(folder), "--url", server.url)
        assert code == 0
        assert "Resuming" in told
        assert "20 rows accepted" in told
        accepted = titles(server.requests[: sent - 1]) + titles(server.requests[sent:])
        assert accepted == [str(number) for number in range(60)] * 2
        # All is sent: the next run starts from the beginning.
        code, told = command(str(folder), "--url", server.url)
        assert "120 rows accepted" in told
        assert "Resuming" not in told


def test_a_state_that_is_named_keeps_what_was_sent_for_later_runs(tmp_path: Path, command: Command) -> None:
    source = Path(write_rows(tmp_path / "rows.jsonl", 3))
    state = str(tmp_path / "state.json")
    with http_server(accept) as server:
        assert "3 rows accepted" in command(str(source), "--url", server.url, "--state", state)[1]
        assert "0 rows accepted" in command(str(source), "--url", server.url, "--state", state)[1]
        assert "3 rows accepted" in command(str(source), "--url", server.url, "--state", state, "--restart")[1]
        other = write_rows(tmp_path / "more.jsonl", 2)
        assert "2 rows accepted" in command(str(source), other, "--url", server.url, "--state", state)[1]
        write_rows(source, 4)
        assert "4 rows accepted" in command(str(source), "--url", server.url, "--state", state)[1]
    code, told = command(str(source), "--url", "http://127.0.0.1:1", "--state", state)
    assert (code, "name another file" in told) == (1, True)


def test_what_is_no_state_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("rubbish")
    with pytest.raises(UserError, match="no state"):
        Submitted(tmp_path / "state", "http://127.0.0.1:8001")


def test_without_a_place_for_its_own_state_all_is_sent_nevertheless(tmp_path: Path, command: Command) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    folder = tmp_path / "folder"
    folder.mkdir()
    write_rows(folder / "a.jsonl", 60)
    with http_server(accept) as server:
        code, told = command(str(folder), "--url", server.url)
        assert (code, "60 rows accepted" in told) == (0, True)
        code, told = command(str(folder), "--url", server.url, "--state", str(tmp_path / "state" / "mine"))
    assert (code, str(tmp_path / "state" / "mine") in told) == (1, True)


def test_bad_rows_among_good_ones_are_told_and_passed_over(tmp_path: Path, command: Command) -> None:
    source = Path(write_rows(tmp_path / "rows.jsonl", 60))
    content = source.read_text().splitlines()
    content[10] = "rubbish"
    source.write_text("\n".join(content) + "\n")

    def refuse_one(request: Request) -> Answer:
        found = titles([request])
        if "20" in found:
            return Answer(
                422, {"title": "No", "errors": [{"line": found.index("20") + 1, "field": "text", "message": "bad"}]}
            )
        return accept(request)

    with http_server(refuse_one) as server:
        code, told = command(str(source), "--url", server.url)
        assert (code, "rows.jsonl:11: not JSON" in told, server.requests) == (1, True, [])
        code, told = command(str(source), "--url", server.url, "--skip-bad")
    assert code == 0
    assert "rows.jsonl:11: not JSON" in told
    assert "rows.jsonl:21: text: bad" in told
    assert "58 rows accepted" in told
    assert "2 rows left out" in told


def test_pages_of_an_archive_in_which_ingest_finds_no_article_are_no_faults(tmp_path: Path, command: Command) -> None:
    archive = tmp_path / "crawl.warc.gz"
    archive.write_bytes(
        b"".join(gzip.compress(record(f"https://coast.example/n/{number}", PAGE.encode())) for number in range(3))
    )

    def refuse_one(request: Request) -> Answer:
        rows = [json.loads(line) for line in request.body.splitlines()]
        line = next((at for at, row in enumerate(rows, start=1) if row["url"].endswith("/1")), None)
        if line:
            return Answer(422, {"title": "No", "errors": [{"line": line, "field": "html", "message": "no article"}]})
        articles = [{"article_id": row["url"], "revision": 1} for row in rows]
        return Answer(202, {"articles": articles})

    with http_server(refuse_one) as server:
        code, told = command(str(archive), "--url", server.url)
    assert code == 0
    assert "2 rows accepted" in told
    assert "no article: " in told
    assert "1 items were no articles" in told


def test_items_that_may_not_be_published_are_told(tmp_path: Path, command: Command) -> None:
    with http_server(accept) as server:
        code, told = command("tests/data/wires", "--url", server.url)
    assert code == 0
    assert "message.xml:3: its status is 'withheld': not to be published" in told
    assert "5 rows accepted" in told


def test_an_item_under_embargo_is_told_and_is_no_fault(tmp_path: Path, command: Command) -> None:
    until = "2031-03-03T09:00:00+00:00"
    rows = [{"title": "early", "text": "Text.", "embargoed_until": until}, {"title": "free", "text": "Text."}]
    source = tmp_path / "wire.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    fault = {"line": 1, "field": "embargoed_until", "message": f"embargoed until {until}: send it again then"}

    def refuse_early(request: Request) -> Answer:
        sent = [json.loads(line) for line in request.body.splitlines()]
        if len(sent) == 2:
            return Answer(422, {"title": "Not valid", "errors": [fault]})
        return Answer(202, {"articles": [{"article_id": row["title"], "revision": 1} for row in sent]})

    with http_server(refuse_early) as server:
        code, told = command(str(source), "--url", server.url)
    assert code == 0
    assert f"no article: {source}:1: embargoed_until: embargoed until {until}" in told
    assert "1 rows accepted" in told
