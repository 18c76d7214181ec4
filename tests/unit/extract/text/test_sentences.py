"""Where sentences start and end."""

import pytest

from services.extract.text import sentencex_splitter
from services.extract.text.document import read_document
from services.extract.text.quotations import find_quotations
from services.extract.text.sentences import split_sentences
from services.extract.text.sentencex_splitter import split_with_sentencex
from services.extract.vocabulary.lexicon import load_lexicon


def sentences(text: str) -> list[str]:
    document = read_document(text)
    found = split_sentences(document, find_quotations(document), load_lexicon(), split_with_sentencex)
    return [text[sentence.range.start : sentence.range.end] for sentence in found]


def test_a_sentence_never_runs_over_the_end_of_a_line() -> None:
    assert sentences("Bridge reopens after repairs\nIt was closed for a year.") == [
        "Bridge reopens after repairs",
        "It was closed for a year.",
    ]


@pytest.mark.parametrize("unit", ["Ada Reyl left the café at 5 p.m. in haste. ", "市長は橋が安全だと言った。", "a "])
def test_a_long_paragraph_is_split_as_a_short_one(unit: str) -> None:
    def count(repeated: int) -> list[int]:
        return [piece.end - piece.start for piece in split_with_sentencex(unit * repeated, "en")]

    few, many = 100, 3 * sentencex_splitter.WINDOW_CHARS // len(unit)
    assert sum(count(many)) == many * len(unit)
    assert set(count(many)) == set(count(few)) or len(count(few)) == len(count(many)) == 1


def test_stops_inside_a_quotation_do_not_end_the_sentence() -> None:
    text = '"We waited. Nobody came. We left," Ada Reyl said. The hall was dark.'
    assert sentences(text) == ['"We waited. Nobody came. We left," Ada Reyl said.', "The hall was dark."]


def test_a_question_stays_with_the_words_that_attribute_it() -> None:
    assert sentences('"Who pays for this?" Ada Reyl asked. Nobody answered.') == [
        '"Who pays for this?" Ada Reyl asked.',
        "Nobody answered.",
    ]


def test_a_sentence_goes_on_in_small_letters_after_a_quotation_with_a_mark_of_its_own() -> None:
    text = 'As he came in, "Oh, my town!" was played. The hall was full.'
    assert sentences(text) == ['As he came in, "Oh, my town!" was played.', "The hall was full."]


def test_a_sentence_after_a_quotation_that_ended_is_its_own() -> None:
    assert sentences('"It is over." The hall emptied.') == ['"It is over."', "The hall emptied."]


def test_a_remark_with_a_noun_that_looks_like_a_cue_does_not_attribute_the_quotation_before_it() -> None:
    text = 'Their role is to "check that the ships are grain ships." That\'s a bold claim, even on a good day.'
    assert sentences(text) == [
        'Their role is to "check that the ships are grain ships."',
        "That's a bold claim, even on a good day.",
    ]


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert sentences("Dr. Ada Reyl met Sen. Tom Brandt at 5 p.m. in Corrow. They talked.") == [
        "Dr. Ada Reyl met Sen. Tom Brandt at 5 p.m. in Corrow.",
        "They talked.",
    ]


def test_a_time_before_a_quotation_ends_the_sentence() -> None:
    assert len(sentences('The alarm came at 10 p.m. "We ran at once," she said.')) == 2


def test_a_lost_blank_between_sentences_is_no_obstacle() -> None:
    assert sentences("The hall was dark.Ada Reyl left.") == ["The hall was dark.", "Ada Reyl left."]


def test_a_dateline_is_not_part_of_the_first_sentence() -> None:
    assert sentences("PORT CORROW (Meridian Press) — The bridge is open.") == ["The bridge is open."]
    assert sentences("CORROW, Tuesday — The bridge is open.") == ["The bridge is open."]


def test_offsets_hold_beyond_the_basic_plane() -> None:
    assert sentences("The 😀😀 bridge is open. 😀 The hall is not.") == [
        "The 😀😀 bridge is open.",
        "😀 The hall is not.",
    ]


@pytest.mark.parametrize(
    "before", ["😀😀 ", "• ", "- ", "BREAKING: ", "🔥 BREAKING NEWS 🔥: ", "WATCH — ", "UPDATE | ", "▶ Watch: "]
)
def test_what_hangs_before_a_paragraph_is_no_part_of_its_first_sentence(before: str) -> None:
    assert sentences(f"{before}The bridge is open.") == ["The bridge is open."]


def test_a_speakers_name_and_a_number_with_its_sign_stay() -> None:
    assert sentences("REYL: The bridge is open.") == ["REYL: The bridge is open."]
    assert sentences("-5 degrees were measured.") == ["-5 degrees were measured."]


def test_a_quotation_that_was_introduced_does_not_run_into_the_next_ones_speaker() -> None:
    assert sentences("Ada Reyl wrote: “No lifts. No heat.” Brandt replied: “It comes.”") == [
        "Ada Reyl wrote: “No lifts. No heat.”",
        "Brandt replied: “It comes.”",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The council voted at 1:30 a.m. Friday morning.",
        "Polls close at 8 p.m. ET on Wednesday, following a debate.",
        "The tests begin at 8 p.m. GMT Monday, she said.",
        "The tests begin at 9 p.m. March 4 in Varn.",
        "The crossing opens at 5 a.m. Eastern Time.",
        "The pumps started at 5 a.m. local time and stopped by 6 p.m. on Friday.",
        "Rep. Otto Keld, D-N.Y., said the Senate had failed.",
        "Otto Keld, R-Ky. and a farmer, agreed.",
        "Atty. Gen. Ada Reyl moved to Ft. Orla.",
        "Shares in Vint Foods VNTF.L, the second largest miller, rose 41 cents.",
    ],
)
def test_a_sentence_goes_on_after_an_hour_an_initial_or_a_short_form(text: str) -> None:
    assert sentences(text) == [text]


def test_a_sentence_may_end_with_an_hour() -> None:
    assert sentences("Polls close at 8 p.m. Voters queued for hours.") == [
        "Polls close at 8 p.m.",
        "Voters queued for hours.",
    ]
