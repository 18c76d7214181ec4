"""Where what somebody says ends, and whether "that" opens it."""

import pytest

from services.contracts.claim import Commitment
from tests.unit.extract.articles import claims_of, only_claim, proposed, texts


@pytest.mark.parametrize(
    ("opening", "claim"),
    [
        (
            "Last March, the harbour prosecutor said",
            (
                "Keld, a former senior adviser to the mayor, had discussed the sale before he entered the port with "
                "the crew which went on to sink the boat"
            ),
        ),
        (
            "Sources familiar with the case told the Orla Herald last year that",
            (
                "Ada Reyl, the chief engineer, and Otto Keld, a builder specializing in dams, were also on trial for "
                "the collapse and could face ten years in prison"
            ),
        ),
        ("The mayor said", "the owner, Otto Keld, was from Orla and had spent time in Arlen"),
        ("Reyl said", "she does not like people \"who say 'I love this town,' when they know that is not so.\""),
    ],
)
def test_what_is_said_is_not_cut_where_no_mark_stands(opening: str, claim: str) -> None:
    stop = "" if claim.endswith('"') else "."
    assert texts(f"{opening} {claim}{stop}") == [claim]


def test_what_the_source_said_next_is_cut_off_without_a_mark() -> None:
    text = 'Mayor Ada Reyl said she and Keld were in a "virtual tie" and said she was tired.'
    assert texts(text) == ['she and Keld were in a "virtual tie"', "she was tired"]


def test_what_the_outlet_objects_is_none_of_what_was_said() -> None:
    text = (
        "The council alleged that he shared those plans with a builder who also had a key to the dam, but it dropped "
        "those charges."
    )
    assert texts(text) == ["he shared those plans with a builder who also had a key to the dam"]


def test_two_clauses_of_one_noun_stay_together() -> None:
    claim = (
        "Reyl will only agree to an interview if the council has evidence that she broke the law and that her "
        "testimony is needed to close the case"
    )
    assert texts(f"The lawyer said Monday that {claim}.") == [claim]


@pytest.mark.parametrize(
    ("opening", "claim"),
    [
        ("The fund says", "that number has since grown to more than $30 million"),
        ("A former harbour official said", "that tactic is often used as a means to hide the owner of the boats"),
        ("Reyl said", 'that flood had "changed" her and made her feel she had to return to the council'),
    ],
)
def test_a_pointer_to_a_noun_stays_with_it(opening: str, claim: str) -> None:
    assert texts(f"{opening} {claim}.") == [claim]


@pytest.mark.parametrize(
    "claim",
    [
        "law enforcement in the town is strong",
        "work to repair the dam must start in May",
        "water is scarce in Orla",
        "figure skating has come back to the town",
    ],
)
def test_the_that_of_what_is_said_is_left_out(claim: str) -> None:
    assert [each.text for each in claims_of(f"The mayor said that {claim}.")] == [claim]


def test_what_something_is_for_is_no_condition() -> None:
    text = "Engineers point out that work to repair the dam must be stepped up if it is to have any chance of success."
    claim = only_claim(text)
    assert claim.text.startswith("work to repair")
    assert claim.commitment is Commitment.ASSERTS


@pytest.mark.parametrize(
    ("claim", "remark"),
    [
        (
            "Mr Keld also claimed | the builders had told him “this is our harbour”",
            ", apparently referring to the mayor's old slogan.",
        ),
        (
            "The council on Monday said that | Otto Keld's harbour pass has been “restored,”",
            " bowing to days of pressure and a lawsuit against the town.",
        ),
        (
            "In 2018, the Orla Supreme Court ruled that | the tax plan violated the charter",
            " and struck down the entire program.",
        ),
    ],
)
def test_what_the_outlet_adds_of_its_own_is_none_of_what_was_said(claim: str, remark: str) -> None:
    opening, said = claim.split(" | ")
    assert said in texts(f"{opening} {said}{remark}")


@pytest.mark.parametrize(
    ("opening", "claim"),
    [
        ("The report concluded that", "the bank hid the losses and rejected every warning of its own staff"),
        (
            "Ada Reyl said that",
            "the builders went on with the dam, despite reports that the wall was weak",
        ),
        ("Ada Reyl said", "the ship sailed on, despite warnings of a storm"),
        ("The union said", "the company had raised the rent, bowing to pressure from the bank"),
        ("Engineers said", "the wall fell in May, possibly killing two men"),
    ],
)
def test_what_somebody_tells_of_others_deeds_is_not_taken_for_the_outlets(opening: str, claim: str) -> None:
    assert texts(f"{opening} {claim}.") == [claim]


def test_what_others_then_did_is_none_of_what_was_announced() -> None:
    text = (
        "The council announced it would vote on the dam by 3 p.m. and most of the port's builders stayed at home in "
        "anger."
    )
    assert texts(text) == ["it would vote on the dam by 3 p.m."]


@pytest.mark.parametrize(
    ("opening", "claim"),
    [
        ("Mr. Keld said", "it was harbour engineers, not council builders, who opened the gates"),
        (
            "He's also alleging that",
            (
                "someone, who he believes to be close to Reyl, entered his yard — where he now lives alone since "
                "he and his son parted in January — and installed a camera in a tree aimed at his porch"
            ),
        ),
    ],
)
def test_who_it_was_and_what_dashes_enclose_belong_to_what_was_said(opening: str, claim: str) -> None:
    assert claim in [each.text for each in proposed(f"{opening} {claim}.")]


@pytest.mark.parametrize(
    "claim",
    [
        "If the mayor cannot serve, the charter says that the council shall fill the seat",
        "If the builders win, Ada Reyl said she would look for another port",
    ],
)
def test_a_condition_before_the_cue_belongs_to_what_is_said(claim: str) -> None:
    found = only_claim(f"{claim}.")
    assert found.text == claim
    assert found.commitment is Commitment.CONDITIONAL


def test_on_what_condition_somebody_says_so_is_none_of_it() -> None:
    assert texts("If you ask them, the builders say the port will open.") == ["the port will open"]


def test_who_is_told_is_no_part_of_a_quotation() -> None:
    words = "I've long thought that there would be a day when the boats stay here. And it's clear that it is today"
    text = f"Otto Keld left the hall—telling a crowded harbour guild meeting in Orla, “{words}.”"
    assert words in texts(text)


def test_how_a_quotation_came_is_no_part_of_it() -> None:
    text = (
        "In a letter on Friday, made public because of a question from The Orla Press, Holt said, “We have "
        "mended every pump and every gate of the dam.”"
    )
    assert texts(text) == ["We have mended every pump and every gate of the dam"]
