"""What hangs before a sentence, and sentences that need the one before."""

import pytest

from services.language.openings import opening_end, points_back, refers_back


@pytest.mark.parametrize(
    ("paragraph", "sentence"),
    [
        ("PORT ELDRIN, March 3 (AP) — A ferry sank.", "A ferry sank."),
        ("PORT ELDRIN (Reuters) - A ferry sank.", "A ferry sank."),
        ("(Reuters) - A ferry sank.", "A ferry sank."),
        ("(CNN)A ferry sank.", "A ferry sank."),
        ("Kyiv — A ferry sank. Its crew - all of it - was saved.", "A ferry sank. Its crew - all of it - was saved."),
        ("Kyiv — Ada Reyl's home — is calm.", "Kyiv — Ada Reyl's home — is calm."),
        ("Bote Days — A ferry sank.", "Bote Days — A ferry sank."),
        ("(AP) officials say little.", "(AP) officials say little."),
        ("BREAKING: A ferry sank.", "A ferry sank."),
        ("Update 5 p.m. ET: A ferry sank.", "A ferry sank."),
        ("PORT ELDRIN/TANNERBY (Reuters) - A ferry sank.", "A ferry sank."),
        ("A ferry sank.", "A ferry sank."),
        ("\U0001f6a8 A ferry sank.", "A ferry sank."),
    ],
)
def test_a_sentence_starts_behind_label_and_dateline(paragraph: str, sentence: str) -> None:
    assert paragraph[opening_end(paragraph) :] == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "He said so.",
        "But the ferry sank.",
        "\u201cIts crew was rescued.\u201d",
        "However, nobody died.",
        "Members of Parliament also plan hearings.",
        "said on Monday that a ferry sank.",
        "Even so, nobody died.",
        "Ada Reyl, meanwhile, called the captain.",
        "The latter was rescued.",
        "\u201cIn fact, the crew was rescued.\u201d",
        "Well, nobody knows for sure.",
        "March 3, 2026: The port says that a ferry sank.",
        "9:30 a.m. The port says that a ferry sank.",
    ],
)
def test_a_sentence_that_takes_its_meaning_from_the_one_before_points_back(sentence: str) -> None:
    assert points_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Hevelius sank.",
        "It is unclear why the ferry sank.",
        "The crew was rescued.",
        "Butter is dear.",
        "March 3 was calm.",
        "The former judge won.",
    ],
)
def test_a_sentence_that_needs_no_other_does_not_point_back(sentence: str) -> None:
    assert not points_back(sentence)


@pytest.mark.parametrize(
    ("sentence", "back"),
    [
        ("The port denied the report.", True),
        ("In the lawsuit, the port called the door broken.", True),
        ("In another message, the master asked for a tug.", True),
        ("Divers described that door as broken.", True),
        ("The same man had sold the ferry.", True),
        ("“It was shut,” said Ada Reyl, a spokeswoman for the company.", True),
        ("“It was shut,” said Ada Reyl, head of the ministry of ports.", False),
        ("“It was shut,” said Ada Reyl, a spokeswoman for Varn Lines.", False),
        ("The port denied the report of the board.", False),
        ("One story ran in May, and the stories were false.", False),
        ("The board published a report, and the port denied the report.", False),
        ("The port said that the door was broken.", False),
        ("One ferry passed another.", False),
    ],
)
def test_a_sentence_that_speaks_of_something_told_before_is_known(sentence: str, back: bool) -> None:
    assert refers_back(sentence) is back


def test_dashes_before_a_sentence_are_passed_over_and_its_quotation_mark_is_not() -> None:
    assert opening_end("-- Divers found it.") == 3
    assert opening_end("“Divers found it,” the port said.") == 0
