"""Which clauses stand by themselves and are the outlet's own."""

import pytest

from tests.unit.extract.articles import claims_of


def narrated(text: str) -> list[str]:
    return [claim.text for claim in claims_of(text) if claim.speaker is None and claim.cue is None]


@pytest.mark.parametrize(
    "text",
    [
        "To Ada Reyl, the closing of the bridge broke a promise of 40 years.",
        "The dead include 12 sailors from Arlen and 3 from Velm, the Herald reported.",
        "The fight divided two members of the board of Varn Inc, the Arlen Times reported on Tuesday.",
        "Ada Reyl says there is no sign of work at the port, and Norland lost 40 ships in May.",
        "If the council agrees, the port can stay open, and its owners can keep 80 percent of the money.",
        "The report shows that a third of the boats leak, and 29 percent sink within a year.",
        "The ministry has declined to confirm the sinking of 12 ships on Friday.",
    ],
)
def test_a_clause_of_which_another_is_or_may_be_the_source_is_not_the_outlets(text: str) -> None:
    assert narrated(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "For 2020 as a whole, the number of ferries that sank is 98.",
        "Talks between the two ports are supposed to begin on March 10.",
        "Otto Keld appeared in court in Arlen on Friday.",
        "The March for Our Ships will leave Arlen on June 12.",
    ],
)
def test_words_that_only_look_like_a_view_leave_a_clause_to_the_outlet(text: str) -> None:
    assert narrated(text) == [text[:-1]]


@pytest.mark.parametrize(
    "text",
    [
        "They elected Ada Reyl in Arlen on Friday.",
        "He was convicted of lying to Congress in May 2019.",
    ],
)
def test_an_event_with_a_name_is_told_of_a_pronoun(text: str) -> None:
    assert narrated(text) == [text[:-1]]


@pytest.mark.parametrize(
    "text",
    [
        "The vote in Arlen was a big step for the whole of Norland.",
        "They will have failed to seize the port of Arlen.",
        "They liked Arlen in May 2019.",
    ],
)
def test_what_the_writer_finds_or_expects_is_no_claim(text: str) -> None:
    assert narrated(text) == []
