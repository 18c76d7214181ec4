"""What is no source is no speaker: a text, a medium, a cut word, the wrong clause; who wrote or used it is."""

import pytest

from services.extract.speakers.source_ends import whole_source
from services.language.ranges import Range
from tests.unit.extract.articles import claims_of, proposed_speakers, speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The bridge was closed on Monday after the storm, local news reports state.", "local news reports"),
        (
            "“He saved this town by building the dam,” said the Orla and Friends co-host Ada Reyl, who cried.",
            "Ada Reyl",
        ),
        ("“The type of boat is still not known to us,” said Cmdr. Otto Keld, a spokesman for the navy.", "Otto Keld"),
        ("On Sunday, Keld took to Twitter saying that he had pressed the council on the dam.", "Keld"),
        ("The Roads Department updated its FAQ to state that lorries were to be let through.", "Roads Department"),
        (
            '"It will be the largest of mistakes if they treat us like Varn," said a Friday statement by the staff.',
            "staff",
        ),
        (
            "Those lukewarm statements are at odds with what Keld's police chiefs testified, saying Varn did it.",
            "Keld's police chiefs",
        ),
        ("The declaration also has new language that acknowledges the dam may fall.", "declaration"),
        (
            "This resembles the logic of hecklers on college campuses, who argue that any mayor is a crook.",
            "hecklers",
        ),
        ("The council heard experts from a firm in Varn, who say that the dam will fail.", "experts"),
        (
            "The bomber was in Varn in May, according to information gathered so far, an official told the Bote.",
            "official",
        ),
        (
            "Attorney Greg Keld went to court in Varn to file a lawsuit arguing that the mayor had lied.",
            "Greg Keld",
        ),
        (
            "Otto Keld hit back at his critics, with a tweet saying “dams are good and easy to build.”",
            "Otto Keld",
        ),
        (
            "Also there were the chief at the time, Paul Holt, and her aide, Otto Keld, the Varn Bote reported.",
            "Varn Bote",
        ),
        ("Ruvia's Joint Chiefs of Staff said that the boat sank in May.", "Ruvia's Joint Chiefs of Staff"),
        ("“It would be nice if we could add all of it to the law,” [Keld] told members on Monday.", "Keld"),
        ('The critics include Mayor Paul Reyl, R-Wisc., who said that "I am not a fan of so high a dam."', "Paul Reyl"),
    ],
)
def test_who_wrote_or_used_it_is_the_speaker(text: str, speaker: str) -> None:
    assert speakers(text)[-1] == speaker


def test_what_goes_with_said_is_not_given_to_who_is_said_to_be_at_it() -> None:
    text = (
        "The fighters from Varn said Keld's forces have been attacking their camps in the north and warned that they "
        "will hit back."
    )
    assert set(speakers(text)) == {"fighters from Varn"}


def test_a_clause_before_a_comma_is_no_name() -> None:
    text = (
        "Mayor Ada Reyl and other top Ostmark officials criticized the leaks during the inquiry. Keld blasted U.S. "
        'officials for the leaks on Thursday, calling them "deeply troubling," although it was unclear whether '
        "the Bote received the photos from U.S. officials."
    )
    assert not any("blasted" in (speaker or "") for speaker in speakers(text))


def test_an_object_is_no_speaker() -> None:
    assert "them" not in speakers("That is why you had them arguing that the idea of a dam was crazy.")


def test_an_inverted_verb_is_no_part_of_a_name() -> None:
    text = "Mayor Keld met Reyl on Monday. Said Keld: “The dam is too high and old.” Keld said that the wall was old."
    assert speakers(text)[-1] == "Keld"


def test_a_relative_pronoun_is_no_part_of_a_name() -> None:
    text = "The departure of Reyl was followed by that of Otto Keld, forced out over claims of theft, which he denies."
    assert not any(claim.speaker and "which" in claim.speaker.surface for claim in claims_of(text))


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("said the Herald co-host Keld", "the Herald co", "the Herald co-host Keld"),
        ("Reyl, and polls said so", "Reyl, and", "Reyl"),
        ("and the Keld campaign as well as Reyl", "and the Keld campaign as well as", "the Keld campaign"),
        ("Reyl and Keld said so", "Reyl and Keld", "Reyl and Keld"),
        ("“to me, Otto Keld”—but said so", "Otto Keld”—but", "Otto Keld"),
        ("Andersen said so", "Andersen", "Andersen"),
    ],
)
def test_a_source_ends_with_its_words(text: str, words: str, whole: str) -> None:
    start = text.index(words)
    assert whole_source(text, Range(start, start + len(words)), ()).of(text) == whole


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mayor Ada Reyl issued a report in April saying residents face shortages of food.", "Ada Reyl"),
        ("The book ends with Mr. Howe himself saying that the town was poor.", "Howe"),
        ("Otto Keld found himself needing to argue that the town was poor.", "Otto Keld"),
        ('Lena Holt followed, who said: "At 12 years old, he put me through something bad."', "Lena Holt"),
    ],
)
def test_a_month_or_a_pronoun_that_only_points_is_no_speaker(text: str, speaker: str) -> None:
    assert speakers(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The best way to stop it, said Mayor Ada Reyl, is to close the port for all of May.", "Ada Reyl"),
        ("And already, as summer inches to its end, 90 percent of Ruvians say they chose.", "90 percent of Ruvians"),
        ('May 25, 2011: Keld tells Anders Holt, "I have been told that the file is missing."', "Keld"),
        ("“It was good for all of us in the town,” Keld told Bote News’ Anders Holt. “I was glad.”", "Keld"),
    ],
)
def test_of_two_subjects_the_one_in_the_insertion_says_it_and_not_who_is_told(text: str, speaker: str) -> None:
    assert speaker in proposed_speakers(text)
    assert "Anders Holt" not in proposed_speakers(text)


def test_what_we_are_asked_to_suppose_nobody_says() -> None:
    assert not any(claim.cue == "say" for claim in claims_of("Let's say Keld does make it to 50 percent in Varn."))
