"""What hangs before a sentence, and sentences that need the one before."""

import pytest

from services.language.openings import opening_end, points_back


@pytest.mark.parametrize(
    ("paragraph", "sentence"),
    [
        ("PORT ELDRIN, March 3 (AP) — A ferry sank.", "A ferry sank."),
        ("PORT ELDRIN (Reuters) - A ferry sank.", "A ferry sank."),
        ("(Reuters) - A ferry sank.", "A ferry sank."),
        ("(CNN)A ferry sank.", "A ferry sank."),
        ("(AP) officials say little.", "(AP) officials say little."),
        ("BREAKING: A ferry sank.", "A ferry sank."),
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
        "said on Monday that a ferry sank.",
    ],
)
def test_a_sentence_that_takes_its_meaning_from_the_one_before_points_back(sentence: str) -> None:
    assert points_back(sentence)


@pytest.mark.parametrize(
    "sentence", ["Hevelius sank.", "It is unclear why the ferry sank.", "The crew was rescued.", "Butter is dear."]
)
def test_a_sentence_that_needs_no_other_does_not_point_back(sentence: str) -> None:
    assert not points_back(sentence)
