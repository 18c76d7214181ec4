"""Title, by-line, outlet and time that a pasted text has in its own lines."""

from datetime import UTC, datetime

import pytest

from services.contracts.article import Article, DateSource, Precision
from services.ingest.build import first_revision
from services.ingest.submission import parse_submission
from services.ingest.text.cleaning import clean
from services.ingest.text.pasted_head import Head, read_head
from services.ingest.text.written_times import written_time

NOW = datetime(2031, 3, 5, 12, tzinfo=UTC)
TITLE = "Varn dam breaks and floods the lower town"
BODY = (
    "The dam above Varn broke early on Monday, the mayor of the town said after a night of heavy rain.\n\n"
    "Nine people were missing in the evening. Mayor Mary Hall said on May 3, 2029 that the dam was safe."
)


def head(*lines: str, after: str = "") -> Head:
    text = "\n".join((*lines, "", BODY, after))
    return read_head(text, clean(text), came_at=NOW)


def published(line: str) -> tuple[datetime, Precision, int | None] | None:
    found = head(TITLE, line).published
    return (found.at, found.precision, found.offset) if found else None


@pytest.mark.parametrize(
    ("line", "at", "offset"),
    [
        ("March 4, 2031 12:05 AM", datetime(2031, 3, 4, 0, 5, tzinfo=UTC), None),
        ("Mar. 4, 2031, 7:30 p.m. ET", datetime(2031, 3, 5, 0, 30, tzinfo=UTC), -300),
        ("Published: 4 March 2031 at 09:15 BST", datetime(2031, 3, 4, 8, 15, tzinfo=UTC), 60),
        ("Posted on Tuesday, March 4th 2031 | 14:05 UTC", datetime(2031, 3, 4, 14, 5, tzinfo=UTC), None),
        ("2031-03-04T14:05 +0100", datetime(2031, 3, 4, 13, 5, tzinfo=UTC), 60),
        ("03/04/2031 2:00 PM", datetime(2031, 3, 4, 14, tzinfo=UTC), None),
        ("by Ada Lind March 4, 2031 12:05 AM 2 min read", datetime(2031, 3, 4, 0, 5, tzinfo=UTC), None),
        ("Ada Lind | 4 Mar 2031 18:00", datetime(2031, 3, 4, 18, tzinfo=UTC), None),
    ],
)
def test_a_line_of_a_time_dates_the_text(line: str, at: datetime, offset: int | None) -> None:
    assert published(line) == (at, Precision.SECOND, offset)


@pytest.mark.parametrize("line", ["March 4, 2031", "Published 4 March 2031", "2031-03-04", "3/13/2030"])
def test_a_day_alone_is_known_to_the_day(line: str) -> None:
    found = published(line)
    assert found is not None
    assert found[1:] == (Precision.DAY, None)


@pytest.mark.parametrize(
    "line",
    [
        "The council met on March 4, 2031 in the town hall.",
        "3/4/31",
        "31/13/2030",
        "March 4, 1931",
        "March 9, 2031",
        "Flood of March 4, 2031: what we know",
    ],
)
def test_other_lines_with_a_day_do_not_date_the_text(line: str) -> None:
    assert published(line) is None


def test_a_note_of_a_change_gives_its_day_where_no_time_of_publication_stands() -> None:
    note = "Update 3/4/31, 10:30 p.m. ET: This breaking news story was updated with additional information."
    found = head(TITLE, after=note).published
    assert found is not None
    assert (found.at, found.precision) == (datetime(2031, 3, 4, tzinfo=UTC), Precision.DAY)
    both = head(TITLE, "March 3, 2031 9:00 AM", after=note).published
    assert both is not None
    assert both.at == datetime(2031, 3, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "authors", "outlet"),
    [
        ("By Ada Lind", ("Ada Lind",), None),
        ("BY ADA LIND AND BERT HOLM", ("ADA LIND", "BERT HOLM"), None),
        ("By Ada Lind, Bert Holm and Cara de Moe", ("Ada Lind", "Bert Holm", "Cara de Moe"), None),
        ("By Ada Lind, Staff Writer", ("Ada Lind",), None),
        ("By Ada Lind, Harbour Post", ("Ada Lind",), "Harbour Post"),
        ("By Ada Lind | The Harbour Post | March 4, 2031", ("Ada Lind",), "The Harbour Post"),
        ("Written by Ada Lind for the Varn Courier", ("Ada Lind",), "the Varn Courier"),
        ("By the time the rain stopped, nine were missing", (), None),
        ("By Ada Lind, Associated Press", ("Ada Lind",), None),
    ],
)
def test_a_by_line_names_authors_and_outlet(line: str, authors: tuple[str, ...], outlet: str | None) -> None:
    found = head(TITLE, line)
    assert (found.authors, found.publisher) == (authors, outlet)


@pytest.mark.parametrize(
    "line",
    [
        "© 2031 Harbour Post. All rights reserved.",
        "Copyright © 2031 Harbour Post",
        "Disclaimer: Claims are made on both sides. While Harbour Post takes utmost care, we cannot verify them.",
    ],
)
def test_a_page_that_names_itself_at_its_end_names_the_outlet(line: str) -> None:
    assert head(TITLE, after=line).publisher == "Harbour Post"


def article(text: str, **fields: object) -> Article:
    return first_revision(parse_submission({"text": text, "pasted": True} | fields), fetched_at=NOW)


PASTED = f"{TITLE}\n\nBy Ada Lind, Harbour Post\nMarch 4, 2031 12:05 AM\n\n{BODY}"


def test_a_pasted_text_says_which_fields_were_read_from_it() -> None:
    found = article(PASTED)
    assert (found.title, found.authors, found.publisher.name) == (TITLE, ("Ada Lind",), "Harbour Post")
    assert (found.published_at, found.published_source) == (
        datetime(2031, 3, 4, 0, 5, tzinfo=UTC),
        DateSource.PUBLISHER,
    )
    assert found.read_from_text == ("title", "authors", "published_at", "publisher")


def test_what_is_given_goes_before_what_the_text_says() -> None:
    given = {"title": "Dam", "authors": ["Bert Holm"], "publisher": "Varn Courier", "published_at": "2031-03-01"}
    found = article(PASTED, **given)
    assert (found.title, found.authors, found.publisher.name) == ("Dam", ("Bert Holm",), "Varn Courier")
    assert found.published_at == datetime(2031, 3, 1, tzinfo=UTC)
    assert found.read_from_text == ()


def test_the_text_says_the_time_better_than_its_address_does() -> None:
    found = article(PASTED, url="https://post.example/2031/03/03/dam")
    assert found.published_at == datetime(2031, 3, 4, 0, 5, tzinfo=UTC)
    assert found.publisher.domain == "post.example"
    assert found.read_from_text == ("title", "authors", "published_at")


def test_a_text_that_is_not_pasted_is_not_read_for_its_head() -> None:
    found = first_revision(parse_submission({"text": PASTED}), fetched_at=NOW)
    assert (found.title, found.authors, found.published_at, found.read_from_text) == (None, (), None, ())


@pytest.mark.parametrize("line", ["x" * 10_000, "1 " * 5_000, "update " * 2_000, "while A B C D " * 1_000])
def test_long_lines_cost_nothing(line: str) -> None:
    assert head(TITLE, line, after=line).published is None


def test_the_clock_of_american_zones_follows_their_summer() -> None:
    winter, summer = written_time("March 8, 2031 1:00 PM ET"), written_time("March 9, 2031 1:00 PM ET")
    assert winter is not None
    assert summer is not None
    assert (winter[0].offset, summer[0].offset) == (-300, -240)
