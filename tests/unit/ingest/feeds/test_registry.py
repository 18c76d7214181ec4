"""feeds.yaml: what it may say, how it is changed, and what becomes of a bad one."""

import os
from pathlib import Path

import pytest

from services.ingest.feeds.editing import add_feed, remove_feed, set_paused
from services.ingest.feeds.feeds_file import FeedsFile
from services.ingest.feeds.opml import NotOpml, read_opml
from services.ingest.feeds.registry import BadFeeds, FeedContent, FeedEntry, read_feeds

FILE = """\
# Our feeds.
feeds:
  - url: https://courier.example/rss.xml
    publisher: Harbour Courier   # the old one
    content: full_text
  # The wire.
  - https://wire.example/atom

  - url: https://press.example/news-sitemap.xml
    language: no
    paused: true
# The end.
"""


def urls(text: str) -> list[str]:
    return [one.entry.url for one in read_feeds(text, "feeds.yaml")]


def test_feeds_are_read_with_their_lines() -> None:
    courier, wire, press = read_feeds(FILE, "feeds.yaml")
    assert courier.entry.publisher == "Harbour Courier"
    assert courier.entry.content is FeedContent.FULL_TEXT
    assert wire.entry == FeedEntry(url="https://wire.example/atom")
    assert (press.entry.language, press.entry.paused) == ("no", True)
    assert [one.first + 1 for one in (courier, wire, press)] == [3, 7, 9]


@pytest.mark.parametrize("text", ["", "feeds:", "feeds: []", "# nothing yet\n"])
def test_a_file_without_feeds_is_fine(text: str) -> None:
    assert urls(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("feeds:\n  - url: ftp://a.example/x", "feeds.yaml:2: ftp://a.example/x: url: "),
        ("feeds:\n  - publisher: x", "feeds.yaml:2: a feed without url: url"),
        ("feeds:\n  - url: https://a.example/x\n    every: 3", "feeds.yaml:2: https://a.example/x: every is not known"),
        ("feeds:\n  - https://a.example/x\n  - https://a.example/x", "feeds.yaml:3: https://a.example/x: is on line 2"),
        ("feeds:\n  - url: https://a.example/x\n    min_interval_minutes: 90", "is more than max_interval_minutes"),
        ("feeds:\n  - url: https://a.example/x\n    paused: true\n    paused: false", "paused is given twice"),
        ("feeds:\n  - url: 'x", "feeds.yaml:"),
        ("feeds: 3", "give a list"),
        ("- https://a.example/x", "give a list"),
        ("feed:\n  - https://a.example/x", "`feed` is not known"),
        ("feeds:\n  - 3", "feeds.yaml:2: a feed is an address"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_line_and_feed(text: str, words: str) -> None:
    with pytest.raises(BadFeeds) as error:
        read_feeds(text, "feeds.yaml")
    assert words in str(error.value)


def test_adding_pausing_and_removing_leave_the_rest_as_it_is() -> None:
    new = FeedEntry(url="https://new.example/rss", publisher='The "New": Post', min_interval_minutes=5)
    added = add_feed(FILE, new, "feeds.yaml")
    assert read_feeds(added, "feeds.yaml")[-1].entry == new
    assert all(line in added.splitlines() for line in FILE.splitlines())
    assert remove_feed(added, new.url, "feeds.yaml") == FILE
    paused = set_paused(FILE, "https://wire.example/atom", "feeds.yaml", paused=True)
    assert [one.entry.paused for one in read_feeds(paused, "feeds.yaml")] == [False, True, True]
    assert "# The wire." in paused
    resumed = set_paused(paused, "https://press.example/news-sitemap.xml", "feeds.yaml", paused=False)
    assert [one.entry.paused for one in read_feeds(resumed, "feeds.yaml")] == [False, True, False]
    without = remove_feed(FILE, "https://courier.example/rss.xml", "feeds.yaml")
    assert urls(without) == ["https://wire.example/atom", "https://press.example/news-sitemap.xml"]


@pytest.mark.parametrize("text", ["", "feeds:\n", "feeds: []\n", "# Examples:\n#   - url: x\nfeeds:\n"])
def test_the_first_feed_is_added_to_an_empty_file(text: str) -> None:
    assert urls(add_feed(text, FeedEntry(url="https://new.example/rss"), "feeds.yaml")) == ["https://new.example/rss"]


def test_a_file_in_another_style_is_left_to_its_owner() -> None:
    with pytest.raises(BadFeeds, match="by hand"):
        add_feed("feeds: [https://a.example/x]", FeedEntry(url="https://b.example/x"), "feeds.yaml")
    with pytest.raises(BadFeeds, match="already"):
        add_feed(FILE, FeedEntry(url="https://wire.example/atom"), "feeds.yaml")
    with pytest.raises(BadFeeds, match="is not in"):
        remove_feed(FILE, "https://none.example/", "feeds.yaml")


def write(path: Path, text: str, at: int) -> None:
    path.write_text(text)
    os.utime(path, (at, at))


def test_a_changed_file_is_read_again_and_a_bad_one_leaves_the_last_good_in_force(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    file = FeedsFile(path)
    assert not file.reload()
    assert "No such file" in str(file.problem)
    write(path, FILE, 1)
    assert file.reload()
    assert len(file.feeds) == 3
    assert not file.reload()
    write(path, "feeds:\n  - nonsense", 2)
    assert not file.reload()
    assert len(file.feeds) == 3
    assert "nonsense" in str(file.problem)
    write(path, "feeds:\n  - https://a.example/x\n", 3)
    assert file.reload()
    assert [entry.url for entry in file.feeds.values()] == ["https://a.example/x"]
    assert str(file.problem) == "None"
    path.unlink()
    assert not file.reload()
    assert len(file.feeds) == 1


def test_feeds_are_read_from_opml() -> None:
    content = (
        b'<?xml version="1.0" encoding="utf-8"?><opml version="2.0"><head><title>x</title></head><body>'
        b'<outline text="News"><outline type="rss" text="Courier &amp;amp; Co" xmlUrl="https://courier.example/rss?a=1&amp;b=2"/>'
        b'<outline type="rss" title="Wire" text="w" xmlurl=" https://wire.example/atom "/></outline>'
        b'<outline text="again" xmlUrl="https://wire.example/atom"/><outline text="no feed"/></body></opml>'
    )
    assert [(one.url, one.title) for one in read_opml(content)] == [
        ("https://courier.example/rss?a=1&b=2", "Courier & Co"),
        ("https://wire.example/atom", "Wire"),
    ]


@pytest.mark.parametrize("content", [b"", b"<html/>", b'<!DOCTYPE o [<!ENTITY a "x">]><opml/>'])
def test_what_is_no_opml_is_refused(content: bytes) -> None:
    with pytest.raises(NotOpml):
        read_opml(content)


@pytest.mark.parametrize("address", ["http://wire.example:8080/rss", "https://wire.example/rss?a=b:c"])
def test_an_address_alone_with_a_port_or_a_colon_can_be_paused(address: str) -> None:
    paused = set_paused(f"feeds:\n  - {address}  # the wire: all of it\n", address, "feeds.yaml", paused=True)
    assert [(one.entry.url, one.entry.paused) for one in read_feeds(paused, "feeds.yaml")] == [(address, True)]
    assert "# the wire: all of it" in paused
