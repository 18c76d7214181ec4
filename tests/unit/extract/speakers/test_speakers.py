"""Whom the words beside a cue mean."""

import pytest

from services.contracts.claim import Speaker, SpeakerKind
from tests.unit.extract.articles import claims_of, only_claim, proposed, speakers


def last_speaker(text: str) -> Speaker:
    speaker = proposed(text)[-1].speaker
    assert speaker is not None
    return speaker


def test_a_pronoun_stands_for_who_spoke_last() -> None:
    speaker = last_speaker('Ada Reyl said the bridge was safe. "I walked over it this morning," she said.')
    assert (speaker.surface, speaker.canonical) == ("she", "Ada Reyl")


def test_a_pronoun_does_not_change_sides() -> None:
    text = (
        '"The bridge is safe for all," said Mrs. Ada Reyl, the mayor. She spoke beside Mr. Tom Brandt, the builder. '
        '"Not one crack was ever found," he said.'
    )
    assert speakers(text) == ["Ada Reyl", "Tom Brandt"]


def test_a_pronoun_that_could_mean_two_people_stays_a_pronoun() -> None:
    text = 'Mayor Ada Reyl and Judge Lena Holt met at the bridge. "It will never be safe again," she said.'
    speaker = last_speaker(text)
    assert speaker.kind is SpeakerKind.UNNAMED
    assert speaker.canonical == "she"


def test_a_surname_stands_for_the_fullest_form_of_the_name() -> None:
    speaker = last_speaker("Roads Minister Ada Reyl visited the bridge. Reyl said the dam was safe.")
    assert (speaker.surface, speaker.canonical, speaker.role) == ("Reyl", "Ada Reyl", "Roads Minister")


def test_a_role_stands_for_the_person_who_has_it() -> None:
    text = 'Roads Minister Ada Reyl visited the bridge. "It is safe for everybody," the minister said.'
    speaker = last_speaker(text)
    assert (speaker.surface, speaker.canonical, speaker.kind) == ("the minister", "Ada Reyl", SpeakerKind.PERSON)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Police said the bridge was closed.", "police"),
        ("The police said the bridge was closed.", "police"),
        ("Two officials said the bridge was closed.", "two officials"),
        (
            "Harbour police closed it. A boat of the harbour police sank. Harbour police said it was hit.",
            "harbour police",
        ),
        ("European officials said the bridge was closed.", "European officials"),
        ("US officials said the bridge was closed.", "US officials"),
    ],
)
def test_a_description_has_one_label_wherever_in_a_sentence_it_stands(text: str, canonical: str) -> None:
    assert last_speaker(text).canonical == canonical


def test_an_acronym_stands_for_the_name_with_these_initials() -> None:
    text = "The National Bridge Service (NBS) closed the road. The NBS said the bridge was not safe."
    assert last_speaker(text).canonical == "National Bridge Service"


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("Coast guard commander Ada Reyl said the bridge was safe.", "Coast guard commander", None),
        ("Ada Reyl, head of the Bridge Inspectorate, said the dam was safe.", "head of the Bridge Inspectorate",
         "Bridge Inspectorate"),
        ("Ada Reyl, Karvelia's roads minister, said the dam was safe.", "roads minister", "Karvelia"),
        ("Karvelia's roads minister, Ada Reyl, said the dam was safe.", "roads minister", None),
        ("Norway's roads minister, Ada Reyl, said the dam was safe.", "roads minister", "Norway"),
        ("Norway's Roads Minister Ada Reyl said the dam was safe.", "Roads Minister", "Norway"),
        ("President Ada Reyl of Norway said the dam was safe.", "President", "Norway"),
        ("The president of Norway, Ada Reyl, said the dam was safe.", "president of Norway", None),
        ('"It is safe for all," said Ada Reyl, 52, a mason and teacher.', None, None),
        ("Dr Ada Reyl, the director of the clinic, said the dam was safe.", "director of the clinic", None),
    ],
)  # fmt: skip
def test_the_role_is_read_beside_the_name(text: str, role: str | None, organisation: str | None) -> None:
    speaker = only_claim(text).speaker
    assert speaker is not None
    assert (speaker.canonical, speaker.role, speaker.organisation) == ("Ada Reyl", role, organisation)


def test_the_title_of_the_next_in_a_list_is_no_role_of_the_one_before() -> None:
    speaker = last_speaker("The suit names Reyl, chief of staff John Dent, and others. Reyl said the port was closed.")
    assert (speaker.canonical, speaker.role, speaker.organisation) == ("Reyl", None, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ada Reyl said the bridge was safe.", SpeakerKind.PERSON),
        ("Tolmar Lines said the bridge was safe.", SpeakerKind.ORGANISATION),
        ("The ferry company Kestrel Coast said the bridge was safe.", SpeakerKind.ORGANISATION),
        ("The coast guard said the bridge was safe.", SpeakerKind.ORGANISATION),
        ("The roads ministry said the bridge was safe.", SpeakerKind.ORGANISATION),
        ("Officials said the bridge was safe.", SpeakerKind.UNNAMED),
        ("South Korea said the bridge was safe.", SpeakerKind.ORGANISATION),
    ],
)
def test_people_bodies_and_the_unnamed_are_told_apart(text: str, kind: SpeakerKind) -> None:
    speaker = only_claim(text).speaker
    assert speaker is not None
    assert speaker.kind is kind


def test_a_place_is_not_short_for_a_body_named_after_it() -> None:
    text = "The Bank of Taverra met on Monday. Taverra said it would wait for the outcome."
    assert last_speaker(text).canonical == "Taverra"


def test_a_role_stands_for_who_alone_is_introduced_with_it_later() -> None:
    text = "The deputy roads minister said the bridge was safe. Ada Reyl, the deputy roads minister, walked over it."
    speaker = claims_of(text)[0].speaker
    assert speaker is not None
    assert (speaker.surface, speaker.canonical) == ("The deputy roads minister", "Ada Reyl")


@pytest.mark.parametrize(
    ("description", "canonical"),
    [
        ("The Norwegian president", "Ada Reyl"),
        ("The Norwegian leader", "Ada Reyl"),
        ("The Danish president", "Lena Holt"),
        ("The Danish leader", "Lena Holt"),
        ("The Swedish leader", "Swedish leader"),
    ],
)
def test_a_role_with_a_country_stands_for_nobody_of_another(description: str, canonical: str) -> None:
    text = f"Norwegian President Ada Reyl met Danish President Lena Holt. {description} said the bridge was safe."
    assert last_speaker(text).canonical == canonical


@pytest.mark.parametrize(
    ("source", "canonical", "kind"),
    [
        ("South Korea, Oslo and Rome", "South Korea, Oslo and Rome", SpeakerKind.ORGANISATION),
        ("Ada Reyl and Judge Lena Holt", "Ada Reyl and Lena Holt", SpeakerKind.UNNAMED),
        (
            "Ada Reyl Jr, then-campaign chairman Tom Brandt and Lena Holt",
            "Ada Reyl Jr, Tom Brandt and Lena Holt",
            SpeakerKind.UNNAMED,
        ),
        (
            "Ada Reyl, former mayor Tom Brandt and then-Treasurer Lena Holt",
            "Ada Reyl, Tom Brandt and Lena Holt",
            SpeakerKind.UNNAMED,
        ),
        (
            "Ada Reyl, the mayor, ex-police chief Tom Brandt and Lena Holt",
            "Ada Reyl, Tom Brandt and Lena Holt",
            SpeakerKind.UNNAMED,
        ),
    ],
)
def test_a_source_of_several_names_is_none_of_them_alone(source: str, canonical: str, kind: SpeakerKind) -> None:
    speaker = last_speaker(f"{source} said the bridge was safe.")
    assert (speaker.canonical, speaker.kind) == (canonical, kind)


def test_what_several_tell_apart_from_its_clause_is_theirs() -> None:
    text = "It was an attempt to meet reports, first from Oslo, then from Rome and Vienna, that 40 boats had been lost."
    (claim,) = [claim for claim in claims_of(text) if "40 boats" in claim.text]
    assert claim.speaker is not None
    assert claim.speaker.canonical == "Oslo, Rome and Vienna"


def test_a_pronoun_in_a_clause_stands_for_the_subject_around_it() -> None:
    text = "Rome said it would wait. Norway's government closed the road after it said that the bridge was lost."
    speaker = last_speaker(text)
    assert (speaker.surface, speaker.canonical) == ("it", "Norway's government")


@pytest.mark.parametrize(
    ("later", "chain"),
    [
        ("Reyl said that it would stay open.", ["NBA"]),
        ("Reyl wrote on Monday that it would stay open.", []),
        ("Judge Lena Holt said that it would stay open.", []),
        ("Reyl told the Herald that it would stay open. Reyl said the wall was new.", []),
    ],
)
def test_a_statement_goes_on_through_the_agency_that_carried_it(later: str, chain: list[str]) -> None:
    text = f"Ada Reyl said in a statement carried by NBA that the bridge was safe. {later}"
    assert [link.name for link in claims_of(text)[-1].attribution] == chain


def test_a_role_of_one_party_is_nobody_of_the_other() -> None:
    text = "Republican presidential nominee Ada Reyl came. The Democratic nominee said the bridge was safe."
    assert last_speaker(text).canonical == "Democratic nominee"


def test_a_role_in_a_body_is_who_is_called_so() -> None:
    text = "President Ada Reyl came. The president of the bridge council said the bridge was safe."
    assert last_speaker(text).canonical == "president of the bridge council"


@pytest.mark.parametrize(("between", "chain"), [("", ["NBA"]), ("The road was long. It rained. ", [])])
def test_a_statement_came_through_who_is_said_to_have_reported_it(between: str, chain: list[str]) -> None:
    text = f"Ada Reyl said that the bridge was safe. {between}The statement, reported by NBA, came as a surprise."
    assert [link.name for link in claims_of(text)[0].attribution] == chain


@pytest.mark.parametrize(
    ("source", "canonical"),
    [
        ("A spokesman for the company, Ole Brandt,", "Ole Brandt"),
        ("A spokesman for the president, Ole Brandt,", "spokesman for the president, Ole Brandt"),
    ],
)
def test_a_name_after_a_body_in_common_nouns_is_that_of_its_speaker(source: str, canonical: str) -> None:
    assert last_speaker(f"{source} denied the sale of the bridge.").canonical.rstrip(",") == canonical


def test_who_is_the_head_of_a_body_and_not_the_body() -> None:
    text = "They met the head of the Harbour Bank, who had described the sale as a gift."
    assert last_speaker(text).canonical == "head of the Harbour Bank"


@pytest.mark.parametrize("closing", ["’’", "''", '"', "” "])
def test_who_speaks_after_a_quotation_is_not_read_as_part_of_it(closing: str) -> None:
    text = f"“The bridge is at risk for all of us,{closing} Ada Reyl told Harbour News."
    assert last_speaker(text).surface == "Ada Reyl"


def test_a_description_means_who_was_so_described_and_spoke_just_before() -> None:
    text = (
        "Otto Keld, chief executive of Corrow Mills, expects a strike. "
        '"Every mill has somebody like that," an executive at one rival firm said. '
        '"We are glad that it is not ours," the executive said.'
    )
    assert speakers(text)[-2:] == ["executive at one rival firm", "executive at one rival firm"]


def test_a_representative_is_the_spokesperson_who_spoke_just_before() -> None:
    text = (
        "Representative Ada Reyl criticised the show. "
        'A spokesperson for Corrow Mills called the show "contrary to our values." '
        '"We will no longer buy time on it," the representative continued.'
    )
    assert speakers(text)[-1] == "spokesperson for Corrow Mills"


def test_who_has_the_role_by_name_is_meant_after_being_named_again() -> None:
    text = (
        '"It is safe," an aide to the mayor said. Otto Keld, an aide of the council, came to the bridge. '
        '"We close it today," the aide said.'
    )
    assert speakers(text)[-1] == "Otto Keld"


def test_who_spoke_is_not_the_place_before_a_comma() -> None:
    text = (
        "Mayor Otto Keld and his wife came to the Karvel Dome. At the Karvel Dome, the mayor and his wife stood in "
        "silence. Keld left at noon.\n\nThe mayor said he was sad."
    )
    assert speakers(text)[-1] == "Otto Keld"


def test_a_title_alone_does_not_make_a_man_of_a_couple_the_woman() -> None:
    text = (
        "President Keld spoke at the gala. Mr. Keld stood beside Mary Keld, a teacher. "
        "President Keld said the port would open."
    )
    assert speakers(text)[-1] == "Keld"


def test_who_nods_to_what_follows_is_quoted_in_the_next_paragraph() -> None:
    text = (
        "In her last words to them, Ada Reyl also gave a nod to the mood in the town:\n\n"
        '"This hearing is not about the bridge and not about the mayor."'
    )
    assert speakers(text)[-1] == "Ada Reyl"


def test_a_bill_may_be_a_man() -> None:
    text = "Mayor Bill Haslam came to the bridge. Haslam said the dam was safe."
    assert speakers(text)[-1] == "Bill Haslam"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("The Ruvian Foreign Ministry said it was ready. The ministry said on Monday that it would act.",
         "Ruvian Foreign Ministry"),
        ("The roads ministry said it was ready. The ministry said on Monday that it would act.", "roads ministry"),
        ("The Harbour Court and the Supreme Court met. The court said on Monday that the dam was safe.", "court"),
        ("The Supreme Court heard the district court. The court said on Monday that the dam was safe.", "court"),
    ],
)  # fmt: skip
def test_a_body_called_by_its_noun_is_the_only_one_that_is_named_so(text: str, canonical: str) -> None:
    assert last_speaker(text).canonical == canonical


@pytest.mark.parametrize(
    ("before", "canonical"),
    [
        ("President Ada Reyl met Danish President Lena Holt. Holt left.", "Ada Reyl"),
        ("Danish President Lena Holt said no. Holt left. President Ada Reyl stayed.", "Ada Reyl"),
        ("President Ada Reyl met President Lena Holt of Denmark. Holt left.", "Ada Reyl"),
        ("Norwegian President Ada Reyl met Denmark's president Lena Holt. The sea was calm. It was noon. Holt left.",
         "Lena Holt"),
        ("Danish President Lena Holt met Norwegian President Ada Reyl. Reyl and Holt left. Both slept.", "president"),
        ("Danish President Lena Holt met Norwegian President Ada Reyl. Holt left. Holt ate. Holt slept. Nobody came.",
         "Lena Holt"),
        ("Danish President Lena Holt wrote to the White House. Ada Reyl left. Reyl had a plan.", "president"),
        ("Danish President Lena Holt wrote to the White House. Holt left. Holt had a plan.", "Lena Holt"),
        ("Former President Ada Reyl met Danish President Lena Holt. Reyl left.", "Lena Holt"),
    ],
)  # fmt: skip
def test_an_office_without_a_country_is_nobodys_of_another_country(before: str, canonical: str) -> None:
    assert last_speaker(f"{before} The president said on Monday that the bridge was safe.").canonical == canonical


def test_a_former_president_is_who_is_called_so() -> None:
    text = (
        "Former President Otto Keld spoke for the law of President Ada Reyl. Reyl thanked him. Reyl left. "
        "The former president said on Monday that the law was good."
    )
    assert last_speaker(text).canonical == "Otto Keld"


def test_an_inspector_general_is_no_attorney_general() -> None:
    text = "Attorney General Ada Reyl left. The inspector general said on Monday that the books were false."
    assert last_speaker(text).canonical == "inspector general"


def test_the_only_senator_to_do_something_is_no_senator_named_before() -> None:
    text = (
        "Sen. Ada Reyl voted no. The only senator to vote for Holt, Joe Arden of West Ostmark, said that the plan was "
        "good for the state."
    )
    assert "Ada Reyl" not in speakers(text)


def test_the_nominee_of_one_party_is_not_the_nominee_of_the_other() -> None:
    text = (
        "Republican nominee Otto Keld left Varn. Democratic nominee Ada Reyl met him there. The GOP nominee said that "
        "the bridge was safe."
    )
    assert speakers(text)[-1] == "Otto Keld"
