"""What a page says of its article: title, time, authors, rights, corrections."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from lxml.html import fromstring

from services.contracts.article import Precision, Rights, TextKind
from services.ingest.pages.html_text import read_page
from services.ingest.pages.page import Page
from services.ingest.pages.page_time import MAX_LABELS, MAX_PIECES, labelled_times
from tests.unit.ingest.test_page_text import BODY

TODAY = date(2031, 3, 3)


def read(head: str, *, title: str = "Old harbour bridge reopens", inside: str = "", h1: str | None = None) -> Page:
    html = f"<html><head><title>{title}</title>{head}</head><body><article><h1>{h1 or title}</h1>{inside}{BODY}"
    page = read_page(html, today=TODAY)
    assert page is not None
    return page


def ld(**fields: object) -> str:
    data = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle"} | fields)
    return f'<script type="application/ld+json">{data}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    "title",
    [
        "Old harbour bridge reopens | Harbour Courier",
        "Old harbour bridge reopens - Harbour Courier",
        "Old harbour bridge reopens \u2014 harbour-courier.example",
        "Harbour Courier: Old harbour bridge reopens",
        "Old harbour bridge reopens \u00bb Local \u00bb News \u00bb Harbour Courier",
        "Old harbour bridge reopens",
    ],
)
def test_a_title_has_no_name_of_the_site(title: str) -> None:
    head = meta("og:site_name", "Harbour Courier") + meta("og:title", title)
    assert read(head, h1="Old harbour bridge reopens").title == "Old harbour bridge reopens"


def test_dashes_and_colons_that_belong_to_a_title_stay() -> None:
    title = "Bridge reopens \u2013 and the ferry stops: what changes in May"
    assert read(meta("og:site_name", "Courier") + meta("og:title", title)).title == title


def test_a_title_that_was_cut_is_the_whole_heading() -> None:
    head = meta("og:title", "Old harbour bridge") + ld(headline="Old harbour bridge reopens to lorries")
    assert read(head, h1="Old harbour bridge reopens to lorries").title == "Old harbour bridge reopens to lorries"


def test_the_headline_of_structured_data_goes_before_that_for_sharing_without_its_kicker() -> None:
    shared = meta("og:title", "You will not believe what the bridge can do now")
    assert read(shared + ld(headline="Old harbour bridge reopens")).title == "Old harbour bridge reopens"
    same = meta("og:title", "Old harbour bridge reopens")
    assert read(same + ld(headline="Traffic: Old harbour bridge reopens")).title == "Old harbour bridge reopens"


def test_entities_soft_hyphens_and_marks_of_direction_in_title_and_names_are_read() -> None:
    head = meta("og:title", "Har&shy;bour &amp;amp; bridge\u200b re\u202aopen\u202c&amp;quot;") + meta(
        "author", "Zoe\u0308 Br\u00fcn\u200b"
    )
    page = read(head + meta("og:site_name", "Harbour\u200b &amp;amp; Courier"))
    assert page.title == 'Harbour & bridge reopen"'
    assert page.authors == ("Zo\u00eb Br\u00fcn",)
    assert page.site_name == "Harbour & Courier"


@pytest.mark.parametrize(
    "changed",
    [
        meta("article:modified_time", "2031-03-02T18:00:00+01:00"),
        meta("og:updated_time", "2031-03-02T18:00:00+01:00"),
        '<meta name="lastmod" content="2031-03-02T18:00:00Z">',
        "",
    ],
)
def test_the_time_is_that_of_publication_with_the_publishers_offset_and_never_that_of_a_change(changed: str) -> None:
    page = read(changed + ld(datePublished="2031-03-01T09:30:00+01:00", dateModified="2031-03-02T18:00:00+01:00"))
    assert page.published is not None
    assert page.published.at == datetime(2031, 3, 1, 8, 30, tzinfo=UTC)
    assert (page.published.precision, page.published.offset) == (Precision.SECOND, 60)
    assert page.modified is not None
    assert page.modified.at == datetime(2031, 3, 2, 17, tzinfo=UTC)


def test_a_time_without_an_offset_takes_that_of_another_place_with_the_same_clock() -> None:
    page = read(ld(datePublished="2031-03-01T09:30:00") + meta("article:published_time", "2031-03-01T09:30:00+09:00"))
    assert page.published is not None
    assert (page.published.at, page.published.offset) == (datetime(2031, 3, 1, 0, 30, tzinfo=UTC), 540)


def test_a_time_in_utc_takes_the_offset_that_the_page_has_for_the_same_instant_elsewhere() -> None:
    built = '<script>window.page = {"date": "2031-03-01T21:25:54-05:00", "shown": "2031-03-01T21:00:00-07:00"}</script>'
    page = read(meta("article:published_time", "2031-03-02T02:25:54+00:00") + built)
    assert page.published is not None
    assert (page.published.at, page.published.offset) == (datetime(2031, 3, 2, 2, 25, 54, tzinfo=UTC), -300)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("Saturday, March 1, 2031, 12:06 PM", datetime(2031, 3, 1, 12, 6, tzinfo=UTC)),
        ("1 Mar 2031 09:30 GMT", datetime(2031, 3, 1, 9, 30, tzinfo=UTC)),
        ("01.03.2031 - 18:40", datetime(2031, 3, 1, 18, 40, tzinfo=UTC)),
    ],
)
def test_a_time_in_words_is_read_where_the_order_of_its_parts_is_beyond_doubt(written: str, at: datetime) -> None:
    page = read(meta("article_date_original", written))
    assert page.published is not None
    assert (page.published.at, page.published.precision) == (at, Precision.SECOND)


def test_a_day_behind_its_label_goes_before_the_days_of_teasers() -> None:
    teaser = '<div class="teaser"><h2>Ferry stops</h2><span class="date">24.02.2031</span></div>'
    inside = f"{teaser}<ul><li><strong>Datum</strong> 28.02.2031 </li></ul>"
    page = read("", inside=inside)
    assert page.published is not None
    assert (page.published.at.date(), page.published.precision) == (date(2031, 2, 28), Precision.DAY)


def test_a_day_behind_a_label_that_is_yet_to_come_hides_no_other_day() -> None:
    label = "<p><b>Date:</b> 2038-05-02</p>"
    shown = '<span class="published-date">February 28, 2031</span>'
    page = read("", inside=f"{label}{shown}")
    assert page.published is not None
    assert page.published.at.date() == date(2031, 2, 28)


def test_what_stands_behind_a_label_is_read_no_further_than_a_time_may_go() -> None:
    nested = "<b>Date</b><div>" * 300 + "<i>28.02.2031</i>" * 300
    tree = fromstring(f"<html><body>{nested}")
    assert len(list(labelled_times(tree))) == MAX_LABELS
    assert set(labelled_times(fromstring(f"<p><b>Date</b><span>{'<i>x</i>' * 3000}"))) == {"x" * MAX_PIECES}


def test_an_offset_of_zero_stays_where_the_page_names_no_other_for_the_instant() -> None:
    page = read(meta("article:published_time", "2031-03-02T02:25:54+00:00"))
    assert page.published is not None
    assert page.published.offset == 0


def test_a_fact_check_without_an_article_has_the_time_of_its_review() -> None:
    assert (
        read(ld(**{"@type": "ClaimReview"}, datePublished="2031-03-01 15:44")).published
        == read(ld(datePublished="2031-03-01T15:44:00")).published
    )


def test_a_day_takes_the_time_of_an_element_of_that_day() -> None:
    page = read(ld(datePublished="2031-03-01"), inside='<time datetime="2031-03-01T09:30:00+01:00">1 March</time>')
    assert page.published is not None
    assert page.published.at == datetime(2031, 3, 1, 8, 30, tzinfo=UTC)


def test_a_time_on_the_day_after_arrival_is_believed_and_a_later_one_is_not() -> None:
    tomorrow = read(meta("article:published_time", "2031-03-04T08:00:00+13:00")).published
    assert tomorrow is not None
    assert tomorrow.at == datetime(2031, 3, 3, 19, tzinfo=UTC)
    for wrong in ("2031-03-05T08:00:00Z", "2099-01-01T00:00:00Z", "1928-03-01T00:00:00Z"):
        said = read(meta("article:published_time", wrong)).published
        assert said is not None  # for the note: the article has no time
        assert said.at == datetime.fromisoformat(wrong)
    found = read(ld(datePublished="2099-01-01T00:00:00Z") + meta("article:published_time", "2031-03-01T08:00:00Z"))
    assert found.published is not None
    assert found.published.at.date() == TODAY - timedelta(days=2)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By Ada Lind", ("Ada Lind",)),
        ("Von Ada Lind und Kai Brun", ("Ada Lind", "Kai Brun")),
        ("Ada Lind, Kai Brun and Mo Stern", ("Ada Lind", "Kai Brun", "Mo Stern")),
        ("Ada Lind (ali), Lisbon correspondent", ("Ada Lind",)),
        ("Ada Lind, editor for traffic", ("Ada Lind",)),
        ("https://social.example/adalind", ()),
        ("Harbour Courier", ("Harbour Courier",)),
        ("Ada Lind; Harbour Courier", ("Ada Lind",)),
        ("admin", ()),
        ("Ada Lind has written about the harbour for twenty years and lives on a boat", ()),
    ],
)
def test_authors_are_names(written: str, names: tuple[str, ...]) -> None:
    assert read(meta("og:site_name", "Harbour Courier") + f'<meta name="author" content="{written}">').authors == names


def test_authors_in_structured_data_go_before_others_and_may_be_agencies() -> None:
    people = [{"@type": "Person", "name": "Ada Lind"}, {"@type": "Organization", "name": "dpa"}]
    head = ld(author=people, publisher={"@type": "Organization", "name": "Courier"}) + meta("author", "Somebody Else")
    assert read(head).authors == ("Ada Lind", "dpa")


def test_an_author_named_by_reference_is_found() -> None:
    graph = [
        {"@type": "NewsArticle", "headline": "Bridge", "author": {"@id": "#ada"}},
        {"@type": "Person", "@id": "#ada", "name": "Ada Lind"},
    ]
    head = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    assert read(head).authors == ("Ada Lind",)


def test_a_by_line_names_the_author_where_nothing_else_does() -> None:
    assert read("", inside='<span class="byline">By Ada Lind</span>').authors == ("Ada Lind",)
    assert read("", inside='<a rel="author" href="/ada">Ada Lind</a>').authors == ("Ada Lind",)
    assert read("", inside='<div class="comments"><span class="author">Troll King</span></div>').authors == ()


@pytest.mark.parametrize(
    "broken", ["{", '{"@type": ', "[" * 100_000, '{"@type": 7, "author": {"name": {"x": 1}}}', "null"]
)
def test_broken_structured_data_hides_nothing_else(broken: str) -> None:
    head = f'<script type="application/ld+json">{broken}</script>' + ld(headline="Bridge", author="Ada Lind")
    assert read(head).authors == ("Ada Lind",)


@pytest.mark.parametrize(
    ("head", "rights"),
    [
        ('<meta name="tdm-reservation" content="1">', Rights(tdm_reservation=True)),
        ('<meta name="TDM-Reservation" content="0">', Rights(tdm_reservation=False)),
        (
            '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://courier.example/tdm.json">',
            Rights(tdm_reservation=True, tdm_policy="https://courier.example/tdm.json"),
        ),
        ('<meta name="tdm-reservation" content="perhaps">', None),
        ("", None),
    ],
)
def test_rights_that_stand_in_the_page_are_read(head: str, rights: Rights | None) -> None:
    assert read(head).rights == rights


def test_half_of_a_character_that_a_program_cut_off_makes_no_page_unreadable() -> None:
    text = "The old harbour bridge reopened to all traffic on Monday. " * 20
    data = ld(
        headline="Old harbour bridge reopens \ud83d",
        author={"name": "Ada Lind\ud83d"},
        articleBody=f"{text}\ud83d\ude00 {text} \ude00",
        correction="The year was \ud83d wrong.",
    )
    page = read_page(f"<html><head>{data}</head><body><p>\n", today=TODAY)
    assert page is not None
    assert (page.title, page.authors) == ("Old harbour bridge reopens \ufffd", ("Ada Lind\ufffd",))
    assert "\U0001f600" in page.text
    str(page).encode()


def test_half_of_a_character_in_a_text_in_a_script_is_replaced() -> None:
    paragraph = "<p>The old harbour bridge reopened to all traffic on Monday, with crowds on both banks.</p>"
    state = json.dumps({"body": f"<p>\ud83d It began.</p>{paragraph * 20}"})
    page = read_page(f"<html><body><script>window.state = {state}</script>", today=TODAY)
    assert page is not None
    assert page.text.startswith("\ufffd It began.")


def test_a_correction_in_structured_data_is_read() -> None:
    correction = {"@type": "CorrectionComment", "text": "The bridge was closed for two years, not three."}
    assert read(ld(headline="Bridge", correction=correction)).correction == correction["text"]


def test_a_page_that_is_not_free_and_shows_a_few_words_is_a_stub() -> None:
    page = read(ld(headline="Bridge", isAccessibleForFree="False"))
    assert page.kind is not None
    assert page.kind.kind is TextKind.STUB
