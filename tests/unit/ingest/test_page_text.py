"""Which words of a page are its article."""

import json
from datetime import date

import pytest

from services.contracts.article import TextKind
from services.ingest.pages.html_text import read_page
from services.ingest.pages.page import Page

TODAY = date(2031, 3, 3)
LEAD = (
    "The old harbour bridge reopened on Monday after two years of repairs, and hundreds of people walked over it "
    "before the first lorries came, the council of the city said."
)
SECOND = (
    "Engineers replaced the cables and the bearings of the middle span, which had moved by nine centimetres since it "
    "was built, according to the report of the harbour office."
)
THIRD = "“It feels like a new bridge,” said Ada Lind, who runs the ferry that carried people across in the meantime."
BODY = f"<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(inside: str = BODY, head: str = "", before: str = "", after: str = "") -> Page:
    html = (
        f"<html><head><title>Old harbour bridge reopens</title>{head}</head><body>{before}<article>"
        f"<h1>Old harbour bridge reopens</h1>{inside}</article>{after}</body></html>"
    )
    read = read_page(html, today=TODAY)
    assert read is not None
    return read


def lines(*args: str, **kwargs: str) -> list[str]:
    return page(*args, **kwargs).text.splitlines()


def test_the_article_is_its_paragraphs_without_its_headline() -> None:
    assert lines() == [LEAD, SECOND, THIRD]


@pytest.mark.parametrize(
    "block",
    [
        "<p><a href='/1'>Ferry runs aground off the old pier in heavy fog</a></p>",
        "<p>Read more: <a href='/1'>Ferry runs aground off the old pier in heavy fog</a></p>",
        "<ul><li><a href='/1'>Ferry runs aground off the pier</a></li><li><a href='/2'>Town hall closes</a></li></ul>",
        "<h3>More from the harbour</h3><ul><li>Fog: <a href='/1'>Ferry runs aground off the pier</a></li></ul>",
    ],
)
def test_what_leads_to_other_articles_is_not_the_article(block: str) -> None:
    assert lines(f"<p>{LEAD}</p><p>{SECOND}</p>{block}<p>{THIRD}</p>") == [LEAD, SECOND, THIRD]


def test_a_paragraph_with_a_link_in_it_stays() -> None:
    linked = LEAD.replace("the council of the city", "<a href='/c'>the council of the city</a>")
    assert lines(f"<p>{linked}</p><p>{SECOND}</p><p>{THIRD}</p>")[0] == LEAD


@pytest.mark.parametrize(
    "standfirst",
    [
        "<p class='article-lead'>{}</p>",
        "<div class='intro'>{}</div>",
        "<h2 class='excerpt'>{}</h2>",
        "<div><div><p>{}</p></div></div>",
    ],
)
def test_the_standfirst_comes_first(standfirst: str) -> None:
    words = "Two years after a crack was found, lorries cross the river again; the ferry will stop in May"
    described = f'<meta name="description" content="{words}">'
    header = f"<header>{standfirst.format(words)}</header>"
    html = (
        f"<html><head><title>Bridge</title>{described}</head><body><h1>Bridge reopens to all traffic</h1>{header}"
        f"<article>{BODY}</article></body></html>"
    )
    read = read_page(html, today=TODAY)
    assert read is not None
    assert read.text.splitlines() == [words, LEAD, SECOND, THIRD]


def test_a_description_that_the_page_does_not_show_is_no_standfirst() -> None:
    hidden = '<meta name="description" content="All news of the harbour, the town and the islands, every day anew.">'
    assert lines(head=hidden) == [LEAD, SECOND, THIRD]


@pytest.mark.parametrize("name", ["gdpr-dialog", "cookie-banner", "consent"])
def test_a_consent_dialog_longer_than_the_article_is_not_the_article(name: str) -> None:
    words = "We and our 700 partners store cookies on your device to measure what you read. " * 20
    assert lines(before=f"<div class='{name}'><p>{words}</p></div>") == [LEAD, SECOND, THIRD]


@pytest.mark.parametrize("name", ["comments", "comment-list", "promo", "paywall", "newsletter-signup"])
def test_readers_comments_and_offers_inside_the_article_are_not_its_words(name: str) -> None:
    words = "Twenty thousand people read our letter every morning, and you should be one of them, we think."
    assert lines(f"<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p><div class='{name}'><p>{words}</p></div>") == [
        LEAD,
        SECOND,
        THIRD,
    ]


@pytest.mark.parametrize("name", ["entry steady-paywall-container", "paywall", "has-cookie-consent", "promo story"])
def test_an_article_in_an_element_called_as_a_notice_is_read(name: str) -> None:
    html = f"<html><body><div class='{name}'><h1>Bridge reopens</h1>{BODY}</div></body></html>"
    read = read_page(html, today=TODAY)
    assert read is not None
    assert read.text.splitlines() == [LEAD, SECOND, THIRD]


def test_a_linked_headline_goes_with_its_picture_and_teaser() -> None:
    teaser = "The ferry ran aground in heavy fog, and forty people were taken off it by boats of the harbour office."
    card = (
        "<div class='card'><a href='/1'><img src='x.jpg'></a><div><h2><span>Ferry runs aground</span>"
        f"<a href='/1'>Ferry runs aground</a></h2><p>{teaser}</p></div></div>"
    )
    assert lines(f"<p>{LEAD}</p><p>{SECOND}</p>{card * 3}<p>{THIRD}</p>") == [LEAD, SECOND, THIRD]


def test_a_short_article_whose_headline_links_to_itself_is_read() -> None:
    headline = "<h2><a href='/bridge'>Old harbour bridge reopens</a></h2>"
    html = f"<html><body><article>{headline}<p>{LEAD}</p></article></body></html>"
    read = read_page(html, today=TODAY)
    assert read is not None
    assert read.text.splitlines() == [LEAD]


def test_a_page_built_from_data_in_its_scripts_has_the_text_in_that_data() -> None:
    markup = (
        f"<figure><img src='x'><figcaption>The bridge</figcaption></figure>"
        f"<div class='caption'>Seen from the quay</div><p>$$AD$$</p><p>{LEAD}</p><p>{SECOND} &amp; more.</p>"
    )
    state = json.dumps({"props": {"article": {"html": markup, "related": ["<p>Short</p>"]}}})
    pushed = json.dumps([1, f"7:{state}"]).replace("<", "\\u003c")
    for script in (
        f'<script id="__DATA__" type="application/json">{state}</script>',
        f"<script>self.pushed.push({pushed})</script>",
    ):
        read = read_page(f"<html><head></head><body><div id='app'></div>{script}</body></html>", today=TODAY)
        assert read is not None
        assert read.text.splitlines() == [LEAD, f"{SECOND} & more."]


def test_a_page_whose_whole_text_stands_in_an_element_called_comments_is_read() -> None:
    html = f"<html><body><div class='comments'>{BODY * 3}</div></body></html>"
    read = read_page(html, today=TODAY)
    assert read is not None
    assert LEAD in read.text


@pytest.mark.parametrize(
    "line",
    [
        "<p>By Ada Lind</p>",
        "<p>Harbour | 2 March 2031, 09:40</p>",
        "<p>Traffic: Old harbour bridge reopens</p>",
    ],
)
def test_by_line_date_and_kicker_before_the_first_sentence_go(line: str) -> None:
    assert lines(f"{line}{BODY}") == [LEAD, SECOND, THIRD]


def test_credits_and_a_word_about_the_author_after_the_last_sentence_go() -> None:
    author = '<meta name="author" content="Ada Lind">'
    after = "<p>Ada Lind is a reporter for harbour and traffic at the Courier.</p><p>al/dpa</p>"
    assert lines(f"{BODY}{after}", author) == [LEAD, SECOND, THIRD]


def test_a_list_at_the_end_of_an_article_stays() -> None:
    items = [f"Bridge number {number} of the harbour" for number in range(6)]
    listed = "".join(f"<li>{item}</li>" for item in items)
    assert len(lines(f"{BODY}<ul>{listed}</ul>")) == 9


def test_what_stands_after_the_end_of_the_text_in_json_ld_goes() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "x", "articleBody": f"{LEAD} {SECOND} {THIRD}"})
    head = f'<script type="application/ld+json">{data}</script>'
    after = "<p>The Courier tells you every Sunday what moves the harbour, in words that everybody understands.</p>"
    assert lines(f"{BODY}{after}", head) == [LEAD, SECOND, THIRD]


def test_a_correction_after_the_article_stays() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "x", "articleBody": f"{LEAD} {SECOND} {THIRD}"})
    correction = "Correction: The bridge was closed for two years, not three."
    assert lines(f"{BODY}<p>{correction}</p>", f'<script type="application/ld+json">{data}</script>')[-1] == correction


def test_an_article_beside_a_teaser_of_a_live_blog_is_no_live_blog() -> None:
    own = {"@type": "NewsArticle", "headline": "Bridge", "datePublished": "2031-03-01", "author": "Ada Lind"}
    other = {"@type": "LiveBlogPosting", "headline": "Harbour live", "liveBlogUpdate": []}
    head = f'<script type="application/ld+json">{json.dumps([other, own])}</script>'
    assert page(head=head).kind is None


def test_a_page_without_paragraphs_has_the_text_that_its_json_ld_gives() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "Bridge", "articleBody": f"{LEAD}\n\n{SECOND}\n{THIRD}"})
    html = (
        f'<html><head><script type="application/ld+json">{data}</script></head><body><div id="a"></div></body></html>'
    )
    read = read_page(html, today=TODAY)
    assert read is not None
    assert read.text.splitlines() == [LEAD, SECOND, THIRD]


def test_posts_of_a_live_blog_keep_their_times_and_headings() -> None:
    data = '{"@type": "LiveBlogPosting", "headline": "Harbour live", "datePublished": "2031-03-03T08:00:00Z"}'
    posts = "".join(
        f"<div><time>{time}</time><h2>{heading}</h2><p>{words}</p></div>"
        for time, heading, words in (
            ("10:45", "Bridge open", "The first lorries cross the harbour bridge, the council says."),
            ("10:20", "Crowd", "Some hundreds of people wait at the barrier, police say."),
            ("10:05", "Hello", "Good morning and welcome to our page on the bridge."),
        )
    )
    html = (
        f'<html><head><title>Harbour live</title><script type="application/ld+json">{data}</script></head><body>'
        f"<article><h1>Harbour live</h1>{posts}</article></body></html>"
    )
    read = read_page(html, today=TODAY)
    assert read is not None
    assert read.text.splitlines()[:3] == [
        "10:45",
        "Bridge open",
        "The first lorries cross the harbour bridge, the council says.",
    ]
    assert read.text.count("\n") == 8
    assert read.kind is not None
    assert read.kind.kind is TextKind.LIVE_BLOG


def test_a_page_without_words_has_no_article() -> None:
    assert read_page("<html><body><div></div></body></html>", today=TODAY) is None
