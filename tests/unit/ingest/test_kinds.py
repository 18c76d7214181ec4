"""Kinds of text: what is no report of one happening, and what only looks so."""

import pytest

from services.contracts.article import KindOfText, TextKind
from services.ingest.text.kinds import kind_of_text

REPORT = (
    "The harbour of Tannerby was closed on Tuesday after a crane fell on the quay. Nobody was hurt, the harbour master "
    "said. Ferries left from Besham instead."
)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Video", "Watch.", TextKind.STUB),
        ("Harbour closed", "This article is for subscribers. Log in to continue reading.", TextKind.STUB),
        ("Crane falls on the quay of Tannerby", "Watch: the moment when the crane falls", TextKind.STUB),
        ("Crane falls on the quay of Tannerby", "Watch the video of the crane that fell on Tuesday.", TextKind.STUB),
        ("Crane falls on the quay of Tannerby", "More: harbour news", TextKind.STUB),
        ("Page", "404 error: the page that you asked for has moved, or never was here at all.", TextKind.STUB),
        ("Friday briefing", REPORT, TextKind.ROUND_UP),
        ("Your morning briefing: cranes and ferries", REPORT, TextKind.ROUND_UP),
        ("The coast in brief", REPORT, TextKind.ROUND_UP),
        ("Tannerby: the week in review", REPORT, TextKind.ROUND_UP),
        ("Harbour live: all the latest from the quay", REPORT, TextKind.LIVE_BLOG),
        ("Horoscope for Friday", REPORT, TextKind.SERIES),
        ("Police report: Friday", REPORT, TextKind.SERIES),
        ("Opinion: close the harbour for good", REPORT, TextKind.OPINION),
        (" OPINIONS: Close the harbour for good", REPORT, TextKind.OPINION),
        ("OPINION Close the harbour for good", REPORT, TextKind.OPINION),
        ("Close the harbour for good | Opinion", REPORT, TextKind.OPINION),
        ("Close the harbour for good (opinion)", REPORT, TextKind.OPINION),
        ("Obituary: Otto Brandt", REPORT, TextKind.OBITUARY),
    ],
)
def test_the_kind_is_told_by_title_form_and_length(title: str, text: str, kind: TextKind) -> None:
    found = kind_of_text(title, text, None)
    assert found is not None
    assert found.kind is kind
    assert found.evidence


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Harbour of Tannerby closed after crane falls", REPORT),
        ("Minister denies it, contradicting police report", REPORT),
        ("Senators leave a classified briefing early", REPORT),
        ("Two live shells found on the quay", REPORT),
        ("Dozens live in tents after the flood", REPORT),
        ("Newsletters are back in fashion", REPORT),
        ("Opinion polls put the harbour first", REPORT),
        ("Editorial writers leave the Record", REPORT),
        ("Court publishes its opinion", REPORT),
        ("Watch out for the crane", REPORT),
        ("Crane falls", "More than twenty people were hurt when a crane fell on the quay of Tannerby on Tuesday."),
        (
            "Crane falls",
            "Watch keepers saw the crane fall on the quay of Tannerby on Tuesday, the harbour master said.",
        ),
        (None, REPORT),
    ],
)
def test_a_report_is_none_of_them(title: str | None, text: str) -> None:
    assert kind_of_text(title, text, "https://tannerby.example/news/crane") is None


def test_entries_with_times_are_a_live_blog_only_where_something_says_live() -> None:
    text = "\n\n".join(f"{hour}:15 The crane moved again." for hour in range(9, 14))
    assert kind_of_text("The last hours of a crane", text, None) is None
    found = kind_of_text("The last hours of a crane", text, "https://tannerby.example/live/crane")
    assert found is not None
    assert found.kind is TextKind.LIVE_BLOG
    assert found.evidence == "5 lines begin with a time of day"


def test_the_address_tells_where_the_title_does_not() -> None:
    found = kind_of_text("Close the harbour", REPORT, "https://tannerby.example/opinion/close-it")
    assert found is not None
    assert (found.kind, found.evidence) == (TextKind.OPINION, "address: /opinion/")


@pytest.mark.parametrize(
    ("text", "url", "evidence"),
    [
        (f"ANALYSIS/OPINION: {REPORT}", None, "text: ANALYSIS/OPINION:"),
        (f"COMMENTARY: {REPORT}", None, "text: COMMENTARY:"),
        (
            f"{REPORT} The views expressed in this commentary are hers.",
            None,
            "text: The views expressed in this commentary",
        ),
        (REPORT, "https://tannerby.example/columnists/reyl/close-the-harbour", "address: /columnists/"),
    ],
)
def test_a_comment_says_so_over_its_text_below_it_or_in_its_address(text: str, url: str | None, evidence: str) -> None:
    found = kind_of_text("Close the harbour", text, url)
    assert found is not None
    assert (found.kind, found.evidence) == (TextKind.OPINION, evidence)


def test_a_note_that_cleaning_took_away_still_tells_a_comment() -> None:
    page = f"{REPORT}\n\nThe opinions expressed in this article are those of the author."
    found = kind_of_text("Close the harbour", REPORT, None, uncleaned=page)
    assert found is not None
    assert found.kind is TextKind.OPINION
    quoted = f"{REPORT} The views expressed in the letter were those of the master. Opinion: divided."
    assert kind_of_text("Harbour closed", quoted, None) is None


def test_a_text_without_blanks_between_words_is_no_stub_for_that() -> None:
    assert kind_of_text("港口关闭", "周二一台起重机倒在码头上后港口关闭港务长表示没有人受伤" * 5, None) is None


def test_a_long_text_that_names_a_wall_is_no_stub() -> None:
    assert kind_of_text("Harbour", f"{REPORT} " * 6 + "This part is for subscribers.", None) is None


def test_paragraphs_with_a_label_each_are_a_round_up() -> None:
    parts = ("Mirrow: The ferry is back.", "Besham: Voters say no.", "Old Hallow: A bear was seen on the beach.")
    found = kind_of_text("What else happened", "\n\n".join(parts), None)
    assert found is not None
    assert found.kind is TextKind.ROUND_UP
    assert kind_of_text("What else happened", "\n\n".join(parts[:2]), None) is None


def test_speakers_of_a_conversation_are_no_labels() -> None:
    said = ("Hall: Is the bridge safe to cross today?", "Stone: It will hold for a year.", "Hall: And after that?")
    assert kind_of_text("Mayor asks", "\n\n".join(said), None) is None


def test_the_words_of_a_paywall_make_a_stub_though_cleaning_took_them_away() -> None:
    wall = f"{REPORT}\n\nAlready a subscriber? Log in"
    found = kind_of_text("Harbour closed", REPORT, None, uncleaned=wall)
    assert found is not None
    assert (found.kind, found.evidence) == (TextKind.STUB, "Already a subscriber")
    assert kind_of_text("Harbour closed", REPORT * 6, None, uncleaned=wall * 6) is None


def test_what_a_page_states_of_itself_goes_before_what_its_words_show() -> None:
    stated = KindOfText(kind=TextKind.LIVE_BLOG, evidence="JSON-LD: LiveBlogPosting")
    assert kind_of_text("Opinion: close the harbour", REPORT, None, stated=stated) is stated


def test_an_editorial_is_told_by_the_last_part_of_its_address_and_news_of_editors_is_not() -> None:
    site = "https://tannerby.example/2026/3"
    for part in ("editorial-close-the-harbour", "op-ed-close-the-harbour"):
        found = kind_of_text("Close the harbour", REPORT, f"{site}/{part}/")
        assert found is not None
        assert found.kind is TextKind.OPINION
    for part in ("editorial-board-resigns", "editorial-staff-strike", "op-ed-by-mayor-angers-captains"):
        assert kind_of_text("Harbour news", REPORT, f"{site}/{part}/") is None
