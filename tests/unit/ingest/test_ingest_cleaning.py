import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.ingest.text.cleaning import CleanText, clean
from services.ingest.text.rewriting import as_read

PARAGRAPHS = (
    "The old harbour bridge reopened on Monday after two years of repairs.",
    'The engineer Ada Lind said the deck would carry 40 tonnes. "It is safe," she said.',
    "Ferries will run until June, the council said.",
    "Some 12,000 cars are expected each day.",
)
BODY = "\n\n".join(PARAGRAPHS)


def reasons(cleaned: CleanText) -> list[str]:
    return [block.reason for block in cleaned.removed]


def test_a_text_without_residue_stays_as_it_is() -> None:
    cleaned = clean(BODY)
    assert cleaned.text == BODY
    assert cleaned.removed == ()


def test_residue_goes_with_a_receipt_for_its_exact_characters() -> None:
    residue = "Skip to content\nEdit post"
    cleaned = clean(f"{residue}\n\n{BODY}\n\nComments are closed.\n")
    assert cleaned.text == BODY
    assert reasons(cleaned) == ["navigation", "navigation"]
    assert cleaned.removed[0].chars == len(residue)
    assert cleaned.removed[0].text_hash == hashlib.sha256(residue.encode()).hexdigest()


def test_an_advertisement_between_paragraphs_leaves_a_paragraph_break() -> None:
    assert clean("First thing happened.\nAdvertisement\nSecond thing happened.").text == (
        "First thing happened.\n\nSecond thing happened."
    )


def test_lines_under_each_other_stay_so() -> None:
    assert clean("First thing happened.\r\nSecond thing happened.\r\n\r\n\r\nThird.").text == (
        "First thing happened.\nSecond thing happened.\n\nThird."
    )


def test_a_text_of_residue_alone_is_kept() -> None:
    text = "Advertisement\n\nSubscribe"
    cleaned = clean(text)
    assert cleaned.text == text
    assert cleaned.removed == ()


def test_marks_of_corrections_are_kept() -> None:
    text = f"CORRECTED: deck carries 40 tonnes\n\n{BODY}\n\nCorrection: an earlier version gave a wrong tonnage."
    assert clean(text).text == text


def test_control_characters_go_with_one_receipt_and_positions_stay_true() -> None:
    text = "The bridge\x00 reopened\x07 on Monday."
    cleaned = clean(text)
    assert cleaned.text == "The bridge reopened on Monday."
    assert [(block.reason, block.chars) for block in cleaned.removed] == [("control_characters", 2)]
    start = cleaned.text.index("Monday")
    assert cleaned.original_span(start, start + 6) == (text.index("Monday"), text.index("Monday") + 6)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The har\u00adbour is shut.", "The harbour is shut."),
        ("Ada\u200b Lind said 14\u200b boats sank.", "Ada Lind said 14 boats sank."),
        ("\u2060Ada Lind\u200e spoke\u200c of it.", "Ada Lind spoke of it."),
        ("\u0645\u06cc\u200c\u062f\u0627\u0646\u0645", "\u0645\u06cc\u200c\u062f\u0627\u0646\u0645"),
        ("Lind came \U0001f469\u200d\U0001f692 late.", "Lind came \U0001f469\u200d\U0001f692 late."),
        ("Mayor Zoe\u0308 Pen\u0303a left.", "Mayor Zo\xeb Pe\xf1a left."),
        ("&ldquo;Pumps &amp; boats,&rdquo; she said.", "\u201cPumps & boats,\u201d she said."),
        ("O&#39;Dell Lane lost 40&nbsp;homes &#x2014; all.", "O'Dell Lane lost 40\xa0homes \u2014 all."),
        ("It is Lind&amp;#39;s &amp;quot;plan&amp;quot;.", 'It is Lind\'s "plan".'),
        ("The work&shy;ers left.&#13; They came back.&#10;Late.", "The workers left.  They came back. Late."),
        ("AT&T and R&D; a &madeup; one.", "AT&T and R&D; a &madeup; one."),
        ("One.\n&nbsp;\n\u200b\nTwo.", "One.\n\nTwo."),
    ],
)
def test_characters_stand_as_they_are_read(written: str, read: str) -> None:
    assert clean(written).text == read


@pytest.mark.parametrize(
    ("written", "read", "place"),
    [
        ("Mayor Pen\u0303a left.", "Pe\xf1a", "Pen\u0303a"),
        ("Mayor Pen\u0303a left.", "\xf1", "n\u0303"),
        ("The work\u00aders left.", "workers", "work\u00aders"),
        ("Boats &amp; pumps came.", "& pumps", "&amp; pumps"),
        ("Boats came &amp;#8212; late.", "came \u2014", "came &amp;#8212;"),
    ],
)
def test_a_span_of_rewritten_characters_covers_what_was_written(written: str, read: str, place: str) -> None:
    cleaned = clean(written)
    start = cleaned.text.index(read)
    assert written[slice(*cleaned.original_span(start, start + len(read)))] == place


@pytest.mark.parametrize("text", ["", " \n\t\n", "\x00\x01\n\ufeff"])
def test_a_text_of_nothing_readable_is_empty(text: str) -> None:
    assert clean(text).text == ""


def test_headlines_that_hang_on_a_name_go_and_the_sentence_stays_whole() -> None:
    headlines = " Ada M. LindCouncil votes on 2032 bridge Ferry captains protest Harbour blues MORE"
    text = f"Then engineer Ada Lind{headlines} (Port of Tarn) said that 40 cars had crossed."
    cleaned = clean(text)
    assert cleaned.text == "Then engineer Ada Lind (Port of Tarn) said that 40 cars had crossed."
    assert [(block.reason, block.chars) for block in cleaned.removed] == [("related", len(headlines))]
    start = cleaned.text.index("40 cars")
    assert text[slice(*cleaned.original_span(start, start + 7))] == "40 cars"


def test_a_name_said_twice_before_a_capital_word_stays() -> None:
    text = "Then Ada Lind told Ada Lind Junior that MORE was to come, and Lindqvist asked for MORE time."
    assert clean(text).text == text


def test_references_go_with_their_list() -> None:
    cleaned = clean(
        f"{BODY}\nReferences:\n- Harbour Council (2031, March 1). Report. Retrieved from [council website]\n"
        "- Meridian Press (2031, March 3). Bridge reopens.\nViews: 0"
    )
    assert cleaned.text == BODY
    assert reasons(cleaned) == ["references", "counter"]


def test_a_heading_called_sources_without_a_list_is_kept() -> None:
    text = f"{BODY}\n\nSources:\n\nThe council draws its water from the river, it said."
    assert clean(text).text == text


def test_a_caption_given_twice_goes_with_heading_and_credit() -> None:
    caption = "The old bridge on the day before it closed in March 2029. Engineers found cracks in two pillars."
    gallery = f"Harbour Bridge Opens Again\n\n{caption[:60]}…\n{caption}\nMore\nAda Lind/Pool/AP"
    cleaned = clean(f"{PARAGRAPHS[0]}\n\n{gallery}\n\n{PARAGRAPHS[1]}")
    assert cleaned.text == f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}"
    assert reasons(cleaned) == ["caption"]
    assert cleaned.removed[0].chars == len(gallery)


def test_a_link_to_another_article_with_its_cut_opening_goes() -> None:
    card = "Ferry captains welcome the new bridge with a parade\nKey points: * Captains meet * The mayor will sp…"
    cleaned = clean(f"{BODY}\n\n{card}")
    assert cleaned.text == BODY
    assert reasons(cleaned) == ["related"]


def test_the_cut_opening_of_the_article_itself_is_kept() -> None:
    text = "Old harbour bridge reopens to traffic\nThe old harbour bridge reopened on Monday after two years of rep…"
    assert clean(text).text == text


NEWS_FEED = """News Feed

10:46 AM

Ferry line cuts fares.

The ferry line will cut its fares by a third, it said.
5:49 PM

Council elects a speaker.
MORE NEWS

Editors' Picks

Enter your email to subscribe
Harbour Letters with Bo Ek
* indicates required
Successfuly subscribed"""


def test_a_list_of_other_news_goes_through_to_its_sign_up_forms() -> None:
    cleaned = clean(f"{BODY}\n\n{NEWS_FEED}")
    assert cleaned.text == BODY
    assert set(reasons(cleaned)) == {"feed", "form"}


def test_what_follows_a_list_of_other_news_is_kept() -> None:
    tail = "\n\n".join(f"Paragraph {number} of the article says more about the bridge." for number in range(4))
    assert clean(f"{BODY}\n\n{NEWS_FEED}\n\n{tail}").text == f"{BODY}\n\n{tail}"


def test_a_live_blog_keeps_its_entries() -> None:
    entries = "\n\n".join(f"1{hour}:15 AM\n\nThe mayor crossed the bridge for the {hour}th time." for hour in range(5))
    assert clean(f"{BODY}\n\nLatest news\n\n{entries}").text == f"{BODY}\n\n{entries}"


def test_a_span_over_several_pieces_covers_what_was_removed_between() -> None:
    text = "One thing.\n\nAdvertisement\n\nTwo things."
    cleaned = clean(text)
    assert cleaned.original_span(0, len(cleaned.text)) == (0, len(text))


def test_a_span_that_starts_in_a_joint_starts_with_the_next_piece() -> None:
    text = "One thing.\n\nAdvertisement\n\nTwo things."
    assert clean(text).original_span(len("One thing."), len("One thing.\n\nTwo")) == (27, 30)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 4), (0, 99), (10, 12)])
def test_a_span_of_no_characters_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"\["):
        clean("One thing.\n\nAdvertisement\n\nTwo things.").original_span(start, end)


def test_bytes_read_as_letters_are_put_right_beside_others_that_were_only() -> None:
    quoted = "He\u00c2\u00a0said \u00c2\u00a0\u00e2\u0080\u009cgo\u00e2\u0080\u009d\u00c2\u00a0now"
    assert as_read(quoted) == "He\u00c2\u00a0said \u00a0\u201cgo\u201d\u00a0now"


def test_a_control_that_stands_alone_tells_nothing_of_the_letters_before_it() -> None:
    assert as_read("\u00c2\u00a0\u0080") == "\u00c2\u00a0\u20ac"


def test_letters_that_look_like_bytes_are_kept_and_soft_hyphens_among_them_are_not() -> None:
    assert as_read("L\u00c0\u00bb \u00c3\u00adle") == "L\u00c0\u00bb \u00c3le"


@pytest.mark.parametrize("separator", ["\u00c2\u0085", "\u00e2\u0080\u00a8"])
def test_bytes_of_a_line_break_are_read_as_a_space(separator: str) -> None:
    assert as_read(f"one{separator}two") == "one two"


def test_a_long_run_that_looks_like_bytes_is_read_in_time() -> None:
    run = "\u00c2\u00a0" * 250_000
    assert as_read(run) == run
    assert as_read(run + "\u00c3\u0089") == "\u00a0" * 250_000 + "\u00c9"


LINES = st.one_of(
    st.sampled_from(
        ["Advertisement", "Subscribe", "News Feed", "10:46 AM", "References:", "- a list item", "More", *PARAGRAPHS]
    ),
    st.text(max_size=40),
    st.text(alphabet="ae&mp;#39nbs\u0301\u00ad\u200b ", max_size=40),
)


@example([("\u00c2\u00a0\u00800", "\n")])
@given(st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\r\n", " \n\t\n", "\x0c"]))))
def test_every_kept_piece_stands_unchanged_at_its_place(parts: list[tuple[str, str]]) -> None:
    text = "".join(line + gap for line, gap in parts)
    cleaned = clean(text)
    rebuilt = cleaned.text
    for piece in cleaned.pieces:
        here = slice(piece.at, piece.at + piece.size)
        assert cleaned.text[here] == as_read(text[piece.start : piece.end]) != ""
        assert cleaned.original_span(here.start, here.stop) == (piece.start, piece.end)
        rebuilt = rebuilt[: here.start] + "\n" * (here.stop - here.start) + rebuilt[here.stop :]
    assert set(rebuilt) <= {"\n"}
    assert list(cleaned.kept) == sorted(cleaned.kept)
    assert cleaned == clean(text)
