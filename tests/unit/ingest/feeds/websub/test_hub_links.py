"""Where a feed says that its hub is."""

import pytest

from services.ingest.feeds.feed import Feed, FeedKind
from services.ingest.feeds.reading import read_feed
from services.ingest.feeds.websub.hub_links import MAX_HEADER_CHARS, HubLinks, advertised
from tests.unit.ingest.feeds.cases import AT

BASE = "https://courier.example/rss"
HUB, TOPIC = "https://hub.example/", "https://courier.example/topic"
EMPTY = Feed(FeedKind.RSS)
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>C</title><link rel="hub" href="{HUB}"/>
<link rel="self" href="{TOPIC}"/><entry><title>A</title><link href="https://courier.example/a"/></entry></feed>"""
RSS = f"""<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>C</title>
<atom:link rel="hub" href="{HUB}"/><atom:link rel="self" type="application/rss+xml" href="{TOPIC}"/>
<item><title>A</title><link>https://courier.example/a</link></item></channel></rss>"""
JSON = (
    f'{{"version": "https://jsonfeed.org/version/1.1", "title": "C", "feed_url": "{TOPIC}", "items": [], '
    f'"hubs": [{{"type": "WebSub", "url": "{HUB}"}}]}}'
)


@pytest.mark.parametrize("text", [ATOM, RSS, JSON], ids=["atom", "rss", "json"])
def test_a_feed_names_its_hub_and_itself(text: str) -> None:
    assert advertised(read_feed(text.encode(), AT, url=BASE), "", BASE) == HubLinks(HUB, TOPIC)


@pytest.mark.parametrize(
    "header",
    [
        f'<{HUB}>; rel="hub", <{TOPIC}>; rel="self"',
        f"<{TOPIC}>;rel=self;type=x,<{HUB}>;rel=hub",
        f'<{HUB}>; title="a, b"; REL="preconnect Hub", </topic>; rel=self',
        f'<{HUB}>; rel=hub, <https://other-hub.example/>; rel=hub, <{TOPIC}>; rel="self"',
    ],
)
def test_a_header_names_both_too(header: str) -> None:
    assert advertised(EMPTY, header, BASE) == HubLinks(HUB, TOPIC)


def test_what_the_header_says_goes_before_what_the_feed_says() -> None:
    feed = Feed(FeedKind.RSS, hub_url="https://old-hub.example/", self_url="https://courier.example/old")
    assert advertised(feed, f"<{HUB}>; rel=hub, <{TOPIC}>; rel=self", BASE) == HubLinks(HUB, TOPIC)


@pytest.mark.parametrize(
    "header", ["", f"<{HUB}>; rel=hub", f"<{TOPIC}>; rel=self", "<javascript:1>; rel=hub, <x>; rel=self", "<<<>>>;;="]
)
def test_without_both_there_is_no_hub(header: str) -> None:
    assert advertised(EMPTY, header, BASE) is None


def test_a_hostile_header_is_read_to_a_limit_only() -> None:
    header = "<" * 90_000 + ";rel" * 90_000
    assert advertised(EMPTY, header, BASE) is None
    assert advertised(EMPTY, " " * MAX_HEADER_CHARS + f"<{HUB}>; rel=hub, <{TOPIC}>; rel=self", BASE) is None
