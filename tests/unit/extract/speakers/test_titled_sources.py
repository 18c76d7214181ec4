"""Sources with an office, a place or a number in their names, and descriptions by office."""

import pytest

from services.contracts.claim import SpeakerKind
from tests.unit.extract.articles import claims_of, speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ruvian Minister of Aviation Sherif Fathi said the plane was lost on Monday.", "Sherif Fathi"),
        ("Minister of Foreign Affairs Sergey Lavrik said the deal was dead on Monday.", "Sergey Lavrik"),
        ("White House Chief of Staff John Keld said the deal was dead on Monday.", "John Keld"),
        ("FBI Special Agent William Keld Jr. said the deal was dead on Monday.", "William Keld Jr"),
        ("Varn Mayor Carlos A. Holt said the shelters would close on Friday.", "Carlos A. Holt"),
        ("The director of Ruvia's Civil Aviation Authority, Otto Lintz, said the pilot had spoken.", "Otto Lintz"),
        ("Ruvia's Embassy in Taverra said seven Ruvians were hurt.", "Ruvia's Embassy in Taverra"),
        ("The Varn Governor's Office said 109 people were sent home.", "Varn Governor's Office"),
        ("The roads were closed at noon, according to Fox 35 Orlando.", "Fox 35 Orlando"),
        (
            "The agency's Melbourne, Florida, office warned that homes may be lost for weeks.",
            "agency's Melbourne, Florida, office",
        ),
        (
            "Officials from Florida to South Carolina said that 2 million people had left.",
            "Officials from Florida to South Carolina",
        ),
        ("The Office of Naval Research said that 109 ships had left.", "Office of Naval Research"),
        ("Health and Human Services Secretary Tom Arden said nobody would be worse off.", "Tom Arden"),
        ("House Ways and Means Chairman Tom Arden said nobody would be worse off.", "Tom Arden"),
        ("University of Varn economist Justin Holt said prices rose in May.", "Justin Holt"),
        ("Speaker of the House Tom Arden said prices rose in May.", "Tom Arden"),
        ("Former Mayor of Philadelphia Michael Holt said prices rose in May.", "Michael Holt"),
        ("Bote Editor in Chief Tom Arden said prices rose in May.", "Tom Arden"),
        ("Prices rose in May, director of National Intelligence James Arden said.", "James Arden"),
        ("The deputy commissioner for Counter Terrorism Mark Arden said that two men had fled.", "Mark Arden"),
        ("Bote News' Martha Arden said that two men had fled.", "Martha Arden"),
        ("A spokesman for Mayor Ada Reyl said that two men had fled.", "spokesman for Mayor Ada Reyl"),
        ("Iraq and Foreign Minister Ada Reyl said that two men had fled.", "Iraq and Ada Reyl"),
    ],
)
def test_an_office_a_place_or_a_number_is_part_of_who_speaks(text: str, speaker: str) -> None:
    assert speakers(text)[-1] == speaker


def test_a_model_of_a_maker_is_no_fuller_name_of_it() -> None:
    text = "Keldair said that it knew of the crash. The Keldair K320 had left Varn at noon on Monday."
    assert speakers(text)[0] == "Keldair"


def test_a_surname_finds_the_minister_of_an_office() -> None:
    text = "Ruvian Minister of Aviation Sherif Fathi came to Varn. Fathi said the plane was lost on Monday."
    assert speakers(text)[-1] == "Sherif Fathi"


def test_a_minister_of_something_else_is_somebody_else() -> None:
    text = "Ruvian Prime Minister Otto Keld said it was dark. The Ruvian Health Minister said 40 people were in care."
    assert speakers(text)[-1] == "Ruvian Health Minister"


def test_the_governor_is_who_opened_the_sentence_before_though_another_is_named_more_often() -> None:
    text = (
        "Ostmark Gov. Rick Holt said on Monday that the storm was near. Holt said the roads were open. Holt said the "
        "port was closed.\n\nVarnia waits for the storm\n\nGov. Pat Reyl declared an emergency. No official has told "
        'people to leave.\n\n"We will have to play it by ear for now," the governor has said.'
    )
    assert claims_of(text)[-1].speaker is not None
    assert speakers(text)[-1] == "Pat Reyl"


def test_he_is_the_agent_who_spoke_and_not_the_woman_before() -> None:
    text = (
        'Zora Keld said she would leave in May. "I want to be left alone," said Zora Keld, a sister.\n\n'
        "The bombs were linked to Keld, FBI Special Agent William Holt Jr. said. He said that the ships had left."
    )
    assert speakers(text)[-1] == "William Holt Jr"


def test_it_is_the_suit_that_alleged_something_before() -> None:
    text = "The suit alleged that the police had closed the port. It said that the mayor had taken money."
    assert speakers(text)[-1] == "suit"


def test_a_statement_is_by_who_sent_it() -> None:
    text = "The bridge is old, according to an emailed statement from Reyl campaign spokesman Josh Holt."
    assert speakers(text) == ["Josh Holt"]


def test_the_statement_is_the_one_that_spoke_before() -> None:
    text = (
        'A statement from the White House said that the attack was wrong. "We remain with our friends in Varn," the '
        "statement said."
    )
    assert set(speakers(text)) == {"statement from the White House"}


def test_what_reports_say_according_to_a_source_is_all_that_the_source_says() -> None:
    text = "This can now be combined with reports that a satellite saw a flash at noon, according to NBC News."
    assert [(claim.speaker.canonical, claim.text) for claim in claims_of(text) if claim.speaker] == [
        ("NBC News", "a satellite saw a flash at noon")
    ]


def test_they_are_those_whom_the_author_names_between_marks() -> None:
    text = 'To leave is exactly what liberal Facebook "curators" want. They wanted to banish all farmers from the page.'
    assert "Facebook" not in speakers(text)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Finally Keld said that the bridge was safe. On Monday Keld left.", "Keld"),
        ("Neither Bush nor Keld came; Bush said that the bridge was safe.", "Bush"),
        ("Whenever Donald Keld said that the bridge was safe, people left.", "Donald Keld"),
        ('Adds Mitch Arden: "The bridge is safe for all of us and our children."', "Mitch Arden"),
        ("Counselor Kellyanne Arden said that the bridge was safe.", "Kellyanne Arden"),
        ("Fleming Rutledge said that the bridge was safe. On Monday Rutledge left.", "Fleming Rutledge"),
    ],
)
def test_a_word_that_leads_to_a_name_is_no_part_of_it(text: str, speaker: str) -> None:
    assert speakers(text)[0] == speaker


def test_who_is_cited_first_is_not_called_citing() -> None:
    text = "Citing Keld, the council shut the bridge. Keld said that the dam was not safe."
    assert speakers(text)[-1] == "Keld"


@pytest.mark.parametrize("source", ["An Iowa Republican", "Latino Americans", "One Varn Libertarian"])
def test_what_people_are_is_nobodys_name(source: str) -> None:
    claims = claims_of(f"{source} said that the bridge was safe for all of us.")
    assert [claim.speaker.kind for claim in claims if claim.speaker] == [SpeakerKind.UNNAMED]


def test_a_president_for_the_time_is_not_called_so() -> None:
    claim = claims_of('"I say: Bring it on," said Ostmark Senate President Pro Tem Otto Keld, a Varn farmer.')[-1]
    assert claim.speaker is not None
    assert (claim.speaker.canonical, claim.speaker.role) == ("Otto Keld", "Ostmark Senate President Pro Tem")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The town sought support, with a top adviser to Mayor Otto Keld saying the plan is still alive.",
            "top adviser",
        ),
        ("The council met on Monday, with an aide to Ada Reyl saying that the bridge was safe.", "aide"),
        ("The council met on Monday, with Ada Reyl saying that the bridge was safe.", "Ada Reyl"),
    ],
)
def test_whose_adviser_speaks_does_not_speak(text: str, speaker: str) -> None:
    assert speakers(text)[-1] == speaker


@pytest.mark.parametrize(
    ("programme", "outlet"),
    [
        ('CNN\'s "State of the Union"', "CNN"),
        ("Varn Radio’s “Morning Ada,”", "Varn Radio"),
    ],
)
def test_words_come_through_the_outlet_and_not_through_its_programme(programme: str, outlet: str) -> None:
    claim = claims_of(f"Ada Reyl told {programme} on Sunday that the bridge would close in May.")[-1]
    assert [link.name for link in claim.attribution] == [outlet]


@pytest.mark.parametrize(
    "text",
    [
        'Ada Reyl came to Varn on Monday. Reyl said the port was open. "We will win," the Vermont senator said.',
        "Ada Reyl was in Varn. Reyl cast her ballot early.\n\nThe former mayor of Varn promised that roads would open.",
        "Ada Reyl came to Varn. Reyl met farmers in May. The Republican candidate said the harbour was shut.",
    ],
)
def test_a_description_in_turn_with_a_name_means_who_was_just_spoken_of(text: str) -> None:
    assert speakers(text)[-1] == "Ada Reyl"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "President Ada Reyl met Reyl voters. Reyl left. The Vermont senator said the port was shut.",
            "Vermont senator",
        ),
        ("Ada Reyl met Otto Keld. Reyl and Keld left. The Vermont senator said the port was shut.", "Vermont senator"),
        (
            "Otto Keld met aides of Brun. Brun replied that Keld was wrong. The Vermont senator said it was shut.",
            "Vermont senator",
        ),
        (
            "Otto Keld met Brun. Keld left. Then Brun waited for the boats. The former Varn governor said it was shut.",
            "former Varn governor",
        ),
        (
            "Keld left. Otto Keld lacks the strength to lead, Brun wrote on Friday. The former governor said it fell.",
            "former governor",
        ),
        (
            "Reyl left. Ada Reyl spoke. The surprise was the talk with Otto Keld. The Vermont senator said it fell.",
            "Vermont senator",
        ),
        (
            "Reyl asked farmers. Ada Reyl read them a tale in which the Vermont senator said that it fell.",
            "Vermont senator",
        ),
        (
            "Ada Reyl met aides. Reyl left. The Ruvian businessman who hired Reyl said the port was shut.",
            "Ruvian businessman",
        ),
        (
            "Ada Reyl met aides. Reyl left. The top Republican on the committee said the port was shut.",
            "top Republican",
        ),
        ("Ada Reyl met aides. Reyl left. The FBI official said the port was shut.", "FBI official"),
        ("Otto Keld met aides. Keld left. The former first lady said the port was shut.", "former first lady"),
        (
            "Ada Reyl, a Democrat, left. Reyl met aides. The Republican candidate said it was shut.",
            "Republican candidate",
        ),
    ],
)
def test_a_description_of_somebody_else_stays_as_written(text: str, speaker: str) -> None:
    assert speakers(text)[-1] == speaker


@pytest.mark.parametrize(
    ("described", "named", "speaker"),
    [
        ("director of the town's main hospital", "Dr Otto Keld, the director of St Ada's Hospital,", "Otto Keld"),
        ("speaker of parliament", "Speaker Otto Keld", "Otto Keld"),
        ("director of the museum", "Otto Keld, the director of St Ada's Hospital,", "director of the museum"),
        ("head of the water agency", "Otto Keld, the head of the space agency,", "head of the water agency"),
        (
            "director of the town's hospital",
            "Otto Keld, the director of St Ada's Hospital, and Nils Aro, the director of Varn Hospital,",
            "director of the town's hospital",
        ),
    ],
)
def test_an_office_in_other_words_is_that_of_the_only_one_who_has_it(described: str, named: str, speaker: str) -> None:
    text = f'The mill was shut, the {described} said on Tuesday.\n\n"There are no beds for anybody," {named} said.'
    assert speakers(text)[0] == speaker


@pytest.mark.parametrize(
    ("who", "speaker"),
    [("Ada Reyl of the Civic Union", "Ada Reyl"), ("President Otto Keld", "opposition leader")],
)
def test_the_opposition_leader_is_who_has_just_spoken_and_leads_nothing_else(who: str, speaker: str) -> None:
    text = (
        f"Interior Minister Lena Holt said she would stay. {who} said trust was not enough and called on the minister "
        'to resign. "There was no check, because nobody wanted to know," the opposition leader said.'
    )
    assert speakers(text)[-1] == speaker
