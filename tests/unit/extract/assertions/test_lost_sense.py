"""What a sentence only wishes, argues about or names the time of is not shown as if it said so."""

import pytest

from services.contracts.claim import AssertionForm
from tests.unit.extract.articles import claims_of, proposed, proposed_speech


def attributed(text: str) -> list[str]:
    return [claim.text for claim in proposed(text) if claim.form is AssertionForm.ATTRIBUTED]


@pytest.mark.parametrize(
    "text",
    [
        "It is an approach the council is expected to replicate in other towns on the river.",
        "There was no limit on the number of boats our readers expected Reyl to buy.",
        "It was one of the few times Ada Reyl has acknowledged the attacks on the harbour.",
        "The note marks one of the few times Ms. Reyl has acknowledged the mayor's attacks.",
    ],
)
def test_a_clause_that_only_tells_which_noun_is_meant_is_no_claim(text: str) -> None:
    assert [claim.text for claim in claims_of(text) if claim.form is AssertionForm.ATTRIBUTED] == []


def test_a_clause_after_a_time_of_its_own_is_a_claim() -> None:
    assert attributed("On Monday night Ada Reyl accused the board of neglect.") == [
        "Ada Reyl accused the board of neglect"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It is wrong for Ada Reyl to describe as “fake” any letter from the port.",
        "Look for Ada Reyl to refer to something called the “Orla rule” on Monday.",
        'It takes courage for a mayor to call the dam a "disgrace" in public.',
    ],
)
def test_what_it_is_for_somebody_to_say_nobody_has_said(text: str) -> None:
    assert not any(speaker is not None for speaker, _ in proposed_speech(text))


@pytest.mark.parametrize(
    "text",
    [
        "Her envoys came home with the hope that the warships will not be needed in the strait.",
        "The mayor sent masons to the dam with hopes that the cracks would close.",
        "The mayor has shown sensitivity in recent weeks to arguments that it is endangering the port.",
        "There is an argument that the port can be saved.",
    ],
)
def test_what_is_hoped_for_or_argued_by_nobody_named_is_no_claim(text: str) -> None:
    assert attributed(text) == []


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Reyl's hope that the dam holds is shared by her council.", "the dam holds"),
        ("Ada Reyl made the argument that the dam was old.", "the dam was old"),
    ],
)
def test_what_somebody_hopes_or_argues_is_theirs(text: str, claim: str) -> None:
    assert any(claim in words for _, words in proposed_speech(text))


def test_what_somebody_ought_to_let_be_done_is_no_fact() -> None:
    text = "Her chief of staff suggested that she let diplomats deal with the island."
    assert attributed(text) == [text.rstrip(".")]


def test_adjectives_of_one_noun_stay_together() -> None:
    text = "The council keeps saying that it wants Orla to agree to complete, verifiable, and irreversible disarmament."
    assert attributed(text) == ["it wants Orla to agree to complete, verifiable, and irreversible disarmament"]


@pytest.mark.parametrize(
    "text",
    [
        "The fear is that this third storm will meet with the opening of the gates, carrying away the boats.",
        "The last slim hope that responsible builders might save the port in 2031 has gone.",
    ],
)
def test_what_is_feared_or_hoped_is_no_claim_of_anybody(text: str) -> None:
    assert attributed(text) == []


def test_what_was_feared_is_history() -> None:
    text = "With Otto Keld, the worry always was that he could do more harm to the town from outside than from within."
    assert attributed(text) == ["he could do more harm to the town from outside than from within"]


def test_the_title_of_an_article_is_not_said_by_its_author() -> None:
    text = (
        "The network featured an article by Kate Holt called “Otto Keld’s big mistake,” while anchor Chris Reyl said "
        "he “might have made things worse with his letter.”"
    )
    assert not any(speaker == "Kate Holt" for speaker, _ in proposed_speech(text))


def test_what_is_only_seen_to_happen_is_said_by_nobody() -> None:
    assert attributed("But this vote simply saw the pro-harbour trend continue yet further.") == []
