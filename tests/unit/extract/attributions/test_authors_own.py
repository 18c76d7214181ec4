"""What an author supposes, judges or contradicts is nobody's statement."""

import pytest

from tests.unit.extract.articles import claims_of, speakers


@pytest.mark.parametrize(
    "text",
    [
        "Varn Water opened its pumps to all in May. It turns out that the list of pumps is shorter than advertised.",
        "Varn Water met in May. It follows that the pumps will be closed, and that the town will run dry.",
        "Varn Water met in May. It is clear that the pumps will be closed by the town in June.",
        "Varn Water met in May. Varn Water's problem is not that its pumps are old and slow.",
        "Varn Water met in May. Its problem is that it refuses to admit that the pumps are old.",
        "Varn Water must have thought that the pump business was easy.",
        "Ada Reyl may have believed that the bridge would hold for a hundred years.",
        "Relying only on Varn Water is akin to reading one page and believing it holds the whole book.",
        "The only way for Varn Water to escape is to admit that pumping is harder than it looked.",
        "In June, Ada Reyl and the Water Board came under fire for new signs that the mayor had pushed for a friend.",
        "Otto Keld tweeted amid signs that the shutdown that began a week ago will go on into the new year.",
        "Ada Reyl spoke despite fears that the shutdown that began a week ago will go on into the new year.",
        "Otto Keld was jailed on suspicion that he had sold the bridge.",
    ],
)
def test_what_the_author_thinks_of_somebody_is_not_in_their_mouth(text: str) -> None:
    assert set(speakers(text)) <= {None}


@pytest.mark.parametrize(
    "text",
    [
        "Again, it will not be due, as some will assert, to more frequent storms.",
        "The bridge will not, as Ada Reyl claims, be closed by the end of May.",
    ],
)
def test_who_is_contradicted_in_a_parenthesis_does_not_say_the_contrary(text: str) -> None:
    assert not any(claim.speaker for claim in claims_of(text))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The plan, as Ada Reyl argued on Monday, would close both bridges by May.", "Ada Reyl"),
        ("The bridge is not safe, Ada Reyl claimed on Monday.", "Ada Reyl"),
        ("Ada Reyl says it turns out that the list of pumps is shorter than advertised.", "Ada Reyl"),
        ("The Varn Water Board said on Monday that the pumps are closed. It is aware that some are old.", None),
        ("Ada Reyl's fear is that the bridge will fall before May.", "Ada Reyl"),
        ("Ada Reyl's claim is that the bridge will fall before May.", "Ada Reyl"),
        ("Ada Reyl voiced fears that the bridge will fall before May.", "Ada Reyl"),
        ("The council's problem is that the bridge will fall before May, Ada Reyl said.", "Ada Reyl"),
        ("Ada Reyl left the board with complaints that the bridge had been badly built.", "Ada Reyl"),
        ("Ada Reyl refused to admit that the bridge would fall before May.", "Ada Reyl"),
    ],
)
def test_what_somebody_does_say_stays_theirs(text: str, speaker: str | None) -> None:
    expected = speaker or "Varn Water Board"
    assert expected in speakers(text)
