from datetime import UTC, datetime

import pytest

from services.contracts.article import Article, ArticleStatus, DateSource, InputKind, Precision, Publisher
from services.ingest.build import article_page, first_revision, record_of, revise
from services.ingest.errors import InvalidSubmission
from services.ingest.html_text import Page, decode_html
from services.ingest.language import detect_language
from services.ingest.record import Record
from services.ingest.submission import parse_submission
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


def build(previous: Record | None = None, **fields: object) -> Article:
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


def test_the_rows_own_time_of_fetching_goes_first() -> None:
    assert build(fetched_at="2031-03-03T08:00:00Z").fetched_at == datetime(2031, 3, 3, 8, tzinfo=UTC)


def test_the_same_content_is_the_same_revision_and_the_same_article_to_the_byte() -> None:
    first = build()
    again = revise(first_revision(parse_submission(row()), fetched_at=LATER), record_of(first))
    assert again.model_dump_json() == first.model_dump_json()


@pytest.mark.parametrize(
    "change", [{"title": "Another title of the report"}, {"text": f"{TEXT} And more."}, {"status": "withdrawn"}]
)
def test_changed_content_or_status_is_the_next_revision(change: dict[str, object]) -> None:
    first = build()
    second = build(record_of(first), **change)
    assert second.article_id == first.article_id
    assert second.revision == 2
    assert build(record_of(second)).revision == 3


def test_residue_alone_makes_no_revision() -> None:
    first = build(text=f"{TEXT}\n\nViews: 1")
    assert build(record_of(first), text=f"{TEXT}\n\nViews: 2").revision == 1


def test_a_correction_keeps_its_status() -> None:
    assert build(status="corrected").status is ArticleStatus.CORRECTED


def test_a_text_without_readable_characters_is_refused() -> None:
    with pytest.raises(InvalidSubmission, match="text: holds no readable text"):
        build(text="\x00\x01")


def test_a_page_gives_what_the_row_leaves_open() -> None:
    article = first_revision(parse_submission({"html": PAGE}), fetched_at=NOW)
    assert article.text.startswith("The old harbour bridge reopened") or article.text.startswith("Old harbour bridge")
    assert "Advertisement" not in article.text
    assert "Imprint" not in article.text
    assert article.text.endswith("the council of the city said.")
    assert article.title == "Old harbour bridge reopens"
    assert article.canonical_url == "https://courier.example/2031/03/bridge"
    assert article.publisher == Publisher(name="Harbour Courier", domain="courier.example")
    assert article.authors == ("Ada Lind",)
    assert article.published_at == datetime(2021, 3, 3, tzinfo=UTC)
    assert article.published_precision is Precision.DAY


def test_fields_of_the_row_go_before_the_page() -> None:
    given = {"html": PAGE, "title": "My title", "published_at": "2021-03-04T10:00:00Z", "url": "https://a.example/1"}
    article = first_revision(parse_submission(given), fetched_at=NOW)
    assert article.title == "My title"
    assert article.published_at == datetime(2021, 3, 4, 10, tzinfo=UTC)
    assert article.canonical_url == "https://a.example/1"


def test_the_date_of_a_page_goes_before_the_day_in_its_address() -> None:
    dated = PAGE.replace("/2031/03/bridge", "/2021/02/11/bridge")
    article = first_revision(parse_submission({"html": dated}), fetched_at=NOW)
    assert article.published_at == datetime(2021, 3, 3, tzinfo=UTC)
    assert article.published_source is DateSource.PUBLISHER


def test_a_page_without_a_date_has_the_day_in_its_address() -> None:
    undated = PAGE.replace('<meta property="article:published_time" content="2021-03-03T07:30:00Z">', "")
    url = "https://courier.example/2031/mar/02/bridge"
    article = first_revision(parse_submission({"html": undated, "url": url}), fetched_at=NOW)
    assert article.published_at == datetime(2031, 3, 2, tzinfo=UTC)
    assert article.published_source is DateSource.ADDRESS


def test_a_page_does_not_depend_on_pages_before_it() -> None:
    submission = parse_submission({"html": PAGE})
    results = {first_revision(submission, fetched_at=NOW).model_dump_json() for _ in range(5)}
    assert len(results) == 1


@pytest.mark.parametrize("html", ["<html></html>", "<div>" * 900, "<p>\x00</p>", "plain words"])
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
    page = Page(text, title=None, published_on=None, authors=(), url=None, site_name=None)
    with pytest.raises(InvalidSubmission, match=f"html: its article .* {fault}"):
        article_page(page)
