"""Where an attributed clause starts and ends."""

import pytest

from tests.unit.extract.articles import claims_of, only_claim, texts


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Ada Reyl added in a statement that the port had shut.", "the port had shut"),
        ("Ada Reyl hinted for weeks that she would leave the council.", "she would leave the council"),
        ("The council issued a joint statement that the port would open.", "the port would open"),
        ("Ada Reyl said Tuesday the city needs a new bridge.", "the city needs a new bridge"),
        ("(CNN) Ada Reyl will attend the march, she announced on Monday.", "Ada Reyl will attend the march"),
    ],
)
def test_a_clause_starts_after_what_belongs_to_its_cue(text: str, claim: str) -> None:
    assert claim in texts(text)


def test_what_a_petition_calls_for_is_no_claim_without_the_petition() -> None:
    text = "The petition calling on Ada Reyl to resign was signed by many."
    assert texts(text) == [text.rstrip(".")]


def test_who_is_called_on_stays_with_what_they_are_to_do() -> None:
    text = (
        "The city’s council called on Corrow to cease what it described as “illegal dealings” with the port, Keld said."
    )
    assert any("called on Corrow to cease what it described as" in claim for claim in texts(text))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Ada Reyl said the town was calm, while Otto Keld stayed away.", "the town was calm"),
        ("Ada Reyl said the ruling was late, telling reporters she was cross.", "the ruling was late"),
        ("Ada Reyl said she would sue and exchanged letters with the board.", "she would sue"),
        ("The navy has raided the port, a spokesman said a day after the talks ended.", "The navy has raided the port"),
        ("Ada Reyl said the bridge would open if the money came.", "the bridge would open if the money came"),
        (
            "Ada Reyl said the bridge would not open unless the money came.",
            "the bridge would not open unless the money came",
        ),
        (
            "Ada Reyl said the cure — closing the schools for weeks — has hurt many.",
            "the cure — closing the schools for weeks — has hurt many",
        ),
        ("Ada Reyl said it was a last-ditch offer by the board.", "it was a last-ditch offer by the board"),
    ],
)
def test_a_clause_ends_where_its_source_stops(text: str, claim: str) -> None:
    assert claim in texts(text)


def test_who_said_it_tells_what_follows_the_comma_too() -> None:
    claims = claims_of(
        "Otto Keld said the ruling caught him off guard, telling reporters he was cross with the outcome."
    )
    assert [claim.text for claim in claims] == ["the ruling caught him off guard", "he was cross with the outcome"]
    assert {claim.speaker.canonical for claim in claims if claim.speaker} == {"Otto Keld"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            'Otto Keld told reporters "I thought it was the right vote" while leaving the hall.',
            "I thought it was the right vote",
        ),
        (
            'The letter was short: "It works for all of us and will go on," Ada Reyl said.',
            "It works for all of us and will go on",
        ),
    ],
)
def test_a_quotation_is_taken_without_what_the_outlet_says_around_it(text: str, words: str) -> None:
    claim = only_claim(text)
    assert claim.text == words
    assert claim.speaker is not None


@pytest.mark.parametrize(
    ("text", "claim", "speaker"),
    [
        ("According to the fire chief, Paul Arden, two homes burned.", "two homes burned", "Paul Arden"),
        ("According to the harbour master, Nils Aro, nine boats sank.", "nine boats sank", "Nils Aro"),
        ("The town was calm; the port was shut, according to Ada Brun.", "the port was shut", "Ada Brun"),
    ],
)
def test_the_source_of_according_to_is_no_part_of_the_clause(text: str, claim: str, speaker: str) -> None:
    found = only_claim(text)
    assert found.text == claim
    assert found.speaker is not None
    assert found.speaker.canonical == speaker


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Two trains collided yesterday, police chief Paul Arden said.", "Two trains collided yesterday"),
        (
            "The dam at Varn was closed yesterday, harbour master Paul Arden said.",
            "The dam at Varn was closed yesterday",
        ),
        (
            "The pit swallowed ten million litres, harbour master Paul Arden said.",
            "The pit swallowed ten million litres",
        ),
        ("Nine boats sank on Sunday, fleet manager Paul Arden said on Monday.", "Nine boats sank on Sunday"),
    ],
)
def test_a_cue_at_the_end_takes_the_whole_clause_before_it(text: str, claim: str) -> None:
    found = only_claim(text)
    assert found.text == claim
    assert found.speaker is not None
    assert found.speaker.canonical == "Paul Arden"


def test_a_quotation_before_a_cue_at_the_end_keeps_its_words_and_goes_on() -> None:
    text = '"[Ada] really reached out to us in the spring," he said. "We have more than we hoped for now."'
    assert not any(claim.text.startswith('"') for claim in claims_of(text))
