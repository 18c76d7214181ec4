"""Blocks: posts, labelled quotations, transcripts, interviews, notes, dialogue: one quotation with its speaker each."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.claim import ClaimKind
from services.extract.assertions.quoted.blocks import find_blocks
from services.extract.text.document import read_document
from services.extract.vocabulary.lexicon import load_lexicon
from tests.unit.extract.articles import claims_of, only_claim, proposed, proposed_speech, speakers


def _said(text: str) -> list[tuple[str | None, str]]:
    return proposed_speech(text)


def test_an_embedded_post_is_one_quotation_of_who_signed_it() -> None:
    claim = only_claim(
        "The bridge is closed. It stays closed until we know why it shook. https://t.co/abc pic.twitter.com/XyZ "
        "— Ada Reyl (@adareyl) March 3, 2026"
    )
    assert claim.kind is ClaimKind.QUOTATION
    assert claim.text == "The bridge is closed. It stays closed until we know why it shook"
    assert claim.speaker is not None
    assert claim.speaker.canonical == "Ada Reyl"


def test_posts_that_follow_one_another_in_a_line_are_signed_each() -> None:
    text = (
        "No pumps came, none at all! — Otto Keld 🌻 (@keld) March 3, 2026 They are on the road, please wait. "
        "— Ada Reyl (@adareyl) 4 March 2026"
    )
    assert _said(text) == [
        ("Otto Keld", "No pumps came, none at all!"),
        ("Ada Reyl", "They are on the road, please wait"),
    ]


def test_a_post_with_its_account_in_front_is_a_quotation() -> None:
    text = "Ada Reyl (@adareyl) I am disappointed in the ruling of the court. pic.twitter.com/abc"
    assert _said(text) == [("Ada Reyl", "I am disappointed in the ruling of the court")]


def test_words_that_a_posts_picture_shows_are_not_the_accounts() -> None:
    text = (
        'The chair resigned.\n\n"What began as a quarrel turned into a lasting feud." pic.twitter.com/abc '
        "— Ada Reyl (@adareyl) March 3, 2026"
    )
    assert "Ada Reyl" not in {speaker for speaker, _ in _said(text)}


def test_what_an_account_writes_behind_words_that_it_shows_is_its_own() -> None:
    text = (
        '"The dam leaks." pic.twitter.com/abc and I think that the council must act on it now '
        "— Ada Reyl (@adareyl) March 3, 2026"
    )
    assert {speaker for speaker, _ in _said(text)} == {"Ada Reyl"}


def test_an_account_in_prose_is_no_signature() -> None:
    assert _said("Ada Reyl (@adareyl) said on Monday that the bridge is safe.") == [("Ada Reyl", "the bridge is safe")]


def test_a_repeated_post_and_one_of_two_words_give_nothing() -> None:
    assert claims_of("RT @keld: The bridge is closed for good — Ada Reyl (@adareyl) March 3, 2026") == ()
    assert claims_of("So sad. — Ada Reyl (@adareyl) March 3, 2026") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mary Hall: “We need pumps today.”", [("Mary Hall", "We need pumps today")]),
        ("Coach Eva Holt: “We were the better side.”", [("Eva Holt", "We were the better side")]),
        ("- Nils Aro, a guard at the dam: 'The wall broke at dawn.'", [("Nils Aro", "The wall broke at dawn")]),
        (
            "Paul Arden (Workers' Union): “It is an insult to us.” Ann Wood, minister: “It is a fair offer.”",
            [("Paul Arden", "It is an insult to us"), ("Ann Wood", "It is a fair offer")],
        ),
        (
            "Ada Brun, mayor: “We need pumps today.”\n\nOtto Keld, fire chief: “They are on the road.”",
            [("Ada Brun", "We need pumps today"), ("Otto Keld", "They are on the road")],
        ),
    ],
)
def test_a_name_and_a_colon_tell_whose_quotation_it_is(text: str, expected: list[tuple[str, str]]) -> None:
    assert _said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Quote of the day: “We need pumps today.”",
        "Headline: “Varn Dam Breaks At Dawn.”",
        "Slogan: “Water for all of us.”",
    ],
)
def test_a_heading_and_a_colon_name_no_speaker(text: str) -> None:
    assert [speaker for speaker in speakers(text) if speaker] == []


def test_a_transcript_gives_turns_without_questions() -> None:
    text = (
        "REYL: We closed the bridge on Monday because it shook.\n\n"
        "KELD: Did anybody tell the crews in time?\n\n"
        "REYL: Yes, we called each of them that night.\n\n"
        "And they all came back to us.\n\n"
        "KELD: I heard of no such call at all."
    )
    assert [words for _, words in _said(text)] == [
        "We closed the bridge on Monday because it shook",
        "Yes, we called each of them that night.\n\nAnd they all came back to us",
        "I heard of no such call at all",
    ]
    assert [len(claim.quoted) for claim in proposed(text)] == [1, 2, 1]


def test_the_facts_of_a_check_are_no_part_of_the_turn_before_them() -> None:
    text = (
        "REYL: We closed the bridge at once.\n\nTHE FACTS: The bridge stood open for an hour.\n\n"
        "KELD: Nobody was told of it that night.\n\nReyl: I told the crews myself on Monday."
    )
    words = [words for speaker, words in _said(text) if speaker]
    assert "We closed the bridge at once" in words
    assert "The bridge stood open for an hour" not in words


def test_answers_of_an_interview_are_by_the_only_person_named_before() -> None:
    text = (
        "Mayor Ada Reyl walked over the bridge.\n\nQ: Is the bridge safe?\n\n"
        "A: It is safe for people on foot, not for lorries.\n\nQ: When will it open?\n\n"
        "A: We hope that it opens in May."
    )
    assert [(speaker, words) for speaker, words in _said(text) if speaker] == [
        ("Ada Reyl", "It is safe for people on foot, not for lorries"),
        ("Ada Reyl", "We hope that it opens in May"),
    ]


def test_answers_of_an_interview_with_two_people_are_nobodys() -> None:
    text = (
        "Mayor Ada Reyl and Engineer Otto Keld know the bridge.\n\nQuestion: Is the bridge safe?\n\n"
        "Answer: It is safe for people on foot.\n\nQuestion: When will it open?\n\n"
        "Answer: We hope that it opens in May."
    )
    assert [text for speaker, text in _said(text) if "safe for people" in text] == []


def test_results_with_colons_are_no_transcript() -> None:
    lines = "Reyl: 34 percent\n\nKeld: 31 percent\n\nNot sure: 20 percent"
    assert find_blocks(read_document(f"{lines}\n\n{lines}"), load_lexicon()) == []


@pytest.mark.parametrize(
    ("announced", "speaker"),
    [
        ("Mayor Ada Reyl released the following statement on Monday:", "Ada Reyl"),
        ("Here is Ada Reyl's full statement:", "Ada Reyl"),
        ("The council closed the bridge after a statement from Ada Reyl:", "Ada Reyl"),
        ("On Monday night, Ada Reyl wrote in a letter to the town:", "Ada Reyl"),
    ],
)
def test_paragraphs_of_a_note_are_one_quotation_of_who_is_announced(announced: str, speaker: str) -> None:
    text = (
        f"{announced}\n\nWe have closed the bridge because it shook for an hour. Our thanks go to the crews.\n\n"
        "I will tell the council more on Tuesday, when we meet again.\n\nThe council meets on Tuesday."
    )
    found = [claim for claim in claims_of(text) if claim.kind is ClaimKind.QUOTATION]
    assert [(claim.speaker and claim.speaker.canonical, len(claim.quoted)) for claim in found] == [(speaker, 2)]
    assert found[0].text.startswith("We have closed")
    assert found[0].text.endswith("when we meet again")


def test_a_note_of_nobody_known_is_read_as_any_text() -> None:
    text = (
        "This was the response:\n\n"
        "We counted 40 boats on the river that night. Our crews saw 12 houses burn down on the far bank."
    )
    assert [(claim.kind, claim.speaker) for claim in claims_of(text)] == [(ClaimKind.FIGURE, None)] * 2


def test_a_quoted_note_is_by_who_gave_it() -> None:
    text = "The ministry had the following response:\n\n“The bridge is closed until further notice.”"
    assert _said(text)[-1] == ("ministry", "The bridge is closed until further notice")


def test_what_a_checker_checks_and_its_verdict_are_nobodys() -> None:
    text = (
        "Claim: The dam was never checked in ten years.\n\nVerdict: False.\n\n"
        "The water office said the dam was checked in May."
    )
    assert _said(text) == [("water office", "the dam was checked in May")]


def test_dialogue_after_dashes_is_quoted() -> None:
    text = (
        "The talks were short.\n\n— We stay until the water is gone, said Una Pike, a nurse.\n\n"
        "— Then stay, said the clerk."
    )
    assert _said(text) == [("Una Pike", "We stay until the water is gone"), ("clerk", "Then stay")]


@settings(deadline=None)
@given(st.text(alphabet="AQ: \n\"'—(@)x.,?d3Marchpic.twitter", max_size=120))
def test_blocks_of_any_text_stand_in_order_and_hold_their_words(text: str) -> None:
    blocks = find_blocks(read_document(text), load_lexicon())
    assert all(one.extent.end <= other.extent.start for one, other in pairwise(blocks))
    assert all(block.extent.holds(words) for block in blocks for words in block.words)


def test_a_thread_that_cuts_a_sentence_in_two_gives_its_whole_sentences() -> None:
    text = (
        "A lorry got caught on the old bridge, with many crates lost. If the town needs help in clearing..... "
        "— Ada Reyl (@adareyl) March 3, 2026\n\n"
        "....crates, the county stands ready to do it. The new mayor has made this a big issue for all of us! "
        "— Ada Reyl (@adareyl) March 3, 2026"
    )
    assert _said(text) == [
        ("Ada Reyl", "A lorry got caught on the old bridge, with many crates lost"),
        ("Ada Reyl", "The new mayor has made this a big issue for all of us!"),
    ]


def test_half_a_sentence_of_a_thread_is_no_claim() -> None:
    text = "Perhaps because of the odd reason he gives for it pic.twitter.com/Fm0 — Otto Keld (@keld) May 3, 2026"
    assert [claim.text for claim in claims_of(text)] == []


def test_words_that_a_post_passes_on_are_whose_it_says() -> None:
    text = (
        'Ada Reyl defending the tolls in 2013: "I think that we charge the lorries too little and the carts too much." '
        "— Otto Keld (@keld) March 3, 2026"
    )
    assert _said(text) == [("Ada Reyl", "I think that we charge the lorries too little and the carts too much.")]
