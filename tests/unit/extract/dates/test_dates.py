"""Dates of a sentence against a day of publication. 2031-03-05 is a Wednesday."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.article import Precision
from services.contracts.claim import DateMention
from services.extract.dates.dates import find_dates, reference_day
from services.extract.text.document import read_document
from services.language.ranges import Range
from tests.unit.extract.articles import article, only_claim

WEDNESDAY = date(2031, 3, 5)


def dates(text: str, reference: date | None = WEDNESDAY) -> list[DateMention]:
    return [named.mention for named in find_dates(read_document(text), Range(0, len(text)), reference)]


def isos(text: str, reference: date | None = WEDNESDAY) -> list[str]:
    return [mention.iso for mention in dates(text, reference)]


@pytest.mark.parametrize(
    ("text", "surface", "iso"),
    [
        ("The ferry sank on Feb. 25.", "Feb. 25", "2031-02-25"),
        ("The ferry sank on February 25th.", "February 25th", "2031-02-25"),
        ("The ferry sank on 25 February.", "25 February", "2031-02-25"),
        ("The ferry sank on the 25th of February.", "the 25th of February", "2031-02-25"),
        ("The ferry sank on Dec. 30.", "Dec. 30", "2030-12-30"),
        ("The ferry sank on Tuesday, Nov. 8, 2016, off Tarn.", "Tuesday, Nov. 8, 2016", "2016-11-08"),
        ("The ferry sank on Tuesday (March 4).", "Tuesday (March 4)", "2031-03-04"),
        ("The ferry sank (Feb. 25).", "Feb. 25", "2031-02-25"),
        ("The ferry sank on 2016-11-08.", "2016-11-08", "2016-11-08"),
        ("The ferry sank on 25/02/2019.", "25/02/2019", "2019-02-25"),
        ("The talks run on Feb. 27-28.", "Feb. 27-28", "2031-02-27/2031-02-28"),
        ("The talks ran from Feb. 27 to March 2.", "Feb. 27 to March 2", "2031-02-27/2031-03-02"),
        ("The talks ran from Dec. 30 to Jan. 2.", "Dec. 30 to Jan. 2", "2030-12-30/2031-01-02"),
        ("The talks ran from 27-28 February 2019.", "27-28 February 2019", "2019-02-27/2019-02-28"),
        ("The talks ran 30 October to 2 November 2019.", "30 October to 2 November 2019", "2019-10-30/2019-11-02"),
    ],
)
def test_a_day_is_read_with_the_year_it_lies_in(text: str, surface: str, iso: str) -> None:
    (mention,) = dates(text)
    assert (mention.surface, mention.iso, mention.precision) == (surface, iso, Precision.DAY)
    assert mention.span.of(text) == surface


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("The mayor resigned on Tuesday.", "2031-03-04"),
        ("The mayor resigned on Wednesday.", "2031-03-05"),
        ("The mayor resigned Thursday.", "2031-02-27"),
        ("On Monday, the mayor resigned.", "2031-03-03"),
        ("The mayor resigned last Wednesday.", "2031-02-26"),
        ("The mayor will resign on Thursday.", "2031-03-06"),
        ("On Tuesday, the mayor will resign.", "2031-03-11"),
        ("The mayor would be replaced as early as Sunday.", "2031-03-09"),
        ("The mayor is expected to be replaced on Friday.", "2031-03-07"),
        ("The mayor said he'll go next Wednesday.", "2031-03-12"),
        ("The council votes this Sunday.", "2031-03-09"),
        ("The chamber passed the act by 101 votes to 98 late on Friday.", "2031-02-28"),
        ("The party won most of the votes on Friday.", "2031-02-28"),
        ("The offer stands until Friday.", "2031-03-07"),
        ("A judge ordered the mayor to answer by Friday.", "2031-03-07"),
        ("The mayor spoke ahead of Friday's vote.", "2031-02-28"),
        ("The mayor spoke yesterday.", "2031-03-04"),
        ("The mayor speaks tomorrow.", "2031-03-06"),
        ("The mayor spoke three days ago.", "2031-03-02"),
    ],
)
def test_a_weekday_lies_behind_unless_the_sentence_tells_what_is_to_come(text: str, iso: str) -> None:
    (mention,) = dates(text)
    assert (mention.iso, mention.precision) == (iso, Precision.DAY)


def test_each_date_of_a_sentence_goes_by_its_own_verb() -> None:
    assert isos("The minister said Tuesday that ships would leave port on Friday.") == ["2031-03-04", "2031-03-07"]


@pytest.mark.parametrize(
    ("text", "surface", "iso", "precision"),
    [
        ("They signed it in June.", "June", "2030-06", Precision.MONTH),
        ("They signed it last June.", "last June", "2030-06", Precision.MONTH),
        ("They will sign it in June.", "June", "2031-06", Precision.MONTH),
        ("They signed it last March.", "last March", "2030-03", Precision.MONTH),
        ("They have met since August.", "August", "2030-08", Precision.MONTH),
        ("They signed it in June 2023.", "June 2023", "2023-06", Precision.MONTH),
        ("They signed it in late October.", "late October", "2030-10", Precision.MONTH),
        ("They met in May of last year.", "May of last year", "2030-05", Precision.MONTH),
        ("They met from June to August 2023.", "June to August 2023", "2023-06/2023-08", Precision.MONTH),
        ("They signed it by the end of January.", "the end of January", "2031-01-31", Precision.MONTH),
        ("They signed it earlier this month.", "earlier this month", "2031-03", Precision.MONTH),
        ("They signed it last month.", "last month", "2031-02", Precision.MONTH),
        ("They signed it two months ago.", "two months ago", "2031-01", Precision.MONTH),
        ("They led in the first quarter of 2017.", "the first quarter of 2017", "2017-01/2017-03", Precision.MONTH),
        ("They signed it in 2021.", "2021", "2021", Precision.YEAR),
        ("They ruled from 2001 to 2005, then left.", "2001 to 2005", "2001/2005", Precision.YEAR),
        ("They led the 2018-19 season.", "2018-19", "2018/2019", Precision.YEAR),
        ("They met in the early 2000s.", "early 2000s", "2000/2009", Precision.YEAR),
        ("They met in the summer of 2016.", "the summer of 2016", "2016", Precision.YEAR),
        ("They met ten years ago.", "ten years ago", "2021", Precision.YEAR),
        ("They met earlier this year.", "earlier this year", "2031", Precision.YEAR),
        ("They met last year.", "last year", "2030", Precision.YEAR),
        ("They will leave by the end of the year.", "the end of the year", "2031-12-31", Precision.YEAR),
        ("They will leave by year's end.", "year's end", "2031-12-31", Precision.YEAR),
        ("They meet next week.", "next week", "2031-03-10/2031-03-16", Precision.WEEK),
        ("They met two weeks ago.", "two weeks ago", "2031-02-17/2031-02-23", Precision.WEEK),
        ("They met earlier this week.", "earlier this week", "2031-03-03/2031-03-09", Precision.WEEK),
        ("They meet this weekend.", "this weekend", "2031-03-08/2031-03-09", Precision.DAY),
        ("They met last weekend.", "last weekend", "2031-03-01/2031-03-02", Precision.DAY),
    ],
)
def test_a_longer_time_is_told_as_exactly_as_it_is_named(
    text: str, surface: str, iso: str, precision: Precision
) -> None:
    (mention,) = dates(text)
    assert (mention.surface, mention.iso, mention.precision) == (surface, iso, precision)


@pytest.mark.parametrize(
    "text",
    [
        "Minister Theresa May said little.",
        "They may march again.",
        "He appeared on Saturday Night Live.",
        "The Sunday Times wrote of it.",
        "Shops wait for Black Friday.",
        "They meet every Friday.",
        "About 2000 people came.",
        "Some 2020 troops came.",
        "He lives at 1900 Harbour Avenue.",
        "Page 2012 of the file is missing.",
        "It rose 2.5 percent and 2019.5 points.",
        "They met within the last year.",
        "They met a few weeks ago.",
        '"We face more than we can bear today," she said.',
        "It was 05/06/2019 or so.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert isos(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met on Feb. 25, 2030, and in May 2029.", ["2030-02-25", "2029-05"]),
        ("They met on Feb. 25.", ["XXXX-02-25"]),
        ("They meet on Feb. 27-28.", ["XXXX-02-27/XXXX-02-28"]),
        ("They met on Sunday.", ["XXXX-WXX-7"]),
        ("They met in June.", ["XXXX-06"]),
        ("They leave by the end of the year.", ["XXXX-12-31"]),
        ("They met yesterday, last week, two years ago, last month and over the weekend.", []),
        ("They met earlier this month.", ["XXXX-XX"]),
    ],
)
def test_without_a_day_of_publication_a_date_is_told_as_far_as_it_goes(text: str, found: list[str]) -> None:
    assert isos(text, None) == found


def test_publication_known_to_the_month_is_no_day_to_count_from() -> None:
    one = article("They met.").model_copy(
        update={"published_at": datetime(2031, 3, 5, tzinfo=UTC), "published_precision": Precision.MONTH}
    )
    assert reference_day(one) is None
    assert reference_day(one.model_copy(update={"published_precision": Precision.DAY})) == WEDNESDAY
    assert reference_day(article("They met.")) is None


def test_a_claim_lists_its_dates_and_counts_none_of_them() -> None:
    claim = only_claim("Ada Reyl said that 40 ships left on Oct. 27-28, 2030, and again in 2031.")
    assert [mention.iso for mention in claim.dates] == ["2030-10-27/2030-10-28", "2031"]
    assert [quantity.surface for quantity in claim.quantities] == ["40"]


@given(st.text(alphabet="JanuryMa Octobe.,-–0123456789thlsweknxdyo/'()", max_size=60), st.dates())
def test_any_text_and_any_day_of_publication_can_be_read(text: str, reference: date) -> None:
    for mention in dates(text, reference):
        assert mention.span.of(text) == mention.surface


@given(
    st.dates(date(1901, 1, 1), date(2090, 1, 1)),
    st.sampled_from(["on Monday", "last June", "March 3", "next week", "Dec. 30 to Jan. 2", "yesterday", "29 Feb."]),
)
def test_the_same_words_on_the_same_day_come_to_the_same_date(reference: date, words: str) -> None:
    text = f"They left {words}."
    assert isos(text, reference) == isos(text, reference)


@pytest.mark.parametrize(
    ("text", "surface", "iso"),
    [
        ("The lock failed on Tuesday last week.", "Tuesday last week", "2031-02-25"),
        ("The lock failed last week on Tuesday.", "last week on Tuesday", "2031-02-25"),
        ("The lock opens Monday of next week.", "Monday of next week", "2031-03-10"),
        ("The lock opens a week on Saturday.", "a week on Saturday", "2031-03-15"),
        ("The lock opens three weeks from Monday.", "three weeks from Monday", "2031-03-31"),
        ("The lock opens on Saturday week.", "Saturday week", "2031-03-15"),
        ("The lock opens a fortnight on Sunday.", "a fortnight on Sunday", "2031-03-23"),
        ("The lock opens a week from tomorrow.", "a week from tomorrow", "2031-03-13"),
        ("The lock failed a week ago on Monday.", "a week ago on Monday", "2031-02-24"),
        ("The lock failed a week ago yesterday.", "a week ago yesterday", "2031-02-25"),
        ("The lock failed Monday two weeks ago.", "Monday two weeks ago", "2031-02-17"),
        ("The lock failed two Saturdays ago.", "two Saturdays ago", "2031-02-22"),
        ("The lock failed two Wednesdays ago.", "two Wednesdays ago", "2031-02-19"),
        ("The lock failed the Sunday before last.", "the Sunday before last", "2031-02-23"),
        ("The lock opens the Sunday after next.", "the Sunday after next", "2031-03-16"),
        ("The lock failed the day before yesterday.", "the day before yesterday", "2031-03-03"),
        ("The lock failed the night before last.", "the night before last", "2031-03-03"),
        ("The lock opens the day after tomorrow.", "the day after tomorrow", "2031-03-07"),
        ("The lock opens four days from now.", "four days from now", "2031-03-09"),
        ("The lock opens on the first Monday of May.", "the first Monday of May", "2031-05-05"),
        ("The lock opens the last Sunday in October 2031.", "the last Sunday in October 2031", "2031-10-26"),
    ],
)
def test_a_day_that_is_counted_from_another_is_one_date(text: str, surface: str, iso: str) -> None:
    (mention,) = dates(text)
    assert (mention.surface, mention.iso, mention.precision) == (surface, iso, Precision.DAY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The lock opens on Monday and Tuesday next week.", ["2031-03-10", "2031-03-11"]),
        ("He was jailed for two weeks on Monday.", ["2031-03-03"]),
        ("They met three times a week from Monday.", ["2031-03-03"]),
        ("They shut it a few weeks ago on Monday.", []),
        ("They shut it the week before last.", ["2031-02-17/2031-02-23"]),
        ("They open it the month after next.", ["2031-05"]),
        ("They open it in two weeks' time.", ["2031-03-17/2031-03-23"]),
        ("They shut it on the following Monday.", []),
    ],
)
def test_a_week_beside_a_weekday_moves_it_only_where_it_counts_from_it(text: str, found: list[str]) -> None:
    assert isos(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The fair was on 31 June 2030.",
        "The fair was on June 31, 2030.",
        "The fair was on Monday, 30 February.",
        "The fair was on Feb. 29, 2031.",
        "The fair was on the 33rd of May.",
        "The fair was on 31/04/2030.",
    ],
)
def test_a_day_that_does_not_exist_is_no_date_and_no_month(text: str) -> None:
    assert isos(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pupils return to school on Monday, the head said.", ["2031-03-10"]),
        ("The Tarn choir sings no more but plays Orla on Sunday.", ["2031-03-09"]),
        ("The baths reopen on Friday after a month, the council said.", ["2031-03-07"]),
        ("Hearings resume in May, the clerk said.", ["2031-05"]),
        ("The ban takes effect on Saturday.", ["2031-03-08"]),
        ("On Friday the ferry makes its last trip.", ["2031-03-07"]),
        ("The mill was shut on Monday and reopens on Friday.", ["2031-03-03", "2031-03-07"]),
        ("The bill is likely headed for a vote on Friday.", ["2031-03-07"]),
        ("Orla play Tarn on Sunday.", ["2031-03-09"]),
        ("Reyl spoke after a prison visit on Sunday, he said.", ["2031-03-02"]),
        ("A street march on Sunday drew thousands.", ["2031-03-02"]),
        ("Two plays on Sunday drew crowds.", ["2031-03-02"]),
        ("Reyl, who leads the choir, says the hall burned on Sunday.", ["2031-03-02"]),
        ("The plan to return on January 28 was dropped.", ["2031-01-28"]),
    ],
)
def test_the_present_tense_of_a_plan_tells_what_is_to_come(text: str, found: list[str]) -> None:
    assert isos(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Sheffield Wednesday lost again.",
        "The Good Friday Agreement holds.",
        "She spoke on Sky News Sunday.",
        "The Friday Gazette wrote of it.",
        "He hosts the Monday Club.",
        "She reads the Tarn Sunday Star.",
        "She spoke on Maundy Thursday.",
    ],
)
def test_a_weekday_inside_a_name_is_no_date(text: str) -> None:
    assert isos(text) == []


def test_a_weekday_after_a_name_is_a_date() -> None:
    assert isos("Reyl said in Orla Monday that the lock held.") == ["2031-03-03"]
    assert isos("On Monday President Reyl resigned.") == ["2031-03-03"]


@pytest.mark.parametrize(
    ("published", "offset", "day"),
    [
        (datetime(2031, 3, 4, 21, 30, tzinfo=UTC), 540, WEDNESDAY),
        (datetime(2031, 3, 6, 6, 30, tzinfo=UTC), -480, WEDNESDAY),
        (datetime(2031, 3, 5, 6, 30, tzinfo=UTC), None, WEDNESDAY),
        (datetime(1, 1, 1, tzinfo=UTC), -60, date(1, 1, 1)),
    ],
)
def test_dates_count_from_the_day_on_the_publishers_clock(published: datetime, offset: int | None, day: date) -> None:
    one = article("They met.").model_copy(update={"published_at": published, "published_offset": offset})
    assert reference_day(one) == day


@given(
    st.dates(),
    st.sampled_from(
        ["yesterday", "a week ago yesterday", "40 years ago", "two Mondays from now", "next year", "Feb. 29"]
    ),
)
def test_the_ends_of_the_calendar_break_nothing(reference: date, words: str) -> None:
    assert len(isos(f"They left {words}.", reference)) <= 1


@pytest.mark.parametrize(
    "text",
    ["The storm left 1900 homes without power.", "More than 1950 homes were lost.", "The flood killed 2015 cows."],
)
def test_a_year_that_counts_something_is_no_date(text: str) -> None:
    claim = only_claim(text)
    assert (len(claim.quantities), claim.dates) == (1, ())


def test_last_thursday_week_is_a_week_before_last_thursday() -> None:
    found = dates("The mill burned down last Thursday week.", date(2031, 3, 4))
    assert [mention.iso for mention in found] == ["2031-02-20"]
