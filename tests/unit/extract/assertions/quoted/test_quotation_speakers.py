"""Quotations that nobody introduces, and those that stand beside another speaker's."""

import pytest

from tests.unit.extract.articles import claims_of, proposed_speech, speakers, texts


def _said(text: str) -> list[tuple[str | None, str]]:
    return list(zip(speakers(text), texts(text), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ada Brun tweeted: “No pumps. No power. No answers.” Otto Keld replied: “They are on the road.”",
            [("Ada Brun", "No pumps. No power. No answers"), ("Otto Keld", "They are on the road")],
        ),
        (
            "Mayor Ada Brun said: “The dam is safe.” She added: “Nobody needs to leave the town.”",
            [("Ada Brun", "The dam is safe"), ("Ada Brun", "Nobody needs to leave the town")],
        ),
        (
            "“We were late to the bridge.” Una Pike answered, “You came too late for us.”",
            [("Una Pike", "You came too late for us")],
        ),
    ],
)
def test_who_introduces_the_next_quotation_did_not_speak_the_last(
    text: str, expected: list[tuple[str | None, str]]
) -> None:
    assert _said(text) == expected


def test_what_stands_before_a_colon_is_no_part_of_the_quotation_after_it() -> None:
    assert _said("BREAKING NEWS: “The wall broke,” said Nils Aro, a guard.") == [("Nils Aro", "The wall broke")]


def test_a_quotation_after_a_sentence_about_one_person_is_by_that_person() -> None:
    assert _said("Mayor Ada Brun was blunt. “We failed them and we knew it.”") == [
        ("Ada Brun", "We failed them and we knew it")
    ]


def test_a_quotation_after_a_sentence_about_two_people_is_nobodys() -> None:
    text = "Mayor Ada Brun met Minister Otto Keld. “We failed them and we knew it.”"
    assert proposed_speech(text)[-1] == (None, "We failed them and we knew it")


@pytest.mark.parametrize(
    "text",
    [
        "She starred in “The Long Way Home.”",
        "Her first book was “A Winter in the Old Town of Varn.”",
        "The so-called “night shift” ended.",
        "“Not now.”",
    ],
)
def test_titles_and_words_that_nobody_says_are_no_claims(text: str) -> None:
    assert not any(claim.kind.value == "quotation" for claim in claims_of(text))


def test_a_quotation_without_its_last_mark_ends_before_who_said_it() -> None:
    text = "“We will not pay a single coin for this dam, Ada Brun said on Monday.\n\nThe dam is old."
    assert _said(text) == [("Ada Brun", "We will not pay a single coin for this dam")]
