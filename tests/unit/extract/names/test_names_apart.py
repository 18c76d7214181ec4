"""Names told from titles, bodies and headings that are written like them."""

from tests.unit.extract.articles import proposed_speakers


def test_a_title_that_is_somebodys_surname_names_the_person() -> None:
    text = "Otto Judge left the council in May. Judge said he did not recall the meeting. Later Judge said it was late."
    assert proposed_speakers(text)[1:] == ["Otto Judge", "Otto Judge"]


def test_the_judge_is_nobody_of_that_surname() -> None:
    text = "Otto Judge left the council in May. The Judge said the lease was void."
    assert proposed_speakers(text)[1:] == ["judge"]


def test_a_body_named_before_a_person_is_no_part_of_the_name() -> None:
    text = (
        "The tips come from the sales head at Varn Ferries Ada Dunn, who has sailed there 42 times. "
        'Ada said: "I would always buy your tickets early." Book your trip with Varn Ferries today.'
    )
    assert proposed_speakers(text)[-1] == "Ada Dunn"


def test_a_body_that_starts_like_the_first_name_behind_it_is_no_part_of_the_name() -> None:
    text = (
        "The tips come from the sales head at Bentley Ferries Ben Dunn, who has sailed there 42 times. "
        'Ben said: "I would always buy your tickets early." Book your trip with Bentley Ferries today.'
    )
    assert proposed_speakers(text)[-1] == "Ben Dunn"


def test_a_family_name_that_is_also_a_verb_ends_a_fuller_name() -> None:
    text = "Mary Ann left the council. Mary Ann Hope said the dam leaks. Mary Ann said that the wall was weak."
    assert proposed_speakers(text)[-1] == "Mary Ann Hope"


def test_a_heading_with_a_verb_is_no_fuller_name() -> None:
    heading = "Otto Keld Criticizes Reyl Over Harbour Plan"
    text = f"{heading}\n\nFormer harbour manager Otto Keld said Tuesday that the plan is late."
    assert proposed_speakers(text) == ["Otto Keld"]


def test_a_name_with_a_hyphen_has_a_fuller_name_with_one_more_surname() -> None:
    text = "Otto Keld-Brun Holt left the council in May. Otto Keld-Brun said that the plan is late."
    assert proposed_speakers(text)[-1] == "Otto Keld-Brun Holt"


def test_a_heading_on_what_somebody_announced_is_no_fuller_name() -> None:
    heading = "Above: Varn News Coverage of the Lena Holt Announcement"
    text = f"{heading}\n\nThe mayor has accepted the resignation of Lena Holt. Lena Holt said that the pumps failed."
    assert proposed_speakers(text)[-1] == "Lena Holt"
