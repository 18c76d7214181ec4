"""`newsweave feeds`, and the file that it changes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.ingest.feeds.listing import FeedList
from services.ingest.feeds.registry import read_feeds
from services.local.main import main
from tests.support.feed_site import FeedSite, feed_site, rss_of
from tests.support.feed_site import Path as Answer
from tests.support.http_server import Answer as JsonAnswer
from tests.support.http_server import http_server


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FeedSite]:
    monkeypatch.setenv("NEWSWEAVE_FETCH_ALLOWED_HOSTS", "127.0.0.1")
    monkeypatch.setenv("NEWSWEAVE_FETCH_ALLOWED_PORTS", "*")
    monkeypatch.setenv("NEWSWEAVE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NEWSWEAVE_STATE", str(tmp_path / "state"))
    for name in ("NEWSWEAVE_INGEST_URL", "NEWSWEAVE_FEEDS_FILE"):
        monkeypatch.delenv(name, raising=False)
    with feed_site() as running:
        running.paths["/rss"] = Answer(rss_of(("Old harbour bridge reopens", "https://courier.example/b")))
        yield running


def newsweave(*arguments: str) -> int:
    try:
        main(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def urls(file: Path) -> list[str]:
    return [one.entry.url for one in read_feeds(file.read_text(), str(file))]


def test_check_shows_what_would_come_in_and_fails_for_what_is_no_feed(
    site: FeedSite, capsys: pytest.CaptureFixture[str]
) -> None:
    assert newsweave("feeds", "check", f"{site.url}/rss") == 0
    assert "Old harbour bridge reopens" in capsys.readouterr().err
    site.paths["/page"] = Answer(b"<html><body>No</body></html>", "text/html")
    assert newsweave("feeds", "check", f"{site.url}/page", "--json") == 1
    row = json.loads(capsys.readouterr().out)
    assert (row["outcome"], row["items"]) == ("not_a_feed", [])
    assert newsweave("feeds", "check", f"{site.url}/missing") == 1


def test_a_feed_is_added_once_it_was_read_then_paused_resumed_and_removed(site: FeedSite, tmp_path: Path) -> None:
    file, address = tmp_path / "feeds.yaml", f"{site.url}/rss"
    with_file = ("--file", str(file))
    assert newsweave("feeds", "add", address, *with_file, "--publisher", "Courier", "--full-text") == 0
    (placed,) = read_feeds(file.read_text(), str(file))
    assert (placed.entry.url, placed.entry.publisher, placed.entry.content) == (address, "Courier", "full_text")
    assert newsweave("feeds", "add", address, *with_file) == 1, "it is there already"
    assert newsweave("feeds", "add", f"{site.url}/missing", *with_file) == 1, "it cannot be read"
    assert newsweave("feeds", "add", f"{site.url}/missing", *with_file, "--no-check") == 0
    assert newsweave("feeds", "add", "ftp://courier.example/", *with_file) == 1
    assert newsweave("feeds", "pause", address, *with_file) == 0
    assert [one.entry.paused for one in read_feeds(file.read_text(), "")] == [True, False]
    assert newsweave("feeds", "resume", address, *with_file) == 0
    assert newsweave("feeds", "remove", address, *with_file) == 0
    assert urls(file) == [f"{site.url}/missing"]
    assert newsweave("feeds", "remove", address, *with_file) == 1, "it is not there any more"


def test_the_feeds_of_opml_are_added_but_for_those_that_are_there(site: FeedSite, tmp_path: Path) -> None:
    file, opml = tmp_path / "feeds.yaml", tmp_path / "subscriptions.opml"
    file.write_text("# Mine.\nfeeds:\n  - https://a.example/rss\n")
    opml.write_text(
        '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/rss"/>'
        '<outline text="B" xmlUrl="https://b.example/rss"/></body></opml>'
    )
    assert newsweave("feeds", "import", str(opml), "--file", str(file)) == 0
    assert urls(file) == ["https://a.example/rss", "https://b.example/rss"]
    assert file.read_text().startswith("# Mine.\n")
    opml.write_text("no opml")
    assert newsweave("feeds", "import", str(opml), "--file", str(file)) == 1


def test_feeds_are_listed_from_the_service_that_runs(
    site: FeedSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed: dict[str, Any] = {
        "url": "https://a.example/rss",
        "publisher": None,
        "status": "dead",
        "outcome": "not_found",
    }
    listed |= {"reason": "status 404", "problems": [], "title": None, "kind": None, "content": "excerpt"}
    listed |= {"moved_to": None, "failure_weight": 6.0, "interval_seconds": 600.0, "polls": 6, "unchanged_polls": 0}
    listed |= dict.fromkeys(("items", "new_items", "published_items", "pending_items", "given_up_items"), 0)
    listed |= dict.fromkeys(("polled_at", "succeeded_at", "new_item_at", "due_at"), "2031-03-03T12:00:00Z")
    pushed = listed | {"url": "https://b.example/rss", "subscription": "active", "pushed_at": "2031-03-03T12:00:00Z"}
    denied = listed | {"url": "https://c.example/rss", "subscription": "denied", "subscription_reason": "denied: no"}
    body = {"file": "feeds.yaml", "problem": None, "feeds": [listed, pushed, denied]}
    FeedList.model_validate(body)
    with http_server(lambda _: JsonAnswer(body=body)) as ingest:
        assert newsweave("feeds", "list", "--url", ingest.url) == 0
        said = capsys.readouterr().out
        assert "dead" in said
        assert "status 404" in said
        assert "hub active, pushed 2031-03-03 12:00" in said
        assert "hub: denied: no" in said
        assert newsweave("feeds", "list", "--url", ingest.url, "--json") == 0
        assert json.loads(capsys.readouterr().out)["feeds"][0]["status"] == "dead"


def test_without_a_service_feeds_are_listed_from_the_file(
    site: FeedSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text("feeds:\n  - https://a.example/rss\n")
    assert newsweave("feeds", "list", "--file", str(file)) == 0
    assert "new" in capsys.readouterr().out
    assert newsweave("feeds", "list") == 1, "neither a file nor a service"


def test_up_does_not_start_on_a_file_that_is_wrong(
    site: FeedSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text("feeds:\n  - https://a.example/rss\n  - nonsense\n")
    assert newsweave("up", "--feeds", str(file), "--data", str(tmp_path / "data")) == 1
    assert "feeds.yaml:3: nonsense" in capsys.readouterr().err
    assert newsweave("up", "--feeds", str(tmp_path / "none.yaml"), "--data", str(tmp_path / "data")) == 1
