"""What is taken out around an article by its marks and by how it is set, and what is brought back between its lines."""

from datetime import date

import pytest
from lxml.html import document_fromstring

from services.ingest.pages.gaps import fill_gaps
from services.ingest.pages.html_text import read_page

TODAY = date(2031, 3, 3)
OWN = [
    "The ferry to the outer islands stopped on Sunday when a rope caught in its screw, the harbour office said.",
    "Divers cut it loose by evening, and the ferry sailed again on Monday with the first of the post.",
    "“We slept on the benches,” said Ola Vik, who had come over for a wedding with her four children.",
    "The office wants nets and ropes to be marked, so that it knows next time whose they were.",
    "It is the third time in a year that the ferry has been stopped so, the captain said on the quay.",
]
OFFER = "Twenty thousand people read our letter each morning, and you should be one of them, we think."


def lines(inside: str) -> list[str]:
    html = f"<html><head><title>Ferry</title></head><body><article><h1>Ferry stops</h1>{inside}</article></body></html>"
    read = read_page(html, today=TODAY)
    assert read is not None
    return read.text.splitlines()


def body(*, at: int, extra: str) -> str:
    paragraphs = [f"<p>{line}</p>" for line in OWN]
    return "".join([*paragraphs[:at], extra, *paragraphs[at:]])


@pytest.mark.parametrize(
    "block",
    [
        f"<div class='jp-relatedposts'><p>{OFFER}</p></div>",
        f"<div class='RelatedStories relatedStories'><p>{OFFER}</p></div>",
        f"<div class='story__recirc'><p>{OFFER}</p></div>",
        f"<section id='newsletter-inline'><p>{OFFER}</p></section>",
        f"<div class='OUTBRAIN outbrain'><p>{OFFER}</p></div>",
        f"<div class='author-bio'><p>{OFFER}</p></div>",
        f"<div class='wp-caption-text'><p>{OFFER}</p></div>",
        f"<div role='complementary'><p>{OFFER}</p></div>",
        f"<div hidden><p>{OFFER}</p></div>",
        f"<p style='display: none'>{OFFER}</p>",
        f"<aside><p>{OFFER}</p></aside>",
        f"<blockquote class='twitter-tweet'><p>{OFFER}</p></blockquote>",
        f"<blockquote class='wp-block-pullquote'><p>{OFFER}</p></blockquote>",
        f"<p><em>{OFFER} <a href='/letter'>Sign on</a></em></p>",
        f"<p><strong>{OFFER} <a href='/letter'>Sign on</a></strong></p>",
        "<p><i>How the rope came into the screw is shown in this film:</i></p>",
        "<p>$$ARTICLE_AD$$</p>",
        "<p>{{ slot:middle }}</p>",
        "<ul><li>Our channel on the telephone</li></ul>",
    ],
)
def test_what_is_marked_or_set_as_no_part_of_the_article_goes(block: str) -> None:
    assert lines(body(at=3, extra=block)) == OWN


@pytest.mark.parametrize(
    "name", ["related", "share-bar", "newsletter", "author-box", "caption", "tags-list", "trending"]
)
def test_paragraphs_that_are_all_called_so_are_the_article(name: str) -> None:
    assert lines("".join(f"<div class='{name}'><p>{line}</p></div>" for line in OWN)) == OWN


def test_a_box_of_facts_goes_however_long_where_an_article_is_left() -> None:
    facts = "".join(
        f"<p>The ferry number {number} was built in 19{number} and carries mail.</p>" for number in range(10, 60)
    )
    box = f"<div class='article-factbox'><h2>The fleet</h2>{facts}</div>"
    own = [f"{line} {number}." for number in range(5) for line in OWN]
    assert lines("".join(f"<p>{line}</p>" for line in own) + box) == own


def test_a_page_that_is_a_box_of_facts_is_read() -> None:
    assert lines("<div class='factbox'>" + "".join(f"<p>{line}</p>" for line in OWN) + "</div>") == OWN


def test_words_about_the_author_in_italics_at_the_end_go_and_a_correction_stays() -> None:
    bio = "<p><em>Mia Holm sails for a living and writes when the wind is down.</em></p>"
    correction = "Correction: The ferry stopped on Sunday, not on Saturday."
    assert lines(body(at=5, extra=f"<p><em>{correction}</em></p>{bio}")) == [*OWN, correction]


def test_an_article_set_in_italics_is_read() -> None:
    assert lines("".join(f"<p><em>{line}</em></p>" for line in OWN)) == OWN


def test_a_paragraph_of_italics_in_the_middle_is_the_articles() -> None:
    spoken = "I have never seen the sea so flat, and never so many people who could not cross it."
    assert lines(body(at=2, extra=f"<p><em>{spoken}</em></p>")) == [*OWN[:2], spoken, *OWN[2:]]


@pytest.mark.parametrize(
    "line",
    [
        "Published: 19 Feb 2031 - 03:12 pm | Last Updated: 19 Feb 2031 - 04:40 pm | Reading time: 2 minutes",
        "Publié le 10 février 2031 à 07h02, mis à jour à 09h15",
        "02:14",
    ],
)
def test_times_of_publication_before_the_first_sentence_go(line: str) -> None:
    assert lines(body(at=0, extra=f"<p>{line}</p>")) == OWN


def test_how_to_reach_the_newsroom_at_the_end_goes() -> None:
    assert lines(body(at=5, extra="<p>Did you see the rope? Tell us at desk@news.example today.</p>")) == OWN


def test_headlines_after_the_last_sentence_go_however_many() -> None:
    headlines = "".join(
        f"<p>Ferry number {word} to sail on Sundays</p>" for word in ["one", "two", "three", "four", "five", "six"]
    )
    assert lines(body(at=5, extra=headlines)) == OWN


def test_an_invitation_that_cleaning_takes_away_does_not_keep_the_credit_before_it() -> None:
    after = "<p>Island-News-Wire</p><p>Sign up here for our daily newsletter with all the news of the islands.</p>"
    assert [line for line in lines(body(at=5, extra=after)) if "newsletter" not in line] == OWN


def test_subheadings_and_paragraphs_that_extractors_lose_between_others_come_back() -> None:
    blocks = [f"<div class='text'><p>{line}</p></div>" for line in OWN]
    blocks.insert(2, "<div class='text'><h2>A night on benches</h2></div>")
    found = "\n".join([OWN[0], OWN[1], OWN[3], OWN[4]])
    filled = [*OWN[:2], "A night on benches", *OWN[2:]]
    assert fill_gaps(found, document_fromstring("".join(blocks))).splitlines() == filled


def test_a_paragraph_whose_lines_are_there_already_does_not_come_back_as_one() -> None:
    broken = f"<p>{OWN[1]}<br>{OWN[2]}</p>"
    blocks = [f"<p>{OWN[0]}</p>", broken, *(f"<p>{line}</p>" for line in OWN[3:])]
    assert fill_gaps("\n".join(OWN), document_fromstring("".join(blocks))).splitlines() == OWN


def test_a_line_break_parts_the_words_of_a_paragraph_that_comes_back() -> None:
    blocks = [f"<p>{line}</p>" for line in OWN]
    blocks.insert(2, "<p>Nobody was hurt on the quay.<br>The crew went home by bus in the evening.</p>")
    filled = [*OWN[:2], "Nobody was hurt on the quay. The crew went home by bus in the evening.", *OWN[2:]]
    assert fill_gaps("\n".join(OWN), document_fromstring("".join(blocks))).splitlines() == filled


def test_what_stands_in_another_element_does_not_come_back() -> None:
    blocks = [f"<p>{line}</p>" for line in OWN]
    blocks.insert(2, f"<div><p>{OFFER}</p></div>")
    assert fill_gaps("\n".join(OWN), document_fromstring("".join(blocks))).splitlines() == OWN


@pytest.mark.parametrize("name", ["text-embed", "share-content", "slide", "widget-text", "paid-content", "expandable"])
@pytest.mark.parametrize("form", ["<p class='{}'>{}</p>", "<div class='{}'><p>{}</p></div>"])
def test_every_other_paragraph_may_be_called_what_extractors_take_out(name: str, form: str) -> None:
    parts = [*OWN, *(f"{line} So they said again in the evening." for line in OWN)]
    blocks = (form.format(name, line) if at % 2 else f"<p>{line}</p>" for at, line in enumerate(parts))
    assert lines("".join(blocks)) == parts


def test_a_sentence_under_the_headline_is_the_standfirst_whatever_it_stands_in() -> None:
    opening = "A rope in the screw held two hundred people for a night, and nobody knows whose it was."
    head = f"<div class='x1'><div class='x2'>{opening}</div></div><div class='x3'>Mia Holm, 2 March 2031, 09:40</div>"
    html = (
        f"<html><body><div class='x0'><h1>Ferry stops</h1>{head}</div><article>"
        f"{body(at=5, extra='')}</article></body></html>"
    )
    read = read_page(html, today=TODAY)
    assert read is not None
    assert read.text.splitlines() == [opening, *OWN]
