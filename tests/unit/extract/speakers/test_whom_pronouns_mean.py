"""Whom a pronoun, a description or a quotation alone means, where the name nearest to it is somebody else's."""

import pytest

from tests.unit.extract.articles import proposed, proposed_speakers


def last_speaker(text: str) -> str | None:
    return proposed_speakers(text)[-1]


def test_who_is_called_his_beside_a_woman_is_no_she() -> None:
    text = (
        "Lena Holt left the embassy. President Varkin has accepted the resignation of Lena Holt, his envoy. "
        '"We are all sad for you," Varkin said. Giving no reason for it, she joked, "I am not running for mayor."'
    )
    assert last_speaker(text) == "Lena Holt"


def test_it_was_somebody_who_did_it_tells_of_them() -> None:
    text = (
        "Ada Reyl won on Monday. After Mary Brandt had played, it was Lena Holt who opened the day on Tuesday with a "
        'win over Diane Dunn.\n\n"I hope I started everybody off well," she told the Bote afterwards.'
    )
    assert last_speaker(text) == "Lena Holt"


def test_who_is_named_in_brackets_in_what_is_said_may_say_it() -> None:
    text = (
        "Nils Aro has been critical of it. Otto Keld isn't just asking questions. He's explicitly arguing that this "
        'judge (not "local," as Keld has called her) is unfit for the case.'
    )
    assert last_speaker(text) == "Otto Keld"


def test_he_in_what_a_prosecutor_says_of_others_is_the_prosecutor() -> None:
    text = (
        "The prosecutor had said Keld acted in coordination with Brandt, who he said had ordered the return from Varn "
        "and that the lead envoy on the ground then decided to leave him."
    )
    assert set(proposed_speakers(text)) == {"prosecutor"}


def test_they_are_some_of_several_before_a_body_that_is_named_further_back() -> None:
    text = (
        "The Varn House says the plan is good. Two of the Varn Republicans behind the plan are touting it in the Bote "
        "today.\n\nThey say it will rescue those hurt by the old plan."
    )
    assert last_speaker(text) == "Two of the Varn Republicans"


@pytest.mark.parametrize(
    "text",
    [
        "It's nearly impossible to believe that anyone would think there is any higher duty than that.",
        "It's too soon to declare that the candidate has momentum in the north.",
    ],
)
def test_what_is_hard_to_believe_nobody_claims(text: str) -> None:
    assert proposed(text) == ()


def test_a_quotation_alone_behind_a_sentence_on_somebody_is_theirs_and_not_an_earlier_speakers() -> None:
    text = (
        '"He is a skilful player," said Nils Aro.\n\n"I hope it was fun to see."\n\n'
        "Aro will meet Otto Dunn in the second round.\n\nOut on Court 12, Ivo Brandt saw off Karel Holt.\n\n"
        "Otto Keld meanwhile wrapped up his win in two hours, knocking out Jan Brun.\n\n"
        '"Having others do well in the draw is grand for us.\n\n"They make me feel at home on the tour."'
    )
    assert proposed_speakers(text)[-2:] == ["Otto Keld", "Otto Keld"]


def test_an_age_stands_for_who_was_just_spoken_of() -> None:
    text = 'Otto Keld beat his rival. Keld will play again on Monday. "It was fun to see," the 36-year-old said.'
    assert last_speaker(text) == "Otto Keld"


@pytest.mark.parametrize("first", ["Otto Keld, 52, was charged with assault.", "The 52-year-old Otto Keld sued."])
def test_an_age_does_not_stand_for_whom_the_article_gives_another(first: str) -> None:
    text = f'{first} Keld has left the town. "He hit me with a stick," the 17-year-old said.'
    assert last_speaker(text) == "17-year-old"


def test_a_quotation_that_names_who_was_spoken_of_is_somebody_elses() -> None:
    text = (
        "Otto Keld walked into the hall late on Monday.\n\n"
        '"This is a big year for our next mayor, Otto Keld!"\n\nThe crowd stood up in the hall.'
    )
    assert None in proposed_speakers(text)
    assert "Otto Keld" not in proposed_speakers(text)
