"""What is no claim, whatever else speaks for it."""

import pytest

from services.contracts.claim import Claim
from tests.unit.extract.articles import claims_of


def claim_texts(text: str) -> list[str]:
    return [claim.text for claim in claims_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        '"Why did nobody close the bridge?" the mayor said.',
        '"Who knew? Who signed the order?" the mayor said.',
        '"Why did it take a flood to move him ... to close a bridge that nobody tested?" the mayor said.',
        '"Sen. Reyl, can you tell us now that you will not take one gift from the builders?" the mayor asked.',
        "The council asked whether the bridge had been tested.",
        "The mayor explained how the bridge was built.",
    ],
)
def test_a_question_is_no_claim(text: str) -> None:
    assert not [claim for claim in claims_of(text) if claim.speaker is not None]


def test_how_something_is_is_no_claim_though_it_is_worth_noting() -> None:
    assert not claim_texts("It is important to note just how narrow this decision of the council is.")


def test_words_that_only_name_what_somebody_speaks_of_are_no_claim() -> None:
    text = 'The mayor thanked all the divers and referred to "our battle against the great flood."'
    assert "our battle against the great flood" not in claim_texts(text)


def test_words_that_nobody_is_known_to_have_said_are_no_claim() -> None:
    assert not claim_texts('Banners hung from the bridge. "Open it for all of us today."')
    assert not claim_texts('"The bridge is safe for all of us," she said.')


def test_a_question_within_a_longer_quotation_stays() -> None:
    text = '"Who will pay for it? The town has no money at all," the mayor said.'
    assert claim_texts(text) == ["Who will pay for it? The town has no money at all"]


def test_quoted_words_without_a_question_mark_are_no_question() -> None:
    text = '"What I learned from the flood is that nobody had tested the bridge," the mayor said.'
    assert claim_texts(text) == ["What I learned from the flood is that nobody had tested the bridge"]


def test_what_is_left_open_is_a_claim_though_it_opens_like_a_question() -> None:
    assert claim_texts("The mayor declined to say whether the bridge had been tested.") == [
        "whether the bridge had been tested"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor has a subpoena for the report.",
        "The mayor wants a bridge.",
        "The mayor did not immediately respond to questions about the bridge.",
    ],
)
def test_what_is_neither_clause_nor_quotation_is_no_claim(text: str) -> None:
    assert not any(claim.speaker for claim in claims_of(text))


@pytest.mark.parametrize("words", ["hero", "so brave", "the old guard"])
def test_a_few_quoted_words_without_a_cue_are_no_claim(words: str) -> None:
    assert not claim_texts(f'They put up a sign that read "{words}".')


def test_a_clause_with_its_subject_is_a_claim() -> None:
    (claim,) = claims_of("The mayor said that the bridge is safe.")
    assert isinstance(claim, Claim)
    assert claim.text == "the bridge is safe"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The fraud cost ₹2.5 crore, police said.", "The fraud cost ₹2.5 crore"),
        ("Two ferries collided yesterday, port chief Otto Keld said.", "Two ferries collided yesterday"),
        ("Talks resume in April, the minister said.", "Talks resume in April"),
        ("Ada Reyl said the case was closed.", "the case was closed"),
        ("A ferry sank today, the coast guard said.", "A ferry sank today"),
    ],
)
def test_a_clause_is_one_though_its_verb_or_subject_is_misread(text: str, words: str) -> None:
    assert [(claim.text, claim.speaker is not None) for claim in claims_of(text)] == [(words, True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"We tried," Otto Keld said.', "We tried"),
        ('Nurse Una Pike: "The ward is full."', "The ward is full"),
    ],
)
def test_a_short_sentence_of_a_known_speaker_is_a_claim(text: str, words: str) -> None:
    assert claim_texts(text) == [words]


def test_two_quoted_words_that_are_no_sentence_are_no_claim() -> None:
    assert not any(claim.speaker for claim in claims_of('"So brave," Otto Keld said.'))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Ada Reyl denies wrongdoing.", "Ada Reyl denies wrongdoing"),
        (
            'Ada Reyl described the sale of the bridge as a "rumour".',
            'Ada Reyl described the sale of the bridge as a "rumour"',
        ),
        ("Ada Reyl declined to comment on the sale.", "Ada Reyl declined to comment on the sale"),
        (
            "Western ministers have previously accused Otto Keld of neglect.",
            "Western ministers have previously accused Otto Keld of neglect",
        ),
    ],
)
def test_who_takes_a_side_makes_a_claim_however_few_the_words(text: str, claim: str) -> None:
    (found,) = claims_of(text)
    assert found.text == claim
    assert found.speaker is not None


def test_what_somebody_did_not_do_is_no_denial_worth_a_claim() -> None:
    assert not any(claim.speaker for claim in claims_of("Ada Reyl did not offer new ideas for the port."))


def test_a_clause_behind_a_condition_is_no_question() -> None:
    assert claim_texts("Ada Reyl said that if the bridge was sold, she would leave.") == [
        "if the bridge was sold, she would leave"
    ]


def test_a_verb_behind_an_insertion_is_not_left_out() -> None:
    text = "“It will, in fact, need the work of all who live beside the river,” Ada Reyl said."
    assert claim_texts(text) == ["It will, in fact, need the work of all who live beside the river"]


@pytest.mark.parametrize(
    "said",
    ["this has been confirmed by the harbour board", "it was denied later", "but he was in 2014, when the dam broke"],
)
def test_what_says_nothing_without_the_sentence_before_is_no_claim(said: str) -> None:
    assert claim_texts(f"Ada Reyl said on Monday that the dam was safe. Otto Keld added that {said}.") == [
        "the dam was safe"
    ]


def test_a_heading_with_short_words_in_capitals_is_no_claim() -> None:
    assert not claim_texts("Ruvia Says It Has U.S. Sailor In Custody")


@pytest.mark.parametrize(
    "text",
    [
        "Ada Reyl said it was a bad idea.",
        "Ada Reyl said that’s completely wrong.",
        "The council and the Orla Guild say this is normal.",
        "Many builders say they doubt that.",
        "Ada Reyl said she shares that concern—to a limit.",
        "Ada Reyl countered that he has not done that.",
        "Otto Keld and Ada Reyl will never do that.",
        (
            "One episode in particular illustrates that, when she was able to offer the same comfort to her high "
            "school friend Lena Holt at a difficult moment."
        ),
    ],
)
def test_a_remark_on_what_only_a_pronoun_names_is_no_claim(text: str) -> None:
    assert not claim_texts(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The embassy in Orla said it was aware of the report.", "it was aware of the report"),
        (
            "Ada Reyl said it was time for the builders to leave the port.",
            "it was time for the builders to leave the port",
        ),
        ("Ada Reyl said it was clear that the dam leaks.", "it was clear that the dam leaks"),
        ("Ada Reyl said it was the worst flood in 40 years.", "it was the worst flood in 40 years"),
        ("Ada Reyl said that it was “an attack on the whole town.”", "it was “an attack on the whole town.”"),
        ("“It was a bad idea,” Ada Reyl said.", "It was a bad idea"),
        ("Some 41 percent say it should be illegal in all cases.", "it should be illegal in all cases"),
        ("Ada Reyl said that was inaccurate.", "that was inaccurate"),
    ],
)
def test_a_clause_with_it_that_says_more_stays(text: str, claim: str) -> None:
    assert claim_texts(text) == [claim]
