"""Boilerplate inside an article: what is cut, what stays, and that offsets are those of the article."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.extract.text.boilerplate import find_boilerplate
from services.extract.text.document import read_document, without
from tests.unit.extract.articles import claims_of, texts

_STORY = (
    "The bridge over the Varn was closed on Monday after it shook for more than an hour, the council said in Orla.\n\n"
    "{}\n\n"
    "Engineers went down to the piers in the afternoon and found no cracks, according to the water office.\n\n"
    "Ferries will run twice an hour until the tests are done, and the crossing is free of charge for people on foot."
)


def _cut(text: str) -> list[str]:
    document = read_document(text)
    return [area.of(text) for area in find_boilerplate(document)]


@pytest.mark.parametrize(
    "line",
    [
        "Quay Letter newsletter Sign up today Email Sign Up By signing up you agree to receive email newsletters.",
        "Media playback is unsupported on your device Media caption Drivers describe the night",
        "See photos: the bridge over the years",
        "Image caption The bridge opened in 1931",
        "Read (from March 2): 'It sways in the wind'",
        "Hide caption A crew looks at the second pier. Previous Next",
        "A crew looks at the second pier on Monday. | Nils Aro/AP Photo Bridge shut The council meets again",
        "Ferries full as drivers told to stay away",
        "COUNCIL TOLD TO REPAY THE BRIDGE LOAN",
        "Ada Reyl is a reporter for the Quay Post. Follow her on Twitter @adareyl.",
        "You can follow Ada Reyl on Facebook, or on Twitter at @adareyl.",
        "This story has been updated to reflect what the council said on Monday night.",
        "Editor’s Note: This story has been updated throughout.",
        "Correction: An earlier version misstated the title of Ada Reyl, who is the mayor of Orla.",
        "Correction: An earlier version of this report misstated the cost of the bridge. It is $1.2bn, not $2.1bn.",
        "An earlier version of this article misspelled the name of a clerk. He is Nils Aro. The town has 12 clerks.",
        "Una Pike and the Varn Press Agency contributed to this report.",
        "Otto Keld can be reached at otto@quaypost.example.",
        "Copyright © 2026 Quay Post Group",
        "The views of contributors are their own and not the views of the Quay Post.",
    ],
)
def test_a_line_of_furniture_between_paragraphs_is_cut(line: str) -> None:
    assert _cut(_STORY.format(line)) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The council asked drivers to sign up for text messages that tell when the bridge opens.",
        "Reyl said the newsletter of the town had told people to stay away from the bridge.",
        "In the video, a driver can be heard shouting at the crew to let him pass.",
        "Copyright law does not cover the plans of the bridge, the court held.",
        "The story has been told many times in the pubs of Orla, and nobody tires of it.",
        "Reyl is a professor of engineering and has led the tests since May.",
        "The council contributed to this by cutting the money for repairs, Keld said.",
        "“Follow me on the walk to the bridge,” he told the class.",
        "Updated rules for lorries come into force on Friday.",
        "It read more like a threat than a letter, she said.",
    ],
)
def test_a_sentence_that_only_sounds_like_furniture_stays(line: str) -> None:
    assert _cut(_STORY.format(line)) == []


def test_only_the_sentence_that_asks_to_sign_up_is_cut_from_its_paragraph() -> None:
    line = "The council meets on Friday. Want the Quay Letter in your inbox every day? Sign up here."
    assert _cut(_STORY.format(line)) == ["Want the Quay Letter in your inbox every day?", "Sign up here."]


def test_a_correction_is_cut_to_the_end_of_its_paragraph() -> None:
    before = "The council has closed the bridge for a year. "
    correction = "Correction: an earlier version gave the wrong year. It was built in 1931, not in 1913."
    assert _cut(_STORY.format(before + correction)) == [correction]


def test_a_long_paragraph_behind_the_word_correction_is_the_articles_own() -> None:
    line = "Clarification: the council has closed the bridge. " + "Engineers found 12 cracks in the third pier. " * 14
    assert all(len(area) < 60 for area in _cut(_STORY.format(line.strip())))


def test_an_offer_to_subscribe_is_cut() -> None:
    line = "Subscribe now to read the rest of this article. Only 1 crown a week for the first month."
    assert _cut(_STORY.format(line)) == [line.partition(". ")[0] + ".", line.partition(". ")[2]]
    assert _cut(_STORY.format("Already a subscriber? Log in")) == ["Already a subscriber? Log in"]


@pytest.mark.parametrize("label", ["Skip Twitter post by @adareyl", "Skip Twitter post 2 by @adareyl"])
def test_the_label_before_a_post_is_cut_and_the_post_stays(label: str) -> None:
    post = "I never wanted the bridge to be closed. I have nothing to do with it. — Ada Reyl (@adareyl) May 30, 2018"
    assert _cut(_STORY.format(f"{label} {post} End of Twitter post by @adareyl")) == [
        label,
        "End of Twitter post by @adareyl",
    ]


def test_a_call_for_readers_is_cut_from_its_paragraph() -> None:
    asks = "The Quay Post wants to hear from you."
    assert _cut(_STORY.format(f"Did you cross the bridge on Monday? {asks} The piers are sound.")) == [asks]


def test_a_link_in_brackets_is_cut() -> None:
    line = "The council denied it. (RELATED: Who Paid For The Bridge)"
    assert _cut(_STORY.format(line)) == ["(RELATED: Who Paid For The Bridge)"]


def test_headlines_glued_to_a_name_are_cut_and_the_name_stays() -> None:
    line = (
        "Mayor Ada Maria ReylCouncil votes on bridge Ferries full in Orla MORE said on Monday that the bridge is safe."
    )
    assert _cut(_STORY.format(line)) == ["Council votes on bridge Ferries full in Orla MORE"]


def test_headlines_after_the_name_that_a_link_repeats_are_cut() -> None:
    line = "Speaker Otto Keld Otto Jan Keld Ferries full in Orla Council votes on bridge MORE (Orla) asked for a vote."
    assert _cut(_STORY.format(line)) == ["Otto Jan Keld Ferries full in Orla Council votes on bridge MORE"]


def test_a_claim_beside_glued_headlines_has_the_offsets_of_the_article() -> None:
    text = "Mayor Ada Maria ReylCouncil votes on bridge Ferries full MORE said on Monday that the bridge is safe."
    (claim,) = claims_of(text)
    assert claim.text == text[claim.span.start : claim.span.end] == "the bridge is safe"
    assert claim.speaker is not None
    assert claim.speaker.canonical == "Ada Maria Reyl"


def test_the_time_of_a_live_blog_entry_is_no_part_of_what_is_said() -> None:
    text = "14:05 The bridge is closed, mayor Ada Reyl says.\n\n13.40 – The bridge shook for an hour, the council said."
    assert texts(text) == ["The bridge is closed", "The bridge shook for an hour"]


def test_a_year_at_the_start_of_a_line_is_no_time_of_day() -> None:
    assert _cut(_STORY.format("2016 Was the year in which the council first heard of the cracks in the piers.")) == []


def test_several_lines_without_a_stop_are_a_list_and_stay() -> None:
    lines = "The bridge shook for an hour\nThe council closed it on Monday\nEngineers found no cracks"
    assert _cut(_STORY.format(lines)) == []


def test_a_short_text_of_one_line_without_a_stop_stays() -> None:
    assert _cut("The council said the bridge is safe") == []


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_keeps_its_length_and_its_ranges_in_order(text: str) -> None:
    document = read_document(text)
    areas = find_boilerplate(document)
    assert len(without(document, areas).text) == len(text)
    assert all(one.end <= other.start for one, other in pairwise(areas))


def test_a_list_of_other_articles_goes_with_its_heading() -> None:
    listed = "Read more:\n\nCouncil fails to fund the dam. Now what?\n\nOrla narrowly votes down the ferry tax"
    assert [line for part in _cut(_STORY.format(listed)) for line in part.split("\n") if line] == [
        "Read more:",
        "Council fails to fund the dam. Now what?",
        "Orla narrowly votes down the ferry tax",
    ]


def test_a_paragraph_below_a_list_heading_stays() -> None:
    assert _cut(_STORY.format("Related:\n\nThe council met again on Tuesday and left the tolls as they are.")) == [
        "Related:"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Watch: Council members gasp and applaud as Reyl votes no on the dam",
        "Engineers look at the old bridge in Orla on Friday, after a night of rain. (Orla Water via AP)",
        "This image provided by the water office shows the piers below the bridge on Friday.",
    ],
)
def test_captions_and_links_to_films_are_cut(line: str) -> None:
    assert _cut(_STORY.format(line)) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The Daily Quay, headed by Una Pike, is a leading provider of local news and opinion. Become a member today.",
        "Una Pike (@unapike) lives in Orla where she writes about bridges and the law.",
        "Pike is a prize-winning writer who has worked for 35 years in Orla. Contact her at pike@quay.example.",
    ],
)
def test_what_an_outlet_or_author_says_of_itself_at_the_end_is_cut(line: str) -> None:
    assert _cut(_STORY.format("The dam stays shut.") + "\n\n" + line) == [line]


def test_a_line_that_stands_twice_is_read_once() -> None:
    line = "The crossing stays closed to lorries until the engineers have seen the piers again."
    document = read_document(_STORY.format(line) + "\n\n" + line)
    assert [area.start for area in find_boilerplate(document)] == [document.text.rfind(line)]


def test_lines_that_stand_twice_in_a_row_are_captions_of_a_gallery() -> None:
    captions = [
        "Ada Reyl walks over the bridge on the day that it opened, with her daughters.",
        "Otto Keld looks at the piers after the flood of the year before in Orla.",
    ]
    cut = _cut(_STORY.format("\n\n".join(line for line in captions for _ in range(2))))
    assert cut == [captions[0], captions[0], captions[1], captions[1]]


def test_headlines_at_the_end_are_cut_without_their_heading() -> None:
    headlines = [
        "Council fails to fund the dam. Now what?",
        "Orla narrowly votes down 'ferry tax', as Reyl says 'no'",
        "The council clears a key hurdle on the tolls, but the hard part is still ahead",
    ]
    assert _cut("\n\n".join([_STORY.format("The dam stays shut for now."), *headlines])) == headlines


def test_questions_at_the_end_stay() -> None:
    text = _STORY.format("The dam stays shut for now.") + "\n\nWho will pay for it?\n\nAnd who will say so first?"
    assert _cut(text) == []
