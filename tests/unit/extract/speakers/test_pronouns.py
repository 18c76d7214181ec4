"""Whom "he", "she", "it" and "they" mean."""

import pytest

from services.contracts.claim import SpeakerKind
from tests.unit.extract.articles import claims_of, proposed, proposed_speakers, speakers


def last_speaker(text: str) -> str | None:
    return proposed_speakers(text)[-1]


def test_a_pronoun_means_the_subject_before_other_parts_of_the_sentence() -> None:
    text = 'Mayor Ada Reyl met Judge Lena Holt at the bridge. "It will never be safe again," she said.'
    assert last_speaker(text) == "Ada Reyl"


def test_the_other_pronoun_means_somebody_else() -> None:
    text = (
        "Governor Sana Clark met sheriff Dov Moore. "
        '"The road is shut for good," she said. "We have no pumps at all," he said. "I asked for them," she said.'
    )
    assert speakers(text)[-3:] == ["Sana Clark", "Dov Moore", "Sana Clark"]


def test_an_unknown_she_is_never_he() -> None:
    text = '"The dam is gone for good," she said. "We have no pumps at all," he said.'
    assert proposed_speakers(text) == ["she", "he"]


@pytest.mark.parametrize(
    ("before", "said", "canonical"),
    [
        ("Mr. Otto Keld and Mrs. Ada Reyl own the mill.", "He said the mill would close.", "Otto Keld"),
        ("Mr. Otto Keld and Mrs. Ada Reyl own the mill.", "She said the mill would close.", "Ada Reyl"),
        ("Mrs. Ada Reyl sued Mr. Otto Keld over the mill.", "He said the mill would close.", "Otto Keld"),
        ("The mill of Mrs. Ada Reyl was sold to Mr. Otto Keld.", "She said the mill would close.", "Ada Reyl"),
        ("Ada Reyl sold her mill. Mr. Otto Keld bought it.", "She said it was old.", "Ada Reyl"),
    ],
)
def test_gender_tells_people_apart(before: str, said: str, canonical: str) -> None:
    assert last_speaker(f"{before} {said}") == canonical


def test_a_vocative_inside_the_quotation_is_nobody_that_a_pronoun_means() -> None:
    text = 'Senator Otto Keld came to the bridge. "Ada Reyl, you have to reopen it today," he said.'
    assert last_speaker(text) == "Otto Keld"


def test_a_heading_is_no_context_for_a_pronoun() -> None:
    text = 'Keld and Brandt meet\n\n"The bridge is safe for all of us," he said.'
    assert proposed_speakers(text) == ["he"]


def test_who_was_spoken_of_as_he_goes_on_as_he() -> None:
    text = 'Otto Keld came late. He met Nils Aro at the bridge. "It is safe for all of us," he said.'
    assert last_speaker(text) == "Otto Keld"


def test_somebody_without_a_name_can_be_meant() -> None:
    text = 'A senior commander said that a drone had come. "We lost nobody in the night," he told the Herald.'
    assert [claim.speaker.canonical for claim in claims_of(text) if claim.speaker] == ["senior commander"] * 2


def test_they_are_the_two_who_did_something_before() -> None:
    text = "Ada Reyl and Lena Holt voted it down. They said the bridge was unsafe."
    assert last_speaker(text) == "Ada Reyl and Lena Holt"


def test_a_pronoun_before_the_main_clause_means_its_subject() -> None:
    text = "Nils Aro left on Monday. Even as he demands that the bridge stay open, Otto Keld is closing the road."
    claims = [claim for claim in claims_of(text) if "stay open" in claim.text]
    assert [claim.speaker.canonical for claim in claims if claim.speaker] == ["Otto Keld"]


def test_a_pronoun_that_means_nobody_known_keeps_its_words() -> None:
    (claim,) = proposed('"The bridge is safe for all of us," she said.')
    assert claim.speaker is not None
    assert (claim.speaker.canonical, claim.speaker.kind) == ("she", SpeakerKind.UNNAMED)


def test_a_thousand_pronouns_in_a_row_are_no_trouble() -> None:
    text = "Otto Keld came. " + "He went on to the bridge. " * 1500 + "He said the bridge was safe."
    assert last_speaker(text) is not None


def test_he_is_the_last_of_two_who_spoke_in_one_sentence() -> None:
    text = (
        "Otto Keld said on Friday that the bridge was shut, while Nils Aro said the road was open. "
        '"It is a very hard decision for me," he said.'
    )
    assert last_speaker(text) == "Nils Aro"


def test_a_pair_with_a_daughter_is_no_she() -> None:
    text = (
        "Prime Minister Ada Reyl came to the port on Monday.\n\n"
        "Police said Otto Keld and his daughter were hurt. The port is shut.\n\n"
        '"Ruvia has shown disdain for the gravity of these events," she told lawmakers.'
    )
    assert last_speaker(text) != "Otto Keld and his daughter"


def test_a_prime_minister_called_like_a_month_is_named_beside_a_cue() -> None:
    text = (
        "Theresa May came to the port.\n\nOn Tuesday, May said the port was shut for the winter.\n\n"
        '"The ships will have to go elsewhere," she told lawmakers.'
    )
    assert speakers(text) == ["Theresa May", "Theresa May"]


def test_a_month_is_nobody() -> None:
    assert "May" not in speakers("Officials in May said the bridge was shut. The ministry said in May it was safe.")


def test_it_may_be_a_writing_that_the_sentence_before_brings_up() -> None:
    text = (
        "A storm hit Port Eldrin. On Friday, Ada Reyl signed an executive order. "
        "It urged federal regulators to crack down on the mills."
    )
    assert last_speaker(text) == "executive order"


def test_a_claim_of_his_is_his() -> None:
    text = "Otto Keld left the council. The Herald cast doubt on his claim that the bridge was safe for lorries."
    assert last_speaker(text) == "Otto Keld"


def test_the_only_speaker_so_far_goes_on_after_a_paragraph_about_something_else() -> None:
    text = (
        'Otto Keld left the council. "I feel free to say what I want now," he said.\n\n'
        "It was announced that the bridge would be shut.\n\n"
        '"I built this council with my own hands. And I will build another."'
    )
    assert last_speaker(text) == "Otto Keld"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (
            'Otto Keld on Wednesday called Nils Aro a big man.\n\n"I want them to go as soon as they can," he said.',
            "Otto Keld",
        ),
        (
            (
                "Ada Reyl, 22, graduated from Varn University in Arlen on Saturday. "
                "Since Varn ended its classes, she has been with family.\n\n"
                '"It was sad for all of us," she said after the day.'
            ),
            "Ada Reyl",
        ),
        (
            "Judge Lena Holt wrote an opinion, joined by Judge Otto Keld. They said the lower court was wrong.",
            "Lena Holt and Otto Keld",
        ),
        (
            (
                "Instead of showing that post, the site displays a disclaimer that users have to read. "
                'It states: "This post is not fit for any of our users."'
            ),
            "disclaimer",
        ),
    ],
)
def test_a_pronoun_means_who_the_sentence_before_is_about(text: str, canonical: str) -> None:
    assert last_speaker(text) == canonical


@pytest.mark.parametrize(("also", "canonical"), [("", "Otto Keld"), ("Nils Aro ran the port. ", "he")])
def test_far_from_any_name_a_pronoun_means_the_only_person_that_the_paragraph_is_about(
    also: str, canonical: str
) -> None:
    between = "The mill was old. The roof was red. The door was shut. The floor was wet. The wall was thin. "
    assert last_speaker(f"Otto Keld ran the mill. {also}{between}He said that the mill would close.") == canonical


def test_a_name_that_opens_a_sentence_before_an_irregular_verb_is_its_subject() -> None:
    text = (
        '"We are glad that you walked here," Otto Keld added later.\n\nTom Brandt spent Saturday on the river.\n\n'
        "He praised his mill, calling it the oldest of the valley."
    )
    assert last_speaker(text) == "Tom Brandt"


def test_who_owns_the_subject_of_a_sentence_is_nearer_than_who_spoke_before() -> None:
    text = (
        "Mayor Mary Stroud and Judge Lena Holt supported her. Ada Reyl's arrest was the subject of a film.\n\n"
        "She told the town council that she was picked up at the bridge."
    )
    assert last_speaker(text) == "Ada Reyl"


def test_it_means_a_body_that_is_described() -> None:
    text = "The city sent a letter on Thursday. It says the campaign broke the law with its pictures."
    assert last_speaker(text) == "city"


@pytest.mark.parametrize("name", ["Ostmark Power", "Tilden Lines", "Tilden Motors", "Ostmark Systems"])
def test_it_means_a_body_whose_name_ends_in_a_thing_or_in_several(name: str) -> None:
    text = f"The regulator opened a case on Monday. {name} declined to comment on it. It said that it would help."
    assert last_speaker(text) == name


def test_who_declined_to_comment_goes_on() -> None:
    text = "The regulator said the line was live. Orvane Delt declined to comment. It said that it would help."
    assert last_speaker(text) == "Orvane Delt"


def test_it_does_not_mean_many_people_with_a_name() -> None:
    text = "The regulator opened a case on Monday. House Democrats declined to comment. It said that it would go on."
    assert last_speaker(text) == "regulator"


def test_it_means_a_firm_of_which_nothing_else_is_known() -> None:
    text = (
        "Karvelin makes the drug. In its statement of Wednesday, Karvelin said that it will share more results.\n\n"
        '"This study will tell whether five days are enough for everybody," it said.'
    )
    assert last_speaker(text) == "Karvelin"


def test_a_body_joined_to_a_person_is_not_who_speaks() -> None:
    text = "The talk was aimed at the NBA and Olaf Brandt, who says the town is fighting for its life."
    assert speakers(text)[-1] == "Olaf Brandt"


def test_who_speaks_is_no_place_that_somebody_is_from() -> None:
    text = "Lena, a 53-year-old banker from Boone, Iowa, who says the town is fighting for its life, left on Monday."
    assert "Boone" not in speakers(text)


def test_whose_claim_it_is_is_the_subject_of_its_sentence_before_who_spoke_earlier() -> None:
    text = (
        "Sen. Rand Paul had a good night. He said on Monday that the tax was wrong.\n\n"
        "Chris Holt could also win votes for his assertion that the town would sue the harbour."
    )
    assert speakers(text)[-1] == "Chris Holt"


def test_a_team_called_by_its_year_and_country_is_no_he() -> None:
    text = (
        "Olaf Brandt sang all night. The 2012 British Olympic team entered the hall to the tune. "
        "He even sang a Christmas song on Monday, and said the song was his last."
    )
    assert speakers(text)[-1] == "Olaf Brandt"


def test_nobody_is_a_pronoun_whom_what_is_said_names_behind_it() -> None:
    text = (
        "Olaf Brandt was seen at the harbour. Otto Keld praised him and left. "
        "He said on Monday that Keld was a friend of the town and of its mayor."
    )
    assert speakers(text)[-1] != "Otto Keld"


def test_conservatives_are_who_speaks_whoever_is_named_before_them() -> None:
    text = "The office of Ada Reyl sent the speech early, drawing scorn from builders, who said it was a long one."
    assert speakers(text)[-1] == "builders"


def test_nobody_is_a_pronoun_whom_what_is_said_names_before_it() -> None:
    text = (
        "Nils Bentz said the swimmers had stopped at the store. Otto Keld had pulled a sign off a wall behind the "
        "station, he said, but there was no damage to a door."
    )
    assert last_speaker(text) == "Nils Bentz"


@pytest.mark.parametrize(
    "said",
    [
        "Otto Keld's team had left the store by noon, he said on Monday.",
        "When Otto Keld came to the store, he said on Monday, it was full of water.",
        "Otto Keld said he was not proud of it, but he accused the mayor's husband, Bill Arden, of far worse deeds.",
    ],
)
def test_who_owns_or_sees_what_is_told_may_tell_it(said: str) -> None:
    assert last_speaker(f"Otto Keld came to Varn. {said}") == "Otto Keld"


def test_who_was_asked_answers() -> None:
    text = 'Otto Keld asked Nils Aro whether his name would be on the dam. "Only if it is truly safe," he replied.'
    assert last_speaker(text) == "Nils Aro"


def test_who_alone_is_named_tells_of_himself() -> None:
    text = "Otto Keld grew up in Varn. So Otto Keld was poor and often hungry, he wrote in his book of 1987."
    assert last_speaker(text) == "Otto Keld"
