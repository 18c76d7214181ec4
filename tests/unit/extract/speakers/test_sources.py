"""Which words of a sentence name who says what it reports."""

import pytest

from services.contracts.claim import SpeakerKind
from tests.unit.extract.articles import claims_of, proposed_speakers, speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Otto Keld was told by Ada Brun that the dam would fail.", "Ada Brun"),
        ("Parliament was told by minister Ada Brun that the fund was empty.", "Ada Brun"),
        ("The Varn Bote quoted minister Ada Brun as saying the dam would fail.", "Ada Brun"),
        ("Minister Ada Brun was quoted by the Varn Bote as saying that the dam would fail.", "Ada Brun"),
        ("Reuters reported that the minister said the dam would fail.", "minister"),
        ("Otto van Keld Jr. said that the dam would fail.", "Otto van Keld Jr"),
        ("Ada Brun and Otto Keld closed the road. Both said that the dam would fail.", "Ada Brun and Otto Keld"),
        ("Mr. Bo Reyl sat by Mrs. Lena Reyl. Mr. Reyl said that the dam would fail.", "Bo Reyl"),
        ("Mr. Bo Reyl sat by Mrs. Lena Reyl. Mrs. Reyl said that the dam would fail.", "Lena Reyl"),
        (
            '"It broke and fell," the head of the water board\'s unit, Otto Keld, who took office in May, said.',
            "Otto Keld",
        ),
        ('"It is broken and lost," a member of the provincial council, Ada Brun, said.', "Ada Brun"),
        ('"It is broken and lost," said Ms. Brun, a bridge commissioner.', "Brun"),
        ('The vice-president replied: "It is broken and lost."', "vice-president"),
        ("The president and secretary agreed that the dam would fail.", "president and secretary"),
        ("Those who signed the letter said that the dam would fail.", "those who signed the letter"),
        ("One source said her removal was rushed by the fight, saying that she was wrong.", "one source"),
        (
            '"It is safe for all of us," Keld, who left the council on Sunday with Reyl and others, told the Herald.',
            "Keld",
        ),
        ("Critics have pilloried Ada Reyl this week for claiming that the dam was safe.", "Ada Reyl"),
        (
            "Mayor Ada Reyl, Judge Lena Holt, Senator Otto Keld and Minister Nils Aro said the dam was safe.",
            "Ada Reyl, Lena Holt, Otto Keld and Nils Aro",
        ),
        (
            (
                "Ada Reyl, head of the council's arm, and Otto Keld, the Mill Board's head of outreach, both "
                "told staff early this year that the mill would close."
            ),
            "Ada Reyl and Otto Keld",
        ),
        (
            (
                "President Otto Keld came on Monday. In a rare case of backing down, the president, after saying "
                "he spoke with two young security agents, announced last week that he would move the rally."
            ),
            "Otto Keld",
        ),
        ('"The reality is that nobody has any influence" over Keld, a party source told the Herald.', "party source"),
        ("The dam was built after four years of work on its piers, reported Varnlive.", "Varnlive"),
        ("The dam was built after four years of work on its piers, reported the Varn Bote.", "Varn Bote"),
        (
            "A war veteran who led the council last year, the 40-year-old Keld has said he will close the dam.",
            "Keld",
        ),
        (
            "Reyl, in a statement to the Bote, did not apologize but said she wanted the children to be heard.",
            "Reyl",
        ),
        (
            (
                "Earlier this month, some 1,400 nurses signed a letter to Keld warning that Varnia "
                '"is simply not prepared" for a new wave of the disease.'
            ),
            "some 1,400 nurses",
        ),
        (
            (
                "Nurses worried they were infected with COVID-19 told Bote News they waited up to a week to get test "
                "results, despite displaying symptoms and being on the front line."
            ),
            "nurses",
        ),
        (
            (
                "Reyl insisted that the plan that was rolled out in Varn did not have a chance of passing in the "
                "senate and told the group that her bill was more moderate."
            ),
            "Reyl",
        ),
        ("An aide met a miner on Friday night who said that the dam would fail.", "miner"),
        ("Fourteen Ruvians were killed on Friday. The Ruvians said the talks were over for good.", "Ruvians"),
        (
            'Ask Ada Holt Reyl.\n\n"She had been bullied all year long at this school," recalled Ms. Reyl, a teacher.',
            "Ada Holt Reyl",
        ),
        (
            "Nick Brun came on Friday. The Nick Brun Show was cut by Varn Media. Brun said the show was his.",
            "Nick Brun",
        ),
        ("Rep. Ada Reyl (D-N.Y.) said the dam would fail.", "Ada Reyl"),
        (
            (
                "President Otto Keld met miners. Keld sang. President Nils Aro freed them in 1950. "
                "The president said the dam would fail."
            ),
            "Otto Keld",
        ),
        (
            "Owner Otto Keld, a boyhood fan of the team who once declared he would never sell it, left on Monday.",
            "Otto Keld",
        ),
        ("Otto Keld, the guy who said he would close the mill, lost.", "Otto Keld"),
        ('Left-wing historian and Varn Magazine contributing editor Otto Keld tweeted: "It is lost."', "Otto Keld"),
        ("National adviser Otto Keld is reported as saying that the firms will have to leave.", "Otto Keld"),
        (
            "France, Germany and Norway - whose leaders had tried to change his mind - have said they regret the vote.",
            "France, Germany and Norway",
        ),
    ],
)
def test_the_source_is_found_in_every_order_of_words(text: str, speaker: str) -> None:
    assert proposed_speakers(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("The Varn Bote quoted minister Ada Brun as saying the dam would fail.", ["Varn Bote"]),
        ("Minister Ada Brun was quoted by the Varn Bote as saying that the dam would fail.", ["Varn Bote"]),
        ("Reuters reported that the minister said the dam would fail.", ["Reuters"]),
        ("The Varn Times said that minister Ada Brun had warned the dam would fail.", ["Varn Times"]),
        ("Minister Ada Brun told Reuters that the dam would fail.", ["Reuters"]),
    ],
)
def test_who_quotes_is_in_the_chain(text: str, chain: list[str]) -> None:
    assert [link.name for link in claims_of(text)[-1].attribution] == chain


def test_what_is_worth_noting_is_nobodys() -> None:
    text = "The Harbour Bank met. It's important to note that the bank and the mill are both private firms."
    assert all(claim.speaker is None for claim in claims_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "This phenomenon is so well known that it has alarmed the council of Arlen.",
        "Mayor Reyl left the town in a state so grim that even Arlen and Varn have been forced to join.",
    ],
)
def test_what_comes_of_so_much_is_not_said(text: str) -> None:
    assert all(claim.speaker is None for claim in claims_of(text))


def test_an_announcement_without_a_source_is_nobodys() -> None:
    text = "The Harbour Bank met. It was announced that the bridge would close on Monday."
    assert speakers(text)[-1] is None


@pytest.mark.parametrize("source", ["I", "We", "You", "The virus", "The decline", "This attempt", "The lockdown"])
def test_what_cannot_speak_is_no_speaker(source: str) -> None:
    claims = claims_of(f"{source} suggested that the bridge would be lost before the end of it.")
    assert all(claim.speaker is None for claim in claims)


@pytest.mark.parametrize("source", ["The report", "The statement", "Law enforcement", "A new poll", "The petition"])
def test_what_is_written_or_stands_for_people_speaks(source: str) -> None:
    claims = claims_of(f"{source} said that the bridge would be lost before the end of it.")
    assert [claim.speaker is None for claim in claims] == [False]


@pytest.mark.parametrize(
    "wish",
    [
        "who asked not to be named",
        "who did not want to be identified",
        "who spoke on condition of anonymity",
        "speaking on condition of anonymity",
        "who was not authorized to speak",
    ],
)
def test_who_wants_no_name_gets_none(wish: str) -> None:
    text = f'Senator Ada Brun came to the bridge. "It is lost and all know it," said the senator, {wish}.'
    quotation = next(claim for claim in claims_of(text) if "lost" in claim.text)
    assert quotation.speaker is not None
    assert (quotation.speaker.canonical, quotation.speaker.kind) == ("senator", SpeakerKind.UNNAMED)


def test_several_are_not_the_one_of_them_with_that_role() -> None:
    text = "Ada Brun, a former ministry official, came. The former ministry officials said the dam would fail."
    assert speakers(text)[-1] == "former ministry officials"


def test_the_vice_president_is_not_the_president() -> None:
    text = "Vice President Ada Brun met President Otto Keld. The vice president said that the dam would fail."
    assert speakers(text)[-1] == "Ada Brun"


def test_a_possessor_is_named_without_its_ending() -> None:
    text = "Minister Ada Brun came. It was the end of Brun's claim that the dam would fail."
    assert speakers(text)[-1] == "Ada Brun"


def test_quoted_words_after_a_sentence_about_one_person_are_hers() -> None:
    assert speakers('Mayor Ada Brun was blunt. "We failed them and we knew it."') == ["Ada Brun"]


@pytest.mark.parametrize(
    ("text", "speaker", "through"),
    [
        ('"You are a crook and a liar," Otto Keld said, reading from Ada Reyl\'s letter.', "Ada Reyl", "Otto Keld"),
        ('Reading aloud from a letter by Ada Reyl, Otto Keld said: "You are a crook."', "Ada Reyl", "Otto Keld"),
        ('"You are a crook and a liar," Otto Keld said, quoting a Herald editorial.', "Herald editorial", "Otto Keld"),
        ('"I have taken down the flag," Otto Keld said, reading from a note on his desk.', "Otto Keld", None),
        ('"I have taken down the flag," Otto Keld said, reading from his own letter.', "Otto Keld", None),
        ('"You will all be safe with me," Otto Keld said, reading the crowd.', "Otto Keld", None),
    ],
)
def test_what_somebody_reads_out_is_the_authors(text: str, speaker: str, through: str | None) -> None:
    (claim,) = claims_of(text)
    assert claim.speaker is not None
    assert (claim.speaker.canonical, next((link.name for link in claim.attribution), None)) == (speaker, through)


@pytest.mark.parametrize(
    ("words", "named", "speaker"),
    [
        ("Sundria's central bank", "National Bank of Sundria", "National Bank of Sundria"),
        ("The central bank", "Reserve Bank of Sundria", "Reserve Bank of Sundria"),
        ("Ostmark's central bank", "National Bank of Sundria", "Ostmark's central bank"),
        ("The central bank", "Bank of Sundria", "central bank"),
    ],
)
def test_a_central_bank_is_the_only_one_that_the_article_names(words: str, named: str, speaker: str) -> None:
    text = f"{words} said that it had sold $1.2 billion.\n\nThe {named} raised its key rate to 4.5% on Thursday."
    assert speakers(text)[0] == speaker
