"""Whom a short name, "the younger Keld" or "the official" means, where an article has several of a name or none."""

import pytest

from tests.unit.extract.articles import proposed_speakers, speakers


@pytest.mark.parametrize(
    "text",
    [
        "President Keld's eldest son, Donald Keld Jr., met a lawyer. The younger Keld said that the talk was short.",
        "Donald Keld Jr. met a lawyer. Keld Jr. left. The younger Mr. Keld said that the meeting was short.",
        "President Keld's son, Donald Keld, met a lawyer. The younger Keld said that the talk was short.",
    ],
)
def test_the_younger_is_the_child(text: str) -> None:
    assert speakers(text)[-1] in ("Donald Keld Jr", "Donald Keld")


def test_a_statement_is_whose_words_announce_it() -> None:
    text = (
        "President Keld's eldest son, Donald Keld Jr., met a lawyer.\n\n"
        "In a statement provided to the Bote by the Keld Works, the younger Keld confirmed the meeting, but claimed "
        "the lawyer provided no useful information and turned the subject to the dam:\n\n"
        '"I was asked to have a meeting by a friend I knew from the fair in Varn. I was not told her name."'
    )
    assert speakers(text)[-1] == "Donald Keld Jr"


def test_who_was_described_before_is_not_who_is_named_later() -> None:
    text = (
        "A foreign policy adviser told reporters that the test was a failure. “We have seen many of them,” the "
        "official said. The place shows that it was old, said Jon Wolf, a former town official who dealt with boats."
    )
    assert speakers(text) == ["foreign policy adviser", "foreign policy adviser", "Jon Wolf"]


def test_a_family_name_means_its_last_bearer_who_spoke() -> None:
    text = "Bo Reyl sat beside Lena Reyl. Bo Reyl said that the dam was safe. Reyl also said that the wall was old."
    assert speakers(text)[-2:] == ["Bo Reyl", "Bo Reyl"]


def test_a_family_name_means_its_last_bearer_who_was_introduced() -> None:
    text = (
        "Bo Reyl rules in Varn.\n\n“The launch was planned long before” Lena Reyl, an expert at Varn University.\n\n"
        "“It can be a test of a new type of boat,” Reyl added."
    )
    assert proposed_speakers(text)[-1] == "Lena Reyl"


def test_a_family_name_is_not_that_of_who_is_only_named_last() -> None:
    text = "Bo Reyl rules in Varn. Crowds saw the tomb of Ada Reyl. Reyl said that the dam was safe."
    assert speakers(text)[-1] == "Reyl"


def test_a_word_of_a_heading_is_no_part_of_a_name() -> None:
    text = (
        "Everyone Is Applauding Megyn Brun, But Why\n\n"
        "The view is that Megyn Brun tore into Alex Keld last night. “You will be fine with this,” Brun told him."
    )
    assert speakers(text)[-1] == "Megyn Brun"


def test_a_heading_with_a_verb_is_no_name() -> None:
    text = "KELD SAYS US DAMS\n\nMayor Keld spoke on Monday. Keld said that the dam was old."
    assert speakers(text)[-1] == "Keld"


def test_the_north_is_the_country_beside_its_people() -> None:
    text = "North Korea fired a missile. North Korean soldiers cheered. The North said that the missile was safe."
    assert speakers(text)[-1] == "North Korea"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Anchor Otto Keld, looking shaken, announced Reyl's death to his audience.", None),
        ("Mayor Otto Keld earlier this week hailed the court's decision.", None),
        ("Mr. Keld later reported the meeting on council disclosure forms.", None),
        ("Mayor Otto Keld hailed the court's decision as a victory for the town.", "Otto Keld"),
        ("The Roads Office reported a rise in thefts of lorries over the last two years.", "Roads Office"),
        ("Keld stepped out, waving to acknowledge the thousands of people lining the road.", None),
    ],
)
def test_who_is_described_says_nothing(text: str, speaker: str | None) -> None:
    assert [name for name in speakers(text) if name] == ([speaker] if speaker else [])
