"""Clauses that tell what their subject said are by the subject."""

import pytest

from services.contracts.claim import AssertionForm
from tests.unit.extract.articles import claims_of


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("The prosecutors accused Otto Keld of lying to the board of the port.", "prosecutors", "accused"),
        ("Jewish leaders in Arlen criticized the remarks of the mayor.", "Jewish leaders in Arlen", "criticized"),
        ("Ada Reyl floated the idea of a second bridge over the river.", "Ada Reyl", "floated"),
        ("Ada Reyl referred to the board as a circus of old men.", "Ada Reyl", "referred"),
        ("Ada Reyl has defended the camp in the old port of Arlen.", "Ada Reyl", "defended"),
        ("Ada Reyl welcomed the ruling of the court in Arlen.", "Ada Reyl", "welcomed"),
        ("Police put the crowd at 3,000.", "police", "put"),
        ("The ministry put the number of dead at about 40 on Friday.", "ministry", "put"),
        ("The ministry stood by its count of 14 dead.", "ministry", "stood"),
        ("The ministry raised the death toll to 61 on Friday.", "ministry", "raised"),
        ("Police have revised their count to 14 dead.", "police", "revised"),
    ],
)
def test_subject_verb_and_object_are_one_claim_of_the_subject(text: str, speaker: str, cue: str) -> None:
    (claim,) = claims_of(text)
    assert (claim.text, claim.form, claim.cue) == (text[:-1], AssertionForm.ATTRIBUTED, cue)
    assert claim.speaker is not None
    assert claim.speaker.canonical == speaker


@pytest.mark.parametrize(
    ("before", "text", "speaker"),
    [
        ("Mayor Otto Keld came on Friday.", "He put the number of injured at 12.", "Otto Keld"),
        ("The ministry said that the fire was out.", "It put the damage at about $40 million.", "ministry"),
    ],
)
def test_a_number_that_a_pronoun_gives_is_of_who_is_meant(before: str, text: str, speaker: str) -> None:
    claim = claims_of(f"{before} {text}")[-1]
    assert claim.text == text[:-1]
    assert claim.speaker is not None
    assert claim.speaker.canonical == speaker


@pytest.mark.parametrize(
    "text",
    [
        "The court ordered 40 boats to leave Arlen on Friday.",
        "Gunmen attacked the port of Arlen on Friday.",
        "President Olaf Keld welcomed home three sailors freed by Sundria on Friday.",
        "Olaf Keld welcomed three freed sailors at the port of Arlen on Friday.",
        "Police put 3 boats at the gate of Arlen on Friday.",
        "The council raised the number of beds to 61 on Friday.",
        "Police stood by the gate of 14 Mill Lane in Arlen on Friday.",
        "Otto Keld was charged with fraud in Arlen on Friday.",
        "Board members were unable to reach an agreement in Arlen on Friday.",
    ],
)
def test_a_deed_is_told_by_the_outlet(text: str) -> None:
    assert [(claim.text, claim.speaker) for claim in claims_of(text)] == [(text[:-1], None)]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Reyl responded to a letter from the port of Arlen on Friday.",
        "The water board also responded to Otto Keld with a post on Friday.",
    ],
)
def test_who_only_responds_to_something_is_not_taken_to_have_said_so(text: str) -> None:
    assert all(claim.speaker is None for claim in claims_of(text))


def test_nobody_is_taken_for_the_source_where_the_subject_cannot_speak() -> None:
    assert all(claim.speaker is None for claim in claims_of("Heavy rain condemned the harvest of May 2019 to rot."))


def test_a_number_that_somebody_gives_is_a_claim_beside_what_the_same_sentence_says_they_warned_of() -> None:
    claims = claims_of("Otto Keld put the number of injured at about 40 and warned that both figures would rise.")
    assert [(claim.speaker and claim.speaker.canonical, claim.text) for claim in claims] == [
        ("Otto Keld", "Otto Keld put the number of injured at about 40"),
        ("Otto Keld", "both figures would rise"),
    ]
