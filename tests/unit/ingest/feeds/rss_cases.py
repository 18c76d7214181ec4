"""RSS of all ages and of all carelessness."""

# ruff: noqa: E501 - a feed a line

import gzip

from tests.unit.ingest.feeds.cases import PLAIN, PLAIN_ITEM, FeedCase, rss, timed, with_time

DC = ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
CONTENT = ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
MEDIA = ' xmlns:media="http://search.yahoo.com/mrss/"'
ITUNES = ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
LINK = "<link>https://courier.example/b</link>"
UNDATED = {"url": "https://courier.example/b", "published_at": None}


def times() -> list[FeedCase]:
    """One case for each way to write a time."""
    written = {
        "rfc 822 with an offset": ("Mon, 03 Mar 2031 09:30:00 +0530", "2031-03-03T09:30:00+05:30"),
        "rfc 822 in GMT": ("Mon, 03 Mar 2031 09:30:00 GMT", "2031-03-03T09:30:00+00:00"),
        "without a weekday": ("03 Mar 2031 09:30 +0100", "2031-03-03T09:30:00+01:00"),
        "with a zone of America": ("Mon, 03 Mar 2031 09:30:00 EST", "2031-03-03T09:30:00-05:00"),
        "with a summer zone": ("Thu, 03 Oct 2030 09:30:00 EDT", "2030-10-03T09:30:00-04:00"),
        "with a zone of Central Europe": ("Thu, 30 May 2030 08:57:00 MEST", "2030-05-30T08:57:00+02:00"),
        "with a two-digit year": ("Mon, 03 Mar 31 09:30:00 +0000", "2031-03-03T09:30:00+00:00"),
        "with GMT and an offset": ("Mon, 03 Mar 2031 09:30:00 GMT+0200", "2031-03-03T09:30:00+02:00"),
        "with one digit in hour and offset": ("Wed, 26 Feb 2031 9:52:30+5:30", "2031-02-26T09:52:30+05:30"),
        "iso 8601": ("2031-03-03T09:30:00-03:00", "2031-03-03T09:30:00-03:00"),
        "iso 8601 with fractions": ("2031-03-03T09:30:00.123456Z", "2031-03-03T09:30:00+00:00"),
        "iso 8601 with a blank": ("2031-03-03 09:30:00", "2031-03-03T09:30:00+00:00"),
        "with slashes, the year first": ("2031/3/3 09:30:41", "2031-03-03T09:30:41+00:00"),
        "a day alone": ("2031-03-03", "2031-03-03"),
        "a day alone, rfc 822": ("Mon, 03 Mar 2031", "2031-03-03"),
        "american": ("March 3, 2031 9:30 PM EST", "2031-03-03T21:30:00-05:00"),
        "midnight as 24:00": ("Mon, 03 Mar 2031 24:00:00 +0000", "2031-03-04T00:00:00+00:00"),
        "german": ("Mo, 03 Mär 2031 11:41:36 +0100", "2031-03-03T11:41:36+01:00"),
        "french": ("lundi 3 mars 2031 09:30", "2031-03-03T09:30:00+00:00"),
        "seconds since 1970": ("1930123800", "2031-03-01T09:30:00+00:00"),
        "minus zero": ("Mon, 03 Mar 2031 01:22:22 -0000", "2031-03-03T01:22:22+00:00"),
        "white space around": ("\n   Mon, 03 Mar 2031 09:30:00 +0000\n", "2031-03-03T09:30:00+00:00"),
    }
    return [FeedCase(f"time: {name}", rss(with_time(raw)), [timed(at)]) for name, (raw, at) in written.items()] + [
        FeedCase("time: in 1928", rss(with_time("Sat, 03 Mar 1928 09:30:00 GMT")), [timed(None)], problems=("impossible_time",)),
        FeedCase("time: in 2099", rss(with_time("Tue, 03 Mar 2099 09:30:00 GMT")), [timed(None)], problems=("impossible_time",)),
        FeedCase("time: at the epoch", rss(with_time("Thu, 01 Jan 1970 00:00:00 GMT")), [timed(None)], problems=("impossible_time",)),
        FeedCase("time: before our era", rss(with_time("Mon, 30 Nov -0001 00:00:00 +0000")), [timed(None)], problems=("impossible_time",)),
        FeedCase("time: no time", rss(with_time("soon")), [timed(None)], problems=("unread_time",)),
        FeedCase("time: a day that there is not", rss(with_time("Mon, 31 Feb 2031 09:30:00 GMT")), [timed(None)], problems=("unread_time",)),
    ]  # fmt: skip


CASES = [
    FeedCase("plain", rss(PLAIN), [PLAIN_ITEM], feed={"title": "Harbour Courier"}),
    FeedCase("packed", gzip.compress(rss(PLAIN)), [PLAIN_ITEM], content_type="application/gzip"),
    FeedCase("packed and broken off", gzip.compress(rss(PLAIN, PLAIN) + b" " * 9000)[:-8], [PLAIN_ITEM, PLAIN_ITEM]),
    FeedCase("0.91", rss(PLAIN).replace(b'"2.0"', b'"0.91"'), [PLAIN_ITEM]),
    FeedCase("0.92 with a document type", rss(PLAIN, declaration='<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'), [PLAIN_ITEM]),
    FeedCase("no items", rss(), []),
    FeedCase("byte order mark", b"\xef\xbb\xbf" + rss(PLAIN), [PLAIN_ITEM]),
    FeedCase("UTF-16", rss(PLAIN).decode().replace("utf-8", "utf-16").encode("utf-16"), [PLAIN_ITEM]),
    FeedCase("white space before the declaration", b"\n\n  " + rss(PLAIN), [PLAIN_ITEM]),
    FeedCase("a warning before the declaration", b"<br />\n<b>Warning</b>: old function in /srv/feed.php on line 3<br />\n" + rss(PLAIN), [PLAIN_ITEM], problems=("leading_text",)),
    FeedCase("a comment and a style sheet before it", b'<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><!-- <rss> by hand -->' + rss(PLAIN, declaration=""), [PLAIN_ITEM]),
    FeedCase("script after its end", rss(PLAIN) + b"<script>track()</script>", [PLAIN_ITEM], problems=("not_well_formed",)),
    FeedCase("called a page", rss(PLAIN), [PLAIN_ITEM], problems=("wrong_content_type",), content_type="text/html; charset=utf-8"),
    FeedCase("called a picture", rss(PLAIN), [PLAIN_ITEM], problems=("wrong_content_type",), content_type="image/png"),
    FeedCase("Latin-1 as it says", rss(f"<title>Café</title>{LINK}", declaration='<?xml version="1.0" encoding="iso-8859-1"?>').decode().encode("latin-1"), [{"title": "Café"}]),
    FeedCase("UTF-8 that says Latin-1", rss(f"<title>Café</title>{LINK}", declaration='<?xml version="1.0" encoding="iso-8859-1"?>'), [{"title": "Café"}], problems=("wrong_encoding",)),
    FeedCase("Windows-1252 that says UTF-8", rss(f"<title>“Café”</title>{LINK}").decode().encode("cp1252"), [{"title": "“Café”"}], problems=("wrong_encoding",)),
    FeedCase("Windows-1251 that only the server names", rss(f"<title>Мост</title>{LINK}", declaration="").decode().encode("cp1251"), [{"title": "Мост"}], content_type="text/xml; charset=windows-1251"),
    FeedCase("Shift JIS", rss(f"<title>橋</title>{LINK}", declaration='<?xml version="1.0" encoding="Shift_JIS"?>').decode().encode("cp932"), [{"title": "橋"}]),
    FeedCase("UTF-8 with a byte of Windows-1252", rss(f"<title>Café @ it</title>{LINK}").replace(b"@", b"\x97"), [{"title": "Café — it"}], problems=("wrong_encoding",)),
    FeedCase("entities of HTML", rss(f"<title>Ada&rsquo;s bridge&nbsp;opens</title>{LINK}"), [{"title": "Ada’s bridge opens"}]),
    FeedCase("entities declared", rss(f"<title>Ada&nbsp;&dash; Lind</title>{LINK}", declaration='<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY dash "-">]>'), [{"title": "Ada - Lind"}]),
    FeedCase("bare ampersands", rss(f"<title>R&D at Tom & Sons</title>{LINK}"), [{"title": "R&D at Tom & Sons"}]),
    FeedCase("ampersand in a link", rss("<title>Bridge</title><link>https://courier.example/b?a=1&b=2</link>"), [{"url": "https://courier.example/b?a=1&b=2"}]),
    FeedCase("link escaped twice", rss("<title>Bridge</title><link>https://courier.example/b?a=1&amp;amp;b=2</link>"), [{"url": "https://courier.example/b?a=1&b=2"}]),
    FeedCase("less-than in a title", rss(f"<title>Growth < 2 percent</title>{LINK}"), [{"title": "Growth < 2 percent"}]),
    FeedCase("control characters", rss(f"<title>Bri\x08dge \x1eopens</title>{LINK}"), [{"title": "Bridge opens"}]),
    FeedCase("references to control characters", rss(f"<title>Bridge&#8; opens&#x1f;</title>{LINK}"), [{"title": "Bridge opens"}]),
    FeedCase("numbers of Windows-1252", rss(f"<title>Ada&#146;s bridge</title>{LINK}"), [{"title": "Ada’s bridge"}]),
    FeedCase("title escaped twice", rss(f"<title>Tom &amp;amp; Ada &amp;#8217;s</title>{LINK}"), [{"title": "Tom & Ada ’s"}]),
    FeedCase("markup in a title", rss(f"<title>&lt;b&gt;Bridge&lt;/b&gt; opens</title>{LINK}"), [{"title": "Bridge opens"}]),
    FeedCase("markup as it is in a title", rss(f"<title><b>Bridge</b> opens</title>{LINK}"), [{"title": "Bridge opens"}]),
    FeedCase("section in a title", rss(f"<title><![CDATA[ Tom & <i>Ada</i> open\n the bridge ]]></title>{LINK}"), [{"title": "Tom & Ada open the bridge"}]),
    FeedCase("escaped section in a title", rss(f"<title>&lt;![CDATA[Bridge opens]]&gt;</title>{LINK}"), [{"title": "Bridge opens"}]),
    FeedCase("soft hyphens and zero-width spaces", rss(f"<title>Har\u00adbour\u200b bridge</title>{LINK}"), [{"title": "Harbour bridge"}]),
    FeedCase("no title", rss(f"<description>Traffic returned.</description>{LINK}"), [{"title": None, "summary": "Traffic returned."}]),
    FeedCase("everything in sections", rss("<title><![CDATA[ Bridge ]]></title><link><![CDATA[\n https://courier.example/b\n ]]></link><pubDate><![CDATA[ Wed, 26 Feb 2031 22:52:30+5:30 ]]></pubDate><author><![CDATA[ Ada Lind ]]></author>"), [{"title": "Bridge", "url": "https://courier.example/b", "published_at": "2031-02-26T22:52:30+05:30", "authors": ["Ada Lind"]}]),
    FeedCase("guid for a link", rss("<title>Bridge</title><guid>https://courier.example/b</guid>"), [{"url": "https://courier.example/b"}]),
    FeedCase("guid that says it is no link", rss('<title>Bridge</title><guid isPermaLink="false">https://courier.example/?p=8567</guid>'), [{"url": None, "guid": "https://courier.example/?p=8567"}]),
    FeedCase("guid beside an empty link", rss("<title>Bridge</title><link/><guid>https://courier.example/b</guid>"), [{"url": "https://courier.example/b"}]),
    FeedCase("guid beside another link", rss(f"<title>Bridge</title><guid>https://courier.example/80042</guid>{LINK}"), [{"url": "https://courier.example/b", "guid": "https://courier.example/80042"}]),
    FeedCase("a number for a guid", rss(f'<title>Bridge</title><guid isPermaLink="false">8042</guid>{LINK}'), [{"url": "https://courier.example/b", "guid": "8042"}]),
    FeedCase("relative link", rss("<title>Bridge</title><link>/2031/b.html</link>"), [{"url": "https://courier.example/2031/b.html"}]),
    FeedCase("relative link without an address of the feed", rss("<title>Bridge</title><link>/2031/b.html</link>"), [{"url": "https://courier.example/2031/b.html"}], url=None),
    FeedCase("relative link with a base", rss("<title>Bridge</title><link>b.html</link>", attributes=' xml:base="https://press.example/x/"'), [{"url": "https://press.example/x/b.html"}]),
    FeedCase("link without its scheme", rss("<title>Bridge</title><link>//press.example/b</link>", "<title>Dam</title><link>www.press.example/d</link>"), [{"url": "https://press.example/b"}, {"url": "https://www.press.example/d"}]),
    FeedCase("no address", rss("<title>Bridge</title><link>javascript:alert(1)</link>"), [{"url": None}]),
    FeedCase("blank in a link", rss("<title>Bridge</title><link>https://courier.example/old bridge</link>"), [{"url": "https://courier.example/old%20bridge"}]),
    FeedCase("two links, one of Atom's", rss(f'<title>Bridge</title>{LINK}<atom:link rel="self" href="https://courier.example/b.rss"/>', attributes=' xmlns:atom="http://www.w3.org/2005/Atom"'), [{"url": "https://courier.example/b"}]),
    FeedCase("click counter", rss("<title>Bridge</title><link>http://feedproxy.google.com/~r/courier/~3/x/</link><feedburner:origLink>https://courier.example/b</feedburner:origLink>", attributes=' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'), [{"url": "https://courier.example/b"}]),
    FeedCase("title of a picture", rss(f"<title>Bridge opens</title>{LINK}<media:content url='a.jpg'><media:title>a.jpg</media:title><media:description>A crane.</media:description></media:content><description>Traffic returned.</description>", attributes=MEDIA), [{"title": "Bridge opens", "summary": "Traffic returned."}]),
    FeedCase("title of an image in the item", rss(f"<image><title>The crane, photographed</title><url>https://courier.example/a.gif</url></image>{LINK}<title>Bridge opens</title>"), [{"title": "Bridge opens", "url": "https://courier.example/b"}]),
    FeedCase("words of a podcast", rss(f"<title>Bridge opens</title>{LINK}<description>Traffic returned.</description><itunes:title>Episode 4</itunes:title><itunes:summary>An episode.</itunes:summary>", attributes=ITUNES), [{"title": "Bridge opens", "summary": "Traffic returned."}]),
    FeedCase("only the media namespace has a title", rss(f"{LINK}<media:title>Bridge opens</media:title><media:description>Traffic returned.</media:description>", attributes=MEDIA), [{"title": "Bridge opens", "summary": "Traffic returned."}]),
    FeedCase("prefix never declared", rss(f"<title>Bridge</title>{LINK}<dc:creator>Ada Lind</dc:creator><media:title>a.jpg</media:title>"), [{"title": "Bridge", "authors": ["Ada Lind"]}]),
    FeedCase("content beside the summary", rss(f"<title>Bridge</title>{LINK}<description>Traffic returned.</description><content:encoded><![CDATA[<p>The old bridge opened.</p><script>x()</script>]]></content:encoded>", attributes=CONTENT), [{"summary": "Traffic returned.", "content_html": "<p>The old bridge opened.</p>"}]),
    FeedCase("content before the summary", rss(f"<title>Bridge</title>{LINK}<content:encoded><![CDATA[<p>The old bridge opened.</p>]]></content:encoded><description>Traffic returned.</description>", attributes=CONTENT), [{"summary": "Traffic returned.", "content_html": "<p>The old bridge opened.</p>"}]),
    FeedCase("content without a summary", rss(f"<title>Bridge</title>{LINK}<content:encoded><![CDATA[<p>The old bridge opened.</p>]]></content:encoded>", attributes=CONTENT), [{"summary": None, "content_html": "<p>The old bridge opened.</p>"}]),
    FeedCase("summary in HTML", rss(f"<title>Bridge</title>{LINK}<description>&lt;p&gt;Traffic&amp;nbsp;returned.&lt;/p&gt;&lt;p&gt;Ada &amp;amp; Tom crossed.&lt;/p&gt;&lt;img src='a.gif'/&gt;</description>"), [{"summary": "Traffic returned. Ada & Tom crossed."}]),
    FeedCase("summary with markup as it is", rss(f"<title>Bridge</title>{LINK}<description><p>Traffic<br>returned.</p></description>"), [{"title": "Bridge", "url": "https://courier.example/b"}]),
    FeedCase("author with an address", rss(f"<title>Bridge</title>{LINK}<author>ada@courier.example (Ada Lind)</author>"), [{"authors": ["Ada Lind"]}]),
    FeedCase("author with an address in a long domain", rss(f"<title>Bridge</title>{LINK}<author>Ada Lind &lt;ada@courier.technology&gt;</author>"), [{"authors": ["Ada Lind"]}]),
    FeedCase("address of an author alone", rss(f"<title>Bridge</title>{LINK}<author>desk@courier.example</author>"), [{"authors": []}]),
    FeedCase("several creators", rss(f"<title>Bridge</title>{LINK}<dc:creator>By Ada Lind</dc:creator><dc:creator>Tom Orr</dc:creator>", attributes=DC), [{"authors": ["Ada Lind", "Tom Orr"]}]),
    FeedCase("author and creator", rss(f"<title>Bridge</title>{LINK}<author>desk@courier.example</author><dc:creator>Ada Lind</dc:creator>", attributes=DC), [{"authors": ["Ada Lind"]}]),
    FeedCase("editor of the feed is no author", rss(f"<title>Bridge</title>{LINK}", head="<managingEditor>boss@courier.example (The Boss)</managingEditor>"), [{"authors": []}]),
    FeedCase("date of Dublin Core", rss(f"<title>Bridge</title>{LINK}<dc:date>2031-03-03T09:30:00+02:00</dc:date>", attributes=DC), [{"published_at": "2031-03-03T09:30:00+02:00"}]),
    FeedCase("dates of both kinds", rss(f"<title>Bridge</title>{LINK}<dc:date>2031-03-04T09:30:00Z</dc:date><pubDate>Mon, 03 Mar 2031 09:30:00 GMT</pubDate>", attributes=DC), [{"published_at": "2031-03-03T09:30:00+00:00"}]),
    FeedCase("element names in lower case", rss(f"<title>Bridge</title>{LINK}<pubdate>Mon, 03 Mar 2031 09:30:00 GMT</pubdate>"), [{"published_at": "2031-03-03T09:30:00+00:00"}]),
    FeedCase("undated", rss(f"<title>Bridge</title>{LINK}"), [UNDATED]),
    FeedCase("categories", rss(f"<title>Bridge</title>{LINK}<category>Traffic</category><category>Harbour</category><category>Traffic</category>"), [{"categories": ["Traffic", "Harbour"]}]),
    FeedCase("enclosure is no link", rss(f'<title>Bridge</title><enclosure url="https://courier.example/a.mp3" type="audio/mpeg"/>{LINK}'), [{"url": "https://courier.example/b"}]),
    FeedCase("source names another feed", rss(f'<title>Bridge</title>{LINK}<source url="https://wire.example/rss">The Wire</source>'), [{"title": "Bridge", "url": "https://courier.example/b"}]),
    FeedCase("broken off", rss(PLAIN, "<title>Half an ite")[:-30], [PLAIN_ITEM], problems=("not_well_formed",)),
    FeedCase("an element that is not closed", rss(PLAIN + "<category>Traffic", PLAIN), [PLAIN_ITEM, PLAIN_ITEM], problems=("not_well_formed",)),
    FeedCase("hub and next page", rss(PLAIN, head='<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="next" href="?page=2"/>', attributes=' xmlns:atom="http://www.w3.org/2005/Atom"'), [PLAIN_ITEM], feed={"hub_url": "https://hub.example/", "next_url": "https://courier.example/news/feed.xml?page=2"}),
    *times(),
]  # fmt: skip
