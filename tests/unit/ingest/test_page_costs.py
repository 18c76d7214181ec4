"""What a hostile page may write in fields that are read costs about as much as any other page."""

import json
import time
from datetime import date

import pytest

from services.ingest.pages.html_text import read_page
from services.ingest.pages.limits import check_page

LONGEST_SECONDS = 5.0
"""Of processor time: each takes under 1 s on an idle core; what is quadratic in its field, minutes."""
WORDS = "Some words of an article that somebody wrote. "
TEXT = "<p>" + WORDS * 30
LD = '<script type="application/ld+json">{}</script>'


def script(*markup: str) -> str:
    """Markup in a script's strings, where its tags are not counted."""
    strings = ",".join(json.dumps(one).replace("<", "\\u003c") for one in markup)
    return f"<script>[{strings}]</script>"


PAGES = {
    "a title of separators": "<title>" + "a - " * 1_000_000 + "</title>",
    "a headline of separators": '<meta property="og:site_name" content="a"><meta property="og:title" content="'
    + "a | " * 1_000_000
    + '">',
    "a name of names": '<meta name="author" content="' + "by Ada and " * 400_000 + '">',
    "a long heading": "<h1>" + WORDS * 90_000 + "</h1>",
    "a long description": '<meta name="description" content="' + WORDS * 90_000 + '"><h1>x</h1>',
    "deep structured data": LD.format('{"@graph":' * 100_000 + "1" + "}" * 100_000),
    "wide structured data": LD.format("[" + ",".join(['{"@type":"NewsArticle","author":{"name":"a"}}'] * 80_000) + "]"),
    "many by-lines": "<span class=author>Ada</span>" * 9_000,
    "many times": '<time datetime="2031-03-01T09:30:00">x</time>' * 9_000,
    "lists in lists": ("<ul><li>" * 100 + "<a href=x>" + WORDS * 20 + "</a>" + "</ul>" * 100) * 150,
    "inline in inline": ("<div>" + "<span>" * 200 + WORDS + "</span>" * 200 + "</div>") * 80,
    "asides in asides": ("<div class=related>" * 100 + WORDS + "</div>" * 100) * 80,
    "many kinds of asides": "<div class='related share newsletter author-bio tags-list'>x</div>" * 9_000,
    "a long name": f"<div class='{'related-author-' * 250_000}'><p>{WORDS * 9}</div>",
    "many notes": ("<p><i><b><i>" + WORDS + "<a>x</a></i></b></i>") * 4_000,
    "deep notes": ("<p>" + "<i><b>" * 90 + WORDS + "</b></i>" * 90) * 60,
    "gaps everywhere": ("<div class=a><p>" + WORDS * 6 + "</p><h2>x y</h2><p>one two</p></div>") * 3_000,
    "headings in headings' elements": ("<div>" * 90 + "<h2>x y</h2>" + "</div>" * 90 + "<p>" + WORDS) * 90,
    "an article in scripts, deep": script("<p>" + "<div class=related>" * 150_000 + WORDS),
    "articles in scripts": script(*["<p>" + "<b>a</b><br>" * 1_500] * 200),
    "bytes read as letters": "<p>" + "Ã©" * 400_000 + "</p>",
    "many short paragraphs": "<article>" + "<p>newsletter newsletter newsletter</p>" * 9_000,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_in_bounded_time(name: str) -> None:
    page = PAGES[name] + ("" if "in scripts" in name else TEXT)
    check_page(page)
    began = time.process_time()
    read_page(page, today=date(2031, 3, 3))
    assert time.process_time() - began < LONGEST_SECONDS
