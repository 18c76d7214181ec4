from datetime import UTC, datetime, timedelta

import pytest

from services.contracts.article import (
    Article,
    ArticleStatus,
    DateSource,
    InputKind,
    Precision,
    PublishedNote,
    Publisher,
)
from services.ingest.build import article_page, first_revision
from services.ingest.errors import InvalidSubmission
from services.ingest.numbering import revise
from services.ingest.pages.decoding import decode_html
from services.ingest.pages.page import Page
from services.ingest.record import Revision, revision_of
from services.ingest.submission import parse_submission
from services.ingest.text.language import detect_language
from services.ingest.timestamps import parse_timestamp
from tests.unit.ingest.fakes import NOW, TEXT, row

LATER = datetime(2031, 3, 4, tzinfo=UTC)

PAGE = """<!doctype html><html><head><title>Old harbour bridge reopens - Harbour Courier</title>
<link rel="canonical" href="https://courier.example/2031/03/bridge">
<meta property="og:site_name" content="Harbour Courier"><meta name="author" content="Ada Lind">
<meta property="article:published_time" content="2021-03-03T07:30:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Old harbour bridge reopens</h1>
<p>The old harbour bridge reopened to traffic on Monday after two years of repairs that cost two million crowns.</p>
<p>Advertisement</p>
<p>The engineer Ada Lind said the new deck would carry lorries of 40 tonnes, twice as much as the old one did.</p>
<p>Ferries will go on crossing the harbour every half hour until the end of June, the council of the city said.</p>
</article><footer>Imprint</footer></body></html>"""


def build(previous: Revision | None = None, **fields: object) -> Article:
    return revise(first_revision(parse_submission(row(**fields)), fetched_at=NOW), previous)


def test_an_article_carries_what_the_submission_says() -> None:
    article = build(text=f"Skip to content\n\n{TEXT}\n\n(With inputs from AFP)", authors=["Ada Lind"])
    assert article.text == TEXT
    assert article.title == "Old harbour bridge reopens to traffic"
    assert article.url == "https://www.courier.example/2031/03/bridge/?utm_source=feed"
    assert article.canonical_url == "https://courier.example/2031/03/bridge"
    assert article.publisher == Publisher(domain="courier.example")
    assert article.language == "en"
    assert article.authors == ("Ada Lind",)
    assert article.published_at == datetime(2031, 3, 3, 7, 30, tzinfo=UTC)
    assert article.published_precision is Precision.SECOND
    assert article.published_source is DateSource.PUBLISHER
    assert article.fetched_at == NOW
    assert article.revision == 1
    assert article.input.kind is InputKind.PUSH
    assert article.wire_credit == "AFP"
    assert [block.reason for block in article.removed_blocks] == ["navigation", "credit"]


def test_a_given_publisher_goes_before_the_address() -> None:
    assert build(publisher="Meridian Press").publisher == Publisher(name="Meridian Press")


def test_an_article_without_a_date_has_none() -> None:
    article = build(published_at=None)
    assert article.published_at is None
    assert article.published_precision is None
    assert article.published_source is None


def test_an_article_without_a_date_has_the_day_in_its_address() -> None:
    article = build(published_at=None, url="https://courier.example/2031/mar/02/bridge")
    assert article.published_at == datetime(2031, 3, 2, tzinfo=UTC)
    assert article.published_precision is Precision.DAY
    assert article.published_source is DateSource.ADDRESS


def test_a_given_date_goes_before_the_day_in_the_address() -> None:
    article = build(url="https://courier.example/2031/03/02/bridge")
    assert article.published_at == datetime(2031, 3, 3, 7, 30, tzinfo=UTC)
    assert article.published_source is DateSource.PUBLISHER


@pytest.mark.parametrize(
    ("day", "believed"), [("2031/03/03", True), ("2031/03/04", True), ("2031/03/05", False), ("1989/12/31", False)]
)
def test_a_day_in_the_address_is_at_most_one_after_arrival(day: str, believed: bool) -> None:
    article = build(published_at=None, url=f"https://courier.example/{day}/bridge")
    assert (article.published_at is not None) is believed


def test_an_earlier_time_of_fetching_is_kept() -> None:
    assert build(fetched_at="2031-03-03T08:00:00Z").fetched_at == datetime(2031, 3, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize("said", ["2031-03-03T12:00:01Z", "2031-03-04", "2199-01-01T00:00:00Z"])
def test_a_time_of_fetching_after_arrival_is_that_of_arrival(said: str) -> None:
    assert build(fetched_at=said).fetched_at == NOW


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("2031-03-04T12:00:01Z", PublishedNote.AFTER_ARRIVAL),
        ("2099-01-01", PublishedNote.AFTER_ARRIVAL),
        ("1928-03-02T09:00:00Z", None),
        ("1970-01-01T00:00:00Z", None),
    ],
)
def test_a_publication_time_before_the_web_or_after_arrival_is_unknown_and_noted(
    said: str, note: PublishedNote | None
) -> None:
    article = build(published_at=said)
    assert article.published_at is None
    assert (article.published_precision, article.published_source, article.published_offset) == (None, None, None)
    assert article.published_note is note
    assert article.published_given == parse_timestamp(said).at  # type: ignore[union-attr]


@pytest.mark.parametrize("said", ["2031-03-03T07:30:00Z", "2031-03-04T12:00:00Z", "1990-01-01"])
def test_a_publication_time_up_to_a_day_after_arrival_is_believed(said: str) -> None:
    article = build(published_at=said)
    assert article.published_at == parse_timestamp(said).at  # type: ignore[union-attr]
    assert (article.published_note, article.published_given) == (None, None)


def test_a_repetition_after_the_day_it_is_dated_is_the_same_to_the_byte() -> None:
    first = build(published_at="2031-03-10")
    assert first.published_note is PublishedNote.AFTER_ARRIVAL
    later = first_revision(parse_submission(row(published_at="2031-03-10")), fetched_at=NOW + timedelta(days=30))
    assert revise(later, revision_of(first)).model_dump_json() == first.model_dump_json()


def test_the_same_content_is_the_same_revision_and_the_same_article_to_the_byte() -> None:
    first = build()
    again = revise(first_revision(parse_submission(row()), fetched_at=LATER), revision_of(first))
    assert again.model_dump_json() == first.model_dump_json()


@pytest.mark.parametrize(
    "change", [{"title": "Another title of the report"}, {"text": f"{TEXT} And more."}, {"status": "withdrawn"}]
)
def test_changed_content_or_status_is_the_next_revision(change: dict[str, object]) -> None:
    first = build()
    second = build(revision_of(first), **change)
    assert second.article_id == first.article_id
    assert second.revision == 2
    assert build(revision_of(second)).revision == 3


def test_residue_alone_makes_no_revision() -> None:
    first = build(text=f"{TEXT}\n\nViews: 1")
    assert build(revision_of(first), text=f"{TEXT}\n\nViews: 2").revision == 1


def test_a_correction_keeps_its_status() -> None:
    assert build(status="corrected").status is ArticleStatus.CORRECTED


def test_a_canonical_link_on_another_host_of_the_registered_domain_counts() -> None:
    page = PAGE.replace("https://courier.example/", "https://news.courier.com/")
    assert from_page(page, url="https://amp.courier.com/b").canonical_url == "https://news.courier.com/2031/03/bridge"


OWN = {"domain": "courier.example"}


def from_page(html: str = PAGE, /, **sender: object) -> Article:
    return first_revision(parse_submission({"html": html} | sender), fetched_at=NOW)


def test_a_page_gives_what_the_row_leaves_open() -> None:
    article = from_page(publisher=OWN)
    assert article.text.startswith("The old harbour bridge reopened") or article.text.startswith("Old harbour bridge")
    assert "Advertisement" not in article.text
    assert "Imprint" not in article.text
    assert article.text.endswith("the council of the city said.")
    assert article.title == "Old harbour bridge reopens"
    assert article.canonical_url == "https://courier.example/2031/03/bridge"
    assert article.authors == ("Ada Lind",)
    assert article.published_at == datetime(2021, 3, 3, 7, 30, tzinfo=UTC)
    assert article.published_precision is Precision.SECOND


def test_fields_of_the_row_go_before_the_page() -> None:
    given = {"html": PAGE, "title": "My title", "published_at": "2021-03-04T10:00:00Z", "url": "https://a.example/1"}
    article = first_revision(parse_submission(given), fetched_at=NOW)
    assert article.title == "My title"
    assert article.published_at == datetime(2021, 3, 4, 10, tzinfo=UTC)
    assert article.canonical_url == "https://a.example/1"


@pytest.mark.parametrize(
    "sender",
    [
        {},
        {"publisher": "Harbour Courier"},
        {"publisher": "evil.example"},
        {"publisher": {"name": "Harbour Courier", "domain": "courier.example.evil.example"}},
        {"url": "https://evil.example/2031/03/bridge"},
        {"url": "https://evil.example/1", "publisher": "courier.example"},
    ],
)
def test_a_page_cannot_replace_the_article_of_another_outlet(sender: dict[str, object]) -> None:
    victim = build(url="https://courier.example/2031/03/bridge")
    article = from_page(PAGE, **sender)
    assert article.article_id != victim.article_id
    assert article.url == sender.get("url")
    assert article.canonical_url == sender.get("url")
    assert article.publisher.domain != "courier.example" or "publisher" in sender


def test_a_canonical_link_that_hides_whose_domain_it_is_on_does_not_count() -> None:
    # Decoded by the HTML parser, by trafilatura, and once more when the address takes its canonical form.
    link = "https://courier.com&amp;amp;sol;story&amp;amp;num;.evil.com/a"
    page = PAGE.replace("https://courier.example/2031/03/bridge", link)
    article = from_page(page, url="https://www.evil.com/b")
    assert (article.url, article.canonical_url) == ("https://www.evil.com/b", "https://evil.com/b")


@pytest.mark.parametrize(
    "sender",
    [
        {"publisher": OWN},
        {"publisher": "https://www.courier.example/"},
        {"url": "https://courier.example/2031/03/bridge/amp"},
        {"url": "https://www.courier.example/2031/03/bridge?page=1"},
    ],
)
def test_a_page_on_the_domain_that_the_sender_names_is_the_article_of_its_canonical_link(
    sender: dict[str, object],
) -> None:
    article = from_page(PAGE, **sender)
    assert article.article_id == build(url="https://courier.example/2031/03/bridge").article_id
    assert article.canonical_url == "https://courier.example/2031/03/bridge"
    assert article.url == sender.get("url", "https://courier.example/2031/03/bridge")
    assert article.publisher.domain == "courier.example"


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="canonical" href="https://courier.example/">',
        '<base href="https://courier.example/news/">',
        '<link rel="alternate" hreflang="x-default" href="https://courier.example/all">',
        '<link rel="canonical" href="https://courier.example:bad/">',
        '<link rel="canonical" href="">',
    ],
)
def test_a_link_that_names_no_page_does_not_go_before_the_address(link: str) -> None:
    page = PAGE.replace('<link rel="canonical" href="https://courier.example/2031/03/bridge">', link)
    assert page != PAGE
    article = from_page(page, url="https://courier.example/1")
    assert article.canonical_url == "https://courier.example/1"


def test_a_page_of_an_unnamed_outlet_is_known_by_its_content() -> None:
    article = from_page()
    assert (article.url, article.canonical_url) == (None, None)
    assert article.publisher == Publisher(name="Harbour Courier")
    assert article.article_id == from_page().article_id
    unnamed = from_page(PAGE.replace('<meta property="og:site_name" content="Harbour Courier">', ""))
    assert unnamed.publisher == Publisher()


def test_whoever_may_post_may_replace_and_withdraw_an_article_by_its_address() -> None:
    """There is no owner of an address: README, "Who may replace an article"."""
    first = build(publisher="Harbour Courier")
    withdrawn = build(revision_of(first), publisher="Somebody Else", text="Nothing of this is so.", status="withdrawn")
    assert (withdrawn.article_id, withdrawn.revision) == (first.article_id, 2)
    assert withdrawn.status is ArticleStatus.WITHDRAWN


def test_the_date_of_a_page_goes_before_the_day_in_its_address() -> None:
    dated = PAGE.replace("/2031/03/bridge", "/2021/02/11/bridge")
    article = first_revision(parse_submission({"html": dated, "publisher": OWN}), fetched_at=NOW)
    assert article.published_at == datetime(2021, 3, 3, 7, 30, tzinfo=UTC)
    assert article.published_source is DateSource.PUBLISHER


def test_a_page_without_a_date_has_the_day_in_its_address() -> None:
    undated = PAGE.replace('<meta property="article:published_time" content="2021-03-03T07:30:00Z">', "")
    undated = undated.replace("https://courier.example/2031/03/bridge", "https://courier.example/2031/mar/02/bridge")
    url = "https://courier.example/2031/mar/02/bridge"
    article = first_revision(parse_submission({"html": undated, "url": url}), fetched_at=NOW)
    assert article.published_at == datetime(2031, 3, 2, tzinfo=UTC)
    assert article.published_source is DateSource.ADDRESS


def test_a_page_does_not_depend_on_pages_before_it() -> None:
    submission = parse_submission({"html": PAGE})
    results = {first_revision(submission, fetched_at=NOW).model_dump_json() for _ in range(5)}
    assert len(results) == 1


@pytest.mark.parametrize("html", ["<html></html>", "<div>" * 900, "<p>\x00</p>", "plain <i>words</i>"])
def test_a_page_without_an_article_is_refused(html: str) -> None:
    with pytest.raises(InvalidSubmission, match="html: no article was found"):
        first_revision(parse_submission({"html": html}), fetched_at=NOW)


def test_pages_are_read_in_their_declared_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Ma\u00f1ana por la ma\u00f1ana</p></body></html>'
    assert "ma\u00f1ana" in decode_html(page.encode("iso-8859-1"))
    assert "ma\u00f1ana" in decode_html(page.replace("iso-8859-1", "utf-8").encode())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TEXT, "en"),
        ("Le vieux pont du port a rouvert lundi apr\u00e8s deux ans de travaux, a annonc\u00e9 la mairie.", "fr"),
        (
            "Die alte Hafenbr\u00fccke ist am Montag nach zwei Jahren wieder ge\u00f6ffnet worden, sagte die Stadt.",
            "de",
        ),
        ("HARBOUR BRIDGE REOPENS TO TRAFFIC AFTER TWO YEARS OF REPAIRS", "en"),
        ("12,000 40 2031", None),
        ("", None),
    ],
)
def test_the_language_is_found_or_left_open(text: str, code: str | None) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize(("text", "fault"), [("a\n" * 20_000, "20,000 lines"), ("a" * 1_048_577, "1,048,576 bytes")])
def test_the_article_of_a_page_is_bounded_as_a_text_is(text: str, fault: str) -> None:
    page = Page(text)
    with pytest.raises(InvalidSubmission, match=f"html: its article .* {fault}"):
        article_page(page)


def test_the_publishers_clock_goes_with_the_time_of_publication() -> None:
    article = build(published_at="2031-03-03T06:30:00+09:00")
    assert article.published_at == datetime(2031, 3, 2, 21, 30, tzinfo=UTC)
    assert article.published_offset == 540
    assert build(published_at="2031-03-03T06:30:00Z").published_offset is None
    assert build(published_at=None).published_offset is None


@pytest.mark.parametrize(
    "link", ["https://www.google.com/amp/s/courier.example/2031/03/bridge", "https://m.courier.example/2031/03/bridge"]
)
def test_a_canonical_link_through_a_cache_or_to_another_outlet_takes_nobodys_place(link: str) -> None:
    page = PAGE.replace("https://courier.example/2031/03/bridge", link)
    article = from_page(page, url="https://www.evil.com/b")
    assert article.canonical_url == "https://evil.com/b"


def test_a_page_read_through_an_amp_cache_is_its_outlets_article() -> None:
    page = PAGE.replace("https://courier.example/", "https://www.courier.com/")
    article = from_page(page, url="https://www-courier-com.cdn.ampproject.org/c/s/www.courier.com/2031/03/bridge/amp")
    assert article.canonical_url == "https://courier.com/2031/03/bridge"
    assert article.publisher.domain == "courier.com"


def test_a_link_to_another_host_of_the_same_outlet_counts() -> None:
    page = PAGE.replace("https://courier.example/2031/03/bridge", "https://www.bbc.com/news/bridge-4")
    assert from_page(page, url="https://www.bbc.co.uk/news/4").canonical_url == "https://bbc.com/news/bridge-4"
