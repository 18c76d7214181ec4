"""What the outlet tells of people who have not said it: what they will do, left undone, or seem to think."""

import pytest

from tests.unit.extract.articles import proposed, proposed_speech


@pytest.mark.parametrize(
    "text",
    [
        "Otto Keld and his envoys will demand her release from the camp at Varn.",
        "The harbour council will denounce the plan as a danger to everybody.",
        "The court declined to remove the mayor from office.",
        "The High Court refused Tuesday to hear the appeal of the shipping firm.",
        "The mayor has just made the most foolish decision of her tenure.",
        "But builders are clearly determined to push ahead so they can move on.",
        "Otto Keld plainly concluded it was time to defend the courts.",
        "Ahead of the speech, Otto Keld left the hall, aware she has a history of veering off script.",
    ],
)
def test_what_somebody_will_do_or_seems_to_think_is_told_by_the_outlet(text: str) -> None:
    assert {claim.speaker for claim in proposed(text)} <= {None}


def test_what_we_will_say_is_said_by_whoever_is_quoted() -> None:
    text = '"We will insist that the council pays for the dam," Ada Reyl said.'
    assert proposed_speech(text) == [("Ada Reyl", "We will insist that the council pays for the dam")]


def test_a_refusal_to_sell_is_somebodys_own_word() -> None:
    text = "The owners refused to sell the mill to the council."
    assert proposed_speech(text) == [("owners", "The owners refused to sell the mill to the council")]


def test_a_name_beside_others_is_not_all_who_said_it() -> None:
    text = "Some northern ministries, as well as the OBG, said they believed he had ordered the sale."
    assert [claim.speaker.canonical if claim.speaker else None for claim in proposed(text)] == [
        "Some northern ministries, as well as the OBG"
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Otto Keld also advocated revising the pact during last month's party vote.", "Otto Keld"),
        (
            "Veterans of the harbour service have expressed fears that the pact would fail.",
            "Veterans of the harbour service",
        ),
        ("Someone suggested the fund use some of the money toward hiring young pilots.", "Someone"),
    ],
)
def test_who_advocates_or_fears_something_speaks(text: str, speaker: str) -> None:
    assert [claim.speaker.canonical if claim.speaker else None for claim in proposed(text)] == [speaker]
