"""What can be the subject of words: people, bodies and what is written, but not things from which something follows."""

import pytest

from tests.unit.extract.articles import claims_of, proposed_speakers, speakers


@pytest.mark.parametrize(
    "text",
    [
        "The silence of the mayor suggests that the bridge will fall in May.",
        "The eruptions of anger in Varn on Sunday indicate that the peace will not hold.",
        "Her poor showing at the port suggests that she can win no seat in Varn.",
    ],
)
def test_a_thing_says_nothing(text: str) -> None:
    assert not any(claim.speaker for claim in claims_of(text))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A handful of Reyl supporters believe that the bridge will fall.", "handful of Reyl supporters"),
        ("Some conservatives think that the bridge will fall in May.", "some conservatives"),
        ("The records show that the bridge cost 40 million.", "records"),
        ("Other reporting suggests that the bridge will fall in May.", "other reporting"),
        ("The farmers of Varn want the bridge to be closed.", "farmers of Varn"),
        ("The engine drivers fear that the bridge will fall in May.", "engine drivers"),
        ("One-fourth of the voters think that the bridge will fall in May.", "one-fourth of the voters"),
    ],
)
def test_people_bodies_and_records_do(text: str, speaker: str) -> None:
    assert [each.lower() for each in proposed_speakers(text) if each][:1] == [speaker.lower()]


def test_what_a_thing_suggests_for_somebody_is_theirs() -> None:
    text = "For Ada Reyl's critics, the long delay suggests that the mayor was trying to hide the plan."
    assert speakers(text) == ["Ada Reyl's critics"]


def test_a_letter_that_papers_hold_is_by_who_sent_it() -> None:
    text = (
        "The new papers include a message to her from Stefan Roth, then head of the bank, saying he planned to leave "
        "the bank in May."
    )
    assert speakers(text) == ["Stefan Roth"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "That time frame differs from what Keld told the Herald last week, saying the wall would be done by May.",
            "Keld",
        ),
        (
            "The march was led by Green Action, which blamed the mayor, insisting that he should have chosen Reyl.",
            "Green Action",
        ),
        (
            "The trouble started when a group ran an advertisement in Varn, warning that she would close the port.",
            "group",
        ),
        ("Mayor Ada Reyl was critical of the move, saying that it hurt the town.", "Ada Reyl"),
        ("His public defender asked for the delay, saying that she needed more time.", "his public defender"),
        ("The mayor's main venture, the Reyl Fund, issued a statement saying that it would close.", "Reyl Fund"),
        (
            "Keld sent a letter to Director of Roads James Arden urging him to deny Reyl files “for all of May.”",
            "Keld",
        ),
    ],
)
def test_a_participle_behind_what_a_thing_does_belongs_to_who_spoke_in_between(text: str, speaker: str) -> None:
    assert speakers(text)[-1:] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "The current example of Keld at his best is the argument that Mayor Reyl was the founder of the firm.",
        "The clumsy effort at peace added to the argument that the council was too close to the bank.",
    ],
)
def test_a_thing_makes_no_argument(text: str) -> None:
    assert not any(claim.speaker for claim in claims_of(text))
