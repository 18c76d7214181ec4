"""Feeds of every kind, as outlets really write them."""

import gzip
import json
from contextlib import suppress
from datetime import timedelta, timezone
from typing import Any

import pytest

from services.contracts.article import Precision
from services.ingest.feeds.decoding import MAX_BYTES
from services.ingest.feeds.feed import Feed, Item, NotAFeed, UnsafeFeed
from services.ingest.feeds.reading import read_feed
from services.ingest.feeds.words import full_text
from services.ingest.timestamps import Timestamp
from tests.unit.ingest.feeds import other_cases, rss_cases
from tests.unit.ingest.feeds.cases import AT, PLAIN, FeedCase, rss

CASES = [*rss_cases.CASES, *other_cases.CASES]


def read(content: bytes, **more: Any) -> Feed:
    return read_feed(content, AT, **more)


def written(moment: Timestamp | None) -> str | None:
    """A time as the cases write it."""
    if moment is None:
        return None
    if moment.precision is Precision.DAY:
        return moment.at.date().isoformat()
    return moment.at.astimezone(timezone(timedelta(minutes=moment.offset or 0))).isoformat()


def said(item: Item, field: str) -> Any:
    if field == "text":
        return full_text(item.content_html or "")
    value = getattr(item, field)
    if field.endswith("_at"):
        return written(value)
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_feed_is_read_as_its_outlet_means_it(case: FeedCase) -> None:
    feed = read(case.content, content_type=case.content_type, url=case.url)
    for item, wanted in zip(feed.items, case.items, strict=True):
        assert {name: said(item, name) for name in wanted} == wanted
    assert feed.kind == case.kind
    assert tuple(feed.problems) == case.problems
    for name, value in case.feed.items():
        found = [one.url for one in feed.sitemaps] if name == "sitemaps" else getattr(feed, name)
        assert found == value, name


def test_a_json_feed_with_half_of_a_character_can_be_published() -> None:
    item = {
        "id": "1",
        "url": "https://courier.example/1",
        "title": "Bridge \ud83d",
        "content_text": "It opened \ud83d.",
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": [item]}
    [read_item] = read(json.dumps(feed).encode(), content_type="application/feed+json", url=None).items
    assert read_item.title == "Bridge \ufffd"
    str(read_item).encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"<!DOCTYPE html><html><head><title>Not found</title></head><body>No</body></html>", "page"),
        (b"<html><body><pre>&lt;rss&gt;</pre></body></html>", "page"),
        (b"Not found", "neither"),
        (b'{"error": "not found"}', "no JSON Feed"),
        (b'[{"title": "x"}]', "no JSON Feed"),
        (b"{broken", "begins like JSON"),
        (b'<?xml version="1.0"?><opml version="2.0"><body/></opml>', "no feed"),
        (b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', "no feed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither"),
        (b"[" * 100_000, "begins like JSON"),
    ],
)
def test_what_is_no_feed_is_refused_with_what_it_is_instead(content: bytes, reason: str) -> None:
    with pytest.raises(NotAFeed, match=reason):
        read(content)


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "doctype",
    [
        BOMB,
        f'<!DOCTYPE rss [<!ENTITY a "{"x" * 20_000}">]>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % a SYSTEM "https://evil.example/a.dtd"> %a;]>',
        "<!DOCTYPE rss [" + "".join(f'<!ENTITY e{number} "x">' for number in range(400)) + "]>",
        '<!DOCTYPE rss [<!ENTITY a "',
    ],
)
def test_a_feed_with_entities_that_could_unfold_is_refused(doctype: str) -> None:
    content = f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>&a;</title></channel></rss>'
    with pytest.raises(UnsafeFeed):
        read(content.encode())


def test_a_feed_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(UnsafeFeed, match="unpacks"):
        read(gzip.compress(b" " * (MAX_BYTES + 1)))


def test_a_file_that_entities_name_is_not_read() -> None:
    content = rss("<title>&xxe;</title><link>https://courier.example/b</link>")
    assert [item.title for item in read(content).items] == ["&xxe;"]


def test_of_a_feed_with_too_many_items_the_first_are_read_and_it_is_said() -> None:
    feed = read(rss(*[PLAIN] * 12), max_items=10)
    assert len(feed.items) == 10
    assert feed.problems == ("too_many_items",)


@pytest.mark.parametrize(
    "content",
    [
        b"<rss><channel>" + b"<item><![CDATA[" * 20_000,
        b"<rss><channel>" + b"<a>" * 50_000,
        b"<rss><channel><item><title>" + b"&" * 200_000,
        b"<rss><channel>" + b"<item>" * 3_000,
        b"<!--" * 50_000 + b"<rss>",
        b"<rss" + b" a='1'" * 20_000 + b"><channel></channel></rss>",
    ],
    ids=["sections", "depth", "ampersands", "items", "comments", "attributes"],
)
@pytest.mark.timeout(20)
def test_what_is_made_to_keep_a_parser_busy_is_read_or_refused_in_time(content: bytes) -> None:
    with suppress(NotAFeed):
        read(content, max_items=100)


def test_reading_twice_gives_the_same() -> None:
    for case in CASES:
        assert read(case.content, url=case.url) == read(case.content, url=case.url)
