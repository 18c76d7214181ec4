"""RDF, Atom, JSON Feed and sitemaps."""

# ruff: noqa: E501 - a feed a line

import gzip
import json
from typing import Any

from tests.unit.ingest.feeds.cases import PLAIN_ENTRY, PLAIN_ITEM, FeedCase, atom

LINK = '<link href="https://courier.example/b"/>'
ATOM_TYPE = "application/atom+xml"


def of_atom(name: str, content: bytes, items: list[dict[str, Any]], **more: Any) -> FeedCase:
    return FeedCase(name, content, items, kind="atom", content_type=ATOM_TYPE, **more)


def rdf(namespace: str) -> bytes:
    """RSS 0.90 or 1.0: items beside the channel, named by their addresses."""
    return (
        f'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{namespace}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://courier.example/"><title>Harbour Courier</title>'
        "<link>https://courier.example/</link></channel>"
        '<item rdf:about="https://courier.example/2031/03/bridge"><title>Old harbour bridge reopens</title>'
        "<link>https://courier.example/2031/03/bridge</link><dc:date>2031-03-03T09:30:00+02:00</dc:date>"
        "<dc:creator>Ada Lind</dc:creator><description>Traffic returned on Monday.</description></item></rdf:RDF>"
    ).encode()


def json_feed(*items: dict[str, Any], **more: Any) -> bytes:
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour Courier",
        "home_page_url": "https://courier.example/",
    }
    return json.dumps({**head, **more, "items": list(items)}).encode()


def of_json(name: str, content: bytes, items: list[dict[str, Any]], **more: Any) -> FeedCase:
    return FeedCase(name, content, items, kind="json_feed", content_type="application/feed+json", **more)


def sitemap(*urls: str, attributes: str = ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"') -> bytes:
    body = "".join(f"<url>{url}</url>" for url in urls)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{attributes}>'
        f"{body}</urlset>"
    ).encode()


NEWS = (
    "<loc>https://courier.example/2031/03/bridge</loc><lastmod>2031-03-04T08:00:00Z</lastmod><news:news><news:publication>"
    "<news:name>Harbour Courier</news:name><news:language>en</news:language></news:publication>"
    "<news:publication_date>2031-03-03T09:30:00+02:00</news:publication_date>"
    "<news:title>Old harbour bridge reopens</news:title><news:keywords>bridge, harbour</news:keywords></news:news>"
)
NEWS_ITEM = {name: PLAIN_ITEM[name] for name in ("title", "url", "published_at")} | {
    "categories": ["bridge", "harbour"]
}
JSON_ITEM = {
    "id": "1", "url": "https://courier.example/2031/03/bridge", "title": "Old harbour bridge reopens",
    "date_published": "2031-03-03T09:30:00+02:00", "summary": "Traffic returned on Monday.",
    "content_html": "<p>The old bridge opened.</p>",
}  # fmt: skip


def of_sitemap(name: str, content: bytes, items: list[dict[str, Any]], **more: Any) -> FeedCase:
    return FeedCase(name, content, items, **({"kind": "sitemap", "content_type": "application/xml"} | more))


CASES = [
    FeedCase("RSS 1.0", rdf("http://purl.org/rss/1.0/"), [{**PLAIN_ITEM, "authors": ["Ada Lind"]}], kind="rdf"),
    FeedCase("RSS 0.90", rdf("http://my.netscape.com/rdf/simple/0.9/"), [{**PLAIN_ITEM, "authors": ["Ada Lind"]}], kind="rdf"),
    FeedCase("RSS 1.0 without links", rdf("http://purl.org/rss/1.0/").replace(b"<link>https://courier.example/2031/03/bridge</link>", b""), [PLAIN_ITEM], kind="rdf"),
    of_atom("atom: plain", atom(PLAIN_ENTRY), [PLAIN_ITEM | {"guid": "urn:bridge"}], feed={"title": "Harbour Courier"}),
    of_atom("atom: 0.3", b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Courier</title><entry><title mode="escaped" type="text/html">Tom &amp;amp; Ada</title><link rel="alternate" type="text/html" href="https://courier.example/b"/><issued>2031-03-03T09:30:00+02:00</issued><modified>2031-03-03T10:00:00Z</modified><author><name>Ada Lind</name></author></entry></feed>', [{"title": "Tom & Ada", "url": "https://courier.example/b", "published_at": "2031-03-03T09:30:00+02:00", "authors": ["Ada Lind"]}]),
    of_atom("atom: only the time of its change", atom(f"<title>Bridge</title>{LINK}<updated>2031-03-03T10:00:00Z</updated>"), [{"published_at": "2031-03-03T10:00:00+00:00"}]),
    of_atom("atom: several links", atom('<title>Bridge</title><link rel="self" href="https://courier.example/b.atom"/><link rel="enclosure" href="https://courier.example/a.mp3"/><link rel="alternate" type="application/json" href="https://courier.example/b.json"/><link rel="alternate" type="text/html" href="https://courier.example/b"/><link rel="replies" href="https://courier.example/b#c"/>'), [{"url": "https://courier.example/b"}]),
    of_atom("atom: no link", atom("<title>Bridge</title><id>urn:bridge</id>"), [{"url": None, "guid": "urn:bridge"}]),
    of_atom("atom: relative links", atom('<title>Bridge</title><link href="b"/>', attributes=' xml:base="https://press.example/x/"'), [{"url": "https://press.example/x/b"}]),
    of_atom("atom: title in XHTML", atom(f'<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Old <em>bridge</em> &amp; dam</div></title>{LINK}'), [{"title": "Old bridge & dam"}]),
    of_atom("atom: title in HTML", atom(f'<title type="html">&lt;b&gt;Tom&lt;/b&gt; &amp;amp; Ada</title>{LINK}'), [{"title": "Tom & Ada"}]),
    of_atom("atom: title escaped with its section", atom(f"<title>&lt;![CDATA[Lettre ouverte]]&gt;</title>{LINK}"), [{"title": "Lettre ouverte"}]),
    of_atom("atom: content in XHTML", atom(f'<title>Bridge</title>{LINK}<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The old bridge opened.</p></div></content>'), [{"summary": None, "text": "The old bridge opened."}]),
    of_atom("atom: content and summary", atom(f'<title>Bridge</title>{LINK}<summary>Traffic returned.</summary><content type="html">&lt;p&gt;The old bridge opened.&lt;/p&gt;&lt;p&gt;Ada Lind crossed it.&lt;/p&gt;</content>'), [{"summary": "Traffic returned.", "text": "The old bridge opened.\n\nAda Lind crossed it."}]),
    of_atom("atom: author of the feed", atom(f"<title>Bridge</title>{LINK}", head="<author><name>Ada Lind</name></author>"), [{"authors": ["Ada Lind"]}]),
    of_atom("atom: several authors", atom(f"<title>Bridge</title>{LINK}<author><name>Ada Lind</name><email>ada@courier.example</email></author><author><name>Tom Orr</name><uri>https://courier.example/tom</uri></author><contributor><name>Eve</name></contributor>"), [{"authors": ["Ada Lind", "Tom Orr"]}]),
    of_atom("atom: entities of HTML", atom(f"<title>Bridge</title>{LINK}<summary>Ada&rsquo;s &ldquo;bridge&rdquo;</summary>"), [{"summary": "Ada’s “bridge”"}]),
    of_atom("atom: with a prefix", b'<?xml version="1.0"?><a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Courier</a:title><a:entry><a:title>Bridge</a:title><a:link href="https://courier.example/b"/><a:published>2031-03-03T09:30:00Z</a:published></a:entry></a:feed>', [{"title": "Bridge", "url": "https://courier.example/b", "published_at": "2031-03-03T09:30:00+00:00"}]),
    of_atom("atom: words of a video", atom(f"<title>Bridge opens</title>{LINK}<media:group><media:title>video-4</media:title><media:description>Traffic returned.</media:description></media:group>", attributes=' xmlns:media="http://search.yahoo.com/mrss/"'), [{"title": "Bridge opens", "summary": "Traffic returned."}]),
    of_atom("atom: broken off", atom(PLAIN_ENTRY, PLAIN_ENTRY)[:-120], [PLAIN_ITEM], problems=("not_well_formed",)),
    of_json("json: plain", json_feed(JSON_ITEM | {"authors": [{"name": "Ada Lind"}, {"name": "Tom Orr"}]}), [PLAIN_ITEM | {"authors": ["Ada Lind", "Tom Orr"], "guid": "1"}], feed={"title": "Harbour Courier"}),
    of_json("json: 1.0 with its one author", json_feed(JSON_ITEM | {"author": {"name": "Ada Lind"}}, version="https://jsonfeed.org/version/1"), [PLAIN_ITEM | {"authors": ["Ada Lind"]}]),
    of_json("json: author of the feed", json_feed(JSON_ITEM, authors=[{"name": "Ada Lind"}]), [{"authors": ["Ada Lind"]}]),
    of_json("json: an author that is no list", json_feed(JSON_ITEM | {"authors": {"name": "Ada Lind"}}), [{"authors": ["Ada Lind"]}]),
    of_json("json: a number for an id", json_feed(JSON_ITEM | {"id": 8042}), [{"guid": "8042"}]),
    of_json("json: id for an address", json_feed({"id": "https://courier.example/b", "content_text": "The bridge.\n\nIt opened."}), [{"url": "https://courier.example/b", "title": None, "text": "The bridge.\n\nIt opened."}]),
    of_json("json: relative address", json_feed({"id": "1", "url": "/b"}), [{"url": "https://courier.example/b"}], url=None),
    of_json("json: linked page", json_feed({"id": "1", "external_url": "https://press.example/b"}), [{"url": "https://press.example/b"}]),
    of_json("json: line breaks in strings", json_feed(JSON_ITEM).replace(b"The old", b"The\nold"), [PLAIN_ITEM], problems=("not_well_formed",)),
    of_json("json: byte order mark, called a page", b"\xef\xbb\xbf" + json_feed(JSON_ITEM), [PLAIN_ITEM]),
    of_json("json: only the time of its change", json_feed({"id": "1", "url": "/b", "date_modified": "2031-03-03T09:30:00Z"}), [{"published_at": "2031-03-03T09:30:00+00:00"}]),
    of_json("json: entities in a title", json_feed({"id": "1", "url": "/b", "title": "Tom &amp; Ada"}), [{"title": "Tom & Ada"}]),
    of_json("json: hub", json_feed(JSON_ITEM, hubs=[{"type": "WebSub", "url": "https://hub.example/"}]), [PLAIN_ITEM], feed={"hub_url": "https://hub.example/"}),
    of_json("json: no items", json_feed(), []),
    of_sitemap("sitemap: of news", sitemap(NEWS), [NEWS_ITEM], feed={"title": "Harbour Courier"}),
    of_sitemap("sitemap: packed", gzip.compress(sitemap(NEWS)), [NEWS_ITEM]),
    of_sitemap("sitemap: prefix never declared", sitemap(NEWS, attributes=""), [NEWS_ITEM]),
    of_sitemap("sitemap: namespace with a slash", sitemap(NEWS, attributes=' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9/"'), [NEWS_ITEM]),
    of_sitemap("sitemap: no namespace", b"<urlset><url><loc> https://courier.example/b </loc></url></urlset>", [{"url": "https://courier.example/b"}]),
    of_sitemap("sitemap: without news", sitemap("<loc>https://courier.example/b</loc><lastmod>2031-03-03</lastmod>"), [{"title": None, "url": "https://courier.example/b", "published_at": None, "updated_at": "2031-03-03"}]),
    of_sitemap("sitemap: pictures and other languages", sitemap(NEWS + '<image:image><image:loc>https://courier.example/a.jpg</image:loc><image:title>A crane</image:title></image:image><xhtml:link rel="alternate" hreflang="de" href="https://courier.example/de"/>'), [NEWS_ITEM]),
    of_sitemap("sitemap: section and bare ampersand", sitemap("<loc>https://courier.example/b?a=1&b=2</loc><news:news><news:title><![CDATA[Tom & Ada]]></news:title></news:news>"), [{"title": "Tom & Ada", "url": "https://courier.example/b?a=1&b=2"}]),
    of_sitemap("sitemap: day alone", sitemap(NEWS.replace("2031-03-03T09:30:00+02:00", "2031-03-03")), [{"published_at": "2031-03-03"}]),
    of_sitemap("sitemap: minutes alone", sitemap(NEWS.replace("2031-03-03T09:30:00+02:00", "2031-03-03T09:30+02:00")), [{"published_at": "2031-03-03T09:30:00+02:00"}]),
    of_sitemap("sitemap: a list of addresses", b"https://courier.example/a\nhttps://courier.example/b\n", [{"url": "https://courier.example/a"}, {"url": "https://courier.example/b"}], content_type="text/plain"),
    of_sitemap("sitemap: empty", sitemap(), []),
    of_sitemap("index of sitemaps", b'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://courier.example/s1.xml.gz</loc><lastmod>2031-03-03T09:30:00Z</lastmod></sitemap><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>', [], kind="sitemap_index", feed={"sitemaps": ["https://courier.example/s1.xml.gz", "https://courier.example/s2.xml"]}),
]  # fmt: skip
