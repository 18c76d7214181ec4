"""Content that is no clause becomes a claim with its subject and cue."""

from itertools import pairwise

import pytest

from services.contracts.claim import Claim, ClaimKind, Commitment
from tests.unit.extract.articles import claims_of, only_claim, only_proposed, proposed, speakers, texts


def claim_of_its_subject(sentence: str) -> Claim:
    """The one claim that a sentence, given without its stop, makes: all of it, by the subject that it opens with."""
    claim = only_proposed(sentence + ".")
    assert claim.text == sentence
    assert claim.speaker is not None
    assert sentence.startswith(claim.speaker.surface)
    return claim


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada Reyl accused the harbour board of hiding the cracks",
        "Ada Reyl described the bridge as a danger to everybody",
        "Ada Reyl urged the council to reopen the bridge",
        "Senior council members slammed Otto Keld for not bringing the plan to a vote",
        "Ada Reyl vowed to vote against the budget",
        'The Keld Herald declared her a "hero of the river" on its front page',
        "The council announced a tour of all schools on Monday",
        "The council announced plans to close the port",
        "Many members are opposed to the new bridge",
        "More than 200 officers are calling on Ada Reyl to resign",
        "Ada Reyl has threatened to close the port unless the money comes",
        "Fishermen want Ada Reyl to resign",
    ],
)
def test_content_without_a_clause_is_widened_to_subject_and_verb(sentence: str) -> None:
    assert claim_of_its_subject(sentence).commitment is Commitment.ASSERTS


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "On Monday, Ada Reyl criticised the plan for its cost, saying it was late.",
            "Ada Reyl criticised the plan for its cost",
        ),
        ("Although Ada Reyl criticised the plan, Otto Keld left.", "Ada Reyl criticised the plan"),
        ("Ada Reyl condemned an all-night raid on the port.", "Ada Reyl condemned an all-night raid on the port"),
    ],
)
def test_a_widened_claim_is_its_own_clause_and_no_more(text: str, claim: str) -> None:
    assert claim in [one.text for one in proposed(text)]


def test_words_quoted_in_a_widened_claim_are_marked() -> None:
    claim = only_claim('Ada Reyl called the plan "a threat to every home on the river."')
    assert claim.kind is ClaimKind.QUOTATION
    assert claim.text.startswith("Ada Reyl called the plan")
    assert len(claim.quoted) == 1


def test_what_the_subject_does_next_is_part_of_the_widened_claim() -> None:
    assert texts("Ada Reyl called the plan a disaster and vowed to fight it.") == [
        "Ada Reyl called the plan a disaster and vowed to fight it"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The crisis is threatening to have an impact on trade.",
        "The bill is expected to pass the council on Friday.",
        "The senator was accused of lying to the board.",
        "Ada Reyl did not condemn the attack on the port.",
        "Residents should be thanking Ada Reyl for keeping the port safe.",
        "The minister will say on Tuesday that the port is safe.",
    ],
)
def test_the_outlet_tells_what_no_source_has_said(text: str) -> None:
    claim = only_proposed(text)
    assert (claim.text, claim.speaker) == (text.rstrip("."), None)


def test_a_passive_is_told_by_its_agent() -> None:
    claim = only_claim("The plan to sell the ferry was criticised by Ada Reyl.")
    assert claim.text == "The plan to sell the ferry was criticised by Ada Reyl"
    assert claim.speaker is not None
    assert claim.speaker.canonical == "Ada Reyl"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("The man asked not to be named for fear of the board.", "The man asked not to be named"),
        ("If Ada Reyl opposes the plan, it will fail.", "Ada Reyl opposes the plan"),
        ("How Ada Reyl described the plan to the board is open.", "Ada Reyl described the plan"),
    ],
)
def test_a_clause_that_does_not_stand_by_itself_is_not_made_whole(text: str, bare: str) -> None:
    assert not any(bare in claim for claim in texts(text))


def test_a_widened_claim_meets_no_other() -> None:
    text = "Ada Reyl, who said the bridge was safe, accused the board of neglect."
    claims = claims_of(text)
    assert "the bridge was safe" in [claim.text for claim in claims]
    for one, other in pairwise(claims):
        assert one.span.end <= other.span.start


def test_a_clause_that_a_poll_found_is_the_claim_of_the_poll() -> None:
    claim = only_claim("A poll found Corrow residents increasingly blame Ada Reyl for the closing of the port.")
    assert claim.text == "Corrow residents increasingly blame Ada Reyl for the closing of the port"
    assert claim.speaker is not None
    assert claim.speaker.surface == "A poll"


@pytest.mark.parametrize(
    "text",
    [
        "The virus seems to spread through the air.",
        "The members are known for standing up to the board.",
    ],
)
def test_the_subject_of_what_is_told_is_not_its_source(text: str) -> None:
    assert all(claim.speaker is None for claim in claims_of(text))


@pytest.mark.parametrize(
    "sentence",
    [
        "Bush urges supporters to watch the polling places",
        "Trump described the fire as a danger to everybody",
        'His surrogates called him "a genius of the river" for his plans',
        'Ada Reyl told the crowd at the gate to "go home to your children"',
    ],
)
def test_a_surname_and_whoever_speaks_for_others_has_the_word(sentence: str) -> None:
    assert claim_of_its_subject(sentence).commitment is Commitment.ASSERTS


@pytest.mark.parametrize(
    "sentence",
    [
        "The council decided to change the name of the bridge",
        "Most builders had expected the council to raise the rent",
        "The ministry took the decision to free the prisoners",
        "Ada Reyl clearly saw the vote as a defeat for his party",
        "Ada Reyl did not mention the cracks in the dam in her speech",
    ],
)
def test_what_somebody_does_or_leaves_out_is_told_by_the_outlet(sentence: str) -> None:
    assert [(claim.speaker, claim.commitment) for claim in proposed(sentence + ".")] == [(None, Commitment.ASSERTS)]


def test_a_condition_without_if_is_no_claim() -> None:
    text = "Had members kept their word, and had Karvelia not encouraged its people to leave, all would be well."
    assert "encouraged" not in " ".join(texts(text))


def test_what_nobody_says_is_said_by_nobody() -> None:
    text = "The memo does not ask for it, nor does any serious critic claim that the memo gives a reason to oust him."
    assert [speaker for speaker in speakers(text) if speaker is not None] == []


@pytest.mark.parametrize("mark", [" \u2014", ":"])
def test_what_stands_before_a_dash_is_not_said_by_whoever_acts_behind_it(mark: str) -> None:
    text = f"The board says all is well. This is false{mark} Otto Keld has actually encouraged unrest among the rebels."
    assert "This is false" not in texts(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            (
                "The high court endorsed the authority of the town to detain migrants awaiting deportation at any "
                "time – even years – after they have completed their terms, handing Otto Keld a victory."
            ),
            (
                "The high court endorsed the authority of the town to detain migrants awaiting deportation at any "
                "time – even years – after they have completed their terms"
            ),
        ),
        (
            (
                "Like Otto Brun, Ada Reyl has criticized the mayor's leadership of the party; like Otto Keld, she "
                "toppled an incumbent to win her seat."
            ),
            "Ada Reyl has criticized the mayor's leadership of the party",
        ),
    ],
)
def test_a_widened_claim_takes_both_dashes_or_ends_at_the_semicolon(text: str, claim: str) -> None:
    assert any(each.text.endswith(claim) for each in proposed(text))


def test_what_somebody_calls_for_is_told_with_who_is_to_do_it() -> None:
    text = "Since the call was revealed, Mr Keld has called for the anonymous whistleblower to be unmasked."
    claim = proposed(text)[-1]
    assert claim.text == "Mr Keld has called for the anonymous whistleblower to be unmasked"
    assert claim.speaker is not None
    assert claim.speaker.surface == "Mr Keld"
