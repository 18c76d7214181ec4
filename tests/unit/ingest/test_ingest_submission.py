from datetime import UTC, datetime
from typing import Any

import pytest

from services.contracts.article import ArticleStatus, Precision, Publisher
from services.ingest.errors import InvalidSubmission
from services.ingest.pages.limits import MAX_TAGS
from services.ingest.submission import (
    MAX_AUTHORS,
    MAX_TEXT_BYTES,
    MAX_TEXT_LINES,
    parse_submission,
)


def faults(**row: object) -> dict[str, str]:
    with pytest.raises(InvalidSubmission) as caught:
        parse_submission({"text": "Some text."} | row)
    return {error.field: error.message for error in caught.value.errors}


def test_a_text_alone_is_a_submission() -> None:
    submission = parse_submission({"text": "Some text."})
    assert submission.text == "Some text."
    assert submission.published_at is None
    assert submission.status is ArticleStatus.USABLE


def test_unknown_fields_are_ignored() -> None:
    assert parse_submission({"text": "Some text.", "event": "e1", "shard": 3}).text == "Some text."


@pytest.mark.parametrize(
    ("written", "at", "precision"),
    [
        ("2031-03-03T07:30:00Z", datetime(2031, 3, 3, 7, 30, tzinfo=UTC), Precision.SECOND),
        ("2031-03-03T07:30:00+02:00", datetime(2031, 3, 3, 5, 30, tzinfo=UTC), Precision.SECOND),
        ("2031-03-03T07:30:00", datetime(2031, 3, 3, 7, 30, tzinfo=UTC), Precision.SECOND),
        ("2031-03-03 07:30", datetime(2031, 3, 3, 7, 30, tzinfo=UTC), Precision.SECOND),
        ("2031-03-03", datetime(2031, 3, 3, tzinfo=UTC), Precision.DAY),
    ],
)
def test_a_time_is_utc_unless_it_says_otherwise_and_a_date_is_a_day(
    written: str, at: datetime, precision: Precision
) -> None:
    moment = parse_submission({"text": "Some text.", "published_at": written}).published_at
    assert moment is not None
    assert (moment.at, moment.precision) == (at, precision)


@pytest.mark.parametrize(
    "written",
    ["yesterday", "03/03/2031", "2031-02-30", "2031-W10", "2031", 1930289400, "0001-01-01T00:00:00+14:00", True],
)
def test_a_time_that_is_not_iso_8601_is_refused_with_an_example(written: object) -> None:
    assert "2024-10-26" in faults(published_at=written)["published_at"]


def test_a_year_nobody_published_in_is_refused() -> None:
    assert "1800" in faults(published_at="0203-03-03")["published_at"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Harbour Courier", Publisher(name="Harbour Courier")),
        ("Courier.Example", Publisher(domain="courier.example")),
        ("https://www.courier.example/", Publisher(domain="courier.example")),
        (
            {"name": "  Harbour\nCourier ", "domain": "www.courier.example"},
            Publisher(name="Harbour Courier", domain="courier.example"),
        ),
        (
            {"name": "Harbour Courier", "family": "Lind Media", "circulation": 9},
            Publisher(name="Harbour Courier", family="Lind Media"),
        ),
        ({}, None),
        ("", None),
        (None, None),
    ],
)
def test_a_publisher_is_a_name_a_domain_or_an_object(given: object, expected: Publisher | None) -> None:
    assert parse_submission({"text": "Some text.", "publisher": given}).publisher == expected


@pytest.mark.parametrize(
    "given",
    [7, ["Courier"], {"domain": "not a domain"}, {"name": "x" * 2001}, {"name": 7}, {"family": {}}, {"name": 0}],
)
def test_a_publisher_of_another_form_is_refused(given: object) -> None:
    assert any(field.startswith("publisher") for field in faults(publisher=given))


@pytest.mark.parametrize("row", [{}, {"text": None, "html": None}, {"text": "a", "html": "<p>a"}])
def test_exactly_one_of_text_and_html_is_needed(row: dict[str, Any]) -> None:
    with pytest.raises(InvalidSubmission, match="text: give exactly one of text and html"):
        parse_submission(row)


def test_an_empty_text_is_refused() -> None:
    assert faults(text=" \n ") == {"text": "is empty"}


def test_the_size_limit_counts_bytes_and_names_both_sizes() -> None:
    assert parse_submission({"text": "é" * (MAX_TEXT_BYTES // 2)}).text
    assert faults(text="é" * (MAX_TEXT_BYTES // 2 + 1))["text"] == "1,048,578 bytes in UTF-8; the limit is 1,048,576"


@pytest.mark.parametrize("break_", ["\n", "\r", "\x0b\x0c", "\u2028"])
def test_a_text_of_more_lines_than_any_article_has_is_refused(break_: str) -> None:
    assert parse_submission({"text": f"a{break_}" * MAX_TEXT_LINES + break_ * 9}).text
    assert faults(text=f"a{break_}" * (MAX_TEXT_LINES + 1)) == {"text": "20,001 lines; the limit is 20,000"}


def test_a_page_that_is_too_much_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(InvalidSubmission, match="html: 50,001 tags; the limit is 50,000"):
        parse_submission({"html": "<p>a" * (MAX_TAGS + 1)})


@pytest.mark.parametrize(
    "url",
    [
        "courier.example/a",
        "ftp://courier.example/a",
        "https://",
        "https://a b.example/",
        "http://[::1",
        "javascript:0",
        5,
    ],
)
def test_an_address_that_is_not_of_the_web_is_refused(url: object) -> None:
    assert set(faults(url=url)) == {"url"}


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    message = faults(url="https://me:hunter2@courier.example/a")["url"]
    assert "password" in message
    assert "hunter2" not in message


@pytest.mark.parametrize(("given", "code"), [("en", "en"), ("EN-gb", "en"), ("pt_BR", "pt"), ("", None), (None, None)])
def test_a_language_is_reduced_to_its_code(given: object, code: str | None) -> None:
    assert parse_submission({"text": "Some text.", "language": given}).language == code


@pytest.mark.parametrize("given", ["english", "e", 5])
def test_a_language_that_is_no_code_is_refused(given: object) -> None:
    assert "ISO 639-1" in faults(language=given)["language"]


def test_authors_are_a_list_or_one_name() -> None:
    assert parse_submission({"text": "Some text.", "authors": ["Ada  Lind", " ", "Bo Ek"]}).authors == (
        "Ada Lind",
        "Bo Ek",
    )
    assert parse_submission({"text": "Some text.", "authors": "Ada Lind"}).authors == ("Ada Lind",)
    assert parse_submission({"text": "Some text.", "authors": None}).authors == ()


def test_too_many_authors_are_one_fault() -> None:
    assert faults(authors=[1] * (MAX_AUTHORS + 1)) == {"authors": f"at most {MAX_AUTHORS} names"}


def test_all_faults_of_a_row_are_named() -> None:
    assert set(faults(url="x", published_at="x", status="gone", title=["x"])) == {
        "url",
        "published_at",
        "status",
        "title",
    }


def test_lines_lose_line_breaks_and_control_characters() -> None:
    assert (
        parse_submission({"text": "Some text.", "title": " Bridge\x00\n\treopens\u00a0now "}).title
        == "Bridge reopens now"
    )


def test_lone_surrogates_are_refused() -> None:
    assert "text" in faults(text="half a pair: \ud800")


def test_ids_may_be_numbers() -> None:
    assert parse_submission({"text": "Some text.", "id": 17}).id == "17"


@pytest.mark.parametrize("row", [None, 5, "text", ["text"]])
def test_a_row_is_an_object(row: object) -> None:
    with pytest.raises(InvalidSubmission, match="JSON object"):
        parse_submission(row)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("2031-03-03T06:30:00+09:00", 540),
        ("2031-03-03T06:30:00-03:30", -210),
        ("2031-03-03T06:30:00+00:00", 0),
        ("2031-03-03T06:30:00Z", None),
        ("2031-03-03T06:30:00-00:00", None),
        ("2031-03-03T06:30:00", None),
        ("2031-03-03", None),
    ],
)
def test_the_offset_of_the_senders_clock_is_kept(written: str, minutes: int | None) -> None:
    moment = parse_submission({"text": "Some text.", "published_at": written}).published_at
    assert moment is not None
    assert moment.offset == minutes


def test_titles_and_names_stand_as_they_are_read() -> None:
    given = {"title": "Pumps &amp; boats", "authors": ["Zoe\u0308 Lind"], "publisher": "The Har\u00adbour &#39;31"}
    submission = parse_submission({"text": "Some text.", **given})
    assert (submission.title, submission.authors) == ("Pumps & boats", ("Zo\xeb Lind",))
    assert submission.publisher is not None
    assert submission.publisher.name == "The Harbour '31"
