"""Sources whose words the parse gives to another noun, tears apart or joins to what stands beside them."""

import pytest

from tests.unit.extract.articles import proposed_speech


def speaker_of(text: str, words: str) -> str | None:
    """Who says the claim that has `words` in it."""
    speakers = [speaker for speaker, said in proposed_speech(text) if words in said]
    assert len(speakers) == 1, proposed_speech(text)
    return speakers[0]


def test_who_cites_progress_that_others_made_says_what_follows() -> None:
    text = (
        "Otto Keld, tweeting from Varn, cited progress Reyl had made on the pact he and Holt signed in June "
        'and said, "I look forward to it."'
    )
    assert speaker_of(text, "look forward") == "Otto Keld"


def test_whom_somebody_told_it_is_not_who_said_it() -> None:
    text = '"The range of it is what matters," Otto Keld-Brun, a fellow at the Varn Institute, told Bote News in Varn.'
    assert speaker_of(text, "what matters") == "Otto Keld-Brun"


def test_a_name_joined_to_the_clause_before_it_is_the_subject_of_its_own_verb() -> None:
    text = "Ruvia denies taking part in the sale and Otto Keld has denied any payment occurred."
    assert speaker_of(text, "any payment") == "Otto Keld"


def test_who_says_something_in_a_clause_that_is_set_against_another_is_its_own_subject() -> None:
    text = (
        "Varn officials say he had no role, though in September Otto Keld indicated some personal fault, "
        'saying "it happened under my watch".'
    )
    assert speaker_of(text, "under my watch") == "Otto Keld"


def test_what_stands_before_though_is_no_content_of_the_cue_behind_it() -> None:
    text = "Otto Keld and Lena Holt are denying everything, publicly (though Brandt claims both admitted it in person)."
    assert speaker_of(text, "both admitted") == "Brandt"


def test_a_letter_quoted_beside_a_name_leaves_the_name_the_subject() -> None:
    text = (
        'Sen. Otto Keld, a Republican who previously wrote a letter to Holt saying "heads must roll," said Monday '
        'that the removal is a "good start" but not "the end."'
    )
    assert speaker_of(text, "good start") == "Otto Keld"


def test_an_aide_behind_what_was_said_is_the_source_and_not_whose_aide_it_is() -> None:
    text = (
        "More than 100 countries have been invited to the talks, which are meant to further the accord, "
        "an aide to Ruvian President Otto Keld said."
    )
    assert speaker_of(text, "100 countries") == "aide"


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "An aide for a Ruvian party office that often criticized Keld's raids said the week was grim.",
            "week was grim",
            "aide for a Ruvian party office",
        ),
        ("The harbour master in July said the quay was unsafe.", "quay was unsafe", "harbour master"),
        (
            'So Friday night\'s letter said a "final ruling" would come by Monday.',
            "final ruling",
            "Friday night's letter",
        ),
    ],
)
def test_a_source_ends_and_starts_where_its_phrase_does(text: str, words: str, speaker: str) -> None:
    assert speaker_of(text, words) == speaker


def test_words_quoted_inside_of_a_quotation_hide_nobody_who_says_it() -> None:
    text = (
        "\"While #OttoKeld no longer calls himself local, he still publicly claims his family is 'part of the town,'\" "
        'tweeted Lena Holt, a board member. "There is nothing innocent about a man claiming this."'
    )
    assert speaker_of(text, "calls himself local") == "Lena Holt"


def test_the_statement_is_the_word_of_who_put_it_out() -> None:
    text = (
        "Lena Holt denied it all. Otto Keld put out a new statement Wednesday: "
        '"As I have stated before, I had no part in it," the statement read. "I wish her well."'
    )
    assert speaker_of(text, "no part in it") == "Otto Keld"


def test_a_majority_decision_says_why_it_was_taken() -> None:
    text = "The 5-4 majority decision, which fell along party lines, said that the fund ran afoul of the law."
    assert speaker_of(text, "ran afoul") == "5-4 majority decision"
